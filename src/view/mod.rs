//! From the model to the contexts that templates see: the theme's API, documented in `docs/guide/theme.md`.
//!
//! Contexts hold no spans, no clock and no path of a machine. Fields whose names end in `html` are finished HTML; all
//! others are plain text, which templates escape. Addresses carry the place-holders of [`crate::model::address`].
//!
//! Knows nothing of templates themselves, of the disk, or of where a page will be written.

pub mod claim;
pub mod entity;
pub mod event;
pub mod fragments;
pub mod front;
pub mod lists;
pub mod marks;
pub mod mentions;
pub mod meta;
pub mod news;
pub mod numbering;
pub mod page;
pub mod prose;
pub mod record;
pub mod source;
pub mod time;
pub mod timeline;
mod whole;
pub mod withheld;

use serde::Serialize;

pub use fragments::{SourceText, Sources, Titles};
pub use marks::Marks;
pub use timeline::ShownFrom;

use crate::base::escape;
use crate::config::{Config, Direction};
use crate::date::{self, Date, Day};
use crate::language::Catalogue;
use crate::model::backlinks::owner_of;
use crate::model::{EventIx, Model, Owner, PageIx, Role, Target, address};
use crate::source::SourceTree;

/// What every context is made from.
#[derive(Clone, Copy)]
pub struct View<'m> {
    /// The site.
    pub model: &'m Model,
    /// Its settings.
    pub config: &'m Config,
    /// The author's files, for their paths.
    pub tree: &'m SourceTree,
    /// What it says to readers.
    pub words: &'m Catalogue,
    /// Every record's title.
    pub titles: &'m Titles,
    /// The shape and hue of every section and event.
    pub marks: &'m Marks,
    /// The first event that each timeline shows.
    pub shown_from: &'m ShownFrom,
    /// Every source's entry and name: see [`View::source_text`].
    pub sources: &'m Sources,
    /// Every event's entry in a timeline.
    pub entries: &'m dyn Entries,
}

/// Where timelines get each event's entry from, as HTML. Templates make it, of which this room knows nothing.
pub trait Entries: Sync {
    /// The entry of an event; the same for every timeline.
    fn html(&self, view: &View<'_>, event: EventIx) -> &str;
}

/// Stands for entries where nothing shows a timeline.
pub struct NoEntries;

impl Entries for NoEntries {
    fn html(&self, _: &View<'_>, _: EventIx) -> &str {
        ""
    }
}

/// The site, as every template sees it under `site`.
#[derive(Debug, Serialize)]
pub struct SiteView {
    /// What it is called.
    pub title: String,
    /// What it is, in a sentence.
    pub description: String,
    /// The first language's tag.
    pub language: String,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    /// Its absolute address, without a slash at the end; empty if it has none.
    pub base_url: String,
    /// The front page's address.
    pub url: String,
    /// The day that it is true as of.
    pub as_of: Option<DateView>,
    /// Who made it.
    pub authors: Vec<String>,
    /// Who publishes it.
    pub publisher: PublisherView,
    /// Where its source can be read.
    pub repository: Option<String>,
    /// The feed of what is new, if the site has feeds.
    pub feed: Option<String>,
    /// The public records as data, if the site publishes them.
    pub data: Option<String>,
    /// Addresses of the lists; absent ones have nothing in them.
    pub lists: ListsView,
    /// Ordinary pages.
    pub pages: Vec<LinkView>,
    /// How it looks.
    pub look: Look,
    /// Addresses of further style sheets.
    pub styles: Vec<String>,
    /// Addresses of further scripts.
    pub scripts: Vec<String>,
}

/// How the site looks: what the theme's own files became.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Look {
    /// The address of each of the theme's files, by its path below `static/theme/`: `look.files["theme.css"]`.
    pub files: std::collections::BTreeMap<String, String>,
    /// The script for the head of every page.
    pub script_html: String,
    /// The Content-Security-Policy that allows it, in two parts: a page's own `data_hash` stands between them.
    pub policy: [String; 2],
    /// The colours of light and dark paper.
    pub paper: Option<[String; 2]>,
    /// The address of the logo.
    pub logo: Option<String>,
    /// Whether the site is read from a disk, where browsers fetch no font ahead.
    pub from_disk: bool,
    /// Whether the site has fonts of its own for text, so that the theme's need not be fetched early.
    pub own_text_font: bool,
    /// Whether the site has fonts of its own for labels.
    pub own_label_font: bool,
}

