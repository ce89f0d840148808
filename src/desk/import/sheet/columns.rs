//! Matches the columns of a spreadsheet to fields.

use std::collections::BTreeMap;

use super::super::days::{self, Cell as Day, Order};
use super::super::table::{self, Cell};
use super::super::{Reading, json, span};
use super::{Sheet, is_list};
use crate::base::similar::nearest;
use crate::base::{FileId, Span};
use crate::desk::new::NewKind;
use crate::diagnostics::code;
use crate::syntax::node::Kind;
use crate::syntax::{Field, parse_toml};

/// Other names of columns, and the fields they can mean. The first field that the kind of record has is used.
const NAMES: &[(&str, &[&str])] = &[
    ("date", &["when", "day", "start", "startdate", "from", "published", "datum", "fecha", "dateofevent", "eventdate"]),
    ("end", &["enddate", "until", "to", "endson"]),
    ("title", &["name", "headline", "event", "what", "heading", "eventtitle", "statement", "term", "titel", "titulo"]),
    ("name", &["title", "person", "fullname", "organization", "place"]),
    ("term", &["title", "name", "word"]),
    ("text", &["claim", "statement", "title"]),
    ("summary", &["description", "text", "details", "detail", "body", "what happened", "notes"]),
    ("description", &["summary", "bio", "about", "text", "who"]),
    ("definition", &["meaning", "description", "text"]),
    ("url", &["link", "address", "web"]),
    (
        "sources",
        &[
            "source",
            "sourceurl",
            "sourceurls",
            "link",
            "links",
            "url",
            "urls",
            "reference",
            "references",
            "citation",
            "quelle",
        ],
    ),
    ("author", &["authors", "by", "writer", "byline"]),
    ("publisher", &["outlet", "publication", "newspaper", "sourcename", "sourcepublisher"]),
    ("entities", &["people", "persons", "who", "involved", "actors", "organizations"]),
    ("place", &["location", "where", "city"]),
    ("topics", &["topic", "tags", "tag", "category", "categories", "keywords", "group"]),
    ("id", &["slug", "key"]),
    ("same-as", &["wikidata", "wikipedia", "sameas"]),
    ("asserted-by", &["by", "who", "speaker", "saidby"]),
];

/// The end of a range.
const END: &str = "end";

