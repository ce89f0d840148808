//! Other languages: they are read, checked and kept; pages are in the first one.

use crate::support::Site;

const BOOK: &str = "[book]\ntitle = \"The deal\"\nlanguage = \"en\"\n[site]\nas-of = \"2025-12-22\"\n[site.languages.es]\ntitle = \"El acuerdo\"\n";

fn site() -> Site {
    Site::small().book(BOOK)
}

#[test]
fn fields_may_be_maps_by_language() {
    let outcome = site()
        .file("content/events/more.yaml", "- {id: e, date: 2025, title: {en: The title, es: El título}, sources: [ap]}\n- {id: f, date: 2025, title: {es: Sólo esto}, sources: [ap]}\n")
        .build()
        .succeeds();
    let page = outcome.page("events/e/index.html");
    assert!(page.contains("<h1>The title</h1>") && !page.contains("El título"), "{page}");
    assert!(outcome.page("events/f/index.html").contains("Sólo esto"), "what there is");
}

#[test]
fn references_in_every_language_are_checked() {
    site()
        .file(
            "content/events/more.yaml",
            "- {id: e, date: 2025, title: {en: The title, es: \"Véase [[nadie]]\"}, sources: [ap]}\n",
        )
        .build()
        .fails_at("unknown-id", "content/events/more.yaml", 1, 57);
}

#[test]
fn a_mention_in_another_language_is_no_mention_on_the_page() {
    let outcome = site()
        .file(
            "content/events/more.yaml",
            "- {id: e, date: 2025, title: E, summary: {en: Nothing, es: \"Véase [[cecot]]\"}, sources: [ap]}\n",
        )
        .build()
        .succeeds();
    assert!(!outcome.page("entities/cecot/index.html").contains("events/e/"));
}

#[test]
fn variants_of_a_page_are_checked_and_kept() {
    let variant = |text: &str| site().page("alliance.es.md", text).build();
    let outcome = variant(
        "---\ntitle: La alianza\nsummary: Así empezó.\n---\nVéase [[flights]], [el caso](abrego.md) y [[alliance#where-they-were-held|allí]].[@ap]\n",
    );
    assert_eq!((outcome.code, outcome.findings().len()), (Some(0), 1), "{}", outcome.stderr);
    let outcome = outcome.finds("unread-file", "content/alliance.es.md", 1, 1).says("no page is made from it yet");
    assert!(outcome.page("alliance/index.html").contains("<h1>The alliance</h1>"));
    assert!(!outcome.has("alliance.es/index.html"));
    let only = |text: &str, code: &str, line: usize| {
        let outcome = variant(text).fails().finds(code, "content/alliance.es.md", line, 1);
        // The only other message is that no page is made yet.
        assert_eq!(outcome.findings().len(), 2, "{}", outcome.stderr);
        outcome.finds("unread-file", "content/alliance.es.md", 1, 1)
    };
    only("---\ntitle: La alianza\n---\n[[nadie]]\n", "unknown-id", 4);
    only("---\ntitle: La alianza\n---\n[x](nada.md)\n", "broken-link", 4);
    only("---\ntitle: La alianza\norder: 2\n---\n", "unknown-field", 1).says("`order`");
    site()
        .page("nobody.es.md", "---\ntitle: Nadie\n---\n")
        .build()
        .fails_at("unknown-id", "content/nobody.es.md", 1, 1)
        .says("no `nobody.md`");
    site().page("alliance.fr.md", "---\ntitle: X\n---\n").build().fails_at("bad-value", "content/alliance.fr.md", 1, 1);
}

#[test]
fn a_variant_of_a_draft_is_one() {
    let outcome = site()
        .page("secret.md", "---\ntitle: Secret\ndraft: true\n---\n")
        .page("secret.es.md", "---\ntitle: Secreto\n---\n")
        .build()
        .succeeds();
    assert!(!outcome.files().keys().any(|path| path.contains("secret")));
}

#[test]
fn a_site_of_another_language() {
    let book = "[book]\ntitle = \"خبر\"\nlanguage = \"ar\"\n";
    let page = Site::new().book(book).section("a", "x").build().succeeds().page("a/index.html");
    assert!(page.contains("<html lang=\"ar\" dir=\"rtl\">"), "{page}");
    Site::new().book("[book]\nlanguage = \"english language\"\n").build().fails_at("bad-value", "book.toml", 2, 12);
    Site::new().book("[book]\nlanguage = \"en\"\n[site.languages.en]\n").build().fails_at(
        "duplicate-id",
        "book.toml",
        3,
        17,
    );
}
