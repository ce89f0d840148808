//! Decides whether a page would come out unchanged: it would if everything that was read for it is unchanged.
//!
//! The hash of a facet is computed when it is first asked for, once per state of the site. It is a hash of the *value*, so a changed
//! summary does not remake pages that show only the title.

use std::hash::{BuildHasher as _, Hash as _, Hasher as _};
use std::sync::Arc;

use super::analysis::Analysis;
use super::facet_values::FacetValues;
use super::memo::{Fragment, Rendered};
use super::reads::{KeptRead, KeyIx, Reads};
use super::shared::Shared;
use crate::base::fingerprint;
use crate::media::Companions;
use crate::model::read::{Facet, ReadLog, RecordKind, Subject};
use crate::model::{Backlink, Destination, EventIx, Link, Model, PageIx, RecordIx};
use crate::output::partials::{self, Entry};
use crate::source::tree::BOOK;
use crate::theme::{TemplateFault, Theme};
use crate::view::{Entries, View};

/// Fixed seeds. Nothing hashed here comes from a stranger.
const HASHER: ahash::RandomState = ahash::RandomState::with_seeds(3, 43, 67, 101);

/// The value of something that no longer exists.
const GONE: u64 = 0x5eed_0f90_4e5a_11ed;

/// The values of all facets in one state of the site.
pub(super) struct Freshness<'s> {
    model: &'s Model,
    analysis: &'s Analysis,
    shared: &'s Shared,
    rendered: &'s Rendered,
    /// A view whose reads are not recorded.
    view: View<'s>,
    theme: &'s Theme,
    values: FacetValues,
}

impl<'s> Freshness<'s> {
    pub(super) fn new(analysis: &'s Analysis, shared: &'s Shared, rendered: &'s Rendered, view: View<'s>) -> Self {
        let partials = [partials::ENTRY, partials::NAV].map(|template| shared.theme().fingerprint(template));
        let values = FacetValues::of(analysis, site(analysis, shared, &view), hash(&partials), rendered);
        Self { model: &analysis.model, analysis, shared, rendered, view, theme: shared.theme(), values }
    }

    /// The values, as far as anyone has asked for them, for the next state.
    pub(super) fn into_values(self) -> FacetValues {
        self.values
    }

    /// A fingerprint of what goes into every page: the settings, the day, and the partials that are the same everywhere.
    pub(super) fn site(&self) -> u64 {
        self.values.site
    }

    /// Whether reading all of these again would give the same values.
    pub(super) fn is_fresh(&self, reads: &Reads) -> bool {
        reads.hold_in(self.values.state, || self.hash_of(&reads.all) == reads.values)
    }

    /// The reads in the form that is stored.
    pub(super) fn kept(&self, log: ReadLog) -> Reads {
        let reads: Arc<[KeptRead]> = log.into_reads().into_iter().map(|read| self.values.slots.kept(read)).collect();
        let values = self.hash_of(&reads);
        Reads::new(reads, values, self.values.state)
    }

