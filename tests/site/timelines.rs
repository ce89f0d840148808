//! Timelines: where an event is, its neighbors, and what happens to long ones.

use std::fmt::Write as _;

use crate::support::{Outcome, Site, attributes, between};

#[test]
fn an_event_links_to_every_timeline_that_shows_it() {
    let outcome = Site::small().build().succeeds();
    let page = outcome.page("events/flights/index.html");
    for link in [
        "../../timeline/#t--flights",
        "../../alliance/#t--flights",
        "../../entities/nayib-bukele/#t--flights",
        "../../entities/cecot/#t--flights",
    ] {
        assert!(attributes(&page, "href").contains(&link), "{link} in {page}");
    }
    let page = outcome.page("events/order/index.html");
    for link in ["../../timeline/#t--order", "../../alliance/#t--order", "../../abrego/#t--order"] {
        assert!(attributes(&page, "href").contains(&link), "{link} in {page}");
    }
    assert!(outcome.page("timeline/index.html").contains("id=\"t--order\""));
}

#[test]
fn an_event_links_to_its_neighbors() {
    let outcome = Site::small()
        .file("content/events/more.yaml", "- {id: last, date: 2025-05, title: Last, sources: [ap]}\n")
        .build()
        .succeeds();
    let page = outcome.page("events/order/index.html");
    let links = attributes(&page, "href");
    assert!(links.contains(&"../../events/flights/") && links.contains(&"../../events/last/"), "{links:?}");
    let page = outcome.page("events/flights/index.html");
    assert!(!attributes(&page, "href").contains(&"../../events/last/"));
    assert!(page.contains("The court rules"), "what it brought about, and what follows it");
}

#[test]
fn a_timeline_comes_in_the_order_of_dates() {
    let dates = ["2025-05-01", "2025-05", "2024", "2025-04-30/2025-06", "2025-05-01T08:00:00Z", "2025-05-01T07:00:00Z"];
    let mut events = String::new();
    for (index, date) in dates.iter().enumerate() {
        writeln!(events, "- {{id: e{index}, date: '{date}', title: E{index}, sources: [ap]}}").unwrap();
    }
    writeln!(events, "- {{id: e6, date: 2025-05-01, order: -1, title: E6, sources: [ap]}}").unwrap();
    let page = Site::new().sourced().file("content/events/e.yaml", events).build().succeeds().page("timeline/index.html");
    let order: Vec<_> = attributes(&page, "id").into_iter().filter_map(|id| id.strip_prefix("t--")).collect();
    assert_eq!(order, ["e2", "e3", "e1", "e6", "e0", "e5", "e4"]);
}

