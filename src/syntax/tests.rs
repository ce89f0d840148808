//! Where the characters of texts are in their files, tested with whatever Markdown and YAML can do to them.

use std::cell::Cell;
use std::sync::Arc;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use super::markdown::{Markdown, Op};
use super::pieces::Prose;
use super::{Options, Parsed, parse_file};
use crate::source::ContentKind;

fn page(text: &str) -> Parsed {
    parse_file("content/a.md", ContentKind::Page, &Arc::new(text.to_owned()), Options::default(), None)
}

/// Pieces of a line; `§` stands for a word that occurs once in the whole file.
const INLINE: &[&str] = &[
    "§",
    "§ §",
    "§'s",
    "\"§\"",
    "'§'",
    "§ -- §",
    "§---§",
    "§...",
    "&amp;§&lt;",
    "§&nGt;§",
    "\\*§\\*",
    "\\§",
    "\\\\",
    "`§`",
    "`` § ` § ``",
    "` § `",
    "`§\n§`",
    "**§**",
    "*§ §*",
    "**§ *§***",
    "~~§~~",
    "H~§~",
    "x^§^",
    "[[x|§]]",
    "[[x#y]]",
    "[§](https://a.example/§ \"§\")",
    "[*§* §][@k]",
    "[@k; see @l, p. 2]",
    "[@k][@l]",
    "[§][@l]",
    "<https://e.example/§>",
    "<b>§</b>",
    "<!-- § -->",
    "§\\\n§",
    "§  \n§",
    "§\n§",
    "é§😀§",
    "![§ §](https://p.example/§.png)",
    "[^n]",
    "$§$",
    "§\u{7}",
    "[§]",
    "* §",
    "5*§",
    "https://§.example",
];

fn inline() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(INLINE), 1..7)
        .prop_flat_map(|parts| prop::sample::select(vec![" ", " ", "\n", ""]).prop_map(move |between| parts.join(between)))
}

fn one_line() -> impl Strategy<Value = String> {
    inline().prop_map(|text| text.replace('\n', " "))
}

fn prefixed(text: &str, first: &str, rest: &str) -> String {
    let lines = text.lines().enumerate().map(|(at, line)| format!("{}{line}\n", if at == 0 { first } else { rest }));
    lines.collect()
}

fn block() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        5 => inline().prop_map(|text| format!("{text}\n")),
        1 => one_line().prop_map(|text| format!("## {text}\n")),
        1 => one_line().prop_map(|text| format!("{text} {{#h}}\n===\n")),
        1 => inline().prop_map(|text| format!("```rust\n{text}\n\n\t§\n```\n")),
        1 => one_line().prop_map(|text| format!("    {text}\n\n      §\n")),
        1 => one_line().prop_map(|text| {
            let cell = text.replace('|', "\\|");
            format!("| § | § |\n|---|:-:|\n| {cell} | `§\\|§` |\n")
        }),
        1 => inline().prop_map(|text| format!("[^n]: {text}\n")),
        1 => one_line().prop_map(|text| format!("§\n: {text}\n")),
        1 => inline().prop_map(|text| format!("<div>\n{text}\n</div>\n")),
        1 => one_line().prop_map(|text| {
            let quoted = text.replace('\'', "''");
            format!("```known\nknown:\n  - '{quoted}'\n  - >-\n    {text}\n    § §\n```\n")
        }),
        1 => Just("```quote\ntext: § [[x|§\n  §]] §\nby: §\n```\n".to_owned()),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        let blocks = prop::collection::vec(inner, 1..3).prop_map(|blocks| blocks.join("\n"));
        (blocks, 0..5).prop_map(|(text, kind)| match kind {
            0 => prefixed(&text, "> ", "> "),
            1 => prefixed(&text, ">", ">"),
            2 => prefixed(&text, "- ", "  "),
            3 => prefixed(&text, "1. [ ] ", "   "),
            _ => format!("> [!NOTE]\n{}", prefixed(&text, "> ", "> ")),
        })
    })
}

/// A text as a YAML scalar, in one of the ways to write one.
fn scalar() -> impl Strategy<Value = String> {
    (inline(), 0..4).prop_map(|(text, style)| {
        let text = text.replace('\u{7}', "");
        let indented = text.replace('\n', "\n  ");
        match style {
            0 => format!("'{}'", indented.replace('\'', "''")),
            1 => format!("\"{}\"", indented.replace('\\', "\\\\").replace('"', "\\\"")),
            2 => format!(">-\n  § {indented}\n  §"),
            _ => format!("|-\n  § {indented}\n  §"),
        }
    })
}

fn file() -> impl Strategy<Value = String> {
    (scalar(), scalar(), prop::collection::vec(block(), 1..6), any::<bool>()).prop_map(
        |(title, summary, blocks, windows)| {
            let text = format!("---\ntitle: {title}\nsummary: {summary}\n---\n{}", blocks.join("\n"));
            let mut parts = text.split('§');
            let first = parts.next().unwrap_or_default().to_owned();
            let text = parts.enumerate().fold(first, |text, (at, part)| format!("{text}q{at}q{part}"));
            if windows { text.replace('\n', "\r\n") } else { text }
        },
    )
}