/// Who publishes the site.
#[derive(Debug, Default, Serialize)]
pub struct PublisherView {
    /// Its name.
    pub name: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// How an error is reported, as an address.
    pub contact: Option<String>,
    /// Its policy on corrections.
    pub corrections_policy: Option<String>,
    /// Its code of ethics.
    pub ethics_policy: Option<String>,
    /// The terms under which the text may be used again.
    pub license: Option<String>,
}

/// Addresses of the lists.
#[derive(Debug, Serialize)]
pub struct ListsView {
    /// The timeline.
    pub timeline: Option<String>,
    /// Sections.
    pub sections: Option<String>,
    /// Entities.
    pub entities: Option<String>,
    /// Sources.
    pub sources: Option<String>,
    /// Claims.
    pub claims: Option<String>,
    /// Terms.
    pub glossary: Option<String>,
    /// Updates and corrections.
    pub changes: String,
}

/// A link with its words.
#[derive(Clone, Debug, Default, Serialize)]
pub struct LinkView {
    /// The words, as HTML, with a mark behind them if the record is withheld.
    pub title_html: String,
    /// Where it leads.
    pub url: String,
}

/// A date in words and for machines.
#[derive(Clone, Debug, Serialize)]
pub struct DateView {
    /// In words, inside `<time>` where HTML allows it.
    pub html: String,
    /// In words.
    pub text: String,
    /// Whether it is neither an estimate nor in doubt.
    pub certain: bool,
}

/// What every page says of itself, under `page`.
#[derive(Debug, Serialize)]
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
    /// The day that it is true as of.
    pub as_of: Option<DateView>,
    /// Where it can be edited.
    pub edit_url: Option<String>,
    /// What it says to machines: Open Graph, feeds, JSON-LD. Empty without `base-url`.
    pub meta_html: String,
    /// What the Content-Security-Policy says to allow the structured data in `meta_html`; absent if there is none.
    pub data_hash: Option<String>,
    /// That it is a draft or under an embargo, in words; only where those are shown, as in a preview.
    pub withheld: Option<String>,
}

/// A page of a long list among its sisters.
#[derive(Debug, Serialize)]
pub struct PagingView {
    /// This one, from one.
    pub number: usize,
    /// How many there are.
    pub of: usize,
    /// The one before.
    pub previous: Option<String>,
    /// The one behind.
    pub next: Option<String>,
}

/// The path of page `number` of the list at `path`.
#[must_use]
pub fn paged_path(path: &str, number: usize) -> String {
    if number <= 1 { path.to_owned() } else { format!("{path}/{number}") }
}

impl<'m> View<'m> {
    /// The site's own view.
    #[must_use]
    pub fn site(&self, look: Look) -> SiteView {
        let (model, config) = (self.model, self.config);
        let list = |there: bool, path: &str| there.then(|| address::folder(path));
        let publisher = &config.publisher;
        let text = |value: &Option<crate::base::At<String>>| value.as_ref().map(|value| value.value.clone());
        let web = |value: &Option<crate::syntax::common::WebAddress>| value.as_ref().map(|value| value.0.value.clone());
        let contact = text(&publisher.contact);
        SiteView {
            title: config.first().title.clone(),
            description: config.first().description.clone(),
            language: config.first().tag.clone(),
            direction: direction(config.first().direction),
            base_url: config.base_url.clone().unwrap_or_default(),
            url: address::folder(""),
            as_of: config.as_of.map(|day| self.day(day)),
            authors: config.authors.clone(),
            publisher: PublisherView {
                name: text(&publisher.name),
                url: web(&publisher.url),
                contact: contact
                    .map(|to| if to.contains("://") || to.starts_with("mailto:") { to } else { format!("mailto:{to}") }),
                corrections_policy: web(&publisher.corrections_policy),
                ethics_policy: web(&publisher.ethics_policy),
                license: text(&publisher.license),
            },
            repository: config.repository.clone(),
            feed: self.has_feeds().then(|| address::file("feed.xml")),
            data: self.has_data().then(|| address::file("data/site.json")),
            lists: ListsView {
                timeline: list(!model.events.is_empty(), "timeline"),
                sections: list(model.sections > lists::SECTIONS_SHOWN, "sections"),
                entities: list(!model.entities.is_empty(), "entities"),
                sources: list(!model.sources.is_empty(), "sources"),
                claims: list(!model.claims.is_empty(), "claims"),
                glossary: list(!model.terms.is_empty(), "glossary"),
                changes: address::folder("changes"),
            },
            pages: (0..model.pages.len())
                .filter(|at| model.pages[*at].role == Role::Ordinary)
                .map(|at| self.link(Target::Page(PageIx(at as u32))))
                .collect(),
            look,
            styles: config.additional_css.iter().map(|path| address::file(&path.value)).collect(),
            scripts: config.additional_js.iter().map(|path| address::file(&path.value)).collect(),
        }
    }

