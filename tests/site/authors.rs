//! Those who write for the site: bylines that lead to their pages, what these say, and that they are no part of the story.

use serde_json::Value;

use crate::support::{Outcome, Site, between};

const AUTHORS: &str = "\
- id: jane-doe
  kind: author
  name: Jane Doe
  role: Courts *reporter*
  bio: |
    Jane Doe covers [[cecot]].[@ap]

    She lives in Maryland.
  contact: jane@example.org
  expertise: [immigration law, courts]
  disclosure: Her brother works for the department.
  same-as: [https://social.example/@jane]
- {id: roe, kind: author, name: Roe & Co., contact: 'https://roe.example/'}
";

/// The small site with two authors, who wrote some of it.
fn signed() -> Site {
    Site::small()
        .file("content/entities/authors.yaml", AUTHORS)
        .page(
            "first.md",
            "---\ntitle: The first\nauthors: [jane-doe, John Roe, roe]\npublished: 2025-03-01\n---\nBy [[jane-doe]].\n",
        )
        .page(
            "second.md",
            "---\ntitle: The second\nsummary: What came next.\nauthors: [jane-doe]\npublished: 2025-05-01\n---\nText.\n",
        )
        .page("about.md", "---\ntitle: About\nkind: page\nauthors: [jane-doe]\n---\nText.\n")
}

fn published() -> Site {
    signed().arg("--base-url").arg("https://a.example/x")
}

#[track_caller]
fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// What a page says of itself to machines.
#[track_caller]
fn linked_data(outcome: &Outcome, path: &str) -> Value {
    let page = outcome.page(path);
    json(between(&page, "<script type=\"application/ld+json\">", "</script>"))["@graph"][0].clone()
}

/// The files that hold some words.
fn holding(outcome: &Outcome, words: &str) -> Vec<String> {
    let holds = |bytes: &[u8]| bytes.windows(words.len()).any(|window| window == words.as_bytes());
    outcome
        .files()
        .into_iter()
        .filter(|(path, bytes)| path != ".backgrounder.json" && holds(bytes))
        .map(|(path, _)| path)
        .collect()
}

#[test]
fn a_byline_leads_to_the_pages_of_its_authors() {
    let outcome = signed().build().succeeds();
    let page = outcome.page("first/index.html");
    let line = between(&page, "<p class=\"dateline\">", "</span>");
    assert_eq!(
        line,
        "<span>By <a rel=\"author\" href=\"../authors/jane-doe/\">Jane Doe</a>, John Roe and \
         <a rel=\"author\" href=\"../authors/roe/\">Roe &amp; Co.</a>"
    );
    assert!(page.contains("href=\"../authors/jane-doe/\">Jane Doe</a>.</p>"), "a link in the text: {page}");
    let other = signed().page("second.md", "---\ntitle: T\nauthors: [Ann Poe]\n---\nText.\n").build().succeeds();
    assert!(other.page("second/index.html").contains("<span>By Ann Poe</span>"));
}

#[test]
fn a_byline_is_put_together_in_the_words_of_the_site() {
    let book = "[book]\ntitle = \"T\"\n[site.words.list]\nseparator = \" / \"\nlast = \"{list} & {last}\"\n";
    let outcome = signed().book(book).build().succeeds();
    let page = outcome.page("first/index.html");
    assert!(page.contains("Jane Doe</a> / John Roe &amp; <a rel=\"author\""), "{page}");
}

#[test]
fn the_page_of_an_author_says_who_that_is_and_what_they_wrote() {
    let outcome = signed().build().succeeds();
    let page = outcome.page("authors/jane-doe/index.html");
    for part in [
        "<h1>Jane Doe</h1>",
        "Courts <em>reporter</em>",
        "<a href=\"mailto:jane@example.org\">jane@example.org</a>",
        "Expertise: immigration law, courts",
        "<p>Her brother works for the department.</p>",
        "<a href=\"https://social.example/@jane\" rel=\"me external noopener\">",
        "<p>She lives in Maryland.</p>",
        "id=\"source--ap\"",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    let words = outcome.words("authors/jane-doe/index.html");
    let wrote = between(&words, "By this author", "Elsewhere").trim();
    assert_eq!(wrote, "May 1, 2025 The second What came next. March 1, 2025 The first Page About");
    assert!(outcome.page("authors/roe/index.html").contains("<a href=\"https://roe.example/\">https://roe.example/</a>"));
}

#[test]
fn sections_that_name_nobody_are_by_those_who_made_the_site() {
    let book = "[book]\ntitle = \"T\"\nauthors = [\"roe\", \"Ann Poe\"]\n[site]\nas-of = \"2025-12-22\"\n";
    let outcome = published().book(book).build().succeeds();
    let words = outcome.words("authors/roe/index.html");
    let wrote = between(&words, "By this author", "As of").trim();
    assert!(wrote.starts_with("March 1, 2025 The first Section The alliance"), "{wrote}");
    assert!(wrote.contains("The Abrego case") && !wrote.contains("The second") && !wrote.contains("About"), "{wrote}");
    let author = &linked_data(&outcome, "alliance/index.html")["author"];
    assert_eq!((&author[0]["name"], &author[0]["@type"]), (&"Roe & Co.".into(), &"Person".into()));
    assert_eq!(author[1], serde_json::json!({ "name": "Ann Poe" }));
    let site = json(&outcome.page("data/site.json"));
    assert_eq!(site["site"]["authors"], serde_json::json!(["Roe & Co.", "Ann Poe"]));
    assert_eq!(site["site"]["author_ids"], serde_json::json!(["roe"]));
    assert!(outcome.page("feed.xml").contains("<name>Roe &amp; Co.</name>\n<uri>https://a.example/x/authors/roe/</uri>"));
}

#[test]
fn long_lists_of_what_somebody_wrote_are_divided() {
    let mut site = Site::new().file("content/entities/a.yaml", "- {id: jane, kind: author, name: Jane, bio: Writes.}\n");
    for at in 0..201 {
        site = site.page(&format!("n{at:03}.md"), "---\ntitle: T\nauthors: [jane]\n---\nText.\n");
    }
    let outcome = site.build().succeeds();
    let (first, second) = (outcome.page("authors/jane/index.html"), outcome.page("authors/jane/2/index.html"));
    assert_eq!([first.matches("<span class=\"when\">").count(), second.matches("<span class=\"when\">").count()], [200, 1]);
    assert!(first.contains("<p>Writes.</p>") && !second.contains("<p>Writes.</p>"));
    assert!(first.contains("authors/jane/2/\" rel=\"next\"") && second.contains("authors/jane/\" rel=\"prev\""), "{second}");
}

#[test]
fn machines_are_told_who_wrote() {
    let outcome = published().build().succeeds();
    let author = &linked_data(&outcome, "first/index.html")["author"];
    assert_eq!(
        author[0],
        serde_json::json!({
            "@type": "Person", "@id": "https://a.example/x/authors/jane-doe/#author", "name": "Jane Doe",
            "url": "https://a.example/x/authors/jane-doe/", "jobTitle": "Courts reporter",
            "knowsAbout": ["immigration law", "courts"], "sameAs": ["https://social.example/@jane"],
        })
    );
    assert_eq!(author[1], serde_json::json!({ "name": "John Roe" }));
    let own = linked_data(&outcome, "authors/jane-doe/index.html");
    assert_eq!(own["@type"], serde_json::json!(["ProfilePage"]));
    let person = &own["mainEntity"];
    assert_eq!((&person["@id"], &person["email"]), (&author[0]["@id"], &"jane@example.org".into()));
    assert_eq!(person["description"], "Jane Doe covers CECOT. She lives in Maryland.");
    let head = outcome.page("first/index.html");
    assert!(head.contains("<meta property=\"article:author\" content=\"https://a.example/x/authors/jane-doe/\">"), "{head}");
    assert!(outcome.page("authors/jane-doe/index.html").contains("<meta property=\"og:type\" content=\"profile\">"));

    let atom = outcome.page("feed.xml");
    let jane = "<author>\n<name>Jane Doe</name>\n<uri>https://a.example/x/authors/jane-doe/</uri>\n<email>jane@example.org</email>\n</author>";
    assert!(atom.contains(jane), "{atom}");
    let feed = json(&outcome.page("feed.json"));
    let entry = feed["items"].as_array().unwrap().iter().find(|item| item["title"] == "The first").unwrap();
    assert_eq!(
        entry["authors"][0],
        serde_json::json!({ "name": "Jane Doe", "url": "https://a.example/x/authors/jane-doe/" })
    );
    assert_eq!(entry["authors"][1], serde_json::json!({ "name": "John Roe" }));

    assert!(outcome.page("sitemap.xml").contains("<loc>https://a.example/x/authors/jane-doe/</loc>"));
    let site = json(&outcome.page("data/site.json"));
    let page = site["sections"].as_array().unwrap().iter().find(|page| page["id"] == "first").unwrap();
    assert_eq!(page["authors"], serde_json::json!(["Jane Doe", "John Roe", "Roe & Co."]));
    assert_eq!(page["author_ids"], serde_json::json!(["jane-doe", "roe"]));
    let author = &site["authors"][0];
    assert_eq!((&author["id"], &author["wrote"]), (&"jane-doe".into(), &serde_json::json!(["second", "first", "about"])));
    assert_eq!(author["contact"], "mailto:jane@example.org");
}

#[test]
fn authors_are_not_among_the_people_of_the_story() {
    let outcome = published().build().succeeds();
    // Where the name appears: what they signed, what links to them in words, their page, and what machines read.
    assert_eq!(
        holding(&outcome, "Jane Doe"),
        [
            "about/index.html",
            "authors/jane-doe/index.html",
            "data/site.json",
            "feed.json",
            "feed.xml",
            "first/index.html",
            "search/names.js",
            "search/texts/1.js",
            "search/texts/3.js",
            "second/index.html",
            // Her bio cites it.
            "sources/ap/index.html",
        ]
    );
    let site = json(&outcome.page("data/site.json"));
    assert_eq!(site["entities"].as_array().unwrap().len(), 2);
    assert!(outcome.stderr.contains("2 entities"), "{}", outcome.stderr);
    // Nor is what they are about part of what is said of it.
    let cecot = outcome.words("entities/cecot/index.html");
    assert!(!between(&cecot, "Mentioned in", "As of").contains("Jane"), "{cecot}");
    // Who wrote a page is not what it is about.
    assert!(linked_data(&outcome, "first/index.html")["about"].is_null());
}

#[test]
fn an_author_is_no_party_to_the_story() {
    for by in ["jane-doe", "roe"] {
        let claim = format!("- {{id: c, text: It is so., status: alleged, asserted-by: [{by}], sources: [ap]}}\n");
        let outcome = signed().file("content/claims/c.yaml", claim).build();
        outcome
            .fails_at("unknown-id", "content/claims/c.yaml", 1, 59)
            .says(&format!("`{by}` is an author, but this must be an entity"))
            .says("add an entity of kind `person` with another id, and mention it in the author's `disclosure`");
    }
    let event = "- {id: e, date: 2025, title: E, entities: [jane-doe], sources: [ap]}\n";
    signed().file("content/events/e.yaml", event).build().fails_at("unknown-id", "content/events/e.yaml", 1, 44);
}

#[test]
fn who_is_named_by_id_has_to_be_an_author() {
    let by = |authors: &str| signed().page("a.md", &format!("---\ntitle: A\nauthors: [{authors}]\n---\nText.\n")).build();
    by("jane-do")
        .fails_at("unknown-id", "content/a.md", 3, 11)
        .says("there is no author `jane-do`")
        .says("did you mean `jane-doe`?");
    by("cecot").fails_at("unknown-id", "content/a.md", 3, 11).says("`cecot` is an entity, but this must be an author");
    by("[jane-doe]").fails_at("wrong-type", "content/a.md", 3, 11).says("double brackets are for links in a text");
    // A word that resembles no id is kept as it is, with a warning.
    let outcome = by("jane-doe, newsroom").warns_of("ambiguous-name");
    let outcome = outcome.finds("ambiguous-name", "content/a.md", 3, 21).says("write the name as readers should see it");
    assert!(outcome.page("a/index.html").contains("Jane Doe</a> and newsroom</span>"));
    by("{name: newsroom}").succeeds();
}

#[test]
fn the_settings_name_authors_by_their_ids_too() {
    let book = |authors: &str| signed().book(&format!("[book]\ntitle = \"T\"\nauthors = [{authors}]\n")).build();
    book("\"jane-doe\", \"Ann Poe\"").succeeds();
    book("\"jane-do\"").fails_at("unknown-id", "book.toml", 3, 12).says("did you mean `jane-doe`?");
    book("\"cecot\"").fails_at("unknown-id", "book.toml", 3, 12).says("`cecot` is an entity, but this must be an author");
    book("\"newsroom\"").warns_of("ambiguous-name");
}

#[test]
fn a_hidden_author_stands_in_no_byline() {
    for how in ["draft: true", "embargo: 2025-12-22T13:00:00Z"] {
        let author = format!("- {{id: zebra-doe, kind: author, name: Zebra, {how}}}\n");
        let site = Site::small().file("content/entities/z.yaml", &author);
        let page = "---\ntitle: A\nauthors: [zebra-doe]\n---\nText.\n";
        let outcome = site.clone().page("a.md", page).build();
        outcome.fails_at("points-at-hidden", "content/a.md", 3, 11).shows("content/entities/z.yaml", 1, 8);
        let shown = site.clone().page("a.md", page).arg("--drafts").build().succeeds();
        assert!(shown.page("a/index.html").contains("Zebra <span class=\"withheld\">"));
        // One who lets it pass publishes no name either.
        let book = "[book]\ntitle = \"T\"\nauthors = [\"zebra-doe\"]\n[site]\nbase-url = \"https://a.example\"\n";
        let outcome = site.page("a.md", "---\ntitle: A\n---\nText.\n").book(book).build();
        outcome.fails_at("points-at-hidden", "book.toml", 3, 12);
    }
}

#[test]
fn the_fields_of_an_author_are_checked() {
    let author = |more: &str| {
        let author = format!("- {{id: jane, kind: author, name: Jane, {more}}}\n");
        Site::small().file("content/entities/j.yaml", author).build()
    };
    let column = 40;
    author("contact: 'javascript:x'").fails_at("bad-address", "content/entities/j.yaml", 1, column + 9);
    author("contact: jane").fails().says("`jane` is neither an email address nor a web address");
    author("contact: 'https://jane:secret@a.example'").fails().says("a user name or password");
    author("email: jane@example.org").fails().says("did you mean `contact`?");
    author("description: Who.").fails().says("did you mean `bio`?");
    author("accused: true").fails().says("an author");
    author("same-as: [social]").fails();
    let kind = |kind: &str| {
        let author = format!("- {{id: jane, kind: {kind}, name: Jane}}\n");
        Site::small().file("content/entities/j.yaml", author).build().fails()
    };
    kind("autor").says("did you mean `author`?");
    kind("writer").says("person | organization | place | facility | law | case | author");
    let twice = Site::small().file("content/entities/j.yaml", "- {id: cecot, kind: author, name: Jane}\n").build();
    twice.fails().says("the id `cecot` is taken");
}

#[test]
fn an_author_in_a_file_of_others_is_one_of_them() {
    let both = "- {id: jane, kind: author, name: Jane Doe}\n- {id: ice, kind: organization, name: ICE}\n- {id: ann, kind: author, name: Ann}\n";
    let outcome = Site::small().file("content/entities/both.yaml", both).build().succeeds();
    for path in ["authors/jane", "authors/ann", "entities/ice"] {
        assert!(outcome.has(&format!("{path}/index.html")), "{path}");
    }
    assert!(!outcome.has("authors/index.html"), "there is no list of them");
    let own = Site::small().page("authors.md", "---\ntitle: Who we are\nkind: page\n---\n[[jane]]\n");
    let outcome = own.file("content/entities/both.yaml", both).build().succeeds();
    assert!(outcome.words("authors/index.html").contains("Who we are"));
}
