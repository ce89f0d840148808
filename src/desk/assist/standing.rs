//! Which record a place in a file names, and all the places that name a record.

use crate::base::{FileId, Origin, Span, TextRange};
use crate::build::edition::ReadSite;
use crate::model::at::{Standing, Standings};
use crate::model::{Link, Linked, RecordIx};

/// A record's name in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The record.
    pub at: RecordIx,
    /// The name itself, without brackets.
    pub span: Span,
    /// The heading that is pointed at, as it is written.
    pub heading: Option<String>,
}

/// The record that the byte `byte` of a file names: in a pointer, in a citation, or where its own id is.
#[must_use]
pub fn named(site: ReadSite<'_>, file: FileId, byte: u32) -> Option<Named> {
    let Standing::Record(owner) = Standings::of_file(site.model, file).at(file, byte)? else { return None };
    let (linked, origin) = readings(site, owner).into_iter().find(|(_, origin)| origin.file == file)?;
    let record = site.model.record(owner);
    let is_here = |range: TextRange| {
        let span = origin.span(range).range;
        range != TextRange::default() && (span.start..=span.end).contains(&byte)
    };
    if record.origin.file == file && is_here(record.id_range) {
        return Some(Named { at: owner, span: unquoted(site, record.id_span(), record.id), heading: None });
    }
    let pointers = linked.pieces.pointers.iter().zip(linked.targets);
    let pointers = pointers.map(|(pointer, target)| (pointer.range, &*pointer.id, pointer.heading.as_deref(), *target));
    let citations = linked.pieces.citations.iter().zip(linked.cited);
    let citations = citations.map(|(citation, target)| (citation.range, &*citation.key, None, *target));
    let here = pointers.chain(citations).filter(|(range, ..)| is_here(*range));
    // A citation may be in the words of a link.
    let (range, name, heading, target) = here.min_by_key(|(range, ..)| range.end - range.start)?;
    let at = target.record()?;
    Some(Named { at, span: unquoted(site, origin.span(range), name), heading: heading.map(str::to_owned) })
}

/// All places that name a record, in the order of files, its own first if `with_own` is set.
#[must_use]
pub fn places(site: ReadSite<'_>, at: RecordIx, with_own: bool) -> Vec<Span> {
    let mut out = Vec::new();
    let is_it = |target: &Link| target.record() == Some(at);
    for owner in site.model.records() {
        for (linked, origin) in readings(site, owner) {
            let pointers = linked.pieces.pointers.iter().zip(linked.targets).filter(|(_, target)| is_it(target));
            out.extend(pointers.map(|(pointer, _)| unquoted(site, origin.span(pointer.range), &pointer.id)));
            let citations = linked.pieces.citations.iter().zip(linked.cited).filter(|(_, target)| is_it(target));
            out.extend(citations.map(|(citation, _)| unquoted(site, origin.span(citation.range), &citation.key)));
        }
    }
    out.sort_unstable();
    out.dedup();
    if with_own {
        out.insert(0, own(site, at));
    }
    out
}

/// Where a record is named by its own id, or where its file begins.
#[must_use]
pub fn own(site: ReadSite<'_>, at: RecordIx) -> Span {
    let record = site.model.record(at);
    unquoted(site, record.id_span(), record.id)
}

/// What a record says, in each of its languages.
#[must_use]
pub fn readings<'m>(site: ReadSite<'m>, at: RecordIx) -> Vec<(Linked<'m>, Origin)> {
    let mut out = vec![(site.model.linked(at), site.model.origin(at))];
    if let RecordIx::Page(page) = at {
        let others = &site.model[page].variants;
        out.extend(others.iter().map(|(_, item)| (item.linked(), item.record.origin)));
    }
    out
}

/// The part of a span that is the name itself; all of it if the name isn't written there as it is.
fn unquoted(site: ReadSite<'_>, span: Span, name: &str) -> Span {
    let written = span.range.of(&site.tree.file(span.file).text);
    // The words before a key may contain it.
    let behind_sign = written.find('@').filter(|sign| written[sign + 1..].trim_start_matches('{').starts_with(name));
    let from = behind_sign.unwrap_or(0);
    match written[from..].find(name).filter(|_| !name.is_empty()) {
        Some(at) => {
            let start = span.range.bytes().start + from + at;
            Span { range: TextRange::new(start, start + name.len()), ..span }
        }
        None => span,
    }
}
