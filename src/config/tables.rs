//! The tables of `book.toml`, stated once for the decoder and the guide.

use std::collections::BTreeMap;

use crate::base::At;
use crate::base::similar::nearest;
use crate::date::Date;
use crate::diagnostics::{Code, Diagnostic, Severity, code};
use crate::syntax::kinds::common::WebAddress;
use crate::syntax::kinds::credit::Credits;
use crate::syntax::node::{Kind, Node};
use crate::syntax::{Decode, Decoder, Field, Lines, RecordShape, Shape};
use crate::{choice, record};

use super::ThemeTable;
use super::WordsTable;
use super::desk::DeskTable;
use super::formats::{CardsTable, DataTable, FeedsTable, HeadersTable, SitemapTable};

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
        /// how records are written
        "desk" desk: DeskTable;
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
        /// who made it: ids of authors, or names
        "authors" authors: Credits;
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
        /// the folder for the finished site
        "build-dir" build_dir: Option<At<String>>;
        /// more folders for the preview to watch
        "extra-watch-dirs" extra_watch_dirs: Vec<At<String>>;
    }
}

record! {
    /// How the site is written.
    #[derive(Default)]
    pub struct OutputTable = "[output]" {
        /// as web pages
        "html" html: HtmlTable;
        /// feeds
        "feeds" feeds: FeedsTable;
        /// sitemaps
        "sitemap" sitemap: SitemapTable;
        /// data for others
        "data" data: DataTable;
        /// pictures for links
        "cards" cards: CardsTable;
        /// headers for hosts that read them
        "headers" headers: HeadersTable;
    }
}

record! {
    /// The site as web pages.
    #[derive(Default)]
    pub struct HtmlTable = "[output.html]" {
        /// the path that the site lives under
        "site-url" site_url: Option<At<String>>;
        /// the host name for GitHub Pages
        "cname" cname: Option<At<String>>;
        /// where the site's source can be read
        "git-repository-url" git_repository_url: Option<WebAddress>;
        /// where a page can be edited; `{path}` is its file
        "edit-url-template" edit_url_template: Option<WebAddress>;
        /// more style sheets, as paths from the root
        "additional-css" additional_css: Vec<At<String>>;
        /// more scripts, as paths from the root
        "additional-js" additional_js: Vec<At<String>>;
        /// typographic quotes and dashes; on unless set
        "smart-punctuation" smart_punctuation: Option<bool>;
        /// the page to show for addresses that lead nowhere
        "input-404" input_404: Option<At<String>>;
        /// search
        "search" search: SearchTable;
        /// whether places, facilities and events with a place have a small map on their pages
        "locators" locators: bool;
        /// a GeoJSON file in the content folder with land and borders for all maps, instead of Natural Earth's
        "map-base" map_base: Option<At<String>>;
        /// old addresses and where they lead
        "redirect" redirect: StringMap;
        /// how it looks
        "theme" theme: ThemeTable;
    }
}

record! {
    /// Whether the site can be searched. mdBook has further keys in this table, for its own search.
    #[derive(Default)]
    pub struct SearchTable = "[output.html.search]" {
        /// whether the site can be searched; on unless set
        "enable" enable: Option<bool>;
    }
}

choice! {
    /// How dates are written.
    pub enum DateFormat {
        /// In words, as the language writes them: “April 14, 2025” in American English.
        Long = "long",
        /// In words, with the day before the month and a 24-hour clock: “14 April 2025”.
        DayFirst = "day-first",
        /// In digits, as in ISO 8601: “2025-04-14”.
        Iso = "iso",
    }
}

record! {
    /// Settings that mdBook doesn't have.
    #[derive(Default)]
    pub struct SiteTable = "[site]" {
        /// the site's absolute address
        "base-url" base_url: Option<WebAddress>;
        /// the time zone for the site's own dates
        "time-zone" time_zone: Option<At<String>>;
        /// the day that the site is accurate as of
        "as-of" as_of: Option<At<Date>>;
        /// after how many days a page is stale; never unless set
        "stale-after" stale_after: Option<At<i32>>;
        /// for how many days a page says at its top that it was corrected; 30 unless set, 0 for never
        "correction-notice-days" correction_notice_days: Option<At<i32>>;
        /// whether raw HTML in Markdown is kept
        "raw-html" raw_html: Option<At<bool>>;
        /// how an editor opens a file: `{file}`, `{line}`, `{column}`
        "editor" editor: Option<At<String>>;
        /// who publishes the site
        "publisher" publisher: PublisherTable;
        /// other languages
        "languages" languages: Languages;
        /// how sources are written
        "citations" citations: CitationsTable;
        /// how dates are written; the language's own way unless set
        "date-format" date_format: Option<DateFormat>;
        /// replacements for the program's own text, by key
        "words" words: WordsTable;
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
        /// how to report an error: a web or email address
        "contact" contact: Option<At<String>>;
        /// its policy on corrections
        "corrections-policy" corrections_policy: Option<WebAddress>;
        /// its code of ethics
        "ethics-policy" ethics_policy: Option<WebAddress>;
        /// the terms under which the text may be reused
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
    /// Another language.
    #[derive(Default)]
    pub struct LanguageTable = "[site.languages]" {
        /// what the site is called in it
        "title" title: Option<At<String>>;
        /// what it is, in a sentence
        "description" description: Option<At<String>>;
    }
}

record! {
    /// A waiver: a finding that is known and accepted.
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

impl Decode for At<i32> {
    const SHAPE: &'static str = i32::SHAPE;
    const DEFAULT: Option<&'static str> = i32::DEFAULT;