#[test]
fn a_section_may_ask_for_its_timeline() {
    let section = |timeline: &str| {
        let site = Site::small().page("t.md", &format!("---\ntitle: T\ntimeline: {timeline}\n---\nSee [[order]].\n"));
        let page = site.build().succeeds().page("t/index.html");
        attributes(&page, "id").into_iter().filter_map(|id| id.strip_prefix("t--")).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(section("auto"), ["order"]);
    assert_eq!(section("false"), [""; 0]);
    assert_eq!(section("{entities: [nayib-bukele]}"), ["flights"]);
    assert_eq!(section("{from: 2025-03-15, to: 2025-04-10}"), ["flights", "order"]);
    assert_eq!(section("{from: 2025-03-16}"), ["order"]);
    assert_eq!(section("{significance: major, sections: [alliance]}"), ["flights"]);
    assert_eq!(section("{topics: [none]}"), [""; 0]);
}

/// A site with `count` events: the nth one is major if `n % major == 0`; days come from `day`.
fn many(count: usize, major: usize, day: impl Fn(usize) -> String) -> Site {
    let mut events = String::new();
    for at in 0..count {
        let significance = if at % major == 0 { "major" } else { "minor" };
        writeln!(
            events,
            "- {{id: e{at:04}, date: {}, title: Event {at}, significance: {significance}, sections: [all], entities: [everyone], sources: [ap]}}",
            day(at)
        )
        .unwrap();
    }
    Site::new()
        .sourced()
        .section("all", "Words.")
        .file("content/entities/e.yaml", "- {id: everyone, kind: organization, name: Everyone}\n")
        .file("content/events/e.yaml", events)
}

fn shown(outcome: &Outcome, path: &str) -> usize {
    let page = outcome.page(path);
    attributes(&page, "id").into_iter().filter(|id| id.starts_with("t--")).count()
}

#[test]
fn a_long_timeline_is_divided_by_year() {
    let outcome =
        many(600, 10, |at| format!("{}-{:02}-{:02}", 2023 + at / 300, at % 12 + 1, at / 12 % 28 + 1)).build().succeeds();
    assert_eq!(shown(&outcome, "timeline/2023/index.html"), 300);
    assert_eq!(shown(&outcome, "timeline/2024/index.html"), 300);
    let page = outcome.page("timeline/index.html");
    assert!(page.contains("href=\"../timeline/2023/\"") && page.contains("href=\"../timeline/2024/\""), "the periods");
    assert_eq!(page.matches("class=\"event major ").count(), 60);
    assert_eq!(page.matches("class=\"event minor ").count(), 0);
    assert_eq!(page.matches("300 events").count(), 2);
    let year = outcome.page("timeline/2023/index.html");
    assert!(year.contains("href=\"../../timeline/2024/\""), "the period behind");
    // Sections and entities show the major ones and link to the rest, and events link to where they are shown.
    for path in ["all/index.html", "entities/everyone/index.html"] {
        assert_eq!(shown(&outcome, path), 60, "{path}");
        assert!(outcome.words(path).contains("540 more events"), "{path}");
    }
    let major = outcome.page("events/e0010/index.html");
    assert!(major.contains("/timeline/2023/#t--e0010") && major.contains("/all/#t--e0010"), "{major}");
    let minor = outcome.page("events/e0011/index.html");
    assert!(minor.contains("/timeline/2023/#t--e0011") && !minor.contains("/all/#t--e0011"), "{minor}");
}

#[test]
fn a_long_year_is_divided_by_month() {
    let outcome = many(620, 1000, |at| format!("2025-{:02}-{:02}", at % 2 + 3, at / 2 % 28 + 1)).build().succeeds();
    assert!(!outcome.has("timeline/2025/index.html"));
    assert_eq!(shown(&outcome, "timeline/2025-03/index.html"), 310);
    assert_eq!(shown(&outcome, "timeline/2025-04/index.html"), 310);
    assert!(outcome.page("events/e0001/index.html").contains("../../timeline/2025-04/#t--e0001"));
    assert!(outcome.page("timeline/index.html").contains("March 2025"));
}

#[test]
fn five_hundred_events_are_one_page() {
    let outcome = many(500, 10, |at| format!("{}", 2000 + at % 20)).build().succeeds();
    assert_eq!(shown(&outcome, "timeline/index.html"), 500);
    assert!(!outcome.has("timeline/2000/index.html"));
}

#[test]
fn two_hundred_events_are_a_whole_section() {
    let outcome = many(200, 10, |_| "2025".to_owned()).build().succeeds();
    assert_eq!(shown(&outcome, "all/index.html"), 200);
    let outcome = many(201, 1, |_| "2025".to_owned()).build().succeeds();
    assert_eq!(shown(&outcome, "all/index.html"), 200, "even major ones are too many");
}

#[test]
fn a_timeline_block_shows_its_events_without_anchors() {
    let outcome = Site::small()
        .section("t", "```timeline\nentities: [nayib-bukele]\n```\n\n```timeline\nfrom: 2025-04\n```")
        .build()
        .succeeds();
    let page = outcome.page("t/index.html");
    let block = between(&page, "<aside class=\"block-timeline\"", "</aside>");
    assert!(block.contains("Three flights leave") && !block.contains("The court rules"), "{block}");
    assert!(!page.contains("id=\"t--"), "{page}");
}

#[test]
fn dates_are_never_shown_more_precisely_than_they_were_written() {
    let cases = [
        ("2025", "2025"),
        ("2025-03~", "about March 2025"),
        ("2022-03-27/..", "ongoing as of December 22, 2025"),
        ("2022-03-27/", "end unknown"),
        ("202X", "the 2020s"),
    ];
    for (date, words) in cases {
        let site = Site::new()
            .sourced()
            .file("content/events/e.yaml", format!("- {{id: e, date: '{date}', title: E, sources: [ap]}}\n"));
        let shown = site.build().succeeds().words("events/e/index.html");
        assert!(shown.contains(words), "{date}: {shown}");
        assert!(!shown.contains("January 1,"), "{date}: {shown}");
    }
}

#[test]
fn rows_say_what_the_filter_asks_for() {
    let site = Site::small().file(
        "content/events/more.yaml",
        "- {id: set, date: '[2025-05-02,2025-05-06]', title: One of two, sources: [ap]}\n- {id: on, date: 2025-05-03/.., title: On, sources: [ap]}\n",
    );
    let page = site.build().succeeds().page("timeline/index.html");
    assert!(page.contains("data-days=\"2025-05-02 2025-05-06\""), "each member of a set: {page}");
    assert!(page.contains("data-days=\"2025-05-03/..\""), "an open end");
    // The number of a choice is the one by which rows name it.
    let choice = between(&page, "name=\"who\" value=\"nayib-bukele\" data-number=\"", "\"").to_owned();
    let row = between(&page, "id=\"t--flights\"", ">").to_owned();
    let of = between(&row, "data-of=\"", "\"");
    assert!(of.split(' ').any(|number| number == choice), "{choice} in {row}");
    let other = between(&page, "id=\"t--set\"", ">").to_owned();
    assert!(!between(&other, "data-of=\"", "\"").split(' ').any(|number| number == choice), "{other}");
}

#[test]
fn only_the_timeline_loads_its_script_and_a_static_one_has_none() {
    let outcome = Site::small().build().succeeds();
    assert!(outcome.page("timeline/index.html").contains("theme/timeline."));
    for path in ["index.html", "alliance/index.html", "events/order/index.html"] {
        assert!(!outcome.page(path).contains("theme/timeline."), "{path}");
    }
    let still = Site::small().book("[book]\ntitle = \"T\"\n[output.html.theme]\ntimeline = \"static\"\n").build().succeeds();
    let page = still.page("timeline/index.html");
    let tags = page.split("<script").skip(1).filter_map(|rest| rest.split('>').next());
    assert_eq!(tags.filter(|tag| tag.contains("theme/timeline.")).count(), 0, "{page}");
    assert!(!page.contains("timeline-filter") && !page.contains("data-days"), "{page}");
    assert!(page.contains("id=\"t--order\""));
}

#[test]
fn a_divided_timeline_has_its_filter_in_separate_files() {
    let day = |at: usize| format!("{}-{:02}-{:02}", 2023 + at / 300, at % 12 + 1, at / 12 % 28 + 1);
    let outcome = many(600, 10, day).build().succeeds();
    let events = outcome.page("timeline/events.js");
    let data: serde_json::Value =
        serde_json::from_str(events.trim().trim_start_matches("self.backgrounderEvents = ").trim_end_matches(';')).unwrap();
    assert_eq!(data["periods"], serde_json::json!([300, 300]));
    assert_eq!(data["events"].as_array().unwrap().len(), 600);
    assert_eq!(data["events"][0][0], "2023-01-01");
    let titles = outcome.page("timeline/titles.js");
    assert_eq!(titles.matches("\"Event ").count(), 600);
    let page = outcome.page("timeline/index.html");
    assert!(page.contains("src=\"../timeline/events.js\"") || page.contains("src=\"events.js\""), "{page}");
    // The rows of periods are fetched, and need nothing.
    assert!(!outcome.page("timeline/2023/index.html").contains("timeline-filter"));
    let still =
        many(600, 10, day).book("[book]\ntitle = \"T\"\n[output.html.theme]\ntimeline = \"static\"\n").build().succeeds();
    assert!(!still.has("timeline/events.js") && !still.has("timeline/titles.js"));
}

#[test]
fn an_event_in_a_timeline_says_what_happened_last() {
    let later = "  later:\n  - {date: 2025-09-30, text: The court *sets aside* its ruling., sources: [ap]}\n  - {date: 2025-05-01, text: The state appeals., sources: [ap]}\n";
    let event =
        format!("- id: ruling\n  date: 2025-04-10\n  title: A ruling\n  summary: A court rules.\n  sources: [ap]\n{later}");
    let outcome = Site::small().file("content/events/ruling.yaml", &event).build().succeeds();
    let entry = between(&outcome.page("timeline/index.html"), "<span class=\"event-later\">", "</p>").to_owned();
    assert!(
        entry.contains("September 30, 2025") && entry.ends_with("The court <em>sets aside</em> its ruling.</span>"),
        "{entry}"
    );
    let page = outcome.page("timeline/index.html");
    assert_eq!(page.matches("event-later").count(), 1, "the latest of one event, and nothing for the others");
}
