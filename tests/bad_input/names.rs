//! Ids, keys, anchors and addresses: those that nothing has, that two have, and that none may have.

use super::{ALL, body, events};
use crate::support::Site;

#[test]
fn an_id_that_leaves_its_folder() {
    events("- {id: ../../x, date: 2025, title: One, sources: [ap]}\n").build().fails_at("bad-value", ALL, 1, 8);
    events("- {id: a/b, date: 2025, title: One, sources: [ap]}\n").build().fails_at("bad-value", ALL, 1, 8);
    // A key's address is its slug, which has neither dots nor slashes.
    let source = "\"..%2f..\":\n  title: X\n";
    Site::new().file("content/sources/all.yaml", source).build().fails_at("bad-value", "content/sources/all.yaml", 1, 1);
    Site::new().section("Big Name", "").build().fails().finds("bad-value", "content/Big Name.md", 1, 1).says("`big-name`");
}

#[test]
fn unknown_ids() {
    body("One.\n\nTwo [[nobody]], three.").build().fails_at("unknown-id", "content/alliance.md", 6, 5);
    body("One.[@apx]").build().fails_at("unknown-id", "content/alliance.md", 4, 6).says("did you mean `ap`?");
    body("One.[see @ap, p. 1; @nosuchkey, p. 2]").build().fails_at("unknown-id", "content/alliance.md", 4, 21);
    events("- id: one\n  date: 2025\n  title: One\n  entities: [a, b-c]\n  sources: [ap, \"nosuch, p. 2\"]\n")
        .build()
        .finds("unknown-id", ALL, 4, 14)
        .finds("unknown-id", ALL, 4, 17)
        .finds("unknown-id", ALL, 5, 18)
        .fails();
    events("- id: one\n  date: 2025\n  title: Words and [[nobody]]\n  sources: [ap]\n").build().fails_at(
        "unknown-id",
        ALL,
        3,
        20,
    );
    events("- id: one\n  date: 2025\n  title: One\n  summary: >-\n    It goes\n    on to [[nobody]].\n  sources: [ap]\n")
        .build()
        .fails_at("unknown-id", ALL, 6, 11);
}

#[test]
fn an_id_of_the_wrong_kind() {
    events("- {id: one, date: 2025, title: One, sources: [ap], sections: [one]}\n")
        .build()
        .fails_at("unknown-id", ALL, 1, 63)
        .says("`one` is an event, but this must be a section");
    body("See [[ap]].").build().fails_at("unknown-id", "content/alliance.md", 4, 5).says("cite it with [@ap]");
}

#[test]
fn an_anchor_that_is_not_there() {
    body("## Here\n\nSee [[alliance#there]] and [this](#thare).")
        .build()
        .fails()
        .finds("broken-link", "content/alliance.md", 6, 5)
        .says("#here");
}

#[test]
fn two_records_of_one_id() {
    let two = "- {id: one, date: 2025, title: One, sources: [ap]}\n- {id: one, date: 2025, title: Other, sources: [ap]}\n";
    events(two).build().fails_at("duplicate-id", ALL, 2, 8).shows(ALL, 1, 8);
    let site = events("- {id: one, date: 2025, title: One, sources: [ap]}\n");
    site.file("content/entities/e.yaml", "\n- {id: one, kind: person, name: One}\n")
        .build()
        .fails_at("duplicate-id", ALL, 1, 8)
        .shows("content/entities/e.yaml", 2, 8);
    Site::new()
        .section("alliance", "")
        .section("deep/alliance", "")
        .build()
        .fails_at("duplicate-id", "content/deep/alliance.md", 1, 1)
        .shows("content/alliance.md", 1, 1);
}

#[test]
fn two_sources_of_one_key_or_address() {
    Site::new()
        .file("content/sources/a.yaml", "ap_1:\n  title: A\n")
        .file("content/sources/b.yaml", "ap.1:\n  title: B\n")
        .build()
        .fails_at("duplicate-id", "content/sources/b.yaml", 1, 1)
        .shows("content/sources/a.yaml", 1, 1);
}

