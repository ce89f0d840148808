//! From records with names to the model: what each points at is resolved, and all is put in its place.

use std::sync::Arc;

use super::gather::Gathered;
use super::names::Names;
use super::pointers::{Before, Context, Headings, all};
use super::{ClaimItem, EntityItem, EventItem, Item, Model, PageItem, PageIx, Role, SourceItem, periods};
use crate::config::Config;
use crate::date::Day;
use crate::diagnostics::Diagnostic;
use crate::source::SourceTree;
use crate::syntax::Record;
use crate::syntax::kinds::page::Page;
use crate::syntax::text::Text;

/// Resolves every pointer, in parallel, and makes a model of which the other direction is still missing. What an earlier
/// model resolved among the same names and headings is taken from it.
pub(super) fn assemble(
    gathered: Gathered<'_>,
    names: Arc<Names>,
    config: &Config,
    tree: &SourceTree,
    before: Option<&Before<'_>>,
) -> (Model, Vec<Diagnostic>) {
    let Gathered {
        visibility, pages, events, entities, claims, terms, sources, hidden, has_withheld, mut diagnostics, ..
    } = gathered;
    let (pages, roles): (Vec<_>, Vec<_>) = pages.into_iter().unzip();
    // The records are handed on while their headings are looked at.
    let kept = pages.clone();
    let before = before.filter(|before| same_headings(before.model, &kept));
    let headings = |at: PageIx| headings(&kept[at.at()]);
    let context = Context { names: &names, hidden: &hidden, headings: &headings, tree };
    let language = config.first().tag.clone();
    let page = |at: usize, item: Item<Page>| PageItem {
        role: roles[at],
        part: item.record.fields.front.part.as_ref().map(|part| plain(&item, part, &language)),
        item,
        tells: Vec::new(),
        timeline: Vec::new(),
        block_events: Vec::new(),
        claims: Vec::new(),
        variants: Vec::new(),
    };
    let event = |_, item| EventItem { item, sections: Vec::new(), effects: Vec::new() };
    let entity = |_, item| EntityItem { item, timeline: Vec::new(), claims: Vec::new() };
    let claim = |_, item| ClaimItem { item, events: Vec::new() };
    let source = |at: usize, item| SourceItem { item, slug: names.slugs[at].clone(), uses: Vec::new() };
    let found = &mut diagnostics;
    let pages = all(pages, before, |model, at| &model.pages[at].item, &context, found, page);
    let events = all(events, before, |model, at| &model.events[at].item, &context, found, event);
    let entities = all(entities, before, |model, at| &model.entities[at].item, &context, found, entity);
    let claims = all(claims, before, |model, at| &model.claims[at].item, &context, found, claim);
    let terms = all(terms, before, |model, at| &model.terms[at], &context, found, |_, item| item);
    let sources = all(sources, before, |model, at| &model.sources[at].item, &context, found, source);
    let model = Model {
        sections: roles.iter().filter(|role| **role == Role::Section).count(),
        periods: periods::divide(&events),
        pages,
        events,
        entities,
        claims,
        terms,
        sources,
        hidden,
        has_withheld,
        names,
        today: config.as_of.unwrap_or_else(|| day_of(visibility.now, &config.time_zone)),
        language,
        visibility,
    };
    (model, diagnostics)
}

/// The headings of a page's body.
pub(super) fn headings(page: &Record<Page>) -> Headings<'_> {
    &page.pieces.proses[page.fields.body as usize].markdown.headings
}

/// Whether the pages of an earlier model, which were as many, have the same anchors in the same order.
fn same_headings(before: &Model, pages: &[Record<Page>]) -> bool {
    before.pages.iter().zip(pages).all(|(before, page)| {
        let anchors = |page| headings(page).iter().map(|heading| &heading.anchor);
        before.item.record.is_same_reading(page) || anchors(&before.item.record).eq(anchors(page))
    })
}

/// The day of a time in a zone.
fn day_of(time: jiff::Timestamp, zone: &jiff::tz::TimeZone) -> Day {
    let date = time.to_zoned(zone.clone()).date();
    // A calendar day of jiff's range is one of ours.
    Day::from_ymd(i32::from(date.year()), date.month() as u8, date.day() as u8).unwrap_or(Day::MAX)
}

/// A text's words without its markup.
fn plain(item: &Item<Page>, text: &Text, language: &str) -> String {
    item.linked().text(text, language).characters().to_owned()
}
