//! The site as web pages.

use std::sync::Arc;

use super::relativize::Placement;
use super::templates::OrdinaryPage;
use super::{Format, MadeOf, Outline, Plan, Recipe, RenderContext, Same};
use crate::base::{fingerprint, paging};
use crate::config::TimelineStyle;
use crate::model::address::file_of;
use crate::model::{PageIx, RecordIx, Role};
use crate::theme::TemplateFault;
use crate::theme::interface::Given;
use crate::view::lists::{SECTIONS_SHOWN, filter, kind_path};
use crate::view::paged_path;

/// Web pages.
pub struct Html;

/// The path of the page that is shown for broken addresses.
pub const NOT_FOUND: &str = "404";
/// Its file, where hosts look for it.
pub const NOT_FOUND_FILE: &str = "404.html";

impl RenderContext<'_> {
    fn page(&self, view: &impl Given, section: Option<PageIx>, path: &str) -> Result<Vec<u8>, TemplateFault> {
        self.placed(view, section, path, &Placement::relative(&file_of(path), self.file_links))
    }

    fn placed<V: Given>(
        &self,
        view: &V,
        section: Option<PageIx>,
        path: &str,
        placement: &Placement<'_>,
    ) -> Result<Vec<u8>, TemplateFault> {
        let pieces = self.partials.page(section, path, &self.view, self.theme)?;
        let made_of = |same: &Same| {
            let (context, theme) = (same.context(view), self.theme.fingerprint(V::TEMPLATE));
            let handed = pieces.each_ref().map(|(_, piece)| piece.fingerprint());
            let all = fingerprint(&(theme, V::TEMPLATE, context, handed, placement.parts(), &self.config.base_path));
            MadeOf { template: V::TEMPLATE, context, all }
        };
        if self.same.is_some_and(|same| same.is(made_of(same))) {
            return Ok(Vec::new());
        }
        let mut page = Vec::with_capacity(32 * 1024);
        self.theme.render_into(&mut page, view, &pieces, path)?;
        // If only the links matter, it makes no difference how they are written.
        Ok(if self.same.is_some() { page } else { placement.fill(&page) })
    }
}

/// Adds the page at `path`, which doesn't belong to one record.
fn add(
    plan: &mut Plan,
    path: String,
    make: impl Fn(&RenderContext<'_>, &str) -> Result<Vec<u8>, TemplateFault> + Send + Sync + 'static,
) {
    let file = file_of(&path);
    plan.add(file, Recipe::page(Box::new(move |site| Ok(make(site, &path)?))));
}

impl Format for Html {
    fn plan(&self, site: &Outline<'_>, plan: &mut Plan) {
        let front = Recipe::page(Box::new(|site| Ok(site.page(&site.view.front_page(), None, "")?)));
        let words = site.front().map(|at| Arc::new(site.key(at.into())));
        plan.add(file_of(""), front.for_record(words));
        let records: Vec<RecordIx> = site.records().collect();
        plan.add_each(&records, |at, plan| add_record(site, *at, plan));
        lists(site, plan);
        let make = |site: &RenderContext<'_>| {
            let placement = Placement::absolute(&site.config.base_path, site.file_links);
            Ok(site.placed(&site.view.not_found_page(), None, NOT_FOUND, &placement)?)
        };
        plan.add(NOT_FOUND_FILE.to_owned(), Recipe::page(Box::new(make)));
    }
}

/// Adds the pages of a record: its own, and more for its mentions if it has too many for one.
fn add_record(site: &Outline<'_>, record: RecordIx, plan: &mut Plan) {
    let has_page = match record {
        RecordIx::Page(at) => matches!(site.role(at), Role::Section | Role::Ordinary),
        // All terms are on one page, the glossary.
        RecordIx::Term(_) => false,
        RecordIx::Event(_) | RecordIx::Claim(_) | RecordIx::Entity(_) | RecordIx::Source(_) | RecordIx::Author(_) => true,
    };
    if !has_page {
        return;
    }
    let (path, key) = (site.path(record), Arc::new(site.key(record)));
    for number in 2..=site.mention_pages(record) {
        let (path, key) = (path.clone(), key.clone());
        add(plan, format!("{path}/mentions/{number}"), move |site, own| {
            site.page(&site.view.mentions_page(key.find(site.model), &path, number), None, own)
        });
    }
    if let RecordIx::Author(at) = record {
        for number in 2..=site.written_pages(at) {
            add(plan, paged_path(&path, number), move |site, own| site.page(&site.view.author_page(at, number), None, own));
        }
    }
    let (file, own) = (file_of(&path), key.clone());
    let make = move |site: &RenderContext<'_>| Ok(record_page(site, own.find(site.model), &path)?);
    plan.add(file, Recipe::page(Box::new(make)).for_record(Some(key)));
}

