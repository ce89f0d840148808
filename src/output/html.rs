//! The site as web pages.

use super::place::Placement;
use super::templates::OrdinaryPage;
use super::{Format, MadeOf, Output, Same, Site};
use crate::base::{Span, fingerprint, paging};
use crate::diagnostics::Diagnostic;
use crate::model::address::file_of;
use crate::model::{ClaimIx, EntityIx, EventIx, Model, Owner, PageIx, Role, SourceIx};
use crate::theme::interface::Given;
use crate::view::lists::SECTIONS_SHOWN;
use crate::view::paged_path;

/// Web pages.
pub struct Html;

impl Site<'_> {
    fn page(&self, view: &impl Given, part: Option<&str>, path: &str) -> Result<Vec<u8>, Diagnostic> {
        self.placed(view, part, path, &Placement::relative(&file_of(path), self.file_links))
    }

    fn placed<V: Given>(
        &self,
        view: &V,
        part: Option<&str>,
        path: &str,
        placement: &Placement<'_>,
    ) -> Result<Vec<u8>, Diagnostic> {
        let pieces = self.pieces.page(part, path, &self.view, self.theme)?;
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
        self.entries.whole(&page)?;
        // Where nothing is wanted but the links, it makes no difference how they are written.
        Ok(if self.same.is_some() { page } else { placement.fill(&page) })
    }
}

/// Adds the page at `path`.
fn add(
    output: &mut Output,
    path: String,
    asked: Option<Span>,
    make: impl Fn(&Site<'_>, &str) -> Result<Vec<u8>, Diagnostic> + Send + Sync + 'static,
) {
    let file = file_of(&path);
    output.add(file, asked, true, Box::new(move |site| make(site, &path)));
}

/// Adds the further pages of a record's mentions.
fn add_mentions(output: &mut Output, owner: Owner, path: &str, count: usize) {
    for number in 2..=paging::pages(count) {
        let path = path.to_owned();
        add(output, format!("{path}/mentions/{number}"), None, move |site, own| {
            site.page(&site.view.mentions_page(owner, &path, number), None, own)
        });
    }
}

impl Format for Html {
    fn plan(&self, site: &Site<'_>, output: &mut Output) {
        let model = site.model;
        let front = model.front().map(|(_, page)| page.item.record.id_span());
        add(output, String::new(), front, |site, own| site.page(&site.view.front_page(), None, own));
        pages(model, output);
        records(model, output);
        lists(site, output);
        let make = |site: &Site<'_>| {
            let placement = Placement::absolute(&site.config.base_path, site.file_links);
            site.placed(&site.view.not_found_page(), None, "404", &placement)
        };
        output.add("404.html".to_owned(), None, true, Box::new(make));
    }
}

fn pages(model: &Model, output: &mut Output) {
    output.add_each(&model.pages, |at, page, output| {
        let index = PageIx(at as u32);
        let is_section = match page.role {
            Role::Section => true,
            Role::Ordinary => false,
            Role::Front | Role::NotFound => return,
        };
        let path = model.page_path(index).to_owned();
        add_mentions(output, Owner::Page(index), &path, page.item.mentions.len());
        add(output, path, Some(page.item.record.id_span()), move |site, own| {
            let part = site.model.pages[at].part.as_deref();
            let view = site.view.section_page(index);
            if is_section { site.page(&view, part, own) } else { site.page(&OrdinaryPage(view), part, own) }
        });
    });
}

fn records(model: &Model, output: &mut Output) {
    output.add_each(&model.events, |at, event, output| {
        let index = EventIx(at as u32);
        let path = model.event_path(index);
        add_mentions(output, Owner::Event(index), &path, event.item.mentions.len());
        add(output, path, Some(event.item.record.id_span()), move |site, own| {
            site.page(&site.view.event_page(index), None, own)
        });
    });
    output.add_each(&model.entities, |at, entity, output| {
        let index = EntityIx(at as u32);
        let path = model.entity_path(index);
        add_mentions(output, Owner::Entity(index), &path, entity.item.mentions.len());
        add(output, path, Some(entity.item.record.id_span()), move |site, own| {
            site.page(&site.view.entity_page(index), None, own)
        });
    });
    output.add_each(&model.claims, |at, claim, output| {
        let index = ClaimIx(at as u32);
        let path = model.path_of(Owner::Claim(index));
        add_mentions(output, Owner::Claim(index), &path, claim.item.mentions.len());
        add(output, path, Some(claim.item.record.id_span()), move |site, own| {
            site.page(&site.view.claim_page(index), None, own)
        });
    });
    output.add_each(&model.sources, |at, source, output| {
        let index = SourceIx(at as u32);
        let path = model.source_path(index);
        add_mentions(output, Owner::Source(index), &path, source.uses.len());
        add(output, path, Some(source.item.record.id_span()), move |site, own| {
            site.page(&site.view.source_page(index), None, own)
        });
    });
}

fn lists(site: &Site<'_>, output: &mut Output) {
    let model = site.model;
    if !model.events.is_empty() {
        add(output, "timeline".to_owned(), None, |site, own| site.page(&site.view.timeline_page(), None, own));
        for (index, period) in model.periods.iter().enumerate().filter(|(_, period)| !period.name.is_empty()) {
            add(output, period.path(), None, move |site, own| site.page(&site.view.period_page(index), None, own));
        }
    }
    let mut paged = |path: &'static str, count: usize, make: fn(&Site<'_>, usize, &str) -> Result<Vec<u8>, Diagnostic>| {
        for number in 1..=paging::pages(count) {
            add(output, paged_path(path, number), None, move |site, own| make(site, number, own));
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
        add(output, "glossary".to_owned(), None, |site, own| site.page(&site.view.glossary_page(), None, own));
    }
}
