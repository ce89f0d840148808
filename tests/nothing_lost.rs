//! Nothing that a file says is lost: its words are in what was parsed from it, or there is an error.

use std::fmt::Write as _;
use std::sync::Arc;

use backgrounder::base::FileId;
use backgrounder::diagnostics::{Diagnostic, Severity};
use backgrounder::source::ContentKind;
use backgrounder::syntax::{Options, parse_file};
use proptest::prelude::*;

use crate::support::Site;
use crate::trials::trials;

/// Files without errors. Each `@` stands for a word that occurs nowhere else.
const SOUND: [(ContentKind, &str); 11] = [
    (
        ContentKind::Events,
        "# remark\n\n- id: @\n  date: 2025-04-10\n  title: A @\n  summary: |\n    Two @\n\n    lines @\n  sources: [@]\n\n# remark\n- {id: @, date: 2025, title: @}\n- id: @\n  date: 2025\n  title: \"A @\n    and @\"\n  later:\n    - date: 2025-05\n      text: @\n",
    ),
    (
        ContentKind::Entities,
        "- id: @\n  kind: person\n  name: @\n  aliases:\n  - @\n  - @\n- id: @\n  kind: place\n  name: @\n- id: @\n  kind: author\n  name: @\n  bio: >-\n    @\n  expertise:\n  - @\n",
    ),
    (ContentKind::Claims, "- id: @\n  text: @\n- id: @\n  text: >-\n    @\n    @\n  sources: [@]\n"),
    (ContentKind::Terms, "- {id: @, term: @, definition: @}\n- id: @\n  term: @\n  definition: @\n"),
    (ContentKind::Sources, "# remark\n@:\n  title: A @\n  type: web\n  author: @\n\n@:\n  title: @\n"),
    (
        ContentKind::Page,
        "---\ntitle: @\n# remark\nsummary: >-\n  @\n  @\nkey-points:\n  - @\n---\n# @\n\nA @.[^@]\n\n```claim\nid: @\n```\n\n> ```known\n> known: [@]\n> ```\n\n```rust\n@\n```\n\n- @\n\n  ```quote\n  text: @\n  by: @\n  ```\n\n[^@]: @\n",
    ),
    (
        ContentKind::Events,
        "---\ndate: 2025-04-10\ntitle: \"A @\"\nsummary: |\n  Two @\n\n  lines @\nsources: [@]\n---\n## @\n\nA @.[^@]\n\n```claim\nid: @\n```\n\n[^@]: @\n",
    ),
    (ContentKind::Claims, "---\ntext: @\nasserted-by: [@]\n---\n\nIt is @.\n"),
    (ContentKind::Terms, "---\nterm: @\ndefinition: @\n---\n\nMore @.\n"),
    (ContentKind::Entities, "# remark\nkind: person\nname: @\naliases:\n- @\ndescription: >-\n  @\n  @\n"),
    (ContentKind::Sources, "title: @\ntype: web\nauthor: @\nurl: https://a.example/@\n"),
];

/// Whether a text is that of a Markdown file.
fn is_markdown(kind: ContentKind, text: &str) -> bool {
    kind == ContentKind::Page || text.starts_with("---\n")
}

/// Lines that may be inserted anywhere.
const LINES: &[&str] = &[
    "- id: @\n",
    "  id: @\n",
    "id: @\n",
    "id: @\n  title: @\n",
    "- {id: @}\n",
    "  title: @\n",
    "title: @\n",
    "@: @\n",
    "@:\n",
    "@:\n  title: @\n",
    "  @:\n    title: @\n",
    "  summary: |\n    @\n",
    "  summary: |\n",
    "  date: 2025\n",
    "  date: 2025\n  title: @\n",
    "@\n",
    " @\n",
    "  @\n",
    "    @\n",
    "\t@\n",
    "- @\n",
    "  - @\n",
    "  sources: [@]\n",
    "# remark\n",
    "# remark\r",
    "  # remark\n",
    "\n",
    "  \n",
    "\r",
    "\r\n",
    "---\n",
    "--- @\n",
    "...\n",
    "... @\n",
    "%@\n",
    "\u{feff}",
    "\u{feff}@\n",
    "- id: @\r",
    "\u{85}",
    "\u{2028}",
    "\0",
    "\0\n",
    "\u{a0} @\n",
    "```\n",
    "```claim\n",
    "```claim @\n",
    "~~~known\n",
    "```@\n",
    "> @\n",
    "    ```claim\n",
    "? @\n",
    ": @\n",
    "\"@\"\n",
    "'@\n",
    "[@]\n",
    "{@: @}\n",
    ">-\n",
    "draft: false\n",
    "|\n",
];

