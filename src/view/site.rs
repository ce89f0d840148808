//! The site itself, as every template sees it under `site`: what it is, who made it, where its lists are, and how it
//! looks.

use serde::Serialize;

use super::lists::SECTIONS_SHOWN;
use super::memory::MemoryView;
use super::{DateView, LinkView, View};
use crate::base::At;
use crate::model::read::RecordKind;
use crate::model::{PageIx, Role, address};
use crate::syntax::kinds::common::WebAddress;

/// The site, as every template sees it under `site`.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct SiteView {
    /// What it is called.
    pub title: String,
    /// What it is, in a sentence.
    pub description: String,
    /// The first language's tag.
    pub language: String,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    /// Its absolute address, without a trailing slash; empty if it has none.
    pub base_url: String,
    /// The front page's address.
    pub url: String,
    /// Its as-of day.
    pub as_of: Option<DateView>,
    /// Who made it, by name.
    pub authors: Vec<String>,
    /// Who publishes it.
    pub publisher: PublisherView,
    /// Where to find its source.
    pub repository: Option<String>,
    /// The feed of what is new, if the site has feeds.
    pub feed: Option<String>,
    /// The public records as data, if the site publishes them.
    pub data: Option<String>,
    /// What the search needs, if the site can be searched.
    pub search: Option<SearchView>,
    /// Addresses of the lists; empty lists have none.
    pub lists: ListsView,
    /// Ordinary pages.
    pub pages: Vec<LinkView>,
    /// How it looks.
    pub look: Look,
    /// Whether links to records open cards.
    pub record_cards: bool,
    /// What tells returning readers what has changed; absent if that is turned off, or if the site is read from disk.
    pub memory: Option<MemoryView>,
    /// Addresses of additional style sheets.
    pub styles: Vec<String>,
    /// Addresses of additional scripts.
    pub scripts: Vec<String>,
}

/// How the site looks: the addresses of the theme's own files.
#[derive(Clone, Debug, Default, Serialize, schemars::JsonSchema)]
pub struct Look {
    /// The address of each of the theme's files, by its path below `static/theme/`: `look.files["theme.css"]`.
    pub files: std::collections::BTreeMap<String, String>,
    /// The script for the head of every page.
    pub script_html: String,
    /// The Content-Security-Policy that allows it, in two parts; a page's own `data_hash` goes between them.
    pub policy: [String; 2],
    /// The colors of light and dark paper.
    pub paper: Option<[String; 2]>,
    /// The address of the logo.
    pub logo: Option<String>,
    /// Whether the site is read from disk, where browsers don't preload fonts.
    pub from_disk: bool,
    /// Whether the site has its own fonts for text, so that the theme's don't need preloading.
    pub own_text_font: bool,
    /// Whether the site has its own fonts for labels.
    pub own_label_font: bool,
}

/// Who publishes the site.
#[derive(Debug, Default, Serialize, schemars::JsonSchema)]
pub struct PublisherView {
    /// Its name.
    pub name: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// Where to report an error, as an address.
    pub contact: Option<String>,
    /// Its policy on corrections.
    pub corrections_policy: Option<String>,
    /// Its code of ethics.
    pub ethics_policy: Option<String>,
    /// The terms under which the text may be reused.
    pub license: Option<String>,
}

/// What the search needs.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct SearchView {
    /// The address of the site's root, which the search's files and results are below.
    pub root: String,
}

/// Addresses of the lists.
#[derive(Debug, Serialize, schemars::JsonSchema)]
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

impl View<'_> {
    /// The site's own view.
    #[must_use]
    pub fn site(&self, look: Look) -> SiteView {
        let (reader, config) = (self.reader, self.config);
        let has = |kind: RecordKind| reader.count(kind) > 0;
        let list = |there: bool, path: &str| there.then(|| address::folder(path));
        let publisher = &config.publisher;
        let text = |value: &Option<At<String>>| value.as_ref().map(|value| value.value.clone());
        let web = |value: &Option<WebAddress>| value.as_ref().map(|value| value.0.value.clone());
        let contact = text(&publisher.contact);
        SiteView {
            title: config.first().title.clone(),
            description: config.first().description.clone(),
            language: config.first().tag.clone(),
            direction: config.first().direction.word(),
            base_url: config.base_url.clone().unwrap_or_default(),
            url: address::folder(""),
            as_of: config.as_of.as_ref().map(|day| self.day(day.value)),
            authors: self.makers().into_iter().map(|by| self.name_of(by).to_owned()).collect(),
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
            search: self.has_search().then(|| SearchView { root: address::file("") }),
            lists: ListsView {
                timeline: list(has(RecordKind::Event), "timeline"),
                sections: list(reader.sections() > SECTIONS_SHOWN, "sections"),
                entities: list(has(RecordKind::Entity), "entities"),
                sources: list(has(RecordKind::Source), "sources"),
                claims: list(has(RecordKind::Claim), "claims"),
                glossary: list(has(RecordKind::Term), "glossary"),
                changes: address::folder("changes"),
            },
            pages: PageIx::first(reader.count(RecordKind::Page))
                .filter(|at| reader.role(*at) == Role::Ordinary)
                .map(|at| self.record_link(at.into()))
                .collect(),
            record_cards: self.has_record_cards(),
            memory: (self.has_memory() && !look.from_disk).then(|| self.memory()),
            look,
            styles: config.additional_css.iter().map(|path| address::file(&path.value)).collect(),
            scripts: config.additional_js.iter().map(|path| address::file(&path.value)).collect(),
        }
    }
}
