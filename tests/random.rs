//! Whatever a file contains, parsing it ends, and every finding has a place in the file.

use std::sync::Arc;

use backgrounder::base::FileId;
use backgrounder::config;
use backgrounder::diagnostics::Diagnostic;
use backgrounder::source::ContentKind;
use backgrounder::syntax::{Options, parse_file};
use proptest::prelude::*;

use crate::trials::trials;

const PAGE: &str = "\u{feff}---\r\ntitle: {en: \"A *title*\", es: 'Un título'}\nsummary: >-\n  One [[two]]\n  three.[@ap, p. 2]\nkey-points: [\"K.[@ap]\", x]\nauthors: [j, Ann Poe, \"Roe, J.\"]\norder: 3\nembargo: 2025-04-14T09:00:00-04:00\nupdates:\n  - {date: 2025-04-14, kind: correction, text: \"Wrong.\"}\ntimeline: {entities: [a], from: 2025-03~}\n---\n\
                    # One {#one}\r\n\nÁ [[two|Zwei]] [[a\\|b]] and [@a][@b; see @c, p. 1] [-@d].[^1] ![x](media/x.jpg 'y') <https://a.example>\n\n\
                    > [!NOTE]\n> - [x] *deep **er***\n>\n> ```known\n> known: [\"x [[y]]\"]\n> ```\n\n| a | b |\n|:-:|---|\n| [[x\\|Y]] | `c` |\n\n\
                    ```claim\nid: claim-x\n```\n\n```quote\ntext: 漢字 \"quoted\"\nby: A clerk\non: 202X\nsources: [\"s, p. 2\"]\n```\n\nTerm\n: Definition &#1; &amp; [l](java&#x0A;script:x)\n\n[^1]: Note.\n\n[@x]: y\n";

const EVENTS: &str = "# head\n- id: one\n  date: 2025-04-10/..\n  title: \"A \\\"title\\\" with [[x]] and \\u0001\"\n  summary: |\n    Two lines\n    and [[y]].[@z]\n  sources: [\"ap, p. 2\", b]\n  accounts:\n    - {by: us-government, says: 'it''s [[so]]', date: \"[2025-04-04,2025-04-07]\", sources: [c]}\n  later:\n    - date: 2025-XX\n      text: &a Anchored\n    - {date: 2022-03-27/, text: *a}\n  media: {src: media/x.jpg, alt: {en: x, es: y}}\n\n- {id: two, date: 199u, title: Zwei, order: -1, draft: true}\r\n";

const ENTITIES: &str = "- id: p\n  kind: person\n  name: Ñandú\n  aliases: [A, /b/]\n  roles:\n    - {title: President, from: 2019-06-01, to: .., sources: [s]}\n  same-as: [https://a.example/]\n  accused: true\n  status:\n    - {date: 2025, is: charged, sources: [s]}\n- {id: j, kind: author, name: Jané, contact: j@a.example, expertise: [a, b], bio: \"x [[p]]\"}\n";

const SOURCES: &str = "ap:\n  title: {value: A, short: B}\n  author: [\"Doe, Jane\", {name: X, given-name: Y}]\n  url: {value: https://a.example/, date: 2025-01-01}\n  parent:\n    - type: newspaper\n      title: X\n\"odd.key\":\n  title: 'x'\n  kind: wire\n";

const CLAIMS: &str = "- id: c\n  text: It was *so*.[@ap]\n  asserted-by: [us-government, {by: \"Some officials\", says: x}]\n  history:\n    - {date: 2025-03-31, status: alleged, note: x}\n";

const TERMS: &str = "- {id: habeas-corpus, term: Habeas corpus, definition: \"A *writ*\", sources: [ap]}\n";

const BOOK: &str = "\u{feff}[book]\ntitle = \"T\\u00e9\"\nlanguage = \"en\"\n[build]\nbuild-dir = 'site'\n[output.html]\nsite-url = \"/x/\"\nadditional-css = [\"a.css\"]\n[output.html.redirect]\n\"/old/\" = \"/new/\"\n[site]\nbase-url = \"https://a.example/x\"\nas-of = 2025-12-22\ntime-zone = \"America/New_York\"\n[site.languages.es]\ntitle = \"\"\"T\n\"\"\"\n[checks]\norphan = \"off\"\nunsourced-event = \"warn\"\n[[checks.allow]]\ncode = \"placeholder\"\nat = \"x\"\nreason = \"é\"\n";

const KINDS: [(ContentKind, &str); 6] = [
    (ContentKind::Page, PAGE),
    (ContentKind::Events, EVENTS),
    (ContentKind::Entities, ENTITIES),
    (ContentKind::Sources, SOURCES),
    (ContentKind::Claims, CLAIMS),
    (ContentKind::Terms, TERMS),
];

