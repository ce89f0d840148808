//! BibTeX and BibLaTeX. The crate for them stops at the first error in a file, and depends on an abandoned crate.

mod authors;

use std::collections::BTreeMap;
use std::ops::Range;

use super::super::{Entry, Reading, Wish, is_sound_key, place, span};
use super::{Work, edtf, language, latex, ymd};
use crate::base::FileId;
use crate::diagnostics::code;
use authors::people;

/// Reads a bibliography.
#[must_use]
pub fn read(file: FileId, text: &str) -> Reading {
    let mut out = Reading::default();
    let mut reader = Reader { text, at: 0, strings: BTreeMap::new() };
    while let Some(start) = reader.find('@') {
        match reader.item() {
            Ok(Some(item)) => work(file, &item, &mut out),
            Ok(None) => {}
            Err((place, why)) => {
                let help = "compare it with an entry that works: @book{key, title = {…}, date = {2025-03-15}}";
                out.error(code::INVALID_SYNTAX, span(file, place), why, help);
                // What follows may be fine.
                reader.at = text[start + 1..].find("\n@").map_or(text.len(), |next| start + 1 + next);
            }
        }
    }
    resolve(&mut out);
    out
}

/// A field of an entry.
struct Field {
    name: String,
    tex: String,
    place: Range<usize>,
}

struct Item {
    kind: String,
    key: String,
    place: Range<usize>,
    fields: Vec<Field>,
}

type Fault = (Range<usize>, String);

struct Reader<'t> {
    text: &'t str,
    at: usize,
    strings: BTreeMap<String, String>,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    /// Moves past the next such character.
    fn find(&mut self, c: char) -> Option<usize> {
        let at = self.at + self.rest().find(c)?;
        self.at = at + c.len_utf8();
        Some(at)
    }

    fn blank(&mut self) {
        loop {
            self.at = self.text.len() - self.rest().trim_start().len();
            if !self.rest().starts_with('%') {
                return;
            }
            self.at += self.rest().find('\n').unwrap_or(self.rest().len());
        }
    }

    fn word(&mut self) -> &'t str {
        let ends = |c: char| c.is_whitespace() || matches!(c, '{' | '}' | '(' | ')' | ',' | '=' | '"' | '#' | '%');
        let word = &self.rest()[..self.rest().find(ends).unwrap_or(self.rest().len())];
        self.at += word.len();
        word
    }

    fn takes(&mut self, c: char) -> bool {
        let is_there = self.rest().starts_with(c);
        self.at += if is_there { c.len_utf8() } else { 0 };
        is_there
    }

    fn here(&self, why: impl Into<String>) -> Fault {
        let length = self.rest().chars().next().map_or(0, char::len_utf8);
        (self.at..self.at + length, why.into())
    }

    /// An entry after its `@`.
    fn item(&mut self) -> Result<Option<Item>, Fault> {
        let kind = self.word().to_lowercase();
        self.blank();
        if kind.is_empty() || !self.rest().starts_with(['{', '(']) {
            return Ok(None);
        }
        let open = self.at;
        if matches!(kind.as_str(), "comment" | "preamble") {
            self.braces()?;
            return Ok(None);
        }
        self.at += 1;
        self.blank();
        if kind == "string" {
            let field = self.field()?;
            self.strings.insert(field.name, field.tex);
            return Ok(None);
        }
        let start = self.at;
        let length = self.rest().find([',', '\n', '}', ')', '=']).unwrap_or(self.rest().len());
        let key = self.rest()[..length].trim().to_owned();
        self.at += length;
        let mut item = Item { kind, place: start..start + key.len(), key, fields: Vec::new() };
        loop {
            self.blank();
            while self.takes(',') {
                self.blank();
            }
            if self.rest().starts_with(['}', ')']) {
                self.at += 1;
                return Ok(Some(item));
            }
            if self.rest().is_empty() {
                return Err((open..open + 1, "this entry is never closed".to_owned()));
            }
            item.fields.push(self.field()?);
        }
    }

    fn field(&mut self) -> Result<Field, Fault> {
        let start = self.at;
        let name = self.word().to_lowercase();
        self.blank();
        if name.is_empty() || !self.takes('=') {
            return Err(self.here(if name.is_empty() { "a field is expected here" } else { "`=` is expected here" }));
        }
        let mut tex = String::new();
        loop {
            self.blank();
            match self.rest().chars().next() {
                Some('{') => {
                    let inner = self.braces()?;
                    tex.push_str(&self.text[inner]);
                }
                Some('"') => tex.push_str(self.quoted()?),
                _ => {
                    let word = self.word();
                    if word.is_empty() {
                        return Err(self.here("a value in braces or quotation marks is expected here"));
                    }
                    let known = self.strings.get(&word.to_lowercase());
                    tex.push_str(known.map_or(word, String::as_str));
                }
            }
            self.blank();
            if !self.takes('#') {
                return Ok(Field { name, tex, place: start..self.at });
            }
        }
    }

    /// The range between a brace and its closing brace.
    fn braces(&mut self) -> Result<Range<usize>, Fault> {
        let open = self.at;
        let close = if self.rest().starts_with('(') { ')' } else { '}' };
        let mut depth = 0usize;
        let mut is_escaped = false;
        for (at, c) in self.rest().char_indices() {
            let is_free = !is_escaped;
            is_escaped = c == '\\' && is_free;
            match c {
                '{' | '(' if is_free && (c == '{' || at == 0) => depth += 1,
                c if is_free && (c == '}' || c == close) && depth > 0 && (c == '}' || depth == 1) => {
                    depth -= 1;
                    if depth == 0 {
                        let range = open + 1..open + at;
                        self.at = open + at + 1;
                        return Ok(range);
                    }
                }
                _ => {}
            }
        }
        Err((open..open + 1, "this brace is never closed".to_owned()))
    }

    /// The text between quotation marks, ignoring those in braces.
    fn quoted(&mut self) -> Result<&'t str, Fault> {
        let open = self.at;
        let mut depth = 0i32;
        for (at, c) in self.rest().char_indices().skip(1) {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                '"' if depth == 0 => {
                    let text = &self.text[open + 1..open + at];
                    self.at = open + at + 1;
                    return Ok(text);
                }
                _ => {}
            }
        }
        Err((open..open + 1, "this quotation mark is never closed".to_owned()))
    }
}

