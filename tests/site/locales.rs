//! Sites in other languages and forms of dates: no label and no date of American English is left on any kind of page.

use std::collections::BTreeSet;

use backgrounder::language::Catalogue;

use crate::support::{Outcome, Site, between};

/// Every kind of page.
const PAGES: [&str; 14] = [
    "index.html",
    "alliance/index.html",
    "timeline/index.html",
    "events/flights/index.html",
    "entities/nayib-bukele/index.html",
    "entities/index.html",
    "sources/order-pdf/index.html",
    "sources/index.html",
    "claims/claim-error/index.html",
    "claims/index.html",
    "glossary/index.html",
    "changes/index.html",
    "about/index.html",
    "404.html",
];

/// A site with whatever shows a label or a date. Its own texts are names and numbers, so that each word is the program's.
fn site(settings: &str) -> Site {
    Site::new()
        .book(settings)
        .page(
            "alliance.md",
            "---\ntitle: T1\nsummary: S1\norder: 1\nkey-points: [\"K1\"]\nauthors: [A1]\npublished: 2025-03-20\nupdated: 2025-04-11\nnote: N1\nupdates: [{date: 2025-04-12, kind: correction, text: U1}]\n---\nIt [[flights]], [[nayib-bukele]].[@ap, 2]\n\n```claim\nid: claim-error\n```\n\n```known\nas-of: 2025-04-13\nknown: [\"1\"]\nunknown: [\"2\"]\ncontested: [\"3\"]\n```\n\n```quote\ntext: Q1\nby: nayib-bukele\non: 2025-04-14\nsources: [ap]\n```\n\nX.[^1]\n\n[^1]: F1.\n",
        )
        .page("abrego.md", "---\ntitle: T2\norder: 2\npublished: 2025-09\n---\n[[alliance]] [[order]] [[habeas-corpus]] [[red-cross]].[@order-pdf]\n")
        .page("about.md", "---\ntitle: T3\nkind: page\nupdated: 2025-08-30\n---\nX.\n")
        .file(
            "content/events/all.yaml",
            "- {id: flights, date: 2025-03-15T19:25:00-04:00, title: E1, summary: S2, entities: [nayib-bukele, red-cross], place: cecot, significance: major, sections: [alliance], sources: [ap], later: [{date: 2025-03-16, text: L1}]}\n\
             - {id: order, date: 2025-04-10, title: E2, status: reported, sections: [alliance], caused-by: [flights], claims: [claim-error], accounts: [{by: nayib-bukele, says: S3}, {by: red-cross, says: S4}], sources: [order-pdf]}\n\
             - {id: autumn, date: 2025-23, title: E3, status: disputed, sections: [alliance], after: [order], sources: [ap]}\n\
             - {id: long, date: 2025-02-27/2025-03-02, title: E4, sections: [alliance], sources: [ap]}\n\
             - {id: vague, date: '2024-10~', title: E5, sections: [alliance], sources: [ap]}\n\
             - {id: open, date: 2022-03-27/.., title: E6, sections: [alliance], sources: [ap]}\n\
             - {id: planned, date: 2026-02-03, title: E7, status: scheduled, sections: [alliance], sources: [ap]}\n",
        )
        .file(
            "content/entities/all.yaml",
            "- {id: nayib-bukele, kind: person, name: B1, aliases: [B2, B3], roles: [{title: R1, from: 2019-06-01, to: ..}], status: [{date: 2025-03-12, is: S5, sources: [ap]}]}\n\
             - {id: cecot, kind: facility, name: C1}\n\
             - {id: red-cross, kind: organization, name: O1}\n",
        )
        .file(
            "content/sources/all.yaml",
            "ap: {title: A2, publisher: P1, kind: ngo, date: 2025-04-10, via: V1, url: {value: 'https://ap.example/1', date: 2025-04-15}, archive-url: 'https://archive.example/1', archived: 2025-04-16, access: paywall}\n\
             order-pdf: {title: A3, kind: primary, date: 2025-04-10, quote: Q2}\n",
        )
        .file(
            "content/claims/all.yaml",
            "- {id: claim-error, text: C2, asserted-by: [{by: nayib-bukele, date: 2025-04-17}], disputed-by: [red-cross], history: [{date: 2025-04-18, status: alleged}], sources: [ap], sections: [alliance]}\n",
        )
        .file("content/glossary.yaml", "- {id: habeas-corpus, term: H1, definition: D1, sources: [ap]}\n")
}

