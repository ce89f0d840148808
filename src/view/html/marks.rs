//! Citation marks: small numbers that link to a page's sources.

use super::Writer;
use crate::base::{Ix as _, escape};
use crate::model::{Link, RecordIx};
use crate::syntax::indices::CitationIx;
use crate::syntax::kinds::common::SourceRef;

impl Writer<'_, '_> {
    /// The marks of a list of sources, as they would appear after a sentence.
    pub fn marks(&mut self, sources: &[SourceRef]) -> String {
        let mut out = String::new();
        for source in sources {
            self.cite(&mut out, source.0, 1);
        }
        out
    }

    /// The marks of those sources in a list that have no number on the page yet.
    pub(in crate::view) fn unnumbered_marks(&mut self, sources: &[SourceRef]) -> String {
        let is_new = |source: &&SourceRef| match (self.linked.cited[source.0], &self.numbering) {
            (Link::To(RecordIx::Source(source)), Some(numbering)) => !numbering.has(source),
            _ => false,
        };
        let new: Vec<SourceRef> = sources.iter().filter(is_new).copied().collect();
        self.marks(&new)
    }

    /// Small numbers that link to the page's sources, with names that a screen reader can say.
    pub(super) fn cite(&mut self, out: &mut String, first: CitationIx, count: u32) {
        let Some(numbering) = self.numbering.as_deref_mut() else {
            self.gap.left_out(out);
            return;
        };
        for index in first.run(count) {
            let citation = &self.linked.pieces.citations[index];
            let source = match self.linked.cited[index] {
                Link::To(RecordIx::Source(source)) => source,
                unresolved => {
                    let is_hidden = matches!(unresolved, Link::Hidden(_));
                    let word = if is_hidden { "unresolved.hidden" } else { "unresolved.source" };
                    out.push_str("<sup class=\"cite unresolved\" title=\"");
                    escape::html(out, &self.view.words.fill(word, &[("id", &citation.key)]));
                    out.push_str("\">");
                    escape::html(out, &citation.key);
                    out.push_str("</sup>");
                    continue;
                }
            };
            let mark = numbering.cite(self.view, source);
            let number = mark.number.to_string();
            join_marks(out);
            if !citation.prefix.is_empty() {
                escape::html(out, &citation.prefix);
                out.push(' ');
            }
            self.view.open_link(out, RecordIx::Source(source));
            out.push_str("id=\"");
            out.push_str(&mark.anchor);
            out.push_str("\" href=\"#");
            out.push_str(&mark.source);
            out.push_str("\" aria-label=\"");
            let name = self.view.shown_source_name(source);
            escape::html(out, &self.view.words.fill("phrase.source-number", &[("number", &number), ("name", &name)]));
            out.push_str("\">");
            out.push_str(&number);
            out.push_str("</a>");
            if !citation.locator.is_empty() {
                escape::html(out, self.view.words.get("news.separator"));
                escape::html(out, &citation.locator);
            }
            out.push_str("</sup>");
        }
    }
}

/// Begins a citation's mark, or continues the one just ended, so that 1 and 2 side by side don't read as 12.
fn join_marks(out: &mut String) {
    const BEGIN: &str = "<sup class=\"cite\">";
    const END: &str = "</sup>";
    let last = out.strip_suffix(END).and_then(|before| before.rfind("<sup").filter(|at| before[*at..].starts_with(BEGIN)));
    let Some(last) = last else {
        out.push_str(BEGIN);
        return;
    };
    out.truncate(out.len() - END.len());
    // After a page number, a comma would read as more pages.
    out.push_str(if out[last..].ends_with("</a>") { ", " } else { "; " });
}
