//! Where a record is mentioned, with the paragraph around the mention.

use std::borrow::Cow;

use serde::Serialize;

use super::plain_text::words;
use super::{LinkView, View};
use crate::base::sentences::{second_sentence, sentences};
use crate::base::{Ix as _, escape, paging};
use crate::model::read::RecordKind;
use crate::model::{Backlink, RecordIx, Reference, Role, address};
use crate::syntax::markdown::{Op, Tag};
use crate::syntax::pieces::RefLocation;

/// How many places “Appears in” shows before it counts the rest.
pub const SHOWN: usize = 5;

/// How many characters of a paragraph an excerpt keeps before and after the mention.
const AROUND: usize = 140;

/// How far before a mention its sentence may begin.
const LONG: usize = 400;

/// A place where a record is mentioned or a source is cited.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct MentionView {
    /// What contains it.
    pub title_html: String,
    /// Where it is.
    pub url: String,
    /// What kind of thing contains it: section, event …; of a claim, its status as well.
    pub kind: String,
    /// The text around it.
    pub excerpt_html: Option<String>,
    /// Whether the mention before it in the list is in the same record, so that its title need not be said again.
    pub is_again: bool,
}

/// A few places, and how many more there are.
#[derive(Debug, Default, Serialize, schemars::JsonSchema)]
pub struct AppearsView {
    /// The first five.
    pub shown: Vec<super::LinkView>,
    /// “and 12 more places”; absent if there are no more.
    pub more: Option<String>,
}

/// The text around a backlink, clipped at both ends.
fn excerpt(view: &View<'_>, backlink: &Backlink) -> Option<String> {
    let RefLocation::Prose { prose, block } = backlink.place else {
        return None;
    };
    let linked = view.reader.linked(backlink.owner);
    let markdown = &linked.pieces.proses[prose].markdown;
    let mut text = String::with_capacity(512);
    let mut at = 0;
    words(&mut text, view, linked, markdown, markdown.block(block), &mut |op, length| {
        let here = match (op, backlink.by) {
            (Op::Mention(at) | Op::Open(Tag::Mention(at)), Reference::Pointer(pointer)) => at == pointer,
            (Op::Cite(first, count), Reference::Citation(citation)) => first.run(count).any(|at| at == citation),
            _ => false,
        };
        if here {
            at = length;
        }
    });
    Some(clip(text.trim_end(), at, view.language()))
}

/// `text` around the byte `at`, as HTML: from the beginning of a nearby sentence to the end of one, otherwise cut between words.
fn clip(text: &str, at: usize, language: &str) -> String {
    let at = at.min(text.len());
    let boundary = |wanted: usize| (0..=wanted).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let far = boundary(at.saturating_sub(AROUND));
    let farthest = boundary(at.saturating_sub(LONG));
    let begins = |from: usize| if from == 0 { Some(0) } else { sentence_start(text, from, at, language) };
    let (start, is_sentence) = match begins(far).or_else(|| begins(farthest)) {
        Some(start) => (start, true),
        None => (far + text[far..at].find(' ').map_or(0, |space| space + 1), false),
    };
    let (end, is_whole) = match at + AROUND {
        far if far >= text.len() => (text.len(), true),
        far => {
            let far = boundary(far);
            match sentence_end(text, start, at, far, language) {
                Some(end) => (end, true),
                None => (text[at..far].rfind(' ').map_or(far, |space| at + space), false),
            }
        }
    };
    let mut out = String::with_capacity(end - start + 16);
    if !is_sentence {
        out.push_str("… ");
    }
    escape::content(&mut out, text[start..end].trim());
    if !is_whole {
        out.push_str(" …");
    }
    out
}

/// Where the last whole sentence between `start` and `far` ends, if it is not before the mention at `at`. What follows it begins
/// another, so that nothing is cut off.
fn sentence_end(text: &str, start: usize, at: usize, far: usize, language: &str) -> Option<usize> {
    let begun = sentences(&text[start..far], language).pop()?;
    (start + begun.start > at).then_some(start + begun.start)
}

