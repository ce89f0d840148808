//! All records of a site on their way into the model: what is hidden is left out, the rest put in order and given names.

use std::borrow::Cow;
use std::collections::HashSet;
use std::collections::hash_map::Entry;

use rayon::prelude::*;

use super::pointers::{Context, Headings, Surroundings, all};
use super::visibility::Visibility;
use super::{
    ClaimItem, ClaimIx, EntityItem, EntityIx, EventItem, EventIx, Hidden, Item, Model, PageItem, PageIx, Role, SourceItem,
    SourceIx, SourceTarget, Target, TermIx, periods, registry,
};
use crate::base::Map;
use crate::base::slug::slug;
use crate::base::{FileId, Span};
use crate::config::Config;
use crate::date::Day;
use crate::diagnostics::{Diagnostic, code};
use crate::source::{ContentKind, SourceTree};
use crate::syntax::Record;
use crate::syntax::common::Common;
use crate::syntax::event::Event;
use crate::syntax::file::{Parsed, Variant};
use crate::syntax::page::{Page, PageKind};
use crate::syntax::prose::Text;

pub(super) type PageRecord = (Record<Page>, Role);
pub(super) type VariantRecord = (Record<Page>, String);

/// All records of a site on their way into the model.
pub(super) struct Gather<'a> {
    config: &'a Config,
    visibility: Visibility,
    tags: Vec<String>,
    pages: Vec<PageRecord>,
    variants: Vec<VariantRecord>,
    events: Vec<Record<Event>>,
    entities: Vec<Record<crate::syntax::entity::Entity>>,
    claims: Vec<Record<crate::syntax::claim::Claim>>,
    terms: Vec<Record<crate::syntax::term::Term>>,
    sources: Vec<Record<crate::syntax::source::Source>>,
    slugs: Vec<String>,
    hidden: Vec<Hidden>,
    hidden_sources: Vec<u32>,
    broken: HashSet<String>,
    ids: Map<Box<str>, Target>,
    keys: Map<Box<str>, SourceTarget>,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Gather<'a> {
    pub(super) fn new(config: &'a Config, visibility: Visibility) -> Self {
        Self {
            config,
            visibility,
            tags: config.languages.iter().map(|language| language.tag.clone()).collect(),
            pages: Vec::new(),
            variants: Vec::new(),
            events: Vec::new(),
            entities: Vec::new(),
            claims: Vec::new(),
            terms: Vec::new(),
            sources: Vec::new(),
            slugs: Vec::new(),
            hidden: Vec::new(),
            hidden_sources: Vec::new(),
            broken: HashSet::new(),
            ids: Map::default(),
            keys: Map::default(),
            diagnostics: Vec::new(),
        }
    }

    /// Keeps what is shown, and remembers the names of what is not.
    pub(super) fn take(&mut self, id: FileId, file: &Parsed) {
        fn shown<T>(
            (id, records): (FileId, &[Record<T>]),
            common: impl Fn(&T) -> &Common,
            visibility: Visibility,
            hidden: &mut Vec<Hidden>,
            out: &mut Vec<Record<T>>,
        ) {
            for record in records.iter().map(|record| record.within(id)) {
                match visibility.hides(common(&record.fields)) {
                    None => out.push(record),
                    Some(why) => hidden.push(Hidden { id: record.id.value.clone(), span: record.id_span(), why }),
                }
            }
        }
        self.broken.extend(file.broken.iter().cloned());
        let (visibility, hidden) = (self.visibility, &mut self.hidden);
        shown((id, &file.events), |event| &event.common, visibility, hidden, &mut self.events);
        shown((id, &file.entities), |entity| &entity.common, visibility, hidden, &mut self.entities);
        shown((id, &file.claims), |claim| &claim.common, visibility, hidden, &mut self.claims);
        shown((id, &file.terms), |term| &term.common, visibility, hidden, &mut self.terms);
        let from = hidden.len() as u32;
        shown((id, &file.sources), |source| &source.common, visibility, hidden, &mut self.sources);
        self.hidden_sources.extend(from..hidden.len() as u32);
        if let Some((page, variant)) = &file.page {
            self.take_page(page.within(id), variant);
        }
    }

    fn take_page(&mut self, page: Record<Page>, variant: &Variant) {
        if let Some(tag) = &variant.language {
            if self.tags[1..].contains(tag) {
                self.variants.push((page, tag.clone()));
            } else {
                let message = format!("`{tag}` is not one of the site's further languages, and no id has a dot");
                let help = if self.tags[0] == *tag {
                    format!("name the file `{}.md`; `{tag}` is the site's first language", page.id.value)
                } else {
                    format!("rename the file, or add [site.languages.{tag}] to book.toml")
                };
                self.diagnostics.push(Diagnostic::error(code::BAD_VALUE, page.id_span(), message).help(help));
            }
            return;
        }
        if let Some(why) = self.visibility.hides(&page.fields.front.common) {
            self.hidden.push(Hidden { id: page.id.value.clone(), span: page.id_span(), why });
            return;
        }
        let role = if page.id.value == "index" {
            Role::Front
        } else if page.id.value == self.config.input_404 {
            Role::NotFound
        } else if page.fields.front.kind == Some(PageKind::Page) {
            Role::Ordinary
        } else {
            Role::Section
        };
        if page.fields.front.title.is_none() && matches!(role, Role::Section | Role::Ordinary) {
            let message = "this page has no title";
            self.diagnostics.push(
                Diagnostic::error(code::MISSING_FIELD, page.id_span(), message)
                    .help("begin the file with front matter:\n---\ntitle: What the page is called\n---"),
            );
        }
        self.pages.push((page, role));
    }

    /// Puts everything into the order of the site. Files arrive by path, so ties keep that order.
    pub(super) fn order(&mut self) {
        self.pages.sort_by(|(a, role_a), (b, role_b)| {
            let order = |page: &Record<Page>| page.fields.front.order.map_or((1, 0), |order| (0, order));
            (role_a, order(a), &a.id.value).cmp(&(role_b, order(b), &b.id.value))
        });
        let key = |event: &Record<Event>| (event.fields.date.value.order_key(), event.fields.order);
        let mut events: Vec<_> = self.events.drain(..).map(|event| (key(&event), event)).collect();
        events.par_sort_by(|(key_a, a), (key_b, b)| (key_a, &a.id.value).cmp(&(key_b, &b.id.value)));
        self.events.extend(events.into_iter().map(|(_, event)| event));
        self.entities.sort_by(|a, b| a.id.value.cmp(&b.id.value));
        self.claims.sort_by(|a, b| a.id.value.cmp(&b.id.value));
        self.terms.sort_by(|a, b| a.id.value.cmp(&b.id.value));
        self.sources.sort_by(|a, b| a.id.value.cmp(&b.id.value));
    }

    /// Enters every id, and refuses reserved and repeated ones.
    pub(super) fn name(&mut self, tree: &SourceTree) {
        let count = self.pages.len() + self.events.len() + self.entities.len() + self.claims.len() + self.terms.len();
        self.ids.reserve(count);
        self.keys.reserve(self.sources.len());
        let ids = &mut self.ids;
        let places = Map::with_capacity_and_hasher(count, ahash::RandomState::default());
        let mut names = Names { places, tags: &self.tags, tree, diagnostics: &mut self.diagnostics };
        let is_shown = |role: Role| matches!(role, Role::Section | Role::Ordinary);
        let pages: Vec<bool> =
            self.pages.iter().map(|(page, role)| names.enter(&page.id.value, page.id_span(), is_shown(*role))).collect();
        let events: Vec<bool> =
            self.events.iter().map(|event| names.enter(&event.id.value, event.id_span(), true)).collect();
        let entities: Vec<bool> =
            self.entities.iter().map(|entity| names.enter(&entity.id.value, entity.id_span(), true)).collect();
        let claims: Vec<bool> =
            self.claims.iter().map(|claim| names.enter(&claim.id.value, claim.id_span(), true)).collect();
        let terms: Vec<bool> = self.terms.iter().map(|term| names.enter(&term.id.value, term.id_span(), true)).collect();
        // What is hidden today is published tomorrow.
        for (at, hidden) in self.hidden.iter().enumerate() {
            if !self.hidden_sources.contains(&(at as u32)) {
                names.enter(&hidden.id, hidden.span, false);
            }
        }
        keep(&mut self.pages, &pages);
        keep(&mut self.events, &events);
        keep(&mut self.entities, &entities);
        keep(&mut self.claims, &claims);
        keep(&mut self.terms, &terms);
        for (at, hidden) in self.hidden.iter().enumerate() {
            if !self.hidden_sources.contains(&(at as u32)) {
                ids.insert(hidden.id.as_str().into(), Target::Hidden(at as u32));
            }
        }
        let index = |at: usize| at as u32;
        let named = |id: &str, target: Target, ids: &mut Map<Box<str>, Target>| {
            ids.insert(id.into(), target);
        };
        for (at, (page, _)) in self.pages.iter().enumerate() {
            named(&page.id.value, Target::Page(PageIx(index(at))), ids);
        }
        for (at, event) in self.events.iter().enumerate() {
            named(&event.id.value, Target::Event(EventIx(index(at))), ids);
        }
        for (at, entity) in self.entities.iter().enumerate() {
            named(&entity.id.value, Target::Entity(EntityIx(index(at))), ids);
        }
        for (at, claim) in self.claims.iter().enumerate() {
            named(&claim.id.value, Target::Claim(ClaimIx(index(at))), ids);
        }
        for (at, term) in self.terms.iter().enumerate() {
            named(&term.id.value, Target::Term(TermIx(index(at))), ids);
        }
        self.name_sources(tree);
    }

    fn name_sources(&mut self, tree: &SourceTree) {
        let mut slugs: Map<String, (String, Span)> = Map::default();
        let (diagnostics, kept) = (&mut self.diagnostics, &mut self.slugs);
        self.sources.retain(|record| {
            let slug = slug(&record.id.value);
            let span = record.id_span();
            if slug.is_empty() {
                let message = format!("the key `{}` has no letter or digit for an address", record.id.value);
                diagnostics.push(Diagnostic::error(code::BAD_VALUE, span, message).help("choose another key"));
                return false;
            }
            if let Some((key, first)) = slugs.get(&slug) {
                let (first, second) = if *first <= span { (*first, span) } else { (span, *first) };
                let message = if *key == record.id.value {
                    format!("the key `{key}` is taken")
                } else {
                    format!("the keys `{key}` and `{}` have the same address, `{slug}`", record.id.value)
                };
                let first_path = &tree.file(first.file).path;
                diagnostics.push(
                    Diagnostic::error(code::DUPLICATE_ID, second, message)
                        .label(first, format!("by this one, in {first_path}"))
                        .help("give one of them another key"),
                );
                return false;
            }
            slugs.insert(slug.clone(), (record.id.value.clone(), span));
            kept.push(slug);
            true
        });
        for at in &self.hidden_sources {
            self.keys.insert(self.hidden[*at as usize].id.as_str().into(), SourceTarget::Hidden(*at));
        }
        for (at, source) in self.sources.iter().enumerate() {
            self.keys.insert(source.id.value.as_str().into(), SourceTarget::Source(SourceIx(at as u32)));
        }
    }

    /// Resolves every pointer, in parallel, and assembles the model. Variants follow, once first files have their anchors.
    pub(super) fn finish(self, tree: &SourceTree, before: Option<&Model>) -> (Model, Vec<Diagnostic>, Vec<VariantRecord>) {
        let hidden_pages = hidden_pages(&self.hidden, tree);
        let pages = self.pages.iter().enumerate();
        let surroundings = Surroundings {
            broken: self.broken,
            kinds: self.entities.iter().map(|entity| entity.fields.kind).collect(),
            roles: self.pages.iter().map(|(_, role)| *role).collect(),
            tags: self.tags,
            pages: pages.map(|(at, (page, _))| (below_content(page.origin.file, tree), PageIx(at as u32))).collect(),
            hidden_pages,
            media: tree.media.clone(),
            content: tree.content.clone(),
        };
        // The records are handed on while their headings are looked at.
        let kept: Vec<Record<Page>> = self.pages.iter().map(|(page, _)| page.clone()).collect();
        let headings: Vec<_> = kept.iter().map(headings).collect();
        let context = Context {
            ids: &self.ids,
            keys: &self.keys,
            hidden: &self.hidden,
            headings: &headings,
            surroundings: &surroundings,
            tree,
        };
        let before = before.filter(|before| {
            let is_same = |(page, headings): (&PageItem, &Headings<'_>)| {
                same_headings(super::gather::headings(&page.item.record), headings)
            };
            before.surroundings == surroundings
                && before.ids == self.ids
                && before.keys == self.keys
                && before
                    .hidden
                    .iter()
                    .map(|hidden| (&hidden.id, hidden.why))
                    .eq(self.hidden.iter().map(|hidden| (&hidden.id, hidden.why)))
                && before.pages.iter().zip(&headings).all(is_same)
        });
        let mut diagnostics = self.diagnostics;
        let (page_records, page_roles): (Vec<_>, Vec<_>) = self.pages.into_iter().unzip();
        let pages = all(page_records, before, |model, at| &model.pages[at].item, &context, &mut diagnostics);
        let events = all(self.events, before, |model, at| &model.events[at].item, &context, &mut diagnostics);
        let entities = all(self.entities, before, |model, at| &model.entities[at].item, &context, &mut diagnostics);
        let claims = all(self.claims, before, |model, at| &model.claims[at].item, &context, &mut diagnostics);
        let terms = all(self.terms, before, |model, at| &model.terms[at], &context, &mut diagnostics);
        let sources = all(self.sources, before, |model, at| &model.sources[at].item, &context, &mut diagnostics);
        let language = self.config.first().tag.clone();
        let pages: Vec<PageItem> = pages
            .into_iter()
            .zip(page_roles)
            .map(|(item, role)| {
                let part = item.record.fields.front.part.as_ref().map(|part| plain(&item, part, &language));
                PageItem {
                    item,
                    role,
                    part,
                    tells: Vec::new(),
                    timeline: Vec::new(),
                    block_events: Vec::new(),
                    claims: Vec::new(),
                    variants: Vec::new(),
                }
            })
            .collect();
        let events: Vec<_> =
            events.into_iter().map(|item| EventItem { item, sections: Vec::new(), effects: Vec::new() }).collect();
        let today = self.config.as_of.unwrap_or_else(|| day_of(self.visibility.now, &self.config.time_zone));
        let model = Model {
            sections: pages.iter().filter(|page| page.role == Role::Section).count(),
            periods: periods::divide(&events),
            pages,
            events,
            entities: entities
                .into_iter()
                .map(|item| EntityItem { item, timeline: Vec::new(), claims: Vec::new() })
                .collect(),
            claims: claims.into_iter().map(|item| ClaimItem { item, events: Vec::new() }).collect(),
            terms,
            sources: sources
                .into_iter()
                .zip(self.slugs)
                .map(|(item, slug)| SourceItem { item, slug, uses: Vec::new() })
                .collect(),
            hidden: self.hidden,
            ids: self.ids,
            keys: self.keys,
            surroundings,
            language,
            today,
        };
        (model, diagnostics, self.variants)
    }
}

