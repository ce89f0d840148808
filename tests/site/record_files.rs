//! Records in their own files: Markdown files with their fields in the front matter, and YAML files with a single map.

use serde_json::Value;

use crate::support::{Site, between};

/// A site whose records are all in their own files.
fn filed() -> Site {
    Site::new()
        .page("deal.md", "---\ntitle: The deal\n---\nIt led to [[raid]] and [[raid#what-they-found]]; see [[error]] and [[writ]].[@ap.1]\n")
        .file(
            "content/events/2025/raid.md",
            "---\ndate: 2025-03-15\ntitle: A raid\nentities: [mayor]\nclaims: [error]\n---\n\
             They came at dawn, [[mayor]] said.[@ap.1, p. 2]\n\n## What they found\n\nSee [[#what-they-found]].[@order]\n\n\
             ```quote\ntext: Nothing at all\nby: mayor\n```\n\n```timeline\nentities: [mayor]\n```\n\n```claim\nid: error\n```\n",
        )
        .file("content/events/ruling.yml", "# A remark.\nid: ruling\ndate: 2025-04-10\ntitle: A ruling\nentities: [mayor]\nsources: [order]\n")
        .file("content/entities/mayor.md", "---\nkind: person\nname: Ana Okoro\n---\nShe was elected in 2021.[@order]\n")
        .file("content/sources/ap.1.md", "---\ntitle: A report\npublisher: Associated Press\n---\nIt quotes [[mayor]].\n")
        .file("content/sources/order.yaml", "title: The order\nkind: primary\n")
        .file("content/claims/error.md", "---\ntext: It was an error.\nasserted-by: [mayor]\nstatus: alleged\nsources: [order]\n---\nThe [[ruling]] says so.\n")
        .file("content/glossary/writ.md", "---\nterm: Writ\ndefinition: An order.\n---\nIt is [[mayor|hers]].[@order]\n")
}

#[test]
fn records_that_are_files_have_pages_with_their_longer_text() {
    let outcome = filed().build().succeeds();
    let raid = outcome.words("events/raid/index.html");
    for words in ["They came at dawn", "What they found", "Nothing at all", "It was an error."] {
        assert!(raid.contains(words), "`{words}` is not in {raid}");
    }
    let page = outcome.page("events/raid/index.html");
    // Its own citations are numbered, in order.
    let numbers = between(&page, "They came at dawn", "</div>");
    assert!(numbers.contains(">1, p. 2</a>") && numbers.contains(">2</a>"), "{numbers}");
    assert!(page.contains("href=\"#what-they-found\"") && page.contains("id=\"what-they-found\""), "{page}");
    // The timeline in its text has both events.
    assert!(between(&page, "What they found", "</article>").contains("A ruling"), "{page}");
    assert!(outcome.page("deal/index.html").contains("events/raid/#what-they-found"));
    assert!(outcome.words("entities/mayor/index.html").contains("She was elected in 2021."));
    assert!(outcome.words("sources/ap-1/index.html").contains("It quotes Ana Okoro"));
    assert!(outcome.words("claims/error/index.html").contains("The A ruling says so"));
    assert!(outcome.words("glossary/index.html").contains("It is hers ."));
    // Mentions in such a text are mentions.
    assert!(outcome.words("entities/mayor/index.html").contains("They came at dawn"));
}

#[test]
fn an_author_may_be_a_file_too() {
    let author =
        "---\nkind: author\nname: Jane Doe\nrole: Reporter\n---\nShe covers courts.[@ap]\n\n## Before that\n\nElsewhere.\n";
    let site = Site::new()
        .sourced()
        .file("content/entities/jane-doe.md", author)
        .file("content/entities/roe.yaml", "kind: author\nname: John Roe\n")
        .page("deal.md", "---\ntitle: The deal\nauthors: [jane-doe, roe]\n---\nSee [[jane-doe#before-that]].\n");
    let outcome = site.build().succeeds();
    assert!(outcome.words("authors/jane-doe/index.html").contains("She covers courts."));
    assert!(outcome.has("authors/roe/index.html"));
    assert_eq!(site.run(&["rename", "jane-doe", "doe"]).code, Some(0));
    let outcome = site.build().succeeds();
    assert!(outcome.has("authors/doe/index.html") && outcome.has("authors/jane-doe/index.html"));
}

#[test]
fn the_longer_text_is_public_data() {
    let outcome = filed().build().succeeds();
    let site: Value = serde_json::from_str(&outcome.page("data/site.json")).unwrap();
    let raid = site["events"].as_array().unwrap().iter().find(|event| event["id"] == "raid").unwrap();
    assert!(raid["body"].as_str().unwrap().starts_with("They came at dawn, Ana Okoro said.\n\nWhat they found"), "{raid:#}");
    let ruling = site["events"].as_array().unwrap().iter().find(|event| event["id"] == "ruling").unwrap();
    assert!(ruling["body"].is_null());
}

