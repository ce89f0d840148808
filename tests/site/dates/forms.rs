//! Formats that machines read.

use std::sync::Arc;

use backgrounder::build::live::Live;
use backgrounder::build::pipeline::Request;
use backgrounder::date::{self, Day};
use proptest::prelude::*;
use serde_json::Value;

use super::BASE;
use crate::live::{SiteFiles, request};
use crate::trials::trials;

/// A point of EDTF, of any precision.
fn point() -> impl Strategy<Value = String> {
    let year = prop_oneof![
        6 => (1860..2036).prop_map(|year| format!("{year:04}")),
        2 => (0..=9999).prop_map(|year| format!("{year:04}")),
        2 => (1..=9999).prop_map(|year| format!("-{year:04}")),
        1 => (10_000..=99_999).prop_map(|year| format!("Y{year}")),
        1 => (0..=999).prop_map(|decade| format!("{decade:03}X")),
    ];
    let rest = prop_oneof![
        2 => Just(String::new()),
        2 => (1..=12).prop_map(|month| format!("-{month:02}")),
        4 => (1..=12, 1..=31).prop_map(|(month, day)| format!("-{month:02}-{day:02}")),
        1 => (21..=24).prop_map(|season| format!("-{season}")),
        1 => Just("-XX".to_owned()),
    ];
    (year, rest, prop::sample::select(vec!["", "", "", "~", "?", "%"]))
        .prop_map(|(year, rest, doubt)| format!("{year}{rest}{doubt}"))
}

fn moment() -> impl Strategy<Value = String> {
    let day = (prop_oneof![3 => 1860..2036, 1 => 0..=9999], 1..=12, 1..=28);
    let offset = prop_oneof![
        Just(String::new()),
        Just("Z".to_owned()),
        (-14..=14, 0..60).prop_map(|(hours, minutes): (i32, i32)| {
            let minutes = if hours.abs() == 14 { 0 } else { minutes };
            format!("{}{:02}:{minutes:02}", if hours < 0 { '-' } else { '+' }, hours.abs())
        })
    ];
    (day, 0..24, 0..60, 0..=60, offset).prop_map(|((year, month, day), hour, minute, second, offset)| {
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{offset}")
    })
}

/// Any valid date.
fn any_date() -> impl Strategy<Value = String> {
    let side = || prop_oneof![4 => point(), 1 => Just("..".to_owned()), 1 => Just(String::new())];
    let interval = (side(), side()).prop_map(|(from, to)| format!("{from}/{to}"));
    let set = (point(), point()).prop_map(|(one, other)| format!("[{one},{other}]"));
    prop_oneof![3 => point(), 3 => moment(), 2 => interval, 1 => set]
        .prop_filter("no date", |text| date::parse(text).is_ok())
}

/// A site whose dates are all from this list.
fn site(dates: &[String], zone: &str) -> Live {
    let desk = SiteFiles::default();
    desk.write(
        "book.toml",
        &format!(
            "[book]\ntitle = \"T\"\n[site]\nas-of = \"2025-12-22\"\ntime-zone = \"{zone}\"\nbase-url = \"{BASE}\"\n[output.feeds]\nsections = true\n[output.sitemap]\nnews = true\n[output.cards]\nenable = false\n"
        ),
    );
    let (mut events, mut sources) = (String::new(), String::new());
    for (at, date) in dates.iter().enumerate() {
        let next = &dates[(at + 1) % dates.len()];
        let known = ["published", "known-from", "title-is"][at % 3];
        let known = if known == "title-is" { String::new() } else { format!("  {known}: \"{next}\"\n") };
        events.push_str(&format!(
            "- id: e{at}\n  date: \"{date}\"\n  title: E{at}\n  place: here\n  sources: [s{at}]\n{known}  later: [{{date: \"{next}\", text: L}}]\n  updates: [{{date: \"{next}\", kind: correction, text: U}}]\n"
        ));
        sources.push_str(&format!("s{at}: {{title: S, publisher: P, date: \"{date}\"}}\n"));
        let page = format!(
            "---\ntitle: P{at}\npublished: \"{date}\"\nupdates: [{{date: \"{next}\", kind: correction, text: U}}]\n---\n[[e{at}]][@s{at}]\n"
        );
        desk.write(&format!("content/p{at}.md"), &page);
    }
    desk.write("content/events/all.yaml", &events);
    desk.write("content/sources/all.yaml", &sources);
    desk.write("content/entities/all.yaml", "- {id: here, kind: place, name: Here}\n");
    Live::open(Request { drafts: false, ..request() }, Arc::new(desk)).unwrap()
}

/// Whether a text matches `form`, in which `0` stands for any digit and everything else for itself.
fn is(text: &str, form: &str) -> bool {
    text.len() == form.len()
        && text.bytes().zip(form.bytes()).all(|(have, want)| if want == b'0' { have.is_ascii_digit() } else { have == want })
}

fn is_day(text: &str) -> bool {
    is(text, "0000-00-00") && !text.starts_with("0000") && text.parse::<jiff::civil::Date>().is_ok()
}

/// RFC 3339, as strict readers want it.
fn is_rfc_3339(text: &str) -> bool {
    let forms = ["0000-00-00T00:00:00Z", "0000-00-00T00:00:00+00:00", "0000-00-00T00:00:00-00:00"];
    forms.iter().any(|form| is(text, form)) && is_day(&text[..10]) && text.parse::<jiff::Timestamp>().is_ok()
}

/// ISO 8601 as schema.org uses it: a year, a month, a day, or a time, perhaps without an offset.
fn is_iso(text: &str) -> bool {
    let local = is(text, "0000-00-00T00:00:00") && text.parse::<jiff::civil::DateTime>().is_ok();
    let month = is(text, "0000-00") && is_day(&format!("{text}-01"));
    is(text, "0000") || month || is_day(text) || local || is_rfc_3339(text)
}

