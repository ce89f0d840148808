//! From records with names to the model: what each points at is resolved, then what points back at it is gathered, and then
//! all is put in its place at once.

use std::sync::{Arc, OnceLock};

use jiff::tz::TimeZone;

use super::chart_data::ChartFiles;
use super::gather::Gathered;
use super::map_data::MapFiles;
use super::names::Names;
use super::pointers::{Before, Context, Headings, all, credits};
use super::records::Records;
use super::related::{OfEntity, OfEvent, OfPage};
use super::relations::Relations;
use super::suggest::Found;
use super::{
    AuthorItem, AuthorIx, ClaimItem, ClaimIx, EntityItem, EntityIx, EventItem, EventIx, Hidden, Item, Link, Model, PageItem,
    PageIx, RecordIx, Role, SourceItem, SourceIx, TermItem, TermIx, dated, periods, visibility::Visibility,
};
use crate::config::Config;
use crate::date::Day;
use crate::source::SourceTree;
use crate::syntax::Record;
use crate::syntax::kinds::claim::{Claim, ClaimStatus};
use crate::syntax::kinds::page::Page;
use crate::syntax::text::Text;

/// What a model has besides its records.
pub(super) struct Rest {
    /// Whether nothing was found before pointers were resolved, and no file is a translation.
    pub(super) is_simple: bool,
    pub(super) hidden: Vec<Hidden>,
    pub(super) has_withheld: bool,
    pub(super) names: Arc<Names>,
    pub(super) visibility: Visibility,
    /// Those who made the site by its settings.
    pub(super) makers: Vec<Link>,
}

/// Resolves every pointer, in parallel. What an earlier model resolved among the same names and headings is taken from
/// it.
pub(super) fn resolve_all(
    gathered: Gathered<'_>,
    names: Arc<Names>,
    tree: &SourceTree,
    config: &Config,
    before: Option<&Before<'_>>,
) -> (Records, Rest, Vec<Found>) {
    let Gathered { visibility, pages, events, entities, claims, terms, sources, authors, hidden, .. } = gathered;
    let Gathered { has_withheld, diagnostics, .. } = gathered;
    let mut diagnostics: Vec<Found> = diagnostics.into_iter().map(Found::from).collect();
    let (pages, roles): (Vec<_>, Vec<_>) = pages.into_iter().unzip();
    // The records are handed on while their headings are looked at.
    let kept = pages.clone();
    let before = before.filter(|before| same_headings(before.model, &kept));
    let headings = |at: PageIx| headings(&kept[at.position()]);
    let context = Context::new(&names, &hidden, &headings, tree);
    let found = &mut diagnostics;
    let pages = all(pages, before, |model, at| &model.pages[at].item, &context, found);
    let records = Records {
        pages: pages.into_iter().zip(roles).collect(),
        events: all(events, before, |model, at| &model.events[at].item, &context, found),
        entities: all(entities, before, |model, at| &model.entities[at].item, &context, found),
        claims: all(claims, before, |model, at| &model.claims[at].item, &context, found),
        terms: all(terms, before, |model, at| &model.terms[at].item, &context, found),
        sources: all(sources, before, |model, at| &model.sources[at].item, &context, found),
        authors: all(authors, before, |model, at| &model.authors[at].item, &context, found),
    };
    let (makers, mut of_makers) = credits(&config.authors, &context);
    // What is wrong with them is said anew at each save.
    let is_simple = of_makers.is_empty();
    found.append(&mut of_makers);
    (records, Rest { is_simple, hidden, has_withheld, names, visibility, makers }, diagnostics)
}

