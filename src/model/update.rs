//! The model after a save that changes what some records say, but neither which records there are nor how they relate: it shares
//! everything else with the model before. Events may move in time.
//!
//! This is what nearly every save in a preview is. Whatever it can't be sure of it leaves to [`super::resolve`], which makes
//! the model anew and comes to the same.

use std::slice;
use std::sync::{Arc, OnceLock};

use jiff::tz::TimeZone;
use rayon::prelude::*;

use super::assemble::{headings, plain, status};
use super::backlinks::{Backlink, pointing_of};
use super::moved::Moved;
use super::pointers::{Context, resolved};
use super::query::Answers;
use super::record::Handle;
use super::relations::{mentioned_events, of_claims, of_events, timelines_of};
use super::suggest::{self, Found};
use super::visibility::Visibility;
use super::wrote;
use super::{
    AuthorIx, ClaimItem, ClaimIx, EntityIx, EventIx, Item, Link, Model, PageItem, PageIx, RecordIx, Resolved, Role,
    SourceIx, TermIx, chart_data, map_data, periods,
};
use crate::base::{FileId, Map};
use crate::config::Config;
use crate::date::Day;
use crate::diagnostics::Diagnostic;
use crate::source::SourceTree;
use crate::syntax::Record;
use crate::syntax::file::Parsed;
use crate::syntax::kinds::blocks::{Block, Query};
use crate::syntax::kinds::common::Common;
use crate::syntax::kinds::event::Event;
use crate::syntax::kinds::page::{Page, Timeline};

/// A state of the files and the model that came of it.
pub struct Earlier<'m> {
    /// The files, as they were parsed.
    pub files: &'m [(FileId, Arc<Parsed>)],
    /// The model.
    pub model: &'m Model,
    /// Whether the settings are what they were.
    pub has_same_settings: bool,
}

/// A file as it was parsed, with its number.
type ParsedFile = (FileId, Arc<Parsed>);

/// More files than this are not one save.
const MOST_FILES: usize = 16;

/// A file that says something else than it did.
struct Changed<'f> {
    id: FileId,
    was: &'f Parsed,
    now: &'f Parsed,
}

/// Records of one kind, each with its index, which is what it was.
type Placed<I> = Vec<(I, Record<<I as Handle>::Fields>)>;

/// The records of changed files.
struct New {
    pages: Placed<PageIx>,
    events: Placed<EventIx>,
    entities: Placed<EntityIx>,
    claims: Placed<ClaimIx>,
    terms: Placed<TermIx>,
    sources: Placed<SourceIx>,
    authors: Placed<AuthorIx>,
}

/// The model of these files and what was found, if no more is different than what this can take in.
pub(super) fn updated(
    files: &[ParsedFile],
    tree: &SourceTree,
    config: &Config,
    visibility: Visibility,
    earlier: &Earlier<'_>,
) -> Option<(Model, Vec<Diagnostic>)> {
    let before = earlier.model;
    // Where drafts are shown, nothing is hidden.
    let is_preview = visibility.drafts && before.visibility.drafts;
    // Timelines in the texts of records are few, and answered anew with all others.
    let is_simple = before.is_simple && before.block_events.is_empty();
    if !is_preview || !earlier.has_same_settings || !is_simple || !before.names.hold_in(tree) {
        return None;
    }
    let changed = changed(files, earlier.files)?;
    let mut new = New::of(&changed, before, tree)?;
    new.add_unsound(before);
    let has_same_anchors = |(at, page): &(PageIx, Record<Page>)| {
        let anchors = |page| headings(page).iter().map(|heading| &heading.anchor);
        anchors(&before[*at].item.record).eq(anchors(page))
    };
    if !new.pages.iter().all(has_same_anchors) {
        return None;
    }
    let pages: Map<PageIx, &Record<Page>> = new.pages.iter().map(|(at, page)| (*at, page)).collect();
    let headings = |at: PageIx| headings(pages.get(&at).copied().unwrap_or(&before[at].item.record));
    let mut model = before.shared(visibility, config, tree);
    model.has_withheld = has_withheld(before.has_withheld, files, &changed, visibility);
    let moved = Moved::of(before, &new.events, &config.time_zone);
    if !moved.is_nothing() {
        model.renumber(&moved);
        new.events.iter_mut().for_each(|(at, _)| *at = moved.event(*at));
    }
    let names = model.names.clone();
    let context = Context::new(&names, &[], &headings, tree);
    let mut update = Update { model, context: &context, found: Vec::new(), told: Vec::new() };
    update.take(&new, config)?;
    update.tell();
    let Update { model, found, .. } = update;
    let found = suggest::answer(found, &model, tree);
    Some((model, found))
}

