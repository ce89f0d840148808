//! Whatever a file of another program holds: reading it ends, each finding lies in it, and what is made of it can be read.

use std::path::Path;
use std::sync::Arc;

use backgrounder::desk::Desk;
use backgrounder::desk::import::{
    Foreign, Names, Order, Reading, Wishes, decode, has_errors, notes, place, read_file, sheet,
};
use backgrounder::desk::new::NewKind;
use backgrounder::diagnostics::emit::Texts;
use backgrounder::diagnostics::{Diagnostic, Severity, code};
use backgrounder::source::files::InMemory;
use backgrounder::source::kinds::{FileUse, file_use};
use backgrounder::syntax::{Options, parse_file};
use proptest::prelude::*;

use crate::random::{Change, change_of, changed};
use crate::trials::trials;

const SHEET: &str = "Date,End,Title,Summary,Source,People,Tags,Id,Status\n3/15/2025,..,\"A, \"\"b\"\"\",Two\nlines,https://a.example.org/1 ap,Ana; x,\"c, d\",,disputed\n45731,,*x* [[y]] # z,: 'q',,,,my-id,\n";
const SLIDES: &str = "Year,Month,Day,Time,End Year,Headline,Text,Media,Media Caption,Type,Group\n1998,5,2,2:05 pm,1999,A <b>b</b>,<ul><li>x</ul>,https://a.example.org/x.png,c,,g\n2001,,,,,,<p>y,<blockquote>z,,title,\n";
const TIMELINE: &str = r#"{"title": {"text": {"headline": "T", "text": "<p>x"}}, "events": [{"start_date": {"year": "1998", "month": 5, "day": "2", "hour": "1"}, "end_date": {"year": 1999}, "text": {"headline": "é <i>b</i>", "text": "<a href='https://a.example.org'>x</a><h2>y</h2>"}, "media": {"url": "https://v.example.org/1", "caption": "[c]"}, "group": "g", "unique_id": "u"}]}"#;
const CSL: &str = r#"[{"id": "a", "type": "article-newspaper", "title": "T <i>x</i> [y](z)", "author": [{"family": "Doe", "given": "J."}, {"literal": "A, B and C"}], "issued": {"date-parts": [[2025, 3, 15]]}, "URL": "https://a.example.org", "container-title": "C"}]"#;
const RIS: &str = "TY  - NEWS\nID  - k\nAU  - Doe, Jane, Jr.\nTI  - T: *x*\nT2  - C\nDA  - 2025/03/15/\nUR  - https://a.example.org\nSN  - 1\nN1  - note\nER  - \n";
const BIB: &str = "@string{x = \"Y\"}\n@article{k, author = {Doe, Jane and {A, B}}, title = {T {\\'e} \\emph{x} # [y](z)}, journal = x # { z}, year = 2025, month = mar, url = {https://a.example.org}, pages = {1--2}, note = {n}}\n";
const NOTE: &str = "---\ntitle: 'A: b'\ndate: 2024-05-16\ntags: [a, b]\naliases: [x, /y]\nauthor: {name: J}\n---\n# A\n\nSee [[b#c|d]], ![[p.png|3]] and [e](b.md 't').[^1] [@ap] ==m== %%r%% ^[n [[b]]]\n\n> [!danger]- T\n> x\n\n:::note\ny\n:::\n\n```x\n[[b]]\n```\n{{< ref \"b.md\" >}} <b>z</b> <img src=p.png> ^id\n\n[^1]: f\n[r]: b.md\n";

const FILES: &[(&str, &str)] =
    &[("csv", SHEET), ("csv", SLIDES), ("json", TIMELINE), ("json", CSL), ("ris", RIS), ("bib", BIB), ("md", NOTE)];

