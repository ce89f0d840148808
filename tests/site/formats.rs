//! What is published along with the pages: feeds, sitemaps, data, cards, and what hosts look for.

use serde_json::Value;

use crate::support::{Outcome, Site, between};

const BASE: &str = "https://example.org/x";

fn published() -> Site {
    Site::small().arg("--base-url").arg(BASE)
}

#[track_caller]
fn json(outcome: &Outcome, path: &str) -> Value {
    serde_json::from_str(&outcome.page(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn texts<'j>(items: &'j Value, key: &str) -> Vec<&'j str> {
    items.as_array().unwrap().iter().map(|item| item[key].as_str().unwrap()).collect()
}

#[test]
fn formats_that_need_a_full_address_wait_for_one() {
    let outcome = Site::small().build().succeeds();
    let files = outcome.files();
    assert!(files.keys().all(|path| !path.ends_with(".xml") && !path.ends_with(".png")), "{:?}", files.keys());
    assert!(!files.contains_key("robots.txt") && !files.contains_key("feed.json"));
    assert!(!outcome.page("alliance/index.html").contains("og:title"));
    assert_eq!(files[".nojekyll"], b"");
    let site = json(&outcome, "data/site.json");
    assert_eq!(texts(&site["sections"], "url"), ["alliance/", "abrego/"]);
    assert!(site["site"]["url"].is_null() && files.contains_key("data/events.ics"));
}

#[test]
fn entries_are_named_for_ever() {
    let feed = |site: Site| {
        let outcome = site.build().succeeds();
        let feed = json(&outcome, "feed.json");
        let ids: Vec<String> = texts(&feed["items"], "id").into_iter().map(str::to_owned).collect();
        (ids, feed)
    };
    let (ids, first) = feed(published());
    assert!(ids.len() == 2 && ids.iter().all(|id| id.starts_with("urn:uuid:")), "{first:#}");
    // Another host, another day, another place in the files.
    let moved = Site::small().arg("--base-url").arg("https://www.example.net").now("2030-01-01T00:00:00Z");
    let (same, second) = feed(moved);
    assert_eq!(ids, same);
    assert_ne!(texts(&first["items"], "url"), texts(&second["items"], "url"));
    assert_eq!(texts(&first["items"], "date_modified"), texts(&second["items"], "date_modified"));
    // Another title, if the site says that it is the same site.
    let titled = |id: &str| {
        let id = if id.is_empty() { String::new() } else { format!("[output.feeds]\nid = \"{id}\"\n") };
        let book = format!("[book]\ntitle = \"Another\"\n[site]\nas-of = \"2025-12-22\"\nbase-url = \"{BASE}\"\n{id}");
        Site::small().book(&book)
    };
    assert_eq!(feed(titled("Test site")).0, ids);
    assert_ne!(feed(titled("")).0, ids);
}

#[test]
fn times_change_only_with_the_content() {
    let page = |more: &str| {
        let front =
            format!("---\ntitle: The alliance\norder: 1\npublished: 2025-04-13\n{more}---\n\n## Where they were held\n");
        let outcome = published().page("alliance.md", &front).build().succeeds();
        let feed = json(&outcome, "feed.json");
        let item = feed["items"].as_array().unwrap().iter().find(|item| item["title"] == "The alliance").unwrap().clone();
        (outcome, item)
    };
    let (_, item) = page("");
    assert_eq!(
        (&item["date_published"], &item["date_modified"]),
        (&"2025-04-13T00:00:00Z".into(), &"2025-04-13T00:00:00Z".into())
    );
    let updates = "updates:\n- {date: 2025-05-01, kind: correction, text: \"It was <another> court.\"}\n- {date: 2025-04-20, kind: update, text: More.}\n- {date: 2025-04-20, kind: update, text: First.}\n";
    let (outcome, item) = page(updates);
    assert_eq!(
        (&item["date_published"], &item["date_modified"]),
        (&"2025-04-13T00:00:00Z".into(), &"2025-05-01T00:00:00Z".into())
    );
    let changes = json(&outcome, "updates.json");
    assert_eq!(
        texts(&changes["items"], "title"),
        ["Correction: The alliance", "Update: The alliance", "Update: The alliance"]
    );
    let atom = outcome.page("updates.xml");
    assert!(atom.contains("It was &amp;lt;another&amp;gt; court."), "{atom}");
    assert_eq!(between(&atom, "<updated>", "</updated>"), "2025-05-01T00:00:00Z");
    // One more update doesn't rename the others.
    let ids = |outcome: &Outcome| {
        let changes = json(outcome, "updates.json");
        texts(&changes["items"], "id").into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let before = ids(&outcome);
    let (outcome, _) = page(&updates.replace("updates:\n", "updates:\n- {date: 2025-05-01, kind: update, text: Newest.}\n"));
    assert_eq!(ids(&outcome).split_first().unwrap().1, before);
}

#[test]
fn an_event_is_new_when_it_was_published_or_known() {
    let event = |more: &str| format!("- {{id: e, date: 2019-06-01, title: E, sources: [ap]{more}}}\n");
    let when = |more: &str| {
        let outcome = published().file("content/events/e.yaml", event(more)).build().succeeds();
        let feed = json(&outcome, "feed.json");
        let item = feed["items"].as_array().unwrap().iter().find(|item| item["title"] == "E").unwrap().clone();
        // A later development in the month in which it became known doesn't count as a change.
        assert!(item["date_modified"].as_str() >= item["date_published"].as_str(), "{item:#}");
        item["date_published"].as_str().unwrap().to_owned()
    };
    assert_eq!(when(", known-from: 2025-04, later: [{date: 2025-04-14, text: More.}]"), "2025-04-30T00:00:00Z");
    assert_eq!(when(""), "2025-04-10T00:00:00Z", "of its earliest source");
    assert_eq!(when(", known-from: 2025-04"), "2025-04-30T00:00:00Z", "of a month, its last day");
    assert_eq!(when(", known-from: 2025-05-01"), "2025-05-01T00:00:00Z");
    assert_eq!(when(", known-from: 2025-05-01, published: 2025-12-01"), "2025-12-01T00:00:00Z");
}

#[test]
fn sections_and_entities_have_feeds_on_request() {
    let book = format!(
        "[book]\ntitle = \"T\"\n[site]\nas-of = \"2025-12-22\"\nbase-url = \"{BASE}\"\n[output.feeds]\nsections = true\nentities = true\nentries = 1\n"
    );
    let outcome = Site::small().book(&book).build().succeeds();
    assert_eq!(texts(&json(&outcome, "alliance/feed.json")["items"], "title"), ["The court rules"], "the newest alone");
    assert_eq!(texts(&json(&outcome, "entities/cecot/feed.json")["items"], "title"), ["Three flights leave"]);
    assert!(outcome.page("entities/cecot/index.html").contains("href=\"https://example.org/x/entities/cecot/feed.xml\""));
    assert!(!published().build().succeeds().has("alliance/feed.json"));
    Site::small().book("[output.feeds]\nentries = 0\n").build().fails_at("bad-value", "book.toml", 2, 11);
}

#[test]
fn news_search_is_told_of_two_days() {
    let outcome = |now: &str| {
        let book = format!(
            "[book]\ntitle = \"T\"\n[site]\nas-of = \"2025-12-22\"\nbase-url = \"{BASE}\"\n[output.sitemap]\nnews = true\n"
        );
        let site = Site::small().book(&book).page("new.md", "---\ntitle: New & fresh\npublished: 2025-12-20\n---\n");
        site.now(now).build().succeeds()
    };
    let news = outcome("2025-12-22T12:00:00Z");
    let text = news.page("news-sitemap.xml");
    assert!(text.contains("<news:title>New &amp; fresh</news:title>") && text.matches("<url>").count() == 1, "{text}");
    assert!(news.page("robots.txt").contains("Sitemap: https://example.org/x/news-sitemap.xml"));
    assert!(!outcome("2025-12-24T12:00:00Z").page("news-sitemap.xml").contains("<url>"));
}

#[test]
fn a_sites_own_file_replaces_ours() {
    let outcome = published().file("static/robots.txt", "mine").build().succeeds();
    assert_eq!(outcome.page("robots.txt"), "mine");
}

#[test]
fn an_old_anchor_says_where_its_part_has_gone() {
    let book = |from: &str| {
        format!(
            "[book]\ntitle = \"T\"\n[site]\nas-of = \"2025-12-22\"\n[output.html.redirect]\n\"{from}\" = \"/alliance/#where-they-were-held\"\n"
        )
    };
    let page = Site::small().book(&book("/abrego/#prison")).build().succeeds().page("abrego/index.html");
    let note = "<p class=\"moved\" id=\"prison\">This section has moved: <a href=\"../alliance/#where-they-were-held\">/alliance/#where-they-were-held</a></p>\n</main>";
    assert!(page.contains(note), "{page}");
    for from in ["/nowhere/#prison", "/abrego/#", "/abrego/#a b", "/abrego/#a\\\"b"] {
        Site::small().book(&book(from)).build().fails_at("broken-link", "book.toml", 6, 1);
    }
}

#[test]
fn headers_are_written_on_request() {
    let book = "[book]\ntitle = \"T\"\n[site]\nbase-url = \"https://example.org/x\"\n[output.headers]\nenable = true\n";
    let headers = Site::small().book(book).now("2025-12-22T00:00:00Z").build().succeeds().page("_headers");
    assert!(headers.starts_with("/x/*\n  X-Content-Type-Options: nosniff\n"), "{headers}");
    assert!(
        headers.contains("\n/x/feed.xml\n  Access-Control-Allow-Origin: *\n  Content-Type: application/atom+xml"),
        "{headers}"
    );
    assert!(!published().build().succeeds().has("_headers"));
}

#[test]
fn no_text_ends_the_script_that_it_stands_in() {
    let title = "A </script><script>alert(1)</script> & b <!";
    let outcome = published()
        .file("content/events/e.yaml", format!("- {{id: e, date: 2025-01-01, title: '{title}', sources: [ap]}}\n"));
    let page = outcome.build().warns_of("stray-markup").page("events/e/index.html");
    assert!(!page.contains("<script>alert"), "{page}");
    let graph: Value = serde_json::from_str(between(&page, "<script type=\"application/ld+json\">", "</script>")).unwrap();
    assert_eq!(graph["@graph"][0]["name"], title, "{graph:#}");
}

#[test]
fn sections_are_background_articles() {
    let publisher = "[site.publisher]\nname = \"The newsroom\"\nurl = \"https://news.example/\"\ncorrections-policy = \"https://news.example/corrections\"\nethics-policy = \"https://news.example/ethics\"\ncontact = \"desk@news.example\"\n";
    let book = format!(
        "[book]\ntitle = \"T\"\nauthors = [\"A. Writer\"]\n[site]\nas-of = \"2025-12-22\"\nbase-url = \"{BASE}\"\n{publisher}"
    );
    let front = "---\ntitle: The alliance\npublished: 2025-04-13\nupdates: [{date: 2025-05-01, kind: correction, text: A fault.}]\n---\n\n## Where they were held\n\n[[flights]] and [[nayib-bukele]].[@ap]\n";
    let outcome = Site::small().book(&book).page("alliance.md", front).build().succeeds();
    let graph = |path: &str| -> Value {
        let page = outcome.page(path);
        serde_json::from_str(between(&page, "<script type=\"application/ld+json\">", "</script>")).unwrap()
    };
    let article = &graph("alliance/index.html")["@graph"][0];
    assert_eq!(article["@type"], serde_json::json!(["NewsArticle", "BackgroundNewsArticle"]));
    assert_eq!(article["headline"], "The alliance");
    assert_eq!(
        (&article["datePublished"], &article["dateModified"]),
        (&"2025-04-13T00:00:00Z".into(), &"2025-05-01T00:00:00Z".into())
    );
    assert_eq!(article["correction"][0]["text"], "A fault.");
    assert_eq!(article["about"][0]["@type"], "Person");
    assert_eq!(article["mentions"][0]["temporalCoverage"], "2025-03-15");
    assert_eq!(article["citation"][0]["url"], "https://ap.example/1");
    assert_eq!(article["publisher"]["name"], "The newsroom");
    // A day and a place, and nobody doubts it.
    assert_eq!(graph("events/flights/index.html")["@graph"][0]["mainEntity"]["@type"], "Event");
    assert!(graph("events/order/index.html")["@graph"][0]["mainEntity"].is_null(), "a ruling is no event of schema.org's");
    assert_eq!(graph("claims/claim-error/index.html")["@graph"][0]["mainEntity"]["@type"], "Claim");
    let front = graph("index.html");
    let publisher =
        front["@graph"].as_array().unwrap().iter().find(|node| node["@type"] == "NewsMediaOrganization").unwrap();
    assert_eq!(publisher["correctionsPolicy"], "https://news.example/corrections");
    assert_eq!(
        (&publisher["ethicsPolicy"], &publisher["email"]),
        (&"https://news.example/ethics".into(), &"desk@news.example".into())
    );
}

#[test]
fn data_says_what_the_records_say() {
    let outcome = Site::small()
        .file(
            "content/events/more.yaml",
            "- {id: late, date: 2025-02~, title: \"Late, \\\"perhaps\\\"\", sources: [ap], topics: [a b, c]}\n",
        )
        .build()
        .succeeds();
    let site = json(&outcome, "data/site.json");
    assert_eq!(site["version"], 1);
    let event = &site["events"][0];
    assert_eq!(event["date"], serde_json::json!({"edtf": "2025-02~", "first": "2025-02-01", "last": "2025-02-28"}));
    let section = &site["sections"][0];
    assert_eq!(section["mentions"], serde_json::json!(["flights", "nayib-bukele", "cecot", "habeas-corpus"]));
    assert!(section["text"].as_str().unwrap().contains("said so.\n\nWhere they were held\n\nIn CECOT"), "{section:#}");
    assert_eq!(site["claims"][0]["asserted_by"][0]["entity"], "nayib-bukele");
    let table = outcome.page("data/events.csv");
    assert!(table.contains("\nlate,2025-02~,2025-02-01,2025-02-28,\"Late, “perhaps”\","), "{table}");
    assert!(table.contains(",a b; c,ap,events/late/\n"), "{table}");
    let calendar = outcome.page("data/events.ics");
    assert!(calendar.contains("DTSTART;VALUE=DATE:20250201\r\nDTEND;VALUE=DATE:20250301\r\n"), "{calendar}");
    assert!(calendar.contains("Date: about February 2025 (EDTF 2025-02~)"), "{calendar}");
    assert!(outcome.has("entities/cecot/events.ics") && outcome.has("alliance/events.ics"));
    let book = "[book]\ntitle = \"T\"\n[site]\nas-of = \"2025-12-22\"\n[output.data]\ntexts = false\ncalendars = false\n";
    let outcome = Site::small().book(book).build().succeeds();
    assert!(json(&outcome, "data/site.json")["sections"][0]["text"].is_null() && !outcome.has("alliance/events.ics"));
    let outcome =
        Site::small().book("[book]\ntitle = \"T\"\n[site]\nas-of = \"2025-12-22\"\n[output.data]\nenable = false\n").build();
    assert!(!outcome.succeeds().files().keys().any(|path| path.starts_with("data/")));
}

#[test]
fn a_file_that_no_host_takes_is_an_error() {
    let site = Site::new().section("a", "[the recording](media/recording.bin)");
    std::fs::create_dir_all(site.root().join("content/media")).unwrap();
    let film = std::fs::File::create(site.root().join("content/media/recording.bin")).unwrap();
    film.set_len((100 << 20) + 1).unwrap();
    site.build().fails_nowhere("too-large").says("/media/recording.bin is 104 MB");
    site.check().fails_nowhere("too-large");
    film.set_len(1 << 20).unwrap();
    site.build().succeeds();
}

#[cfg(feature = "cards")]
mod cards {
    use super::*;

    #[test]
    fn each_kind_has_its_card_and_the_rest_the_sites() {
        let outcome = published().build().succeeds();
        for path in ["", "alliance/", "events/flights/", "entities/cecot/", "claims/claim-error/"] {
            let own = format!("<meta property=\"og:image\" content=\"{BASE}/{path}card.png\">");
            assert!(outcome.page(&format!("{path}index.html")).contains(&own), "{path}");
            assert!(outcome.has(&format!("{path}card.png")), "{path}");
        }
        for path in ["sources/ap/", "about/", "timeline/"] {
            assert!(outcome.page(&format!("{path}index.html")).contains(&format!("content=\"{BASE}/card.png\"")), "{path}");
            assert!(!outcome.has(&format!("{path}card.png")));
        }
        let book = format!(
            "[book]\ntitle = \"T\"\n[site]\nas-of = \"2025-12-22\"\nbase-url = \"{BASE}\"\n[output.cards]\nkinds = [\"sections\"]\n"
        );
        let outcome = Site::small().book(&book).build().succeeds();
        assert!(outcome.has("alliance/card.png") && !outcome.has("events/flights/card.png"));
        let outcome = Site::small().book(&book.replace("kinds = [\"sections\"]", "enable = false")).build().succeeds();
        assert!(!outcome.files().keys().any(|path| path.ends_with(".png")));
        assert!(outcome.page("index.html").contains("name=\"twitter:card\" content=\"summary\""));
    }

    #[test]
    fn a_card_is_drawn_once() {
        let site = published();
        let first = site.build().succeeds();
        let drawn = first.files();
        // A forged file that the manifest vouches for proves that nothing was drawn: its ingredients are the same.
        let forged = b"forged".to_vec();
        site.write("site/alliance/card.png", &forged);
        let hash = |bytes: &[u8]| backgrounder::base::Hash::of(bytes).to_string();
        let manifest = first.page(".backgrounder.json").replace(&hash(&drawn["alliance/card.png"]), &hash(&forged));
        site.write("site/.backgrounder.json", manifest);
        let second = site.build().succeeds().says("0 written");
        assert_eq!(second.files()["alliance/card.png"], forged);
        // Another title means another card, and the others stay.
        site.write("content/abrego.md", "---\ntitle: Another case\norder: 2\n---\n");
        let third = site.build().succeeds().files();
        assert_eq!(third["alliance/card.png"], forged);
        assert_ne!(third["abrego/card.png"], drawn["abrego/card.png"]);
        // A card that somebody damaged is drawn again.
        site.write("site/alliance/card.png", "spoilt");
        assert_eq!(site.build().succeeds().files()["alliance/card.png"], drawn["alliance/card.png"]);
        site.check().succeeds();
    }

    #[test]
    fn the_accent_is_the_themes() {
        let palette = |accent: &str| {
            let book = format!("[book]\ntitle = \"T\"\n[site]\nas-of = \"2025-12-22\"\nbase-url = \"{BASE}\"\n{accent}");
            let card = Site::small().book(&book).build().succeeds().files().remove("card.png").unwrap();
            let reader = png::Decoder::new(std::io::Cursor::new(card)).read_info().unwrap();
            reader.info().palette.clone().unwrap().to_vec()
        };
        let holds = |palette: &[u8], color: [u8; 3]| palette.chunks(3).any(|one| one == color);
        assert!(holds(&palette(""), [0xa3, 0x27, 0x1b]));
        let blue = palette("[output.html.theme]\naccent = \"#1f5f94\"\n");
        assert!(holds(&blue, [0x1f, 0x5f, 0x94]) && !holds(&blue, [0xa3, 0x27, 0x1b]));
    }

    #[test]
    fn a_font_has_to_be_one() {
        let book =
            format!("[book]\ntitle = \"T\"\n[site]\nbase-url = \"{BASE}\"\n[output.cards]\nfonts = [\"fonts/a.ttf\"]\n");
        let site = Site::small().book(&book);
        site.build().finds("bad-value", "book.toml", 6, 10).fails().says("is not a font");
        site.write("fonts/a.ttf", "no font");
        site.build().finds("bad-value", "book.toml", 6, 10).fails();
    }
}