/// The files that are not what they were; `None` if there are other files, or too many of those.
fn changed<'f>(now: &'f [ParsedFile], was: &'f [ParsedFile]) -> Option<Vec<Changed<'f>>> {
    let is_other = |((id, now), (_, was)): (&'f ParsedFile, &'f ParsedFile)| {
        (!Arc::ptr_eq(now, was)).then(|| Changed { id: *id, was, now })
    };
    let has_same_files = now.len() == was.len() && now.iter().zip(was).all(|((now, _), (was, _))| now == was);
    let changed: Vec<_> = has_same_files.then(|| now.iter().zip(was).filter_map(is_other).collect())?;
    let has_same_faults = changed.iter().all(|file| file.was.broken == file.now.broken);
    (has_same_faults && changed.len() <= MOST_FILES).then_some(changed)
}

/// Whether any file holds a record that no build publishes.
fn has_withheld(had: bool, all: &[ParsedFile], changed: &[Changed<'_>], visibility: Visibility) -> bool {
    let withholds = |file: &Parsed| commons(file).any(|common| visibility.withholds(common).is_some());
    // An embargo may have ended in the meantime; none begins.
    if had { all.iter().any(|(_, file)| withholds(file)) } else { changed.iter().any(|file| withholds(file.now)) }
}

/// What all records of a file have in common.
fn commons(file: &Parsed) -> impl Iterator<Item = &Common> {
    let page = file.page.iter().map(|(page, _)| &page.fields.front.common);
    let page = page.chain(file.events.iter().map(|event| &event.fields.common));
    let page = page.chain(file.entities.iter().map(|entity| &entity.fields.common));
    let page = page.chain(file.claims.iter().map(|claim| &claim.fields.common));
    let page = page.chain(file.terms.iter().map(|term| &term.fields.common));
    let page = page.chain(file.authors.iter().map(|author| &author.fields.common));
    page.chain(file.sources.iter().map(|source| &source.fields.common))
}

/// The records of one kind in changed files; `None` if there are others than before, or one has another name or place.
fn placed<'f, I: Handle>(
    changed: &[Changed<'f>],
    before: &Model,
    list: impl Fn(&'f Parsed) -> &'f [Record<I::Fields>],
    find: impl Fn(&str) -> Option<I>,
    is_alike: impl Fn(&I::Fields, &I::Fields) -> bool,
) -> Option<Placed<I>>
where
    I::Fields: 'f,
{
    let mut found = Vec::new();
    for file in changed {
        let (was, now) = (list(file.was), list(file.now));
        if was.len() != now.len() {
            return None;
        }
        for (was, now) in was.iter().zip(now) {
            let has_its_place = was.is_same_reading(now)
                || was.id.value == now.id.value && anchors(was).eq(anchors(now)) && is_alike(&was.fields, &now.fields);
            // One that is not the model's was left out of it.
            let at = find(&was.id.value).filter(|at| has_its_place && at.item(before).record.is_same_reading(was))?;
            // Of a page they are answered anew below; other records had none.
            if now.has_timeline() && !matches!(at.into(), RecordIx::Page(_)) {
                return None;
            }
            found.push((at, now.within(file.id)));
        }
    }
    Some(found)
}

/// The anchors in a record's text.
fn anchors<T>(record: &Record<T>) -> impl Iterator<Item = &str> {
    record.headings().iter().map(|heading| &*heading.anchor)
}

/// A file's page, as a list.
fn page_of(file: &Parsed) -> &[Record<Page>] {
    file.page.as_ref().map_or(&[], |(page, _)| slice::from_ref(page))
}

impl New {
    fn of(changed: &[Changed<'_>], before: &Model, tree: &SourceTree) -> Option<Self> {
        let names = &before.names;
        let id = |id: &str| names.ids.get(id).copied().unwrap_or(Link::Unknown);
        let key = |key: &str| names.keys.get(key).copied().unwrap_or(Link::Unknown);
        let is_variant = |file: &Parsed| file.page.as_ref().is_some_and(|(_, variant)| variant.language.is_some());
        let is_elsewhere = |file: &Changed<'_>| !names.has_page_at(tree, file.id, file.now);
        if changed.iter().any(|file| is_variant(file.was) || is_variant(file.now) || is_elsewhere(file)) {
            return None;
        }
        let is_page_alike = |was: &Page, now: &Page| {
            let (was_front, front) = (&was.front, &now.front);
            was_front.order == front.order
                && was_front.kind == front.kind
                && was_front.title.is_some() == front.title.is_some()
                && was.is_whole == now.is_whole
        };
        Some(Self {
            pages: placed(changed, before, page_of, |at| id(at).page(), is_page_alike)?,
            events: placed(changed, before, |file| &file.events, |at| id(at).event(), |_, _| true)?,
            entities: placed(changed, before, |file| &file.entities, |at| id(at).entity(), |was, now| was.kind == now.kind)?,
            claims: placed(changed, before, |file| &file.claims, |at| id(at).claim(), |_, _| true)?,
            terms: placed(changed, before, |file| &file.terms, |at| id(at).term(), |_, _| true)?,
            sources: placed(changed, before, |file| &file.sources, |at| key(at).source(), |_, _| true)?,
            authors: placed(changed, before, |file| &file.authors, |at| id(at).author(), |_, _| true)?,
        })
    }

    /// Adds records that something was found on, since that is said again at each save.
    fn add_unsound(&mut self, before: &Model) {
        fn add<I: Handle + PartialEq>(list: &mut Placed<I>, at: I, before: &Model) {
            if !list.iter().any(|(known, _)| *known == at) {
                list.push((at, at.item(before).record.clone()));
            }
        }
        for at in &before.unsound {
            match *at {
                RecordIx::Page(at) => add(&mut self.pages, at, before),
                RecordIx::Event(at) => add(&mut self.events, at, before),
                RecordIx::Claim(at) => add(&mut self.claims, at, before),
                RecordIx::Entity(at) => add(&mut self.entities, at, before),
                RecordIx::Term(at) => add(&mut self.terms, at, before),
                RecordIx::Source(at) => add(&mut self.sources, at, before),
                RecordIx::Author(at) => add(&mut self.authors, at, before),
            }
        }
    }
}

/// A model on its way.
struct Update<'u, 'c> {
    model: Model,
    context: &'u Context<'c>,
    found: Vec<Found>,
    /// Records that may say other things of others than they did, with what they led to and lead to.
    told: Vec<(RecordIx, Arc<Resolved>, Arc<Resolved>)>,
}

impl Update<'_, '_> {
    /// Puts a record in the place of the one before it, which is given back.
    fn replace<I: Handle>(
        &mut self,
        at: I,
        record: &Record<I::Fields>,
        item: fn(&mut Model, I) -> &mut Item<I::Fields>,
    ) -> Item<I::Fields> {
        let item = item(&mut self.model, at);
        let is_known = item.record.is_same_reading(record) && item.is_sound;
        let (resolved, mut found) =
            if is_known { (item.resolved.clone(), Vec::new()) } else { resolved(record, self.context) };
        self.found.append(&mut found);
        let was = std::mem::replace(item, Item { record: record.clone(), resolved });
        self.told.push((at.into(), was.resolved.clone(), item.resolved.clone()));
        was
    }

    /// Takes the records in; `None` if one relates to others than it did.
    fn take(&mut self, new: &New, config: &Config) -> Option<()> {
        let (language, zone) = (&config.first().tag, &config.time_zone);
        let mut is_redated = false;
        for (at, record) in &new.events {
            let was = self.replace(*at, record, |model, at| &mut Arc::make_mut(&mut model.events[at.position()]).item);
            has_same_relations(&was, &self.model[*at].item).then_some(())?;
            is_redated |= was.record.fields.date.value != record.fields.date.value;
        }
        let has_authors = !self.model.authors.is_empty();
        for (at, record) in &new.pages {
            let was = self.replace(*at, record, |model, at| &mut model.page_mut(at).item);
            let page = self.model.page_mut(*at);
            let is_by_same = !has_authors || wrote::is_same(&was, &page.item, zone);
            (is_by_same && has_same_events(&was, &page.item, language)).then_some(())?;
            page.part = record.fields.front.part.as_ref().map(|part| plain(&page.item, part, language));
        }
        let mut asking: Vec<PageIx> = new.pages.iter().map(|(at, _)| *at).collect();
        if is_redated {
            self.model.periods = periods::divide(&self.model.events, |event| &event.item, zone);
            asking.extend(PageIx::first(self.model.pages.len()).filter(|at| asks_for_dates(&self.model[*at].item.record)));
        }
        self.model.retell(&asking, zone);
        for (at, record) in &new.claims {
            let was = self.replace(*at, record, |model, at| &mut model.claim_mut(at).item);
            let claim = self.model.claim_mut(*at);
            let of = |claim| of_claims(slice::from_ref(claim), 0);
            (of(&was) == of(&claim.item)).then_some(())?;
            claim.status = status(&record.fields, zone);
        }
        for (at, record) in &new.entities {
            self.replace(*at, record, |model, at| &mut Arc::make_mut(&mut model.entities[at.position()]).item);
        }
        for (at, record) in &new.terms {
            self.replace(*at, record, |model, at| &mut Arc::make_mut(&mut model.terms[at.position()]).item);
        }
        for (at, record) in &new.sources {
            self.replace(*at, record, |model, at| &mut Arc::make_mut(&mut model.sources[at.position()]).item);
        }
        for (at, record) in &new.authors {
            self.replace(*at, record, |model, at| &mut Arc::make_mut(&mut model.authors[at.position()]).item);
        }
        Some(())
    }

    /// Tells other records who mentions them now.
    fn tell(&mut self) {
        for (owner, was, now) in std::mem::take(&mut self.told) {
            self.model.unsound.retain(|at| *at != owner);
            if !now.is_sound {
                self.model.unsound.push(owner);
            }
            let is_heard = !matches!(owner, RecordIx::Page(at) if self.model[at].role == Role::NotFound);
            if !is_heard || Arc::ptr_eq(&was, &now) || was.outward == now.outward {
                continue;
            }
            let now = pointing_of(owner, &now.outward);
            let was = pointing_of(owner, &was.outward);
            let mut heard: Vec<RecordIx> = was.iter().chain(&now).map(|(to, _)| *to).collect();
            heard.sort_unstable();
            heard.dedup();
            for to in heard {
                let Some(mentions) = self.model.mentions_mut(to) else { continue };
                // Mentions are in site order.
                let own = mentions.partition_point(|link| link.owner < owner)
                    ..mentions.partition_point(|link| link.owner <= owner);
                mentions.splice(own, now.iter().filter(|(of, _)| *of == to).map(|(_, backlink)| *backlink));
            }
        }
    }
}

impl Model {
    /// The same model at another time.
    fn shared(&self, visibility: Visibility, config: &Config, tree: &SourceTree) -> Self {
        let clock_day = Day::of_time(visibility.now, &self.zone);
        Self {
            pages: self.pages.clone(),
            sections: self.sections,
            block_events: self.block_events.clone(),
            events: self.events.clone(),
            entities: self.entities.clone(),
            claims: self.claims.clone(),
            terms: self.terms.clone(),
            sources: self.sources.clone(),
            authors: self.authors.clone(),
            makers: self.makers.clone(),
            chart_files: chart_data::of(tree),
            map_files: map_data::of(tree, Some(&self.map_files)),
            hidden: Vec::new(),
            has_withheld: self.has_withheld,
            names: self.names.clone(),
            unsound: self.unsound.clone(),
            is_simple: self.is_simple,
            periods: self.periods.clone(),
            illustrated: OnceLock::new(),
            language: self.language.clone(),
            visibility,
            today: config.as_of.as_ref().map_or(clock_day, |day| day.value),
            clock_day,
            zone: self.zone.clone(),
        }
    }

    /// Answers the queries of some pages' timelines again. What pages tell, and what answers come from, is what it was.
    fn retell(&mut self, pages: &[PageIx], zone: &TimeZone) {
        let told: Vec<_> = {
            let answers = Answers {
                count: self.events.len(),
                event: &|at| &self[at].item.record.fields,
                tells: &|at| &self[at].tells,
                timeline: &|at| &self[at].timeline,
                topics: OnceLock::new(),
                zone,
            };
            pages.par_iter().map(|at| timelines_of(&self[*at].item, &self[*at].tells, &answers)).collect()
        };
        for (at, (timeline, block_events)) in pages.iter().zip(told) {
            let page = &self[*at];
            if page.timeline != timeline || !page.block_events.iter().eq(&block_events) {
                let page = self.page_mut(*at);
                (page.timeline, page.block_events) = (timeline, block_events);
            }
        }
    }

    fn page_mut(&mut self, at: PageIx) -> &mut PageItem {
        Arc::make_mut(&mut self.pages[at.position()])
    }

    fn claim_mut(&mut self, at: ClaimIx) -> &mut ClaimItem {
        Arc::make_mut(&mut self.claims[at.position()])
    }

    /// Who mentions a record; of authors nobody keeps that.
    fn mentions_mut(&mut self, at: RecordIx) -> Option<&mut Vec<Backlink>> {
        Some(match at {
            RecordIx::Page(at) => &mut self.page_mut(at).mentions,
            RecordIx::Event(at) => &mut Arc::make_mut(&mut self.events[at.position()]).mentions,
            RecordIx::Claim(at) => &mut self.claim_mut(at).mentions,
            RecordIx::Entity(at) => &mut Arc::make_mut(&mut self.entities[at.position()]).mentions,
            RecordIx::Term(at) => &mut Arc::make_mut(&mut self.terms[at.position()]).mentions,
            RecordIx::Source(at) => &mut Arc::make_mut(&mut self.sources[at.position()]).mentions,
            RecordIx::Author(_) => return None,
        })
    }
}

/// Whether a page tells the same events.
fn has_same_events(was: &Item<Page>, now: &Item<Page>, language: &str) -> bool {
    let told = |page| {
        let mut told: Vec<_> = mentioned_events(page, language).collect();
        told.sort_unstable();
        told.dedup();
        told
    };
    was.is_same(now) || told(was) == told(now)
}

/// Whether a page has a timeline of events from or to some date.
fn asks_for_dates(page: &Record<Page>) -> bool {
    let is_dated = |query: &Query| query.from.is_some() || query.to.is_some();
    let is_dated_block = |block: &Block| matches!(block, Block::Timeline(query) if is_dated(query));
    matches!(&page.fields.front.timeline, Timeline::Query(query) if is_dated(query)) || page.blocks().any(is_dated_block)
}

/// Whether an event names what it named and weighs what it weighed, so that no timeline holds it where it did not.
fn has_same_relations(was: &Item<Event>, now: &Item<Event>) -> bool {
    let topics =
        |event: &Item<Event>| event.record.fields.topics.iter().map(|topic| topic.value.clone()).collect::<Vec<_>>();
    let (before, fields) = (&was.record.fields, &now.record.fields);
    was.is_same(now)
        || before.significance == fields.significance
            && topics(was) == topics(now)
            && of_events(slice::from_ref(was), 0) == of_events(slice::from_ref(now), 0)
}
