//! Turns the model into the contexts that templates see: the theme's API, documented in `docs/guide/theme.md`.
//!
//! Contexts contain no spans, no clock and no path on this machine. Fields whose names end in `html` are finished HTML;
//! all others are plain text, which templates escape. Addresses have the placeholders of [`crate::model::address`].
//!
//! Knows nothing about templates, the disk, or where a page will be written.

mod absolute;
pub mod author;
pub mod byline;
pub mod chart;
pub mod citations;
pub mod claim;
mod date;
pub mod embed;
pub mod entity;
pub mod event;
pub mod film;
pub mod front;
pub mod html;
pub mod lists;
pub mod map;
pub mod memory;
pub mod mentions;
pub mod meta;
pub mod outlets;
pub mod page;
pub mod party_claims;
pub mod picture;
pub mod plain_text;
pub mod record;
pub mod record_card;
pub mod section_marks;
pub mod site;
pub mod source;
pub mod standing;
pub mod strip;
pub mod time;
pub mod timeline;
pub mod titles;
pub mod withheld;

use std::borrow::Cow;
use std::sync::OnceLock;

use serde::Serialize;

pub use date::{DatePart, DateText, DateView};
pub use outlets::Outlets;
pub use section_marks::Marks;
pub use site::Look;
pub use timeline::ShownFrom;
pub use titles::{SourceText, Sources, Titles};

use crate::base::{At, direction, escape};
use crate::config::{Config, Direction};
use crate::date::{Date, Day};
use crate::language::Catalogue;
use crate::language::quotes::Quotes;
use crate::media::Shown;
use crate::model::read::ReadLog;
use crate::model::reader::Reader;
use crate::model::{EventIx, Link, RecordIx, address};
use crate::source::SourceTree;
use crate::syntax::kinds::common::UpdateKind;
use crate::syntax::kinds::name::Name;

/// What every context is made from.
#[derive(Clone, Copy)]
pub struct View<'m> {
    /// The site's records.
    pub reader: Reader<'m>,
    /// Its settings.
    pub config: &'m Config,
    /// The author's files, for their paths.
    pub tree: &'m SourceTree,
    /// Its words for readers.
    pub words: &'m Catalogue,
    /// What many pages need of all records, made once.
    pub prepared: &'m Prepared,
    /// Every event's entry in a timeline.
    pub entries: &'m dyn Entries,
    /// The orders of long lists.
    pub orders: &'m lists::Orders,
    /// The pictures and other files that records use.
    pub pictures: Shown<'m>,
    /// The hash of the words of the page that is being made, where it is kept from one state of the site to the next.
    pub state: Option<&'m OnceLock<String>>,
}

/// Where timelines get each event's entry from, as HTML. Templates make the entries, which this room knows nothing
/// about.
pub trait Entries: Sync {
    /// The entry of an event, the same in every timeline; `None` if its template has a fault.
    fn entry(&self, view: &View<'_>, event: EventIx) -> Option<&str>;
}

/// Stands in for entries where nothing shows a timeline.
pub struct NoEntries;

impl Entries for NoEntries {
    fn entry(&self, _: &View<'_>, _: EventIx) -> Option<&str> {
        Some("")
    }
}

/// A link with its text.
#[derive(Clone, Debug, Default, Serialize, schemars::JsonSchema)]
pub struct LinkView {
    /// The text, as HTML, with a mark after it if the record is withheld.
    pub title_html: String,
    /// Where it leads.
    pub url: String,
}

/// From when on a page is old. A script compares this with the reader's clock.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct AgeView {
    /// The page's as-of day, as in `datetime`.
    pub day: String,
    /// After how many days the page is old.
    pub after: usize,
    /// What it says then; the script puts “11 months ago” in place of `{age}`.
    pub text: String,
}

/// What many pages need of the records of a site, made once for all of them. Nothing in it depends on the theme.
pub struct Prepared {
    /// Every record's title.
    titles: Titles,
    /// The shape and hue of every section and event.
    marks: Marks,
    /// The first event that each timeline shows.
    shown_from: ShownFrom,
    /// Every source's entry and name: see [`View::source_text`].
    sources: Sources,
    /// What is worked out when a page first asks for it.
    on_demand: OnDemand,
}

impl Prepared {
    /// What can be made of these records at once, and room for the rest.
    #[must_use]
    pub fn of(reader: Reader<'_>) -> Self {
        Self {
            titles: Titles::of(reader),
            marks: Marks::of(reader),
            shown_from: ShownFrom::of(reader),
            sources: Sources::of(reader),
            on_demand: OnDemand::default(),
        }
    }
}

/// What is worked out once for all pages, when the first one asks for it.
#[derive(Default)]
struct OnDemand {
    /// The site's as-of day.
    as_of: AsOf,
    /// All sources by outlet.
    outlets: Outlets,
    /// Which entities the filter of the timeline knows.
    choosable: lists::filter::Choosable,
}

