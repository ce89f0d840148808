//! What records are called, and what they say in short, without markup.

use crate::build::edition::ReadSite;
use crate::model::{Linked, RecordIx};
use crate::syntax::indices::PointerIx;
use crate::syntax::markdown::{Markdown, Op, Tag};
use crate::syntax::text::Text;

/// What a record is called. The front page and the page for broken addresses have the site's title.
#[must_use]
pub fn title(site: ReadSite<'_>, at: RecordIx) -> String {
    let linked = site.model.linked(at);
    let id = |index: PointerIx| linked.pieces.pointers[index].id.to_string();
    match title_text(site, at) {
        Some(text) => plain(linked.text(text, &site.model.language), &id),
        None => site.config.first().title.clone(),
    }
}

/// The field that says what a record is called.
fn title_text(site: ReadSite<'_>, at: RecordIx) -> Option<&Text> {
    let model = site.model;
    match at {
        RecordIx::Page(at) => model[at].item.record.fields.front.title.as_ref(),
        RecordIx::Event(at) => Some(&model[at].item.record.fields.title),
        RecordIx::Entity(at) => Some(&model[at].item.record.fields.name),
        RecordIx::Claim(at) => Some(&model[at].item.record.fields.text),
        RecordIx::Term(at) => Some(&model[at].item.record.fields.term),
        RecordIx::Source(at) => Some(&model[at].item.record.fields.title.0),
        RecordIx::Author(at) => Some(&model[at].item.record.fields.name),
    }
}

/// A text of a record without its markup; records that it mentions are named by their titles.
#[must_use]
pub fn text(site: ReadSite<'_>, linked: Linked<'_>, text: &Text) -> String {
    let mention = |index: PointerIx| match linked.targets[index].record() {
        Some(at) => title(site, at),
        None => linked.pieces.pointers[index].id.to_string(),
    };
    plain(linked.text(text, &site.model.language), &mention)
}

fn plain(markdown: &Markdown, mention: &dyn Fn(PointerIx) -> String) -> String {
    let mut out = String::with_capacity(markdown.characters().len());
    for op in &markdown.ops {
        match *op {
            Op::Text(slice) | Op::Code(slice) => out.push_str(markdown.str(slice)),
            Op::SoftBreak | Op::HardBreak => out.push(' '),
            Op::Mention(index) => out.push_str(&mention(index)),
            Op::Close(Tag::Paragraph | Tag::Item) => out.push(' '),
            _ => {}
        }
    }
    out.truncate(out.trim_end().len());
    out
}
