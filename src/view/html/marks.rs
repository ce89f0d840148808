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
            let name = self.view.shown_source_name(source);
            let name = self.view.words.fill("phrase.source-number", &[("number", &number), ("name", &name)]);
            let name = escape::html_string(&name);
            // A withheld source is marked as such by its link, so it has one to itself.
            let may_join = self.view.withheld(RecordIx::Source(source)).is_none();
            let joined = join_marks(out, may_join);
            if !citation.prefix().is_empty() {
                escape::html(out, citation.prefix());
                out.push(' ');
            }
            // Nearly every mark is a number alone, whose name is known before it is written.
            let is_plain = joined.is_none() && citation.locator().is_empty();
            if joined.is_some() {
                for piece in ["<span id=\"", &mark.anchor, "\">", &number, "</span>"] {
                    out.push_str(piece);
                }
            } else {
                self.view.open_link(out, RecordIx::Source(source));
                let label = if is_plain { name.as_str() } else { "" };
                for piece in ["id=\"", &mark.anchor, "\" href=\"#", &mark.source, LABEL, label, "\">", &number] {
                    out.push_str(piece);
                }
            }
            if !citation.locator().is_empty() {
                escape::html(out, self.view.words.get("news.separator"));
                escape::html(out, citation.locator());
            }
            if !is_plain {
                let names = joined.map_or_else(|| name.clone(), |names| format!("{names}; {name}"));
                name_mark(out, &number, &names);
            }
            out.push_str(END);
        }
    }
}

/// How a citation's mark begins and ends, and where its accessible name begins.
const BEGIN: &str = "<sup class=\"cite\">";
const END: &str = "</a></sup>";
const LABEL: &str = "\" aria-label=\"";

/// Begins a citation's mark, or continues the one just ended: numbers side by side are one link, so that they are one
/// target for a finger and one stop for the keyboard. Returns the names of the sources in the link that it continues.
fn join_marks(out: &mut String, may_join: bool) -> Option<String> {
    let last = out.strip_suffix(END).and_then(|before| before.rfind("<sup").filter(|at| before[*at..].starts_with(BEGIN)));
    let Some(last) = last else {
        out.push_str(BEGIN);
        return None;
    };
    out.truncate(out.len() - END.len());
    let text = &out[out.rfind('>').map_or(0, |at| at + 1)..];
    // After a page number, a comma would read as more pages.
    let separator = if text.bytes().all(|byte| byte.is_ascii_digit()) { ", " } else { "; " };
    let link = out[last..].rfind("<a ").map_or(last, |at| last + at);
    let names = label_of(out).filter(|_| may_join && out[link..].starts_with("<a id=")).map(|(label, text)| {
        let label = &out[label];
        let names = label.strip_prefix(&*text).and_then(|rest| rest.strip_prefix(" (")?.strip_suffix(')'));
        names.unwrap_or(label).to_owned()
    });
    if names.is_none() {
        out.push_str("</a>");
    }
    out.push_str(separator);
    names
}

/// Gives the last link its accessible name. It has to contain what is seen, for people who speak to their computer.
fn name_mark(out: &mut String, number: &str, names: &str) {
    if let Some((label, text)) = label_of(out) {
        let name = if text == number { names.to_owned() } else { format!("{text} ({names})") };
        out.replace_range(label, &name);
    }
}

/// Where the accessible name of the last link is, and what is seen of the link.
fn label_of(out: &str) -> Option<(std::ops::Range<usize>, String)> {
    let start = out.rfind(LABEL)? + LABEL.len();
    let end = start + out[start..].find('"')?;
    let text = out[end + 2..].split('<').enumerate();
    let text = text.map(|(at, piece)| if at == 0 { piece } else { piece.split_once('>').map_or("", |(_, text)| text) });
    Some((start..end, text.collect()))
}
