//! The site as web pages.

use super::relativize::Placement;
use super::templates::OrdinaryPage;
use super::{Format, MadeOf, Plan, Recipe, RenderContext, Same};
use crate::base::{Span, fingerprint, paging};
use crate::model::address::file_of;
use crate::model::{ClaimIx, EntityIx, EventIx, Model, PageIx, RecordIx, Role, SourceIx};
use crate::theme::TemplateFault;
use crate::theme::interface::Given;
use crate::view::lists::SECTIONS_SHOWN;
use crate::view::paged_path;

/// Web pages.
pub struct Html;

/// The path of the page that is shown for addresses that lead nowhere.
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
        // Where nothing is wanted but the links, it makes no difference how they are written.
        Ok(if self.same.is_some() { page } else { placement.fill(&page) })
    }
}

/// Adds the page at `path`, of the record whose id stands at `origin`, if it is one's.
fn add(
    plan: &mut Plan,
    path: String,
    origin: Option<Span>,
    make: impl Fn(&RenderContext<'_>, &str) -> Result<Vec<u8>, TemplateFault> + Send + Sync + 'static,
) {
    let file = file_of(&path);
    plan.add(file, Recipe::page(Box::new(move |site| Ok(make(site, &path)?))).for_place(origin));
}

/// Adds the further pages of a record's mentions.
fn add_mentions(plan: &mut Plan, owner: RecordIx, path: &str, count: usize) {
    for number in 2..=paging::pages(count) {
        let path = path.to_owned();
        add(plan, format!("{path}/mentions/{number}"), None, move |site, own| {
            site.page(&site.view.mentions_page(owner, &path, number), None, own)
        });
    }
}

impl Format for Html {
    fn plan(&self, site: &RenderContext<'_>, plan: &mut Plan) {
        let model = site.model;
        let front = model.front().map(|(_, page)| page.item.record.id_span());
        add(plan, String::new(), front, |site, own| site.page(&site.view.front_page(), None, own));
        pages(model, plan);
        records(model, plan);
        lists(site, plan);
        let make = |site: &RenderContext<'_>| {
            let placement = Placement::absolute(&site.config.base_path, site.file_links);
            Ok(site.placed(&site.view.not_found_page(), None, NOT_FOUND, &placement)?)
        };
        plan.add(NOT_FOUND_FILE.to_owned(), Recipe::page(Box::new(make)));
    }
}

fn pages(model: &Model, plan: &mut Plan) {
    plan.add_each(&model.pages, |at, page, plan| {
        let index = PageIx::new(at);
        let is_section = match page.role {
            Role::Section => true,
            Role::Ordinary => false,
            Role::Front | Role::NotFound => return,
        };
        let path = model.page_path(index).to_owned();
        add_mentions(plan, RecordIx::Page(index), &path, page.mentions.len());
        add(plan, path, Some(page.item.record.id_span()), move |site, own| {
            let view = site.view.section_page(index);
            let section = Some(index);
            if is_section { site.page(&view, section, own) } else { site.page(&OrdinaryPage(view), section, own) }
        });
    });
}

fn records(model: &Model, plan: &mut Plan) {
    plan.add_each(&model.events, |at, event, plan| {
        let index = EventIx::new(at);
        let path = model.event_path(index);
        add_mentions(plan, RecordIx::Event(index), &path, event.mentions.len());
        add(plan, path, Some(event.item.record.id_span()), move |site, own| {
            site.page(&site.view.event_page(index), None, own)
        });
    });
    plan.add_each(&model.entities, |at, entity, plan| {
        let index = EntityIx::new(at);
        let path = model.entity_path(index);
        add_mentions(plan, RecordIx::Entity(index), &path, entity.mentions.len());
        add(plan, path, Some(entity.item.record.id_span()), move |site, own| {
            site.page(&site.view.entity_page(index), None, own)
        });
    });
    plan.add_each(&model.claims, |at, claim, plan| {
        let index = ClaimIx::new(at);
        let path = model.path_of(RecordIx::Claim(index));
        add_mentions(plan, RecordIx::Claim(index), &path, claim.mentions.len());
        add(plan, path, Some(claim.item.record.id_span()), move |site, own| {
            site.page(&site.view.claim_page(index), None, own)
        });
    });
    plan.add_each(&model.sources, |at, source, plan| {
        let index = SourceIx::new(at);
        let path = model.source_path(index);
        add_mentions(plan, RecordIx::Source(index), &path, source.mentions.len());
        add(plan, path, Some(source.item.record.id_span()), move |site, own| {
            site.page(&site.view.source_page(index), None, own)
        });
    });
}

fn lists(site: &RenderContext<'_>, plan: &mut Plan) {
    let model = site.model;
    if !model.events.is_empty() {
        add(plan, "timeline".to_owned(), None, |site, own| site.page(&site.view.timeline_page(), None, own));
        for (index, period) in model.periods.iter().enumerate().filter(|(_, period)| !period.name.is_empty()) {
            add(plan, period.path(), None, move |site, own| site.page(&site.view.period_page(index), None, own));
        }
    }
    let mut paged =
        |path: &'static str, count: usize, make: fn(&RenderContext<'_>, usize, &str) -> Result<Vec<u8>, TemplateFault>| {
            for number in 1..=paging::pages(count) {
                add(plan, paged_path(path, number), None, move |site, own| make(site, number, own));
            }
        };
    if model.sections > SECTIONS_SHOWN {
        paged("sections", model.sections, |site, number, own| site.page(&site.view.sections_page(number), None, own));
    }
    if !model.entities.is_empty() {
        paged("entities", model.entities.len(), |site, number, own| site.page(&site.view.entities_page(number), None, own));
    }
    if !model.sources.is_empty() {
        paged("sources", model.sources.len(), |site, number, own| site.page(&site.view.sources_page(number), None, own));
    }
    if !model.claims.is_empty() {
        paged("claims", model.claims.len(), |site, number, own| site.page(&site.view.claims_page(number), None, own));
    }
    paged("changes", site.view.changes_count(), |site, number, own| site.page(&site.view.changes_page(number), None, own));
    if !model.terms.is_empty() {
        add(plan, "glossary".to_owned(), None, |site, own| site.page(&site.view.glossary_page(), None, own));
    }
}
