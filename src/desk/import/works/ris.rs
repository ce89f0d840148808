//! RIS, which libraries and databases export: a two-letter tag, a hyphen and a value on each line.

use super::super::{Reading, Wish, is_sound_key, span};
use super::{Person, Work, edtf, language, marked};
use crate::base::FileId;
use crate::diagnostics::code;

/// A line: its tag, its value and its place.
struct Line<'t> {
    tag: &'t str,
    value: String,
    start: usize,
    end: usize,
}

/// Reads a list of works.
#[must_use]
pub fn read(file: FileId, text: &str) -> Reading {
    let mut out = Reading::default();
    let mut lines: Vec<Line<'_>> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let end = start + line.trim_end().len();
        match tagged(line) {
            Some(("ER", _)) => {
                work(file, &lines, &mut out);
                lines.clear();
            }
            Some((tag, value)) => lines.push(Line { tag, value: value.to_owned(), start, end }),
            None if line.trim().is_empty() => {}
            // A long value may continue without a tag.
            None => match lines.last_mut() {
                Some(last) => last.value = format!("{} {}", last.value, line.trim()),
                None => {
                    let help =
                        "each line has a tag, two spaces, a hyphen, a space and a value; the first is like `TY  - JOUR`";
                    out.error(code::INVALID_SYNTAX, span(file, start..end), "this is not a line of RIS", help);
                }
            },
        }
    }
    if let Some(first) = lines.first() {
        let help = "add the line `ER  - `";
        out.error(code::INVALID_SYNTAX, span(file, first.start..first.end), "this work has no end", help);
    }
    out
}

fn tagged(line: &str) -> Option<(&str, &str)> {
    let (tag, rest) = line.split_at_checked(2)?;
    let is_tag = tag.starts_with(|c: char| c.is_ascii_uppercase())
        && tag.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    let value = rest.trim_start_matches(' ').strip_prefix('-')?;
    (is_tag && rest.starts_with(' ')).then_some((tag, value.trim()))
}

/// The kind of a work, and of its container.
fn kinds(kind: &str) -> (&'static str, &'static str) {
    match kind {
        "NEWS" => ("article", "newspaper"),
        "JOUR" | "MGZN" | "EJOUR" | "ABST" | "INPR" => ("article", "periodical"),
        "BOOK" | "EBOOK" | "EDBOOK" | "CLSWK" | "PAMP" => ("book", "book"),
        "CHAP" | "ECHAP" => ("chapter", "book"),
        "CONF" => ("proceedings", "proceedings"),
        "CPAPER" => ("article", "proceedings"),
        "RPRT" | "GOVDOC" | "STAND" => ("report", "report"),
        "THES" => ("thesis", "book"),
        "ELEC" => ("web", "web"),
        "BLOG" => ("post", "blog"),
        "BILL" | "STAT" | "LEGAL" => ("legislation", "book"),
        "CASE" | "HEAR" => ("case", "book"),
        "PAT" => ("patent", "book"),
        "VIDEO" | "MPCT" | "ADVS" => ("video", "video"),
        "SOUND" | "MUSIC" => ("audio", "audio"),
        "COMP" | "DATA" => ("repository", "repository"),
        "ART" | "FIGURE" | "MAP" => ("artwork", "book"),
        "UNPB" | "MANSCPT" | "PCOMM" => ("manuscript", "book"),
        "DICT" | "ENCYC" => ("entry", "reference"),
        _ => ("misc", "book"),
    }
}

fn work(file: FileId, lines: &[Line<'_>], out: &mut Reading) {
    let Some(first) = lines.first() else { return };
    let at = span(file, first.start..first.end);
    let typed = lines.iter().find(|line| line.tag == "TY").map_or("", |line| line.value.as_str());
    let (kind, container) = kinds(typed);
    let mut work = Work { kind, ..Work::default() };
    let (mut pages, mut key) = ([String::new(), String::new()], String::new());
    for line in lines {
        let place = span(file, line.start..line.end);
        match line.tag {
            "TY" | "KW" | "L1" | "L2" | "L3" | "L4" | "DB" | "J2" => {}
            "ID" => key.clone_from(&line.value),
            "SP" => pages[0].clone_from(&line.value),
            "EP" => pages[1].clone_from(&line.value),
            "PY" | "Y1" | "DA" | "Y2" => match date(&line.value) {
                Some(date) if line.tag == "Y2" => work.read = date,
                // The full date is better than the year.
                Some(date) if date.len() > work.date.len() => work.date = date,
                Some(_) => {}
                None => {
                    let what = format!("`{}` can't be read as a date", line.value);
                    out.lost(place, what, "add it to the source as 2025-03-15, 2025-03 or 2025");
                }
            },
            tag => {
                if !fill(&mut work, tag, &line.value, container) {
                    let what = format!("the tag `{tag}` was left out: {}", super::super::place::short(&line.value));
                    out.lost(place, what, "add it to the source by hand if readers need it");
                }
            }
        }
    }
    work.pages = pages.into_iter().filter(|page| !page.is_empty()).collect::<Vec<_>>().join("-");
    let sound = is_sound_key(&key);
    let key = if sound { Wish::Exact(key) } else { Wish::Words(key) };
    if work.title.is_empty() {
        out.lost(at, "this work has no title", "give the source a title that describes it");
    }
    out.entries.push(work.entry(key, at));
}

/// Reads a line; returns whether sources have its field.
fn fill(work: &mut Work, tag: &str, text: &str, container: &'static str) -> bool {
    let plain = text.to_owned();
    match tag {
        "TI" | "T1" | "CT" => work.title = marked(text),
        "BT" if work.title.is_empty() => work.title = marked(text),
        "T2" | "JO" | "JF" | "JA" | "BT" if work.container.is_none() => work.container = Some((container, marked(text))),
        "JO" | "JF" | "JA" => {}
        "AU" | "A1" => work.authors.push(Person::written(text)),
        "A2" | "ED" => work.editors.push(Person::written(text)),
        "PB" => work.publisher = marked(text),
        "CY" | "PP" => work.location = marked(text),
        "UR" if work.url.is_empty() => work.url = plain,
        "VL" => work.volume = plain,
        "IS" | "M1" => work.issue = plain,
        "ET" => work.edition = plain,
        "DO" => work.numbers.push(("doi", plain.trim_start_matches("https://doi.org/").to_owned())),
        "SN" if matches!(container, "book") => work.numbers.push(("isbn", plain)),
        "SN" => work.numbers.push(("issn", plain)),
        "LA" => work.language = language(text),
        "DP" | "AN" => work.archive = marked(text),
        "CN" => work.call_number = marked(text),
        "M3" => work.genre = marked(text),
        "AB" | "N2" => work.summary = marked(text),
        "N1" => format!("{}\n{plain}", work.remark).trim().clone_into(&mut work.remark),
        _ => return false,
    }
    true
}

/// A date as `2025/03/15/season`, in which any part may be empty, or as text.
fn date(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split('/').map(str::trim).collect();
    let number = |at: usize| parts.get(at).and_then(|part| part.parse::<i64>().ok());
    match number(0).filter(|_| parts[0].len() == 4) {
        Some(year) => super::ymd(year, number(1), number(2)),
        None => edtf(text),
    }
}
