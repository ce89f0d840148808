//! `book.toml`: the settings of a site, decoded like any record and then made whole.
//!
//! Keys that mdBook has keep mdBook's names and meaning; what it has no word for is under `[site]`.

use std::collections::BTreeMap;

use crate::base::similar::nearest;
use crate::base::{At, FileId, Span, TextRange};
use crate::date::{Date, Day};
use crate::diagnostics::{Code, Diagnostic, Severity, code};
use crate::source::tree::BOOK;
use crate::syntax::common::WebAddress;
use crate::syntax::node::{Kind, Node};
use crate::syntax::{Decode, Decoder, Options};
use crate::{choice, record};

record! {
    /// `book.toml`.
    pub struct Book = "book.toml" {
        /// what mdBook calls the book
        "book" book: BookTable;
        /// where the site is written
        "build" build: BuildTable;
        /// how it is written
        "output" output: OutputTable;
        /// what mdBook has no word for
        "site" site: SiteTable;
        /// severities of rules, and waivers
        "checks" checks: Checks;
    }
}

record! {
    /// The site as a work.
    #[derive(Default)]
    pub struct BookTable = "[book]" {
        /// what the site is called
        "title" title: Option<At<String>>;
        /// what it is, in a sentence
        "description" description: Option<At<String>>;
        /// who made it
        "authors" authors: Vec<At<String>>;
        /// its first language, as a tag such as `en`
        "language" language: Option<At<String>>;
        /// `ltr` or `rtl`; by the language unless set
        "text-direction" text_direction: Option<Direction>;
        /// the folder of the content
        "src" src: Option<At<String>>;
    }
}

choice! {
    /// Which way a text runs.
    pub enum Direction {
        /// Left to right.
        Ltr = "ltr",
        /// Right to left.
        Rtl = "rtl",
    }
}

record! {
    /// Where the site is written.
    #[derive(Default)]
    pub struct BuildTable = "[build]" {
        /// the folder of the finished site
        "build-dir" build_dir: Option<At<String>>;
        /// further folders that a preview watches
        "extra-watch-dirs" extra_watch_dirs: Vec<At<String>>;
    }
}

record! {
    /// How the site is written.
    #[derive(Default)]
    pub struct OutputTable = "[output]" {
        /// as web pages
        "html" html: HtmlTable;
    }
}

record! {
    /// The site as web pages.
    #[derive(Default)]
    pub struct HtmlTable = "[output.html]" {
        /// the path that the site lives under
        "site-url" site_url: Option<At<String>>;
        /// the host name that GitHub Pages is told
        "cname" cname: Option<At<String>>;
        /// where the site's source can be read
        "git-repository-url" git_repository_url: Option<WebAddress>;
        /// where a page can be edited; `{path}` is its file
        "edit-url-template" edit_url_template: Option<WebAddress>;
        /// further style sheets, as paths from the root
        "additional-css" additional_css: Vec<At<String>>;
        /// further scripts, as paths from the root
        "additional-js" additional_js: Vec<At<String>>;
        /// typographic quotes and dashes; on unless set
        "smart-punctuation" smart_punctuation: Option<bool>;
        /// the words of the page for addresses that lead nowhere
        "input-404" input_404: Option<At<String>>;
        /// search
        "search" search: SearchTable;
        /// old addresses and where they lead
        "redirect" redirect: StringMap;
    }
}

record! {
    /// Search.
    #[derive(Default)]
    pub struct SearchTable = "[output.html.search]" {
        /// whether the site can be searched
        "enable" enable: Option<bool>;
    }
}

record! {
    /// What mdBook has no word for.
    #[derive(Default)]
    pub struct SiteTable = "[site]" {
        /// the site's absolute address
        "base-url" base_url: Option<WebAddress>;
        /// the time zone of the site's own acts
        "time-zone" time_zone: Option<At<String>>;
        /// the day that the site is true as of
        "as-of" as_of: Option<At<Date>>;
        /// after how many days a page is stale
        "stale-after" stale_after: Option<i32>;
        /// whether raw HTML in Markdown is kept
        "raw-html" raw_html: Option<At<bool>>;
        /// how an editor opens a file: `{file}`, `{line}`, `{column}`
        "editor" editor: Option<At<String>>;
        /// who publishes the site
        "publisher" publisher: PublisherTable;
        /// further languages
        "languages" languages: Languages;
        /// how sources are written
        "citations" citations: CitationsTable;
    }
}

