//! `docs/ARCHITECTURE.md` matches the source: its snippets are the source's own lines, and each of its examples names
//! every file that the example touches.
//!
//! A snippet is fenced code whose first line says where it comes from: ````
//! ```rust FILE ```` for a file, and ```` ```rust FILE: WORDS ```` for the item or statement that begins on the only
//! line with these words.
//! `UPDATE_DOCS=1 cargo test docs` updates the snippets.

use std::collections::BTreeSet;

use super::pages::without_code;
use super::{read, root};

const PAGE: &str = "docs/ARCHITECTURE.md";

/// The examples, with the words by which to find the files that each consists of.
const EXAMPLES: &[(&str, &[&str])] = &[
    ("rule", &["STATUS_TWICE", "StatusTwice", "status_twice", "status-twice"]),
    ("output format", &["Hosts"]),
    ("field to a record", &["caused_by", "caused-by", "effects", "Effects"]),
    ("kind of page", &["GlossaryPage", "glossary_page", "glossary.html"]),
];

/// Where the files of examples are.
const FOLDERS: &[&str] = &["src/", "templates/", "tests/check/status-twice/"];

/// Unit tests, which mention fields of any page as their examples.
const TESTS: &str = "src/theme/interface/tests/";

/// The item or statement of `file` that begins on the line with `words`, including the comments and attributes above
/// it; the whole file if there are no words.
fn excerpt(file: &str, words: &str) -> Vec<String> {
    let text = read(file);
    let lines: Vec<&str> = text.lines().collect();
    let range = if words.is_empty() { 0..lines.len() } else { item(file, &lines, words) };
    let margin = |line: &&str| line.len() - line.trim_start().len();
    let filled = lines[range.clone()].iter().filter(|line| !line.is_empty());
    let margin = filled.map(margin).min().expect("an excerpt has a line");
    lines[range].iter().map(|line| line.get(margin..).unwrap_or("").to_owned()).collect()
}

fn item(file: &str, lines: &[&str], words: &str) -> std::ops::Range<usize> {
    let found: Vec<usize> = (0..lines.len()).filter(|at| lines[*at].contains(words)).collect();
    let [at] = found[..] else { panic!("{} lines of {file} hold `{words}`; it has to be one", found.len()) };
    let is_above = |line: &&&str| ["///", "#["].iter().any(|mark| line.trim_start().starts_with(mark));
    let start = at - lines[..at].iter().rev().take_while(is_above).count();
    // Brackets in strings come in pairs in everything shown here.
    let opened = |line: &str| line.matches(['(', '[', '{']).count().cast_signed();
    let closed = |line: &str| line.matches([')', ']', '}']).count().cast_signed();
    let mut depth = 0;
    let last = lines[at..].iter().position(|line| {
        depth += opened(line) - closed(line);
        depth <= 0
    });
    start..at + last.unwrap_or_else(|| panic!("`{words}` has no end in {file}")) + 1
}

/// The page with its snippets updated from the source, and how many there are.
fn with_snippets(page: &str) -> (String, usize) {
    let (mut out, mut count) = (String::new(), 0);
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        out.push_str(line);
        out.push('\n');
        let indent = &line[..line.len() - line.trim_start().len()];
        let info = line.trim_start().strip_prefix("```").and_then(|info| info.split_once(' '));
        let Some((_, from)) = info else { continue };
        let (file, words) = from.split_once(": ").unwrap_or((from, ""));
        for line in excerpt(file, words) {
            out.push_str(format!("{indent}{line}").trim_end());
            out.push('\n');
        }
        let close = format!("{indent}```");
        assert!(lines.any(|line| line == close), "the snippet of {from} has no end");
        out.push_str(&close);
        out.push('\n');
        count += 1;
    }
    (out, count)
}

/// The section of the page that says how to add something.
fn section<'p>(page: &'p str, what: &str) -> &'p str {
    let heading = format!("\n## How to add a{} {what}\n", if what.starts_with('o') { "n" } else { "" });
    let text = page.split(&heading).nth(1).unwrap_or_else(|| panic!("{PAGE} has no heading for a {what}"));
    text.split("\n## ").next().unwrap()
}

