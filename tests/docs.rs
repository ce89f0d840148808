//! The guide says what the program does: its tables are made from the program's own, and are compared here.
//!
//! `UPDATE_DOCS=1 cargo test docs` writes the tables anew. They stand between `<!-- KIND: NAME -->` and `<!-- /KIND -->`;
//! everything else in the guide is written by hand.

mod how_to_add;

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use backgrounder::base::similar::nearest;
use backgrounder::check::{self, RULES};
use backgrounder::config;
use backgrounder::date::{self, Day};
use backgrounder::diagnostics::code;
use backgrounder::diagnostics::emit::json;
use backgrounder::language::Catalogue;
use backgrounder::model::registry;
use backgrounder::output::templates::TEMPLATES;
use backgrounder::syntax::kinds::{author, blocks, chart, claim, common, entity, event, page, source, term};
use backgrounder::syntax::{Field, Lines};

/// The records whose fields the guide lists.
const RECORDS: &[(&str, &[Field])] = &[
    ("common", common::Common::FIELDS),
    ("front-matter", page::FrontMatter::FIELDS),
    ("event", event::Event::FIELDS),
    ("later", event::Later::FIELDS),
    ("entity", entity::Entity::FIELDS),
    ("role", entity::Role::FIELDS),
    ("status-step", entity::StatusStep::FIELDS),
    ("author", author::Author::FIELDS),
    ("source", source::Source::FIELDS),
    ("dated-url", source::DatedUrl::FIELDS),
    ("claim", claim::Claim::FIELDS),
    ("claim-step", claim::ClaimStep::FIELDS),
    ("assertion", common::AssertionFields::FIELDS),
    ("term", term::Term::FIELDS),
    ("update", common::Update::FIELDS),
    ("media", common::Media::FIELDS),
    ("query", blocks::Query::FIELDS),
    ("claim-block", blocks::ClaimBlock::FIELDS),
    ("known", blocks::Known::FIELDS),
    ("quote", blocks::Quote::FIELDS),
    ("chart", chart::Chart::FIELDS),
    ("book", config::BookTable::FIELDS),
    ("build", config::BuildTable::FIELDS),
    ("html", config::HtmlTable::FIELDS),
    ("search", config::SearchTable::FIELDS),
    ("theme", config::ThemeTable::FIELDS),
    ("site", config::SiteTable::FIELDS),
    ("publisher", config::PublisherTable::FIELDS),
    ("citations", config::CitationsTable::FIELDS),
    ("language", config::LanguageTable::FIELDS),
    ("allow", config::Allow::FIELDS),
];

/// The settings of what stands beside the pages.
const FORMATS: &[(&str, &[Field])] = &[
    ("feeds", config::FeedsTable::FIELDS),
    ("sitemap", config::SitemapTable::FIELDS),
    ("data", config::DataTable::FIELDS),
    ("cards", config::CardsTable::FIELDS),
    ("headers", config::HeadersTable::FIELDS),
];

/// Dates as authors write them, with what they mean.
const DATES: &[(&str, &str)] = &[
    ("2025", "a year"),
    ("2025-03", "a month"),
    ("2025-03-15", "a day"),
    ("2025-03-15T19:25:00-04:00", "a time, with its distance from UTC"),
    ("2025-03-15T19:25:00", "a time by the clocks of the place"),
    ("2025-03~", "an estimate"),
    ("2025-03?", "in doubt"),
    ("2025-03%", "an estimate, and in doubt"),
    ("202X", "a year of a decade, not known which"),
    ("20XX", "a year of a century, not known which"),
    ("2025-XX", "a month of a year, not known which"),
    ("2025-03-XX", "a day of a month, not known which"),
    ("2025-XX-XX", "a day of a year, not known which"),
    ("2025-21", "spring (22 summer, 23 autumn, 24 winter)"),
    ("2025-24", "winter, which ends in the next year"),
    ("2025-03-12/2025-03-15", "from one day to another"),
    ("2025-03-15/2025-04-10", "the same, in two months"),
    ("2022-03-27/..", "it goes on"),
    ("2022-03-27/", "it has ended, and nobody knows when"),
    ("../2022-03-27", "it ended; it had no beginning that matters"),
    ("/2022-03-27", "it ended, and nobody knows when it began"),
    ("[2025-04-04,2025-04-07]", "one of two days"),
    ("[2025-04-04..2025-04-07]", "one of several days in a row"),
    ("-0043-03-15", "before our era: the year 0 is 1 BCE"),
];

