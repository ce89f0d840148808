//! Lists are sorted the way the site's language sorts, and never by keys that nobody sees.

use crate::support::{Site, attributes, between};

const NAMES: [&str; 8] = ["Zebra", "Zoë", "de Gaulle", "eBay", "Ángel", "Åsa", "Case 10", "“Case 9”"];

/// The texts of links in the main part of a page whose addresses have `prefix`, in order.
fn names(page: &str, prefix: &str) -> Vec<String> {
    let main = between(page, "<main", "</main>");
    main.split("<a ")
        .skip(1)
        .filter(|link| link.split('>').next().unwrap_or_default().contains(prefix))
        .filter_map(|link| Some(link.split_once('>')?.1.split("</a>").next()?.to_owned()))
        .collect()
}

fn listed(language: &str, kind: &str, names_given: &[&str]) -> Vec<String> {
    let records: String = names_given
        .iter()
        .enumerate()
        .map(|(at, name)| format!("- {{id: e{}, kind: {kind}, name: {name}}}\n", names_given.len() - at))
        .collect();
    let page = Site::new()
        .book(&format!("[book]\ntitle = \"T\"\nlanguage = \"{language}\"\n[site]\nas-of = \"2025-12-22\"\n[checks]\nuntranslated = \"off\"\n"))
        .section("a", "Words.")
        .file("content/entities/e.yaml", records)
        .build()
        .succeeds()
        .page("entities/index.html");
    names(&page, "entities/e")
}

#[test]
fn entities_stand_in_the_order_of_the_language() {
    let english = ["Ángel", "Åsa", "“Case 9”", "Case 10", "de Gaulle", "eBay", "Zebra", "Zoë"];
    assert_eq!(listed("en", "organization", &NAMES), english);
    let swedish = ["Ángel", "“Case 9”", "Case 10", "de Gaulle", "eBay", "Zebra", "Zoë", "Åsa"];
    assert_eq!(listed("sv", "organization", &NAMES), swedish);
    // Czech sorts ch after h; an unknown language gets the order of most.
    assert_eq!(
        listed("cs", "place", &["Cheb", "Ivančice", "Hradec", "Čáslav", "Cvikov"]),
        ["Cvikov", "Čáslav", "Hradec", "Cheb", "Ivančice"]
    );
    assert_eq!(listed("qaa", "place", &["b", "Á", "a"]), ["a", "Á", "b"]);
}

/// A page's claims are sorted by their words, not by ids that nobody sees; so is the list of all claims, within a status.
#[test]
fn claims_of_a_page_stand_by_their_words() {
    let claim = |id: &str, text: &str| {
        format!("- {{id: {id}, text: {text}, status: alleged, asserted-by: [roe], sources: [ap], sections: [a]}}\n")
    };
    let outcome = Site::new()
        .sourced()
        .section("a", "Words.")
        .file("content/entities/e.yaml", "- {id: roe, kind: person, name: Jane Roe}\n")
        .file(
            "content/claims/c.yaml",
            claim("c1", "Zebras fell.") + &claim("c2", "The pier held.") + &claim("c3", "Ángel left."),
        )
        .build()
        .succeeds();
    for page in ["a/index.html", "entities/roe/index.html", "claims/index.html"] {
        assert_eq!(names(&outcome.page(page), "claims/c"), ["Ángel left.", "The pier held.", "Zebras fell."], "{page}");
    }
}

#[test]
fn all_claims_stand_by_status_section_and_latest_change() {
    let claim = |id: &str, section: &str, status: &str| {
        format!(
            "- {{id: {id}, text: {id} holds., sections: [{section}], asserted-by: [A paper], disputed-by: [Another], history: [{status}], sources: [ap]}}\n"
        )
    };
    let step = |date: &str, status: &str| format!("{{date: {date}, status: {status}, sources: [ap]}}");
    let outcome = Site::new()
        .sourced()
        .page("a.md", "---\ntitle: Last\norder: 2\n---\nWords.[@ap]\n")
        .page("b.md", "---\ntitle: First\norder: 1\n---\nWords.[@ap]\n")
        .file(
            "content/claims/c.yaml",
            claim("c1", "a", &step("2025-05", "disputed"))
                + &claim("c2", "b", &step("2025-01", "disputed"))
                + &claim("c3", "b", &step("2025-03", "disputed"))
                + &claim("c4", "a", &[step("2025-01", "alleged"), step("2025-02", "established")].join(", "))
                + "- {id: c5, text: c5 holds., asserted-by: [A paper], disputed-by: [Another], status: disputed, sources: [ap]}\n",
        )
        .build()
        .succeeds();
    let page = outcome.page("claims/index.html");
    assert_eq!(names(&page, "claims/c"), ["c4 holds.", "c3 holds.", "c2 holds.", "c1 holds.", "c5 holds."], "{page}");
    let main = between(&page, "<main", "</main>");
    let told: Vec<&str> =
        attributes(main, "href").into_iter().filter(|link| link.ends_with("/a/") || link.ends_with("/b/")).collect();
    assert_eq!(told, ["../a/", "../b/", "../a/"], "each section once in a status");
    assert!(main.contains("<time datetime=\"2025-02\">"), "its latest change: {main}");
}

