//! The cards that links to records open: one small script for each record.
//!
//! They are scripts, and not data to be fetched, because browsers fetch nothing for a page that is read from a disk.

use std::sync::Arc;

use serde::Serialize;

use super::relativize::Placement;
use super::{Format, Outline, Plan, Recipe, RenderContext};
use crate::base::escape;
use crate::base::sentences::sentences;
use crate::date::Date;
use crate::model::{ClaimIx, EntityIx, EventIx, Link, RecordIx, SourceIx, TermIx, address};
use crate::syntax::kinds::common::SourceRef;
use crate::syntax::kinds::event::EventStatus;
use crate::syntax::text::Text;
use crate::view::View;

/// Cards for readers. The pictures that links appear with elsewhere are [`super::cards`].
pub struct RecordCards;

impl Format for RecordCards {
    fn plan(&self, site: &Outline<'_>, plan: &mut Plan) {
        let records: Vec<RecordIx> = site.records().collect();
        plan.add_each(&records, |at, plan| {
            if let Some(file) = site.record_card_file(*at) {
                let key = Arc::new(site.key(*at));
                let (owner, own) = (key.clone(), file.clone());
                let make = move |site: &RenderContext<'_>| script(site, owner.find(site.model), &own).into_bytes();
                plan.add(file, Recipe::infallible(make).for_record(Some(key)));
            }
        });
    }
}

/// The script that hands a record's card over to the theme's script.
fn script(site: &RenderContext<'_>, owner: RecordIx, file: &str) -> String {
    let placement = Placement::relative(file, site.file_links);
    let mut card = Maker { view: &site.view }.card(owner);
    card.addresses().for_each(|url| *url = placement.fill_address(url));
    // Strings and lists alone can't fail.
    let card = serde_json::to_string(&card).unwrap_or_default();
    format!("backgrounderCard({card});\n")
}

/// How many sentences of a text a card shows.
const SENTENCES: usize = 2;
/// How many sources a card names.
const SOURCES: usize = 3;

/// A card. What is HTML says so; everything else is plain text.
#[derive(Debug, Default, Serialize)]
struct RecordCard {
    /// What it is, in a word.
    kind: String,
    /// Its name, as HTML.
    name: String,
    /// When it happened, or was published, as HTML.
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<String>,
    /// Where it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    now: Option<CardNow>,
    /// What it says, in two sentences each.
    texts: Vec<String>,
    /// Its sources.
    #[serde(skip_serializing_if = "Option::is_none")]
    sources: Option<CardSources>,
    /// Where to read on.
    links: Vec<CardLink>,
}

/// Where something stands.
#[derive(Debug, Serialize)]
struct CardNow {
    /// “Now, December 11, 2025”, as HTML.
    since: String,
    /// Where it stands.
    text: String,
}

/// The sources of a card.
#[derive(Debug, Serialize)]
struct CardSources {
    /// “Sources”.
    label: String,
    /// The first few, as HTML.
    entries: Vec<String>,
    /// “5 more sources”.
    #[serde(skip_serializing_if = "Option::is_none")]
    more: Option<CardLink>,
}

/// A link of a card.
#[derive(Debug, Serialize)]
struct CardLink {
    /// Its text.
    text: String,
    /// Where it leads.
    url: String,
    /// Whether that is another site.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    external: bool,
}

impl RecordCard {
    /// Every address within the site, for the file that holds the card to fill in.
    fn addresses(&mut self) -> impl Iterator<Item = &mut String> {
        let more = self.sources.iter_mut().filter_map(|sources| sources.more.as_mut());
        more.chain(&mut self.links).filter(|link| !link.external).map(|link| &mut link.url)
    }
}

/// Makes cards.
struct Maker<'s> {
    view: &'s View<'s>,
}