fn is_plain(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_alphanumeric())
}

fn without_comments(text: &str) -> String {
    let pieces = text.split("<!--").enumerate();
    pieces.map(|(at, piece)| if at == 0 { piece } else { piece.split_once("-->").map_or(piece, |(_, rest)| rest) }).collect()
}

/// Checks where each text and each of its words is, and counts the words.
fn try_text(prose: &Prose, source: &str, words: &Cell<usize>) -> Result<(), TestCaseError> {
    let markdown: &Markdown = &prose.markdown;
    for op in &markdown.ops {
        let (Op::Text(slice) | Op::Code(slice)) = *op else { continue };
        let (characters, range) = (markdown.str(slice), markdown.place_of(slice));
        let written = source.get(range.bytes());
        prop_assert!(written.is_some(), "{characters:?} is at {range:?}, which is not in the file");
        prop_assert!(prose.range.start <= range.start && range.end <= prose.range.end, "{characters:?} at {range:?}");
        let is_lost = range == prose.range && prose.range.of(source).contains('\\');
        // Control characters and comments are dropped from texts.
        let written = without_comments(&written.unwrap_or_default().replace('\u{7}', ""));
        prop_assert!(!is_plain(characters) || written == characters || is_lost, "{characters:?} at {written:?}");
        for (at, _) in characters.match_indices('q') {
            let Some(digits) = characters[at + 1..].find('q').filter(|len| *len > 0) else { continue };
            let word = &characters[at..at + digits + 2];
            if !word[1..word.len() - 1].bytes().all(|byte| byte.is_ascii_digit()) {
                continue;
            }
            let begin = slice.range().start + at;
            let range = markdown.place(begin..begin + word.len());
            let stands = source.find(word).unwrap_or_default();
            let is_there = range.bytes().start == stands && range.of(source) == word;
            // After an escape in YAML, the whole scalar is used.
            let is_lost = range == prose.range && range.of(source).contains('\\');
            prop_assert!(is_there || is_lost, "{word} of {characters:?} is at {:?}", range.of(source));
            words.set(words.get() + usize::from(is_there));
        }
    }
    Ok(())
}

#[test]
fn every_word_is_found_where_it_stands() {
    let words = Cell::new(0);
    let config = Config { cases: 400, failure_persistence: None, ..Config::default() };
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let tried = TestRunner::new_with_rng(config, rng).run(&file(), |text| {
        let parsed = page(&text);
        let Some((page, _)) = &parsed.page else { return Ok(()) };
        page.pieces.proses.iter().try_for_each(|prose| try_text(prose, &text, &words))
    });
    if let Err(error) = tried {
        panic!("{error}");
    }
    assert!(words.get() > 5_000, "only {} words were looked for", words.get());
}

/// What the characters `part` of a body come from in the file.
#[track_caller]
fn written<'t>(text: &'t str, part: &str) -> &'t str {
    let parsed = page(text);
    let record = &parsed.page.as_ref().unwrap().0;
    let found = record.pieces.proses.iter().find_map(|prose| {
        let start = prose.markdown.characters().find(part)?;
        Some(prose.markdown.place(start..start + part.len()))
    });
    found.unwrap_or_else(|| panic!("{part} is not in {text}")).of(text)
}

#[test]
fn what_is_written_another_way_is_found_as_it_is_written() {
    let text = "---\ntitle: x\n---\nA&#75;&nbsp;b \\*c\\* \"d\" -- e--- f... `` g`h `` T**K** it's\n";
    for (part, source) in [
        ("A", "A"),
        ("K", "&#75;"),
        ("AK", "A&#75;"),
        ("\u{a0}", "&nbsp;"),
        ("*c*", "*c\\*"),
        ("“", "\""),
        ("“d”", "\"d\""),
        ("–", "--"),
        ("—", "---"),
        ("…", "..."),
        ("g`h", "g`h"),
        ("TK", "T**K"),
        ("’", "'"),
    ] {
        assert_eq!(written(text, part), source, "{part}");
    }
}

#[test]
fn words_of_yaml_are_found_through_its_quotes_and_folds() {
    let quoted = "---\ntitle: 'It''s &amp; [a TK](https://a.example)'\n---\n";
    assert_eq!(written(quoted, "TK"), "TK");
    assert_eq!(written(quoted, "’"), "''");
    assert_eq!(written(quoted, "&"), "&amp;");
    let folded = "---\ntitle: x\nsummary: >\n  one *two*\n  three TK\n---\n";
    assert_eq!(written(folded, "TK"), "TK");
    assert_eq!(written(folded, "two three"), "two*\n  three");
    let escaped = "---\ntitle: \"a\\tb TK\"\n---\n";
    assert_eq!(written(escaped, "a"), "a");
    assert_eq!(written(escaped, "TK"), "\"a\\tb TK\"");
    let block = "---\ntitle: x\n---\n- ```known\n  known:\n    - one\n      TK\n  ```\n";
    assert_eq!(written(block, "TK"), "TK");
}
