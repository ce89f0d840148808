//! Plain words, titles, and where a record is mentioned, with the paragraph around the mention.

use serde::Serialize;

use super::View;
use crate::base::escape;
use crate::model::{Backlink, Linked, Owner, address};
use crate::syntax::markdown::{Markdown, Op, Tag};
use crate::syntax::pieces::Place;

/// How many places “appears in” shows before it counts.
pub const SHOWN: usize = 5;

/// How many characters of a paragraph an excerpt keeps before and behind the mention.
const AROUND: usize = 140;

/// A place where a record is mentioned or a source is cited.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct MentionView {
    /// What holds it.
    pub title_html: String,
    /// Where it stands.
    pub url: String,
    /// What kind of thing holds it: section, event …
    pub kind: String,
    /// The words around it.
    pub excerpt_html: Option<String>,
}

/// A few places, and how many more there are.
#[derive(Debug, Default, Serialize, schemars::JsonSchema)]
pub struct AppearsView {
    /// The first five.
    pub shown: Vec<super::LinkView>,
    /// “and 12 more places”; absent if there are no more.
    pub more: Option<String>,
}

/// Appends a text's words without markup: mentions by their titles, citations and footnotes left out.
pub fn plain(out: &mut String, view: &View<'_>, linked: Linked<'_>, markdown: &Markdown) {
    words(out, view, linked, markdown, &markdown.ops, &mut |_, _| {});
}

/// A body's words without markup, block by block with an empty line between; `block` gives the words of a block of ours.
#[must_use]
pub fn paragraphs(view: &View<'_>, linked: Linked<'_>, markdown: &Markdown, block: &dyn Fn(u32) -> String) -> String {
    let mut out = String::with_capacity(markdown.characters().len() + markdown.ops.len());
    let mut at = 0;
    while at < markdown.ops.len() {
        let whole = match markdown.ops[at] {
            Op::Open(_) => markdown.block(at as u32),
            _ => &markdown.ops[at..=at],
        };
        let before = out.len();
        match markdown.ops[at] {
            Op::Block(index) => out.push_str(&block(index)),
            _ => words(&mut out, view, linked, markdown, whole, &mut |_, _| {}),
        }
        out.truncate(out.trim_end().len());
        if out.len() > before {
            out.push_str("\n\n");
        }
        at += whole.len();
    }
    out.truncate(out.trim_end().len());
    out
}

/// Appends the words of some operations, calling `seen` with every mention or citation and the length so far.
fn words(
    out: &mut String,
    view: &View<'_>,
    linked: Linked<'_>,
    markdown: &Markdown,
    ops: &[Op],
    seen: &mut dyn FnMut(Op, usize),
) {
    for op in ops {
        match *op {
            Op::Text(slice) | Op::Code(slice) | Op::Html(slice) => out.push_str(markdown.str(slice)),
            Op::SoftBreak | Op::HardBreak => out.push(' '),
            Op::Mention(index) => {
                seen(*op, out.len());
                match view.plain_title(linked.targets[index as usize]) {
                    Some(title) => out.push_str(title),
                    None => out.push_str(&linked.pieces.pointers[index as usize].id),
                }
            }
            Op::Open(Tag::Mention(_)) | Op::Cite(..) => seen(*op, out.len()),
            Op::Close(Tag::Paragraph | Tag::Item | Tag::TableCell(_) | Tag::Heading(_)) => out.push(' '),
            _ => {}
        }
    }
}

/// The words around a backlink, clipped at both ends.
fn excerpt(view: &View<'_>, backlink: &Backlink, is_citation: bool) -> Option<String> {
    let Place::Prose { prose, block } = backlink.place else {
        return None;
    };
    let linked = view.model.linked(backlink.owner);
    let markdown = &linked.pieces.proses[prose as usize].markdown;
    let mut text = String::with_capacity(512);
    let mut at = 0;
    words(&mut text, view, linked, markdown, markdown.block(block), &mut |op, length| {
        let here = match op {
            Op::Mention(index) | Op::Open(Tag::Mention(index)) => !is_citation && index == backlink.index,
            Op::Cite(first, count) => is_citation && (first..first + count).contains(&backlink.index),
            _ => false,
        };
        if here {
            at = length;
        }
    });
    Some(clip(text.trim_end(), at))
}