    fn hash_of(&self, reads: &[KeptRead]) -> u64 {
        reads.iter().fold(0, |all: u64, read| (all.rotate_left(23) ^ self.value(*read)).wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    /// The hash of a facet's value.
    fn value(&self, read: KeptRead) -> u64 {
        let (number, facet) = (read.number().position(), read.facet());
        if let Some(value) = self.values.get(number, facet) {
            return value;
        }
        let Some(subject) = self.values.slots.subject(read) else { return GONE };
        let value = self.work_out(subject, facet).max(1);
        self.values.set(number, facet, value);
        value
    }

    fn work_out(&self, subject: Subject, facet: usize) -> u64 {
        let facet = Facet::ALL[facet];
        match subject {
            Subject::Record(at) => self.of_record(at, facet),
            Subject::List(kind) => self.of_list(kind, facet),
            Subject::Period(at) => self.of_period(at.position()),
        }
    }

    fn of_record(&self, at: RecordIx, facet: Facet) -> u64 {
        let (model, view) = (self.model, &self.view);
        let slot = |at: RecordIx| self.values.slots.record(at);
        match facet {
            Facet::Text => self.text(at),
            Facet::Title => {
                let title = view.title(at);
                hash(&(&title.html, &title.plain, &title.in_text))
            }
            Facet::Withheld => hash(&model.withheld(at)),
            Facet::Date => hash(&at.event().map(|at| model[at].date())),
            Facet::Significance => hash(&at.event().map(|at| model[at].is_major())),
            Facet::Kind => match at {
                RecordIx::Page(at) => hash(&(model[at].role, &model[at].part)),
                RecordIx::Entity(at) => hash(&model[at].item.record.fields.kind),
                RecordIx::Claim(at) => hash(&model[at].status),
                RecordIx::Event(_) | RecordIx::Term(_) | RecordIx::Source(_) | RecordIx::Author(_) => hash(&()),
            },
            Facet::Location => self.location(at),
            Facet::Mentions => self.mentions(model.record(at).mentions),
            Facet::Timeline => {
                let blocks = model.block_events(at).iter().map(|events| self.events(events));
                hash(&(self.events(model.timeline(at)), blocks.collect::<Vec<_>>()))
            }
            Facet::Tells => hash(&at.page().map(|at| self.events(&model[at].tells))),
            Facet::Claims => self.records(model.claims_of(at).iter().map(|at| (*at).into())),
            Facet::Sections => {
                self.records(at.event().into_iter().flat_map(|at| &model[at].sections).map(|at| (*at).into()))
            }
            Facet::Effects => hash(&at.event().map(|at| self.events(&model[at].effects))),
            Facet::Wrote => self.records(at.author().into_iter().flat_map(|at| &model[at].wrote).map(|at| (*at).into())),
            Facet::Neighbors => {
                let (before, behind) = model.neighbors(at);
                hash(&(before.map(slot), behind.map(slot)))
            }
            Facet::Period => hash(&at.event().and_then(|at| model.period_of(at)).map(|period| &period.name)),
            Facet::Mark => match at {
                RecordIx::Page(at) => hash(view.section_mark(at)),
                RecordIx::Event(at) => hash(view.event_mark(at)),
                RecordIx::Claim(_) | RecordIx::Entity(_) | RecordIx::Term(_) | RecordIx::Source(_) | RecordIx::Author(_) => {
                    hash(&())
                }
            },
            // There may be no such event: a timeline with nothing but minor events begins with none.
            Facet::ShownFrom => {
                let from = view.shown_from(at);
                hash(&((from.position() < model.events.len()).then(|| slot(from.into())), from == EventIx(0)))
            }
            Facet::Source => hash(&at.source().map(|at| {
                let source = view.source_text(at);
                (&source.entry, &source.name)
            })),
            Facet::Outlet => {
                let outlet = at.source().and_then(|at| view.of_outlet(at));
                hash(&outlet.map(|(name, sources)| (name, self.records(sources.iter().map(|at| (*at).into())))))
            }
            Facet::Entry => hash(&at.event().map(|at| self.entry_of(at).as_ref().ok())),
            Facet::Nav => self.nav(at.page()),
            Facet::File => hash(&self.analysis.read.tree.file(model.origin(at).file).path),
            Facet::Members | Facet::Order | Facet::SourceKinds | Facet::Periods | Facet::Changes => hash(&()),
        }
    }

    fn of_list(&self, kind: RecordKind, facet: Facet) -> u64 {
        match facet {
            // Who made the site follows from its settings and from which authors there are, hidden ones included.
            Facet::Members if kind == RecordKind::Author => {
                let makers: Vec<KeyIx> = self.model.makers.iter().map(|maker| self.link(*maker)).collect();
                hash(&(self.values.slots.of_kind(kind), makers))
            }
            Facet::Members => hash(&(self.values.slots.of_kind(kind), self.model.sections)),
            Facet::Order => {
                let numbers = self.values.slots.of_kind(kind);
                hash(&self.view.order(kind).iter().map(|at| numbers[*at as usize]).collect::<Vec<_>>())
            }
            Facet::SourceKinds => {
                let numbers = self.values.slots.of_kind(RecordKind::Source);
                let of = |sources: &[u32]| sources.iter().map(|at| numbers[*at as usize]).collect::<Vec<_>>();
                hash(&self.view.sources_by_kind().iter().map(|(kind, sources)| (*kind, of(sources))).collect::<Vec<_>>())
            }
            Facet::Periods => {
                let periods = self.model.periods.iter();
                hash(&periods.map(|period| (&period.name, period.events.len())).collect::<Vec<_>>())
            }
            Facet::Changes => {
                let changes = self.view.all_changes().iter();
                hash(&changes.map(|change| (self.values.slots.record(change.of), change.index)).collect::<Vec<_>>())
            }
            Facet::Nav => self.nav(None),
            _ => hash(&()),
        }
    }

    fn of_period(&self, at: usize) -> u64 {
        let periods = &self.model.periods;
        let beside =
            [at.checked_sub(1), at.checked_add(1)].map(|at| periods.get(at?)).map(|period| period.map(|at| &at.name));
        let events = periods[at].events.clone().map(|at| EventIx::new(at).into());
        hash(&(self.records(events), beside))
    }

    /// What a record's own lines say, and where its pointers lead.
    fn text(&self, at: RecordIx) -> u64 {
        let record = self.model.record(at);
        let linked = record.linked;
        let links = linked.targets.iter().chain(linked.cited).map(|link| self.link(*link));
        let mut hasher = HASHER.build_hasher();
        (record.fingerprint, &**linked.nth).hash(&mut hasher);
        links.for_each(|link| link.hash(&mut hasher));
        for destination in linked.destinations {
            self.destination(destination).hash(&mut hasher);
            // The figures of a chart are as much a part of its page as its own lines, and so are the borders of a map.
            if let Destination::Media(path) = destination {
                self.model.chart_files.get(&**path).map(|file| &**file.text).hash(&mut hasher);
                self.model.map_files.get(&**path).map(|file| &**file.text).hash(&mut hasher);
            }
        }
        let variants = at.page().into_iter().flat_map(|at| &self.model[at].variants);
        variants.for_each(|(tag, item)| (tag, item.record.fingerprint).hash(&mut hasher));
        hasher.finish()
    }

    /// What represents the end of a pointer.
    fn link(&self, link: Link) -> KeyIx {
        match link {
            Link::To(at) => self.values.slots.record(at),
            Link::Hidden(_) => KeyIx(u32::MAX),
            Link::Unknown => KeyIx(u32::MAX - 1),
        }
    }

    fn destination<'d>(&self, destination: &'d Destination) -> (u8, u32, Option<&'d str>) {
        match destination {
            Destination::External => (0, 0, None),
            Destination::Page(at, anchor) => (1, self.values.slots.record((*at).into()).0, anchor.as_deref()),
            Destination::Own(anchor) => (2, 0, Some(anchor)),
            Destination::Media(path) => {
                let media = &self.analysis.media;
                let companions = media.companions(path);
                let beside: Vec<_> =
                    companions.into_iter().flat_map(Companions::paths).map(|path| media.get(path)).collect();
                let known = media.get(path).map_or(0, |medium| hash(&(medium, companions, beside)) as u32);
                (3, known, Some(path))
            }
            Destination::Root(path) => (4, 0, Some(path)),
            Destination::Hidden(_) => (5, 0, None),
            Destination::Broken => (6, 0, None),
        }
    }

    fn location(&self, at: RecordIx) -> u64 {
        let location = at.entity().and_then(|at| self.model[at].item.record.fields.location);
        hash(&location.map(|at| (at.lat.to_bits(), at.lon.to_bits(), at.is_approximate)))
    }

    fn mentions(&self, mentions: &[Backlink]) -> u64 {
        let mut hasher = HASHER.build_hasher();
        for Backlink { owner, by, place } in mentions {
            (self.values.slots.record(*owner), by, place).hash(&mut hasher);
        }
        hasher.finish()
    }

    fn events(&self, events: &[EventIx]) -> u64 {
        self.records(events.iter().map(|at| (*at).into()))
    }

    fn records(&self, records: impl Iterator<Item = RecordIx>) -> u64 {
        let mut hasher = HASHER.build_hasher();
        records.for_each(|at| self.values.slots.record(at).hash(&mut hasher));
        hasher.finish()
    }

    /// The navigation of a section's part, or of pages outside all sections.
    fn nav(&self, section: Option<PageIx>) -> u64 {
        let template = self.theme.fingerprint(partials::NAV);
        let nav = self.shared.partials().nav_or(section, &self.view, |part, sections| {
            let input = hash(&(template, part, self.records(sections.iter().map(|at| (*at).into()))));
            let name = part.unwrap_or_default();
            let make = |view: &View<'_>| partials::render_nav(view, self.theme, part, sections).map(Arc::from);
            let keep = |nav| self.rendered.keep_nav(name, nav);
            Ok(self.fragment(self.rendered.nav(name), input, make, keep)?.to_string())
        });
        hash(&nav.ok().map(crate::theme::Html::fingerprint))
    }

    fn entry_of(&self, at: EventIx) -> &'s Entry {
        self.shared.entries().get_or(at, || {
            let id = self.model[at].item.id();
            let input = hash(&self.theme.fingerprint(partials::ENTRY));
            let make = |view: &View<'_>| self.shared.entries().render(view, at);
            let keep = |entry| self.rendered.keep_entry(id, entry);
            self.fragment(self.rendered.entry(id), input, make, keep).map_err(Box::new)
        })
    }

