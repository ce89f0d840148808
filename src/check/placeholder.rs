//! See [`Placeholder`].

mod marks;

use std::ops::Range;

use super::CheckContext;
use super::rule::{Report, Scope, rule};
use crate::base::{Span, TextRange};
use crate::model::Owner;
use crate::syntax::Record;
use crate::syntax::markdown::{Markdown, Op, Tag};

rule! {
    /// A text holds a mark for what is still to come: `TK`, `TODO`, `FIXME`, `XXX`, or “lorem ipsum”.
    ///
    /// Such marks are made to be found before publication, and are the classic embarrassment when they are not.
    ///
    /// Marks are words in capitals (“lorem ipsum” in any), in every text of every record and page. `TK` may be doubled
    /// (`TKTK`) and `XXX` longer; `TK-year-old` is one, and `TK-421`, `TKO`, `Tk'emlúps` and `in/TODO` are none. `TODO`
    /// among other words in capitals is a word of Spanish. Code is left alone.
    ///
    /// Write what is missing. If the letters are meant, as with the airline in “flight TK 12”, set them as code or allow the
    /// finding:
    ///
    /// ```toml
    /// [[checks.allow]]
    /// code = "placeholder"
    /// at = "flight-to-istanbul"
    /// reason = "TK is the airline"
    /// ```
    Placeholder: PLACEHOLDER, Error, Scope::Local(check)
}

fn check(site: &CheckContext<'_>, owner: Owner, report: &mut Report) {
    let model = site.model;
    match owner {
        Owner::Page(at) => {
            let page = &model.pages[at.at()];
            record(&page.item.record, site, report);
            page.variants.iter().for_each(|(_, item)| record(&item.record, site, report));
        }
        Owner::Event(at) => record(&model.events[at.at()].item.record, site, report),
        Owner::Claim(at) => record(&model.claims[at.at()].item.record, site, report),
        Owner::Entity(at) => record(&model.entities[at.at()].item.record, site, report),
        Owner::Term(at) => record(&model.terms[at.at()].record, site, report),
        Owner::Source(at) => record(&model.sources[at.at()].item.record, site, report),
    }
}

fn record<T>(record: &Record<T>, site: &CheckContext<'_>, report: &mut Report) {
    for prose in &record.pieces.proses {
        // Nearly every text ends here.
        if !crate::base::placeholder::may_hold(prose.markdown.characters()) {
            continue;
        }
        let span = record.span(prose.range);
        let source = span.range.of(&site.tree.file(span.file).text);
        let (text, code) = reading(&prose.markdown);
        let marks = marks::find(&text);
        for (mark, place) in marks.iter().zip(places(&text, &marks, source)) {
            let first = code.partition_point(|code| code.end < mark.end);
            if code.get(first).is_some_and(|code| code.start <= mark.start) {
                continue;
            }
            let span = place.map_or(span, |place| Span { range: place.shifted(span.range.start), ..span });
            let message = format!("`{}` was left for later", &text[mark.clone()]);
            report.add(span, message).help = Some(
                "write what is missing; if the letters are meant, set them in `backticks` or allow them in book.toml"
                    .to_owned(),
            );
        }
    }
}

/// A text as it is read, blocks on lines of their own, and which parts of it are code.
fn reading(markdown: &Markdown) -> (String, Vec<Range<usize>>) {
    let (mut text, mut code) = (String::new(), Vec::new());
    let mut in_code = false;
    for op in &markdown.ops {
        let start = text.len();
        match op {
            Op::Text(slice) => {
                text.push_str(markdown.str(*slice));
                if in_code {
                    code.push(start..text.len());
                }
            }
            Op::Code(slice) => {
                text.push_str(markdown.str(*slice));
                code.push(start..text.len());
            }
            Op::SoftBreak | Op::HardBreak => text.push(' '),
            Op::Open(tag) | Op::Close(tag) if tag.is_inline() && !matches!(tag, Tag::Picture(_)) => {}
            Op::Open(tag) | Op::Close(tag) => {
                in_code = matches!((op, tag), (Op::Open(_), Tag::CodeBlock(_)));
                text.push('\n');
            }
            _ => text.push('\n'),
        }
    }
    (text, code)
}

/// Where each mark of `text` stands in the file's own words for it, as far as that can be told.
///
/// A text keeps no map to its source. But the words come in one order in both, so the marks of the source are walked along
/// with those of the text. If there are more of them, because of some that a reader does not see, such as in the address
/// of a link, those are passed over that have other letters around them.
fn places(text: &str, marks: &[Range<usize>], source: &str) -> Vec<Option<TextRange>> {
    let candidates = marks::find(source);
    if candidates.len() == marks.len() {
        return candidates.into_iter().map(|found| Some(TextRange::new(found.start, found.end))).collect();
    }
    let mut candidates = candidates.into_iter();
    let alike = |mark: &Range<usize>, candidate: &Range<usize>| {
        text[mark.clone()].eq_ignore_ascii_case(&source[candidate.clone()])
            && (letters_before(text, mark.start) == letters_before(source, candidate.start)
                || letters_after(text, mark.end) == letters_after(source, candidate.end))
    };
    let place = |mark: &Range<usize>| {
        let found = candidates.find(|candidate| alike(mark, candidate))?;
        Some(TextRange::new(found.start, found.end))
    };
    marks.iter().map(place).collect()
}

/// How many letters around a mark have to agree.
const AROUND: usize = 4;

fn letters_before(text: &str, at: usize) -> String {
    text[..at].chars().rev().filter(|c| c.is_alphanumeric()).take(AROUND).collect()
}

fn letters_after(text: &str, at: usize) -> String {
    text[at..].chars().filter(|c| c.is_alphanumeric()).take(AROUND).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn follows_marks_into_the_source() {
        let source = "see [it](TODO-x) `TK` and _TK_ percent";
        let text = "see it TK and TK percent";
        let marks = marks::find(text);
        let places = places(text, &marks, source);
        assert_eq!(places, [Some(TextRange::new(18, 20)), Some(TextRange::new(27, 29))]);
        assert_eq!(super::places("TK", std::slice::from_ref(&(0..2)), "T&#75;"), [None]);
    }
}