fn is_coverage(text: &str) -> bool {
    let side = |side: &str| side == ".." || is_day(side);
    is_iso(text) || text.split_once('/').is_some_and(|(from, to)| side(from) && side(to))
}

/// Every text between two marks.
fn all<'t>(text: &'t str, from: &str, to: &str) -> Vec<&'t str> {
    text.split(from).skip(1).map(|rest| rest.split(to).next().unwrap()).collect()
}

/// The values of certain keys anywhere in a tree.
fn values<'j>(tree: &'j Value, keys: &[&str], out: &mut Vec<(String, &'j str)>) {
    match tree {
        Value::Object(map) => {
            for (key, value) in map {
                if let (true, Some(text)) = (keys.contains(&key.as_str()), value.as_str()) {
                    out.push((key.clone(), text));
                }
                values(value, keys, out);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| values(item, keys, out)),
        _ => {}
    }
}

/// Checks every file of a site that has dates for machines, and counts them.
fn check(dates: &[String], zone: &str) -> Result<usize, TestCaseError> {
    let edition = site(dates, zone).edition();
    let paths: Vec<String> = edition.paths().map(str::to_owned).collect();
    let text = |path: &str| String::from_utf8(edition.page(path).unwrap().unwrap().bytes.clone()).unwrap();
    let mut count = 0;
    for path in &paths {
        let is_feed = path.ends_with("feed.xml") || path == "updates.xml";
        if is_feed || path.ends_with("sitemap.xml") {
            let xml = text(path);
            for tag in ["published", "updated", "news:publication_date"] {
                for date in all(&xml, &format!("<{tag}>"), "<") {
                    prop_assert!(is_rfc_3339(date), "{path}: {tag} {date}");
                    count += 1;
                }
            }
            for date in all(&xml, "<lastmod>", "<") {
                prop_assert!(is_iso(date) && !date.contains('T'), "{path}: {date}");
                count += 1;
            }
        } else if path.ends_with("feed.json") || path == "updates.json" {
            let feed: Value = serde_json::from_str(&text(path)).unwrap();
            let mut found = Vec::new();
            values(&feed, &["date_published", "date_modified"], &mut found);
            count += found.len();
            for (key, date) in found {
                prop_assert!(is_rfc_3339(date), "{path}: {key} {date}");
            }
        } else if path.ends_with(".ics") {
            let calendar = text(path);
            for line in calendar.lines().filter(|line| line.starts_with("DT")) {
                let (name, value) = line.split_once(':').unwrap();
                let is_time = name != "DTSTAMP" && is(value, "00000000T000000") || is(value, "00000000T000000Z");
                let fits = if name.ends_with("VALUE=DATE") { is(value, "00000000") } else { is_time };
                let day = format!("{}-{}-{}", &value[..4], &value[4..6], &value[6..8]);
                prop_assert!(fits && is_day(&day), "{path}: {line}");
                count += 1;
            }
        } else if path.ends_with(".html") {
            let page = text(path);
            for name in ["article:published_time", "article:modified_time"] {
                for date in all(&page, &format!("property=\"{name}\" content=\""), "\"") {
                    prop_assert!(is_rfc_3339(date), "{path}: {name} {date}");
                    count += 1;
                }
            }
            for script in all(&page, "<script type=\"application/ld+json\">", "</script>") {
                let tree: Value = serde_json::from_str(script).unwrap();
                let mut found = Vec::new();
                values(&tree, &["datePublished", "dateModified", "startDate", "temporalCoverage"], &mut found);
                count += found.len();
                for (key, date) in found {
                    prop_assert!(
                        if key == "temporalCoverage" { is_coverage(date) } else { is_iso(date) },
                        "{path}: {key} {date}"
                    );
                }
            }
        }
    }
    // A vague date that may have passed isn't in the future.
    let feed: Value = serde_json::from_str(&text("feed.json")).unwrap();
    for item in feed["items"].as_array().unwrap() {
        let Some(at) = item["title"].as_str().unwrap().strip_prefix('P') else { continue };
        let date = date::parse(&dates[at.parse::<usize>().unwrap()]).unwrap();
        let today = Day::from_iso("2025-12-22").unwrap();
        if !date.is_exact_day() && date.first_day() <= today {
            let published = item["date_published"].as_str().unwrap();
            prop_assert!(published < "2025-12-24", "{date}: {published}");
        }
    }
    Ok(count)
}

proptest! {
    #![proptest_config(trials(24))]

    #[test]
    fn every_date_for_machines_is_of_its_form(
        dates in prop::collection::vec(any_date(), 6),
        zone in prop::sample::select(vec!["UTC", "America/New_York", "Africa/Monrovia", "Asia/Kathmandu", "Pacific/Apia", "Europe/Amsterdam"]),
    ) {
        check(&dates, zone)?;
    }
}

#[test]
fn the_look_at_forms_finds_what_is_written() {
    let dates = ["2025-03-15T19:25:00-04:00", "1880-05", "202X", "-0043-03-15", "2025-12", "2022-03-27/.."];
    let dates = dates.map(str::to_owned);
    assert!(check(&dates, "America/New_York").unwrap() > 60);
    assert!(is_rfc_3339("1880-05-01T04:56:02Z") && !is_rfc_3339("1880-05-01T00:00:00-04:56:02"));
    assert!(!is_rfc_3339("-043-03-15T00:00:00Z") && !is_iso("12345") && is_iso("2025-12") && !is_day("0000-01-01"));
}