/// References that mean something to one of the parsers.
const PIECES: &[&str] = &[
    "[",
    "]",
    "[[",
    "]]",
    "|",
    "\\",
    "[@",
    "@",
    ";",
    "[^",
    "]:",
    "(",
    ")",
    "{",
    "}",
    "\"",
    "'",
    ":",
    ": ",
    "- ",
    "\n",
    "\r\n",
    "\r",
    "\t",
    "  ",
    "#",
    "# ",
    ">",
    "> ",
    "```",
    "```known\n",
    "```\n",
    "---\n",
    "...\n",
    "&a ",
    "*a",
    "*",
    "**",
    "_",
    "~~",
    "<",
    "<!--",
    "&#0;",
    "&#1;",
    "\u{feff}",
    "\u{1}",
    "\0",
    "é",
    "漢",
    "🗳",
    "\u{2028}",
    "null",
    "~",
    "|\n",
    ">-\n",
    "!",
    "![",
    "%",
    "`",
    "=",
    "[[a]]\n",
    "2025",
    "2025-02-30",
    "..",
    "/..",
    "= ",
    "'''",
    "\"\"\"",
    "!!str ",
    "? ",
    "<<: ",
    "\u{85}",
];

/// One change to a text: where, how many characters to remove, and what to insert.
pub type Change = (prop::sample::Index, usize, String);

/// A [`Change`] that often inserts one of these pieces.
pub fn change_of(pieces: &'static [&'static str]) -> impl Strategy<Value = Change> {
    let piece = prop::sample::select(pieces).prop_map(str::to_owned);
    let text = prop_oneof![6 => piece, 1 => "\\PC{0,6}", 1 => any::<String>(), 1 => Just(String::new())];
    (any::<prop::sample::Index>(), prop_oneof![4 => 0..3_usize, 1 => 0..40_usize], text)
}

fn change() -> impl Strategy<Value = Change> {
    change_of(PIECES)
}

/// `text` with some changes.
pub fn changed(text: &str, changes: &[Change]) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    for (at, gone, come) in changes {
        let from = at.index(chars.len() + 1);
        let to = (from + gone).min(chars.len());
        chars.splice(from..to, come.chars());
    }
    chars.into_iter().collect()
}

/// The lines of a text in another order.
fn shuffled(text: &'static str) -> impl Strategy<Value = String> {
    Just(text.split_inclusive('\n').collect::<Vec<_>>()).prop_shuffle().prop_map(|lines| lines.concat())
}

fn assert_placed(diagnostics: &[Diagnostic], text: &str) {
    for diagnostic in diagnostics {
        let spans = diagnostic.span.into_iter().chain(diagnostic.labels.iter().map(|label| label.span));
        for span in spans {
            let range = span.range.bytes();
            assert!(text.get(range.clone()).is_some(), "{range:?} of {} in {diagnostic:?}\n{text:?}", text.len());
        }
        assert!(!diagnostic.message.is_empty());
    }
}

fn read(kind: ContentKind, text: &str) {
    for path in ["content/some-page.md", "content/some-page.yaml"] {
        read_at(path, kind, text);
    }
}

fn read_at(path: &str, kind: ContentKind, text: &str) {
    let parsed = parse_file(path, kind, &Arc::new(text.to_owned()), Options::default(), None);
    assert_placed(&parsed.diagnostics(FileId(0)), text);
    let pieces = parsed.page.iter().map(|(record, _)| (&record.pieces, record.origin.base));
    let pieces = pieces.chain(parsed.events.iter().map(|record| (&record.pieces, record.origin.base)));
    let pieces = pieces.chain(parsed.entities.iter().map(|record| (&record.pieces, record.origin.base)));
    let pieces = pieces.chain(parsed.claims.iter().map(|record| (&record.pieces, record.origin.base)));
    for (pieces, base) in pieces {
        let ranges = pieces.pointers.iter().map(|pointer| pointer.range);
        let ranges = ranges.chain(pieces.citations.iter().map(|citation| citation.range));
        let ranges = ranges.chain(pieces.addresses.iter().map(|address| address.range));
        let ranges = ranges.chain(pieces.proses.iter().map(|prose| prose.range));
        for range in ranges {
            let range = range.shifted(base);
            assert!(text.get(range.bytes()).is_some(), "{range:?} of {} in {text:?}", text.len());
        }
    }
}

#[test]
fn what_is_valid_is_read() {
    for (kind, text) in KINDS {
        read(kind, text);
    }
    let text = Arc::new(ENTITIES.to_owned());
    let parsed = parse_file("content/x.yaml", ContentKind::Entities, &text, Options::default(), None);
    let found = parsed.diagnostics(FileId(0));
    assert!(found.is_empty() && parsed.entities.len() == 1, "{found:?}");
    let (config, found) = config::read(BOOK, None);
    // The rule `orphan` is to come.
    assert!(found.len() <= 1, "{found:?}");
    let _ = config;
}

