//! Cards: what a link to a record opens.

use serde_json::Value;

use crate::support::{Outcome, SOURCE, Site};

/// What a card's script hands over.
#[track_caller]
fn card(outcome: &Outcome, path: &str) -> Value {
    let script = outcome.page(path);
    let data = script.trim().strip_prefix("backgrounderCard(").and_then(|rest| rest.strip_suffix(");"));
    serde_json::from_str(data.unwrap_or_else(|| panic!("{script}"))).unwrap()
}

fn texts(card: &Value) -> Vec<&str> {
    card["texts"].as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect()
}

fn links(card: &Value) -> Vec<(&str, &str)> {
    let links = card["links"].as_array().unwrap().iter();
    links.map(|link| (link["text"].as_str().unwrap(), link["url"].as_str().unwrap())).collect()
}

#[test]
fn each_kind_of_record_has_a_card_and_no_other() {
    let outcome = Site::small().build().succeeds();
    for (path, kind, name) in [
        ("events/flights/card.js", "Event", "Three flights leave"),
        ("entities/cecot/card.js", "Facility", "CECOT"),
        ("claims/claim-error/card.js", "Claim · Alleged", "It was an error."),
        ("glossary/habeas-corpus/card.js", "Term", "Habeas corpus"),
        ("sources/order-pdf/card.js", "primary document", "The order"),
    ] {
        let card = card(&outcome, path);
        assert_eq!((card["kind"].as_str(), card["name"].as_str()), (Some(kind), Some(name)), "{path}");
    }
    for path in ["alliance/card.js", "about/card.js", "card.js", "glossary/card.js"] {
        assert!(!outcome.has(path), "{path}");
    }
}

#[test]
fn a_card_says_where_things_stand_in_two_sentences_with_sources_and_two_links() {
    let outcome = Site::small()
        .file(
            "content/entities/all.yaml",
            "- id: nayib-bukele\n  kind: person\n  name: Nayib Bukele\n  description: The president.[@ap] He was elected in 2019. He was elected again.\n  status:\n    - {date: 2025-04-14, is: In Washington, sources: [ap]}\n    - {date: 2019-06-01, is: In office, sources: [ap]}\n- id: cecot\n  kind: facility\n  name: CECOT\n",
        )
        .build()
        .succeeds();
    let who = card(&outcome, "entities/nayib-bukele/card.js");
    assert_eq!(texts(&who), ["The president. He was elected in 2019."]);
    assert_eq!(who["now"]["text"], "In Washington");
    assert_eq!(who["now"]["since"], "Now, <time datetime=\"2025-04-14\">April 14, 2025</time>");
    let sources = who["sources"]["entries"].as_array().unwrap();
    assert_eq!(sources.len(), 1, "each once: {sources:?}");
    assert!(sources[0].as_str().unwrap().contains("href=\"https://ap.example/1\""));
    assert_eq!(
        links(&who),
        [
            ("On the timeline", "../../timeline/?who=nayib-bukele"),
            ("Everything on Nayib Bukele", "../../entities/nayib-bukele/")
        ]
    );
    let event = card(&outcome, "events/flights/card.js");
    assert!(event["when"].as_str().unwrap().contains("datetime=\"2025-03-15\""));
    assert_eq!(texts(&event), ["They left despite an order."]);
    assert_eq!(
        links(&event),
        [("On the timeline", "../../timeline/#t--flights"), ("Everything on this event", "../../events/flights/")]
    );
    let term = card(&outcome, "glossary/habeas-corpus/card.js");
    assert_eq!(links(&term), [("In the glossary", "../../glossary/#habeas-corpus")]);
    let source = card(&outcome, "sources/ap/card.js");
    assert_eq!(links(&source), [("Read the source", "https://ap.example/1"), ("What cites it", "../../sources/ap/")]);
    assert_eq!(texts(&source), ["Associated Press"]);
}

