//! Spreadsheets: a row is a record, a column a field. Columns are known by their names, and a file can map others.

mod columns;

use std::collections::BTreeMap;

use super::days::{self, Cell as Day, Order};
use super::table::{self, Cell};
use super::{Entry, LONGEST, Reading, Wish, place, plain, span};
use crate::base::slug::is_id;
use crate::base::{FileId, Span, web_address};
use crate::desk::new::NewKind;
use crate::desk::typed::{Unfit, no_date, value};
use crate::desk::web_page::key_words;
use crate::diagnostics::code;
use crate::edit::Value;
use crate::language::tag;
use crate::source::ContentKind;
use crate::syntax::kinds::entity::EntityKind;
use crate::syntax::shape::Lines;
use crate::syntax::{Field, Shape};
pub use columns::columns;
pub(super) use columns::count;
use columns::{Column, folded};

/// How to read a spreadsheet.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The kind of its rows.
    pub kind: NewKind,
    /// The fields of columns with other names, in lower case; empty for columns to leave out.
    pub columns: BTreeMap<String, String>,
    /// Whether days or months come first, if given.
    pub order: Option<Order>,
}

/// Reads a spreadsheet.
#[must_use]
pub fn read(file: FileId, text: &str, plan: &Plan) -> Reading {
    let mut out = Reading::default();
    let table = match table::read(text) {
        Ok(table) => table,
        Err((place, why)) => {
            let help = "open it in the program it came from, and save it as CSV again";
            out.error(code::INVALID_SYNTAX, span(file, place), why, help);
            return out;
        }
    };
    let mut sheet = Sheet { file, plan, columns: Vec::new(), order: plan.order, sources: BTreeMap::new(), out };
    sheet.columns = table.head.iter().map(|cell| sheet.column(&cell.text)).collect();
    sheet.settle_columns(&table);
    if sheet.has_what_it_needs(&table.head) {
        sheet.settle_order(&table);
        for row in &table.rows {
            sheet.row(row);
        }
    }
    sheet.out
}

struct Sheet<'p> {
    file: FileId,
    plan: &'p Plan,
    columns: Vec<Column>,
    order: Option<Order>,
    /// The entries of new sources, by address.
    sources: BTreeMap<String, usize>,
    out: Reading,
}