impl Maker<'_> {
    /// A record's card; an empty one for pages and authors, which have none.
    fn card(&self, owner: RecordIx) -> RecordCard {
        let card = RecordCard {
            kind: self.view.kind_and_status(owner),
            name: self.view.shown_title_html(owner),
            ..RecordCard::default()
        };
        match owner {
            RecordIx::Event(at) => self.event_card(at, card),
            RecordIx::Entity(at) => self.entity_card(at, card),
            RecordIx::Claim(at) => self.claim_card(at, card),
            RecordIx::Term(at) => self.term_card(at, card),
            RecordIx::Source(at) => self.source_card(at, card),
            RecordIx::Page(_) | RecordIx::Author(_) => RecordCard::default(),
        }
    }

    fn event_card(&self, at: EventIx, card: RecordCard) -> RecordCard {
        let owner = RecordIx::Event(at);
        let fields = &self.view.reader.item(at).record.fields;
        let status = (fields.status != EventStatus::Confirmed).then(|| self.view.word("event-status", fields.status.word()));
        let kind = match status {
            Some(status) => [card.kind, status].join(" · "),
            None => card.kind,
        };
        let latest = self.view.reader.latest(&fields.later);
        let on_timeline = self.view.reader.period_of(at).map(|period| {
            let (folder, anchor) = (address::folder(&period.path()), self.view.entry_anchor(at));
            self.card_link("record-card.on-timeline", format!("{folder}#{anchor}"))
        });
        RecordCard {
            kind,
            when: Some(self.view.date_text(self.view.reader.date(at)).html),
            now: latest.map(|later| self.card_now("ui.what-came", &later.date.value, self.lead(owner, Some(&later.text)))),
            texts: said([self.lead(owner, fields.summary.as_ref())]),
            sources: self.card_sources(owner, latest.map(|later| &*later.sources)),
            links: on_timeline
                .into_iter()
                .chain([self.card_link("record-card.event", self.view.reader.record_address(owner))])
                .collect(),
            ..card
        }
    }

    fn entity_card(&self, at: EntityIx, card: RecordCard) -> RecordCard {
        let owner = RecordIx::Entity(at);
        let fields = &self.view.reader.item(at).record.fields;
        let latest = self.view.reader.latest(&fields.status);
        let name = self.view.isolated(self.view.title_of(owner));
        // Cards need a script, and where scripts run, the site's timeline can show an entity's events alone.
        let filtered = self.view.filtered_by(at).map(|url| self.card_link("record-card.on-timeline", url));
        let on_timeline = filtered.or_else(|| self.own_timeline_link(owner));
        let everything = CardLink {
            text: self.view.words.fill("record-card.entity", &[("name", &name)]),
            url: self.view.reader.record_address(owner),
            external: false,
        };
        RecordCard {
            now: latest.map(|step| self.card_now("ui.now", &step.date.value, self.lead(owner, Some(&step.is)))),
            texts: said([self.lead(owner, fields.description.as_ref())]),
            sources: self.card_sources(owner, latest.map(|step| &*step.sources)),
            links: on_timeline.into_iter().chain([everything]).collect(),
            ..card
        }
    }

    /// A claim's card. Its statement never stands without its status and how many dispute it.
    fn claim_card(&self, at: ClaimIx, card: RecordCard) -> RecordCard {
        let owner = RecordIx::Claim(at);
        let fields = &self.view.reader.item(at).record.fields;
        let status = self.view.word("claim-status", self.view.reader.claim_status(at).word());
        let latest = self.view.reader.latest(&fields.history);
        let now = latest.map(|step| {
            let why = self.lead(owner, step.note.as_ref());
            let text = if why.is_empty() { status.clone() } else { self.view.labeled(&status, &why) };
            self.card_now("ui.now", &step.date.value, text)
        });
        RecordCard {
            now,
            texts: said([self.view.voices(fields)]),
            sources: self.card_sources(owner, latest.map(|step| &*step.sources)),
            links: self
                .own_timeline_link(owner)
                .into_iter()
                .chain([self.card_link("record-card.claim", self.view.reader.record_address(owner))])
                .collect(),
            ..card
        }
    }

    fn term_card(&self, at: TermIx, card: RecordCard) -> RecordCard {
        let owner = RecordIx::Term(at);
        let definition = self.lead(owner, Some(&self.view.reader.item(at).record.fields.definition));
        RecordCard {
            texts: said([definition]),
            sources: self.card_sources(owner, None),
            links: vec![self.card_link("record-card.term", self.view.reader.record_address(owner))],
            ..card
        }
    }

    fn source_card(&self, at: SourceIx, card: RecordCard) -> RecordCard {
        let owner = RecordIx::Source(at);
        let fields = &self.view.reader.item(at).record.fields;
        let publisher = self.view.plain_text(owner, fields.publisher.0.as_ref());
        let by = [self.view.byline(&fields.author.0), publisher].into_iter().filter(|name| !name.is_empty());
        let by = by.collect::<Vec<_>>().join(self.view.words.get("news.separator"));
        let quote = self.lead(owner, fields.quote.as_ref());
        let quote = if quote.is_empty() { quote } else { self.view.quoted(&quote) };
        let read = fields.url.as_ref().map(|url| CardLink {
            text: self.view.words.get("ui.read-source").to_owned(),
            url: url.value.0.value.clone(),
            external: true,
        });
        RecordCard {
            kind: fields.kind.map_or(card.kind, |kind| self.view.word("source-kind", kind.word())),
            when: fields.date.as_ref().map(|date| self.view.date_text(&date.value).html),
            texts: said([by, quote]),
            links: read
                .into_iter()
                .chain([self.card_link("record-card.source", self.view.reader.record_address(owner))])
                .collect(),
            ..card
        }
    }

    fn card_now(&self, label: &str, since: &Date, text: String) -> CardNow {
        let since = self.view.date_text(since).html;
        let label = [label, "ui.pause"].map(|word| escape::html_string(self.view.words.get(word))).concat();
        CardNow { since: label + &since, text }
    }

    fn card_link(&self, word: &str, url: String) -> CardLink {
        CardLink { text: self.view.words.get(word).to_owned(), url, external: false }
    }

    /// The way to the timeline on a record's own page, if it has events.
    fn own_timeline_link(&self, owner: RecordIx) -> Option<CardLink> {
        let has_events = !self.view.reader.timeline(owner).is_empty();
        has_events
            .then(|| self.card_link("record-card.on-timeline", self.view.reader.record_address(owner) + "#page--timeline"))
    }

    /// The first sentences of a text, without markup.
    fn lead(&self, owner: RecordIx, text: Option<&Text>) -> String {
        let text = self.view.plain_text(owner, text);
        let end = sentences(&text, self.view.language())
            .into_iter()
            .take(SENTENCES)
            .next_back()
            .map_or(0, |sentence| sentence.end);
        text[..end].trim().to_owned()
    }

    /// The sources that a record cites, each once. Those of its latest state come first.
    fn card_sources(&self, owner: RecordIx, latest: Option<&[SourceRef]>) -> Option<CardSources> {
        let mut cited: Vec<SourceIx> = Vec::new();
        let all = self.view.reader.linked(owner).cited;
        let latest = latest.unwrap_or_default().iter().map(|source| &all[source.0]);
        for link in latest.chain(all) {
            if let Link::To(RecordIx::Source(at)) = link
                && !cited.contains(at)
            {
                cited.push(*at);
            }
        }
        let more = cited.len().saturating_sub(SOURCES);
        let label = self.view.words.get("ui.sources").to_owned();
        let entries: Vec<String> = cited.iter().take(SOURCES).map(|at| self.view.shown_entry_html(*at)).collect();
        let more = (more > 0).then(|| {
            // Terms have no list of sources.
            let list = if matches!(owner, RecordIx::Term(_)) { "" } else { "#page--sources" };
            let url = self.view.reader.record_address(owner) + list;
            CardLink { text: self.view.words.count("count.more-sources", more), url, external: false }
        });
        (!entries.is_empty()).then_some(CardSources { label, entries, more })
    }
}

/// Texts that say something.
fn said<const N: usize>(texts: [String; N]) -> Vec<String> {
    texts.into_iter().filter(|text| !text.is_empty()).collect()
}