    /// The head of a page.
    #[must_use]
    pub fn head(&self, kind: &'static str, title: String, description: String, path: &str) -> Head {
        self.with_meta(self.bare_head(kind, title, description, path), None)
    }

    fn with_meta(&self, head: Head, owner: Option<Owner>) -> Head {
        let (meta_html, data_hash) = self.meta_html(&head, owner);
        Head { meta_html, data_hash, ..head }
    }

    fn bare_head(&self, kind: &'static str, title: String, description: String, path: &str) -> Head {
        let slash = if path.is_empty() { "" } else { "/" };
        Head {
            kind,
            title,
            description,
            url: address::folder(path),
            canonical: self.config.base_url.as_ref().map(|base| format!("{base}/{path}{slash}")),
            as_of: self.config.as_of.map(|day| self.day(day)),
            edit_url: None,
            meta_html: String::new(),
            data_hash: None,
            withheld: None,
        }
    }

    /// The head of a record's page, which can be edited where the site says so.
    #[must_use]
    pub fn record_head(&self, kind: &'static str, owner: Owner, description: String, path: &str) -> Head {
        let file = &self.tree.file(self.model.origin(owner).file).path;
        let edit_url = self.config.edit_url.as_ref().map(|template| template.replace("{path}", file));
        let withheld = self.withheld_note(owner);
        let head = Head { edit_url, withheld, ..self.bare_head(kind, self.owner_title(owner), description, path) };
        self.with_meta(head, Some(owner))
    }

    /// The language that pages are made for.
    #[must_use]
    pub fn language(&self) -> &'m str {
        &self.model.language
    }

    /// A date in words.
    #[must_use]
    pub fn date(&self, date: &Date) -> DateView {
        let text = date::show(date, self.words, Some(&self.model.today));
        let mut html = String::with_capacity(text.len() + 40);
        match date.machine() {
            Some(machine) => {
                html.push_str("<time datetime=\"");
                html.push_str(&machine);
                html.push_str("\">");
                escape::html(&mut html, &text);
                html.push_str("</time>");
            }
            None => escape::html(&mut html, &text),
        }
        DateView { html, text, certain: !date.is_approximate() && !date.is_uncertain() }
    }

    /// A day in words.
    #[must_use]
    pub fn day(&self, day: Day) -> DateView {
        self.date(&Date::from(day))
    }

    /// The catalogue's word for a choice: `kind.person`.
    #[must_use]
    pub fn word(&self, table: &str, word: &str) -> String {
        self.words.get(&format!("{table}.{word}")).to_owned()
    }

    /// A link to what a pointer leads to, its own title as words; an empty one if that has no record in this build.
    #[must_use]
    pub fn link(&self, target: Target) -> LinkView {
        owner_of(target).map(|owner| self.owner_link(owner)).unwrap_or_default()
    }

    /// A link to a record, its own title as words.
    #[must_use]
    pub fn owner_link(&self, owner: Owner) -> LinkView {
        LinkView { title_html: self.shown_title_html(owner), url: self.model.owner_address(owner) }
    }
}

/// The word that HTML has for a direction.
fn direction(direction: Direction) -> &'static str {
    direction.word()
}