/// Where the first sentence between `far` and `at` begins, if one does. We don't look farther, because paragraphs can
/// be long and have many mentions.
fn sentence_start(text: &str, far: usize, at: usize, language: &str) -> Option<usize> {
    let to = (at..=text.len()).find(|to| *to > at && text.is_char_boundary(*to)).unwrap_or(text.len());
    // What comes first is the rest of a sentence, even if a space precedes it.
    second_sentence(&text[far..to], language).map(|start| far + start)
}

impl<'m> View<'m> {
    /// The places that mention a record, or cite it if it is a source: pages in reading order, events in order of time, then
    /// claims, entities and terms in the order of their lists.
    #[must_use]
    pub fn mentions(&self, of: RecordIx) -> Cow<'m, [Backlink]> {
        let all = self.reader.mentions(of);
        let in_order = all.partition_point(|backlink| matches!(backlink.owner, RecordIx::Page(_) | RecordIx::Event(_)));
        // Mentions by a single record are in order.
        if all[in_order..].windows(2).all(|pair| pair[0].owner == pair[1].owner) {
            return Cow::Borrowed(all);
        }
        let mut all = all.to_vec();
        all[in_order..].sort_by_key(|backlink| match backlink.owner {
            RecordIx::Page(at) => (0, at.0),
            RecordIx::Event(at) => (1, at.0),
            RecordIx::Claim(at) => (2, self.ranks(RecordKind::Claim)[at.position()]),
            RecordIx::Entity(at) => (3, self.ranks(RecordKind::Entity)[at.position()]),
            RecordIx::Term(at) => (4, self.ranks(RecordKind::Term)[at.position()]),
            RecordIx::Source(at) => (5, self.ranks(RecordKind::Source)[at.position()]),
            // The model doesn't record what authors mention.
            RecordIx::Author(at) => (6, at.0),
        });
        Cow::Owned(all)
    }

    /// Some of the places that mention a record, or cite it if it is a source.
    #[must_use]
    pub fn mentions_among(&self, mentions: &[Backlink]) -> Vec<MentionView> {
        let before = std::iter::once(None).chain(mentions.iter().map(Some));
        let mention = |(backlink, before): (&Backlink, Option<&Backlink>)| MentionView {
            is_again: before.is_some_and(|before| before.owner == backlink.owner),
            ..self.mention(backlink)
        };
        mentions.iter().zip(before).map(mention).collect()
    }

    /// The places that mention a record, up to as many as its own page shows.
    #[must_use]
    pub fn first_mentions(&self, of: RecordIx) -> Vec<MentionView> {
        let mentions = self.mentions(of);
        self.mentions_among(&mentions[paging::slice(1, mentions.len())])
    }

    /// A link to the second page of mentions, if there is one.
    #[must_use]
    pub fn more_mentions(&self, of: RecordIx, path: &str) -> Option<LinkView> {
        let count = self.reader.mentions(of).len();
        (paging::pages(count) > 1).then(|| LinkView {
            title_html: escape::html_string(&self.words.count("count.more", count - paging::PER_PAGE)),
            url: address::folder(&format!("{path}/mentions/2")),
        })
    }

    fn mention(&self, backlink: &Backlink) -> MentionView {
        let mut url = self.reader.record_address(backlink.owner);
        let linked = self.reader.linked(backlink.owner);
        if let RecordIx::Page(_) = backlink.owner
            && let RefLocation::Prose { prose, .. } = backlink.place
            && linked.has_anchors(prose, self.language())
        {
            url.push('#');
            match backlink.by {
                Reference::Pointer(at) => {
                    url.push_str(&address::mention_anchor(&linked.pieces.pointers[at].id, linked.nth[at]));
                }
                Reference::Citation(at) => {
                    if let Some(source) = linked.cited[at].source() {
                        url.push_str(&address::source_anchor(self.reader.slug(source)));
                    }
                }
            }
        }
        MentionView {
            title_html: self.mention_title_html(backlink.owner),
            url,
            kind: self.kind_and_status(backlink.owner),
            excerpt_html: excerpt(self, backlink),
            is_again: false,
        }
    }

    /// What contains a mention. The front page is called that, because its headline is the site's name.
    fn mention_title_html(&self, owner: RecordIx) -> String {
        match owner {
            RecordIx::Page(page) if self.reader.role(page) == Role::Front => escape::html_string(self.words.get("ui.home")),
            _ => self.shown_title_html(owner),
        }
    }

    /// What kind of thing an owner is, in a word.
    #[must_use]
    pub fn record_kind(&self, owner: RecordIx) -> String {
        let word = match owner {
            RecordIx::Page(page) if self.reader.role(page) == Role::Section => "section",
            RecordIx::Page(_) => "page",
            RecordIx::Event(_) => "event",
            RecordIx::Claim(_) => "claim",
            RecordIx::Entity(at) => self.reader.entity_kind(at).word(),
            RecordIx::Term(_) => "term",
            RecordIx::Source(_) => "source",
            RecordIx::Author(_) => "author",
        };
        self.word("kind", word)
    }

    /// What a record is, in a word; of a claim, its status as well, since its statement never stands without that.
    #[must_use]
    pub fn kind_and_status(&self, owner: RecordIx) -> String {
        let kind = self.record_kind(owner);
        match owner {
            RecordIx::Claim(at) => [kind, self.word("claim-status", self.reader.claim_status(at).word())].join(" · "),
            _ => kind,
        }
    }

    /// A link to a record that mentions another.
    fn appearance(&self, owner: RecordIx) -> LinkView {
        LinkView { title_html: self.mention_title_html(owner), ..self.record_link(owner) }
    }

    /// Five of the records that mention one, each once, and a count of the rest.
    #[must_use]
    pub fn appears(&self, of: RecordIx) -> AppearsView {
        let mut owners: Vec<RecordIx> = self.mentions(of).iter().map(|backlink| backlink.owner).collect();
        // Mentions are grouped by owner.
        owners.dedup();
        let more = owners.len().saturating_sub(SHOWN);
        AppearsView {
            shown: owners.iter().take(SHOWN).map(|owner| self.appearance(*owner)).collect(),
            more: (more > 0).then(|| self.words.count("count.more", more)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::clip;

    #[test]
    fn clips_at_words() {
        assert_eq!(clip("short & sweet", 3, "en"), "short &amp; sweet");
        let long = "wörd ".repeat(200);
        let got = clip(long.trim(), 600, "en");
        assert!(got.starts_with("… wörd") && got.ends_with("wörd …"), "{got}");
    }

    #[test]
    fn begins_with_the_sentence_of_the_mention_if_that_is_near() {
        let text = format!("{}The U.S. paid. Bukele took the men.", "Nobody knew of it. ".repeat(20));
        let got = clip(&text, text.find("men").unwrap(), "en");
        assert!(
            got.starts_with("Nobody knew of it. Nobody") && got.ends_with("The U.S. paid. Bukele took the men."),
            "{got}"
        );
    }

    #[test]
    fn ends_with_a_sentence_if_one_ends_behind_the_mention() {
        let text =
            format!("Bukele took the men. {} He is back, {}.", "Nobody knew. ".repeat(6), "and waits ".repeat(20).trim());
        assert!(clip(&text, 7, "en").ends_with("Nobody knew. Nobody knew."), "{}", clip(&text, 7, "en"));
        let long = format!("Bukele took the men, {}.", "and waits ".repeat(20).trim());
        let got = clip(&long, 7, "en");
        assert!(got.ends_with("waits …") || got.ends_with("and …"), "{got}");
    }

    #[test]
    fn no_excerpt_begins_in_the_middle_of_a_sentence_without_a_mark() {
        let text = format!("It happened on April 11, {}and Bukele took the men.", "as far as anybody knew, ".repeat(12));
        for at in (0..text.len()).filter(|at| text.is_char_boundary(*at)) {
            let got = clip(&text, at, "en");
            assert!(got.starts_with("It happened") || got.starts_with("… "), "{at}: {got}");
        }
    }
}
