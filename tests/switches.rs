//! Turns on every format and every switch in it, for tests that search everything that a site consists of. It reads the tables of
//! `book.toml`, so a new format is searched automatically.

use std::fmt::Write as _;

use backgrounder::config;
use backgrounder::syntax::{Decode, RecordShape, Shape};

/// The record of a shape.
fn record(shape: Shape) -> Option<RecordShape> {
    match shape {
        Shape::Record(record) => Some(record),
        Shape::Maybe(of) => record(*of),
        _ => None,
    }
}

/// The tables of `book.toml` for all formats except pages, with every switch on.
pub fn every_format() -> String {
    let of = |shape: RecordShape, key: &str| shape.fields.iter().find(|field| field.key == key).map(|field| (field.shape)());
    let output = record(config::Book::shape()).and_then(|book| of(book, "output")).and_then(record).expect("a table");
    let mut out = String::new();
    for table in output.fields.iter().filter(|table| table.key != "html") {
        writeln!(out, "[output.{}]", table.key).unwrap();
        for field in record((table.shape)()).expect("formats are set in tables").fields {
            let shape = (field.shape)();
            let is_switch =
                matches!(&shape, Shape::Bool) || matches!(&shape, Shape::Maybe(of) if matches!(**of, Shape::Bool));
            if is_switch {
                writeln!(out, "{} = true", field.key).unwrap();
            }
        }
    }
    out
}

#[test]
fn every_switch_is_found() {
    let all = every_format();
    for table in ["feeds", "sitemap", "data", "cards", "headers"] {
        assert!(all.contains(&format!("[output.{table}]\nenable = true\n")), "{all}");
    }
    for switch in ["sections", "entities", "news", "calendars"] {
        assert!(all.contains(&format!("\n{switch} = true\n")), "{switch} in {all}");
    }
}