/// A change to a file: inserted lines, or one that moves left or right.
#[derive(Clone, Debug)]
enum Change {
    /// At the top if there is no place.
    Insert(Option<prop::sample::Index>, &'static str),
    Indent(prop::sample::Index, usize),
    Outdent(prop::sample::Index),
}

fn change() -> impl Strategy<Value = Change> {
    let at = any::<prop::sample::Index>;
    // Most of what goes wrong goes wrong at the top.
    let place = prop_oneof![1 => Just(None), 2 => at().prop_map(Some)];
    prop_oneof![
        4 => (place, prop::sample::select(LINES)).prop_map(|(at, line)| Change::Insert(at, line)),
        1 => (at(), 1..4_usize).prop_map(|(at, by)| Change::Indent(at, by)),
        1 => at().prop_map(Change::Outdent),
    ]
}

fn changed(text: &str, changes: &[Change]) -> String {
    let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
    for change in changes {
        match change {
            Change::Insert(at, line) => lines.insert(at.map_or(0, |at| at.index(lines.len() + 1)), (*line).to_owned()),
            Change::Indent(at, by) => {
                let at = at.index(lines.len());
                lines[at].insert_str(0, &" ".repeat(*by));
            }
            Change::Outdent(at) => {
                let at = at.index(lines.len());
                lines[at] = lines[at].trim_start_matches(' ').into();
            }
        }
    }
    lines.concat()
}

/// A text with its words, and how many there are.
fn with_words(text: &str) -> (String, usize) {
    let mut out = String::new();
    let mut words = 0;
    for (index, part) in text.split('@').enumerate() {
        if index > 0 {
            // A footnote's mark and text have one label.
            let word = if out.ends_with("[^") { "note".to_owned() } else { format!("w{index}q") };
            let _ = write!(out, "{word}");
            words = index;
        }
        out.push_str(part);
    }
    (out, words)
}

/// What was parsed from a file, as a text that contains its words, and what is wrong with it.
fn read(kind: ContentKind, text: &str) -> (String, Vec<Diagnostic>) {
    let path = if is_markdown(kind, text) { "content/some-page.md" } else { "content/some-page.yaml" };
    let parsed = parse_file(path, kind, &Arc::new(text.to_owned()), Options::default(), None);
    let page = parsed.page.as_ref().map(|(page, _)| page);
    let said = format!(
        "{page:?}{:?}{:?}{:?}{:?}{:?}{:?}",
        parsed.events, parsed.entities, parsed.authors, parsed.sources, parsed.claims, parsed.terms
    );
    (said, parsed.diagnostics(FileId(0)))
}

/// A word of a file without errors that is missing from what was parsed.
fn lost(kind: ContentKind, text: &str, words: usize) -> Option<String> {
    let (said, found) = read(kind, text);
    if found.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
        return None;
    }
    (1..=words).map(|index| format!("w{index}q")).find(|word| text.contains(word) && !said.contains(word))
}

#[test]
fn the_words_of_sound_files_are_read() {
    for (kind, text) in SOUND {
        let (text, words) = with_words(text);
        let (_, found) = read(kind, &text);
        assert!(found.is_empty(), "{text}{found:#?}");
        assert_eq!(lost(kind, &text, words), None, "{text}");
    }
}

proptest! {
    #![proptest_config(trials(1_500))]

    #[test]
    fn words_are_read_or_there_is_an_error(which in 0..SOUND.len(), changes in prop::collection::vec(change(), 1..4)) {
        let (kind, text) = SOUND[which];
        let (text, words) = with_words(&changed(text, &changes));
        prop_assert_eq!(lost(kind, &text, words), None, "{:?}", text);
    }

    #[test]
    fn files_of_odd_lines_are_read_or_there_is_an_error(which in 0..SOUND.len(), lines in prop::collection::vec(prop::sample::select(LINES), 1..6)) {
        let (text, words) = with_words(&lines.concat());
        prop_assert_eq!(lost(SOUND[which].0, &text, words), None, "{:?}", text);
    }
}

/// What a build reports about the events that are written as `text`.
fn said_of_events(text: &str) -> (Option<i32>, String) {
    let site = Site::new().file("content/x/index.md", "---\ntitle: X\n---\nText.\n").file("content/events/e.yaml", text);
    let site = site.file("content/sources/s.yaml", "herald:\n  title: Herald\n");
    let outcome = site.build();
    (outcome.code, outcome.stderr)
}

#[test]
fn a_record_without_its_hyphen_is_an_error_that_says_what_to_do() {
    let second = "- id: second\n  date: 2025-01-02\n  title: Second\n  sources: [herald]\n";
    let record = |indent: &str| format!("{indent}id: first\n  date: 2025-01-01\n  title: First\n  sources: [herald]\n");
    for text in [
        format!("{}{second}", record("  ")),
        format!("\n# remark\n{}{second}", record("  ")),
        record("").replace("\n  ", "\n") + second,
    ] {
        let (code, said) = said_of_events(&text);
        assert_eq!(code, Some(1), "{text}{said}");
        assert!(said.contains("this record doesn't begin with a hyphen"), "{text}{said}");
        assert!(said.contains("begin a new record with `- `: `- id: first`"), "{text}{said}");
        assert!(said.contains("id: first\n"), "{text}{said}");
    }
    let (code, said) = said_of_events(&format!("{second}{}", record("")));
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("begin a new record with `- `: `- id: first`"), "{said}");
}

#[test]
fn words_in_a_headings_braces_or_after_a_blocks_name_are_reported() {
    for (body, said) in [
        ("## The bridge {closed}\n", "the braces after a heading may contain only its anchor"),
        ("## The bridge {#bridge closed}\n", "the braces after a heading may contain only its anchor"),
        ("```known as of today\nknown: [It shut.]\n```\n", "`known` takes no other text on this line"),
    ] {
        let (_, found) = read(ContentKind::Page, &format!("---\ntitle: X\n---\n{body}"));
        assert!(found.len() == 1 && found[0].message == said && found[0].help.is_some(), "{body}{found:#?}");
    }
    let (_, found) =
        read(ContentKind::Page, "---\ntitle: X\n---\n## The bridge {#bridge}\n\n## The bridge (closed)\n\n## A {b} c\n");
    assert!(found.is_empty(), "{found:#?}");
}

/// The Markdown library loses text between two line breaks of different kinds.
#[test]
fn a_carriage_return_alone_is_no_end_of_a_line() {
    let (_, found) = read(ContentKind::Page, "---\ntitle: X\n---\n    code\n\r- item\n");
    assert!(found.len() == 1 && found[0].message.contains("a bare carriage return"), "{found:#?}");
    let (_, found) = read(ContentKind::Page, "---\r\ntitle: X\r\n---\r\nText\r\n");
    assert!(found.is_empty(), "{found:#?}");
}
