//! Dates on the built site: the order they create, the days they mean, and their formats for machines.

mod forms;

use serde_json::Value;

use crate::support::{Outcome, Site, between};

const BASE: &str = "https://example.org/x";

/// A site in New York, with the as-of day December 22, 2025.
fn new_york() -> Site {
    Site::new().sourced().book(&format!(
        "[book]\ntitle = \"T\"\n[site]\nas-of = \"2025-12-22\"\ntime-zone = \"America/New_York\"\nbase-url = \"{BASE}\"\n[output.cards]\nenable = false\n"
    ))
}

#[track_caller]
fn json(outcome: &Outcome, path: &str) -> Value {
    serde_json::from_str(&outcome.page(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Asserts that a text contains these words in this order.
#[track_caller]
fn in_order(text: &str, words: &[&str]) {
    let mut at = 0;
    for word in words {
        let found = text[at..].find(word).unwrap_or_else(|| panic!("`{word}` does not come next in:\n{}", &text[at..]));
        at += found + word.len();
    }
}

/// The items of a YAML list as written, and in reverse.
fn both_ways(items: &[&str]) -> [String; 2] {
    let list = |items: &mut dyn Iterator<Item = &&str>| items.map(|item| format!("  - {item}\n")).collect::<String>();
    [list(&mut items.iter()), list(&mut items.iter().rev())]
}

#[test]
fn a_month_comes_after_its_days_in_a_list_of_statuses() {
    let steps = [
        "{date: 2025-06-04, is: filed, sources: [ap]}",
        "{date: 2025-08-08, is: finding vacated, sources: [ap]}",
        "{date: 2025-08, is: order vacated, sources: [ap]}",
        "{date: 2025-09-01, is: appealed, sources: [ap]}",
        "{date: 2025, is: pending, sources: [ap]}",
    ];
    for status in both_ways(&steps) {
        let case = format!("- id: t-v-u\n  kind: case\n  name: T v. U\n  status:\n{status}");
        let outcome = new_york().file("content/entities/all.yaml", case).build().succeeds();
        let page = outcome.words("entities/t-v-u/index.html");
        let rows = [
            "June 4, 2025 filed",
            "August 8, 2025 finding vacated",
            "August 2025 order vacated",
            "September 1, 2025 appealed",
        ];
        in_order(&page, &rows);
        // The year is over last, so its status is the one that counts.
        in_order(&page, &["Latest status, 2025", "pending", "Earlier status"]);
        let entity = &json(&outcome, "data/site.json")["entities"][0];
        in_order(&entity["status"].to_string(), &["filed", "finding vacated", "order vacated", "appealed", "pending"]);
    }
}

#[test]
fn a_claim_stands_where_its_latest_step_says() {
    let steps = [
        "{date: 2025-03-01, status: alleged, note: Somebody said so.}",
        "{date: 2025-06, status: disputed, note: Others did not.}",
        "{date: 2025-10-01, status: \"false\", note: It was refuted.}",
    ];
    for history in both_ways(&steps) {
        let claim =
            format!("- id: it-shut\n  text: It shut.\n  asserted-by: [Residents]\n  sources: [ap]\n  history:\n{history}");
        let outcome = new_york()
            .file("content/claims/all.yaml", claim)
            .section("bridge", "```claim\nid: it-shut\n```\n")
            .build()
            .succeeds();
        let words = ["Somebody said so.", "Others did not.", "It was refuted."];
        for page in ["claims/it-shut/index.html", "bridge/index.html"] {
            in_order(&outcome.page(page), &words);
            assert!(outcome.page(page).contains("False"), "{}", outcome.page(page));
        }
        assert!(outcome.words("claims/index.html").contains("False"), "{}", outcome.words("claims/index.html"));
        let claim = &json(&outcome, "data/site.json")["claims"][0];
        assert_eq!(claim["status"], "false");
        in_order(&claim["history"].to_string(), &words);
        assert!(outcome.page("claims/it-shut/index.html").contains("\"creativeWorkStatus\":\"False\""));
    }
}

#[test]
fn dated_lists_may_stand_either_way_round() {
    let statuses = ["{date: 2025-03-01, is: Charged., sources: [ap]}", "{date: 2025-10-01, is: Acquitted., sources: [ap]}"];
    let roles = [
        "{title: Mayor, from: 2019, to: 2023}",
        "{title: Governor, to: 2024}",
        "{title: Senator, from: 2025-01-03, to: ..}",
    ];
    let laters = ["{date: 2025-04-14, text: It shuts.}", "{date: 2025-05-01, text: It falls.}"];
    let updates =
        ["{date: 2025-04-14, kind: update, text: It is older.}", "{date: 2025-05-01, kind: correction, text: It is newer.}"];
    let [statuses, roles, laters, updates] =
        [both_ways(&statuses), both_ways(&roles), both_ways(&laters), both_ways(&updates)];
    for way in 0..2 {
        let (statuses, roles, laters, updates) = (&statuses[way], &roles[way], &laters[way], &updates[way]);
        let outcome = new_york()
            .file(
                "content/entities/all.yaml",
                format!("- id: jane-roe\n  kind: person\n  name: Jane Roe\n  status:\n{statuses}  roles:\n{roles}  - {{title: Undated}}\n"),
            )
            .file(
                "content/events/all.yaml",
                format!("- id: e\n  date: 2025-03-01\n  title: E\n  sources: [ap]\n  later:\n{laters}  updates:\n{updates}"),
            )
            .build()
            .succeeds();
        let page = outcome.page("entities/jane-roe/index.html");
        // The latest is at the top of the page, and the earlier ones are listed.
        in_order(&page, &["Acquitted.", "Charged."]);
        assert_eq!(page.matches("Acquitted.").count(), 1, "{page}");
        in_order(&page, &["Mayor", "Governor", "Senator", "Undated"]);
        let page = outcome.page("events/e/index.html");
        in_order(&page, &["It shuts.", "It falls."]);
        in_order(between(&page, "<main", "</main>"), &["It is newer.", "It is older."]);
        in_order(&outcome.page("changes/index.html"), &["It is newer.", "It is older."]);
        let data = json(&outcome, "data/site.json");
        in_order(&data["entities"][0]["status"].to_string(), &["Charged.", "Acquitted."]);
        in_order(&data["entities"][0]["roles"].to_string(), &["Mayor", "Governor", "Senator", "Undated"]);
        in_order(&data["events"][0]["later"].to_string(), &["It shuts.", "It falls."]);
        in_order(&data["events"][0]["updates"].to_string(), &["It is newer.", "It is older."]);
        let feed = json(&outcome, "feed.json");
        in_order(feed["items"][0]["content_html"].as_str().unwrap(), &["It shuts.", "It falls."]);
        assert_eq!(feed["items"][0]["date_modified"], "2025-05-01T00:00:00-04:00");
    }
}

#[test]
fn entries_with_the_same_date_keep_the_order_of_the_file() {
    let events = "- id: e\n  date: 2025-03-01\n  title: E\n  sources: [ap]\n  later:\n  - {date: 2025-05-01, text: Third.}\n  - {date: 2025-04-14, text: First.}\n  - {date: 2025-04-14, text: Second.}\n  updates:\n  - {date: 2025-04-14, kind: update, text: One.}\n  - {date: 2025-04-14, kind: update, text: Two.}\n";
    let outcome = new_york().file("content/events/all.yaml", events).build().succeeds();
    let page = outcome.page("events/e/index.html");
    in_order(&page, &["First.", "Second.", "Third."]);
    in_order(between(&page, "<main", "</main>"), &["One.", "Two."]);
}

#[test]
fn entries_keep_their_names_whichever_end_a_list_grows_at() {
    let ids = |updates: &str| {
        let page = format!("---\ntitle: The bridge\nupdates:\n{updates}---\n");
        let outcome = new_york().page("bridge.md", &page).build().succeeds();
        let feed = json(&outcome, "updates.json");
        let item = |item: &Value| (item["summary"].as_str().unwrap().to_owned(), item["id"].as_str().unwrap().to_owned());
        feed["items"].as_array().unwrap().iter().map(item).collect::<std::collections::BTreeMap<_, _>>()
    };
    let old = "- {date: 2025-04-01, kind: update, text: A.}\n";
    let new = "- {date: 2025-04-20, kind: update, text: B.}\n";
    let more = "- {date: 2025-04-20, kind: update, text: C.}\n";
    let before = ids(&format!("{old}{new}"));
    assert_eq!(before, ids(&format!("{new}{old}")));
    let after = [ids(&format!("{old}{new}{more}")), ids(&format!("{more}{new}{old}"))];
    assert_eq!(after[0], after[1]);
    assert!(before.iter().all(|(text, id)| after[0][text] == *id), "{before:?} {after:?}");
}

#[test]
fn events_stand_in_the_order_of_their_moments() {
    let events = "- {id: third, date: 2025-03-15T10:30:00-04:00, title: Third, after: [second], sources: [ap]}
- {id: second, date: 2025-03-15T14:00:00Z, title: Second, after: [first], sources: [ap]}
- {id: first, date: 2025-03-15T19:25:00+05:45, title: First, sources: [ap]}
- {id: sixth, date: 2025-03-17, title: Sixth, after: [fourth], sources: [ap]}
- {id: fifth, date: 2025-03-16T23:30:00-04:00, title: Fifth, after: [fourth], sources: [ap]}
- {id: fourth, date: 2025-03-17T01:00:00+09:00, title: Fourth, sources: [ap]}
- {id: last, date: 2026-01-01T03:00:00+09:00, title: Last, status: scheduled, sources: [ap]}
";
    let outcome = new_york().file("content/events/all.yaml", events).build().succeeds();
    let order = ["First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Last"];
    let page = outcome.page("timeline/index.html");
    in_order(&page, &order);
    // A page shows what was written, in the place that the site's time zone gives it.
    assert!(
        page.contains("datetime=\"2025-03-15T19:25:00+05:45\"")
            && outcome.words("timeline/index.html").contains("1:00 a.m. (UTC+9)"),
        "{page}"
    );
    let headings: Vec<&str> =
        ["March 2025", "December 2025", "January 2026"].into_iter().filter(|month| page.contains(month)).collect();
    assert!(headings.contains(&"December 2025"), "{page}");
    in_order(&outcome.page("data/events.csv"), &order);
    // And by a query's midnights.
    let section = "```timeline\nfrom: 2025-03-17\nto: 2025-12-31\n```\n";
    let outcome = new_york().file("content/events/all.yaml", events).section("s", section).build().succeeds();
    let page = outcome.page("s/index.html");
    assert!(
        page.contains("Sixth") && page.contains("Last") && !page.contains("Fourth") && !page.contains("Fifth"),
        "{page}"
    );
}

#[test]
fn order_is_checked_by_moments() {
    let event =
        |id: &str, date: &str, more: &str| format!("- {{id: {id}, date: {date}, title: {id}, sources: [ap]{more}}}\n");
    let pair = |one: &str, other: &str| event("one", one, "") + &event("other", other, ", caused-by: [one]");
    let site = |events: String| new_york().file("content/events/all.yaml", events);
    site(pair("2025-03-17T01:00:00+09:00", "2025-03-16T23:30:00-04:00")).build().succeeds();
    site(pair("2025-03-17T01:00:00+09:00", "2025-03-16")).build().succeeds();
    let wrong = [
        ("2025-03-16T23:30:00-04:00", "2025-03-17T01:00:00+09:00", 89),
        ("2025-03-15T14:00:00Z", "2025-03-15T19:25:00+05:45", 89),
        ("2025-03-17", "2025-03-17T12:00:00+09:00", 89),
    ];
    for (one, other, column) in wrong {
        site(pair(one, other)).check().fails_at("order-violated", "content/events/all.yaml", 2, column);
    }
}

#[test]
fn a_day_ends_when_it_ends_at_the_site() {
    let events = "- {id: e, date: 2025-12-23T01:00:00+09:00, title: E, sources: [ap]}\n";
    new_york().file("content/events/all.yaml", events).build().succeeds();
    let tokyo = "[site]\nas-of = \"2025-12-22\"\ntime-zone = \"Asia/Tokyo\"\n";
    let outcome = Site::new().sourced().file("content/events/all.yaml", events).book(tokyo).check();
    let outcome = outcome.fails_at("future-event", "content/events/all.yaml", 1, 17);
    assert!(!outcome.stderr.contains("UTC"), "{}", outcome.stderr);
    // A site without a time zone is told which midnight was meant.
    let events = "- {id: e, date: 2025-12-23, title: E, sources: [ap]}\n";
    let site = Site::new().sourced().file("content/events/all.yaml", events).book("[book]\ntitle = \"T\"\n");
    let outcome = site.check().fails_at("future-event", "content/events/all.yaml", 1, 17);
    outcome
        .says("after 2025-12-22, the day of this build (in UTC, since book.toml sets no `time-zone`)")
        .says("set `time-zone`");
    site.book("[site]\ntime-zone = \"Pacific/Auckland\"\n").check().succeeds();
}

#[test]
fn dates_in_the_future_are_found() {
    let page = |front: &str| new_york().page("bridge.md", &format!("---\ntitle: The bridge\n{front}---\n"));
    let outcome = page("updated: 2042-01-01\n").check().fails_at("future-date", "content/bridge.md", 3, 10);
    outcome.says("`updated` is after 2025-12-22, the day of this build");
    // Acts of the site are compared with the day of the build, and everything else with the day that it is true as of.
    let later = "- {id: e, date: 2025-03-01, title: E, published: 2026-01-02, later: [{date: 2025-12-24, text: It.}], sources: [ap]}\n";
    let site = page("published: 2026-01-02\n").file("content/events/all.yaml", later).now("2026-01-02T12:00:00Z");
    site.check().fails_at("future-date", "content/events/all.yaml", 1, 77).says("the site's as-of date");
    // A draft is not out yet, and what is under an embargo not before that ends.
    page("published: 2042-01-01\ndraft: true\n").run(&["check", "--drafts", "--now", "2025-12-22T12:00:00Z"]).succeeds();
    let embargo = "embargo: 2026-01-05T09:00:00-05:00\n";
    let drafts =
        |front: &str| page(&format!("{embargo}{front}")).run(&["check", "--drafts", "--now", "2025-12-22T12:00:00Z"]);
    drafts("published: 2026-01-05\n").succeeds();
    drafts("published: 2026-01-06\n").fails_at("future-date", "content/bridge.md", 4, 12).says("the embargo ends");
    // The site's own as-of day is never in the future.
    let site = new_york().now("2025-12-21T12:00:00Z");
    site.check().fails_at("future-date", "book.toml", 4, 9).says("`as-of` is after 2025-12-21");
    site.book("[site]\nas-of = \"2025-12-22\"\n[checks]\nfuture-date = \"off\"\n").check().succeeds();
}

#[test]
fn vague_dates_become_no_day_to_come() {
    let event = |date: &str, more: &str| format!("- {{id: e, date: {date}, title: E, sources: [ap]{more}}}\n");
    let built = |event: String, front: &str| {
        let outcome = new_york()
            .file("content/sources/all.yaml", "ap: {title: A report}\n")
            .file("content/events/all.yaml", event)
            .page("bridge.md", &format!("---\ntitle: The bridge\n{front}---\n"))
            .build()
            .succeeds();
        let feed = json(&outcome, "feed.json");
        let dates = |title: &str| {
            let item = feed["items"].as_array().unwrap().iter().find(|item| item["title"] == title).cloned();
            item.map(|item| [&item["date_published"], &item["date_modified"]].map(|date| date.as_str().unwrap().to_owned()))
        };
        (outcome.page("sitemap.xml"), outcome.page("data/events.ics"), dates("E"), dates("The bridge"), outcome)
    };
    let (map, calendar, event_dates, page_dates, outcome) = built(event("202X", ""), "published: 2025-12\n");
    assert_eq!(event_dates.unwrap(), ["2020-01-01T00:00:00-05:00"; 2]);
    assert_eq!(page_dates.unwrap(), ["2025-12-01T00:00:00-05:00"; 2]);
    assert!(
        map.contains("<loc>https://example.org/x/bridge/</loc>\n    <lastmod>2025-12</lastmod>")
            || between(&map, "/bridge/</loc>", "</url>").contains("<lastmod>2025-12</lastmod>"),
        "{map}"
    );
    assert!(calendar.contains("DTSTART;VALUE=DATE:20200101\r\nDTEND;VALUE=DATE:20251223\r\n"), "{calendar}");
    assert!(outcome.page("events/e/index.html").contains("\"temporalCoverage\":\"2020-01-01/2025-12-22\""));
    let head = outcome.page("bridge/index.html");
    assert!(
        head.contains("content=\"2025-12-01T00:00:00-05:00\"") && head.contains("\"datePublished\":\"2025-12-01T"),
        "{head}"
    );
    // A month that is over still counts as its last day, and something added to it later comes later.
    let front = "published: 2025-12\nupdates: [{date: 2025-12-10, kind: update, text: More.}]\n";
    let (map, _, event_dates, page_dates, _) =
        built(event("2025-03", ", later: [{date: 2025-04-02, text: It shuts.}]"), front);
    assert_eq!(event_dates.unwrap(), ["2025-03-31T00:00:00-04:00", "2025-04-02T00:00:00-04:00"]);
    assert_eq!(page_dates.unwrap(), ["2025-12-01T00:00:00-05:00", "2025-12-10T00:00:00-05:00"]);
    assert!(between(&map, "/bridge/</loc>", "</url>").contains("<lastmod>2025-12-10</lastmod>"), "{map}");
    // An announced event may happen on any day that is written.
    let (_, calendar, ..) = built(event("2026-03", ", status: scheduled"), "");
    assert!(calendar.contains("DTSTART;VALUE=DATE:20260301\r\nDTEND;VALUE=DATE:20260401\r\n"), "{calendar}");
}

#[test]
fn antiquity_has_no_date_in_feeds() {
    let events = |more: &str| format!("- {{id: ides, date: -0043-03-15, title: Ides, sources: [ap]{more}}}\n");
    let feed = |source: &str, more: &str| {
        let site = new_york().file("content/sources/all.yaml", source).file("content/events/all.yaml", events(more));
        let feed = json(&site.build().succeeds(), "feed.json");
        feed["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| item["date_published"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(feed("ap: {title: A history}\n", ""), [""; 0]);
    assert_eq!(feed("ap: {title: A history}\n", ", published: 2025-04-14"), ["2025-04-14T00:00:00-04:00"]);
    assert_eq!(feed("ap: {title: A history, date: 2025-04-01}\n", ""), ["2025-04-01T00:00:00-04:00"]);
    assert_eq!(feed("ap: {title: A history, date: -0040}\n", ", known-from: -0043-03-15"), [""; 0]);
}
