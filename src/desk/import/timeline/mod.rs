//! `TimelineJS`: a slide is an event, and the title slide is the section for all of them. Whatever an event has no field for is
//! reported and kept in `desk-note`.

mod slide;

use super::sheet as sheets;
use super::table::{self, Cell};
use super::{Reading, json, span};
use crate::base::{FileId, Span};
use crate::diagnostics::code;
use crate::syntax::node::{Kind, Node};
use slide::Slide;

/// Whether a JSON object is a timeline.
#[must_use]
pub fn is_it(root: &Node) -> bool {
    json::get(root, "events").is_some() || json::get(root, "timeline").is_some()
}

/// Reads a timeline in JSON.
#[must_use]
pub fn json(file: FileId, root: &Node) -> Reading {
    let mut out = Reading::default();
    let mut slides = Vec::new();
    for (key, value) in json::fields(root) {
        let at = span(file, key.range.bytes());
        match key.value.as_str() {
            "events" => slides.extend(json::items(value).iter().map(|item| flat(file, item, ""))),
            "title" => slides.push(flat(file, value, "title")),
            "eras" => slides.extend(json::items(value).iter().map(|item| flat(file, item, "era"))),
            "scale" if json::words(value) == "human" => {}
            "timeline" => {
                let help = "open it in TimelineJS 3 or its spreadsheet, and save it from there";
                out.error(code::WRONG_TYPE, at, "this is a TimelineJS 1 or 2 timeline", help);
            }
            name => out.lost(at, format!("`{name}` was left out"), "the theme lays out timelines"),
        }
    }
    slide::all(slides, &mut out);
    out
}

/// A slide in JSON, with nested fields as dotted names.
fn flat(file: FileId, node: &Node, kind: &'static str) -> Slide {
    fn walk(file: FileId, node: &Node, above: &str, at: Option<Span>, out: &mut Vec<(String, String, Span)>) {
        match &node.kind {
            Kind::Map(fields) => {
                for (key, value) in fields {
                    let name = if above.is_empty() { key.value.clone() } else { format!("{above}.{}", key.value) };
                    walk(file, value, &name, Some(span(file, key.range.bytes())), out);
                }
            }
            Kind::Seq(items) => {
                for item in items {
                    walk(file, item, above, at, out);
                }
            }
            Kind::Scalar { text, .. } if !text.trim().is_empty() => {
                out.push((above.to_owned(), text.trim().to_owned(), at.unwrap_or_else(|| span(file, node.range.bytes()))));
            }
            Kind::Scalar { .. } | Kind::Null => {}
        }
    }
    let start = node.range.bytes().start;
    let mut fields = Vec::new();
    walk(file, node, "", None, &mut fields);
    Slide { kind, at: span(file, start..start + 1), fields }
}

/// The spreadsheet's columns, and their names in JSON.
const COLUMNS: &[(&str, &str)] = &[
    ("year", "start_date.year"),
    ("month", "start_date.month"),
    ("day", "start_date.day"),
    ("time", "start_date.time"),
    ("endyear", "end_date.year"),
    ("endmonth", "end_date.month"),
    ("endday", "end_date.day"),
    ("endtime", "end_date.time"),
    ("displaydate", "display_date"),
    ("headline", "text.headline"),
    ("text", "text.text"),
    ("media", "media.url"),
    ("mediacredit", "media.credit"),
    ("mediacaption", "media.caption"),
    ("mediathumbnail", "media.thumbnail"),
    ("mediathumb", "media.thumbnail"),
    ("alttext", "media.alt"),
    ("medialink", "media.link"),
    ("medialinktarget", "media.link_target"),
    ("type", "type"),
    ("group", "group"),
    ("tag", "group"),
    ("background", "background.url"),
    ("uniqueid", "unique_id"),
];

fn name(cell: &Cell) -> String {
    cell.text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether a table is a `TimelineJS` spreadsheet, by its first row.
#[must_use]
pub fn is_sheet(text: &str) -> bool {
    let Ok(table) = table::read(text) else { return false };
    let names: Vec<String> = table.head.iter().map(name).collect();
    ["year", "headline"].iter().all(|needed| names.iter().any(|name| name == needed))
}

/// Reads a timeline's spreadsheet.
#[must_use]
pub fn sheet(file: FileId, text: &str) -> Reading {
    let mut out = Reading::default();
    let table = match table::read(text) {
        Ok(table) => table,
        Err((place, why)) => {
            out.error(code::INVALID_SYNTAX, span(file, place), why, "save the spreadsheet as CSV again");
            return out;
        }
    };
    let columns: Vec<Option<&str>> = table
        .head
        .iter()
        .map(|cell| {
            let name = name(cell);
            COLUMNS.iter().find(|(known, _)| *known == name).map(|(_, field)| *field)
        })
        .collect();
    for (at, cell) in table.head.iter().enumerate().filter(|(at, _)| columns[*at].is_none()) {
        let says = table.rows.iter().filter(|row| row.get(at).is_some_and(|cell| !cell.text.is_empty())).count();
        if says > 0 {
            let what = format!("TimelineJS has no column `{}`, so it is left out ({})", cell.text, sheets::count(says));
            out.lost(
                span(file, cell.range.clone()),
                what,
                "to keep it, rename the column `Year` to `Date`; the file is then read as an ordinary spreadsheet",
            );
        }
    }
    let mut slides = Vec::new();
    for row in &table.rows {
        let cells = row.iter().zip(&columns).filter(|(cell, _)| !cell.text.is_empty());
        let fields: Vec<(String, String, Span)> = cells
            .filter_map(|(cell, field)| Some(((*field)?.to_owned(), cell.text.clone(), span(file, cell.range.clone()))))
            .collect();
        let Some((_, _, at)) = fields.first() else { continue };
        let kind = fields.iter().find(|(name, ..)| name == "type").map(|(_, text, _)| text.to_lowercase());
        let kind = match kind.as_deref() {
            Some("title") => "title",
            Some("era") => "era",
            _ => "",
        };
        slides.push(Slide { kind, at: *at, fields });
    }
    slide::all(slides, &mut out);
    out
}
