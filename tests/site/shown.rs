//! What is kept out of a build: drafts, embargoed records, and notes for the newsroom.

use crate::support::{Outcome, Site};

#[track_caller]
fn holds(outcome: &Outcome, words: &str) -> Vec<String> {
    let found = |bytes: &[u8]| bytes.windows(words.len()).any(|window| window == words.as_bytes());
    outcome.files().into_iter().filter(|(path, bytes)| path.contains(words) || found(bytes)).map(|(path, _)| path).collect()
}

const HIDDEN: &str = "\
- id: hidden-event
  date: 2025-03-01
  title: Hidden zebra
  summary: Zebra words.[@hidden-source]
  sections: [alliance]
  entities: [hidden-entity]
  sources: [hidden-source]
";

pub(super) fn with_hidden(how: &str) -> Site {
    Site::small()
        .file("content/events/hidden.yaml", format!("{HIDDEN}  {how}\n"))
        .file("content/entities/hidden.yaml", format!("- id: hidden-entity\n  kind: person\n  name: Zebra\n  {how}\n"))
        .file(
            "content/entities/hidden-author.yaml",
            format!("- id: hidden-author\n  kind: author\n  name: Zebra\n  bio: Zebra, of [[hidden-entity]].\n  {how}\n"),
        )
        .file("content/sources/hidden.yaml", format!("hidden-source:\n  title: Zebra\n  {how}\n"))
        .file(
            "content/claims/hidden.yaml",
            format!("- id: hidden-claim\n  text: Zebra\n  status: established\n  sources: [ap]\n  {how}\n"),
        )
        .page(
            "hidden-page.md",
            &format!(
                "---\ntitle: Zebra\nauthors: [hidden-author]\naliases: [/hidden-old/]\n{how}\n---\nZebra [[hidden-event]].\n"
            ),
        )
}

#[test]
fn drafts_leave_no_trace() {
    let outcome = with_hidden("draft: true").build().succeeds();
    assert_eq!(holds(&outcome, "ebra"), [""; 0]);
    assert_eq!(holds(&outcome, "hidden-"), [""; 0]);
    assert_eq!(outcome.files(), Site::small().build().files());
}

#[test]
fn drafts_are_shown_on_request() {
    let outcome = with_hidden("draft: true").arg("--drafts").build().succeeds();
    for path in [
        "events/hidden-event",
        "entities/hidden-entity",
        "sources/hidden-source",
        "claims/hidden-claim",
        "hidden-page",
        "authors/hidden-author",
    ] {
        assert!(outcome.has(&format!("{path}/index.html")), "{path}");
    }
    assert!(outcome.has("hidden-old/index.html"));
}

#[test]
fn an_embargo_ends_at_its_moment() {
    let site = with_hidden("embargo: 2025-12-22T09:00:00-05:00");
    let outcome = site.clone().now("2025-12-22T13:59:59Z").build().succeeds();
    assert_eq!(outcome.files(), Site::small().build().files());
    let outcome = site.clone().now("2025-12-22T14:00:00Z").build().succeeds();
    assert!(outcome.has("hidden-page/index.html"));
    let outcome = site.clone().now("2025-12-22T13:59:59Z").build().succeeds();
    assert_eq!(outcome.files(), Site::small().build().files(), "and what was published goes again");
    assert!(site.now("2025-12-22T13:59:59Z").arg("--drafts").build().succeeds().has("hidden-page/index.html"));
}

#[test]
fn an_embargo_needs_its_offset() {
    let site = Site::small().page("x.md", "---\ntitle: X\nembargo: 2025-04-14T09:00:00\n---\n");
    site.build().fails_at("bad-date", "content/x.md", 3, 10);
}

#[test]
fn a_draft_that_can_not_be_read_stays_one() {
    // A typo in the word must not publish the text.
    let site = Site::small().page("x.md", "---\ntitle: Zebra\ndraft: yes\n---\n");
    let outcome = site.build().fails_at("wrong-type", "content/x.md", 3, 8);
    assert!(!outcome.folder().exists());
}

#[test]
fn an_embargo_that_can_not_be_read_holds() {
    for (written, code) in [("2030-13-01T09:00:00Z", "bad-date"), ("tomorrow", "bad-date"), ("[2030]", "wrong-type")] {
        let site = Site::small().page("x.md", &format!("---\ntitle: Zebra\nkind: page\nembargo: {written}\n---\n"));
        let outcome = site.build().fails_at(code, "content/x.md", 4, 10);
        assert!(!outcome.folder().exists());
        // Everything that names it names something hidden.
        site.write("content/about.md", "---\ntitle: About\nkind: page\n---\n[[x]]\n");
        site.check().finds("points-at-hidden", "content/about.md", 5, 1);
    }
}

#[test]
fn remarks_for_the_desk_stand_in_no_output() {
    let outcome = Site::new()
        .page("a.md", "---\ntitle: A\ndesk-note: Zebra one\n---\n")
        .file("content/events/e.yaml", "- {id: e, date: 2025, title: E, sources: [s], desk-note: Zebra two}\n")
        .file("content/entities/e.yaml", "- {id: p, kind: person, name: P, desk-note: Zebra three}\n")
        .file("content/sources/s.yaml", "s:\n  title: S\n  desk-note: Zebra four\n  annote: Zebra five\n")
        .file("content/claims/c.yaml", "- {id: c, text: C, status: established, sources: [s], desk-note: Zebra six}\n")
        .file("content/glossary.yaml", "- {id: t, term: T, definition: D, desk-note: Zebra seven}\n")
        .arg("--drafts")
        .build()
        .succeeds();
    assert_eq!(holds(&outcome, "Zebra"), [""; 0]);
}

#[test]
fn notes_for_readers_are_shown() {
    let outcome = Site::small()
        .file("content/events/more.yaml", "- {id: e, date: 2025, title: E, sources: [ap], note: A remark for readers}\n")
        .build()
        .succeeds();
    assert!(outcome.page("events/e/index.html").contains("A remark for readers"));
}
