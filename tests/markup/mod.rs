//! Markup that fails, and markup that we read although CommonMark doesn't know it.

mod commonmark;
mod cut;
mod read;
mod stray;

use crate::support::{Outcome, Site};

/// A site with the sources `herald` and `other`, the entity `wendle`, and a section whose body begins on line 4.
fn site(body: &str) -> Site {
    Site::new()
        .file("content/sources/all.yaml", "herald: {title: A report}\nother: {title: Another}\n")
        .file("content/entities/all.yaml", "- {id: wendle, kind: place, name: Wendle}\n")
        .section("bridge", body)
}

/// The HTML of a body without a fault.
#[track_caller]
fn page(body: &str) -> String {
    site(body).build().succeeds().page("bridge/index.html")
}

/// Asserts that a body has one finding with `code` on its first line, in this column, that contains `words`.
#[track_caller]
fn one(code: &str, body: &str, column: usize, words: &str) -> Outcome {
    let outcome = site(body).check();
    let findings = outcome.findings();
    assert_eq!(findings.len(), 1, "{body:?}:\n{}", outcome.stderr);
    outcome.finds(code, "content/bridge.md", 4, column).says(words)
}