/// The kind of a work, and of its container.
fn kinds(kind: &str) -> (&'static str, &'static str) {
    match kind {
        "article" | "suppperiodical" => ("article", "periodical"),
        "book" | "mvbook" | "booklet" | "collection" | "mvcollection" => ("book", "book"),
        "inbook" | "bookinbook" | "suppbook" => ("chapter", "book"),
        "incollection" | "suppcollection" => ("anthos", "anthology"),
        "proceedings" | "mvproceedings" => ("proceedings", "proceedings"),
        "inproceedings" | "conference" => ("article", "proceedings"),
        "inreference" => ("entry", "reference"),
        "reference" | "mvreference" | "manual" => ("reference", "reference"),
        "report" | "techreport" => ("report", "report"),
        "thesis" | "mastersthesis" | "phdthesis" => ("thesis", "book"),
        "online" | "electronic" | "www" => ("web", "web"),
        "patent" => ("patent", "book"),
        "periodical" => ("periodical", "periodical"),
        "legislation" => ("legislation", "book"),
        "jurisdiction" | "legal" => ("case", "book"),
        "video" | "movie" => ("video", "video"),
        "audio" | "music" => ("audio", "audio"),
        "software" | "dataset" => ("repository", "repository"),
        "artwork" | "image" => ("artwork", "book"),
        _ => ("misc", "book"),
    }
}

fn work(file: FileId, item: &Item, out: &mut Reading) {
    let (kind, container) = kinds(&item.kind);
    let mut work = Work { kind, ..Work::default() };
    let mut date: [Option<i64>; 3] = [None; 3];
    for field in &item.fields {
        let at = span(file, field.place.clone());
        let latex::Words { text, unknown } = latex::markdown(&field.tex);
        for command in unknown {
            let what = format!("the command `\\{command}` in `{}` was dropped, and its text kept", field.name);
            out.lost(at, what, "check that the text still says what it should");
        }
        let plain = latex::words(&field.tex).text;
        match field.name.as_str() {
            "year" => match (plain.trim().parse(), edtf(&plain)) {
                (Ok(year), _) => date[0] = Some(year),
                (Err(_), Some(date)) => work.date = date,
                (Err(_), None) => lost_date(&plain, at, out),
            },
            "month" => match month(&plain) {
                Some(month) => date[1] = Some(month),
                None => lost_date(&plain, at, out),
            },
            "day" => date[2] = plain.trim().parse().ok(),
            "date" | "eventdate" | "origdate" if work.date.is_empty() || field.name == "date" => match edtf(&plain) {
                Some(date) => work.date = date,
                None => lost_date(&plain, at, out),
            },
            name => {
                if !fill(&mut work, name, text, &plain, &field.tex, container) && !is_of_tools(name) {
                    let what = format!("the field `{name}` was left out: {}", place::short(&plain));
                    out.lost(at, what, "add it to the source by hand if readers need it");
                }
            }
        }
    }
    if let (true, Some(year)) = (work.date.is_empty(), date[0]) {
        work.date = ymd(year, date[1], date[2]).unwrap_or_default();
    }
    let sound = is_sound_key(&item.key);
    let key = if sound { Wish::Exact(item.key.clone()) } else { Wish::Words(item.key.clone()) };
    let at = span(file, item.place.clone());
    if work.title.is_empty() {
        let what = format!("`{}` has no title", item.key);
        out.lost(at, what, "give the source a title that describes it");
    }
    let crossed = item.fields.iter().find(|field| field.name == "crossref").map(|field| latex::words(&field.tex).text);
    let mut entry = work.entry(key, at);
    if let Some(other) = crossed {
        entry.points.push(("crossref", other, at));
    }
    out.entries.push(entry);
}