/// What means something to one of the readers.
const PIECES: &[&str] = &[
    "\"",
    ",",
    ";",
    "\t",
    "\n",
    "\n\n",
    "{",
    "}",
    "[",
    "]",
    "[[",
    "]]",
    "![[",
    "](",
    ")",
    "(",
    "|",
    "#",
    "@",
    "@x{",
    "=",
    "==",
    "%%",
    "%",
    "\\",
    "\\'",
    "\\emph{",
    "$",
    "~",
    "`",
    "```\n",
    "<",
    ">",
    "</p>",
    "<b>",
    "<blockquote>",
    "<!--",
    "<img src=\"x\">",
    "<a href=x>",
    "&amp;",
    "&",
    ":",
    ": ",
    "- ",
    "---\n",
    "+++\n",
    "{{<",
    ">}}",
    "{{",
    "}}",
    "^[",
    "^x\n",
    ":::",
    "> [!x]",
    "*",
    "_",
    "ER  - \n",
    "TY  - X\n",
    "null",
    "true",
    "2025",
    "99999",
    "-44",
    "3/4/2025",
    "é",
    "漢",
    "🗳",
    "\u{feff}",
    "\u{0}",
    "\u{1}",
    "\u{85}",
    "https://",
    "'",
    "//",
    "/",
];

fn change() -> impl Strategy<Value = Change> {
    change_of(PIECES)
}

fn site() -> Desk {
    let files = [
        ("book.toml", "[book]\ntitle = \"T\"\n"),
        ("content/sources/all.yaml", crate::support::SOURCE),
        ("content/entities/all.yaml", "- id: ana\n  kind: person\n  name: Ana\n"),
        ("content/b.md", "---\ntitle: B\n---\n"),
    ];
    let files = files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()));
    Desk::open(&InMemory(files.into_iter().collect())).unwrap()
}

/// Imports a text, and checks whatever comes of it.
fn check(ending: &str, text: &str) -> Result<(), TestCaseError> {
    let site = site();
    let mut names = Names::of(&site);
    let mut foreign = Foreign::default();
    let (text, _) = decode(text.as_bytes());
    let name = format!("in.{ending}");
    let file = foreign.add(&*name, text);
    let reading = if ending == "md" {
        let folder = notes::Folder { notes: vec![(name, file)], others: vec!["p.png".to_owned()] };
        notes::read(&folder, &foreign, Path::new("old"), &mut names)
    } else {
        let plan =
            sheet::Plan { kind: NewKind::Event, columns: std::collections::BTreeMap::new(), order: Some(Order::DayFirst) };
        read_file(&foreign, file, ending, &plan).unwrap_or_else(|_| Reading::default())
    };
    for found in &reading.findings {
        let range = found.span.expect("a finding of an import has a place").range.bytes();
        let text = foreign.text(file);
        prop_assert!(text.get(range.clone()).is_some(), "{range:?} of {}: {}", text.len(), found.message);
    }
    if has_errors(&reading.findings) {
        return Ok(());
    }
    let placed = place(&site, names, reading, &Wishes { form: None, sources: vec!["ap".to_owned()], name: "in".to_owned() });
    let Ok(placed) = placed else { return Ok(()) };
    if has_errors(&placed.findings) {
        return Ok(());
    }
    for (path, made) in placed.changes.created() {
        let FileUse::Content(kind) = file_use(path.strip_prefix("content/").unwrap()) else {
            panic!("{path} is read by nobody")
        };
        let parsed = parse_file(path, kind, &Arc::new(made.clone()), Options::default(), None);
        let found = parsed.diagnostics(file);
        // What a note says wrongly of itself stays as it is; its head is ours.
        let ours = [code::INVALID_SYNTAX, code::UNKNOWN_FIELD, code::BAD_DATE];
        let is_ours =
            |found: &&Diagnostic| found.severity == Severity::Error && (ending != "md" || ours.contains(&found.code));
        let wrong: Vec<_> = found.iter().filter(is_ours).map(|found| &found.message).collect();
        prop_assert!(wrong.is_empty(), "{path} is made of\n{}\nand says\n{made}\nbut {wrong:?}", foreign.text(file));
    }
    Ok(())
}

proptest! {
    #![proptest_config(trials(1_200))]

    #[test]
    fn what_is_imported_can_be_read((ending, text) in prop::sample::select(FILES), changes in prop::collection::vec(change(), 0..4)) {
        check(ending, &changed(text, &changes))?;
    }
}

#[test]
fn the_texts_that_are_changed_are_imported() {
    for &(ending, text) in FILES {
        check(ending, text).unwrap();
    }
}