/// Everything in backticks, outside fenced code.
fn names(text: &str) -> Vec<String> {
    let mut in_code = false;
    let prose = text.lines().filter(|line| {
        let is_fence = line.trim_start().starts_with("```");
        in_code ^= is_fence;
        !in_code && !is_fence
    });
    let joined = prose.collect::<Vec<_>>().join("\n");
    joined.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// The files of the tree that have code, templates or settings, with their text.
fn sources() -> Vec<(String, String)> {
    let mut out = Vec::new();
    for folder in ["src", "templates", "tests"] {
        for (path, bytes) in crate::support::files_below(&root().join(folder)) {
            let is_text = [".rs", ".html", ".toml", ".yaml", "expect"].iter().any(|end| path.ends_with(end));
            // What a page names must exist apart from the test that looks for it.
            if is_text && path != "docs/how_to_add.rs" && !path.contains("node_modules") {
                out.push((format!("{folder}/{path}"), String::from_utf8(bytes).unwrap()));
            }
        }
    }
    for file in ["Cargo.toml", "clippy.toml"] {
        out.push((file.to_owned(), read(file)));
    }
    out
}

/// Whether `text` contains `name`, and not as part of a longer name.
fn holds_word(text: &str, name: &str) -> bool {
    let is_inside = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(name).any(|(at, _)| {
        let (before, behind) = (text[..at].chars().next_back(), text[at + name.len()..].chars().next());
        !before.is_some_and(is_inside) && !behind.is_some_and(is_inside)
    })
}

/// The name that `text` begins with.
fn first_word(text: &str) -> &str {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or("")
}

/// All names that Rust's sources define: items, macros, fields and choices. Many are defined with macros, such as
/// `record!`, on a line that begins with the name.
fn definitions(sources: &[(String, String)]) -> BTreeSet<&str> {
    let words = ["fn ", "struct ", "enum ", "trait ", "type ", "const ", "static ", "mod ", "macro_rules! "];
    let lines = sources.iter().filter(|(path, _)| path.ends_with(".rs")).flat_map(|(_, text)| text.lines());
    let lines = lines.map(str::trim_start).filter(|line| !line.starts_with("//"));
    let names = lines.flat_map(|line| {
        let items = words.iter().flat_map(|word| line.split(word).skip(1).map(first_word));
        items.chain([first_word(line.trim_start_matches("pub "))])
    });
    names.filter(|name| !name.is_empty()).collect()
}

#[test]
fn snippets_are_the_lines_of_the_source() {
    let page = read(PAGE);
    let (wanted, count) = with_snippets(&page);
    assert!(count >= 12, "{count}");
    if page != wanted && std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(root().join(PAGE), wanted).unwrap();
        return;
    }
    let differs = page.lines().zip(wanted.lines()).find(|(have, want)| have != want);
    assert!(page == wanted, "{PAGE} is not the source; run: UPDATE_DOCS=1 cargo test docs\nfirst difference: {differs:?}");
}

#[test]
fn every_file_of_an_example_is_named() {
    let (page, sources) = (read(PAGE), sources());
    for (what, words) in EXAMPLES {
        let text = section(&page, what);
        let named = |path: &str| {
            let folders = path.match_indices('/').map(|(at, _)| &path[..at]);
            text.contains(path) || folders.skip(3).any(|folder| text.contains(folder))
        };
        let touched = sources.iter().filter(|(path, text)| {
            !path.starts_with(TESTS)
                && FOLDERS.iter().any(|folder| path.starts_with(folder))
                && words.iter().any(|word| holds_word(text, word))
        });
        let touched: Vec<&str> = touched.map(|(path, _)| path.as_str()).collect();
        assert!(touched.len() > 1, "{what}: {touched:?}");
        let silent: Vec<_> = touched.into_iter().filter(|path| !named(path)).collect();
        assert!(silent.is_empty(), "how to add a {what} does not speak of {silent:?}");
    }
}

#[test]
fn every_name_on_the_page_is_in_the_tree() {
    let (page, sources) = (read(PAGE), sources());
    let defined = definitions(&sources);
    let tops = ["src/", "tests/", "templates/", "static/", "docs/", "benches/", "content/"];
    let mut wrong = BTreeSet::new();
    let mut checked = BTreeSet::new();
    for name in names(&page) {
        let is_path = tops.iter().any(|top| name.starts_with(top)) && !name.contains(':');
        let item = name.trim_end_matches('!');
        let is_item = !item.is_empty() && item.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | ':'));
        let is_there = if is_path {
            root().join(&name).exists()
        } else if is_item && (item.contains("::") || item.contains('_') || item.starts_with(char::is_uppercase)) {
            item.split("::").all(|part| defined.contains(part))
        } else {
            sources.iter().any(|(path, text)| path.ends_with(&name) || text.contains(&name)) || is_command(&name)
        };
        checked.insert(name.clone());
        if !is_there {
            wrong.insert(name);
        }
    }
    assert!(checked.len() > 150, "{}", checked.len());
    assert!(wrong.is_empty(), "{PAGE} names what is not there: {wrong:#?}");
}

/// Whether this is one of our commands whose words mean something: a flag of `./test`, a module of the tests.
fn is_command(text: &str) -> bool {
    if let Some(flag) = text.strip_prefix("./test") {
        return read("test").contains(flag.trim());
    }
    let modules = read("tests/main.rs") + &read("tests/site/mod.rs");
    text.split_once("cargo test ").is_some_and(|(_, module)| modules.contains(&format!("mod {module};")))
}

#[test]
fn what_holds_the_page_can_tell_what_is_not_there() {
    let sources = sources();
    let defined = definitions(&sources);
    for name in ["RecordIx", "rule", "record", "with_earlier_theme", "Infallible", "STATUS_TWICE", "EventIx", "ALL"] {
        assert!(defined.contains(name), "{name}");
    }
    for name in ["Surroundings", "RecordI", "earlier_theme", "Rings"] {
        assert!(!defined.contains(name), "{name}");
    }
    assert!(is_command("cargo test docs") && is_command("UPDATE_DOCS=1 cargo test docs") && is_command("./test --fast"));
    assert!(!is_command("cargo test nothing") && !is_command("./test --nothing"));
    assert_eq!(names("a `b` c\n```rust x\n`d`\n```\n`e\nf`"), ["b", "e\nf"]);
    assert_eq!(without_code("a `b`\n```rust src/x.rs\n`c`\n```\n").trim(), "a");
}
