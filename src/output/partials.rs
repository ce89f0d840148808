//! HTML partials that many pages repeat: each event's entry in timelines, each part's navigation, the masthead, the
//! style settings, the key to the marks. Each is rendered once, by whichever page asks first.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::templates::{Looks, Masthead, PARTIALS};
use crate::model::read::{Facet, RecordKind};
use crate::model::{EventIx, PageIx, address};
use crate::theme::interface::Given;
use crate::theme::{Html, TemplateFault, Theme};
use crate::view::View;
use crate::view::event::EventEntryView;
use crate::view::lists::NavView;
use crate::view::section_marks::LegendView;

/// The template of an event's entry. Contexts contain the HTML.
pub const ENTRY: &str = EventEntryView::TEMPLATE;
/// The template of a part's navigation.
pub const NAV: &str = NavView::TEMPLATE;

/// The templates for what pages get in addition to their contexts; no page's template includes these.
pub const BESIDE: [&str; 4] = [NAV, Masthead::TEMPLATE, Looks::TEMPLATE, LegendView::TEMPLATE];

/// Every event's entry in timelines, made when it is first asked for.
pub struct Entries {
    theme: Arc<Theme>,
    entries: Box<[OnceLock<Entry>]>,
}

/// An entry as HTML, or its template's fault.
pub type Entry = Result<Arc<str>, Box<TemplateFault>>;

impl Entries {
    /// Room for the entries of this many events.
    #[must_use]
    pub fn new(theme: Arc<Theme>, events: usize) -> Self {
        Self { theme, entries: std::iter::repeat_with(OnceLock::new).take(events).collect() }
    }

    /// An event's entry; `make` makes it on the first call.
    pub fn get_or(&self, event: EventIx, make: impl FnOnce() -> Entry) -> &Entry {
        self.entries[event.position()].get_or_init(make)
    }

    /// The fault of an event's entry, if it has one.
    #[must_use]
    pub fn fault(&self, event: EventIx) -> Option<&TemplateFault> {
        self.entries[event.position()].get()?.as_ref().err().map(|fault| &**fault)
    }

    /// Renders an event's entry.
    ///
    /// # Errors
    /// A fault in its template.
    pub fn render(&self, view: &View<'_>, event: EventIx) -> Result<Arc<str>, TemplateFault> {
        let html = self.theme.render(&view.event_entry(event), &view.reader.path_of(event.into()))?;
        Ok(html.trim().into())
    }
}

impl crate::view::Entries for Entries {
    fn entry(&self, view: &View<'_>, event: EventIx) -> Option<&str> {
        let entry = self.get_or(event, || self.render(&view.untracked(), event).map_err(Box::new));
        entry.as_deref().ok()
    }
}

/// What every page gets in addition to its context.
pub struct Partials {
    /// The navigation of each part, for all its pages.
    parts: BTreeMap<String, Nav>,
    /// The navigation of all other pages.
    others: Nav,
    masthead: Once,
    look: Once,
    legend: Once,
}

struct Nav {
    sections: Vec<PageIx>,
    html: Once,
}

/// A piece, or its template's fault, once it has been asked for.
type Once = OnceLock<Result<Html, TemplateFault>>;

impl Partials {
    /// The partials of a site.
    #[must_use]
    pub fn of(view: &View<'_>) -> Self {
        let mut navs = view.nav_sections();
        let others = Nav { sections: navs.remove(&None).unwrap_or_default(), html: Once::new() };
        let nav = |(part, sections): (Option<&str>, _)| Some((part?.to_owned(), Nav { sections, html: Once::new() }));
        let parts = navs.into_iter().filter_map(nav).collect();
        Self { parts, others, masthead: Once::new(), look: Once::new(), legend: Once::new() }
    }

    /// The navigation for a section's page, or for pages that aren't sections, as HTML. On the first call for a part,
    /// `make` makes it from the part and its sections.
    ///
    /// # Errors
    /// A fault in its template.
    pub fn nav_or(
        &self,
        section: Option<PageIx>,
        view: &View<'_>,
        make: impl FnOnce(Option<&str>, &[PageIx]) -> Result<String, TemplateFault>,
    ) -> Result<&Html, TemplateFault> {
        let part = section.and_then(|at| view.reader.part(at));
        let of_part = part.and_then(|part| self.parts.get_key_value(part));
        let (part, nav) = of_part.map_or((None, &self.others), |(part, nav)| (Some(part.as_str()), nav));
        once(&nav.html, || make(part, &nav.sections))
    }

    /// What is the same on all pages: the masthead, the style settings, and the key to the marks.
    ///
    /// # Errors
    /// A fault in a template.
    pub fn common(&self, view: &View<'_>, theme: &Theme) -> Result<[&Html; 3], TemplateFault> {
        let view = view.untracked();
        Ok([
            once(&self.masthead, || theme.render(&Masthead {}, ""))?,
            once(&self.look, || theme.render(&Looks {}, ""))?,
            once(&self.legend, || theme.render(&view.legend(), ""))?,
        ])
    }

    /// The partials for the page at `path`, which belongs to this section if it is a section's, by their names in
    /// templates.
    ///
    /// # Errors
    /// A fault in a template.
    pub fn page(
        &self,
        section: Option<PageIx>,
        path: &str,
        view: &View<'_>,
        theme: &Theme,
    ) -> Result<[(&'static str, Html); 4], TemplateFault> {
        match section {
            Some(at) => view.reader.note(at, Facet::Nav),
            None => view.reader.note_list(RecordKind::Page, Facet::Nav),
        }
        let untracked = view.untracked();
        let nav = self.nav_or(section, &untracked, |part, sections| render_nav(&untracked, theme, part, sections))?;
        let [masthead, look, legend] = self.common(view, theme)?;
        // The site's title links to the front page from everywhere, and isn't an entry in a list.
        let masthead = if path.is_empty() { masthead.clone() } else { marked(masthead, path) };
        let [nav_name, masthead_name, look_name, legend_name] = PARTIALS;
        let nav = marked(nav, path);
        Ok([(nav_name, nav), (masthead_name, masthead), (look_name, look.clone()), (legend_name, legend.clone())])
    }
}

/// Renders the navigation of a part.
///
/// # Errors
/// A fault in its template.
pub fn render_nav(view: &View<'_>, theme: &Theme, part: Option<&str>, sections: &[PageIx]) -> Result<String, TemplateFault> {
    theme.render(&view.nav(part, sections), "")
}

fn once(once: &Once, make: impl FnOnce() -> Result<String, TemplateFault>) -> Result<&Html, TemplateFault> {
    once.get_or_init(|| make().map(|html| Html::new(&html))).as_ref().map_err(Clone::clone)
}

/// A piece with its first link to the page at `path` marked as the current page.
fn marked(piece: &Html, path: &str) -> Html {
    let link = format!("href=\"{}\"", address::folder(path));
    match memchr::memmem::find(piece.as_str().as_bytes(), link.as_bytes()) {
        Some(at) => piece.with(at + link.len(), " aria-current=\"page\"", path),
        None => piece.clone(),
    }
}
