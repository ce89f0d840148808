//! CSL-JSON, which Zotero, Pandoc and others use to exchange works.

use super::super::{Reading, Wish, is_sound_key, json, span};
use super::{Person, Work, edtf, language, marked, ymd};
use crate::base::{FileId, Span};
use crate::diagnostics::code;
use crate::syntax::node::Node;

/// Whether a JSON list holds works.
#[must_use]
pub fn is_it(root: &Node) -> bool {
    items(root).iter().any(|item| json::get(item, "type").is_some() && json::get(item, "id").is_some())
}

fn items(root: &Node) -> &[Node] {
    json::get(root, "items").map_or_else(|| json::items(root), json::items)
}

/// Reads a list of works.
#[must_use]
pub fn read(file: FileId, root: &Node) -> Reading {
    let mut out = Reading::default();
    for item in items(root) {
        work(file, item, &mut out);
    }
    if items(root).is_empty() {
        let help = "it should be a list of works: [{\"id\": …, \"type\": …, \"title\": …}]";
        out.error(code::WRONG_TYPE, span(file, root.range.bytes()), "there are no works in this file", help);
    }
    out
}

/// The kind of a work, and of its container.
fn kinds(kind: &str) -> (&'static str, &'static str) {
    match kind {
        "article-newspaper" => ("article", "newspaper"),
        "article-magazine" | "article-journal" | "article" | "review" | "review-book" => ("article", "periodical"),
        "book" | "classic" | "collection" | "pamphlet" => ("book", "book"),
        "chapter" => ("chapter", "book"),
        "entry" | "entry-dictionary" | "entry-encyclopedia" => ("entry", "reference"),
        "paper-conference" => ("article", "proceedings"),
        "speech" | "event" => ("conference", "conference"),
        "report" | "standard" => ("report", "report"),
        "thesis" => ("thesis", "book"),
        "webpage" | "document" => ("web", "web"),
        "post-weblog" | "post" => ("post", "blog"),
        "legislation" | "bill" | "regulation" | "treaty" => ("legislation", "book"),
        "legal_case" | "hearing" => ("case", "book"),
        "patent" => ("patent", "book"),
        "manuscript" | "personal_communication" | "interview" => ("manuscript", "book"),
        "motion_picture" | "broadcast" => ("video", "video"),
        "song" | "musical_score" => ("audio", "audio"),
        "performance" => ("performance", "performance"),
        "dataset" | "software" => ("repository", "repository"),
        "graphic" | "figure" | "map" => ("artwork", "book"),
        "periodical" => ("periodical", "periodical"),
        _ => ("misc", "book"),
    }
}

fn work(file: FileId, item: &Node, out: &mut Reading) {
    let at = span(file, item.range.bytes().start..item.range.bytes().start + 1);
    let (kind, container) = kinds(json::says(item, "type"));
    let mut work = Work { kind, ..Work::default() };
    for (key, value) in json::fields(item) {
        let place = span(file, key.range.bytes());
        match key.value.as_str() {
            "issued" => work.date = day(value, place, out),
            "accessed" => work.read = day(value, place, out),
            "author" => work.authors = people(value),
            "editor" => work.editors = people(value),
            name => {
                if !fill(&mut work, name, json::words(value), container) && !is_of_tools(name) {
                    let what = format!("the field `{name}` was left out: {}", shown(value));
                    out.lost(place, what, "add it to the source by hand if readers need it");
                }
            }
        }
    }
    let id =
        [json::says(item, "citation-key"), json::says(item, "id")].into_iter().find(|id| !id.is_empty()).unwrap_or_default();
    // Zotero's ids are addresses, which nobody would type.
    let sound = is_sound_key(id);
    let key = match (sound, id.contains("://")) {
        (true, _) => Wish::Exact(id.to_owned()),
        (false, true) => Wish::Words(String::new()),
        (false, false) => Wish::Words(id.to_owned()),
    };
    if work.title.is_empty() {
        out.lost(at, "this work has no title", "give the source a title that describes it");
    }
    out.entries.push(work.entry(key, at));
}