/// `text` around the byte `at`, cut at words, as HTML.
fn clip(text: &str, at: usize) -> String {
    let at = at.min(text.len());
    let boundary = |wanted: usize| (0..=wanted).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let start = match at.saturating_sub(AROUND) {
        0 => 0,
        far => {
            let far = boundary(far);
            far + text[far..at].find(' ').map_or(0, |space| space + 1)
        }
    };
    let end = match at + AROUND {
        far if far >= text.len() => text.len(),
        far => {
            let far = boundary(far);
            text[at..far].rfind(' ').map_or(far, |space| at + space)
        }
    };
    let mut out = String::with_capacity(end - start + 16);
    if start > 0 {
        out.push_str("… ");
    }
    escape::html(&mut out, text[start..end].trim());
    if end < text.len() {
        out.push_str(" …");
    }
    out
}

impl View<'_> {
    /// Where a record is mentioned, from `range` of all its mentions.
    #[must_use]
    pub fn mentions(&self, mentions: &[Backlink]) -> Vec<MentionView> {
        mentions.iter().map(|backlink| self.mention(backlink, false)).collect()
    }

    /// What rests on a source.
    #[must_use]
    pub fn uses(&self, uses: &[Backlink]) -> Vec<MentionView> {
        uses.iter().map(|backlink| self.mention(backlink, true)).collect()
    }

    fn mention(&self, backlink: &Backlink, is_citation: bool) -> MentionView {
        let mut url = self.model.owner_address(backlink.owner);
        let linked = self.model.linked(backlink.owner);
        if let Owner::Page(_) = backlink.owner
            && let Place::Prose { prose, .. } = backlink.place
            && linked.has_anchors(prose, self.language())
        {
            url.push('#');
            if is_citation {
                if let crate::model::SourceTarget::Source(source) = linked.cited[backlink.index as usize] {
                    url.push_str(&address::source_anchor(&self.model.sources[source.at()].slug));
                }
            } else {
                let id = &linked.pieces.pointers[backlink.index as usize].id;
                url.push_str(&address::mention_anchor(id, linked.nth[backlink.index as usize]));
            }
        }
        MentionView {
            title_html: self.shown_title_html(backlink.owner),
            url,
            kind: self.owner_kind(backlink.owner),
            excerpt_html: excerpt(self, backlink, is_citation),
        }
    }

    /// What kind of thing an owner is, in a word.
    #[must_use]
    pub fn owner_kind(&self, owner: Owner) -> String {
        let word = match owner {
            Owner::Page(page) if page.at() < self.model.sections => "section",
            Owner::Page(_) => "page",
            Owner::Event(_) => "event",
            Owner::Claim(_) => "claim",
            Owner::Entity(at) => self.model.entities[at.at()].item.record.fields.kind.word(),
            Owner::Term(_) => "term",
            Owner::Source(_) => "source",
        };
        self.word("kind", word)
    }

    /// Five of the records that hold some mentions, each once, and a count of the rest.
    #[must_use]
    pub fn appears(&self, mentions: &[Backlink]) -> AppearsView {
        let mut owners: Vec<Owner> = mentions.iter().map(|backlink| backlink.owner).collect();
        // Mentions come in the order of owners.
        owners.dedup();
        let more = owners.len().saturating_sub(SHOWN);
        AppearsView {
            shown: owners.iter().take(SHOWN).map(|owner| self.owner_link(*owner)).collect(),
            more: (more > 0).then(|| self.words.count("count.more", more)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::clip;

    #[test]
    fn clips_at_words() {
        assert_eq!(clip("short & sweet", 3), "short &amp; sweet");
        let long = "wörd ".repeat(100);
        let got = clip(long.trim(), 300);
        assert!(got.starts_with("… wörd") && got.ends_with("wörd …"), "{got}");
    }
}