fn lost_date(text: &str, at: crate::base::Span, out: &mut Reading) {
    out.lost(at, format!("`{text}` can't be read as a date"), "add it to the source as 2025-03-15, 2025-03 or 2025");
}

/// Reads a field other than a date; returns whether sources have it.
fn fill(work: &mut Work, name: &str, text: String, plain: &str, tex: &str, container: &'static str) -> bool {
    let plain = plain.to_owned();
    match name {
        "title" => work.title = if work.title.is_empty() { text } else { format!("{text}: {}", work.title) },
        "subtitle" => work.title = if work.title.is_empty() { text } else { format!("{}: {text}", work.title) },
        "author" => work.authors = people(tex),
        "editor" => work.editors = people(tex),
        "journal" | "journaltitle" | "booktitle" | "maintitle" => work.container = Some((container, text)),
        "publisher" => work.publisher = text,
        "institution" | "school" | "organization" | "howpublished" if work.publisher.is_empty() && !text.contains("://") => {
            work.publisher = text;
        }
        "institution" | "school" | "organization" => work.organization = text,
        "howpublished" if work.url.is_empty() => work.url = plain.trim_start_matches("URL: ").to_owned(),
        "address" | "location" => work.location = text,
        "url" => work.url = address(tex),
        "urldate" => work.read = edtf(&plain).unwrap_or_default(),
        "volume" => work.volume = plain,
        "number" | "issue" => work.issue = plain,
        "edition" => work.edition = plain,
        "pages" => work.pages = plain.replace(['–', '—'], "-"),
        "pagetotal" => work.page_total = plain,
        "doi" => work.numbers.push(("doi", plain.trim_start_matches("https://doi.org/").to_owned())),
        "isbn" | "issn" => work.numbers.push((if name == "isbn" { "isbn" } else { "issn" }, plain)),
        "eprint" => work.numbers.push(("arxiv", plain)),
        "langid" | "language" => work.language = language(&plain),
        "library" => work.archive = text,
        "type" => work.genre = text,
        "abstract" => work.summary = text,
        "note" | "addendum" => work.note = text,
        "annotation" | "annote" => work.remark = plain,
        "crossref" | "xref" => {}
        _ => return false,
    }
    true
}

/// An address, in which TeX has few commands.
fn address(tex: &str) -> String {
    let text = tex.trim();
    let text = text.strip_prefix("\\url{").map_or(text, |text| text.trim_end_matches('}'));
    ["_", "%", "&", "#", "~"].iter().fold(text.to_owned(), |text, mark| text.replace(&format!("\\{mark}"), mark))
}

/// Fields for programs' own use, dropped without a note.
fn is_of_tools(name: &str) -> bool {
    let known = [
        "keywords",
        "file",
        "timestamp",
        "owner",
        "groups",
        "date-added",
        "date-modified",
        "bdsk-url-1",
        "bdsk-file-1",
        "ids",
        "shorttitle",
        "key",
        "sortkey",
        "mendeley-groups",
        "eprinttype",
        "archiveprefix",
        "primaryclass",
        "options",
        "entrysubtype",
        "shortjournal",
        "urlyear",
        "urlmonth",
        "urlday",
    ];
    known.contains(&name)
}

fn month(text: &str) -> Option<i64> {
    let text = text.trim().to_lowercase();
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let known = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    known.iter().position(|month| text.starts_with(month)).map(|at| at as i64 + 1)
}

/// Fills in works from the entries that they name with `crossref`.
fn resolve(out: &mut Reading) {
    let known: Vec<(String, Entry)> = out
        .entries
        .iter()
        .filter_map(|entry| match &entry.name {
            Wish::Exact(key) => Some((key.clone(), entry.clone())),
            _ => None,
        })
        .collect();
    for entry in &mut out.entries {
        for (_, other, _) in std::mem::take(&mut entry.points) {
            let Some((_, parent)) = known.iter().find(|(key, _)| *key == other) else { continue };
            for name in ["publisher", "date", "location", "editor"] {
                let value = parent.fields.iter().find(|(key, _)| key == name).filter(|_| !entry.has(name));
                entry.fields.extend(value.cloned());
            }
            if !entry.has("parent") {
                let title =
                    parent.fields.iter().filter(|(key, _)| matches!(key.as_str(), "type" | "title")).cloned().collect();
                entry.fields.push(("parent".to_owned(), crate::edit::Value::Map(title)));
            }
        }
    }
}
