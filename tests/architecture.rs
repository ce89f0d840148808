//! The rules of the code base, checked by reading the source: which room may know which. Clippy decides who may touch
//! the outside world: see `clippy.toml`.

use std::path::Path;

/// Rooms from left to right: each may know those in the groups before its own.
const ROOMS: &[&[&str]] = &[
    &["base"],
    &["diagnostics", "language"],
    &["source"],
    &["media"],
    &["config", "syntax", "date"],
    &["edit", "chart", "embed", "map"],
    &["model"],
    &["check", "view", "theme", "linkcheck"],
    &["output"],
    &["build"],
    &["desk"],
    &["serve"],
    &["lsp"],
    &["cli"],
    &["main"],
];

/// The exceptions: these may know a sibling in their own group.
const SIBLINGS: &[(&str, &str)] = &[("config", "syntax"), ("config", "date"), ("syntax", "date"), ("map", "chart")];

/// A file of `src/`: its path from there, and its code without tests, comments and the text of strings.
struct Source {
    path: String,
    /// Line by line; anything that isn't code is blank.
    code: Vec<String>,
    /// Line by line as written.
    lines: Vec<String>,
}

impl Source {
    /// The room that the file belongs to.
    fn room(&self) -> &str {
        self.path.split(['/', '.']).next().unwrap_or("")
    }

    /// The lines with `needle`, as `path:line: text`.
    fn holding(&self, needle: &str) -> Vec<String> {
        let lines = self.code.iter().enumerate().filter(|(_, line)| line.contains(needle));
        lines.map(|(at, line)| format!("{}:{}: {}", self.path, at + 1, line.trim())).collect()
    }
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = crate::support::files_below(&root);
    let rust = files.into_iter().filter(|(path, _)| path.ends_with(".rs"));
    let own = rust.filter(|(path, _)| !path.contains("/tests/") && !path.ends_with("tests.rs"));
    own.map(|(path, bytes)| {
        let text = String::from_utf8(bytes).unwrap();
        let code = without_tests(&without_words(&text));
        Source { path, code: code.lines().map(str::to_owned).collect(), lines: text.lines().map(str::to_owned).collect() }
    })
    .collect()
}

/// Rust without its comments and the insides of its strings and characters; line breaks stay.
fn without_words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let blank = |out: &mut String, skipped: &str| out.extend(skipped.chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
    while let Some(c) = rest.chars().next() {
        let skip = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if let Some(raw) = rest.strip_prefix("r#\"") {
            raw.find("\"#").map_or(rest.len(), |end| end + 5)
        } else if c == '"' {
            let mut escaped = false;
            let end = rest[1..].find(|c| {
                let ends = c == '"' && !escaped;
                escaped = c == '\\' && !escaped;
                ends
            });
            end.map_or(rest.len(), |end| end + 2)
        } else if let Some(character) = rest.strip_prefix('\'') {
            // A character, or else a lifetime.
            let escape = usize::from(character.starts_with('\\'));
            let mut chars = character.char_indices().skip(1 + escape);
            match chars.find(|(_, c)| *c == '\'').filter(|(at, _)| *at <= if escape > 0 { 12 } else { 4 }) {
                Some((at, _)) if escape > 0 || character[..at].chars().count() == 1 => at + 2,
                _ => 0,
            }
        } else {
            0
        };
        if skip == 0 {
            out.push(c);
            rest = &rest[c.len_utf8()..];
        } else {
            blank(&mut out, &rest[..skip]);
            rest = &rest[skip..];
        }
    }
    out
}

/// Code up to its first `#[cfg(test)]` module, which comes last in every file.
fn without_tests(code: &str) -> String {
    match code.find("#[cfg(test)]\nmod ") {
        Some(at) => code[..at].to_owned(),
        None => code.to_owned(),
    }
}

/// The rooms that a piece of code names after `crate::`, including those in braces.
fn rooms_named(code: &str) -> Vec<String> {
    let mut rooms = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        // `$crate` occurs in macros, which any room may use that knows the macro's own room.
        let rest = &code[at + "crate::".len()..];
        let word = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
        match rest.strip_prefix('{') {
            None => rooms.push(word(rest)),
            Some(group) => {
                let mut depth = 1;
                let mut begins = true;
                for (at, c) in group.char_indices() {
                    match c {
                        '{' => depth += 1,
                        '}' => depth -= 1,
                        ',' if depth == 1 => begins = true,
                        c if depth == 1 && begins && c.is_alphabetic() => {
                            rooms.push(word(&group[at..]));
                            begins = false;
                        }
                        _ => {}
                    }
                    if depth == 0 {
                        break;
                    }
                }
            }
        }
    }
    // The crate's macros are at its root and belong to `syntax::fields`.
    for room in &mut rooms {
        if matches!(room.as_str(), "record" | "choice") {
            "syntax".clone_into(room);
        }
    }
    rooms
}

