//! Changes to authors' files: what is read afterward is what was meant, and every other byte is the same.
//!
//! Files are put together from pieces that people write: comments, anchors, every kind of quotation mark, texts below `|` and `>`,
//! lists in brackets and on lines, either line end, a byte-order mark. A change is tried on each, and the file is read again.

mod made;

use backgrounder::edit::{Document, Form, Refused, Step, TextEdit, Value, apply};
use backgrounder::syntax::node::{Kind, Node};
use proptest::prelude::*;

use crate::trials::trials;

use made::{KEYS, ORDER, value};
pub use made::{Made, made, text};

/// What a tree says, without places.
pub fn said(node: &Node) -> String {
    match &node.kind {
        Kind::Null => "null".to_owned(),
        Kind::Scalar { text, .. } => format!("{text:?}"),
        Kind::Seq(items) => format!("[{}]", items.iter().map(said).collect::<Vec<_>>().join(", ")),
        Kind::Map(entries) => {
            format!(
                "{{{}}}",
                entries
                    .iter()
                    .map(|(key, value)| format!("{:?}: {}", key.value, said(value)))
                    .collect::<Vec<_>>()
                    .join(", ")
            )
        }
    }
}

pub fn steps(made: &Made, record: usize) -> Vec<Step> {
    if made.is_list { vec![Step::Item(record)] } else { Vec::new() }
}

fn fields_of(node: &Node) -> Vec<(String, String)> {
    let Kind::Map(entries) = &node.kind else { return Vec::new() };
    entries.iter().map(|(key, value)| (key.value.clone(), said(value))).collect()
}

/// Checks that a change to one record left the others, and everything between them, the same byte for byte.
pub fn holds(made: &Made, record: usize, edits: &[TextEdit]) -> Result<String, TestCaseError> {
    let new = apply(&made.text, edits);
    let place = &made.records[record];
    let tail = &made.text[place.end.min(made.text.len())..];
    prop_assert!(new.starts_with(&made.text[..place.start]), "{new:?} of {:?}", made.text);
    prop_assert!(new.ends_with(tail), "{new:?} of {:?}", made.text);
    let (crlf, lf) = (made.text.matches("\r\n").count(), made.text.matches('\n').count());
    prop_assert!(crlf == 0 || new.matches('\n').count() == new.matches("\r\n").count() || crlf != lf, "{new:?}");
    // Comments on their own lines are still there.
    for remark in ["# At the top.", "# a remark of its own", "# below an empty line"] {
        prop_assert_eq!(new.matches(remark).count(), made.text.matches(remark).count(), "{:?} of {:?}", new, made.text);
    }
    Ok(new)
}

/// Whether a change can only be refused: another value is named after what it would take away.
pub fn is_named(made: &Made, record: usize, key: &str) -> bool {
    let place = made.records[record].clone();
    key == "summary" && made.text[place].contains("&s")
}