/// Texts that are no dates, for the answers that authors get.
const NO_DATES: &[&str] = &[
    "12/05/2025",
    "15.03.2025",
    "March 2025",
    "2025-3-15",
    "3–5 March 2026",
    "since March 2026",
    "before March 2026",
    "early March 2026",
    "44 BC",
    "March 3, 2026, 7:25 p.m.",
    "2025-02-30",
    "199u",
    "unknown/2025",
    "2025/open",
    "2025-04/2025-03",
];

/// Lists of texts that are HTML although their names do not say so.
const LISTS_OF_HTML: &[&str] = &["key_points", "known", "unknown", "contested"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Holds a page to its generated parts, each a marker's kind, name and text; or writes them, if that is asked for.
#[track_caller]
fn holds(path: &str, parts: &[(&str, &str, String)]) {
    let written = read(path);
    let mut wanted = written.clone();
    for (kind, name, text) in parts {
        let (open, close) = (format!("<!-- {kind}: {name} -->\n"), format!("<!-- /{kind} -->"));
        let Some(start) = wanted.find(&open).map(|at| at + open.len()) else {
            panic!("{path} has no place for {kind}: {name}");
        };
        let end = start + wanted[start..].find(&close).unwrap_or_else(|| panic!("{kind}: {name} has no end in {path}"));
        wanted.replace_range(start..end, &format!("\n{}\n\n", text.trim()));
    }
    for (kind, _, _) in parts {
        let known: BTreeSet<_> = parts.iter().filter(|part| part.0 == *kind).map(|part| part.1).collect();
        for name in markers(&written, kind) {
            assert!(known.contains(name), "{path} has a place for {kind}: {name}, which nothing fills");
        }
    }
    if written == wanted {
        return;
    }
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(root().join(path), wanted).unwrap();
        return;
    }
    let differs = written.lines().zip(wanted.lines()).find(|(have, want)| have != want);
    panic!("{path} is not what the program says; run: UPDATE_DOCS=1 cargo test docs\nfirst difference: {differs:?}");
}

/// The names of a page's markers of one kind.
fn markers<'t>(text: &'t str, kind: &str) -> Vec<&'t str> {
    let open = format!("<!-- {kind}: ");
    text.split(&open).skip(1).filter_map(|rest| rest.split(" -->").next()).collect()
}

/// Text in a cell of a table.
fn cell(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|")
}

fn table(head: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let mut out = line(&head.iter().map(ToString::to_string).collect::<Vec<_>>());
    out.push_str(&format!("|{}\n", "---|".repeat(head.len())));
    rows.into_iter().for_each(|row| out.push_str(&line(&row)));
    out
}

/// A field's shape: a choice as words to type, and the rest as it is.
fn shape(shape: &str) -> String {
    if !shape.contains('`') && shape.contains(" | ") {
        let words: Vec<_> = shape.split(" | ").map(|word| format!("`{word}`")).collect();
        return words.join(", ");
    }
    if shape.starts_with('[') { format!("table `{shape}`") } else { cell(shape) }
}

fn fields(fields: &[Field]) -> String {
    let rows = fields.iter().map(|field| {
        let required = if field.required { "yes" } else { "" };
        let takes = match field.lines {
            Lines::One => shape(field.takes),
            Lines::Paragraphs => format!("{}; may have paragraphs", shape(field.takes)),
        };
        vec![format!("`{}`", field.key), takes, required.to_owned(), cell(field.doc)]
    });
    table(&["key", "what it takes", "required", "meaning"], rows)
}

fn dates() -> String {
    let words = Catalogue::load("en");
    let as_of = Day::from_ymd(2025, 12, 22).unwrap();
    let open = |day: Day| match day {
        Day::MIN | Day::MAX => "open".to_owned(),
        day => day.to_string(),
    };
    let rows = DATES.iter().map(|(text, meaning)| {
        let date = date::parse(text).unwrap_or_else(|error| panic!("{text}: {error:?}"));
        let bounds = date.bounds();
        let days = format!("{} – {}", open(bounds.first), open(bounds.last));
        vec![format!("`{text}`"), cell(meaning), cell(&date::show(&date, &words, Some(&as_of))), days]
    });
    table(&["you write", "meaning", "readers see", "first – last day"], rows)
}