record! {
    /// Who publishes the site.
    #[derive(Default, Clone)]
    pub struct PublisherTable = "[site.publisher]" {
        /// its name
        "name" name: Option<At<String>>;
        /// its address
        "url" url: Option<WebAddress>;
        /// its logo, a path
        "logo" logo: Option<At<String>>;
        /// how an error is reported: an address or mail address
        "contact" contact: Option<At<String>>;
        /// its policy on corrections
        "corrections-policy" corrections_policy: Option<WebAddress>;
        /// its code of ethics
        "ethics-policy" ethics_policy: Option<WebAddress>;
        /// the terms under which the text may be used again
        "license" license: Option<At<String>>;
    }
}

record! {
    /// How sources are written.
    #[derive(Default)]
    pub struct CitationsTable = "[site.citations]" {
        /// `news`, which is built in
        "style" style: Option<At<String>>;
    }
}

record! {
    /// A further language.
    #[derive(Default)]
    pub struct LanguageTable = "[site.languages]" {
        /// what the site is called in it
        "title" title: Option<At<String>>;
        /// what it is, in a sentence
        "description" description: Option<At<String>>;
    }
}

record! {
    /// A waiver: a finding that is known and let pass.
    pub struct Allow = "[[checks.allow]]" {
        /// the rule
        "code" code: At<String>, required;
        /// the record's id or the file's path
        "at" at: At<String>, required;
        /// why
        "reason" reason: At<String>, required;
        /// until when
        "until" until: Option<At<Date>>;
    }
}

impl Decode for At<bool> {
    const SHAPE: &'static str = bool::SHAPE;

    fn decode(node: &Node, d: &mut Decoder) -> Option<Self> {
        bool::decode(node, d).map(|truth| Self::new(truth, node.range))
    }
}

/// A table of texts by key.
#[derive(Debug, Default)]
pub struct StringMap(pub Vec<(At<String>, At<String>)>);

impl Decode for StringMap {
    const SHAPE: &'static str = "a table of texts";

    fn decode(node: &Node, d: &mut Decoder) -> Option<Self> {
        let Kind::Map(entries) = &node.kind else {
            d.wrong_type(node, Self::SHAPE);
            return None;
        };
        let one = |(key, value): &(At<String>, Node)| Some((key.clone(), At::<String>::decode(value, d)?));
        Some(Self(entries.iter().filter_map(one).collect()))
    }
}

/// Further languages by tag.
#[derive(Debug, Default)]
pub struct Languages(pub Vec<(At<String>, LanguageTable)>);

impl Decode for Languages {
    const SHAPE: &'static str = "a table a language";

    fn decode(node: &Node, d: &mut Decoder) -> Option<Self> {
        let Kind::Map(entries) = &node.kind else {
            d.wrong_type(node, Self::SHAPE);
            return None;
        };
        let mut out = Vec::new();
        for (tag, value) in entries {
            out.push((tag.clone(), LanguageTable::decode(value, d)?));
        }
        Some(Self(out))
    }
}

/// Rules that stay errors: a site made in spite of them would lack a record, or show a hidden one.
const MADE_WRONG_WITHOUT: &[&str] = &[code::DUPLICATE_ID.0, code::BAD_DATE.0, code::POINTS_AT_HIDDEN.0];

/// `[checks]`: severities by code, and waivers.
#[derive(Debug, Default)]
pub struct Checks {
    /// `None` is “off”.
    pub severities: BTreeMap<String, Option<Severity>>,
    /// Findings that are let pass.
    pub allow: Vec<Allow>,
}

impl Decode for Checks {
    const SHAPE: &'static str = "severities by rule, and waivers";