/// Puts together records, what relates to each, and each page's translations (`variants`).
pub(super) fn assemble(
    records: Records,
    relations: Relations,
    variants: Vec<Vec<(String, Item<Page>)>>,
    rest: Rest,
    config: &Config,
    (chart_files, map_files): (ChartFiles, MapFiles),
) -> Model {
    let language = config.first().tag.clone();
    let zone = &config.time_zone;
    let periods = periods::divide(&records.events, |event| event, zone);
    let unsound = unsound(&records);
    let mentions = relations.mentions;
    let pages = records.pages.into_iter().zip(relations.pages).zip(mentions.pages).zip(variants);
    #[expect(clippy::type_complexity, reason = "five lists that are zipped, taken apart at once")]
    let page = |((((item, role), of), mentions), variants): ((((Item<Page>, Role), OfPage), _), _)| {
        let part = item.record.fields.front.part.as_ref().map(|part| plain(&item, part, &language));
        let OfPage { tells, claims, timeline, block_events } = of;
        Arc::new(PageItem { item, mentions, role, part, tells, timeline, block_events, claims, variants })
    };
    let pages: Vec<_> = pages.map(page).collect();
    let events = records.events.into_iter().zip(relations.events).zip(mentions.events);
    let event =
        |((item, OfEvent { sections, effects }), mentions)| Arc::new(EventItem { item, mentions, sections, effects });
    let entities = records.entities.into_iter().zip(relations.entities).zip(mentions.entities);
    let entity =
        |((item, OfEntity { timeline, claims }), mentions)| Arc::new(EntityItem { item, mentions, timeline, claims });
    let claims = records.claims.into_iter().zip(relations.claims).zip(mentions.claims);
    let claim = |((item, events), mentions): ((Item<Claim>, _), _)| {
        let status = status(&item.record.fields, zone);
        Arc::new(ClaimItem { item, mentions, events, status })
    };
    let clock_day = Day::of_time(rest.visibility.now, zone);
    let terms = records.terms.into_iter().zip(mentions.terms);
    let sources = records.sources.into_iter().zip(&rest.names.slugs).zip(mentions.sources);
    let source = |((item, slug), mentions): ((_, &String), _)| Arc::new(SourceItem { item, slug: slug.clone(), mentions });
    let authors = records.authors.into_iter().zip(relations.authors);
    Model {
        sections: pages.iter().filter(|page| page.role == Role::Section).count(),
        pages,
        events: events.map(event).collect(),
        entities: entities.map(entity).collect(),
        claims: claims.map(claim).collect(),
        terms: terms.map(|(item, mentions)| Arc::new(TermItem { item, mentions })).collect(),
        sources: sources.map(source).collect(),
        block_events: Arc::new(relations.blocks),
        authors: authors.map(|(item, wrote)| Arc::new(AuthorItem { item, wrote })).collect(),
        makers: rest.makers,
        chart_files,
        map_files,
        periods,
        illustrated: OnceLock::new(),
        hidden: rest.hidden,
        has_withheld: rest.has_withheld,
        today: config.as_of.as_ref().map_or(clock_day, |day| day.value),
        clock_day,
        zone: zone.clone(),
        names: rest.names,
        unsound,
        is_simple: rest.is_simple,
        language,
        visibility: rest.visibility,
    }
}

/// Records with a pointer that leads nowhere, or where something else was found.
fn unsound(records: &Records) -> Vec<RecordIx> {
    fn of<T, I: Into<RecordIx>>(
        items: impl Iterator<Item = T>,
        is_sound: impl Fn(T) -> bool,
        at: fn(usize) -> I,
    ) -> impl Iterator<Item = RecordIx> {
        items.enumerate().filter_map(move |(position, item)| (!is_sound(item)).then(|| at(position).into()))
    }
    let Records { pages, events, entities, claims, terms, sources, authors } = records;
    let mut unsound: Vec<RecordIx> = of(pages.iter(), |(page, _)| page.is_sound, PageIx::new).collect();
    unsound.extend(of(events.iter(), |event| event.is_sound, EventIx::new));
    unsound.extend(of(entities.iter(), |entity| entity.is_sound, EntityIx::new));
    unsound.extend(of(claims.iter(), |claim| claim.is_sound, ClaimIx::new));
    unsound.extend(of(terms.iter(), |term| term.is_sound, TermIx::new));
    unsound.extend(of(sources.iter(), |source| source.is_sound, SourceIx::new));
    unsound.extend(of(authors.iter(), |author| author.is_sound, AuthorIx::new));
    unsound
}

/// A claim's current status.
pub(super) fn status(fields: &Claim, zone: &TimeZone) -> ClaimStatus {
    let reached = dated::latest(&fields.history, zone).map(|step| step.status);
    reached.or(fields.status.as_ref().map(|status| status.value)).unwrap_or(ClaimStatus::Unknown)
}

/// The headings of a page's body.
pub(super) fn headings(page: &Record<Page>) -> Headings<'_> {
    page.headings()
}

/// Whether the pages of an earlier model, which were as many, have the same anchors in the same order.
fn same_headings(before: &Model, pages: &[Record<Page>]) -> bool {
    before.pages.iter().zip(pages).all(|(before, page)| {
        let anchors = |page| headings(page).iter().map(|heading| &heading.anchor);
        before.item.record.is_same_reading(page) || anchors(&before.item.record).eq(anchors(page))
    })
}

/// A text's words without its markup.
pub(super) fn plain(item: &Item<Page>, text: &Text, language: &str) -> String {
    item.linked().text(text, language).characters().to_owned()
}