fn no_dates() -> String {
    let rows = NO_DATES.iter().map(|text| {
        let error = date::parse(text).expect_err(text);
        vec![format!("`{text}`"), cell(&error.message), cell(&error.help.unwrap_or_default())]
    });
    table(&["you write", "the program says", "and suggests"], rows)
}

#[test]
fn the_format_is_that_of_the_decoder() {
    let mut parts: Vec<_> = RECORDS.iter().map(|(name, of)| ("fields", *name, fields(of))).collect();
    parts.push(("dates", "shown", dates()));
    parts.push(("dates", "refused", no_dates()));
    holds("docs/guide/format.md", &parts);
}

#[test]
fn the_settings_of_formats_are_those_of_the_decoder() {
    let parts: Vec<_> = FORMATS.iter().map(|(name, of)| ("fields", *name, fields(of))).collect();
    holds("docs/guide/publishing.md", &parts);
}

#[test]
fn the_schema_is_the_one_that_sites_publish() {
    let path = "docs/guide/site.schema.json";
    let published = crate::support::Site::small().build().page("data/site.schema.json");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(root().join(path), &published).unwrap();
    }
    assert_eq!(read(path), published, "run: UPDATE_DOCS=1 cargo test docs");
}

#[test]
fn reserved_ids_are_reserved() {
    let text = read("docs/guide/format.md");
    let list = text.split("<!-- names: reserved -->").nth(1).and_then(|rest| rest.split("<!-- /names -->").next());
    let names: Vec<_> = list.expect("the list of reserved ids").split('`').skip(1).step_by(2).collect();
    assert!(names.len() > 20);
    for name in names {
        assert!(registry::reserved(name, &[]).is_some(), "`{name}` is not reserved");
    }
}

#[test]
fn the_checks_are_those_of_the_program() {
    let first = |text: &str| cell(text.split("\n\n").next().unwrap_or(text));
    let rules = RULES.iter().map(|rule| {
        let code = rule.code();
        vec![format!("[`{code}`](#{code})"), rule.default_severity().word().to_owned(), first(rule.documentation())]
    });
    let mut pages = String::new();
    for rule in RULES {
        let (severity, text) = (rule.default_severity().word(), rule.documentation().trim());
        write!(pages, "### {}\n\nDefault: {severity}.\n\n{text}\n\n", rule.code()).unwrap();
    }
    let codes = code::ALL.iter().map(|(code, meaning)| {
        let can = match check::rule(*code) {
            Some(_) if config::can_be_set(*code) => "yes",
            Some(_) => "no",
            None => "",
        };
        vec![format!("`{code}`"), cell(meaning), can.to_owned()]
    });
    holds(
        "docs/guide/checks.md",
        &[
            ("checks", "rules", table(&["code", "default", "fires when"], rules)),
            ("checks", "documentation", pages),
            ("checks", "codes", table(&["code", "meaning", "can be set and waived"], codes)),
        ],
    );
}

#[test]
fn the_schema_of_findings_is_that_of_the_program() {
    let schema = format!("```json\n{}\n```", json::SCHEMA.trim());
    holds("docs/guide/ci.md", &[("schema", "findings", schema)]);
}

/// A structure of the theme's interface, as its source states it.
struct Context {
    name: String,
    /// Name, type, meaning.
    fields: Vec<(String, String, String)>,
}

/// Every serialisable structure of `src/view`.
fn contexts() -> Vec<Context> {
    let entries =
        ["src/view", "src/view/citations", "src/view/lists"].map(|folder| std::fs::read_dir(root().join(folder)).unwrap());
    let mut files: Vec<_> = entries.into_iter().flatten().map(|entry| entry.unwrap().path()).collect();
    // What lies elsewhere is no template's business.
    files.retain(|file| file.extension().is_some_and(|extension| extension == "rs"));
    files.sort();
    let mut out: Vec<Context> = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(file).unwrap();
        let (mut serialised, mut inside, mut doc) = (false, false, String::new());
        for line in text.lines() {
            if let Some(words) = line.trim_start().strip_prefix("/// ") {
                doc.push_str(words);
                doc.push(' ');
            } else if line.starts_with("#[derive(") {
                serialised = line.contains("Serialize");
            } else if let Some(rest) = line.strip_prefix("pub struct ") {
                inside = serialised && rest.ends_with('{');
                if inside {
                    let name = rest.split(['<', ' ']).next().unwrap().to_owned();
                    out.push(Context { name, fields: Vec::new() });
                }
                (serialised, doc) = (false, String::new());
            } else if line == "}" {
                inside = false;
            } else if let (true, Some(rest)) = (inside, line.strip_prefix("    pub ")) {
                let (name, kind) = rest.trim_end_matches(',').split_once(": ").unwrap();
                let field = (name.to_owned(), kind.to_owned(), std::mem::take(&mut doc));
                out.last_mut().unwrap().fields.push(field);
            } else {
                doc.clear();
            }
        }
    }
    out
}