    /// The earlier fragment, if all that was read for it and its `input` are unchanged; otherwise the one that `make`
    /// returns.
    fn fragment(
        &self,
        before: Option<Arc<Fragment>>,
        input: u64,
        make: impl FnOnce(&View<'_>) -> Result<Arc<str>, TemplateFault>,
        keep: impl FnOnce(Fragment),
    ) -> Result<Arc<str>, TemplateFault> {
        if let Some(before) = before.filter(|before| before.input == input && self.is_fresh(&before.reads)) {
            return Ok(before.html.clone());
        }
        let log = ReadLog::recording();
        let html = make(&self.view.logging(&log))?;
        keep(Fragment { reads: self.kept(log), input, html: html.clone() });
        Ok(html)
    }
}

impl Entries for Freshness<'_> {
    fn entry(&self, _: &View<'_>, event: EventIx) -> Option<&str> {
        self.entry_of(event).as_deref().ok()
    }
}

fn hash(value: &(impl std::hash::Hash + ?Sized)) -> u64 {
    HASHER.hash_one(value)
}

fn site(analysis: &Analysis, shared: &Shared, view: &View<'_>) -> u64 {
    let partials = shared.partials().common(view, shared.theme());
    let partials = partials.ok().map(|partials| partials.map(crate::theme::Html::fingerprint));
    fingerprint(&(
        &**analysis.read.tree.file(BOOK).text,
        analysis.model.today.number(),
        analysis.model.latest_day().number(),
        analysis
            .read
            .config
            .map_base
            .as_ref()
            .and_then(|base| analysis.model.map_files.get(&*base.value))
            .map(|file| &**file.text),
        partials,
    ))
}
