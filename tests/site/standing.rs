//! Where the story stands: `now`, `where-it-stands`, the age of the site, and who says what of a claim.

use crate::support::{Site, between};

const FRONT: &str = "---\ntitle: The front\nwhere-it-stands:\n\
    - A trade deal is not final.[@ap]\n\
    - section: alliance\n  text: The case of [[nayib-bukele]] goes on.[@order-pdf]\n---\n\nWords.\n";

#[test]
fn the_front_page_says_where_each_strand_stands() {
    let outcome = Site::small().page("index.md", FRONT).build().succeeds();
    let page = outcome.page("index.html");
    let stands = between(&page, "<section class=\"standings\">", "</section>");
    for words in [
        "A trade deal is not final.",
        "id=\"cite--1-1\"",
        "href=\"./alliance/\"",
        "mark major s1",
        "href=\"./entities/nayib-bukele/\"",
    ] {
        assert!(stands.contains(words), "{words} in {stands}");
    }
    assert!(stands.contains("<time datetime=\"2025-12-22\">"), "its day stands beside it: {stands}");
    let data: serde_json::Value = serde_json::from_str(&outcome.page("data/site.json")).unwrap();
    let front = data["pages"].as_array().unwrap().iter().find(|page| page["id"] == "").unwrap();
    assert_eq!(front["where_it_stands"][0]["text"], "A trade deal is not final.");
    assert_eq!(front["where_it_stands"][1]["section"], "alliance");
}

#[test]
fn numbers_that_are_news_stand_above_the_text_and_are_cited() {
    let front = |lines: &str| Site::small().page("index.md", &format!("---\ntitle: A\nnumbers:\n{lines}---\nWords.[@ap]\n"));
    let numbers = "- {number: 261, text: \"people in [[flights]][@ap]\"}\n- {number: $4.76M, text: paid}\n";
    let outcome = front(numbers).build().succeeds();
    let page = outcome.page("index.html");
    let list = between(&page, "<ul class=\"numbers\">", "</ul>");
    for words in
        ["<p class=\"number\">261</p>", "id=\"cite--1-1\"", "href=\"./events/flights/\"", "<p class=\"number\">$4.76M</p>"]
    {
        assert!(list.contains(words), "{words} in {list}");
    }
    let data: serde_json::Value = serde_json::from_str(&outcome.page("data/site.json")).unwrap();
    let front_page = data["pages"].as_array().unwrap().iter().find(|page| page["id"] == "").unwrap();
    assert_eq!(front_page["numbers"][1], serde_json::json!({"number": "$4.76M", "text": "paid"}));
    front("- {number: 261}\n").build().fails_at("missing-field", "content/index.md", 4, 3).says("`text`");
    front("- 261\n").build().fails();
}

#[test]
fn a_line_of_where_it_stands_is_checked() {
    let front = |lines: &str| Site::small().page("index.md", &format!("---\ntitle: A\nwhere-it-stands:\n{lines}---\n"));
    front("- {section: nowhere, text: It stands.}\n").build().fails_at("unknown-id", "content/index.md", 4, 13);
    front("- {section: alliance}\n").build().fails_at("missing-field", "content/index.md", 4, 3).says("`text`");
    front("- It stands.[@nobody]\n").build().fails_at("unknown-id", "content/index.md", 4, 14);
}

#[test]
fn a_section_says_where_its_story_stands_now() {
    let text = "---\ntitle: The case\nnow: Out of detention, see [[flights]].[@ap]\nkey-points: [\"It began.[@order-pdf]\"]\n---\n\nWords.[@ap]\n";
    let outcome = Site::small().page("case.md", text).build().succeeds();
    let page = outcome.page("case/index.html");
    let now = between(&page, "<section class=\"now\">", "</section>");
    assert!(now.contains("Out of detention") && now.contains("id=\"cite--1-1\""), "{now}");
    assert!(page.contains("id=\"t--flights\""), "what it names is in the section's timeline");
    assert!(page.contains(">3 of 3<"), "{page}");
    let data: serde_json::Value = serde_json::from_str(&outcome.page("data/site.json")).unwrap();
    let case = data["sections"].as_array().unwrap().iter().find(|page| page["id"] == "case").unwrap();
    assert_eq!(case["now"], "Out of detention, see Three flights leave.");
}