const BOOK: &str = "[book]\ntitle = \"T0\"\ndescription = \"D0\"\n";
const SITE: &str = "[site]\nas-of = \"2025-12-22\"\ntime-zone = \"America/New_York\"\n[site.publisher]\nname = \"P0\"\ncontact = \"a@a.example\"\ncorrections-policy = \"https://a.example/c\"\nethics-policy = \"https://a.example/e\"\nlicense = \"L0\"\n";

/// What stands between `<body …>` and the end of a page.
fn body(page: &str) -> &str {
    page.split_once("<body").unwrap().1.split_once('>').unwrap().1
}

/// What readers of a page see and hear: texts, and names that only those hear who can't see.
fn seen(outcome: &Outcome, path: &str) -> String {
    let page = outcome.page(path);
    let body = body(&page);
    let labels = body.split("aria-label=\"").skip(1).filter_map(|rest| rest.split_once('"')).map(|(label, _)| label);
    let labels: String = labels.map(|label| format!("\n{label}")).collect();
    let texts = body.split('>').map(|piece| piece.split('<').next().unwrap());
    let texts: String = texts.map(|text| format!("{text} ")).collect();
    texts.split_whitespace().collect::<Vec<_>>().join(" ") + &labels
}

/// The texts of a page between its tags, each as a whole.
fn pieces(outcome: &Outcome, path: &str) -> BTreeSet<String> {
    let page = outcome.page(path);
    let texts = body(&page).split('>').map(|piece| piece.split('<').next().unwrap());
    texts.map(|text| text.trim().trim_end_matches(':').to_owned()).filter(|text| !text.is_empty()).collect()
}

/// What only a site in American English shows: dates with the month first, and hours of twelve.
#[track_caller]
fn has_no_american_date(path: &str, seen: &str) {
    let english = Catalogue::load("en");
    for month in 1..=12 {
        let name = english.get(&format!("date.month.{month:02}")).to_owned();
        for found in seen.split(&name).skip(1) {
            let behind: String = found.chars().take(4).collect();
            let is_day =
                behind.starts_with(' ') && behind[1..].trim_end_matches([',', ' ']).parse::<u8>().is_ok_and(|day| day <= 31);
            assert!(!is_day, "{path} has `{name}{behind}`: {seen}");
        }
    }
    for word in ["a.m.", "p.m."] {
        assert!(!seen.contains(word), "{path} has `{word}`: {seen}");
    }
}

/// The same, and its spelling.
#[track_caller]
fn has_no_american(path: &str, seen: &str) {
    has_no_american_date(path, seen);
    for word in ["Organization", "organization", "nongovernmental", " fall "] {
        assert!(!seen.contains(word), "{path} has `{word}`: {seen}");
    }
}

#[test]
fn a_british_site_has_british_dates_and_spelling_on_every_page() {
    let book = format!("{BOOK}language = \"en-GB\"\n{SITE}");
    let outcome = site(&book).build().succeeds();
    for path in PAGES {
        let seen = seen(&outcome, path);
        has_no_american(path, &seen);
        assert!(seen.contains("22 December 2025"), "{path}: {seen}");
    }
    let timeline = outcome.words("timeline/index.html");
    for words in ["15 March, 19:25 (UTC−4)", "27 February – 2 March", "autumn", "about October", "since 27 March 2022"] {
        assert!(timeline.contains(words), "{words}: {timeline}");
    }
    assert!(outcome.words("events/flights/index.html").contains("15 March 2025, 19:25 (UTC−4)"));
    assert!(outcome.words("entities/index.html").contains("Organisations"));
    assert!(outcome.words("index.html").contains("report by a non-governmental organisation"));
    // The test finds what it looks for.
    let american = site(&format!("{BOOK}{SITE}")).build().succeeds();
    let found = PAGES.iter().filter(|path| {
        let words = seen(&american, path);
        std::panic::catch_unwind(|| has_no_american(path, &words)).is_err()
    });
    assert_eq!(found.count(), PAGES.len());
}