/// The site's as-of day, formatted once for all pages.
#[derive(Default)]
pub struct AsOf(OnceLock<Option<(DateText, Option<AgeView>)>>);

/// That a page was corrected, at its top.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct CorrectedView {
    /// What it says: “Corrected on April 14, 2025.”
    pub text_html: String,
    /// Where the page says what was wrong.
    pub url: &'static str,
}

/// What every page says about itself, under `page`.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct Head {
    /// Its kind: the template's name.
    pub kind: &'static str,
    /// Its title, plain.
    pub title: String,
    /// What it says, in a sentence; may be empty.
    pub description: String,
    /// Its address.
    pub url: String,
    /// Its absolute address, if the site has one.
    pub canonical: Option<String>,
    /// Its as-of day.
    pub as_of: Option<DateText>,
    /// From when on it is old, if the site has a `stale-after`.
    pub age: Option<AgeView>,
    /// That it was corrected, for as many days as `correction-notice-days` says.
    pub corrected: Option<CorrectedView>,
    /// Where it can be edited.
    pub edit_url: Option<String>,
    /// What it tells machines: Open Graph, feeds, JSON-LD. Empty without `base-url`.
    pub meta_html: String,
    /// What the Content-Security-Policy needs to allow the structured data in `meta_html`; absent if there is none.
    pub data_hash: Option<String>,
    /// The only hosts whose frames its Content-Security-Policy allows: those of its embeds. Absent if it has none.
    pub frames: Option<String>,
    /// Whether it embeds something, so that it needs `embeds.css`.
    pub has_embeds: bool,
    /// Whether it shows films, sounds or documents, so that it needs `films.css`.
    pub has_films: bool,
    /// A note that it is a draft or under an embargo; only where those are shown, as in a preview.
    pub withheld: Option<String>,
}

/// One page of a long list, and its place among the others.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct PagingView {
    /// This one, from one.
    pub number: usize,
    /// How many there are.
    pub of: usize,
    /// The one before.
    pub previous: Option<String>,
    /// The one after.
    pub next: Option<String>,
}

/// The path of page `number` of the list at `path`.
#[must_use]
pub fn paged_path(path: &str, number: usize) -> String {
    if number <= 1 { path.to_owned() } else { format!("{path}/{number}") }
}

