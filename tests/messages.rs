//! What authors get wrong and what we tell them, word for word.
//!
//! `tests/messages/*.txt` hold the table: small files with one slip each, and everything that is reported about it. A
//! diff shows when a message gets worse. `UPDATE_MESSAGES=1 cargo test messages` writes what the program says now; read
//! the diff before you commit it.
//!
//! A case begins with `== ` and its name. `-- ` and a path begin a file, which is added to [`BASE`] or replaces one of
//! its files. `-- says` begins what is reported: errors, also warnings if the name ends in “(warning)”, and everything if in
//! “(info)”. `\u{a0}` in
//! a file stands for that character, so that nobody has to guess at what can't be seen. Files below `import/` are imported into
//! the site, and what is reported is all that the import says; `import/columns.toml` is its mapping file.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use backgrounder::base::LineIndex;
use backgrounder::build::pipeline::{self, Request};
use backgrounder::desk::Desk;
use backgrounder::desk::import::{
    Encoding, Foreign, Names, Reading, Wishes, decode, has_errors, notes, place, read_file, sheet,
};
use backgrounder::desk::new::NewKind;
use backgrounder::diagnostics::emit::Texts;
use backgrounder::diagnostics::{self, Diagnostic, Severity};
use backgrounder::source::files::InMemory;

use crate::support::NOW;

/// The site that every slip is made in.
const BASE: [(&str, &str); 5] = [
    ("book.toml", "[book]\ntitle = \"Wendle\"\n\n[site]\nas-of = \"2025-12-22\"\ntime-zone = \"America/New_York\"\n"),
    ("content/bridge.md", "---\ntitle: The bridge\norder: 1\n---\n\n## The second pier\n\nThe bridge shut.[@herald]\n"),
    (
        "content/sources/base.yaml",
        "herald:\n  title: Bridge shuts\n  publisher: Wendle Herald\n  date: 2025-03-12\n  url: https://herald.example/1\n  kind: primary\n",
    ),
    (
        "content/entities/base.yaml",
        "- {id: wendle-water-board, kind: organization, name: Wendle Water Board, aliases: [The Board]}\n",
    ),
    ("content/events/base.yaml", "- {id: bridge-shuts, date: 2025-03-12, title: The bridge shuts, sources: [herald]}\n"),
];

/// One slip.
struct Case {
    name: String,
    /// Its files, as the table has them.
    files: Vec<(String, String)>,
    says: String,
}

fn cases(table: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut into_says = false;
    for line in table.split_inclusive('\n') {
        if let Some(name) = line.strip_prefix("== ") {
            cases.push(Case { name: name.trim().to_owned(), files: Vec::new(), says: String::new() });
            into_says = false;
            continue;
        }
        let Some(case) = cases.last_mut() else { continue };
        match line.strip_prefix("-- ").map(str::trim) {
            Some("says") => into_says = true,
            Some(path) => case.files.push((path.to_owned(), String::new())),
            None if into_says => case.says.push_str(line),
            None => case.files.last_mut().expect("a file begins with its path").1.push_str(line),
        }
    }
    cases
}

/// A text with its escapes replaced by their characters.
fn unescaped(text: &str) -> String {
    let mut parts = text.split("\\u{");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (number, rest) = part.split_once('}').expect("an escape is closed");
        out.push(char::from_u32(u32::from_str_radix(number, 16).expect("a number")).expect("a character"));
        out.push_str(rest);
    }
    out
}

/// Everything that is reported about a case.
fn said(case: &Case) -> String {
    let mut files: BTreeMap<String, Vec<u8>> =
        BASE.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect();
    files.extend(case.files.iter().map(|(path, text)| (unescaped(path), unescaped(text).into_bytes())));
    if files.keys().any(|path| path.starts_with("import/")) {
        return said_of_import(files);
    }
    let request = Request {
        root: "nowhere".into(),
        output: None,
        base_url: None,
        drafts: false,
        file_links: false,
        now: NOW.parse().unwrap(),
        strict: false,
        published: None,
    };
    let outcome = pipeline::check(&request, &InMemory(files), &mut |_| {}).unwrap_or_else(|failure| panic!("{failure}"));
    let least = match case.name.rsplit(' ').next() {
        Some("(info)") => Severity::Info,
        Some("(warning)") => Severity::Warning,
        _ => Severity::Error,
    };
    let told = outcome.diagnostics.iter().filter(|found| found.severity >= least);
    told.map(|found| in_words(found, &outcome.tree)).collect()
}

