//! The guide says what the program does: its tables are made from the program's own, and are compared here.
//!
//! `UPDATE_DOCS=1 cargo test docs` rewrites the tables. They are between `<!-- KIND: NAME -->` and `<!-- /KIND -->`;
//! everything else in the guide is written by hand.

mod how_to_add;
mod pages;
mod theme;

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use backgrounder::check::{self, RULES};
use backgrounder::config;
use backgrounder::date::{self, Day};
use backgrounder::diagnostics::code;
use backgrounder::diagnostics::emit::json;
use backgrounder::language::Catalogue;
use backgrounder::model::registry;
use backgrounder::syntax::kinds::{
    author, blocks, chart, claim, common, embed, entity, event, location, map, page, pictures, source, term,
};
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
    ("figure", pictures::Figure::FIELDS),
    ("gallery", pictures::Gallery::FIELDS),
    ("gallery-picture", pictures::GalleryPicture::FIELDS),
    ("embed", embed::Embed::FIELDS),
    ("map", map::Map::FIELDS),
    ("map-place", map::StopFields::FIELDS),
    ("map-area", map::Area::FIELDS),
    ("location", location::Location::FIELDS),
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
    ("desk", config::DeskTable::FIELDS),
];

/// The settings for everything besides pages.
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
