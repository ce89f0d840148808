//! Works from bibliographies. Each format's reader fills in a [`Work`], and one function turns that into a source with
//! Hayagriva's fields.

mod bib;
mod csl;
mod latex;
mod people;
mod ris;

pub use bib::read as bib;
pub use csl::{is_it as is_csl, read as csl};
pub use ris::read as ris;

use super::{Entry, Wish, html, plain};
use crate::base::{Span, web_address};
use crate::date;
use crate::edit::Value;
use crate::source::ContentKind;
pub use people::Person;

/// A work, the same for all formats. Texts are Markdown.
#[derive(Debug, Default)]
struct Work {
    /// Hayagriva's type.
    kind: &'static str,
    title: String,
    authors: Vec<Person>,
    editors: Vec<Person>,
    publisher: String,
    location: String,
    organization: String,
    date: String,
    url: String,
    /// The day that the address was visited.
    read: String,
    /// Its container: kind and title.
    container: Option<(&'static str, String)>,
    /// Fields of the container, if there is one.
    volume: String,
    issue: String,
    edition: String,
    pages: String,
    page_total: String,
    /// Identifiers, by name.
    numbers: Vec<(&'static str, String)>,
    language: String,
    archive: String,
    archive_location: String,
    call_number: String,
    genre: String,
    summary: String,
    note: String,
    /// Private notes.
    remark: String,
}

/// The title of a source without one.
const UNTITLED: &str = "Untitled";

impl Work {
    /// Turns it into a source.
    fn entry(mut self, key: Wish, at: Span) -> Entry {
        let key = match key {
            Wish::Words(words) if words.is_empty() => Wish::Words(self.words()),
            key => key,
        };
        let mut entry = Entry::new(ContentKind::Sources, key, at);
        entry.plain("type", self.kind);
        let described = self.title.is_empty();
        entry.text("title", if described { UNTITLED } else { &self.title });
        if described {
            entry.plain("title-is", "description");
        }
        entry.fields.extend(people::value("author", &self.authors));
        entry.fields.extend(people::value("editor", &self.editors));
        let parent = self.parent();
        // For a part of a work, the publisher belongs to the whole; readers see it either way.
        match (&parent, self.publisher.is_empty()) {
            (Some((_, title)), true) => entry.text("publisher", title),
            _ => entry.text("publisher", &self.publisher),
        }
        entry.text("location", &self.location);
        entry.text("organization", &self.organization);
        entry.plain("date", &self.date);
        if web_address::link(&self.url).is_ok() {
            let value = Value::plain(&*self.url);
            let value = if self.read.is_empty() {
                value
            } else {
                Value::Map(vec![("value".to_owned(), value), ("date".to_owned(), Value::plain(&*self.read))])
            };
            entry.fields.push(("url".to_owned(), value));
        } else if !self.url.is_empty() {
            format!("{}\n{}", self.remark, self.url).trim().clone_into(&mut self.remark);
        }
        if let Some((kind, title)) = parent {
            let mut fields = vec![("type".to_owned(), Value::plain(kind)), ("title".to_owned(), Value::text(title))];
            fields.extend(numbered("volume", &self.volume));
            fields.extend(numbered("issue", &self.issue));
            entry.fields.push(("parent".to_owned(), Value::Map(fields)));
        } else {
            entry.fields.extend(numbered("volume", &self.volume));
            entry.fields.extend(numbered("issue", &self.issue));
        }
        entry.fields.extend(numbered("edition", &self.edition));
        entry.fields.extend(numbered("page-range", &self.pages));
        entry.fields.extend(numbered("page-total", &self.page_total));
        if !self.numbers.is_empty() {
            let numbers = self.numbers.iter().map(|(name, number)| ((*name).to_owned(), Value::text(number)));
            entry.fields.push(("serial-number".to_owned(), Value::Map(numbers.collect())));
        }
        entry.plain("language", &self.language);
        entry.text("archive", &self.archive);
        entry.text("archive-location", &self.archive_location);
        entry.text("call-number", &self.call_number);
        entry.text("genre", &self.genre);
        entry.text("abstract", &self.summary);
        entry.text("note", &self.note);
        entry.text("annote", &self.remark);
        entry
    }

    fn parent(&self) -> Option<(&'static str, String)> {
        self.container.clone().filter(|(_, title)| !title.is_empty() && *title != self.title)
    }

    /// The words to make a key from if the file has none.
    fn words(&self) -> String {
        let first = self.authors.first().or(self.editors.first());
        let name = first.map(|person| person.family.clone()).filter(|name| !name.is_empty());
        let year: String = self.date.chars().take_while(|c| *c != '-').collect();
        match name {
            Some(name) if !year.is_empty() => format!("{name} {year}"),
            _ => format!("{} {year}", if self.title.is_empty() { UNTITLED } else { &self.title }),
        }
    }
}

/// A number, or text where a number is expected.
fn numbered(name: &str, text: &str) -> Option<(String, Value)> {
    let text = text.trim();
    let is_number = text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    let value = if is_number { Value::plain(text) } else { Value::text(text) };
    (!text.is_empty()).then(|| (name.to_owned(), value))
}

/// A date in any form, as EDTF.
fn edtf(text: &str) -> Option<String> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    match super::days::read(text, &mut |_| {}) {
        Ok(cell) => cell.settled(None).map(str::to_owned),
        Err(_) => None,
    }
}

/// A date from year, month and day; parts that aren't valid are dropped, from the end.
fn ymd(year: i64, month: Option<i64>, day: Option<i64>) -> Option<String> {
    let year = if year < 0 { format!("-{:04}", year.unsigned_abs()) } else { format!("{year:04}") };
    let month = month.filter(|month| (1..=12).contains(month));
    let day = day.filter(|_| month.is_some());
    let whole = [month, day].into_iter().flatten().fold(year.clone(), |date, part| format!("{date}-{part:02}"));
    [whole, month.map_or_else(|| year.clone(), |month| format!("{year}-{month:02}")), year]
        .into_iter()
        .find(|date| date::parse(date).is_ok())
}

/// A language tag, from a tag or from the name that bibliographies use.
fn language(text: &str) -> String {
    let text = text.trim();
    let name = text.to_lowercase();
    let known = [
        ("english", "en"),
        ("american", "en-US"),
        ("usenglish", "en-US"),
        ("british", "en-GB"),
        ("ukenglish", "en-GB"),
        ("german", "de"),
        ("ngerman", "de"),
        ("spanish", "es"),
        ("french", "fr"),
        ("italian", "it"),
        ("portuguese", "pt"),
        ("arabic", "ar"),
        ("chinese", "zh"),
        ("japanese", "ja"),
        ("russian", "ru"),
        ("dutch", "nl"),
        ("polish", "pl"),
    ];
    if let Some((_, tag)) = known.iter().find(|(known, _)| *known == name) {
        return (*tag).to_owned();
    }
    let tag = text.replace('_', "-");
    let is_tag = crate::language::tag::instead_of(&tag).is_none();
    if is_tag { tag } else { String::new() }
}

/// Text that may contain HTML, as Markdown.
fn marked(text: &str) -> String {
    let text =
        if html::has_tags(text) || text.contains('&') { html::markdown(text, &mut |_| {}) } else { plain::inline(text) };
    plain::one_line(&text)
}
