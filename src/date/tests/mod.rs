//! Tests of the dates. The examples of the EDTF specification are in `examples.rs`.
#![expect(clippy::disallowed_methods, reason = "it is tried that a long text takes no long time")]

mod below;
mod examples;
mod explain;
mod languages;
mod properties;

use std::collections::BTreeSet;

use jiff::tz::TimeZone;

use super::*;
use crate::language::Catalogue;

#[track_caller]
fn date(text: &str) -> Date {
    parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

#[track_caller]
fn refused(text: &str) -> DateError {
    parse(text).expect_err(text)
}

#[test]
fn ongoing_dates_name_the_as_of_day() {
    let english = Catalogue::load("en");
    let as_of = Day::from_iso("2025-12-22").unwrap();
    let ongoing = show(&date("2022-03-27/.."), &english, Some(&as_of));
    assert_eq!(ongoing, "since March 27, 2022 (ongoing as of December 22, 2025)");
    assert_eq!(show(&date("2026-03~/.."), &english, Some(&as_of)), "from about March 2026 on");
    assert_eq!(show(&date("2025"), &english, Some(&as_of)), "2025");
    assert_eq!(show_day(&as_of, &english), "December 22, 2025");
    assert_eq!(show_month(2025, 3, &english), "March 2025");
    assert_eq!(show_month(2025, 13, &english), "2025");
    assert_eq!(show_year(-43, &english), "44 BCE");
}

#[test]
fn dates_order_by_first_day_then_the_coarser() {
    let ordered = [
        "../2020-05-01",
        "../2021-03-01",
        "-0043",
        "2019-24",
        "2020-02/2020-03",
        "2025",
        "2025/2026",
        "2025-XX",
        "2025-XX-XX",
        "2025-01",
        "2025-01-01",
        "2025-04",
        "2025-04-30",
        "2025-05-01T10:00:00+14:00",
        "2025-05",
        "2025-05-XX",
        "2025-05-01",
        "2025-05-01T00:00:00",
        "2025-05-01T10:00:01-04:00",
        "[2025-05-01,2025-05-02]",
        "2025-05-01/2025-05-03",
        "2025-05-01/..",
        "2025-05-02",
    ];
    for pair in ordered.windows(2) {
        assert!(
            date(pair[0]).order_key(&TimeZone::UTC) < date(pair[1]).order_key(&TimeZone::UTC),
            "{} < {}",
            pair[0],
            pair[1]
        );
    }
    for (first, second) in [("20XX", "200X"), ("202X", "2020"), ("2025-21", "2025-03"), ("20XX", "2000-01-01")] {
        assert!(date(first).order_key(&TimeZone::UTC) < date(second).order_key(&TimeZone::UTC), "{first} < {second}");
    }
    assert_eq!(date("2025-05~").order_key(&TimeZone::UTC), date("2025-05?").order_key(&TimeZone::UTC));
}

#[test]
fn in_lists_of_states_a_month_comes_after_its_days() {
    let ordered = [
        "2024-12-31",
        "2024",
        "2025-05-01",
        "2025-05-01T10:00:00",
        "2025-05-01/2025-05-03",
        "2025-05-31",
        "2025-05-XX",
        "2025-05",
        "2025-06-01",
        "[2025-05-18..2025-07-17]",
        "2025-08-01/..",
        "2025",
        "202X",
    ];
    let key = |text: &str| date(text).state_key(&TimeZone::UTC);
    for pair in ordered.windows(2) {
        assert!(key(pair[0]) < key(pair[1]), "{} < {}", pair[0], pair[1]);
    }
    assert_eq!(key("2025-05~"), key("2025-05?"));
}

#[test]
fn times_order_by_moment_and_days_by_the_sites_midnights() {
    let zone = |name: &str| jiff::tz::TimeZoneDatabase::bundled().get(name).unwrap();
    let new_york = zone("America/New_York");
    for ordered in [
        &["2025-03-15T19:25:00+05:45", "2025-03-15T14:00:00Z", "2025-03-15T10:30:00-04:00"][..],
        &["2025-03-17T01:00:00+09:00", "2025-03-16T23:30:00-04:00", "2025-03-17", "2025-03-17T00:00:00"],
        // Read by the site's clocks where no offset is written.
        &["2025-03-15T13:59:00Z", "2025-03-15T10:00:00", "2025-03-15T14:00:01Z"],
        // Clocks showed 1:30 twice, and 2:30 never.
        &["2025-11-02T01:30:00-04:00", "2025-11-02T01:15:00-05:00", "2025-11-02T01:30:00-05:00"],
        &["2025-03-09T01:59:59", "2025-03-09T02:30:00", "2025-03-09T04:00:00"],
        &["2016-12-31T18:59:59-05:00", "2016-12-31T23:59:60Z", "2016-12-31T19:00:01-05:00"],
        &["0000-01-01", "0000-01-01T00:00:00", "9999-12-31T23:59:59-14:00"],
    ] {
        for pair in ordered.windows(2) {
            let key = |text: &str| date(text).order_key(&new_york);
            assert!(key(pair[0]) < key(pair[1]), "{} < {}", pair[0], pair[1]);
        }
    }
    let key = |text: &str| date(text).order_key(&new_york);
    assert_eq!(key("2025-03-15T14:00:00Z"), key("2025-03-15T23:00:00+09:00"));
    assert_eq!(key("2025-03-15T10:00:00"), key("2025-03-15T14:00:00Z"));
    for (text, place, day) in [
        ("2025-12-23T01:00:00+09:00", "America/New_York", "2025-12-22"),
        ("2025-12-23T01:00:00+09:00", "Asia/Tokyo", "2025-12-23"),
        ("2016-12-31T23:59:60Z", "UTC", "2016-12-31"),
        ("2025-12-23T01:00:00", "America/New_York", "2025-12-23"),
        ("0000-01-01T00:00:00+14:00", "UTC", "-0001-12-31"),
        ("9999-12-31T23:59:59-14:00", "Pacific/Auckland", "10000-01-02"),
    ] {
        assert_eq!(date(text).days(&zone(place)).first.to_string(), day, "{text} in {place}");
    }
    assert_eq!(date("2025-03").days(&new_york), date("2025-03").bounds());
    assert_eq!(date("2026-01-01T01:00:00+09:00").year_month_of_first(&new_york), Some((2025, Some(12))));
    assert_eq!((date("1970-01-01T01:00:00+01:00").moment(), date("1970-01-01T01:00:00").moment()), (Some(0), None));
}

#[test]
fn before_is_only_what_is_certain() {
    let before = |this: &str, other: &str| date(this).is_certainly_before(&date(other), &TimeZone::UTC);
    assert!(before("2025-03-15", "2025-04-10"));
    assert!(before("2024", "2025-04-10"));
    assert!(before("2025-03-15T19:25:00-04:00", "2025-03-15T20:00:00-04:00"));
    assert!(!before("2025-03-15T23:30:00-10:00", "2025-03-16T08:00:00+14:00"));
    for this in ["2025-03-15", "2025", "2025-03~", "2025-03-15?", "2022-03-27/..", "2022-03-27/", "2025-03-15T01:00:00"] {
        assert!(!before(this, "2025-03-15"), "{this}");
    }
    assert!(!before("2025-03-01~", "2025-04-10"));
    assert!(!before("2025-03-01", "/2025-04-10"));
    // Days are those of the site's clocks.
    assert!(!before("2025-03-16", "2025-03-17T01:00:00+09:00"));
    assert!(before("2025-03-17T01:00:00+09:00", "2025-03-17"));
}

#[test]
fn queries() {
    assert!(date("2025-03~").is_approximate() && !date("2025-03~").is_uncertain());
    assert!(date("2024/2025%").is_approximate() && date("2024/2025%").is_uncertain());
    assert!(date("[2024,2025?]").is_uncertain());
    assert!(date("2025-03-15").is_exact_day() && date("2025-03-15T10:00:00").is_exact_day());
    for text in ["2025-03", "2025-03-15~", "2025-03-XX", "2025-03-15/2025-03-15", "[2025-03-15]"] {
        assert!(!date(text).is_exact_day(), "{text}");
    }
    assert!(date("2022/..").is_ongoing() && !date("2022/").is_ongoing() && !date("2022").is_ongoing());
    assert!(date("2022/").end_unknown() && date("/2022").start_unknown());
    assert_eq!(date("2025-03-15T19:25:00-04:00").offset_minutes(), Some(-240));
    assert_eq!(date("2025-03-15T19:25:07").time_of_day(), Some((19, 25, 7)));
    assert_eq!(date("2022-03-27/..").last_stated_day().to_string(), "2022-03-27");
    assert_eq!(date("2022/2023-03").last_stated_day().to_string(), "2023-03-31");
    assert_eq!(date("[2020,2022-03..]").last_stated_day().to_string(), "2022-03-31");
    for (text, precision) in [
        ("20XX", Precision::Century),
        ("202X", Precision::Decade),
        ("2025-XX", Precision::Year),
        ("2025-21", Precision::Season),
        ("2025-03-XX", Precision::Month),
        ("2025-03-15/2026", Precision::Year),
        ("2025-03-15/..", Precision::Day),
        ("2025-03-15T00:00:00Z", Precision::Time),
    ] {
        assert_eq!(date(text).precision(), precision, "{text}");
    }
    for (text, group) in [
        ("2025-03-15", Some((2025, Some(3)))),
        ("2025", Some((2025, None))),
        ("2025-24", Some((2025, Some(12)))),
        ("2025-03/2026", Some((2025, Some(3)))),
        ("/2020-05", Some((2020, Some(5)))),
        ("../2020", None),
        ("[..2020]", None),
        ("[2025-05,2025-04]", Some((2025, Some(4)))),
        ("202X", Some((2020, None))),
    ] {
        assert_eq!(date(text).year_month_of_first(&TimeZone::UTC), group, "{text}");
    }
    let overlaps = |one, other| date(one).bounds().overlaps(&date(other).bounds());
    assert!(overlaps("2025", "2025-12-31") && overlaps("2022/..", "2025") && !overlaps("2022/", "2025"));
    assert!(date("2025-03").bounds().contains(Day::from_iso("2025-03-31").unwrap()));
    assert!(!date("2025-03").bounds().contains(Day::from_iso("2025-04-01").unwrap()));
}

#[test]
fn html_gets_only_what_it_allows() {
    for (text, machine) in [
        ("2025", Some("2025")),
        ("2025-03", Some("2025-03")),
        ("2025-03-15", Some("2025-03-15")),
        ("0079", Some("0079")),
        ("2025-03-15T19:25:00-04", Some("2025-03-15T19:25:00-04:00")),
        ("2025-03-15T19:25:00Z", Some("2025-03-15T19:25:00Z")),
        ("2016-12-31T23:59:60Z", Some("2016-12-31")),
        ("Y12345", Some("12345")),
        ("0000", None),
        ("-0043", None),
        ("2025~", None),
        ("202X", None),
        ("2025-XX", None),
        ("2025-21", None),
        ("2025/2026", None),
        ("[2025]", None),
    ] {
        assert_eq!(date(text).machine().as_deref(), machine, "{text}");
    }
}

#[test]
fn days_count_right() {
    for (text, number, weekday) in [
        ("1970-01-01", 0, 4),
        ("2000-02-29", 11_016, 2),
        ("2025-12-22", 20_444, 1),
        ("0000-03-01", -719_468, 3),
        ("1969-12-31", -1, 3),
    ] {
        let day = Day::from_iso(text).unwrap();
        assert_eq!((day.number(), day.weekday(), day.to_string()), (number, weekday, text.to_string()));
    }
    let day = Day::from_ymd(2024, 2, 28).unwrap();
    assert_eq!(day.add_days(2).to_string(), "2024-03-01");
    assert_eq!(day.days_until(day.add_days(-400)), -400);
    assert_eq!((day.add_days(i64::MAX), Day::MAX.add_days(-1), Day::MIN.add_days(1)), (Day::MAX, Day::MAX, Day::MIN));
    assert_eq!((Day::MIN.ymd(), Day::MAX.ymd()), ((-1_000_000_000, 1, 1), (1_000_000_000, 12, 31)));
    for text in ["2025-02-29", "2025-1-01", "2025-01-1", "2025-01-011", "2025/01/01", "+025-01-01", "20é5-01-0", ""] {
        assert_eq!(Day::from_iso(text), None, "{text}");
    }
    assert_eq!(Day::from_ymd(1_000_000_000, 1, 1), None);
    assert_eq!(Date::from(day).to_string(), "2024-02-28");
}

#[test]
fn spans_of_two_fields() {
    let spanned = |from: &str, to: &str| {
        let side = |text: &str| {
            if text.is_empty() { Ok(SpanEnd::Unknown) } else { parse_end(text) }
        };
        span(&side(from).unwrap(), &side(to).unwrap()).map(|date| date.to_string())
    };
    assert_eq!(spanned("2019-06-01", ".."), Ok("2019-06-01/..".into()));
    assert_eq!(spanned("2019-06", ""), Ok("2019-06/".into()));
    assert_eq!(spanned("", "2019-XX"), Ok("/2019".into()));
    assert_eq!(spanned("2019-06-01T10:00:00Z", "2019-06-XX"), Ok("2019-06-01/2019-06".into()));
    assert!(spanned("2019", "2018").unwrap_err().message.contains("lies before"));
    for (from, to) in [("", ".."), ("2019/2020", ".."), ("201X", "2025"), ("[2019]", "")] {
        assert!(spanned(from, to).is_err(), "{from} {to}");
    }
    assert!(parse_end("open").is_err());
}

#[test]
fn every_key_named_here_is_in_the_catalogue() {
    let english = Catalogue::load("en");
    let sources = [include_str!("../show.rs"), include_str!("../words.rs")];
    let named: BTreeSet<&str> = sources
        .iter()
        .flat_map(|source| source.split('"'))
        .filter(|literal| !literal.contains(|c: char| c.is_whitespace() || c == '{'))
        .collect();
    for key in named.iter().filter(|key| key.starts_with("date.")) {
        assert!(english.find(key).is_some(), "{key}");
    }
    // Phrases are named without their table: there may be another one for a day than for a year.
    let is_named = |key: &str| named.contains(key) || key.strip_prefix("date.").is_some_and(|rest| named.contains(rest));
    let unused: Vec<&str> =
        english.iter().map(|(key, _)| key).filter(|key| key.starts_with("date.") && !is_named(key)).collect();
    assert!(unused.is_empty(), "{unused:?}");
}

/// `cargo test --release -- --ignored --nocapture speed`
#[test]
#[ignore = "a measurement"]
fn speed() {
    let english = Catalogue::load("en");
    for text in [
        "2025-03-15",
        "2025-03",
        "2025-03-15T19:25:00-04:00",
        "2025-03-15/2025-04-10",
        "[2025-04-04,2025-04-07]",
        "3/15/2025",
    ] {
        let read = parse(text);
        let time = |label: &str, work: &dyn Fn()| {
            let start = std::time::Instant::now();
            (0..200_000).for_each(|_| work());
            println!("{text:>28} {label:>6} {:>5} ns", start.elapsed().as_nanos() / 200_000);
        };
        time("parse", &|| drop(std::hint::black_box(parse(std::hint::black_box(text)))));
        if let Ok(read) = &read {
            time("order", &|| {
                std::hint::black_box(std::hint::black_box(read).order_key(&TimeZone::UTC));
            });
            time("show", &|| drop(std::hint::black_box(show(std::hint::black_box(read), &english, None))));
        }
    }
    println!("a date is {} bytes, a key {}", size_of::<Date>(), size_of::<OrderKey>());
}