    fn shape() -> Shape {
        i32::shape()
    }

    fn decode(node: &Node, d: &mut Decoder) -> Option<Self> {
        i32::decode(node, d).map(|number| Self::new(number, node.range))
    }
}

impl Decode for At<bool> {
    const SHAPE: &'static str = bool::SHAPE;
    const DEFAULT: Option<&'static str> = bool::DEFAULT;

    fn shape() -> Shape {
        bool::shape()
    }

    fn decode(node: &Node, d: &mut Decoder) -> Option<Self> {
        bool::decode(node, d).map(|truth| Self::new(truth, node.range))
    }
}

/// A table of texts by key.
#[derive(Debug, Default)]
pub struct StringMap(pub Vec<(At<String>, At<String>)>);

impl Decode for StringMap {
    const SHAPE: &'static str = "a table of texts";

    fn shape() -> Shape {
        Shape::Map { keys: Box::new(Shape::Text), values: Box::new(Shape::Text) }
    }

    fn decode(node: &Node, d: &mut Decoder) -> Option<Self> {
        let Kind::Map(entries) = &node.kind else {
            d.wrong_type(node, Self::SHAPE);
            return None;
        };
        let one = |(key, value): &(At<String>, Node)| Some((key.clone(), At::<String>::decode(value, d)?));
        Some(Self(entries.iter().filter_map(one).collect()))
    }
}

/// Other languages by tag.
#[derive(Debug, Default)]
pub struct Languages(pub Vec<(At<String>, LanguageTable)>);

impl Decode for Languages {
    const SHAPE: &'static str = "a table for each language";

    fn shape() -> Shape {
        Shape::Map { keys: Box::new(Shape::LanguageTag), values: Box::new(LanguageTable::shape()) }
    }

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

/// Says which table has a key that was written in the wrong one.
pub(super) fn name_table(found: &mut Diagnostic, text: &str) {
    let tables: [(&str, &[Field]); 10] = [
        ("[book]", BookTable::FIELDS),
        ("[build]", BuildTable::FIELDS),
        ("[site]", SiteTable::FIELDS),
        ("[site.publisher]", PublisherTable::FIELDS),
        ("[output.html]", HtmlTable::FIELDS),
        ("[output.html.theme]", ThemeTable::FIELDS),
        ("[output.feeds]", FeedsTable::FIELDS),
        ("[output.sitemap]", SitemapTable::FIELDS),
        ("[output.data]", DataTable::FIELDS),
        ("[output.cards]", CardsTable::FIELDS),
    ];
    let is_guess = found.help.as_ref().is_some_and(|help| help.starts_with("did you mean"));
    let Some(span) = found.span.filter(|_| found.code == code::UNKNOWN_FIELD && !is_guess) else { return };
    let key = span.range.of(text);
    let has = |(_, fields): &&(&str, &[Field])| fields.iter().any(|field| field.key == key);
    if let Some((table, _)) = tables.iter().find(has) {
        found.help = Some(format!("`{key}` belongs to the table {table}: write it below that line"));
    }
}

/// Rules that must stay errors: without them, a site could lack a record or show a hidden one.
const MADE_WRONG_WITHOUT: &[&str] =
    &[code::DUPLICATE_ID.0, code::BAD_DATE.0, code::POINTS_AT_HIDDEN.0, code::MERGE_MARKER.0, code::BAD_MEDIA.0];

/// Whether a site may set the severity of this code.
#[must_use]
pub fn can_be_set(code: Code) -> bool {
    !MADE_WRONG_WITHOUT.contains(&code.0)
}

/// `[checks]`: severities by code, and waivers.
#[derive(Debug, Default)]
pub struct Checks {
    /// `None` is “off”.
    pub severities: BTreeMap<String, Option<Severity>>,
    /// Findings that are accepted.
    pub allow: Vec<Allow>,
}

impl Decode for Checks {
    const SHAPE: &'static str = "severities by rule, and waivers";

    fn shape() -> Shape {
        let severity = |(code, doc): &(Code, &'static str)| Field {
            key: code.0,
            takes: "error | warn | info | off",
            shape: || Shape::Choice(&["error", "warn", "warning", "info", "off"]),
            required: false,
            default: None,
            lines: Lines::One,
            doc,
        };
        let waivers = Field {
            key: "allow",
            takes: Vec::<Allow>::SHAPE,
            shape: Vec::<Allow>::shape,
            required: false,
            default: None,
            lines: Lines::One,
            doc: "waivers: findings that are known and accepted",
        };
        let codes = code::ALL.iter().filter(|(code, _)| can_be_set(*code));
        Shape::Record(RecordShape {
            name: "Checks",
            kind: "[checks]",
            doc: "Severities by rule, and waivers.",
            fields: std::iter::once(waivers).chain(codes.map(severity)).collect(),
            is_open: false,
        })
    }

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
                let finding = d.error(code::UNKNOWN_FIELD, key.range, format!("there is no rule `{}`", key.value));
                if let Some(near) = near {
                    finding.did_you_mean(near);
                }
                continue;
            }
            if MADE_WRONG_WITHOUT.contains(&key.value.as_str()) {
                let message = format!("the severity of `{}` can't be changed", key.value);
                d.error(code::BAD_VALUE, key.range, message).help =
                    Some("what it finds would make the site wrong; delete this line".to_owned());
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