/// Everything that an import says.
fn said_of_import(mut files: BTreeMap<String, Vec<u8>>) -> String {
    let foreign_files = files.split_off("import/");
    let site = Desk::open(&InMemory(files)).unwrap_or_else(|failure| panic!("{failure}"));
    let mut names = Names::of(&site);
    let (mut foreign, mut reading, mut folder) = (Foreign::default(), Reading::default(), notes::Folder::default());
    let mut plan = sheet::Plan { kind: NewKind::Event, columns: BTreeMap::new(), order: None };
    for (path, bytes) in foreign_files {
        let (text, encoding) = decode(&bytes);
        let file = foreign.add(&*path, text.clone());
        match path.strip_prefix("import/").unwrap() {
            "columns.toml" => match sheet::columns(file, &text) {
                Ok(columns) => plan.columns = columns,
                Err(wrong) => reading.append(wrong),
            },
            note if note.ends_with(".md") => folder.notes.push((note.to_owned(), file)),
            name => {
                let ending = name.rsplit('.').next().unwrap();
                reading.append(read_file(&foreign, file, ending, &plan).unwrap_or_else(|why| panic!("{path}: {}", why.0)));
                if encoding == Encoding::Windows1252 {
                    reading.told_encoding(file);
                }
            }
        }
    }
    reading.append(notes::read(&folder, &foreign, Path::new("import"), &mut names));
    let mut found = reading.findings.clone();
    if !has_errors(&found) {
        let wishes = Wishes { form: None, sources: vec!["herald".to_owned()], name: "import".to_owned() };
        found = place(&site, names, reading, &wishes).unwrap_or_else(|failure| panic!("{failure}")).findings;
    }
    diagnostics::sort(&mut found);
    found.iter().map(|found| in_words(found, &foreign)).collect()
}

fn in_words(found: &Diagnostic, tree: &dyn Texts) -> String {
    let mut out = String::new();
    if let Some(span) = found.span {
        let text = tree.text(span.file);
        let (line, column) = LineIndex::new(text).line_column(text, span.range.start);
        write!(out, "{}:{line}:{column} ", tree.path(span.file)).unwrap();
    }
    writeln!(out, "{}[{}] {}", found.severity.word(), found.code, found.message).unwrap();
    for label in &found.labels {
        writeln!(out, "  there: {}", label.message).unwrap();
    }
    if let Some(help) = &found.help {
        writeln!(out, "  help: {help}").unwrap();
    }
    out
}

#[test]
fn every_mistake_gets_the_message_in_the_table() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/messages");
    let mut paths: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let (mut count, mut worse) = (0, Vec::new());
    for path in paths {
        let table = std::fs::read_to_string(&path).unwrap();
        let head: String = table.split_inclusive('\n').take_while(|line| !line.starts_with("== ")).collect();
        let (mut now, cases) = (head, cases(&table));
        for (at, case) in cases.iter().enumerate() {
            let said = said(case);
            if said.trim() != case.says.trim() {
                worse.push(format!("{}\n{}is now:\n{said}", case.name, case.says));
            }
            writeln!(now, "== {}", case.name).unwrap();
            for (path, text) in &case.files {
                write!(now, "-- {path}\n{text}").unwrap();
            }
            let end = if at + 1 == cases.len() { "" } else { "\n" };
            write!(now, "-- says\n{said}{end}").unwrap();
        }
        count += cases.len();
        if std::env::var_os("UPDATE_MESSAGES").is_some() {
            std::fs::write(&path, now).unwrap();
        }
    }
    assert!(count >= 80, "the table has {count} slips");
    if std::env::var_os("UPDATE_MESSAGES").is_none() {
        assert!(worse.is_empty(), "if these are better, run: UPDATE_MESSAGES=1 cargo test messages\n\n{}", worse.join("\n"));
    }
}