impl Sheet<'_> {
    fn at(&self, cell: &Cell) -> Span {
        span(self.file, cell.range.clone())
    }

    /// The date in a cell.
    fn day(&mut self, cell: &Cell) -> Option<String> {
        let at = self.at(cell);
        match days::read(&cell.text, &mut |_| {}) {
            Ok(day) => {
                if let Day::Serial(day) = &day {
                    self.out.note(at, format!("`{}` was read as an Excel day number: {day}", cell.text));
                }
                day.settled(self.order).map(str::to_owned)
            }
            Err(error) => {
                let unfit = no_date(&cell.text, &error);
                self.out.error(code::BAD_DATE, at, unfit.message, unfit.help);
                None
            }
        }
    }

    fn row(&mut self, row: &[Cell]) {
        let Some(first) = row.iter().find(|cell| !cell.text.is_empty()) else { return };
        let kind = self.plan.kind.content().unwrap_or(ContentKind::Events);
        let mut entry = Entry::new(kind, Wish::Words(String::new()), self.at(first));
        let (mut end, mut of_source, mut addresses) = (None, Vec::new(), Vec::new());
        for (at, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.text.is_empty()) {
            match self.columns.get(at) {
                Some(Column::Field(field)) => self.cell(field, cell, &mut entry, &mut addresses),
                Some(Column::End) => end = Some(cell),
                Some(Column::OfSource(name)) => of_source.push((*name, cell)),
                Some(Column::LeftOut | Column::Unknown) => {}
                None => {
                    let at = self.at(cell);
                    let what = format!("this cell is beyond the last column: {}", place::short(&cell.text));
                    self.out.lost(at, what, "name its column in the first row");
                }
            }
        }
        if let Some(cell) = end {
            self.end(cell, &mut entry);
        }
        self.required(&entry, row);
        match self.plan.kind {
            NewKind::Entity(kind) => settle_entity(kind, &mut entry),
            NewKind::Author => entry.plain("kind", "author"),
            _ => {}
        }
        self.cite(&addresses, &of_source, &mut entry);
        if entry.name == Wish::Words(String::new()) {
            entry.name = Wish::Words(words(&entry));
        }
        self.out.entries.push(entry);
    }

    /// Reads a cell.
    fn cell(&mut self, field: &'static Field, cell: &Cell, entry: &mut Entry, addresses: &mut Vec<(String, Span)>) {
        let at = self.at(cell);
        let shape = (field.shape)();
        if field.key == "id" {
            entry.name = if is_id(&cell.text) && cell.text.len() <= LONGEST {
                Wish::Exact(cell.text.clone())
            } else {
                Wish::Words(cell.text.clone())
            };
            return;
        }
        if field.key == "sources" {
            for item in items(&cell.text) {
                match web_address::link(item) {
                    Ok(address) => addresses.push((address.into_owned(), at)),
                    Err(_) => entry.points.push(("sources", item.to_owned(), at)),
                }
            }
            return;
        }
        if points(&shape) {
            entry.points.extend(items(&cell.text).into_iter().map(|item| (field.key, item.to_owned(), at)));
            return;
        }
        if holds_date(&shape) && cell.text != ".." {
            if let Some(day) = self.day(cell) {
                entry.plain(field.key, &day);
            }
            return;
        }
        let made = match bare(&shape) {
            Shape::List(of) => items(&cell.text)
                .into_iter()
                .map(|item| field_value(field, of, item))
                .collect::<Result<Vec<_>, _>>()
                .map(Value::List),
            shape => field_value(field, shape, &cell.text),
        };
        match made {
            Ok(value) => entry.fields.push((field.key.to_owned(), value)),
            Err(unfit) => self.out.error(code::BAD_VALUE, at, unfit.message, unfit.help),
        }
    }

    /// Turns a date and its end into a range.
    fn end(&mut self, cell: &Cell, entry: &mut Entry) {
        let is_open = matches!(folded(&cell.text).as_str(), "ongoing" | "present" | "now" | "today") || cell.text == "..";
        let Some(end) = (if is_open { Some("..".to_owned()) } else { self.day(cell) }) else { return };
        let at = self.at(cell);
        let Some((_, Value::Plain(date))) = entry.fields.iter_mut().find(|(key, _)| key == "date") else { return };
        if *date == end {
            return;
        }
        let whole = format!("{date}/{end}");
        match crate::date::parse(&whole) {
            Ok(_) => *date = whole,
            Err(error) => {
                let unfit = no_date(&whole, &error);
                self.out.error(code::BAD_DATE, at, unfit.message, unfit.help);
            }
        }
    }

    /// Reports required fields that a row lacks.
    fn required(&mut self, entry: &Entry, row: &[Cell]) {
        // Cells that can't be read were reported already.
        let is_filled = |columns: &[Column], key: &str| {
            let is_it = |column: &Column| matches!(column, Column::Field(field) if field.key == key);
            row.iter().zip(columns).any(|(cell, column)| !cell.text.is_empty() && is_it(column))
        };
        let fields = self.plan.kind.fields().into_iter();
        for field in fields.filter(|field| field.required && !matches!(field.key, "id" | "kind")) {
            if entry.has(field.key) || is_filled(&self.columns, field.key) {
                continue;
            }
            let what = format!("this row has no `{}`", field.key);
            self.out.error(code::MISSING_FIELD, entry.span, what, "fill in the cell, or remove the row");
        }
    }

    /// Turns addresses into sources, one for each.
    fn cite(&mut self, addresses: &[(String, Span)], told: &[(&'static str, &Cell)], entry: &mut Entry) {
        for (address, at) in addresses {
            if let Some(known) = self.sources.get(address) {
                entry.cites.push(*known);
                continue;
            }
            let mut source = Entry::new(ContentKind::Sources, Wish::Words(String::new()), *at);
            source.plain("type", "web");
            source.plain("url", address);
            // A title and date can only belong to one source.
            for (name, cell) in told.iter().filter(|_| addresses.len() == 1) {
                match *name {
                    "date" => {
                        if let Some(day) = self.day(cell) {
                            source.plain("date", &day);
                        }
                    }
                    name => source.text(name, &plain::inline(&plain::one_line(&cell.text))),
                }
            }
            if !source.has("title") {
                let shown = address.split_once("://").map_or(address.as_str(), |(_, rest)| rest).trim_end_matches('/');
                source.text("title", &plain::inline(shown));
                source.plain("title-is", "description");
                self.out.lost(
                    *at,
                    format!("{shown} has no title here, so its address is used instead"),
                    "fill in the source's title, publisher and date",
                );
            }
            source.name = Wish::Words(words(&source));
            entry.cites.push(self.out.entries.len());
            self.sources.insert(address.clone(), self.out.entries.len());
            self.out.entries.push(source);
        }
        if addresses.is_empty() {
            for (name, cell) in told {
                let at = self.at(cell);
                self.out.lost(
                    at,
                    format!("the {name} of a source without an address was left out"),
                    "add the source by hand",
                );
            }
        }
    }
}

/// Turns the text of a cell into the value of a field. Cells hold plain text, so marks are escaped.
fn field_value(field: &Field, shape: &Shape, text: &str) -> Result<Value, Unfit> {
    match shape {
        Shape::Maybe(of) => field_value(field, of, text),
        Shape::ByLanguage(_) | Shape::Markdown => Ok(Value::text(marked(field, text))),
        Shape::OneOf(shapes) if shapes.iter().any(|shape| matches!(shape, Shape::ByLanguage(_) | Shape::Markdown)) => {
            Ok(Value::text(marked(field, text)))
        }
        Shape::Choice(_) | Shape::Bool => value(field.key, shape, &text.to_lowercase()),
        Shape::WebAddress => address(text),
        Shape::OneOf(shapes) if shapes.iter().any(|shape| matches!(shape, Shape::WebAddress)) => address(text),
        Shape::LanguageTag => match tag::instead_of(text) {
            None => Ok(Value::plain(text)),
            Some(help) => Err(Unfit { message: format!("`{text}` is not a language tag"), help }),
        },
        shape => value(field.key, shape, &plain::one_line(&plain::bare(text))),
    }
}

/// Sets the kind of an entity: the kind of all rows, unless a column says otherwise.
fn settle_entity(kind: EntityKind, entry: &mut Entry) {
    let words = [
        EntityKind::Person,
        EntityKind::Organization,
        EntityKind::Place,
        EntityKind::Facility,
        EntityKind::Law,
        EntityKind::Case,
    ];
    let written = entry.fields.iter().find_map(|(key, value)| match value {
        Value::Plain(text) if key == "kind" => Some(text.clone()),
        _ => None,
    });
    let known = written.and_then(|text| words.into_iter().find(|kind| kind.word() == text));
    if known.is_none() && !entry.has("kind") {
        entry.plain("kind", kind.word());
    }
    entry.entity = Some(known.unwrap_or(kind));
}

/// The words to make an entry's name from.
fn words(entry: &Entry) -> String {
    let says = |name: &str| {
        entry.fields.iter().find_map(|(key, value)| match value {
            Value::Text(text) | Value::Plain(text) if key == name => Some(text.replace('\\', "")),
            _ => None,
        })
    };
    let title = ["title", "name", "term", "text"].into_iter().find_map(says).unwrap_or_default();
    if entry.kind != ContentKind::Sources {
        return title;
    }
    let told = ["publisher", "date"].into_iter().filter_map(|name| Some((name.to_owned(), says(name)?))).collect::<Vec<_>>();
    key_words(&title, &told)
}

/// The address in a cell.
fn address(text: &str) -> Result<Value, Unfit> {
    match web_address::link(text) {
        Ok(address) => Ok(Value::plain(address)),
        Err(why) => {
            let message = format!("`{}` is not a web address: {why}", place::short(text));
            Err(Unfit { message, help: why.help().to_owned() })
        }
    }
}

/// The text of a cell as Markdown.
fn marked(field: &Field, text: &str) -> String {
    match field.lines {
        Lines::One => plain::inline(&plain::one_line(text)),
        Lines::Paragraphs => {
            let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
            plain::inline(&lines.join("\n\n"))
        }
    }
}

/// A shape without `Maybe`.
fn bare(shape: &Shape) -> &Shape {
    if let Shape::Maybe(of) = shape { bare(of) } else { shape }
}

fn is_list(field: &Field) -> bool {
    matches!(bare(&(field.shape)()), Shape::List(_))
}

fn holds_date(shape: &Shape) -> bool {
    match shape {
        Shape::Date => true,
        Shape::Maybe(of) => holds_date(of),
        _ => false,
    }
}

/// Whether a field holds ids of other records.
fn points(shape: &Shape) -> bool {
    match shape {
        Shape::Pointer(_) => true,
        Shape::Maybe(of) | Shape::List(of) => points(of),
        _ => false,
    }
}

/// The items of a cell, separated by line breaks, semicolons or bars, or else by commas.
fn items(text: &str) -> Vec<&str> {
    let marks: &[char] = if text.contains([';', '\n', '|']) { &[';', '\n', '|'] } else { &[','] };
    // Addresses may contain commas.
    let parts: Vec<&str> = if text.contains("://") && marks == [','] {
        text.split(", ").flat_map(str::split_whitespace).collect()
    } else {
        text.split(marks).collect()
    };
    parts.into_iter().map(str::trim).filter(|item| !item.is_empty()).collect()
}