fn record_page(site: &RenderContext<'_>, record: RecordIx, own: &str) -> Result<Vec<u8>, TemplateFault> {
    match record {
        RecordIx::Page(at) => {
            let view = site.view.section_page(at);
            let is_section = site.model[at].role == Role::Section;
            if is_section { site.page(&view, Some(at), own) } else { site.page(&OrdinaryPage(view), Some(at), own) }
        }
        RecordIx::Event(at) => site.page(&site.view.event_page(at), None, own),
        RecordIx::Claim(at) => site.page(&site.view.claim_page(at), None, own),
        RecordIx::Entity(at) => site.page(&site.view.entity_page(at), None, own),
        RecordIx::Source(at) => site.page(&site.view.source_page(at), None, own),
        RecordIx::Term(_) => site.page(&site.view.glossary_page(), None, own),
        RecordIx::Author(at) => site.page(&site.view.author_page(at, 1), None, own),
    }
}

/// Adds a list for each kind of source, if there are several.
fn kinds_of_sources(site: &Outline<'_>, plan: &mut Plan) {
    let kinds = site.source_kinds();
    for (kind, count) in kinds.iter().filter(|_| kinds.len() > 1) {
        let kind = *kind;
        for number in 1..=paging::pages(*count) {
            let path = paged_path(&kind_path(kind), number);
            add(plan, path, move |site, own| site.page(&site.view.sources_page(Some(kind), number), None, own));
        }
    }
}

fn lists(site: &Outline<'_>, plan: &mut Plan) {
    let [_, events, claims, entities, terms, sources, _] = site.counts();
    if events > 0 {
        add(plan, "timeline".to_owned(), |site, own| site.page(&site.view.timeline_page(), None, own));
        for (index, period) in site.periods().enumerate().filter(|(_, period)| !period.name.is_empty()) {
            add(plan, period.path(), move |site, own| site.page(&site.view.period_page(index), None, own));
        }
        let is_divided = site.periods().any(|period| !period.name.is_empty());
        if is_divided && site.config().theme.timeline == TimelineStyle::Interactive {
            let mut script = |path: &str, make: fn(&RenderContext<'_>) -> String| {
                plan.add(path.to_owned(), Recipe::infallible(move |site| make(site).into_bytes()));
            };
            script(filter::EVENTS, |site| site.view.timeline_events());
            script(filter::TITLES, |site| site.view.timeline_titles());
        }
    }
    let mut paged =
        |path: &'static str, count: usize, make: fn(&RenderContext<'_>, usize, &str) -> Result<Vec<u8>, TemplateFault>| {
            for number in 1..=paging::pages(count) {
                add(plan, paged_path(path, number), move |site, own| make(site, number, own));
            }
        };
    if site.sections() > SECTIONS_SHOWN {
        paged("sections", site.sections(), |site, number, own| site.page(&site.view.sections_page(number), None, own));
    }
    if entities > 0 {
        paged("entities", entities, |site, number, own| site.page(&site.view.entities_page(number), None, own));
    }
    if sources > 0 {
        paged("sources", sources, |site, number, own| site.page(&site.view.sources_page(None, number), None, own));
    }
    if claims > 0 {
        paged("claims", claims, |site, number, own| site.page(&site.view.claims_page(number), None, own));
    }
    paged("changes", site.changes(), |site, number, own| site.page(&site.view.changes_page(number), None, own));
    kinds_of_sources(site, plan);
    if terms > 0 {
        add(plan, "glossary".to_owned(), |site, own| site.page(&site.view.glossary_page(), None, own));
    }
}