/// A type of Rust in the words of the guide.
fn kind(name: &str, kind: &str) -> String {
    let inner = |outer: &str| kind.strip_prefix(outer).and_then(|rest| rest.strip_suffix('>'));
    if let Some(of) = inner("Option<") {
        return format!("{}, or nothing", self::kind(name, of));
    }
    if let Some(of) = inner("Vec<") {
        let html = of == "String" && LISTS_OF_HTML.contains(&name);
        return format!("list of {}", if html { "HTML".to_owned() } else { self::kind(name, of) });
    }
    match kind {
        "String" | "&'static str" | "&'m str" if name.ends_with("html") => "HTML".to_owned(),
        "&'static str" => "word".to_owned(),
        "&'m str" => "text".to_owned(),
        "String" => "text".to_owned(),
        "bool" => "true or false".to_owned(),
        "usize" | "u8" => "number".to_owned(),
        "[String; 2]" => "two texts".to_owned(),
        "std::collections::BTreeMap<String, String>" => "table of texts".to_owned(),
        other => {
            let name = other.rsplit("::").next().unwrap().split('<').next().unwrap();
            format!("[{name}](#{})", name.to_lowercase())
        }
    }
}

#[test]
fn the_theme_is_given_what_the_guide_says() {
    let contexts = contexts();
    assert!(contexts.len() > 30, "{}", contexts.len());
    let described = |context: &Context| {
        let row = |(name, of, doc): &(String, String, String)| vec![format!("`{name}`"), kind(name, of), cell(doc)];
        table(&["field", "what it is", "meaning"], context.fields.iter().map(row))
    };
    let mut parts: Vec<_> = contexts.iter().map(|context| ("context", context.name.as_str(), described(context))).collect();
    let words = Catalogue::load("en");
    let ui = words.iter().filter_map(|(key, text)| Some((key.strip_prefix("ui.")?.replace('-', "_"), text)));
    let rows = ui.map(|(key, text)| vec![format!("`words.{key}`"), cell(text)]);
    parts.push(("words", "ui", table(&["name", "in English"], rows)));
    holds("docs/guide/theme.md", &parts);
}

/// Every template below a folder, by its path from `templates/`.
fn templates(folder: &Path, prefix: &str, out: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{prefix}{}", entry.file_name().to_str().unwrap());
        if entry.path().is_dir() {
            templates(&entry.path(), &format!("{name}/"), out);
        } else if name.ends_with(".html") {
            out.push(name);
        }
    }
}

#[test]
fn every_template_is_in_the_guide() {
    let text = read("docs/guide/theme.md");
    let mut names = Vec::new();
    templates(&root().join("templates"), "", &mut names);
    assert!(names.len() > 20);
    for name in names {
        assert!(text.contains(&format!("`{name}`")), "docs/guide/theme.md does not speak of the template `{name}`");
    }
}

#[test]
fn the_guide_says_which_context_each_template_is_given() {
    let text = read("docs/guide/theme.md");
    assert!(TEMPLATES.len() > 20);
    for (template, context) in TEMPLATES {
        let given = match context.split(['<', ' ']).next().unwrap() {
            "OrdinaryPage" => "[SectionPage](#sectionpage)".to_owned(),
            "Masthead" | "Looks" => "nothing".to_owned(),
            name => format!("[{name}](#{})", name.to_lowercase()),
        };
        let row = text.lines().find(|line| line.starts_with(&format!("| `{template}` |")));
        let row = row.unwrap_or_else(|| panic!("docs/guide/theme.md has no row for `{template}`"));
        assert!(row.contains(&given), "docs/guide/theme.md does not say that `{template}` is given {given}");
    }
}

