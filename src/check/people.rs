//! The names of all people on a site, to find them in texts: made once for each check.

use std::ops::Range;

use super::reading::Reading;
use crate::base::{Map, fingerprint};
use crate::model::{EntityIx, Model};
use crate::syntax::kinds::entity::EntityKind;
use crate::syntax::markdown::{Markdown, Op, Tag};

/// The full names of people, those of two words or more.
pub struct People {
    /// Whose they are. Nobody's, if several people have the same name.
    names: Map<String, Option<EntityIx>>,
    /// By their first word and the first letters of the second, how many words they have at most.
    beginnings: Map<String, Map<String, usize>>,
    /// Which pairs of bytes any of them begins with.
    first_pairs: Box<[u64; 1024]>,
    /// The first byte of each of those pairs.
    first_bytes: [bool; 256],
    fingerprint: u64,
}

/// No word of a name is longer, in characters.
const LONGEST: usize = 60;

/// No name has more words.
const MOST_WORDS: usize = 12;

/// A name in a text.
pub(super) struct Named {
    /// Its words.
    pub(super) words: Range<usize>,
    /// Whose it is.
    pub(super) person: EntityIx,
}

impl People {
    /// The people of a site.
    #[must_use]
    pub(super) fn of(model: &Model) -> Self {
        let mut people = Self {
            names: Map::default(),
            beginnings: Map::default(),
            first_pairs: Box::new([0; 1024]),
            first_bytes: [false; 256],
            fingerprint: 0,
        };
        let mut names = Vec::new();
        for at in EntityIx::first(model.entities.len()) {
            let record = &model[at].item.record;
            if record.fields.kind != EntityKind::Person {
                continue;
            }
            for name in &record.fields.name.variants {
                let name = record.pieces.proses[*name].markdown.characters();
                names.push((&record.id.value, name));
                people.add(name, at);
            }
        }
        people.fingerprint = fingerprint(&names);
        people
    }

    fn add(&mut self, name: &str, at: EntityIx) {
        let words: Vec<&str> = name.split_whitespace().collect();
        let ([first, second, ..], true) = (&*words, words.len() <= MOST_WORDS) else { return };
        let (&[one, two, ..], false) = (first.as_bytes(), words.iter().any(|word| word.len() > LONGEST)) else { return };
        self.first_bytes[usize::from(one)] = true;
        self.first_pairs[pair(one, two) / 64] |= 1 << (pair(one, two) % 64);
        let known = self.beginnings.entry((*first).to_owned()).or_default();
        let most = known.entry(letters(second).to_owned()).or_default();
        *most = words.len().max(*most);
        let bearer = self.names.entry(words.join(" ")).or_insert(Some(at));
        *bearer = bearer.filter(|person| *person == at);
    }

    /// The same for the same names of the same people.
    pub(super) fn fingerprint(&self) -> u64 {
        self.fingerprint
    }

    /// Whether a text may have a name that is not a link. False for most texts, and needs no preparation.
    pub(super) fn may_be_in(&self, markdown: &Markdown) -> bool {
        let mut marks = 0_u32;
        markdown.ops.iter().any(|op| {
            match op {
                Op::Open(Tag::Mention(_) | Tag::Link(_)) => marks += 1,
                Op::Close(Tag::Mention(_) | Tag::Link(_)) => marks = marks.saturating_sub(1),
                Op::Text(slice) if marks == 0 => {
                    let text = markdown.str(*slice);
                    // The rest of a name may be on the next line.
                    let is_name =
                        |(rest, known): (&str, &Map<_, usize>)| rest.is_empty() || known.contains_key(letters(rest));
                    return self.candidates(text).any(|(_, rest, known)| is_name((rest, known)));
                }
                _ => {}
            }
            false
        })
    }