fn shown(value: &Node) -> String {
    match json::words(value) {
        "" => value.describe().to_owned(),
        words => super::super::place::short(words),
    }
}

/// Reads a text field; returns whether sources have it.
fn fill(work: &mut Work, name: &str, text: &str, container: &'static str) -> bool {
    let plain = text.to_owned();
    match name {
        "title" => work.title = marked(text),
        "container-title" => work.container = Some((container, marked(text))),
        "publisher" => work.publisher = marked(text),
        "publisher-place" | "event-place" => work.location = marked(text),
        "authority" => work.organization = marked(text),
        "URL" => work.url = plain,
        "volume" => work.volume = plain,
        "issue" | "number" => work.issue = plain,
        "edition" => work.edition = plain,
        "page" => work.pages = plain.replace('–', "-"),
        "number-of-pages" => work.page_total = plain,
        "DOI" => work.numbers.push(("doi", plain.trim_start_matches("https://doi.org/").to_owned())),
        "ISBN" => work.numbers.push(("isbn", plain)),
        "ISSN" => work.numbers.push(("issn", plain)),
        "PMID" => work.numbers.push(("pmid", plain)),
        "language" => work.language = language(text),
        "archive" | "source" => work.archive = marked(text),
        "archive_location" => work.archive_location = marked(text),
        "call-number" => work.call_number = marked(text),
        "genre" => work.genre = marked(text),
        "abstract" => work.summary = marked(text),
        "note" | "annote" => format!("{}\n{plain}", work.remark).trim().clone_into(&mut work.remark),
        _ => return false,
    }
    true
}

/// Fields for programs' own use, dropped without a note.
fn is_of_tools(name: &str) -> bool {
    let known = [
        "id",
        "type",
        "citation-key",
        "title-short",
        "shortTitle",
        "container-title-short",
        "journalAbbreviation",
        "system_id",
        "keyword",
        "categories",
    ];
    known.contains(&name)
}

fn people(list: &Node) -> Vec<Person> {
    let person = |one: &Node| match json::says(one, "literal") {
        "" => {
            let says = |name: &str| json::says(one, name).to_owned();
            let prefix = format!("{} {}", says("dropping-particle"), says("non-dropping-particle"));
            Person { family: says("family"), given: says("given"), prefix: prefix.trim().to_owned(), suffix: says("suffix") }
        }
        name => Person::whole(name),
    };
    json::items(list).iter().map(person).collect()
}

/// A date: numbers in lists, or text.
fn day(value: &Node, at: Span, out: &mut Reading) -> String {
    let number = |node: &Node| json::words(node).parse::<i64>().ok();
    let part = |list: &Node| {
        let parts: Vec<Option<i64>> = json::items(list).iter().map(number).collect();
        let month = parts.get(1).copied().flatten();
        ymd(parts.first().copied().flatten()?, month, parts.get(2).copied().flatten())
    };
    let parts: Vec<String> =
        json::get(value, "date-parts").map(json::items).unwrap_or_default().iter().filter_map(part).collect();
    let is_about = matches!(json::says(value, "circa"), "true" | "1");
    let about = if is_about { "~" } else { "" };
    match &parts[..] {
        [one] => return format!("{one}{about}"),
        [from, to, ..] => return format!("{from}{about}/{to}{about}"),
        [] => {}
    }
    let words = [json::says(value, "raw"), json::says(value, "literal"), json::words(value)];
    let words = words.into_iter().find(|words| !words.is_empty()).unwrap_or_default();
    edtf(words).unwrap_or_else(|| {
        out.lost(at, format!("`{words}` can't be read as a date"), "add it to the source as 2025-03-15, 2025-03 or 2025");
        String::new()
    })
}