    fn decode(node: &Node, d: &mut Decoder) -> Option<Self> {
        let Kind::Map(entries) = &node.kind else {
            d.wrong_type(node, Self::SHAPE);
            return None;
        };
        let mut out = Self::default();
        for (key, value) in entries {
            if key.value == "allow" {
                d.field = "allow";
                out.allow = Vec::decode(value, d).unwrap_or_default();
                continue;
            }
            if !code::ALL.iter().any(|(known, _)| known.0 == key.value) {
                let near = nearest(&key.value, code::ALL.iter().map(|(known, _)| known.0));
                let help = near.map(|near| format!("did you mean `{near}`?"));
                d.error(code::UNKNOWN_FIELD, key.range, format!("there is no rule `{}`", key.value)).help = help;
                continue;
            }
            if MADE_WRONG_WITHOUT.contains(&key.value.as_str()) {
                let message = format!("the severity of `{}` can't be changed", key.value);
                d.error(code::BAD_VALUE, key.range, message).help =
                    Some("what it finds can't be left out or shown without harm; take the line out".to_owned());
                continue;
            }
            d.field = "a severity";
            let severity = match d.scalar(value, "a severity") {
                Some("error") => Some(Severity::Error),
                Some("warn" | "warning") => Some(Severity::Warning),
                Some("info") => Some(Severity::Info),
                Some("off") => None,
                Some(other) => {
                    let message = format!("`{other}` is not a severity");
                    d.error(code::BAD_VALUE, value.range, message).help = Some("write error, warn, info or off".to_owned());
                    continue;
                }
                None => continue,
            };
            out.severities.insert(key.value.clone(), severity);
        }
        Some(out)
    }
}

/// A language of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Language {
    /// Its tag (BCP 47).
    pub tag: String,
    /// What the site is called in it.
    pub title: String,
    /// What the site is, in a sentence.
    pub description: String,
    /// Which way it runs.
    pub direction: Direction,
}

/// The settings of a site, whole.
#[derive(Debug)]
pub struct Config {
    /// Languages; the first is the site's own.
    pub languages: Vec<Language>,
    /// Who made it.
    pub authors: Vec<String>,
    /// The folder of the content, relative to the root.
    pub src: String,
    /// The folder of the finished site, relative to the root or absolute, and where that is said.
    pub build_dir: At<String>,
    /// The site's absolute address, without a slash at the end.
    pub base_url: Option<String>,
    /// The path under which the site lives: `/` or `/explainer/`.
    pub base_path: String,
    /// The time zone of the site's own acts.
    pub time_zone: jiff::tz::TimeZone,
    /// The day that the site as a whole is true as of.
    pub as_of: Option<Day>,
    /// After how many days a page is stale.
    pub stale_after: i32,
    /// What texts may say.
    pub options: Options,
    /// Who publishes the site.
    pub publisher: PublisherTable,
    /// The host name that GitHub Pages is told.
    pub cname: Option<String>,
    /// Where the site's source can be read.
    pub repository: Option<String>,
    /// Where a page can be edited; `{path}` is its file.
    pub edit_url: Option<String>,
    /// Further style sheets, as paths from the root.
    pub additional_css: Vec<At<String>>,
    /// Further scripts, as paths from the root.
    pub additional_js: Vec<At<String>>,
    /// The id of the page for addresses that lead nowhere.
    pub input_404: String,
    /// Old addresses and where they lead.
    pub redirects: Vec<(At<String>, At<String>)>,
    /// Severities of rules, and waivers.
    pub checks: Checks,
}

impl Config {
    /// The site's first language.
    #[must_use]
    pub fn first(&self) -> &Language {
        // `read` never makes a configuration without one.
        &self.languages[0]
    }
}