#[test]
fn reserved_ids() {
    for id in ["timeline", "events", "search", "con", "es", "theme"] {
        Site::new().section(id, "").build().fails_at("reserved-id", &format!("content/{id}.md"), 1, 1);
    }
    events("- {id: sources, date: 2025, title: One, sources: [ap]}\n").build().fails_at("reserved-id", ALL, 1, 8);
}

#[test]
fn a_draft_takes_no_id_of_another_record() {
    events("- {id: one, date: 2025, title: One, sources: [ap]}\n- {id: one, date: 2025, title: Two, sources: [ap], draft: true}\n")
        .build()
        .fails_at("duplicate-id", ALL, 2, 8)
        .shows(ALL, 1, 8);
}

#[test]
fn headings_with_one_anchor() {
    body("## A {#x}\n\n## B {#x}").build().fails_at("duplicate-id", "content/alliance.md", 6, 1);
    body("## A {#Big}").build().fails_at("bad-value", "content/alliance.md", 4, 1);
}

#[test]
fn an_alias_at_the_address_of_a_page() {
    Site::new()
        .section("alliance", "")
        .page("b.md", "---\ntitle: B\naliases: [/alliance/]\n---\n")
        .build()
        .fails_at("duplicate-id", "content/b.md", 3, 11)
        .shows("content/alliance.md", 1, 1);
    Site::new().page("b.md", "---\ntitle: B\naliases: [/changes]\n---\n").build().fails_at(
        "duplicate-id",
        "content/b.md",
        3,
        11,
    );
    Site::new()
        .page("b.md", "---\ntitle: B\naliases: [/Theme/Terms.html]\n---\n")
        .file("static/theme/terms.html", "")
        .build()
        .fails_at("duplicate-id", "content/b.md", 3, 11);
}

#[test]
fn two_aliases_of_one_address() {
    Site::new()
        .page("a.md", "---\ntitle: A\naliases: [/old/]\n---\n")
        .page("b.md", "---\ntitle: B\naliases:\n  - old\n---\n")
        .build()
        .fails_at("duplicate-id", "content/b.md", 4, 5)
        .shows("content/a.md", 3, 11);
}

#[test]
fn an_alias_that_leaves_the_site() {
    for alias in ["/../x/", "/a/../../x", "/.hidden/", "/./x", "//host/x", "/a\\b", "https://a.example/", "/", "/%2e%2e/x"] {
        let page = format!("---\ntitle: A\naliases: ['{alias}']\n---\n");
        Site::new().page("a.md", &page).build().fails_at("outside-site", "content/a.md", 3, 11);
    }
}

#[test]
fn something_public_that_points_at_a_draft() {
    let draft = "- {id: one, date: 2025, title: Secret, sources: [ap], draft: true}\n";
    events(draft)
        .section("alliance", "See [[one]].")
        .build()
        .fails_at("points-at-hidden", "content/alliance.md", 4, 5)
        .shows(ALL, 1, 8);
    Site::new()
        .file("content/sources/all.yaml", "ap:\n  title: A\n  draft: true\n")
        .section("alliance", "So.[@ap]")
        .build()
        .fails_at("points-at-hidden", "content/alliance.md", 4, 5)
        .shows("content/sources/all.yaml", 1, 1);
    events(draft).section("alliance", "See [[one]].").arg("--drafts").build().succeeds();
}

#[test]
fn a_link_by_path_to_a_draft() {
    Site::new()
        .page("secret.md", "---\ntitle: Secret\ndraft: true\n---\n")
        .section("alliance", "See [it](secret.md).")
        .build()
        .fails_at("points-at-hidden", "content/alliance.md", 4, 5)
        .shows("content/secret.md", 1, 1);
}

#[test]
fn events_that_must_follow_each_other() {
    events(
        "- {id: one, date: 2025, title: One, sources: [ap], after: [two]}\n- {id: two, date: 2025, title: Two, sources: [ap], after: [one]}\n",
    )
    .build()
    .fails_at("order-violated", ALL, 1, 60)
    .shows(ALL, 2, 60);
}