    /// The names in a text, in order and without overlap. One that goes on with a capital, such as “John Smith Jr.,” is somebody
    /// else's.
    pub(super) fn find(&self, reading: &Reading<'_>) -> Vec<Named> {
        let text = reading.text.as_str();
        let mut found: Vec<Named> = Vec::new();
        for (start, rest, known) in self.candidates(text) {
            let Some(most) = known.get(letters(rest)) else { continue };
            let Some((end, Some(person))) = self.longest(&text[start..], *most) else { continue };
            let end = start + end;
            if !goes_on(&text[end..]) && found.last().is_none_or(|last| last.words.end <= start) {
                found.push(Named { words: start..end, person });
            }
        }
        found
    }

    /// The longest name that a text begins with: where it ends, and whose it is.
    fn longest(&self, text: &str, most: usize) -> Option<(usize, Option<EntityIx>)> {
        let (mut name, mut rest, mut found) = (String::new(), text, None);
        for _ in 0..most {
            let word: &str = rest.split(char::is_whitespace).next().unwrap_or_default();
            if word.is_empty() || word.chars().nth(LONGEST).is_some() {
                break;
            }
            // A comma and the like may follow the name.
            let ends = word.char_indices().skip(1).filter(|(_, c)| !c.is_alphanumeric()).map(|(at, _)| at);
            let here = text.len() - rest.len();
            let before = name.len();
            for end in ends.chain([word.len()]) {
                name.truncate(before);
                name.push_str(&word[..end]);
                found = self.names.get(&name).map(|person| (here + end, *person)).or(found);
            }
            // A name doesn't go on in another block.
            let next = rest[word.len()..].trim_start_matches(|c: char| c.is_whitespace() && c != '\n');
            if next.len() + word.len() == rest.len() {
                break;
            }
            name.push(' ');
            rest = next;
        }
        found
    }

    /// Where a word is the first of a name, what follows it, and the names that begin so.
    fn candidates<'s>(&'s self, text: &'s str) -> impl Iterator<Item = (usize, &'s str, &'s Map<String, usize>)> {
        let mut at = 0;
        std::iter::from_fn(move || {
            while let Some(start) = self.next_beginning(text.as_bytes(), at) {
                at = start + 1;
                let candidate = self.candidate(text, start);
                if candidate.is_some() {
                    return candidate;
                }
            }
            None
        })
    }

    /// The first place at `at` or behind it with two bytes that a name begins with. Every byte of a site comes by here.
    fn next_beginning(&self, bytes: &[u8], mut at: usize) -> Option<usize> {
        while at + 1 < bytes.len() {
            if self.first_bytes[usize::from(bytes[at])] {
                let bit = pair(bytes[at], bytes[at + 1]);
                if self.first_pairs[bit / 64] >> (bit % 64) & 1 == 1 {
                    return Some(at);
                }
            }
            at += 1;
        }
        None
    }

    fn candidate<'s>(&'s self, text: &'s str, at: usize) -> Option<(usize, &'s str, &'s Map<String, usize>)> {
        let before = text.get(..at)?.chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '’' | '\'')) {
            return None;
        }
        let end = text[at..].char_indices().take(LONGEST).find(|(_, c)| c.is_whitespace());
        let is_last = || text[at..].chars().nth(LONGEST).is_none();
        let end = end.map(|(length, _)| at + length).or_else(|| is_last().then_some(text.len()))?;
        let known = self.beginnings.get(&text[at..end])?;
        Some((at, text[end..].trim_start(), known))
    }
}

/// The letters that a word begins with.
fn letters(word: &str) -> &str {
    word.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default()
}

fn pair(one: u8, two: u8) -> usize {
    usize::from(one) << 8 | usize::from(two)
}

/// Whether a word or a name doesn't end here.
fn goes_on(behind: &str) -> bool {
    let mut chars = behind.chars();
    match chars.next() {
        Some(c) if c.is_alphanumeric() || c == '-' => true,
        Some(c) if c.is_whitespace() && c != '\n' => chars.next().is_some_and(char::is_uppercase),
        Some(',') => behind.starts_with(", Jr") || behind.starts_with(", Sr"),
        _ => false,
    }
}
