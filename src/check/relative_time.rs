//! See [`RelativeTime`].

mod quoted;
mod words;

use super::LocalContext;
use super::reading::{Reading, Texts, each_texts};
use super::rule::{Report, Scope, rule};
use crate::model::RecordIx;
use crate::syntax::indices::TextIx;
use crate::syntax::kinds::blocks::Block;
use crate::syntax::pieces::{Prose, TextField};

rule! {
    /// A text counts time from the day it was written: “yesterday”, “last week”, “next month”, “recently”.
    ///
    /// An explainer is read for months. For most readers, “yesterday” is not the day before, and nothing on the page tells
    /// them which day was meant.
    ///
    /// The rule reads English, sentence by sentence, in the bodies of sections and pages and in the texts of records. It
    /// skips what others say, in quotation marks or in a `quote`; it skips names, headings and code, and what counts from
    /// another day: “the next day”, “his last year in office”, “had recently moved”. A capital in the middle of a sentence
    /// marks a name, as in “USA Today”.
    ///
    /// Write the date. If no other word will do, allow the finding in `[[checks.allow]]`.
    ///
    /// ```yaml
    /// - id: return-to-us
    ///   date: 2025-06-06
    ///   summary: "He was flown back today."     # write `on June 6, 2025`
    /// ```
    RelativeTime: RELATIVE_TIME, Warning, Scope::Local(check)
}

fn check(site: &LocalContext<'_>, owner: RecordIx, report: &mut Report) {
    each_texts(site.reader, owner, |texts| {
        for at in texts.pieces.proses.indices() {
            let prose = &texts.pieces.proses[at];
            // Nearly every text ends here.
            if words::may_hold(prose.markdown.characters()) && is_told(texts, prose) && !is_quote(texts, at) {
                look(texts, prose, report);
            }
        }
    });
}

/// Whether a text consists of the site's own sentences, in a language that the rule knows.
fn is_told(texts: &Texts<'_>, prose: &Prose) -> bool {
    let language = prose.language.as_deref().unwrap_or(texts.language);
    let is_english = language.split(['-', '_']).next().is_some_and(|tag| tag.eq_ignore_ascii_case("en"));
    // Fields not listed here hold names, or the words of a source.
    let has_sentences = match prose.field {
        field if field.is_told() => true,
        TextField::Summary | TextField::Now | TextField::Note | TextField::Says => true,
        TextField::Other(key) => matches!(key, "text" | "description" | "definition" | "is" | "alt" | "caption"),
        _ => false,
    };
    is_english && has_sentences
}

/// Whether a text is that of a `quote` block.
fn is_quote(texts: &Texts<'_>, at: TextIx) -> bool {
    let blocks = texts.page.iter().flat_map(|page| page.blocks.iter());
    blocks
        .filter_map(|block| if let Block::Quote(quote) = block { Some(quote) } else { None })
        .any(|quote| quote.text.variants.contains(&at))
}

fn look(texts: &Texts<'_>, prose: &Prose, report: &mut Report) {
    let reading = Reading::of(&prose.markdown);
    let found = words::find(&reading.text);
    if found.is_empty() {
        return;
    }
    let quoted = quoted::find(&reading.text);
    for found in found {
        let next = quoted.partition_point(|quoted| quoted.end <= found.range.start);
        let is_quoted = quoted.get(next).is_some_and(|quoted| quoted.start < found.range.end);
        if is_quoted || !reading.is_prose(&found.range) {
            continue;
        }
        let message = format!("`{}` is true only on the day it is written", &reading.text[found.range.clone()]);
        report.add(texts.origin.span(reading.place(&found.range)), message).help = Some(found.unit.help().to_owned());
    }
}