/// The names that were entered so far, and where.
struct Names<'r> {
    places: Map<Cow<'r, str>, Span>,
    tags: &'r [String],
    tree: &'r SourceTree,
    diagnostics: &'r mut Vec<Diagnostic>,
}

impl<'r> Names<'r> {
    /// Enters an id; false if it is taken.
    fn enter(&mut self, id: &'r str, span: Span, reservable: bool) -> bool {
        if reservable && let Some(why) = registry::reserved(id, self.tags) {
            let help = format!("choose another id, such as `{id}-1`");
            let message = format!("`{id}` can't be an id: {why}");
            self.diagnostics.push(Diagnostic::error(code::RESERVED_ID, span, message).help(help));
        }
        // Ids are lower case but for file names, which were refused already; comparing so costs nothing and holds anyway.
        let is_folded = id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        match self.places.entry(if is_folded { Cow::Borrowed(id) } else { Cow::Owned(id.to_lowercase()) }) {
            Entry::Vacant(free) => {
                free.insert(span);
                true
            }
            Entry::Occupied(taken) => {
                // The later one in the files is at fault, whichever was entered first.
                let first = *taken.get();
                let (first, second) = if first <= span { (first, span) } else { (span, first) };
                let first_path = &self.tree.file(first.file).path;
                self.diagnostics.push(
                    Diagnostic::error(code::DUPLICATE_ID, second, format!("the id `{id}` is taken"))
                        .label(first, format!("by this one, in {first_path}"))
                        .help("give one of them another id; sections, pages, events, entities, claims and terms share one namespace"),
                );
                false
            }
        }
    }
}