#[test]
fn the_same_records_in_lists_make_the_same_pages() {
    let lists = Site::new()
        .file("content/events/all.yaml", "- id: raid\n  date: 2025-03-15\n  title: A raid\n  sources: [order]\n")
        .file("content/sources/all.yaml", "order:\n  title: The order\n")
        .section("deal", "It led to [[raid]].");
    let files = Site::new()
        .file("content/events/raid.md", "---\ndate: 2025-03-15\ntitle: A raid\nsources: [order]\n---\n\n")
        .file("content/sources/order.yaml", "title: The order\n")
        .section("deal", "It led to [[raid]].");
    let (lists, files) = (lists.build().succeeds(), files.build().succeeds());
    let pages = |files: &std::collections::BTreeMap<String, Vec<u8>>| {
        let pages = files.iter().filter(|(path, _)| path.ends_with(".html"));
        pages.map(|(path, bytes)| (path.clone(), bytes.clone())).collect::<Vec<_>>()
    };
    assert_eq!(pages(&lists.files()), pages(&files.files()));
}

#[test]
fn the_name_of_a_file_is_the_id_of_its_record() {
    let with = |path: &str, text: &str| Site::new().sourced().section("deal", "x").file(path, text);
    let event = "date: 2025-03-15\ntitle: A raid\nsources: [ap]\n";
    with("content/events/raid.md", &format!("---\nid: raids\n{event}---\n"))
        .build()
        .fails_at("bad-value", "content/events/raid.md", 2, 5)
        .says("write `id: raid`, or name the file `raids.md`");
    with("content/events/all.yaml", &format!("id: raid\n{event}"))
        .build()
        .fails_at("bad-value", "content/events/all.yaml", 1, 5)
        .says("if this file should be a list of records, start each record with a hyphen");
    with("content/events/A Raid.md", &format!("---\n{event}---\n"))
        .build()
        .fails_at("bad-value", "content/events/A Raid.md", 1, 1)
        .says("rename the file to lowercase letters, digits and single hyphens: `a-raid`");
    with("content/events/deal.md", &format!("---\n{event}---\n")).build().fails_at(
        "duplicate-id",
        "content/events/deal.md",
        1,
        1,
    );
    with("content/sources/the ap.md", "---\ntitle: A report\n---\n")
        .build()
        .fails_at("bad-value", "content/sources/the ap.md", 1, 1)
        .says("can't be a source's key");
    with("content/sources/ap-2.yaml", "id: ap-3\ntitle: A report\n").build().fails_at(
        "bad-value",
        "content/sources/ap-2.yaml",
        1,
        5,
    );
}

#[test]
fn faults_in_such_a_file_are_reported_at_their_place() {
    let with = |path: &str, text: &str| Site::new().sourced().section("deal", "[[raid]]").file(path, text);
    // Pointers to a record that can't be read are not at fault.
    with("content/events/raid.md", "---\ndate: 2025-03-15\ntitle: \"A raid\nsources: [ap]\n---\n").build().fails_at(
        "invalid-syntax",
        "content/events/raid.md",
        3,
        8,
    );
    with("content/events/raid.md", "---\ndate: 2025-03-15\nsources: [ap]\n---\n").build().fails_at(
        "missing-field",
        "content/events/raid.md",
        2,
        1,
    );
    with("content/events/raid.md", "---\ndate: 2025-03-15\ntitle: A raid\nsources: [ap]\ncolour: red\n---\n[[nobody]]\n")
        .build()
        .finds("unknown-field", "content/events/raid.md", 5, 1)
        .finds("unknown-id", "content/events/raid.md", 7, 1)
        .fails();
    with("content/events/raid.yaml", "date: 2025-03-15\ntitle: A raid\n  sources: [ap]\n").build().fails();
    with("content/events/raid.md", "---\ndate: 2025-03-15\ntitle: A raid\nsources: [ap]\n---\nSee [[deal#nowhere]].\n")
        .build()
        .fails_at("broken-link", "content/events/raid.md", 6, 5);
    Site::new()
        .file("content/glossary/writ.md", "---\nterm: Writ\ndefinition: An order.\n---\n\n## More\n")
        .section("deal", "x")
        .build()
        .fails_at("bad-markdown", "content/glossary/writ.md", 6, 1);
}

#[test]
fn a_title_may_be_the_only_heading_of_a_file() {
    let outcome = Site::new()
        .page("deal.md", "---\norder: 1\n---\n\n# The *deal*\n\nWords.\n\n## More\n")
        .page("court.markdown", "# The court\n\nWords.\n")
        .file("content/events/raid.md", "---\ndate: 2025-03-15\nsources: [ap]\n---\n# A raid\n\nAt dawn.\n")
        .sourced()
        .build()
        .succeeds();
    let page = outcome.page("deal/index.html");
    assert!(page.contains("<h1>The <em>deal</em></h1>") && !page.contains("id=\"the-deal\""), "{page}");
    assert!(outcome.page("court/index.html").contains("<h1>The court</h1>"));
    assert!(outcome.page("events/raid/index.html").contains("<h1>A raid</h1>"));
    // Where there are two, neither is the title.
    Site::new().page("deal.md", "# One\n\n# Two\n").build().fails_at("missing-field", "content/deal.md", 1, 1);
}

#[test]
fn drafts_in_files_of_their_own_are_left_out() {
    let drafted =
        || filed().file("content/events/ruling.yml", "date: 2025-04-10\ntitle: A ruling\ndraft: true\nsources: [order]\n");
    drafted().build().fails_at("points-at-hidden", "content/claims/error.md", 7, 5);
    let claim = "---\ntext: It was an error.\nasserted-by: [mayor]\nstatus: alleged\nsources: [order]\n---\n";
    let outcome = drafted().file("content/claims/error.md", claim).build().succeeds();
    assert!(!outcome.has("events/ruling/index.html"));
}