#[derive(Clone, Debug)]
enum Change {
    Set(&'static str, Value),
    Remove(usize),
    Push(&'static str, Value),
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        4 => (prop::sample::select(KEYS), value()).prop_map(|(key, value)| Change::Set(key, value)),
        1 => (0..6usize).prop_map(Change::Remove),
        2 => (prop::sample::select(vec!["sources", "later", "note"]), value()).prop_map(|(key, value)| Change::Push(key, value)),
    ]
}

fn wanted_text(value: &Value) -> String {
    let clean = |text: &str| format!("{:?}", backgrounder::base::escape::without_forbidden(text));
    match value {
        Value::Text(text) | Value::Plain(text) => clean(text),
        Value::List(items) => format!("[{}]", items.iter().map(wanted_text).collect::<Vec<_>>().join(", ")),
        Value::Map(fields) => {
            format!(
                "{{{}}}",
                fields.iter().map(|(key, value)| format!("{key:?}: {}", wanted_text(value))).collect::<Vec<_>>().join(", ")
            )
        }
    }
}

proptest! {
    #![proptest_config(trials(3_000))]

    #[test]
    fn edits_read_as_meant_and_leave_the_rest_alone(made in made(), which in 0..4usize, change in change()) {
        let document = Document::read(&made.text, made.form).unwrap();
        let record = which % made.records.len();
        let steps = steps(&made, record);
        let before = fields_of(document.node(&steps).unwrap());
        let (key, done) = match &change {
            Change::Set(key, value) => (*key, document.set(&steps, key, value, ORDER)),
            Change::Push(key, item) => (*key, document.push(&steps, key, item, ORDER)),
            Change::Remove(at) => {
                let keys = &made.keys[record];
                let key = if keys.is_empty() { "id" } else { keys[at % keys.len()] };
                (key, document.remove(&steps, key))
            }
        };
        let edits = match done {
            Ok(edits) => edits,
            Err(refused) => {
                // The only field of a record after a hyphen can't be removed.
                let is_last = before.len() == 1 && matches!(change, Change::Remove(_));
                prop_assert!(is_named(&made, record, key) || is_last, "{refused} at `{key}` in\n{}", made.text);
                return Ok(());
            }
        };
        let new = holds(&made, record, &edits)?;
        let changed = Document::read(&new, made.form).unwrap();
        for other in (0..made.records.len()).filter(|other| *other != record) {
            let steps = self::steps(&made, other);
            prop_assert_eq!(said(changed.node(&steps).unwrap()), said(document.node(&steps).unwrap()));
        }
        let after = fields_of(changed.node(&steps).unwrap());
        let rest = |fields: &[(String, String)]| fields.iter().filter(|(name, _)| name != key).cloned().collect::<Vec<_>>();
        prop_assert_eq!(rest(&after), rest(&before), "{:?}", new);
        let found = after.iter().find(|(name, _)| name == key).map(|(_, said)| said.clone());
        match &change {
            Change::Set(_, value) => prop_assert_eq!(found, Some(wanted_text(value)), "{}", new),
            Change::Remove(_) => prop_assert_eq!(found, None),
            Change::Push(_, item) => {
                let item = wanted_text(item);
                prop_assert!(found.is_some_and(|list| list.ends_with(&format!("{item}]"))), "{}", new);
            }
        }
    }

    #[test]
    fn list_items_are_changed_one_at_a_time(made in made(), which in 0..4usize, at in 0..3usize, item in prop::option::of(value()), key in prop::sample::select(vec!["sources", "later"])) {
        let document = Document::read(&made.text, made.form).unwrap();
        let record = which % made.records.len();
        let mut steps = steps(&made, record);
        steps.push(Step::Key(key.to_owned()));
        let Some(Node { kind: Kind::Seq(items), .. }) = document.node(&steps) else { return Ok(()) };
        let done = match &item {
            Some(item) => document.set_item(&steps, at, item),
            None => document.remove_item(&steps, at),
        };
        let mut wanted: Vec<String> = items.iter().map(said).collect();
        if at >= wanted.len() {
            prop_assert!(matches!(done, Err(Refused::NotThere(_))));
            return Ok(());
        }
        match &item {
            Some(item) => wanted[at] = wanted_text(item),
            None => {
                wanted.remove(at);
            }
        }
        let new = holds(&made, record, &done.unwrap())?;
        let changed = Document::read(&new, made.form).unwrap();
        let found = match changed.node(&steps) {
            Some(Node { kind: Kind::Seq(items), .. }) => items.iter().map(said).collect::<Vec<_>>(),
            _ => Vec::new(),
        };
        prop_assert_eq!(found, wanted, "{}", new);
    }

    #[test]
    fn records_come_and_go_whole(made in made(), which in 0..4usize, fields in prop::collection::vec(value(), 1..4)) {
        let document = Document::read(&made.text, made.form).unwrap();
        if !made.is_list {
            return Ok(());
        }
        let names = ["title", "summary", "note"];
        let own: Vec<(String, Value)> = std::iter::once(("id".to_owned(), Value::plain("new-one")))
            .chain(names.iter().map(|name| (*name).to_owned()).zip(fields)).collect();
        let edits = document.add_to_list(&own).unwrap();
        let new = apply(&made.text, &edits);
        prop_assert!(edits.len() == 1 && edits[0].range.is_empty(), "{:?}", edits);
        let changed = Document::read(&new, made.form).unwrap();
        let Kind::Seq(items) = &changed.root().kind else { panic!("no list") };
        prop_assert_eq!(said(items.last().unwrap()), wanted_text(&Value::Map(own)));
        // What was added can be taken out again, and the file is what it was.
        let back = apply(&new, &changed.remove_record("new-one").unwrap());
        prop_assert_eq!(back.trim_end(), made.text.trim_end());
        // And so can any other.
        let record = which % made.records.len();
        let edits = document.remove_record(&format!("record-{record}")).unwrap();
        let rest = apply(&made.text, &edits);
        prop_assert!(rest.starts_with(&made.text[..made.records[record].start]));
        let left = Document::read(&rest, made.form).unwrap();
        let count = if let Kind::Seq(items) = &left.root().kind { items.len() } else { 0 };
        prop_assert_eq!(count, made.records.len() - 1);
    }
}

/// The text with a change to the record `a`, or why there is none.
fn changed(text: &str, change: impl FnOnce(&Document<'_>) -> Result<Vec<TextEdit>, Refused>) -> String {
    let form = if text.starts_with("---\n") { Form::Markdown } else { Form::Yaml };
    let document = Document::read(text, form).unwrap();
    apply(text, &change(&document).unwrap())
}

#[test]
fn fields_go_where_the_format_has_them() {
    let first = [Step::Item(0)];
    let set = |text: &str, key: &str, value: Value| changed(text, |document| document.set(&first, key, &value, ORDER));
    let text = "- id: a\n  date: 2025 # about\n  sources: [ap]\n";
    assert_eq!(
        set(text, "title", Value::text("A raid: dawn")),
        "- id: a\n  date: 2025 # about\n  title: \"A raid: dawn\"\n  sources: [ap]\n"
    );
    assert_eq!(set(text, "date", Value::plain("2025-03")), "- id: a\n  date: 2025-03 # about\n  sources: [ap]\n");
    assert_eq!(set("- title: A\n", "id", Value::plain("a")), "- id: a\n  title: A\n");
    assert_eq!(set("- {id: a, title: 'B'}\n", "date", Value::plain("2025")), "- {id: a, date: 2025, title: 'B'}\n");
    assert_eq!(
        set(text, "summary", Value::text("One.\n\nTwo.")),
        "- id: a\n  date: 2025 # about\n  summary: |-\n    One.\n\n    Two.\n  sources: [ap]\n"
    );
    let quoted = "- id: a\n  title: 'B'\n";
    assert_eq!(set(quoted, "title", Value::text("It's C")), "- id: a\n  title: 'It''s C'\n");
    let push = changed(text, |document| document.push(&first, "sources", &Value::text("b, p. 2"), ORDER));
    assert_eq!(push, "- id: a\n  date: 2025 # about\n  sources: [ap, \"b, p. 2\"]\n");
}

#[test]
fn heads_and_bibliographies_are_changed_too() {
    let set = |text: &str, key: &str, value: Value| changed(text, |document| document.set(&[], key, &value, ORDER));
    assert_eq!(set("---\ntitle: A\n---\nBody\n", "date", Value::plain("2025")), "---\ndate: 2025\ntitle: A\n---\nBody\n");
    let document = Document::read("Body\n", Form::Markdown).unwrap();
    let edits = document.set(&[], "title", &Value::text("A"), ORDER).unwrap();
    assert_eq!(apply("Body\n", &edits), "---\ntitle: A\n---\nBody\n");
    let text = "# Sources.\nap:\n  title: A\n\nb:\n  title: B\n";
    let fields = [("title".to_owned(), Value::text("C"))];
    let added = changed(text, |document| document.add_to_map("doe:99", &fields));
    assert_eq!(added, format!("{text}\n\"doe:99\":\n  title: C\n"));
    assert_eq!(changed(text, |document| document.remove_record("ap")), "# Sources.\nb:\n  title: B\n");
    let document = Document::read(text, Form::Yaml).unwrap();
    assert_eq!(document.add_to_map("ap", &fields), Err(Refused::IsThere("a source `ap`".to_owned())));
    assert_eq!(changed("# Nothing yet.\n", |document| document.add_to_list(&fields)), "# Nothing yet.\n- title: C\n");
    assert_eq!(changed("", |document| document.add_to_map("ap", &fields)), "ap:\n  title: C\n");
}

#[test]
fn values_that_others_refer_to_are_left_alone() {
    let text = "- id: a\n  note: &n words\n- id: b\n  note: *n\n";
    let document = Document::read(text, Form::Yaml).unwrap();
    let refused = document.set(&[Step::Item(0)], "note", &Value::text("other"), ORDER).unwrap_err();
    assert!(refused.to_string().ends_with("; make this change by hand"), "{refused}");
    assert!(document.remove_record("a").is_err());
    // A name that nothing uses any more would be a part of the text.
    assert!(document.set(&[Step::Item(1)], "note", &Value::text("other"), ORDER).is_err());
    let quoted = "- id: a\n  note: &n \"words\"\n- id: b\n  note: *n\n";
    let second = [Step::Item(1)];
    assert_eq!(
        changed(quoted, |document| document.set(&second, "note", &Value::text("other"), ORDER)),
        "- id: a\n  note: &n \"words\"\n- id: b\n  note: other\n"
    );
}