/// Keeps those of `records` that are to be kept, which nearly always are all.
fn keep<T>(records: &mut Vec<T>, kept: &[bool]) {
    if kept.contains(&false) {
        let mut kept = kept.iter();
        records.retain(|_| kept.next().copied().unwrap_or(true));
    }
}

/// The headings of a page's body.
pub(super) fn headings(page: &Record<Page>) -> Headings<'_> {
    &page.pieces.proses[page.fields.body as usize].markdown.headings
}

/// Whether both have the same anchors, in the same order.
fn same_headings(a: Headings<'_>, b: Headings<'_>) -> bool {
    std::ptr::eq(a, b) || a.iter().map(|heading| &heading.anchor).eq(b.iter().map(|heading| &heading.anchor))
}

/// A file's path from the content folder.
pub(super) fn below_content(file: FileId, tree: &SourceTree) -> String {
    tree.file(file).path[tree.content.len() + 1..].to_owned()
}

/// Pages that are kept out of this build, by their path below the content folder.
pub(super) fn hidden_pages(hidden: &[Hidden], tree: &SourceTree) -> Map<String, u32> {
    let is_page = |hidden: &Hidden| tree.file(hidden.span.file).kind == Some(ContentKind::Page);
    let pages = hidden.iter().enumerate().filter(|(_, hidden)| is_page(hidden));
    pages.map(|(at, hidden)| (below_content(hidden.span.file, tree), at as u32)).collect()
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
