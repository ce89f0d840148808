//! What is in a file, and in the whole site, for finding one's way.

use super::find::{Wanted, find, kind_word};
use super::standing::readings;
use super::words;
use crate::base::{FileId, Span, TextRange};
use crate::build::edition::ReadSite;
use crate::model::RecordIx;
use crate::syntax::indices::HeadingIx;
use crate::syntax::markdown::{Op, Tag};
use crate::syntax::references::Expects;

/// A record or a heading.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What it is called.
    pub name: String,
    /// The record's id; empty for a heading.
    pub id: String,
    /// The record; `None` for a heading.
    pub at: Option<RecordIx>,
    /// Everything that belongs to it.
    pub whole: Span,
    /// Its name.
    pub place: Span,
    /// What is inside it.
    pub inside: Vec<Entry>,
}

/// The records and headings of a file.
#[must_use]
pub fn of_file(site: ReadSite<'_>, file: FileId) -> Vec<Entry> {
    let end = site.tree.file(file).text.len() as u32;
    let mut out: Vec<Entry> = Vec::new();
    for at in site.model.records() {
        if !matches!(at, RecordIx::Page(_)) && site.model.origin(at).file != file {
            continue;
        }
        let Some((linked, origin)) = readings(site, at).into_iter().find(|(_, origin)| origin.file == file) else {
            continue;
        };
        let record = site.model.record(at);
        let own = if record.origin.file == file { record.id_range } else { TextRange::default() };
        let place = origin.span(own);
        let whole = Span { file, range: TextRange { start: origin.base.min(place.range.start), end } };
        let inside = headings(linked, origin, end);
        out.push(Entry { name: words::title(site, at), id: record.id.to_owned(), at: Some(at), whole, place, inside });
    }
    out.sort_by_key(|entry| entry.whole.range.start);
    let starts: Vec<u32> = out.iter().map(|entry| entry.whole.range.start).collect();
    for (entry, next) in out.iter_mut().zip(starts.into_iter().skip(1)) {
        entry.whole.range.end = next.max(entry.place.range.end);
    }
    out
}

/// The headings of a record's longer text, each inside the one above it.
fn headings(linked: crate::model::Linked<'_>, origin: crate::base::Origin, end: u32) -> Vec<Entry> {
    let Some(markdown) = linked.body.map(|body| body.markdown(linked.pieces)) else { return Vec::new() };
    let mut flat: Vec<(u8, Entry)> = Vec::new();
    for (at, op) in markdown.ops.iter().enumerate() {
        let Op::Open(Tag::Heading(index)) = *op else { continue };
        let words = markdown.ops[at..].iter().take_while(|op| !matches!(op, Op::Close(Tag::Heading(_))));
        let slices = words.filter_map(|op| match op {
            Op::Text(slice) | Op::Code(slice) => Some(*slice),
            _ => None,
        });
        let places: Vec<TextRange> = slices.map(|slice| markdown.place_of(slice)).collect();
        let (Some(first), Some(last)) = (places.first(), places.last()) else { continue };
        let place = origin.span(TextRange { start: first.start, end: last.end.max(first.start) });
        let heading = &markdown.parts().headings[index];
        let whole = Span { range: TextRange { start: place.range.start, end: end.max(place.range.end) }, ..place };
        let entry = Entry { name: heading.text.to_string(), id: String::new(), at: None, whole, place, inside: Vec::new() };
        flat.push((heading.level, entry));
    }
    nested(flat)
}

fn nested(flat: Vec<(u8, Entry)>) -> Vec<Entry> {
    // Each ends where the next one of its level or above begins.
    let starts: Vec<(u8, u32)> = flat.iter().map(|(level, entry)| (*level, entry.whole.range.start)).collect();
    let mut out: Vec<Entry> = Vec::new();
    let mut open: Vec<(u8, Entry)> = Vec::new();
    let close = |open: &mut Vec<(u8, Entry)>, out: &mut Vec<Entry>| {
        if let Some((_, done)) = open.pop() {
            match open.last_mut() {
                Some((_, parent)) => parent.inside.push(done),
                None => out.push(done),
            }
        }
    };
    for (number, (level, mut entry)) in flat.into_iter().enumerate() {
        while open.last().is_some_and(|(above, _)| *above >= level) {
            close(&mut open, &mut out);
        }
        if let Some((_, next)) = starts[number + 1..].iter().find(|(other, _)| *other <= level) {
            entry.whole.range.end = (*next).max(entry.place.range.end);
        }
        open.push((level, entry));
    }
    while !open.is_empty() {
        close(&mut open, &mut out);
    }
    out
}

/// The place of a heading of a record, by its anchor or its words.
#[must_use]
pub fn heading(site: ReadSite<'_>, at: RecordIx, written: &str) -> Option<Span> {
    let (linked, origin) = (site.model.linked(at), site.model.origin(at));
    let markdown = linked.body?.markdown(linked.pieces);
    let slug = crate::base::slug::slug(written);
    let known = markdown.parts().headings.indices().zip(&markdown.parts().headings);
    let is_it = |(_, heading): &(HeadingIx, &crate::syntax::markdown::Heading)| {
        *heading.anchor == *written || *heading.anchor == *slug || *heading.text == *written
    };
    let (index, _) = known.into_iter().find(is_it)?;
    let from = markdown.ops.iter().position(|op| *op == Op::Open(Tag::Heading(index)))?;
    let slice = markdown.ops[from..].iter().find_map(|op| match op {
        Op::Text(slice) | Op::Code(slice) => Some(*slice),
        _ => None,
    })?;
    Some(origin.span(markdown.place_of(slice)))
}

/// Records of the whole site whose id or title contains these words, at most `most`.
#[must_use]
pub fn of_site(site: ReadSite<'_>, words: &str, most: usize) -> Vec<Entry> {
    let records = find(site, Wanted::Record(Expects::Any), words, most).found;
    let sources = find(site, Wanted::Source, words, most.saturating_sub(records.len())).found;
    let entry = |found: super::find::Found| {
        let place = super::standing::own(site, found.at);
        Entry { name: found.title, id: found.id, at: Some(found.at), whole: place, place, inside: Vec::new() }
    };
    records.into_iter().chain(sources).map(entry).collect()
}

/// The word for the kind of a record, in the site's language; empty for a heading.
#[must_use]
pub fn kind(site: ReadSite<'_>, entry: &Entry) -> String {
    entry.at.map(|at| site.config.catalogue().get(kind_word(site, at)).to_owned()).unwrap_or_default()
}
