//! Forms: what is filled in reads back as what was meant, and every byte that a change isn't about stands.
//!
//! The files are those of [`crate::edit`], with comments, anchors, every kind of quotation mark, either line end and a byte-order
//! mark. Each is opened as a form, some fields are changed as a browser would, and the file is opened again.

use backgrounder::base::escape::without_forbidden;
use backgrounder::desk::form::{Filled, Form, FormField, NotWritten, Spot};
use backgrounder::edit::{self as files, Document};
use backgrounder::source::ContentKind;
use proptest::prelude::*;
use serde_json::{Value as Json, json};

use crate::edit::{Made, holds, is_named, made, said, steps, text};
use crate::trials::trials;

/// A change to one field, as far as the field has a place for it.
#[derive(Clone, Debug)]
enum Change {
    /// Type something.
    Type(&'static str, String),
    /// Empty it.
    Empty(&'static str),
    /// Type a date.
    Date(usize),
    /// Add an item to a list.
    Add(&'static str, String),
    /// Take an item out.
    Remove(&'static str, usize),
    /// Change an item.
    Item(&'static str, usize, String),
}

const DATES: &[(&str, &str)] = &[
    ("March 5, 2025", "2025-03-05"),
    ("since May 2025", "2025-05/.."),
    ("2025-03-15", "2025-03-15"),
    ("3–5 March 2026", "2026-03-03/2026-03-05"),
];

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let texts = prop::sample::select(vec!["title", "summary", "note"]);
    let lists = || prop::sample::select(vec!["sources", "later"]);
    let change = prop_oneof![
        3 => (texts, text()).prop_map(|(key, text)| Change::Type(key, text)),
        1 => prop::sample::select(vec!["summary", "sources", "later", "media"]).prop_map(Change::Empty),
        2 => (0..DATES.len()).prop_map(Change::Date),
        2 => (lists(), text()).prop_map(|(key, text)| Change::Add(key, text)),
        2 => (lists(), 0..3usize).prop_map(|(key, at)| Change::Remove(key, at)),
        2 => (lists(), 0..3usize, text()).prop_map(|(key, at, text)| Change::Item(key, at, text)),
    ];
    prop::collection::vec(change, 1..4)
}

fn field<'f>(form: &'f Form, key: &str) -> &'f FormField {
    form.fields.iter().find(|field| field.part.key == key).unwrap()
}

/// A text on one line, as a form takes it.
fn line(text: &str) -> Json {
    let clean = text.replace("\r\n", "\n");
    let line = clean.split('\n').map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    if line.is_empty() { Json::Null } else { without_forbidden(&line).into_owned().into() }
}

/// Several lines, as a form takes them.
fn paragraphs(text: &str) -> Json {
    let clean = text.replace("\r\n", "\n");
    let (line, text) = (line(&clean), clean.trim_matches('\n').trim_end());
    if line.is_null() { line } else { without_forbidden(text).into_owned().into() }
}

/// The value after a change, as it is sent and as it is read back; nothing if the field has no place for the change.
fn after(form: &Form, key: &'static str, before: &Json, change: &Change) -> Option<(Json, Json)> {
    let is_locked = json!(field(form, key).part.control)["is"] == "locked";
    let is_group = json!(field(form, key).part.control)["is"] == "group";
    let items = before.as_array().cloned().unwrap_or_default();
    let item = |text: &str| {
        if key == "sources" {
            // A key, and words after it that nothing takes for another.
            let place = line(text).as_str().unwrap_or_default().to_owned();
            return json!(format!("k{}", if place.is_empty() { String::new() } else { format!(", {place}") }));
        }
        json!({ "date": "2025-05", "text": if paragraphs(text).is_null() { json!("x") } else { paragraphs(text) } })
    };
    if is_locked {
        return None;
    }
    let whole = match change {
        Change::Type(_, _) if is_group => return None,
        Change::Type(_, text) => {
            let is_line = json!(field(form, key).part.control)["is"] == "line";
            let read = if is_line { line(text) } else { paragraphs(text) };
            return (!(key == "title" && read.is_null())).then(|| (text.clone().into(), read));
        }
        Change::Date(at) => return Some((DATES[*at].0.into(), DATES[*at].1.into())),
        Change::Empty(_) => return Some((Json::Null, Json::Null)),
        Change::Add(_, text) => items.iter().cloned().chain([json!({ "value": item(text) })]).collect::<Vec<_>>(),
        Change::Remove(_, at) if *at < items.len() => {
            items.iter().enumerate().filter(|(other, _)| other != at).map(|(_, item)| item.clone()).collect()
        }
        Change::Item(_, at, text) if *at < items.len() => {
            let mut items = items;
            items[*at]["value"] = item(text);
            items
        }
        _ => return None,
    };
    // An item that is empty isn't sent, and one that lacks what it needs can't be.
    let is_whole = |item: &Json| key == "sources" || item["value"]["date"].is_string() && item["value"]["text"].is_string();
    if !whole.iter().all(|item| !item["value"].is_null() && is_whole(item)) {
        return None;
    }
    let read: Vec<Json> = whole.iter().enumerate().map(|(at, item)| json!({ "was": at, "value": item["value"] })).collect();
    let read = if read.is_empty() { Json::Null } else { Json::Array(read) };
    Some((Json::Array(whole), read))
}

fn path(made: &Made) -> &'static str {
    match (made.is_list, made.form) {
        (true, _) => "content/events/all.yaml",
        (false, files::Form::Yaml) => "content/events/record-0.yaml",
        (false, files::Form::Markdown) => "content/events/record-0.md",
    }
}

proptest! {
    #![proptest_config(trials(1_500))]

    #[test]
    fn forms_write_what_was_meant_and_leave_the_rest_alone(made in made(), which in 0..4usize, changes in changes(), body in prop::option::of("[a-c*# \n]{0,30}")) {
        let tags = ["en".to_owned(), "es".to_owned()];
        let record = which % made.records.len();
        let (path, id) = (path(&made), format!("record-{record}"));
        let spot = Spot::find(path, ContentKind::Events, &made.text, &id).unwrap();
        let form = spot.form(&tags);
        let mut filled = Filled::default();
        let mut wanted: Vec<(&str, Json)> = Vec::new();
        for change in &changes {
            let key = match change {
                Change::Type(key, _) | Change::Empty(key) | Change::Add(key, _) | Change::Remove(key, _) | Change::Item(key, _, _) => *key,
                Change::Date(_) => "date",
            };
            if filled.fields.contains_key(key) {
                continue;
            }
            if let Some((sent, read)) = after(&form, key, &field(&form, key).value, change) {
                filled.fields.insert(key.to_owned(), sent);
                wanted.push((key, read));
            }
        }
        filled.body = body.filter(|_| form.body.is_some() && !made.is_list);
        let new = match spot.filled(&filled, &tags) {
            Ok(new) => new,
            Err(NotWritten::Refused(why)) => {
                // Another value is named after what would be taken away.
                let named = wanted.iter().any(|(key, _)| is_named(&made, record, key));
                prop_assert!(named, "{why} for {filled:?} in\n{}", made.text);
                return Ok(());
            }
            Err(NotWritten::Faults(faults)) => return Err(TestCaseError::fail(format!("{faults:?} for {filled:?}"))),
        };
        let changed = Spot::find(path, ContentKind::Events, &new, &id).unwrap();
        let now = changed.form(&tags);
        for field in &form.fields {
            let found = &self::field(&now, &field.part.key).value;
            let is_sent = filled.fields.get(&*field.part.key).is_some_and(|sent| *sent != field.value);
            let read = wanted.iter().find(|(key, _)| *key == field.part.key && is_sent).map_or(&field.value, |(_, read)| read);
            prop_assert_eq!(found, read, "`{}` of {:?} became\n{}", field.part.key, made.text, new);
        }
        if let Some(body) = &filled.body {
            prop_assert_eq!(now.body.as_deref().unwrap().trim(), body.trim());
        } else {
            prop_assert_eq!(&now.body, &form.body);
        }
        // Everything outside the record, byte for byte.
        if filled.body.is_none() {
            holds_outside(&made, record, &new)?;
        }
        let (before, after) = (Document::read(&made.text, made.form).unwrap(), Document::read(&new, made.form).unwrap());
        for other in (0..made.records.len()).filter(|other| *other != record) {
            let steps = steps(&made, other);
            prop_assert_eq!(said(after.node(&steps).unwrap()), said(before.node(&steps).unwrap()));
        }
        // Nothing typed, nothing written.
        prop_assert_eq!(changed.filled(&Filled::default(), &tags).unwrap(), new);
    }
}

/// The same check as for single edits, with the change as one edit.
fn holds_outside(made: &Made, record: usize, new: &str) -> Result<(), TestCaseError> {
    let start = made.text.bytes().zip(new.bytes()).take_while(|(a, b)| a == b).count();
    let start = (0..=start).rev().find(|at| made.text.is_char_boundary(*at) && new.is_char_boundary(*at)).unwrap();
    let most = made.text.len().min(new.len()) - start;
    let same = made.text.bytes().rev().zip(new.bytes().rev()).take_while(|(a, b)| a == b).count().min(most);
    let same = (0..=same)
        .rev()
        .find(|same| made.text.is_char_boundary(made.text.len() - same) && new.is_char_boundary(new.len() - same))
        .unwrap();
    let edit = files::TextEdit::replace(start..made.text.len() - same, &new[start..new.len() - same]);
    prop_assert_eq!(files::apply(&made.text, std::slice::from_ref(&edit)), new);
    holds(made, record, &[edit]).map(|_| ())
}
