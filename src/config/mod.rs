//! `book.toml`: the settings of a site, decoded like any record and then made whole.
//!
//! Keys that mdBook has keep mdBook's names and meaning; what it has no word for is under `[site]`.

mod desk;
mod editor;
mod formats;
mod html;
mod languages;
mod site;
mod tables;
mod theme;
mod words;

use crate::base::{At, Span, TextRange, web_address};
use crate::date::Day;
use crate::diagnostics::{Code, Diagnostic, Severity, code};
use crate::language::Catalogue;
use crate::language::quotes::Quotes;
use crate::source::tree::BOOK;
use crate::syntax::kinds::credit::Credit;
use crate::syntax::{Decode, Decoder, Options, ZoneName, line_of};

pub use desk::{DeskTable, RecordForm};
pub use editor::Editor;
pub use formats::*;
pub use languages::direction_of;
pub use tables::*;
pub use theme::{ThemeTable, TimelineStyle};
pub use words::WordsTable;

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
    /// Where the first one is named; nowhere if it is not.
    pub language_range: TextRange,
    /// Where new records go, if not with others of their kind.
    pub records: Option<RecordForm>,
    /// Who made it: authors by their ids, others by name.
    pub authors: Vec<Credit>,
    /// The folder of the content, relative to the root.
    pub src: String,
    /// Where that is said; nowhere if it is not.
    pub src_range: TextRange,
    /// The folder of the finished site, relative to the root or absolute, and where that is said.
    pub build_dir: At<String>,
    /// The site's absolute address, without a slash at the end.
    pub base_url: Option<String>,
    /// The path under which the site lives: `/` or `/explainer/`.
    pub base_path: String,
    /// The time zone of the site's own acts.
    pub time_zone: jiff::tz::TimeZone,
    /// Whether the site names it; if not, it is UTC.
    pub has_time_zone: bool,
    /// The day that the site as a whole is true as of.
    pub as_of: Option<At<Day>>,
    /// After how many days a page is stale, if ever.
    pub stale_after: Option<i32>,
    /// For how many days a page says at its top that it was corrected.
    pub correction_notice_days: i32,
    /// How dates are written, if not as the language does.
    pub date_format: Option<DateFormat>,
    /// Words for readers that the site has its own for, by the catalogue's key.
    pub words: Vec<(String, String)>,
    /// What texts may say.
    pub options: Options,
    /// Who publishes the site.
    pub publisher: PublisherTable,
    /// The host name for GitHub Pages.
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
    /// Whether places, facilities and events with a place have a small map on their pages.
    pub locators: bool,
    /// The file with land and borders for all maps, below the content folder.
    pub map_base: Option<At<String>>,
    /// How the built-in theme looks on this site.
    pub theme: ThemeTable,
    /// Severities of rules, and waivers.
    pub checks: Checks,
    /// Feeds.
    pub feeds: FeedsTable,
    /// How many entries a feed holds.
    pub feed_entries: usize,
    /// Sitemaps.
    pub sitemap: SitemapTable,
    /// Data for others.
    pub data: DataTable,
    /// The search of the site.
    pub search: SearchTable,
    /// Pictures for links.
    pub cards: CardsTable,
    /// Headers for hosts that read them.
    pub headers: HeadersTable,
    /// Further folders that a preview watches, relative to the root.
    pub watched: Vec<String>,
    /// What opens a file in a preview.
    pub editor: Option<Editor>,
}

impl Config {
    /// What the program says to the site's readers: in the site's first language, with the site's own words.
    #[must_use]
    pub fn catalogue(&self) -> Catalogue {
        let catalogue = Catalogue::load(&self.first().tag);
        let catalogue = match self.date_format {
            Some(format) => catalogue.with_date_format(format.word()),
            None => catalogue,
        };
        catalogue.with(&self.words)
    }

    /// The site's first language.
    #[must_use]
    pub fn first(&self) -> &Language {
        // `read` never makes a configuration without one.
        &self.languages[0]
    }
}

/// The content folder, unless `src` names another.
pub const SRC: &str = "content";

/// Reads `book.toml`. `base_url` is the command line's, and replaces both of the file's.
#[must_use]
pub fn read(text: &str, base_url: Option<&str>) -> (Option<Config>, Vec<Diagnostic>) {
    let (node, mut diagnostics) = crate::syntax::parse_toml(text);
    let mut d = Decoder::new(text, Options::default());
    d.field = "book.toml";
    d.may_be_empty = false;
    let book = Book::decode(&node, &mut d);
    let config = book.map(|book| complete(book, base_url, &mut d));
    // What can't be read of a line makes no further finding of what was read of it.
    let unread = unread(text, &diagnostics);
    let is_lost = |at: usize| {
        let behind = unread.partition_point(|lines| lines.start <= at);
        behind > 0 && at < unread[behind - 1].end
    };
    d.diagnostics.retain(|found| found.span.is_none_or(|span| !is_lost(span.range.bytes().start)));
    d.diagnostics.iter_mut().for_each(|found| tables::name_table(found, text));
    diagnostics.append(&mut d.diagnostics);
    for diagnostic in &mut diagnostics {
        diagnostic.relocate(BOOK, 0);
    }
    // A character that no page can hold is left out of the setting, which means no less without it.
    let is_fault = |found: &Diagnostic| found.severity == Severity::Error && found.code != code::BAD_CHARACTER;
    let sound = !diagnostics.iter().any(is_fault);
    (config.filter(|_| sound), diagnostics)
}