/// The meaning of a column.
pub(super) enum Column {
    Field(&'static Field),
    /// The end of the date.
    End,
    /// A field of the source whose address is in the row.
    OfSource(&'static str),
    /// Left out on purpose.
    LeftOut,
    /// Unknown.
    Unknown,
}

/// Reads a mapping file: TOML, with a column's name and its field, or `""` to leave the column out.
///
/// # Errors
/// If the file has errors, with all of them.
pub fn columns(file: FileId, text: &str) -> Result<BTreeMap<String, String>, Reading> {
    let mut wrong = Reading::default();
    let (root, mut found) = parse_toml(text);
    found.iter_mut().for_each(|found| found.relocate(file, 0));
    wrong.findings.append(&mut found);
    let root = json::get(&root, "columns").unwrap_or(&root);
    let mut out = BTreeMap::new();
    for (name, field) in json::fields(root) {
        match &field.kind {
            Kind::Scalar { text, .. } => _ = out.insert(name.value.to_lowercase(), text.trim().to_owned()),
            _ => {
                let help = "write `\"Name of the column\" = \"field\"`, with \"\" to leave a column out";
                wrong.error(code::WRONG_TYPE, span(file, field.range.bytes()), "this is not the name of a field", help);
            }
        }
    }
    if wrong.findings.is_empty() { Ok(out) } else { Err(wrong) }
}

/// A number of cells, in words.
pub(in super::super) fn count(cells: usize) -> String {
    if cells == 1 { "1 cell".to_owned() } else { format!("{cells} cells") }
}

/// A column's name without case, spaces and punctuation.
pub(super) fn folded(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether a column holds dates.
fn is_date(column: &Column) -> bool {
    match column {
        Column::Field(field) => super::holds_date(&(field.shape)()),
        Column::End => true,
        Column::OfSource(name) => *name == "date",
        _ => false,
    }
}

impl Sheet<'_> {
    fn field(&self, key: &str) -> Option<&'static Field> {
        self.plan.kind.fields().into_iter().find(|field| folded(field.key) == folded(key))
    }

    /// The meaning of a column with this name.
    pub(super) fn column(&self, name: &str) -> Column {
        let mapped = self.plan.columns.get(&name.to_lowercase());
        if mapped.is_some_and(String::is_empty) {
            return Column::LeftOut;
        }
        let wanted = mapped.map_or(name, String::as_str);
        let is_event = self.field("date").is_some();
        if let Some(field) = self.field(wanted) {
            return Column::Field(field);
        }
        let wanted = folded(wanted);
        if let "sourcetitle" | "sourceheadline" = wanted.as_str() {
            return Column::OfSource("title");
        }
        if self.field("sources").is_some() && self.plan.kind != NewKind::Source {
            if let "sourcename" | "sourcepublisher" | "publisher" | "outlet" = wanted.as_str() {
                return Column::OfSource("publisher");
            }
            if let "sourcedate" = wanted.as_str() {
                return Column::OfSource("date");
            }
        }
        let is_known =
            |target: &str, others: &[&str]| folded(target) == wanted || others.iter().any(|other| folded(other) == wanted);
        for (target, _) in NAMES.iter().filter(|(target, others)| is_known(target, others)) {
            match self.field(target) {
                Some(field) => return Column::Field(field),
                None if *target == END && is_event => return Column::End,
                None => {}
            }
        }
        Column::Unknown
    }

    /// Reports second columns for one field, and columns without a field.
    pub(super) fn settle_columns(&mut self, table: &table::Table) {
        let mut taken: BTreeMap<&str, usize> = BTreeMap::new();
        for at in 0..self.columns.len() {
            let cell = &table.head[at];
            let says = table.rows.iter().filter(|row| row.get(at).is_some_and(|cell| !cell.text.is_empty())).count();
            let name = match &self.columns[at] {
                Column::Field(field) => field.key,
                Column::End => END,
                Column::OfSource(_) | Column::LeftOut => continue,
                Column::Unknown => {
                    if says > 0 {
                        let what =
                            format!("no field is named `{}`, so this column is left out ({})", cell.text, count(says));
                        let known: Vec<&str> = self.plan.kind.fields().iter().map(|field| field.key).collect();
                        let near = nearest(&cell.text.to_lowercase(), known.iter().copied()).unwrap_or("summary");
                        let help =
                            format!("to keep it, name its field in a --columns file: `\"{}\" = \"{near}\"`", cell.text);
                        let at = self.at(cell);
                        self.out.lost(at, what, help);
                    }
                    continue;
                }
            };
            if taken.insert(name, at).is_some() && !matches!(&self.columns[at], Column::Field(field) if is_list(field)) {
                let at_cell = self.at(cell);
                let what = format!("a second column for `{name}`, which is left out");
                self.out.lost(at_cell, what, "name its field in a --columns file");
                self.columns[at] = Column::LeftOut;
            }
        }
    }

    /// Whether each required field has a column.
    pub(super) fn has_what_it_needs(&mut self, head: &[Cell]) -> bool {
        let has = |columns: &[Column], key: &str| {
            columns.iter().any(|column| matches!(column, Column::Field(field) if field.key == key))
        };
        let needed =
            self.plan.kind.fields().into_iter().filter(|field| field.required && !matches!(field.key, "id" | "kind"));
        let missing: Vec<_> = needed.map(|field| field.key).filter(|key| !has(&self.columns, key)).collect();
        let missing: Vec<_> = missing.iter().map(|key| format!("`{key}`")).collect();
        if missing.is_empty() {
            return true;
        }
        let names: Vec<_> =
            head.iter().filter(|cell| !cell.text.is_empty()).map(|cell| format!("`{}`", cell.text)).collect();
        let what = format!("there is no column for {}; the columns are {}", missing.join(" or "), names.join(", "));
        let help = "name the columns in a --columns file, such as `\"When\" = \"date\"`, or say what the rows are with --as";
        let end = head.last().map_or(0, |cell| cell.range.end);
        let at = span(self.file, head.first().map_or(0, |cell| cell.range.start)..end);
        self.out.error(code::MISSING_FIELD, at, what, help);
        false
    }

    /// Finds out whether days or months come first: one date with only one reading settles it for all.
    pub(super) fn settle_order(&mut self, table: &table::Table) {
        if self.order.is_some() {
            return;
        }
        let mut proven: Vec<(Order, Span, String)> = Vec::new();
        let mut doubtful: Option<(Span, String, [String; 2])> = None;
        for (at, _) in self.columns.iter().enumerate().filter(|(_, column)| is_date(column)) {
            for cell in table.rows.iter().filter_map(|row| row.get(at)) {
                let place = self.at(cell);
                let day = days::read(&cell.text, &mut |order| proven.push((order, place, cell.text.clone())));
                if let (Ok(Day::Either(one, other)), None) = (day, &doubtful) {
                    doubtful = Some((place, cell.text.clone(), [one, other]));
                }
            }
        }
        let first = |order: Order| proven.iter().find(|(known, ..)| *known == order);
        match (first(Order::MonthFirst), first(Order::DayFirst), doubtful) {
            (Some((_, _, one)), Some((_, at, other)), Some(_)) => {
                let what = format!("the month comes first in `{one}`, but the day does in `{other}`");
                let at = *at;
                self.out.error(
                    code::BAD_DATE,
                    at,
                    what,
                    "write all dates as 2025-03-15, or set the order of the unclear ones with --dates",
                );
            }
            (Some(_), None, _) => self.order = Some(Order::MonthFirst),
            (None, Some(_), _) => self.order = Some(Order::DayFirst),
            (None, None, Some((at, text, [one, other]))) => {
                let what = format!("`{text}` could be {one} or {other}, and no other date in the file settles it");
                self.out.error(code::BAD_DATE, at, what, "add --dates month-first or --dates day-first");
            }
            _ => {}
        }
    }
}
