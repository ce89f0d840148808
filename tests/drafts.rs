//! Drafts and embargoed records, as a preview shows them: marked everywhere, and nowhere in what is published.

use std::collections::BTreeSet;
use std::sync::Arc;

use backgrounder::build::edition::Edition;
use backgrounder::build::live::Live;
use backgrounder::build::pipeline::Request;

use crate::live::{SiteFiles, request};

/// A site in which public records of every kind point at withheld ones of every kind, and the other way round.
const FILES: &[(&str, &str)] = &[
    (
        "book.toml",
        "[book]\ntitle = \"T\"\n[site]\nas-of = \"2025-12-22\"\n[checks]\nunsourced-event = \"off\"\nsingle-source = \"off\"\norphan = \"off\"\n",
    ),
    (
        "content/one.md",
        "---\ntitle: First\norder: 1\n---\n\
         See [[secret]], [this](secret.md), [[kept|what happened]], [[cant]].[@leak]\n\n```claim\nid: rumour\n```\n\n\
         ```timeline\nentities: [mole]\n```\n\n```quote\ntext: Words.\nby: mole\nsources: [leak]\n```\n",
    ),
    (
        "content/secret.md",
        "---\ntitle: Kept section\norder: 2\ndraft: true\npart: P\nupdates: [{date: 2025-04-14, kind: update, text: \"Changed.\"}]\n---\n\
         About [[open]], [[witness]], [[known-claim]] and [[plain-term]].[@ap]\n",
    ),
    ("content/two.md", "---\ntitle: Third\norder: 3\n---\nAfter it.\n"),
    ("content/aside.md", "---\ntitle: Kept page\nkind: page\ndraft: true\n---\nText.\n"),
    (
        "content/events/all.yaml",
        "- {id: before, date: 2025-03-01, title: Before it, significance: major, entities: [witness, mole], place: yard, claims: [rumour]}\n\
         - {id: kept, date: 2025-03-02, title: Kept event, draft: true, significance: major, entities: [witness, mole], caused-by: [before], sections: [one], claims: [known-claim]}\n\
         - {id: open, date: 2025-03-03, title: Open event, entities: [witness, mole], sections: [one, secret], caused-by: [kept], after: [kept], sources: [leak, ap], accounts: [{by: mole, says: \"no\"}, {by: witness, says: \"yes\"}]}\n\
         - {id: later, date: 2026-03-04, title: Later event, embargo: 2025-12-23T00:00:00Z, status: scheduled, significance: major, entities: [witness], sections: [one]}\n",
    ),
    (
        "content/entities/all.yaml",
        "- {id: mole, kind: person, name: Kept person, draft: true}\n\
         - {id: witness, kind: person, name: Witness, description: A witness.}\n\
         - {id: yard, kind: place, name: Kept yard, draft: true}\n",
    ),
    (
        "content/claims/all.yaml",
        "- {id: rumour, text: A rumour., status: alleged, draft: true, asserted-by: [witness], sections: [one], sources: [ap]}\n\
         - {id: known-claim, text: It is known., status: alleged, asserted-by: [mole], disputed-by: [witness], sections: [one, secret], sources: [leak]}\n",
    ),
    (
        "content/sources/all.yaml",
        "ap:\n  title: A report\n  publisher: Agency\n  url: https://ap.example/1\n\
         leak:\n  title: A leak\n  publisher: Post\n  url: https://leak.example/1\n  draft: true\n",
    ),
    (
        "content/glossary.yaml",
        "- {id: cant, term: Cant, definition: Words., draft: true, sources: [leak]}\n\
         - {id: plain-term, term: Plain, definition: Other words., sources: [leak]}\n",
    ),
];

/// Where the site's withheld records are shown.
const WITHHELD: &[&str] = &[
    "secret/",
    "aside/",
    "events/kept/",
    "events/later/",
    "entities/mole/",
    "entities/yard/",
    "claims/rumour/",
    "sources/leak/",
    "glossary/#cant",
];

const DRAFT: &str = " <span class=\"withheld\">Draft</span>";
const EMBARGO: &str = " <span class=\"withheld\">Embargo</span>";

/// The site with some more files.
fn open(more: &[(&str, &str)], request: &Request) -> Arc<Edition> {
    let desk = SiteFiles::default();
    FILES.iter().chain(more).for_each(|(path, text)| desk.write(path, text));
    Live::open(request.clone(), Arc::new(desk)).unwrap().edition()
}

fn preview() -> Arc<Edition> {
    let edition = open(&[], &request());
    assert!(edition.diagnostics().is_empty(), "{:?}", edition.diagnostics());
    edition
}

fn page(edition: &Edition, path: &str) -> String {
    let page = edition.page(path).unwrap_or_else(|| panic!("there is no {path}")).unwrap();
    String::from_utf8(page.bytes.clone()).unwrap()
}

fn pages(edition: &Edition) -> Vec<(&str, String)> {
    let paths = edition.paths().filter(|path| path.ends_with(".html"));
    paths.map(|path| (path, page(edition, path))).collect()
}

/// The links of a page, each with its attributes and content.
fn links(page: &str) -> Vec<(&str, &str)> {
    let links = page.split("<a ").skip(1).map(|rest| rest.split_once("</a>").unwrap().0.split_once('>').unwrap());
    links.collect()
}

/// The withheld record that a link leads to, or whose page it leads to.
fn leads_to(attributes: &str) -> Option<&'static str> {
    let href = attributes.split("href=\"").nth(1)?.split('"').next()?;
    let path = href.trim_start_matches("./").trim_start_matches("../").trim_start_matches('/');
    let is = |record: &&&str| if record.contains('#') { path == **record } else { path.split('#').next() == Some(**record) };
    WITHHELD.iter().find(is).copied()
}

