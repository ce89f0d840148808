//! Fields that a record does not have, lacks, or that can't hold what is typed there.

use super::{ALL, events};
use crate::support::Site;

#[test]
fn wrong_types() {
    events("- id: one\n  date: 2025\n  title: One\n  sources: ap\n")
        .build()
        .fails()
        .finds("wrong-type", ALL, 4, 12)
        .says("write it in brackets: [ap]");
    events("- id: one\n  date: [2025]\n  title: One\n  sources: [ap]\n").build().fails_at("wrong-type", ALL, 2, 9);
    events("- id: one\n  date: 2025\n  title: One\n  order: first\n  sources: [ap]\n").build().fails_at(
        "wrong-type",
        ALL,
        4,
        10,
    );
    events("just words\n").build().fails_at("wrong-type", ALL, 1, 1).says("a list of records");
    events("- just words\n").build().fails_at("wrong-type", ALL, 1, 3);
    Site::new().file("content/sources/all.yaml", "- id: x\n").build().fails_at(
        "wrong-type",
        "content/sources/all.yaml",
        1,
        1,
    );
}

#[test]
fn unknown_fields_come_with_a_suggestion() {
    events("- id: one\n  date: 2025\n  title: One\n  sumary: x\n  sources: [ap]\n")
        .build()
        .fails_at("unknown-field", ALL, 4, 3)
        .says("did you mean `summary`?");
    events("- id: one\n  date: 2025\n  title: One\n  zebra: x\n  sources: [ap]\n")
        .build()
        .fails_at("unknown-field", ALL, 4, 3)
        .says("an event has: id, date");
    Site::new()
        .page("a.md", "---\ntitle: A\nauthor: me\n---\n")
        .build()
        .fails_at("unknown-field", "content/a.md", 3, 1)
        .says("did you mean `authors`?");
}

#[test]
fn three_faults_in_one_record_are_three_findings() {
    let outcome = events("- id: One\n  date: 2025-13\n  title: One\n  sumary: x\n  sources: [ap]\n").build();
    outcome.finds("bad-value", ALL, 1, 7).finds("bad-date", ALL, 2, 14).finds("unknown-field", ALL, 4, 3).fails();
}

#[test]
fn a_missing_field() {
    events("- id: one\n  title: One\n  sources: [ap]\n").build().fails_at("missing-field", ALL, 1, 3).says("add `date:`");
}

#[test]
fn a_page_without_a_title() {
    Site::new().page("a.md", "Words.\n").build().fails_at("missing-field", "content/a.md", 1, 1);
    Site::new().page("a.md", "---\nsummary: x\n---\n").build().fails_at("missing-field", "content/a.md", 1, 1);
}

#[test]
fn bad_values() {
    events("- {id: one, date: 2025, title: One, sources: [ap], significance: mjor}\n")
        .build()
        .fails_at("bad-value", ALL, 1, 66)
        .says("did you mean `major`?");
    events("- {id: one, date: 2025, title: One, sources: [\"ap p. 2\"]}\n")
        .build()
        .fails()
        .finds("bad-value", ALL, 1, 47)
        .says("a comma is missing");
}

#[test]
fn bad_dates() {
    let event = |date: &str| events(&format!("- id: one\n  date: {date}\n  title: One\n  sources: [ap]\n")).build();
    event("2025-02-30").fails_at("bad-date", ALL, 2, 17);
    event("\"10 April 2025\"").fails().says("bad-date");
    event("199u").fails().says("bad-date");
    event("2025-04-10/2025-04-01").fails().says("bad-date");
    event("2025-04-10").succeeds();
}

/// Dates as people type them: where that is told, as what, and with which help.
#[test]
fn slips_in_dates() {
    let table: &[(&str, &str, usize, &str)] = &[
        ("3–5 March 2026", "bad-date", 9, "write `2026-03-03/2026-03-05`"),
        ("March 3-5, 2025", "bad-date", 9, "write `2025-03-03/2025-03-05`"),
        ("since March 2026", "bad-date", 9, "write `2026-03/..`"),
        ("before March 2026", "bad-date", 9, "write `[..2026-02]`, in quotation marks"),
        ("early March", "bad-date", 9, "write the year, too: `YYYY-03`"),
        (
            "early March 2026",
            "bad-date",
            9,
            "write `2026-03`, or `[2026-03-01..2026-03-10]` for one of its first days; a value that begins with a bracket needs quotation marks",
        ),
        ("44 BC", "bad-date", 9, "write `-0043`"),
        ("7:25 p.m.", "bad-date", 9, "write the day before it: `YYYY-MM-DDT19:25:00`"),
        ("2026‑03‑03", "bad-date", 9, "write `2026-03-03`"),
        ("“2026-03-03”", "bad-date", 9, "write `2026-03-03`"),
        ("1XXX", "bad-date", 9, "write `[1000..1999]`, in quotation marks"),
        ("\"1XXX\"", "bad-date", 10, "write `[1000..1999]`"),
        ("-01XX", "bad-date", 9, "write `[-0199..-0100]`, in quotation marks"),
        ("-0001-12-04T00:14:00", "bad-date", 20, "write `-0001-12-04`"),
        ("-0001-12-04T00:14:00/0000-02-10T08:00", "bad-date", 9, "write `-0001-12-04/0000-02-10`"),
        ("[2026-03-03,2026-03-05]", "wrong-type", 9, "write `\"[2026-03-03,2026-03-05]\"`"),
        ("[1667, 1668]", "wrong-type", 9, "write `\"[1667,1668]\"`"),
        ("[2026-03-03..2026-03-05]  # or so", "wrong-type", 9, "write `\"[2026-03-03..2026-03-05]\"`"),
        ("{1667, 1668}", "wrong-type", 9, "write one record a date, an interval"),
        ("\"[1667, 1668]\"", "bad-date", 10, "write `[1667,1668]`"),
    ];
    for (date, code, column, help) in table {
        let outcome = events(&format!("- id: one\n  date: {date}\n  title: One\n  sources: [ap]\n")).check();
        let flat = outcome.stderr.clone();
        assert!(flat.contains(&format!("= help: {help}")), "{date}: {flat}");
        outcome.fails_at(code, ALL, 2, *column);
    }
    let role = |to: &str| {
        let entity =
            format!("- {{id: jane-roe, kind: person, name: Jane Roe, roles: [{{title: Mayor, from: 2019, to: {to}}}]}}\n");
        Site::new().sourced().file("content/entities/all.yaml", entity).check()
    };
    role("..").succeeds();
    let place = ("content/entities/all.yaml", 1, 87);
    role("present").fails_at("bad-date", place.0, place.1, place.2).says("write `..` for an office that is still held");
    role("[2026,2027]").fails_at("wrong-type", place.0, place.1, place.2).says("write `\"[2026,2027]\"`");
}

#[test]
fn a_language_that_the_site_does_not_have() {
    events("- id: one\n  date: 2025\n  title: {en: One, fr: Une}\n  sources: [ap]\n")
        .build()
        .fails_at("unknown-field", ALL, 3, 24)
        .says("`fr` is not one of the site's languages");
    Site::new()
        .section("alliance", "")
        .page("alliance.es.md", "---\ntitle: Alianza\n---\n")
        .build()
        .fails_at("bad-value", "content/alliance.es.md", 1, 1)
        .says("[site.languages.es]");
    Site::new().page("alliance.en.md", "---\ntitle: A\n---\n").build().fails_at("bad-value", "content/alliance.en.md", 1, 1);
}
