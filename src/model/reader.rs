//! Reads the model and records each read: the only way from `view` to records.
//!
//! The model itself is private to [`Reader`]; whatever it returns beyond a record's key goes into a [`ReadLog`].
//!
//! A record's id and address need no note: they follow from its key, and anything that has the record has read what led to
//! it.

use jiff::tz::TimeZone;

use super::read::{Facet, ReadLog, RecordKind, Subject};
use super::record::{AnyRecord, AuthorIx, ClaimIx, EntityIx, EventIx, Handle, PageIx, PeriodIx, RecordIx, SourceIx};
use super::{Backlink, Item, Link, Linked, Model, Period, Role, Withheld, dated};
use crate::base::{FileId, Origin};
use crate::date::{Bounds, Date, Day};
use crate::map::Shapes;
use crate::syntax::indices::BlockIx;
use crate::syntax::kinds::claim::ClaimStatus;
use crate::syntax::kinds::common::Common;
use crate::syntax::kinds::dated::Dated;
use crate::syntax::kinds::entity::EntityKind;
use crate::syntax::kinds::location::Location;
use crate::syntax::kinds::page::Page;

/// Reads a model, and notes what it reads.
#[derive(Clone, Copy)]
pub struct Reader<'m> {
    model: &'m Model,
    log: Option<&'m ReadLog>,
}

impl<'m> Reader<'m> {
    /// A reader without a log: for whatever is made from the whole site, and for results that are cached and noted by
    /// the accessor that returns them.
    #[must_use]
    pub fn untracked(model: &'m Model) -> Self {
        Self { model, log: None }
    }

    /// The same reader without its log. Only caches whose accessor notes the read may ask for it:
    /// `tests/architecture.rs` lists them.
    #[must_use]
    pub fn without_log(self) -> Self {
        Self { log: None, ..self }
    }