/// Reads `book.toml`. `base_url` is the command line's, and replaces both of the file's.
#[must_use]
pub fn read(text: &str, base_url: Option<&str>) -> (Option<Config>, Vec<Diagnostic>) {
    let (node, mut diagnostics) = crate::syntax::parse_toml(text);
    let mut d = Decoder::new(text, Options::default());
    d.field = "book.toml";
    let book = Book::decode(&node, &mut d);
    let config = book.map(|book| whole(book, base_url, &mut d));
    diagnostics.append(&mut d.diagnostics);
    for diagnostic in &mut diagnostics {
        diagnostic.relocate(BOOK, 0);
    }
    let sound = crate::diagnostics::errors(&diagnostics) == 0;
    (config.filter(|_| sound), diagnostics)
}

fn value(at: Option<At<String>>) -> Option<String> {
    at.map(|at| at.value)
}

fn whole(book: Book, base_url: Option<&str>, d: &mut Decoder) -> Config {
    let html = book.output.html;
    let (base_url, base_path) = base(&book.site, &html, base_url, d);
    let src = folder(book.book.src.as_ref(), "content", d);
    let build_dir = book.build.build_dir.unwrap_or_else(|| At::new("site".to_owned(), TextRange::default()));
    let time_zone = time_zone(book.site.time_zone.as_ref(), d);
    let as_of = book.site.as_of.and_then(|date| exact_day(&date, d));
    if let Some(style) = book.site.citations.style.filter(|style| style.value != "news") {
        d.error(code::BAD_VALUE, style.range, format!("the style `{}` can't be used by this version", style.value)).help =
            Some("`news` is built in; CSL styles are to come".to_owned());
    }
    if let Some(raw) = book.site.raw_html.as_ref().filter(|raw| raw.value) {
        d.error(code::BAD_VALUE, raw.range, "raw HTML can't be allowed by this version").help =
            Some("write Markdown; tags are shown as text".to_owned());
    }
    let languages = languages(
        book.book.language,
        book.book.title,
        book.book.description,
        book.book.text_direction,
        book.site.languages,
        d,
    );
    Config {
        languages,
        authors: book.book.authors.into_iter().map(|author| author.value).collect(),
        src,
        build_dir,
        base_url,
        base_path,
        time_zone,
        as_of,
        stale_after: book.site.stale_after.unwrap_or(30),
        options: Options { smart_punctuation: html.smart_punctuation.unwrap_or(true), raw_html: false },
        publisher: book.site.publisher,
        cname: html.cname.and_then(|name| host(name, d)),
        repository: html.git_repository_url.map(|url| url.0.value),
        edit_url: html.edit_url_template.map(|url| url.0.value),
        additional_css: html.additional_css,
        additional_js: html.additional_js,
        input_404: value(html.input_404).map_or_else(|| "404".to_owned(), |path| crate::syntax::file::name(&path).0),
        redirects: html.redirect.0,
        checks: book.checks,
    }
}

/// The absolute address without its last slash, and the path that it ends in.
fn base(site: &SiteTable, html: &HtmlTable, given: Option<&str>, d: &mut Decoder) -> (Option<String>, String) {
    let path_of = |url: &str| {
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
        let path = rest.find('/').map_or("", |at| &rest[at..]).trim_matches('/').to_owned();
        if path.is_empty() { "/".to_owned() } else { format!("/{path}/") }
    };
    let bare = |url: &str| url.trim_end_matches('/').to_owned();
    if let Some(url) = given {
        return (Some(bare(url)), path_of(url));
    }
    match (&site.base_url, &html.site_url) {
        (None, None) => (None, "/".to_owned()),
        (None, Some(path)) => (None, path_of(&format!("//{}", path.value))),
        (Some(url), path) => {
            let own = path_of(&url.0.value);
            if let Some(path) = path.as_ref().filter(|path| path.value.trim_matches('/') != own.trim_matches('/')) {
                let message = format!("`site-url` is `{}`, and the path of `base-url` is `{own}`", path.value);
                d.error(code::BAD_VALUE, path.range, message).help =
                    Some("remove `site-url`; `base-url` says it all".to_owned());
            }
            (Some(bare(&url.0.value)), own)
        }
    }
}

/// A host name; what GitHub Pages is told is one line.
fn host(name: At<String>, d: &mut Decoder) -> Option<String> {
    let label = |label: &str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-');
    if name.value.split('.').all(label) {
        return Some(name.value);
    }
    d.error(code::BAD_VALUE, name.range, format!("`{}` is not a host name", name.value.escape_debug())).help =
        Some("write it alone, without https:// or a path, such as www.example.org".to_owned());
    None
}

