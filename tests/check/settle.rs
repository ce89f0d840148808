//! Severities and waivers of `[checks]`.

use std::collections::BTreeMap;

use backgrounder::check;
use backgrounder::date::Day;
use backgrounder::diagnostics::{Diagnostic, Severity, code};
use backgrounder::source::files::InMemory;

use super::{Found, find};

const EVENTS: &str = "\
- {id: one, date: 2025-01-01, title: First}
- id: two
  date: 2025-01-02
  title: TK and TODO
  sources: [s]
- {id: three, date: 2025-01-03, title: Third}
";

/// The findings that remain for a site with two unsourced events and two placeholders under these `[checks]`.
#[track_caller]
fn settled(checks: &str) -> Vec<String> {
    let (found, left) = settle(checks);
    left.iter().map(|finding| found.line(finding)).collect()
}

fn settle(checks: &str) -> (Found, Vec<Diagnostic>) {
    let book = format!("[site]\nas-of = \"2025-12-22\"\n{checks}");
    let files = [
        ("book.toml", book.as_str()),
        ("content/events/all.yaml", EVENTS),
        ("content/sources/all.yaml", "s: {title: A source, kind: primary}\n"),
    ];
    let files: BTreeMap<_, _> = files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).into();
    let mut found = find(&InMemory(files));
    let diagnostics = std::mem::take(&mut found.diagnostics);
    let left = check::apply_settings(diagnostics, &found.site(), Day::from_iso("2025-12-24").unwrap());
    (found, left)
}

fn waiver(code: &str, at: &str, until: &str) -> String {
    let until = if until.is_empty() { String::new() } else { format!("until = \"{until}\"\n") };
    format!("[[checks.allow]]\ncode = \"{code}\"\nat = \"{at}\"\nreason = \"known\"\n{until}")
}

const ONE: &str = "content/events/all.yaml:1:8 unsourced-event";
const TK: &str = "content/events/all.yaml:4:10 placeholder";
const TODO: &str = "content/events/all.yaml:4:17 placeholder";
const THREE: &str = "content/events/all.yaml:6:8 unsourced-event";

#[test]
fn nothing_said_changes_nothing() {
    assert_eq!(settled(""), [ONE, TK, TODO, THREE]);
}

#[test]
fn severities_are_the_sites_own() {
    let (_, left) = settle("[checks]\nplaceholder = \"off\"\nunsourced-event = \"info\"\n");
    let severities: Vec<_> = left.iter().map(|finding| (finding.code, finding.severity)).collect();
    assert_eq!(severities, [(code::UNSOURCED_EVENT, Severity::Info); 2]);
}

#[test]
fn findings_that_come_from_no_rule_cant_be_switched_off() {
    let (found, _) = settle("[checks]\ninvalid-syntax = \"off\"\n");
    let finding = Diagnostic::placeless(code::INVALID_SYNTAX, "not valid YAML");
    let left = check::apply_settings(vec![finding.clone()], &found.site(), Day::from_iso("2025-12-24").unwrap());
    assert_eq!(left, [finding]);
}

#[test]
fn waivers_let_pass_what_they_name_by_record_or_file() {
    assert_eq!(settled(&waiver("unsourced-event", "three", "")), [ONE, TK, TODO]);
    assert_eq!(settled(&waiver("placeholder", "two", "2025-12-24")), [ONE, THREE]);
    assert_eq!(settled(&waiver("unsourced-event", "content/events/all.yaml", "")), [TK, TODO]);
}

#[test]
fn waivers_that_end_or_match_nothing_are_reported() {
    assert_eq!(settled(&waiver("placeholder", "two", "2025-12-23")), ["book.toml:7:9 waiver", ONE, TK, TODO, THREE]);
    assert_eq!(settled(&waiver("placeholder", "one", "")), ["book.toml:5:6 waiver", ONE, TK, TODO, THREE]);
    assert_eq!(settled(&waiver("placeholdr", "two", "")), ["book.toml:4:8 waiver", ONE, TK, TODO, THREE]);
    assert_eq!(settled(&waiver("invalid-syntax", "two", "")), ["book.toml:4:8 waiver", ONE, TK, TODO, THREE]);
}

#[test]
fn findings_that_protect_secrets_cant_be_waived() {
    for code in ["points-at-hidden", "duplicate-id", "bad-date", "merge-marker", "bad-media"] {
        assert_eq!(settled(&waiver(code, "two", "")), ["book.toml:4:8 waiver", ONE, TK, TODO, THREE], "{code}");
    }
    let (found, mut left) = settle(&waiver("points-at-hidden", "three", ""));
    let finding = Diagnostic { code: code::POINTS_AT_HIDDEN, ..left.pop().unwrap() };
    let left = check::apply_settings(vec![finding], &found.site(), Day::from_iso("2025-12-24").unwrap());
    assert!(left.iter().any(|finding| finding.code == code::POINTS_AT_HIDDEN), "{left:?}");
}