impl<'m> View<'m> {
    /// The same view, recording its reads in `log`.
    #[must_use]
    pub fn logging<'l>(self, log: &'l ReadLog) -> View<'l>
    where
        'm: 'l,
    {
        View { reader: self.reader.logging(log), ..self }
    }

    /// The same view without a log: for results that are cached and noted by the accessor that returns them.
    #[must_use]
    pub fn untracked(&self) -> Self {
        Self { reader: self.reader.without_log(), ..*self }
    }

    /// The head of a page.
    #[must_use]
    pub fn head(&self, kind: &'static str, title: String, description: String, path: &str) -> Head {
        self.with_meta(self.bare_head(kind, title, description, path), None)
    }

    fn with_meta(&self, head: Head, owner: Option<RecordIx>) -> Head {
        let (meta_html, data_hash) = self.meta_html(&head, owner);
        Head { meta_html, data_hash, ..head }
    }

    fn bare_head(&self, kind: &'static str, title: String, description: String, path: &str) -> Head {
        let slash = if path.is_empty() { "" } else { "/" };
        let (as_of, age) = self.as_of().cloned().unzip();
        Head {
            kind,
            title,
            description,
            url: address::folder(path),
            canonical: self.config.base_url.as_ref().map(|base| format!("{base}/{path}{slash}")),
            as_of,
            age: age.flatten(),
            corrected: None,
            edit_url: None,
            meta_html: String::new(),
            data_hash: None,
            frames: None,
            has_embeds: false,
            has_films: false,
            withheld: None,
        }
    }

    /// The head of a record's page, with a link for editing it if the site has one.
    #[must_use]
    pub fn record_head(&self, kind: &'static str, owner: RecordIx, description: String, path: &str) -> Head {
        let file = &self.tree.file(self.reader.file(owner)).path;
        let edit_url = self.config.edit_url.as_ref().map(|template| template.replace("{path}", file));
        let withheld = self.withheld_note(owner);
        let corrected = self.corrected(owner);
        let head = Head { corrected, edit_url, withheld, ..self.bare_head(kind, self.head_title(owner), description, path) };
        self.with_needs(self.with_meta(head, Some(owner)), owner)
    }

    /// What tabs, search engines and cards of links call a record's page. They show a claim with nothing around it, so its
    /// status comes first: “Disputed: The bridge was safe”.
    fn head_title(&self, owner: RecordIx) -> String {
        let title = self.record_title(owner);
        let RecordIx::Claim(at) = owner else { return title };
        let last = title.rsplit(' ').next().unwrap_or_default();
        let is_abbreviated = last.matches('.').count() > 1;
        let text = title.strip_suffix('.').filter(|_| !is_abbreviated).unwrap_or(&title);
        self.labeled(&self.word("claim-status", self.reader.claim_status(at).word()), text)
    }

    /// The head of a page with what the longer text of `owner` needs on it.
    pub(super) fn with_needs(&self, head: Head, owner: RecordIx) -> Head {
        let linked = self.reader.linked(owner);
        if linked.body.is_none() {
            return head;
        }
        let (has_embeds, frames) = Self::frames(linked);
        Head { frames, has_embeds, has_films: self.has_films(linked), ..head }
    }

    /// The language that pages are made for.
    #[must_use]
    pub fn language(&self) -> &'m str {
        self.reader.language()
    }

    /// The site's as-of day, and from when on pages with it are old.
    fn as_of(&self) -> Option<&(DateText, Option<AgeView>)> {
        let made = |day: &At<Day>| {
            let date = Date::from(day.value);
            (self.date_text(&date), self.age(&date))
        };
        self.prepared.on_demand.as_of.0.get_or_init(|| self.config.as_of.as_ref().map(made)).as_ref()
    }

    /// From when on a page with this as-of day is old.
    #[must_use]
    pub fn age(&self, as_of: &Date) -> Option<AgeView> {
        let (after, day) = (usize::try_from(self.config.stale_after?).ok()?, as_of.machine()?);
        let date = self.date_text(as_of).text;
        let text = self.words.fill("phrase.last-checked", &[("date", &date), ("age", "{age}")]);
        Some(AgeView { day, after, text })
    }

    /// That a record was corrected, if that was not long ago. A correction dated after the site's as-of day is no older than
    /// the site.
    #[must_use]
    pub fn corrected(&self, owner: RecordIx) -> Option<CorrectedView> {
        let updates = &self.reader.common(owner).updates;
        let corrections: Vec<_> = updates.iter().filter(|update| update.kind == UpdateKind::Correction).collect();
        let newest = corrections.into_iter().max_by_key(|update| update.date.value.order_key(self.reader.zone()))?;
        let date = &newest.date.value;
        let passed = self.reader.day_reached(date).days_until(*self.reader.today());
        let days = i64::from(self.config.correction_notice_days);
        let text = escape::html_string(self.words.get("phrase.corrected"));
        (days > 0 && passed < days)
            .then(|| CorrectedView { text_html: text.replace("{date}", &self.date_text(date).html), url: record::UPDATES })
    }

    /// The catalog's word for a choice: `kind.person`.
    #[must_use]
    pub fn word(&self, table: &str, word: &str) -> String {
        self.words.get(&format!("{table}.{word}")).to_owned()
    }

    /// A text after a label: “Sources: AP, CNN”.
    #[must_use]
    pub fn labeled(&self, label: &str, text: &str) -> String {
        [label, self.words.get("ui.colon"), text].concat()
    }

    /// Whether a text has letters that run against the site's direction.
    #[must_use]
    pub fn strays(&self, text: &str) -> bool {
        direction::strays(text, self.config.first().direction == Direction::Rtl)
    }

    /// A name as part of a line without markup. If its letters run the other way, it goes between characters that keep
    /// it from disrupting the line.
    #[must_use]
    pub fn isolated<'t>(&self, name: &'t str) -> Cow<'t, str> {
        if self.strays(name) { Cow::Owned(format!("\u{2068}{name}\u{2069}")) } else { Cow::Borrowed(name) }
    }

    /// Words in the quotation marks of the site's language. Marks inside them become single ones.
    #[must_use]
    pub fn quoted(&self, words: &str) -> String {
        let Quotes { double: [open, close], single } = Quotes::of(self.language());
        let [from, to] = if words.contains(open) { [open, close] } else { Quotes::ENGLISH.double };
        let inner = words.replace(from, single[0]).replace(to, single[1]);
        self.words.fill("news.headline", &[("title", &inner), ("open", open), ("close", close)])
    }

    /// Names as in a byline: “A, B and C”.
    #[must_use]
    pub fn byline(&self, names: &[Name]) -> String {
        self.words.list(&names.iter().map(|name| self.isolated(&name.0).into_owned()).collect::<Vec<_>>())
    }

    /// A link to what a pointer leads to, with its own title as the text; an empty one if that has no record in this
    /// build.
    #[must_use]
    pub fn link(&self, target: Link) -> LinkView {
        target.record().map(|owner| self.record_link(owner)).unwrap_or_default()
    }

    /// A link to a record, with its own title as the text.
    #[must_use]
    pub fn record_link(&self, owner: RecordIx) -> LinkView {
        LinkView { title_html: self.shown_title_html(owner), url: self.reader.record_address(owner) }
    }

    /// The anchor of an event in a timeline.
    #[must_use]
    pub fn entry_anchor(&self, event: EventIx) -> String {
        address::timeline_anchor(self.reader.id(event))
    }
}
