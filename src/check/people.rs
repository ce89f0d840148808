//! The names of all people on a site, to find them in texts: made once for each check.

use std::ops::Range;

use super::reading::Reading;
use crate::base::{Map, fingerprint};
use crate::model::{EntityIx, Model};
use crate::syntax::kinds::entity::EntityKind;
use crate::syntax::markdown::{Markdown, Op, Tag};

/// The full names of people, those of two words or more.
pub struct People {
    /// By their first word and the first letters of the second: thousands may be called Maria.
    by_beginning: Map<String, Map<String, Vec<Bearer>>>,
    /// Which pairs of bytes any of the names begins with.
    beginnings: Box<[u64; 1024]>,
    fingerprint: u64,
}

/// No first word of a name is longer, in characters.
const LONGEST: usize = 60;

/// The rest of a name, and whose it is.
struct Bearer {
    others: Vec<String>,
    /// Nobody's, if several people have that name.
    person: Option<EntityIx>,
}

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
        let mut people = Self { by_beginning: Map::default(), beginnings: Box::new([0; 1024]), fingerprint: 0 };
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
        let mut words = name.split_whitespace().map(str::to_owned);
        let (Some(first), others) = (words.next(), words.collect::<Vec<_>>()) else { return };
        let (&[one, two, ..], false) = (first.as_bytes(), others.is_empty()) else { return };
        if first.chars().nth(LONGEST).is_some() {
            return;
        }
        self.beginnings[pair(one, two) / 64] |= 1 << (pair(one, two) % 64);
        let second = others.first().map_or("", |second| letters(second)).to_owned();
        let bearers = self.by_beginning.entry(first).or_default().entry(second).or_default();
        match bearers.iter_mut().find(|known| known.others == others) {
            Some(known) => known.person = known.person.filter(|person| *person == at),
            None => bearers.push(Bearer { others, person: Some(at) }),
        }
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
                    let is_name = |(rest, known): (&str, &Map<_, _>)| rest.is_empty() || known.contains_key(letters(rest));
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
            let Some(bearers) = known.get(letters(rest)) else { continue };
            let whole = |bearer: &Bearer| Some((end_of(text, start, &bearer.others)?, bearer.person));
            // The longest of several that begin alike.
            let Some((end, Some(person))) = bearers.iter().filter_map(whole).max_by_key(|(end, _)| *end) else { continue };
            if !goes_on(&text[end..]) && found.last().is_none_or(|last| last.words.end <= start) {
                found.push(Named { words: start..end, person });
            }
        }
        found
    }

    /// Where a word is the first of a name, what follows it, and the names that begin so.
    fn candidates<'s>(&'s self, text: &'s str) -> impl Iterator<Item = (usize, &'s str, &'s Map<String, Vec<Bearer>>)> {
        let bytes = text.as_bytes();
        let may_begin = |at: &usize| {
            let bit = bytes.get(at + 1).map(|two| pair(bytes[*at], *two));
            bit.is_some_and(|bit| self.beginnings[bit / 64] >> (bit % 64) & 1 == 1)
        };
        (0..bytes.len()).filter(may_begin).filter_map(|at| {
            let before = text.get(..at)?.chars().next_back();
            if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '’' | '\'')) {
                return None;
            }
            let end = text[at..].char_indices().take(LONGEST).find(|(_, c)| c.is_whitespace());
            let is_last = || text[at..].chars().nth(LONGEST).is_none();
            let end = end.map(|(length, _)| at + length).or_else(|| is_last().then_some(text.len()))?;
            let known = self.by_beginning.get(&text[at..end])?;
            Some((at, text[end..].trim_start(), known))
        })
    }
}

/// The letters that a word begins with.
fn letters(word: &str) -> &str {
    word.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default()
}

fn pair(one: u8, two: u8) -> usize {
    usize::from(one) << 8 | usize::from(two)
}

/// Where a name ends that begins at `start` with a first word and has these others, each behind blanks.
fn end_of(text: &str, start: usize, others: &[String]) -> Option<usize> {
    let mut rest = text[start..].trim_start_matches(|c: char| !c.is_whitespace());
    for word in others {
        // A name doesn't go on in another block.
        let next = rest.trim_start_matches(|c: char| c.is_whitespace() && c != '\n');
        rest = next.strip_prefix(word.as_str()).filter(|_| next.len() < rest.len())?;
    }
    Some(text.len() - rest.len())
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
