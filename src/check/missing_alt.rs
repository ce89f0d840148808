//! See [`MissingAlt`].

use super::LocalContext;
use super::reading::{Texts, each_texts};
use super::rule::{Report, Scope, rule};
use crate::model::RecordIx;
use crate::syntax::kinds::common::Media;
use crate::syntax::markdown::{Markdown, Op, Tag};
use crate::syntax::pieces::Use;
use crate::syntax::text::Text;

rule! {
    /// A picture has no alternative text: the words that take its place for readers who don't see it.
    ///
    /// A screen reader says “image,” or reads the name of the file, and a reader who is blind misses what everybody else is
    /// shown. The words also stand in when a picture doesn't load, and search engines read them. In many countries the law
    /// requires them.
    ///
    /// The rule looks at pictures, films and other files in texts, `![…](…)`, at the `media` of events and at the `image` of
    /// entities. In a `figure`, `gallery`, `chart` or `map` block, `alt` is required anyway.
    ///
    /// Say what can be seen and why it is there, in a sentence, and not who took it. A picture that shows nothing worth saying
    /// is better left out.
    ///
    /// ```markdown
    /// ![](media/court.jpg)          write ![Two guards in front of a white building](media/court.jpg)
    /// ```
    MissingAlt: MISSING_ALT, Error, Scope::Local(check)
}

const MESSAGE: &str = "no alternative text says what this shows";

fn check(site: &LocalContext<'_>, owner: RecordIx, report: &mut Report) {
    each_texts(site.reader, owner, |texts| {
        if texts.pieces.addresses.iter().any(|address| address.usage == Use::Picture) {
            texts.pieces.proses.iter().for_each(|prose| in_text(texts, &prose.markdown, report));
        }
    });
    let media = match owner {
        RecordIx::Event(at) => site.reader.item(at).record.fields.media.as_deref(),
        RecordIx::Entity(at) => site.reader.item(at).record.fields.image.as_deref(),
        _ => None,
    };
    let Some(Media { src, alt, .. }) = media else { return };
    let linked = site.reader.linked(owner);
    let says = |alt: &Text| !linked.text(alt, site.reader.language()).characters().trim().is_empty();
    if !alt.as_ref().is_some_and(says) && !linked.pieces.has_unread("alt") {
        let place = site.reader.origin(owner).span(linked.pieces.addresses[src.0].range);
        report.add(place, MESSAGE).help = Some("add `alt:` with what it shows, in words".to_owned());
    }
}

/// Looks at the pictures in a text. What such a picture encloses are the words for it.
fn in_text(texts: &Texts<'_>, markdown: &Markdown, report: &mut Report) {
    let mut is_silent = true;
    for op in &markdown.ops {
        match op {
            Op::Open(Tag::Picture(_)) => is_silent = true,
            Op::Text(slice) | Op::Code(slice) => is_silent &= markdown.str(*slice).trim().is_empty(),
            Op::Close(Tag::Picture(at)) if is_silent => {
                let place = texts.origin.span(texts.pieces.addresses[*at].range);
                report.add(place, MESSAGE).help = Some("write it between the brackets: `![what it shows](…)`".to_owned());
            }
            _ => {}
        }
    }
}
