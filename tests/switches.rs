//! Every format that the program knows, with all that it has to switch on: for tests that look for something in whatever a site
//! is made of. Made of the tables of `book.toml`, so that a new format is looked at without anybody thinking of it.

use std::fmt::Write as _;

use backgrounder::config;
use backgrounder::syntax::{Decode, RecordShape, Shape};

/// The record that a shape is.
fn record(shape: Shape) -> Option<RecordShape> {
    match shape {
        Shape::Record(record) => Some(record),
        Shape::Maybe(of) => record(*of),
        _ => None,
    }
}

/// The tables of `book.toml` for formats beside pages, each switch in them on.
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