#[test]
fn every_link_to_what_is_withheld_is_marked() {
    let edition = preview();
    let mut seen = BTreeSet::new();
    let mut bare = Vec::new();
    for (path, page) in pages(&edition) {
        for (attributes, inside) in links(&page) {
            let leads = leads_to(attributes);
            seen.extend(leads);
            let is_marked = inside.contains(DRAFT) || inside.contains(EMBARGO);
            // “Cited in” comes after the source's entry, which has the mark.
            if leads.is_some() != is_marked && !attributes.contains("class=\"about\"") {
                bare.push(format!("{path}: <a {attributes}>{inside}</a>"));
            }
        }
    }
    assert_eq!(bare, [""; 0]);
    assert_eq!(seen.len(), WITHHELD.len(), "{seen:?}");
}

#[test]
fn lists_timelines_and_neighbors_say_so_in_words() {
    let edition = preview();
    for (path, texts) in [
        ("timeline/index.html", &["Kept event", "Kept section"][..]),
        ("index.html", &["Kept event", "Kept section", "Kept person"]),
        ("two/index.html", &["<span>Kept section", "Previous</span> Kept section"]),
        ("one/index.html", &["<span>Kept section", "Next</span> Kept section", "Kept event", "A rumour.", "Kept person"]),
        ("entities/index.html", &["Kept person", "Kept yard"]),
        ("claims/index.html", &["A rumour."]),
        ("glossary/index.html", &["<dt id=\"cant\">Cant"]),
        ("changes/index.html", &["Kept section"]),
        ("events/open/index.html", &["Kept event", "Kept person", "Kept section"]),
        ("events/before/index.html", &["Kept yard", "A rumour."]),
        ("entities/witness/index.html", &["Kept section"]),
        ("claims/known-claim/index.html", &["Kept section", "Kept person", "Kept event"]),
        ("sources/ap/index.html", &["Kept section", "A rumour."]),
    ] {
        let page = page(&edition, path);
        for text in texts {
            assert!(page.contains(&format!("{text}{DRAFT}")), "{text} in {path}: {page}");
        }
    }
    for path in ["timeline/index.html", "index.html", "one/index.html", "entities/witness/index.html"] {
        assert!(page(&edition, path).contains(&format!("Later event{EMBARGO}")), "{path}");
    }
}

#[test]
fn sources_say_so_in_entries_names_and_citations() {
    let edition = preview();
    let entry = format!("“A leak”</a>{DRAFT}");
    for path in ["sources/index.html", "one/index.html", "claims/known-claim/index.html"] {
        assert!(page(&edition, path).contains(&entry), "{path}");
    }
    assert!(!page(&edition, "sources/index.html").contains(&format!("“A report”</a>{DRAFT}")));
    assert!(page(&edition, "timeline/index.html").contains("Sources: Post (draft), Agency</p>"));
    assert!(page(&edition, "glossary/index.html").contains("Sources: Post (draft)</p>"));
    let citation =
        "<a class=\"withheld\" id=\"cite--1-1\" href=\"#source--leak\" aria-label=\"Source 1: Post (draft)\">1</a>";
    assert!(page(&edition, "one/index.html").contains(citation));
}

#[test]
fn a_record_says_it_once_on_its_own_page() {
    let edition = preview();
    for path in WITHHELD.iter().filter(|path| !path.contains('#')) {
        let page = page(&edition, &format!("{path}index.html"));
        assert_eq!(page.matches("<p class=\"withheld\" role=\"note\">").count(), 1, "{path}");
        let heading = page.split("<h1>").nth(1).unwrap().split("</h1>").next().unwrap();
        assert!(!heading.contains("withheld"), "{path}: {heading}");
    }
}

#[test]
fn the_words_of_the_front_page_and_of_the_404_page_may_be_drafts() {
    let words = "---\ntitle: New words\ndraft: true\n---\nText.\n";
    let edition = open(&[("content/index.md", words), ("content/404.md", words)], &request());
    for path in ["index.html", "404.html"] {
        assert!(page(&edition, path).contains("<p class=\"withheld\" role=\"note\">Draft: "), "{path}");
    }
    for path in ["index.html", "404.html"] {
        assert!(!page(&preview(), path).contains("role=\"note\""), "{path}");
    }
}

#[test]
fn an_embargo_that_can_not_be_read_is_one() {
    for written in ["tomorrow", "2030-01-01T09:00:00", "[2030]", "", "~"] {
        let events = format!("- {{id: slip, date: 2025-03-01, title: A slip, embargo: {written}, sources: [ap]}}\n");
        let edition = open(&[("content/events/slip.yaml", &events)], &request());
        assert!(page(&edition, "timeline/index.html").contains(&format!("A slip{EMBARGO}")), "{written}");
        let own = page(&edition, "events/slip/index.html");
        assert!(own.contains("<p class=\"withheld\" role=\"note\">Under embargo: not published yet</p>"), "{own}");
        let published = edition.as_published();
        assert!(published.page("events/slip/index.html").is_none());
        assert!(pages(&published).iter().all(|(_, page)| !page.contains("A slip")), "{written}");
    }
}

#[test]
fn nothing_that_is_published_speaks_of_it() {
    let published = preview().as_published();
    let plain = open(&[], &Request { drafts: false, ..request() });
    assert!(pages(&published).len() > 10);
    for (path, page) in pages(&published) {
        assert!(!page.contains("withheld") && !page.to_lowercase().contains("draft"), "{path}: {page}");
        assert_eq!(self::page(&plain, path), page, "{path}");
    }
}