/// What `--help` says.
fn help(command: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_backgrounder")).args(command).arg("--help").output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn every_command_and_flag_is_in_the_guide() {
    let text = read("docs/guide/cli.md");
    let top = help(&[]);
    let listed = top.split("Commands:\n").nth(1).unwrap().lines().take_while(|line| !line.is_empty());
    let commands: Vec<_> = listed.filter(|line| line.starts_with("  ") && !line.starts_with("   ")).collect();
    let commands: Vec<_> = commands.into_iter().filter_map(|line| line.split_whitespace().next()).collect();
    assert!(commands.contains(&"build"));
    for command in commands {
        let heading = format!("\n## {command}\n");
        let own = text.split(&heading).nth(1).unwrap_or_else(|| panic!("docs/guide/cli.md has no heading for {command}"));
        let own = own.split("\n## ").next().unwrap();
        let shared = text.split("\n## For every command\n").nth(1).expect("what every command takes");
        let shared = shared.split("\n## ").next().unwrap();
        for flag in help(&[command]).split_whitespace().filter(|word| word.starts_with("--") && word.len() > 2) {
            let flag = flag.trim_end_matches([',', '.']);
            let (own, shared) = (own.contains(&format!("`{flag}")), shared.contains(&format!("`{flag}")));
            assert!(own || shared, "docs/guide/cli.md does not speak of {flag} under {command}");
        }
    }
}

/// The pages that are written for people.
fn pages() -> Vec<String> {
    let mut out = vec!["README.md".to_owned(), "CHANGELOG.md".to_owned(), "docs/ARCHITECTURE.md".to_owned()];
    out.extend(["docs/releasing.md", "benches/README.md", "tests/browser/README.md"].map(str::to_owned));
    for entry in std::fs::read_dir(root().join("docs/guide")).unwrap() {
        out.push(format!("docs/guide/{}", entry.unwrap().file_name().to_str().unwrap()));
    }
    out.sort();
    out
}

/// A text without its examples.
fn without_code(text: &str) -> String {
    let mut fence: Option<&str> = None;
    let mut out = String::new();
    for line in text.lines() {
        let mark = ["````", "~~~", "```"].into_iter().find(|mark| line.trim_start().starts_with(mark));
        match (fence, mark) {
            (None, Some(mark)) => fence = Some(mark),
            (Some(open), Some(mark)) if open == mark => fence = None,
            (None, None) => {
                // Code within a line, too.
                out.extend(line.split('`').step_by(2));
                out.push('\n');
            }
            (Some(_), _) => {}
        }
    }
    out
}

/// A heading's anchor, as the places where such pages are read make it.
fn anchor(heading: &str) -> String {
    let letters = heading.trim().to_lowercase().replace(' ', "-");
    letters.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).collect()
}

#[test]
fn links_of_the_pages_lead_somewhere() {
    for page in pages() {
        let folder = root().join(&page).parent().unwrap().to_owned();
        let text = read(&page);
        for target in without_code(&text).split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if target.contains("://") {
                continue;
            }
            let (file, heading) = target.split_once('#').map_or((target, None), |(file, heading)| (file, Some(heading)));
            let file = if file.is_empty() { root().join(&page) } else { folder.join(file) };
            assert!(file.exists(), "{page} links to {target}, which is not there");
            if let Some(heading) = heading {
                let text = std::fs::read_to_string(&file).unwrap();
                let anchors: Vec<_> = text
                    .lines()
                    .filter(|line| line.starts_with('#'))
                    .map(|line| anchor(line.trim_start_matches('#')))
                    .collect();
                let near = nearest(heading, anchors.iter().map(String::as_str));
                assert!(anchors.iter().any(|have| have == heading), "{page} links to {target}; nearest: {near:?}");
            }
        }
    }
}

/// Files of the source that the pages name exist.
#[test]
fn named_files_are_there() {
    for page in pages() {
        let text = read(&page);
        for name in text.split('`').skip(1).step_by(2) {
            let is_path = name.starts_with("src/") && !name.contains(['…', ' ', '*', '{', 'N', '\n']);
            assert!(!is_path || root().join(name).exists(), "{page} names {name}, which is not there");
        }
    }
}