/// A folder inside the root.
fn folder(given: Option<&At<String>>, default: &str, d: &mut Decoder) -> String {
    let Some(given) = given else {
        return default.to_owned();
    };
    let path = given.value.trim_matches('/').trim_start_matches("./");
    if path.is_empty() || given.value.starts_with('/') || path.split('/').any(|part| part == ".." || part == ".") {
        d.error(code::OUTSIDE_SITE, given.range, format!("`{}` is not a folder inside the site", given.value)).help =
            Some(format!("name a folder below the one with book.toml, such as \"{default}\""));
        return default.to_owned();
    }
    path.to_owned()
}

fn time_zone(given: Option<&At<String>>, d: &mut Decoder) -> jiff::tz::TimeZone {
    let Some(given) = given else {
        return jiff::tz::TimeZone::UTC;
    };
    // The bundled database alone, so that one site gives the same bytes on every machine.
    match jiff::tz::TimeZoneDatabase::bundled().get(&given.value) {
        Ok(zone) => zone,
        Err(_) => {
            d.error(code::BAD_VALUE, given.range, format!("there is no time zone `{}`", given.value)).help =
                Some("write its IANA name, such as America/New_York".to_owned());
            jiff::tz::TimeZone::UTC
        }
    }
}

fn exact_day(date: &At<Date>, d: &mut Decoder) -> Option<Day> {
    if date.value.is_exact_day() {
        return Some(date.value.first_day());
    }
    d.error(code::BAD_DATE, date.range, "this must be one day").help = Some("write it as 2025-12-22".to_owned());
    None
}

fn languages(
    tag: Option<At<String>>,
    title: Option<At<String>>,
    description: Option<At<String>>,
    direction: Option<Direction>,
    further: Languages,
    d: &mut Decoder,
) -> Vec<Language> {
    let tag = tag.unwrap_or_else(|| At::new("en".to_owned(), TextRange::default()));
    let mut out = vec![Language {
        direction: direction.unwrap_or_else(|| direction_of(&tag.value)),
        tag: tag.value.clone(),
        title: value(title).unwrap_or_default(),
        description: value(description).unwrap_or_default(),
    }];
    let mut tags = vec![tag];
    for (tag, table) in further.0 {
        if tags.iter().any(|known| known.value == tag.value) {
            d.error(code::DUPLICATE_ID, tag.range, format!("`{}` is a language of the site already", tag.value));
            continue;
        }
        out.push(Language {
            direction: direction_of(&tag.value),
            tag: tag.value.clone(),
            title: value(table.title).unwrap_or_else(|| out[0].title.clone()),
            description: value(table.description).unwrap_or_else(|| out[0].description.clone()),
        });
        tags.push(tag);
    }
    for tag in tags {
        let sound = tag
            .value
            .split('-')
            .all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()));
        if !sound || tag.value.split('-').next().is_none_or(|first| first.len() < 2) {
            d.error(code::BAD_VALUE, tag.range, format!("`{}` is not a language", tag.value)).help =
                Some("write a tag such as `en` or `pt-BR`".to_owned());
        }
    }
    out
}

/// Which way a language runs: the scripts of these run right to left.
fn direction_of(tag: &str) -> Direction {
    match tag.split('-').next() {
        Some("ar" | "fa" | "he" | "ur" | "yi" | "ps" | "dv" | "ckb" | "sd" | "ug") => Direction::Rtl,
        _ => Direction::Ltr,
    }
}

/// The place of a setting, for stages behind this one.
#[must_use]
pub fn place(range: TextRange) -> Span {
    Span { file: FileId(BOOK.0), range }
}

/// The severity that a site gives a rule; `None` is “off”.
#[must_use]
pub fn severity(config: &Config, code: Code, default: Severity) -> Option<Severity> {
    config.checks.severities.get(code.0).copied().unwrap_or(Some(default))
}