#[test]
fn a_claims_card_says_its_status_and_who_disputes_it() {
    let outcome = Site::small()
        .file(
            "content/claims/all.yaml",
            "- id: claim-error\n  text: It was an error.\n  asserted-by: [nayib-bukele]\n  disputed-by: [Officials, A judge]\n  history:\n    - {date: 2025-03-31, status: alleged, sources: [ap]}\n    - {date: 2025-04-10, status: established, note: The court said so. It had papers. And more., sources: [ap]}\n",
        )
        .build()
        .succeeds();
    let claim = card(&outcome, "claims/claim-error/card.js");
    assert_eq!(claim["kind"], "Claim · Established");
    assert_eq!(claim["now"]["text"], "Established: The court said so. It had papers.");
    assert!(claim["now"]["since"].as_str().unwrap().contains("2025-04-10"));
    assert_eq!(texts(&claim), ["1 says so, 2 dispute or qualify it"]);
}

#[test]
fn a_card_names_three_sources_and_says_how_many_more() {
    let sources: String =
        (1..=5).map(|at| format!("s{at}:\n  title: Report {at}\n  publisher: P\n  date: 2025-04-0{at}\n")).collect();
    let outcome = Site::new()
        .file("content/sources/all.yaml", sources)
        .file(
            "content/events/all.yaml",
            "- id: e\n  date: 2025-04-09\n  title: It ended\n  sources: [s1, s2, s3, s4, s5, s1]\n",
        )
        .file(
            "content/entities/all.yaml",
            "- id: ann\n  kind: person\n  name: Ann\n  description: Known.[@s1; @s2]\n  status: [{date: 2025-04-09, is: Free, sources: [s5]}]\n",
        )
        .section("a", "See [[e]].")
        .build()
        .succeeds();
    let event = card(&outcome, "events/e/card.js");
    assert_eq!(event["sources"]["entries"].as_array().unwrap().len(), 3);
    assert_eq!(event["sources"]["more"]["text"], "2 more sources");
    assert_eq!(event["sources"]["more"]["url"], "../../events/e/#page--sources");
    let who = card(&outcome, "entities/ann/card.js");
    let first = who["sources"]["entries"][0].as_str().unwrap();
    assert!(first.contains("Report 5"), "those of the latest status come first: {first}");
    assert!(who["sources"]["more"].is_null());
}

#[test]
fn from_a_disk_cards_name_files_and_in_a_theme_without_them_there_are_none() {
    let disk = Site::small().arg("--file-links").build().succeeds();
    let event = card(&disk, "events/flights/card.js");
    assert_eq!(links(&event)[0].1, "../../timeline/index.html#t--flights");
    let page = disk.page("alliance/index.html");
    assert!(page.contains("<script defer src=\"../theme/cards."), "a classic script runs from a disk too: {page}");
    let off = "[book]\ntitle = \"T\"\n[output.html.theme]\nrecord-cards = false\n";
    let outcome = Site::small().book(off).build().succeeds();
    assert!(!outcome.has("events/flights/card.js"));
    let page = outcome.page("alliance/index.html");
    assert!(!page.contains("page--card") && !page.contains("theme/cards."), "{page}");
}

#[test]
fn pages_that_show_links_to_records_load_the_script_and_lists_do_not() {
    let outcome = Site::small().build().succeeds();
    for path in ["index.html", "alliance/index.html", "events/order/index.html", "claims/claim-error/index.html"] {
        let page = outcome.page(path);
        assert!(page.contains("theme/cards.") && page.contains("id=\"page--card\""), "{path}");
    }
    for path in ["claims/index.html", "sources/index.html", "entities/index.html", "404.html"] {
        assert!(!outcome.page(path).contains("theme/cards."), "{path}");
    }
}

#[test]
fn no_card_has_a_drafts_words() {
    let outcome = Site::new()
        .file("content/sources/all.yaml", format!("{SOURCE}secret-paper:\n  title: Sealed report\n  draft: true\n"))
        .file(
            "content/events/all.yaml",
            "- id: raid\n  draft: true\n  date: 2025-04-09\n  title: A sealed raid\n  sources: [ap]\n",
        )
        .file("content/entities/all.yaml", "- id: e\n  kind: person\n  name: Ann\n  description: Known.\n")
        .section("a", "See [[e]].[@ap]")
        .build()
        .succeeds();
    assert!(outcome.has("entities/e/card.js"));
    assert!(!outcome.has("events/raid/card.js") && !outcome.has("sources/secret-paper/card.js"));
}