#[test]
fn a_page_knows_when_it_is_old() {
    let book = |lines: &str| format!("[book]\ntitle = \"Test site\"\n\n[site]\nas-of = \"2025-12-22\"\n{lines}");
    let aging = Site::small().book(&book("stale-after = 30\n"));
    let aging = aging.page("dated.md", "---\ntitle: Dated\nas-of: 2025-11-30\n---\n\nWords.\n").build().succeeds();
    for (path, day, words) in
        [("index.html", "2025-12-22", "December 22, 2025"), ("dated/index.html", "2025-11-30", "November 30, 2025")]
    {
        let page = aging.page(path);
        let line = between(&page, "<p class=\"age\"", "</p>");
        assert!(line.contains(&format!("data-day=\"{day}\" data-after=\"30\"")), "{line}");
        assert!(line.contains(&format!("Last checked {words}, {{age}}. Things may have changed.")), "{line}");
    }
    let timeless = Site::small().build().succeeds().page("index.html");
    assert!(!timeless.contains("class=\"age\""), "{timeless}");
}

#[test]
fn the_claims_of_a_person_are_grouped_and_answered() {
    let claims = "- id: c-says\n  text: The deal works.\n  asserted-by: [{by: nayib-bukele, says: calls it a success, date: 2025-04-14, sources: [ap]}]\n  disputed-by: [{by: Rights groups, says: call it repressive}]\n  sources: [ap]\n  status: disputed\n\
        - id: c-denies\n  text: The deal is secret.\n  asserted-by: [A paper]\n  disputed-by: [{by: nayib-bukele, says: denies it}]\n  sources: [ap]\n  status: disputed\n\
        - id: c-about\n  text: \"[[nayib-bukele]] knew of it.\"\n  asserted-by: [A paper]\n  disputed-by: [{by: His office, says: rejects that}]\n  sources: [ap]\n  status: alleged\n";
    let outcome = Site::small().file("content/claims/c.yaml", claims).build().succeeds();
    let page = outcome.page("entities/nayib-bukele/index.html");
    let group = |title: &str| between(&page, &format!("<h3>{title} "), "</section>").to_owned();
    let says = group("Says");
    assert!(
        says.contains("The deal works.") && says.contains("calls it a success") && says.contains("April 14, 2025"),
        "{says}"
    );
    assert!(says.contains("call it repressive"), "its answer stands beside it: {says}");
    let disputes = group("Disputes or qualifies");
    assert!(disputes.contains("The deal is secret.") && disputes.contains("denies it"), "{disputes}");
    let about = group("Is the subject of");
    assert!(about.contains("knew of it.") && about.contains("rejects that"), "{about}");
    assert!(!about.contains("The deal works."), "{about}");
}

#[test]
fn a_claim_folds_after_three_voices_a_side() {
    let voices = |count: usize| (1..=count).map(|n| format!("Voice {n}")).collect::<Vec<_>>().join(", ");
    let claim = format!(
        "- {{id: c, text: So., status: disputed, sources: [ap], asserted-by: [{}], disputed-by: [{}]}}\n",
        voices(5),
        voices(3)
    );
    let outcome = Site::small().file("content/claims/c.yaml", claim).section("s", "```claim\nid: c\n```").build().succeeds();
    let page = outcome.page("s/index.html");
    let block = between(&page, "<div class=\"block-claim\"", "<details class=\"fold");
    let folded = between(block, "<details class=\"more\">", "</details>");
    assert!(folded.contains("<summary>2 more</summary>"), "{folded}");
    assert!(folded.contains("Voice 4") && folded.contains("Voice 5") && !folded.contains("Voice 3"), "{folded}");
    assert_eq!(block.matches("<details class=\"more\">").count(), 1, "three voices need no fold: {block}");
    assert!(block.contains("5 say so, 3 dispute or qualify it"), "{block}");
}