/// The lines that can't be read, in order. Lines below a table's broken name belong to no table.
fn unread(text: &str, found: &[Diagnostic]) -> Vec<std::ops::Range<usize>> {
    let faults = found.iter().filter(|found| found.code == code::INVALID_SYNTAX).filter_map(|found| found.span);
    let mut lines: Vec<_> = faults.map(|span| line_of(text, span.range)).collect();
    lines.sort_unstable();
    lines.dedup();
    let end = |start: usize| {
        let end = if text[start..].starts_with('[') { "\n[" } else { "\n" };
        text[start..].find(end).map_or(text.len(), |length| start + length + 1)
    };
    let mut read = 0;
    let mut out = Vec::with_capacity(lines.len());
    for start in lines {
        if start >= read {
            read = end(start);
            out.push(start..read);
        }
    }
    out
}

fn value(at: Option<At<String>>) -> Option<String> {
    at.map(|at| at.value)
}

/// Where a setting is given; nowhere if it is not.
fn range<T>(at: Option<&At<T>>) -> TextRange {
    at.map(|at| at.range).unwrap_or_default()
}

fn complete(book: Book, base_url: Option<&str>, d: &mut Decoder) -> Config {
    let Book { book, build, output, site, checks, desk: DeskTable { records } } = book;
    let (base_url, base_path) = base(&site, &output.html, base_url, d);
    // Every setting is named, so that a new one does not compile until it is used.
    let BookTable { title, description, authors, language, text_direction, src } = book;
    let BuildTable { build_dir, extra_watch_dirs } = build;
    let OutputTable { html, feeds, sitemap, data, cards, headers } = output;
    let site = site::SiteSettings::of(site, d);
    let html = html::HtmlSettings::of(html, d);
    let (src_range, language_range) = (range(src.as_ref()), range(language.as_ref()));
    let languages = languages::all(language, title, description, text_direction, site.languages, d);
    let options = options(html.smart_punctuation, site.zone_name, &languages[0]);
    Config {
        words: words::checked(site.words, &languages[0].tag, d),
        languages,
        language_range,
        records,
        date_format: site.date_format,
        authors: authors.0,
        src: folder(src.as_ref(), SRC, d),
        src_range,
        build_dir: output_folder(build_dir, d),
        base_url,
        base_path,
        time_zone: site.time_zone,
        has_time_zone: site.has_time_zone,
        as_of: site.as_of,
        stale_after: site.stale_after,
        correction_notice_days: site.correction_notice_days,
        options,
        publisher: site.publisher,
        cname: html.cname,
        repository: html.repository,
        edit_url: html.edit_url,
        additional_css: html.additional_css,
        additional_js: html.additional_js,
        input_404: html.input_404,
        redirects: html.redirects,
        locators: html.locators,
        map_base: html.map_base,
        theme: html.theme,
        checks,
        watched: extra_watch_dirs.into_iter().map(|folder| folder.value).collect(),
        editor: site.editor,
        feed_entries: entries(feeds.entries.as_ref(), d),
        feeds,
        sitemap,
        data,
        search: html.search,
        cards,
        headers,
    }
}

/// What texts may say.
fn options(smart_punctuation: Option<bool>, zone: Option<ZoneName>, first: &Language) -> Options {
    Options { smart_punctuation: smart_punctuation.unwrap_or(true), zone, quotes: Quotes::of(&first.tag) }
}