/// Labels, and what a site may say instead. All of them are on some page.
const REPLACED: [(&str, &str); 20] = [
    ("ui.timeline", "Chronicle"),
    ("ui.sources", "References"),
    ("ui.claims", "Assertions"),
    ("ui.entities-short", "Names"),
    ("ui.entities", "All names"),
    ("ui.glossary", "Terms"),
    ("ui.changes", "Revisions"),
    ("ui.updates", "What we corrected"),
    ("ui.sections", "Chapters"),
    ("ui.as-of", "True on"),
    ("ui.published", "Out"),
    ("ui.updated", "Revised"),
    ("ui.key-points", "In short"),
    ("ui.mentioned-in", "Named in"),
    ("ui.what-rests", "Used by"),
    ("ui.involved", "Taking part"),
    ("ui.asserted-by", "Said by"),
    ("ui.roles", "Posts held"),
    ("ui.home", "Start"),
    ("ui.not-found", "Nothing here"),
];

#[test]
fn a_site_with_iso_dates_and_its_own_words_shows_no_others() {
    let words: String = REPLACED.iter().map(|(key, word)| format!("{key} = \"{word}\"\n")).collect();
    let book = format!("{BOOK}{}[site.words]\n{words}", SITE.replace("[site]\n", "[site]\ndate-format = \"iso\"\n"));
    let outcome = site(&book).build().succeeds();
    let english = Catalogue::load("en");
    let mut shown = BTreeSet::new();
    for path in PAGES {
        let (seen, pieces) = (seen(&outcome, path), pieces(&outcome, path));
        has_no_american_date(path, &seen);
        assert!(seen.contains("2025-12-22"), "{path}: {seen}");
        for month in 1..=12 {
            let name = english.get(&format!("date.month.{month:02}")).to_owned();
            assert!(!seen.split(|c: char| !c.is_alphanumeric()).any(|word| word == name), "{path} has {name}: {seen}");
        }
        for (key, word) in REPLACED {
            let before = english.get(key);
            // Another label may have the same words: “People and places” is a heading of events as well.
            assert!(!pieces.contains(before), "{path} has `{before}` for {key}");
            if pieces.iter().any(|piece| piece.contains(word)) {
                shown.insert(key);
            }
        }
    }
    assert_eq!(shown.len(), REPLACED.len(), "not shown anywhere: {shown:?}");
    let timeline = outcome.words("timeline/index.html");
    for words in ["2025-03-15, 19:25 (UTC−4)", "2025-02-27 – 2025-03-02", "about 2024-10", "since 2022-03-27"] {
        assert!(timeline.contains(words), "{words}: {timeline}");
    }
}

#[test]
fn a_site_in_another_language_shows_no_english_label() {
    let english = Catalogue::load("en");
    for (tag, direction, date) in [
        ("ar", "rtl", "22 ديسمبر 2025"),
        ("de", "ltr", "22. Dezember 2025"),
        ("es", "ltr", "22 de diciembre de 2025"),
        ("zh", "ltr", "2025年12月22日"),
    ] {
        let outcome = site(&format!("{BOOK}language = \"{tag}\"\n{SITE}")).build().succeeds();
        let own = Catalogue::load(tag);
        for path in PAGES {
            let (seen, pieces) = (seen(&outcome, path), pieces(&outcome, path));
            has_no_american(path, &seen);
            assert!(seen.contains(date), "{tag} {path}: {seen}");
            assert!(outcome.page(path).contains(&format!("<html lang=\"{tag}\" dir=\"{direction}\">")));
            for (key, label) in english.iter() {
                let differs = own.find(key).is_some_and(|word| word != label) && label.contains(char::is_alphabetic);
                let is_word = |label: &str| label.chars().filter(|c| c.is_alphabetic()).count() > 2;
                // Spanish and German have “Error” and “Person” as well.
                let is_common = own.iter().any(|(_, word)| word == label);
                assert!(
                    !differs || is_common || !is_word(label) || !pieces.contains(label),
                    "{tag} {path} has {key}: {label}"
                );
            }
            // The texts of the site are names and numbers; all other letters are the program's.
            if matches!(tag, "ar" | "zh") {
                let latin = seen.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| word.len() > 1);
                let latin: Vec<_> = latin.filter(|word| !["RSS", "UTC", "It"].contains(word)).collect();
                assert!(latin.is_empty(), "{tag} {path} has {latin:?}: {seen}");
            }
        }
    }
}