#[test]
fn mentions_stand_as_their_lists_do() {
    let term =
        |id: &str, term: &str| format!("- {{id: {id}, term: {term}, definition: \"See [[pier]].\", sources: [ap]}}\n");
    let claim =
        |id: &str, text: &str| format!("- {{id: {id}, text: \"{text} [[pier]]\", status: established, sources: [ap]}}\n");
    let page = Site::new()
        .sourced()
        .section("z-last", "The [[pier]].")
        .section("a-first", "The [[pier]].")
        .file("content/entities/e.yaml", "- {id: pier, kind: place, name: The pier}\n")
        .file("content/glossary.yaml", term("t1", "Span") + &term("t2", "Arch"))
        .file("content/claims/c.yaml", claim("c1", "Zebras left") + &claim("c2", "Ángel left") + &claim("c3", "Men left"))
        .build()
        .succeeds()
        .page("entities/pier/index.html");
    let titles =
        ["Title of a-first", "Title of z-last", "Ángel left pier", "Men left pier", "Zebras left pier", "Arch", "Span"];
    let mentions = page.split("Mentioned in").last().unwrap();
    let places: Vec<_> =
        titles.iter().map(|title| mentions.find(title).unwrap_or_else(|| panic!("{title} in {mentions}"))).collect();
    assert!(places.is_sorted(), "{places:?} in {mentions}");
}

#[test]
fn people_stand_by_their_family_names() {
    let people = ["Zoë Abel", "Abel Zimmer", "Martin King Jr.", "Ángel Álvarez", "Charles de Gaulle", "Madonna", "Ana Abel"];
    let order = ["Ana Abel", "Zoë Abel", "Ángel Álvarez", "Charles de Gaulle", "Martin King Jr.", "Madonna", "Abel Zimmer"];
    assert_eq!(listed("en", "person", &people), order);
    assert_eq!(listed("hu", "person", &["Nagy Adél", "Ady Endre"]), ["Ady Endre", "Nagy Adél"]);
}

#[test]
fn running_text_has_the_name_for_running_text() {
    let entity = "- {id: us, kind: organization, name: U.S. government, name-in-text: the U.S. government}\n";
    let site = Site::new().section("a", "Bukele told [[us]] and [[us|officials]].");
    let outcome = site.file("content/entities/e.yaml", entity).build().succeeds();
    let page = outcome.page("a/index.html");
    assert!(page.contains(">the U.S. government</a> and ") && page.contains(">officials</a>"), "{page}");
    assert!(outcome.page("entities/us/index.html").contains(">U.S. government</h1>"));
    assert!(!outcome.words("entities/index.html").contains("the U.S. government"));
    // An excerpt on another page is running text as well.
    assert!(outcome.words("entities/us/index.html").contains("Bukele told the U.S. government"));
}

#[test]
fn a_sort_name_says_where_a_record_stands() {
    let page = Site::new()
        .section("a", "Words.")
        .file(
            "content/entities/e.yaml",
            "- {id: e1, kind: person, name: Kilmar Abrego Garcia, sort-name: \"Abrego Garcia, Kilmar\"}\n\
             - {id: e2, kind: person, name: Jane Baker}\n\
             - {id: e3, kind: person, name: Ana Abrego}\n\
             - {id: e4, kind: organization, name: The Herald, sort-name: Herald}\n\
             - {id: e5, kind: organization, name: Ibex}\n\
             - {id: e6, kind: organization, name: Gnu}\n",
        )
        .build()
        .succeeds()
        .page("entities/index.html");
    assert_eq!(
        names(&page, "entities/e"),
        ["Ana Abrego", "Kilmar Abrego Garcia", "Jane Baker", "Gnu", "The Herald", "Ibex"]
    );
}

#[test]
fn sources_stand_by_publisher_and_date() {
    let page = Site::new()
        .section("a", "Words.")
        .file(
            "content/sources/s.yaml",
            "a1: {title: Undated, publisher: Álamo Press}\n\
             a2: {title: Zoo}\n\
             a3: {title: Late, publisher: Álamo Press, date: 2025-02}\n\
             a4: {title: Early, publisher: Álamo Press, date: 2024}\n\
             a5: {title: Also early, publisher: Álamo Press, date: 2024}\n\
             a6: {title: By someone, author: \"Doe, Ben\"}\n\
             a7: {title: Last, publisher: zine}\n",
        )
        .build()
        .succeeds()
        .page("sources/index.html");
    let links = names(&page, "href=\"../sources/a");
    assert_eq!(links.len(), 7, "{page}");
    let order: Vec<_> = page.split("href=\"../sources/a").skip(1).map(|link| link.split('/').next().unwrap()).collect();
    assert_eq!(order, ["5", "4", "3", "1", "6", "7", "2"], "{page}");
}

#[test]
fn terms_and_claims_stand_by_their_words() {
    let outcome = Site::new()
        .sourced()
        .section("a", "Words.")
        .file(
            "content/glossary.yaml",
            "- {id: t1, term: zone, definition: Z.}\n- {id: t2, term: Épée, definition: E.}\n- {id: t3, term: ebb, definition: E.}\n- {id: t4, term: \"*Fiat*\", definition: F.}\n",
        )
        .file(
            "content/claims/c.yaml",
            "- {id: c1, text: Zoë was there., status: established, sources: [ap]}\n\
             - {id: c2, text: Ángel was not., status: established, sources: [ap]}\n\
             - {id: c3, text: \"“Bob” was.\", status: established, sources: [ap]}\n",
        )
        .build()
        .succeeds();
    let glossary = outcome.page("glossary/index.html");
    let order: Vec<_> = glossary.split("id=\"t").skip(1).map(|term| &term[..1]).collect();
    assert_eq!(order, ["3", "2", "4", "1"], "{glossary}");
    let claims = outcome.page("claims/index.html");
    let order: Vec<_> = names(&claims, "../claims/c");
    assert_eq!(order, ["Ángel was not.", "“Bob” was.", "Zoë was there."], "{claims}");
}
