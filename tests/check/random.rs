//! Whatever a text says, rules about words end, and each of their findings has a place in the file.

use std::collections::BTreeMap;

use backgrounder::source::files::InMemory;
use proptest::prelude::*;

use super::find;
use crate::trials::trials;

/// What such rules look for, and what may be around it.
const PIECES: &[&str] = &[
    "Nayib ",
    "Nayib Bukele",
    "Bukele",
    "Jr.",
    "Élise ",
    "Élise Ñandú",
    "李 明",
    "[[bukele|",
    "[[bukele]]",
    "[[flights]]",
    "[[flights|",
    "[[error]]",
    "[[error|",
    "]]",
    "[@ap]",
    "[@kept, p. 2]",
    "[^1]",
    "\n\n[^1]: Note “of six words or so, no?”\n\n",
    "\"",
    "'",
    "“",
    "”",
    "‘",
    "’",
    "„",
    "«",
    "»",
    "「",
    "」",
    "we had asked for a closer look in 2019",
    "we asked for a closer look in 2019",
    "我们在二〇一九年要求仔细检查",
    "[…]",
    "...",
    "[he]",
    "[",
    "]",
    "(",
    ")",
    "On ",
    " on ",
    "Am ",
    "El ",
    "March 12",
    "March 13, 2025",
    "12. März",
    "3 de abril de 2025",
    "12–13 ",
    "2025",
    "2025-03-12",
    "Monday, ",
    " allegedly ",
    " sagte ",
    "说",
    "قال ",
    ", the court ",
    "ordered ",
    "On March 13, the planes [[flights|landed]]",
    "[[flights|left on March 14]]",
    "[[flights|am 14. März]]",
    "It [[error|was wrong]]",
    ". ",
    "。",
    "? ",
    " ",
    "\u{a0}",
    "\u{301}",
    "\u{fffc}",
    "\n",
    "\n\n",
    "\n\n> ",
    "\n\n> > ",
    "\n\n- ",
    "\n\n| a | b |\n|---|---|\n| ",
    " | ",
    "\n\n# ",
    "\n\n```quote\ntext: we had asked for a look\n```\n\n",
    "`",
    "*",
    "**",
    "漢字",
    "é",
    "🗳",
];

const BOOK: &str = "[book]\ntitle = \"T\"\nlanguage = \"LANGUAGE\"\n[site]\nas-of = \"2025-12-22\"\n";

const RECORDS: [(&str, &str); 4] = [
    (
        "content/entities/all.yaml",
        "- {id: bukele, kind: person, name: Nayib Bukele}\n- {id: elise, kind: person, name: Élise Ñandú}\n- {id: li-ming, kind: person, name: 李 明}\n",
    ),
    (
        "content/sources/all.yaml",
        "ap: {title: A}\nkept: {title: B, quote: \"We had asked for a closer look in 2019; 我们在二〇一九年要求仔细检查。\"}\n",
    ),
    ("content/events/flights.yaml", "- {id: flights, date: 2025-03-12, title: Flights leave, sources: [ap]}\n"),
    (
        "content/claims/all.yaml",
        "- {id: error, text: It was wrong., status: alleged, asserted-by: [bukele], sources: [ap]}\n",
    ),
];

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![8 => prop::sample::select(PIECES).prop_map(str::to_owned), 1 => "\\PC{0,8}"];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(trials(600))]

    #[test]
    fn rules_end_and_findings_are_placed(text in text(), language in prop::sample::select(vec!["en", "de", "es", "ar", "zh", "fr", "sv"])) {
        let page = format!("---\ntitle: A\n---\n{text}\n");
        let summary = format!("- id: more\n  date: 2025-03-13\n  title: More\n  sources: [ap]\n  summary: |\n    {}\n", text.replace('\n', "\n    "));
        let files = [("book.toml", BOOK.replace("LANGUAGE", language)), ("content/a.md", page), ("content/events/more.yaml", summary)];
        let records = RECORDS.map(|(path, text)| (path, text.to_owned()));
        let files: BTreeMap<_, _> =
            files.into_iter().chain(records).map(|(path, text)| (path.to_owned(), text.into_bytes())).collect();
        let found = find(&InMemory(files));
        for finding in &found.diagnostics {
            let fix = finding.fix.iter().flat_map(|fix| &fix.edits).map(|edit| edit.span);
            let spans = finding.span.into_iter().chain(finding.labels.iter().map(|label| label.span)).chain(fix);
            for span in spans {
                let file = &found.tree.file(span.file).text;
                prop_assert!(file.get(span.range.bytes()).is_some(), "{:?} in {:?}", finding, file);
            }
        }
    }
}