fn place(room: &str) -> Option<usize> {
    ROOMS.iter().position(|group| group.contains(&room))
}

#[test]
fn rooms_know_only_those_to_their_left() {
    let mut wrong = Vec::new();
    for source in sources() {
        let own = source.room().to_owned();
        if own == "lib" {
            continue;
        }
        let here = place(&own).unwrap_or_else(|| panic!("{} is in no room of ROOMS", source.path));
        for named in rooms_named(&source.code.join("\n")) {
            let Some(there) = place(&named) else {
                wrong.push(format!("{} names crate::{named}, which is no room", source.path));
                continue;
            };
            let sibling = SIBLINGS.contains(&(own.as_str(), named.as_str()));
            if named != own && !(there < here || there == here && sibling) {
                wrong.push(format!("{} knows {named}", source.path));
            }
        }
    }
    wrong.dedup();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn emitters_know_only_diagnostics_and_base() {
    for source in sources().into_iter().filter(|source| source.path.starts_with("diagnostics/")) {
        let rooms = rooms_named(&source.code.join("\n"));
        assert!(rooms.iter().all(|room| ["base", "diagnostics"].contains(&room.as_str())), "{}: {rooms:?}", source.path);
    }
}

#[test]
fn markdown_knows_no_record() {
    for source in sources().into_iter().filter(|source| source.path.starts_with("syntax/markdown/")) {
        for word in ["kinds", "Decode", "decode::", "yaml", "pieces"] {
            let found = source.holding(word);
            assert!(found.is_empty(), "{found:?}");
        }
    }
}

#[test]
fn rules_know_no_other_rule() {
    // Code that rules share is in these, and `mod.rs` lists the rules.
    let shared = [
        "backing",
        "external",
        "length",
        "linking",
        "local",
        "mod",
        "people",
        "quotations",
        "quoted",
        "reading",
        "rule",
        "told",
        "waivers",
        "written_date",
    ];
    let sources: Vec<_> = sources().into_iter().filter(|source| source.path.starts_with("check/")).collect();
    let names: Vec<String> = sources.iter().map(|source| source.path.split(['/', '.']).nth(1).unwrap().to_owned()).collect();
    for (source, own) in sources.iter().zip(&names).filter(|(_, own)| !shared.contains(&own.as_str())) {
        for other in names.iter().filter(|other| *other != own && !shared.contains(&other.as_str())) {
            let found = source.holding(&format!("super::{other}"));
            assert!(found.is_empty(), "{found:?}");
        }
    }
}

/// Where certain words may occur; paths are prefixes.
#[track_caller]
fn only_in(needles: &[&str], allowed: &[&str]) {
    let sources = sources();
    let strange = sources.iter().filter(|source| !allowed.iter().any(|path| source.path.starts_with(path)));
    let found: Vec<_> = strange.flat_map(|source| needles.iter().flat_map(|needle| source.holding(needle))).collect();
    assert!(found.is_empty(), "only {allowed:?} may: {found:#?}");
    for path in allowed.iter().filter(|path| **path != "serve/") {
        let used = sources.iter().filter(|source| source.path.starts_with(path));
        let used = used.flat_map(|source| needles.iter().flat_map(|needle| source.holding(needle)));
        assert!(used.count() > 0, "{path} has no use for {needles:?} any more: take it out of the list");
    }
}

#[test]
fn each_parser_has_one_importer() {
    only_in(&["serde_yaml"], &["syntax/yaml/parse.rs"]);
    only_in(&["pulldown_cmark", "cmark::"], &["syntax/markdown/parse/"]);
    only_in(&["edtf_core"], &["date/read.rs"]);
    only_in(&["toml::de", "toml::Table", "toml::Value"], &["syntax/toml.rs", "language/mod.rs"]);
    only_in(&["icu_collator"], &["language/collation.rs"]);
    only_in(&["icu_plurals"], &["language/plural.rs"]);
    only_in(&["icu_locale_core"], &["language/collation.rs", "language/plural.rs"]);
    only_in(&["icu_segmenter"], &["language/length.rs"]);
    only_in(&["icu_normalizer"], &["output/search/words.rs"]);
    only_in(&["tera::"], &["theme/mod.rs"]);
    only_in(&["annotate_snippets"], &["diagnostics/emit/human.rs"]);
    only_in(&["clap::"], &["cli/"]);
    only_in(&["resvg::", "skrifa::"], &["output/cards/"]);
    only_in(&["png::Encoder"], &["output/cards/", "media/master.rs"]);
    only_in(&["zune_jpeg", "jpeg_encoder", "fast_image_resize", "png::Decoder"], &["media/master.rs"]);
    only_in(&["roxmltree"], &["media/svg.rs"]);
    only_in(&["infer::"], &["media/kind.rs"]);
    only_in(&["imagesize"], &["media/mod.rs"]);
    only_in(&["jsonc_parser"], &["syntax/json.rs"]);
    only_in(&["csv::Writer"], &["output/data/events_csv.rs"]);
    only_in(&["use url::"], &["base/web_address.rs"]);
}

/// What pages share is computed by the first that asks, while the others wait. The pool's threads make pages, so if that needed
/// the pool, it would wait for threads that wait for it, and a preview or a build would hang.
#[test]
fn what_pages_wait_for_needs_no_pool() {
    let shared = ["view/", "theme/", "output/partials.rs", "output/search/"];
    let found: Vec<_> = sources()
        .iter()
        .filter(|source| shared.iter().any(|path| source.path.starts_with(path)))
        .flat_map(|source| {
            ["rayon::prelude", "rayon::join", "rayon::scope", "par_iter"].iter().flat_map(|use_of| source.holding(use_of))
        })
        .collect();
    assert!(found.is_empty(), "{found:#?}");
}

/// Everything that is rendered is in one list, which the check of templates uses.
#[test]
fn contexts_are_tied_to_templates_in_one_list() {
    only_in(&["Given for"], &["output/templates.rs"]);
    only_in(
        &[".render_to(", ".render(&", ".render_str("],
        &["theme/mod.rs", "output/partials.rs", "diagnostics/emit/human.rs", "cli/manual.rs"],
    );
}

/// Tests of arbitrary inputs try the same ones in each run: their settings come from `trials`.
#[test]
fn no_test_depends_on_luck() {
    let mut files = 0;
    for folder in ["src", "tests"] {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        for (path, bytes) in crate::support::files_below(&root) {
            if !path.ends_with(".rs") || path == "architecture.rs" {
                continue;
            }
            let text = String::from_utf8(bytes).unwrap();
            let count = |words: &str| text.matches(words).count();
            let tests = count("proptest! {") + count("TestRunner::new(");
            let own = ["#![proptest_config(trials(", "..trials(", "TestRunner::new(trials("];
            let settings: usize = own.into_iter().map(count).sum();
            assert_eq!(tests, settings, "{folder}/{path} has tests that take their settings from elsewhere");
            files += usize::from(tests > 0);
        }
    }
    assert!(files >= 7, "{files}");
}

#[test]
fn views_read_records_only_through_the_reader() {
    // Naming the model's types is fine, but whoever holds a model could read it without a note.
    let views = sources().into_iter().filter(|source| source.path.starts_with("view/"));
    let found: Vec<_> = views
        .flat_map(|source| {
            [": Model", "&Model", "&'m Model", "{Model", " Model,", "Model}"].map(|word| source.holding(word)).concat()
        })
        .collect();
    assert!(found.is_empty(), "{found:#?}");
    // Cached values are read without a note, and noted by the accessor that returns them.
    only_in(&[".without_log()"], &["view/mod.rs", "view/section_marks.rs", "view/titles.rs"]);
    only_in(
        &[".untracked()"],
        &["view/outlets.rs", "view/titles.rs", "view/lists/order.rs", "output/partials.rs", "output/search/index.rs"],
    );
    // Rules get a reader that keeps what they read; one about the whole site is run each time.
    only_in(
        &["Reader::untracked("],
        &["build/analysis.rs", "build/shared.rs", "check/local.rs", "check/possible_duplicate.rs", "check/same_name.rs"],
    );
}

#[test]
fn every_file_says_what_it_is_for() {
    let silent: Vec<_> = sources()
        .into_iter()
        .filter(|source| source.path != "main.rs" && !source.lines.first().is_some_and(|line| line.starts_with("//!")))
        .map(|source| source.path)
        .collect();
    assert!(silent.is_empty(), "{silent:?}");
}

#[test]
fn no_file_is_too_long_to_read_in_one_sitting() {
    const MOST: usize = 450;
    let long: Vec<_> = sources()
        .into_iter()
        .filter(|source| source.code.len() > MOST)
        .map(|source| format!("{}: {} lines", source.path, source.code.len()))
        .collect();
    assert!(long.is_empty(), "{long:?}");
}

#[test]
fn the_reader_of_code_reads_code() {
    let code = "use crate::{base::X, model::{self, y}, view}; // crate::cli\nlet a = \"crate::build\"; let c = '\"'; let d: &'a str = crate::date::x();\n#[cfg(test)]\nmod tests { use crate::cli; }\n";
    assert_eq!(rooms_named(&without_tests(&without_words(code))), ["base", "model", "view", "date"]);
}