/// How many entries a feed holds.
fn entries(given: Option<&At<i32>>, d: &mut Decoder) -> usize {
    const UNLESS_SET: usize = 50;
    let Some(given) = given else {
        return UNLESS_SET;
    };
    match usize::try_from(given.value) {
        Ok(number @ 1..=1000) => number,
        _ => {
            d.error(code::BAD_VALUE, given.range, format!("a feed can't hold {} entries", given.value)).help =
                Some("write a number from 1 to 1000".to_owned());
            UNLESS_SET
        }
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
    let (url, path) = (site.base_url.as_ref(), html.site_url.as_ref());
    if let Some((path, why)) = path.and_then(|path| Some((path, web_address::path(path.value.trim_end_matches('/')).err()?)))
    {
        d.error(code::BAD_ADDRESS, path.range, format!("`{}` is not a path: {why}", path.value)).help =
            Some("write the path that the site lives under, such as /explainer/".to_owned());
    }
    let Some(url) = url else {
        return (None, path.map_or_else(|| "/".to_owned(), |path| path_of(&format!("//{}", path.value))));
    };
    if let Err(why) = web_address::site(url.0.value.trim_end_matches('/')) {
        d.error(code::BAD_ADDRESS, url.0.range, format!("this can't be the site's address: {why}")).help =
            Some(why.help().to_owned());
    }
    let own = path_of(&url.0.value);
    if let Some(path) = path.filter(|path| path.value.trim_matches('/') != own.trim_matches('/')) {
        let message = format!("`site-url` is `{}`, and the path of `base-url` is `{own}`", path.value);
        d.error(code::BAD_VALUE, path.range, message).help = Some("remove `site-url`; `base-url` says it all".to_owned());
    }
    (Some(bare(&url.0.value)), own)
}

/// The folder of the finished site, which can't be one of version control.
fn output_folder(given: Option<At<String>>, d: &mut Decoder) -> At<String> {
    let folder = given.unwrap_or_else(|| At::new("site".to_owned(), TextRange::default()));
    if is_kept_by_versions(&folder.value) {
        let message = format!("the site can't be written to `{}`: that folder belongs to version control", folder.value);
        d.error(code::BAD_VALUE, folder.range, message).help = Some("name another folder, such as \"site\"".to_owned());
    }
    folder
}

/// Whether a path lies in a folder such as `.git`.
#[must_use]
pub fn is_kept_by_versions(path: &str) -> bool {
    let kept = [".git", ".hg", ".svn", ".jj", ".bzr"];
    path.split(['/', '\\']).any(|part| kept.iter().any(|name| part.eq_ignore_ascii_case(name)))
}

/// A folder inside the root.
fn folder(given: Option<&At<String>>, default: &str, d: &mut Decoder) -> String {
    let Some(given) = given else {
        return default.to_owned();
    };
    let path = given.value.trim_matches('/').trim_start_matches("./");
    if path.is_empty() || given.value.starts_with('/') || path.split('/').any(|part| part == ".." || part == ".") {
        d.error(code::OUTSIDE_SITE, given.range, format!("`{}` is not a folder inside the site", given.value)).help =
            Some(format!("name a folder inside the one with book.toml, such as \"{default}\""));
        return default.to_owned();
    }
    path.to_owned()
}

/// The site's own style sheets, as far as they may be published.
fn style_sheets(files: Vec<At<String>>, d: &mut Decoder) -> Vec<At<String>> {
    published(files, "a style sheet", &[".css"], d)
}

/// The site's own scripts, as far as they may be published.
fn scripts(files: Vec<At<String>>, d: &mut Decoder) -> Vec<At<String>> {
    published(files, "a script", &[".js", ".mjs"], d)
}

/// Style sheets or scripts that are published as they are: files with one of these endings, and nothing hidden.
fn published(files: Vec<At<String>>, what: &str, endings: &[&str], d: &mut Decoder) -> Vec<At<String>> {
    // Those that lead out of the site are reported when they are looked up.
    let leaves = |path: &str| path.starts_with('/') || path.split('/').any(|part| part == "..");
    for file in files.iter().filter(|file| !leaves(&file.value)) {
        let path = file.value.to_lowercase();
        let is_hidden = path.split('/').any(|part| part.starts_with('.') && part != ".");
        if is_hidden || !endings.iter().any(|ending| path.ends_with(ending)) {
            let message = format!("`{}` is not {what}, and would be published", file.value);
            d.error(code::BAD_VALUE, file.range, message).help =
                Some(format!("name a file that ends in {}, by its path from book.toml", endings.join(" or ")));
        }
    }
    files
}

/// A host name, which GitHub Pages takes as a single line.
fn host(name: At<String>, d: &mut Decoder) -> Option<String> {
    let label = |label: &str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-');
    if name.value.split('.').all(label) {
        return Some(name.value);
    }
    d.error(code::BAD_VALUE, name.range, format!("`{}` is not a host name", name.value.escape_debug())).help =
        Some("write only the host name, without https:// or a path, such as www.example.org".to_owned());
    None
}

/// The place of a setting, for later stages.
#[must_use]
pub fn book_span(range: TextRange) -> Span {
    Span { file: BOOK, range }
}

/// The severity that a site gives a rule; `None` is “off”.
#[must_use]
pub fn severity(config: &Config, code: Code, default: Severity) -> Option<Severity> {
    config.checks.severities.get(code.0).copied().unwrap_or(Some(default))
}