/// A footnote's label as written may differ: runs of blanks in it count as one.
#[test]
fn a_label_may_be_written_with_blanks() {
    for text in
        ["[|\n[^  𐢧]:", "[^  𐢧]: a\n\n[^ 𐢧]: b\n", "[^a\tö  ü]:\n\n[^ö] [^a\tö  ü]\n", "[^\\]:ö]: a\n\n[^\\]:ö]: b\n"]
    {
        read(ContentKind::Page, text);
    }
}

/// Every text, cut off at every character, as happens while a file is being saved.
#[test]
fn a_file_may_end_anywhere() {
    for (kind, text) in KINDS {
        for (at, _) in text.char_indices() {
            read(kind, &text[..at]);
        }
    }
    for (at, _) in BOOK.char_indices() {
        assert_placed(&config::read(&BOOK[..at], None).1, &BOOK[..at]);
    }
}

/// A letter of several bytes, at every position in every text.
#[test]
fn a_letter_may_stand_anywhere() {
    for (kind, text) in KINDS {
        for (at, _) in text.char_indices() {
            read(kind, &format!("{}漢{}", &text[..at], &text[at..]));
        }
    }
    for letter in ["é", "漢", "🗳", "\u{7f}", "\u{85}", "\u{a0}", "\u{301}", "\u{2028}", "\u{feff}", "\u{10ffff}"] {
        for (at, _) in BOOK.char_indices() {
            for rest in [&BOOK[at..], BOOK[at..].trim_start_matches(|c: char| !c.is_whitespace()), ""] {
                let text = format!("{}{letter}{rest}", &BOOK[..at]);
                assert_placed(&config::read(&text, None).1, &text);
            }
        }
    }
}

proptest! {
    #![proptest_config(trials(300))]

    #[test]
    fn changed_files_are_read(which in 0..KINDS.len(), changes in prop::collection::vec(change(), 1..8)) {
        let (kind, text) = KINDS[which];
        read(kind, &changed(text, &changes));
    }

    #[test]
    fn arbitrary_files_are_read(which in 0..KINDS.len(), pieces in prop::collection::vec(change(), 0..40)) {
        let text: String = pieces.iter().map(|(_, _, text)| text.as_str()).collect();
        read(KINDS[which].0, &text);
        read(ContentKind::Page, &format!("---\ntitle: x\n---\n{text}"));
        read(ContentKind::Events, &format!("- id: x\n  title: {text}"));
        assert_placed(&config::read(&text, None).1, &text);
    }

    #[test]
    fn shuffled_files_are_read(page in shuffled(PAGE), events in shuffled(EVENTS), sources in shuffled(SOURCES), book in shuffled(BOOK)) {
        read(ContentKind::Page, &page);
        read(ContentKind::Events, &events);
        read(ContentKind::Sources, &sources);
        assert_placed(&config::read(&book, None).1, &book);
    }

    #[test]
    fn changed_settings_are_read(changes in prop::collection::vec(change(), 1..8), base in proptest::option::of(any::<String>())) {
        let text = changed(BOOK, &changes);
        assert_placed(&config::read(&text, base.as_deref()).1, &text);
    }

    /// Values that are split into parts: what is wrong with a part is reported at that part.
    #[test]
    fn odd_values_are_read(pieces in prop::collection::vec(prop::sample::select(vec![
        "2025", "-", "03", "1", "X", "~", "?", "/", "..", "[", "]", ",", "T", ":", "Z", "+", " ", "March", "spring", "é", "漢", "🗳", "–", "\u{2011}", "\u{a0}",
        "p. ", "herald", "@", "#", "https://", "ü.example", "%", "\\", "''", "\\u00e9", "\u{85}", "\u{feff}", "a.m.", "44 BC", "“", "”",
    ]), 0..10)) {
        let value = pieces.concat();
        for quote in ["", "\"", "'"] {
            let value = format!("{quote}{value}{quote}");
            let event = format!("- id: x\n  date: {value}\n  embargo: {value}\n  sources: [{value}]\n  later: [{{date: {value}, text: {value}}}]\n  title: {value}\n");
            read(ContentKind::Events, &event);
            read(ContentKind::Sources, &format!("{value}:\n  title: {value}\n  date: {value}\n  url: {value}\n  author: {value}\n"));
            read(ContentKind::Entities, &format!("- id: {value}\n  kind: {value}\n  status: [{{date: {value}, is: {value}}}]\n  same-as: [{value}]\n- {{id: j, kind: author, name: {value}, contact: {value}}}\n"));
            read(ContentKind::Page, &format!("---\ntitle: {value}\npublished: {value}\naliases: [{value}]\n---\n```timeline\nfrom: {value}\n```\n"));
            let book = format!("[book]\nlanguage = {value}\n[site]\nas-of = {value}\nbase-url = {value}\ntime-zone = {value}\n[site.languages.{value}]\n[output.html.redirect]\n{value} = {value}\n");
            assert_placed(&config::read(&book, None).1, &book);
            let book = format!("[site]\nas-of = {value}\n");
            assert_placed(&config::read(&book, None).1, &book);
        }
    }
}