    /// A reader of the same model that keeps its reads in `log`.
    #[must_use]
    pub fn logging<'l>(self, log: &'l ReadLog) -> Reader<'l>
    where
        'm: 'l,
    {
        Reader { model: self.model, log: Some(log) }
    }

    /// Notes that a facet was read whose value is computed elsewhere: a title, an entry, a mark.
    pub fn note(&self, at: impl Into<RecordIx>, facet: Facet) {
        if let Some(log) = self.log {
            log.note(Subject::Record(at.into()), facet);
        }
    }

    /// [`Self::note`] for a list as a whole.
    pub fn note_list(&self, kind: RecordKind, facet: Facet) {
        if let Some(log) = self.log {
            log.note(Subject::List(kind), facet);
        }
    }

    /// Notes that an entry has a fault; whatever shows the entry then has that fault too.
    pub fn note_faulty(&self, at: EventIx) {
        if let Some(log) = self.log {
            log.note_faulty(at);
        }
    }

    fn erased(&self, at: RecordIx) -> AnyRecord<'m> {
        self.model.record(at)
    }

    /// A record's fields, texts and pointers.
    #[must_use]
    pub fn item<H: Handle>(&self, at: H) -> &'m Item<H::Fields> {
        self.note(at, Facet::Text);
        at.item(self.model)
    }

    /// A record's texts and pointers, with what they lead to.
    #[must_use]
    pub fn linked(&self, at: RecordIx) -> Linked<'m> {
        self.note(at, Facet::Text);
        self.erased(at).linked
    }

    /// The fields that every kind of record has.
    #[must_use]
    pub fn common(&self, at: RecordIx) -> &'m Common {
        self.note(at, Facet::Text);
        self.erased(at).common
    }

    /// A record's id, or a source's key.
    #[must_use]
    pub fn id(&self, at: impl Into<RecordIx>) -> &'m str {
        self.erased(at.into()).id
    }

    /// When an event happened.
    #[must_use]
    pub fn date(&self, at: EventIx) -> &'m Date {
        self.note(at, Facet::Date);
        self.model[at].date()
    }

    /// Whether the short timeline keeps an event.
    #[must_use]
    pub fn is_major(&self, at: EventIx) -> bool {
        self.note(at, Facet::Significance);
        self.model[at].is_major()
    }

    /// What a page is on the site.
    #[must_use]
    pub fn role(&self, at: PageIx) -> Role {
        self.note(at, Facet::Kind);
        self.model[at].role
    }

    /// A page in the site's other languages, by tag.
    #[must_use]
    pub fn variants(&self, at: PageIx) -> &'m [(String, Item<Page>)] {
        self.note(at, Facet::Text);
        &self.model[at].variants
    }

    /// The group that a page belongs to.
    #[must_use]
    pub fn part(&self, at: PageIx) -> Option<&'m str> {
        self.note(at, Facet::Kind);
        self.model[at].part.as_deref()
    }

    /// What kind of thing an entity is.
    #[must_use]
    pub fn entity_kind(&self, at: EntityIx) -> EntityKind {
        self.note(at, Facet::Kind);
        self.model[at].item.record.fields.kind
    }

    /// Where an entity is, if it says so.
    #[must_use]
    pub fn location(&self, at: EntityIx) -> Option<&'m Location> {
        self.note(at, Facet::Location);
        self.model[at].item.record.fields.location.as_ref()
    }

    /// A claim's current status.
    #[must_use]
    pub fn claim_status(&self, at: ClaimIx) -> ClaimStatus {
        self.note(at, Facet::Kind);
        self.model[at].status
    }

    /// Why no build publishes this record, which is shown.
    #[must_use]
    pub fn withheld(&self, at: RecordIx) -> Option<Withheld> {
        // A build shows no such records.
        if !self.model.visibility.drafts {
            return None;
        }
        self.note(at, Facet::Withheld);
        self.model.withheld(at)
    }

    /// Who mentions a record, or cites it, in site order.
    #[must_use]
    pub fn mentions(&self, at: RecordIx) -> &'m [Backlink] {
        self.note(at, Facet::Mentions);
        self.erased(at).mentions
    }

    /// The events of the timeline of a page, an entity or a claim, in order.
    #[must_use]
    pub fn timeline(&self, at: RecordIx) -> &'m [EventIx] {
        self.note(at, Facet::Timeline);
        self.model.timeline(at)
    }

    /// What a file with the figures of a chart says. It is part of the text of each page that shows it, which has been read.
    #[must_use]
    pub fn chart_text(&self, path: &str) -> Option<&'m str> {
        self.model.chart_files.get(path).map(|file| file.text.as_str())
    }

    /// Land and borders from a file, if it is sound. It is part of the text of each page whose map names it, and of all pages if
    /// the settings do.
    #[must_use]
    pub fn map_shapes(&self, path: &str) -> Option<&'m Shapes> {
        self.model.map_files.get(path)?.shapes.as_ref().as_ref().ok()
    }

    /// The events of a timeline block in a record's text.
    #[must_use]
    pub fn block_events(&self, at: RecordIx, block: BlockIx) -> Option<&'m [EventIx]> {
        self.note(at, Facet::Timeline);
        self.model.block_events(at).get(block.position()).map(Vec::as_slice)
    }

    /// The events that a page tells, in order.
    #[must_use]
    pub fn tells(&self, at: PageIx) -> &'m [EventIx] {
        self.note(at, Facet::Tells);
        &self.model[at].tells
    }

    /// Claims that name a page, or that an entity makes or disputes.
    #[must_use]
    pub fn claims(&self, at: RecordIx) -> &'m [ClaimIx] {
        self.note(at, Facet::Claims);
        self.model.claims_of(at)
    }

    /// Sections that tell an event, in reading order.
    #[must_use]
    pub fn sections_of(&self, at: EventIx) -> &'m [PageIx] {
        self.note(at, Facet::Sections);
        &self.model[at].sections
    }

    /// Events that an event caused.
    #[must_use]
    pub fn effects(&self, at: EventIx) -> &'m [EventIx] {
        self.note(at, Facet::Effects);
        &self.model[at].effects
    }

    /// What an author wrote, the newest first.
    #[must_use]
    pub fn wrote(&self, at: AuthorIx) -> &'m [PageIx] {
        self.note(at, Facet::Wrote);
        &self.model[at].wrote
    }

    /// For each of those who made the site by its settings, the author that is meant, if one is.
    #[must_use]
    pub fn makers(&self) -> &'m [Link] {
        self.note_list(RecordKind::Author, Facet::Members);
        &self.model.makers
    }

    /// The events before and after an event; the same for sections.
    #[must_use]
    pub fn neighbors(&self, at: RecordIx) -> (Option<RecordIx>, Option<RecordIx>) {
        self.note(at, Facet::Neighbors);
        self.model.neighbors(at)
    }

    /// The page of the site's timeline that an event is on.
    #[must_use]
    pub fn period_of(&self, at: EventIx) -> Option<&'m Period> {
        self.note(at, Facet::Period);
        self.model.period_of(at)
    }

    /// The pages of the site's timeline.
    #[must_use]
    pub fn periods(&self) -> &'m [Period] {
        self.note_list(RecordKind::Event, Facet::Periods);
        &self.model.periods
    }

    /// A page of the site's timeline, with the ones before and after it.
    #[must_use]
    pub fn period(&self, at: usize) -> (&'m Period, Option<&'m Period>, Option<&'m Period>) {
        if let Some(log) = self.log {
            log.note(Subject::Period(PeriodIx::new(at)), Facet::Period);
        }
        let periods = &self.model.periods;
        (&periods[at], at.checked_sub(1).map(|at| &periods[at]), periods.get(at + 1))
    }

    /// The number of records of a kind, which are read by index.
    #[must_use]
    pub fn count(&self, kind: RecordKind) -> usize {
        self.note_list(kind, Facet::Members);
        self.model.counts()[kind.position()]
    }

    /// Hashes of what all records of a kind say, in order: for callers that keep what they compute from them.
    #[must_use]
    pub fn fingerprints(&self, kind: RecordKind) -> Vec<u64> {
        let records = (0..self.count(kind)).map(|at| kind.record(at as u32));
        records
            .map(|at| {
                self.note(at, Facet::Text);
                self.erased(at).fingerprint
            })
            .collect()
    }

    /// How many of the pages are sections, which come first.
    #[must_use]
    pub fn sections(&self) -> usize {
        self.note_list(RecordKind::Page, Facet::Members);
        self.model.sections
    }

    /// The page of this role, if there is one.
    #[must_use]
    pub fn page_of_role(&self, role: Role) -> Option<PageIx> {
        self.note_list(RecordKind::Page, Facet::Members);
        self.model.pages.iter().position(|page| page.role == role).map(PageIx::new)
    }

    /// Whether there is a source with this key that readers can see.
    #[must_use]
    pub fn has_source(&self, key: &str) -> bool {
        self.note_list(RecordKind::Source, Facet::Members);
        self.model.has_source(key)
    }

    /// Whether there is a record that isn't a source with this id.
    #[must_use]
    pub fn has_record(&self, id: &str) -> bool {
        RecordKind::ALL.into_iter().for_each(|kind| self.note_list(kind, Facet::Members));
        matches!(self.model.target(id), Some(Link::To(_)))
    }

    /// Every record, in site order.
    pub fn records(&self) -> impl Iterator<Item = RecordIx> + use<> {
        RecordKind::ALL.into_iter().for_each(|kind| self.note_list(kind, Facet::Members));
        self.model.records()
    }

    /// When a record was first published, if it says so.
    #[must_use]
    pub fn published(&self, at: RecordIx) -> Option<&'m Date> {
        self.note(at, Facet::Text);
        self.model.published(at)
    }

    /// When a record last changed, as far as it says.
    #[must_use]
    pub fn changed(&self, at: RecordIx) -> Option<&'m Date> {
        self.note(at, Facet::Text);
        self.model.changed(at)
    }

    /// Where a record begins, for positions in it.
    #[must_use]
    pub fn origin(&self, at: RecordIx) -> Origin {
        self.note(at, Facet::Text);
        self.erased(at).origin
    }

    /// The file that a record is in.
    #[must_use]
    pub fn file(&self, at: RecordIx) -> FileId {
        self.note(at, Facet::File);
        self.erased(at).origin.file
    }

    /// The site's first language.
    #[must_use]
    pub fn language(&self) -> &'m str {
        &self.model.language
    }

    /// The site's as-of day.
    #[must_use]
    pub fn today(&self) -> &'m Day {
        &self.model.today
    }

    /// The day of the build.
    #[must_use]
    pub fn clock_day(&self) -> Day {
        self.model.clock_day
    }

    /// The site's time zone.
    #[must_use]
    pub fn zone(&self) -> &'m TimeZone {
        &self.model.zone
    }

    /// See [`Model::day_reached`].
    #[must_use]
    pub fn day_reached(&self, date: &Date) -> Day {
        self.model.day_reached(date)
    }

    /// See [`Model::possible_days`].
    #[must_use]
    pub fn possible_days(&self, at: EventIx) -> Bounds {
        self.note(at, Facet::Text);
        self.model.possible_days(at)
    }

    /// A record's dated list, oldest first: see [`dated::oldest_first`].
    #[must_use]
    pub fn oldest_first<'l, T: Dated>(&self, list: &'l [T]) -> Vec<&'l T> {
        dated::oldest_first(list, &self.model.zone)
    }

    /// A record's dated list, newest first: see [`dated::newest_first`].
    #[must_use]
    pub fn newest_first<'l, T: Dated>(&self, list: &'l [T]) -> Vec<&'l T> {
        dated::newest_first(list, &self.model.zone)
    }

    /// The latest entry of a record's dated list: see [`dated::latest`].
    #[must_use]
    pub fn latest<'l, T: Dated>(&self, list: &'l [T]) -> Option<&'l T> {
        dated::latest(list, &self.model.zone)
    }

    /// The last part of a source's address, which is unique.
    #[must_use]
    pub fn slug(&self, at: SourceIx) -> &'m str {
        &self.model[at].slug
    }

    /// The path of a page's folder.
    #[must_use]
    pub fn page_path(&self, at: PageIx) -> &'m str {
        self.model.page_path(at)
    }

    /// The path of the folder of the page that a record is on.
    #[must_use]
    pub fn path_of(&self, at: RecordIx) -> String {
        self.model.path_of(at)
    }

    /// The address of a record.
    #[must_use]
    pub fn record_address(&self, at: RecordIx) -> String {
        self.model.record_address(at)
    }

    /// [`Self::record_address`] into `out`: every link on every page is made here.
    pub fn write_address(&self, out: &mut String, at: RecordIx) {
        self.model.write_address(out, at);
    }
}