#[test]
fn a_date_is_whole_but_for_the_year_above_it() {
    let outcome = site(&format!("{BOOK}{SITE}")).build().succeeds();
    let page = outcome.page("timeline/index.html");
    let entry = |id: &str| between(&page, &format!("id=\"t--{id}\""), "</li>").to_owned();
    assert!(entry("order").contains("<time datetime=\"2025-04-10\">April 10</time>"), "{}", entry("order"));
    let flights = "<time datetime=\"2025-03-15T19:25:00-04:00\" class=\"parted\"><span class=\"unbroken\">March 15,</span> <span class=\"unbroken\">7:25 p.m.</span> (UTC−4)</time>";
    assert!(entry("flights").contains(flights), "{}", entry("flights"));
    assert!(entry("long").contains("<span class=\"unbroken\">February 27 – March 2</span>"), "{}", entry("long"));
    assert!(
        entry("open").contains("since <span class=\"unbroken\">March 27, 2022</span> (ongoing as of "),
        "{}",
        entry("open")
    );
    assert!(page.contains("<h2 class=\"year\" id=\"month--2025\">2025</h2>"), "{page}");
    // Where no heading says the year, the date does.
    assert!(outcome.page("events/order/index.html").contains("<time datetime=\"2025-04-10\">April 10, 2025</time>"));
    let css = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/static/theme/css/base.css")).unwrap();
    assert!(css.contains("time, .unbroken { white-space: nowrap; }"));
}

#[test]
fn templates_get_the_parts_of_a_date() {
    let template = "{% set d = event.date %}{{ d.kind }} {{ d.edtf }} {{ d.certain }} {{ d.ongoing }}|{% if d.start %}{{ d.start.precision }} {{ d.start.year }} {{ d.start.year_word }} {{ d.start.month }} {{ d.start.month_word }} {{ d.start.day }} {{ d.start.hour }}:{{ d.start.minute }} {{ d.start.time_word }} {{ d.start.zone_word }} {{ d.start.season }} {{ d.start.season_word }} {{ d.start.approximate }} {{ d.start.uncertain }}{% endif %}|{% if d.end %}{{ d.end.year }}-{{ d.end.month }}-{{ d.end.day }}{% endif %}|";
    let outcome = site(&format!("{BOOK}{SITE}")).file("templates/event.html", template).build().succeeds();
    for (id, parts) in [
        (
            "flights",
            "date 2025-03-15T19:25:00-04:00 true false|time 2025 2025 3 March 15 19:25 7:25 p.m. UTC−4   false false||",
        ),
        ("order", "date 2025-04-10 true false|day 2025 2025 4 April 10 :     false false||"),
        ("autumn", "date 2025-23 true false|season 2025 2025    :   autumn fall false false||"),
        ("vague", "date 2024-10~ false false|month 2024 2024 10 October  :     true false||"),
        ("long", "interval 2025-02-27/2025-03-02 true false|day 2025 2025 2 February 27 :     false false|2025-3-2|"),
        ("open", "interval 2022-03-27/.. true true|day 2022 2022 3 March 27 :     false false||"),
    ] {
        assert_eq!(outcome.page(&format!("events/{id}/index.html")).trim(), parts, "{id}");
    }
}
