//! Pieces of HTML that many pages repeat: each event's entry in timelines, each part's navigation, the masthead, what makes the
//! look, the key to the marks. Each is rendered once, by whichever page asks first.

use std::cell::LazyCell;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use super::Keep;
use super::templates::{Looks, Masthead, PIECES};
use crate::base::fingerprint;
use crate::diagnostics::Diagnostic;
use crate::model::{EventIx, PageIx, address};
use crate::theme::interface::Given;
use crate::theme::{Html, Theme};
use crate::view::View;
use crate::view::event::EventEntryView;
use crate::view::lists::NavView;
use crate::view::marks::LegendView;

/// The template of an event's entry, whose HTML stands in contexts.
pub const ENTRY: &str = EventEntryView::TEMPLATE;

/// The templates of what pages are handed beside their contexts, which are not reached from theirs.
pub const BESIDE: [&str; 4] = [NavView::TEMPLATE, Masthead::TEMPLATE, Looks::TEMPLATE, LegendView::TEMPLATE];

/// Stands on a page in front of the number of an event whose entry has a fault. No author's text can hold it: escaping drops
/// control characters.
const FAULT: char = '\u{3}';

/// Every event's entry in timelines.
pub struct Entries {
    theme: Arc<Theme>,
    entries: Box<[OnceLock<Entry>]>,
    keep: Option<Arc<dyn Keep>>,
    /// Fingerprints of what is around each event, once somebody has worked them out.
    around: OnceLock<Vec<u64>>,
    has_faults: AtomicBool,
}

enum Entry {
    Html(Arc<str>),
    Fault { mark: String, fault: Box<Diagnostic> },
}

impl Entries {
    /// The entries of so many events. Those of an earlier state are taken from `keep`.
    #[must_use]
    pub fn new(theme: Arc<Theme>, events: usize, keep: Option<Arc<dyn Keep>>) -> Self {
        let entries = std::iter::repeat_with(OnceLock::new).take(events).collect();
        Self { theme, entries, keep, around: OnceLock::new(), has_faults: AtomicBool::new(false) }
    }

    /// Says what is around each event, as fingerprints, by which entries that would be what they were are known without making
    /// their contexts.
    pub fn surround(&self, around: Vec<u64>) {
        // Whoever was first has said the same.
        let _ = self.around.set(around);
    }

    /// The fault of an entry that stands on a page.
    ///
    /// # Errors
    /// That fault.
    pub fn whole(&self, page: &[u8]) -> Result<(), Diagnostic> {
        // A page that holds a mark was made after its entry failed.
        if !self.has_faults.load(Ordering::Acquire) {
            return Ok(());
        }
        let Some(mark) = memchr::memchr(FAULT as u8, page) else { return Ok(()) };
        let digits = page[mark + 1..].iter().take_while(|byte| byte.is_ascii_digit());
        let event = digits.fold(0, |number, digit| number * 10 + usize::from(digit - b'0'));
        match self.entries.get(event).and_then(OnceLock::get) {
            Some(Entry::Fault { fault, .. }) => Err((**fault).clone()),
            _ => Ok(()),
        }
    }

    fn render(&self, view: &View<'_>, event: EventIx) -> Entry {
        let context = LazyCell::new(|| view.event_entry(event));
        let make = || {
            let html = self.theme.render(&*context, &view.model.event_path(event))?;
            Ok(html.trim().to_owned())
        };
        let made = match &self.keep {
            Some(keep) => {
                let template = self.theme.fingerprint(ENTRY);
                let around = self.around.get().and_then(|around| around.get(event.at()));
                let around = around.map(|around| fingerprint(&(template, around)));
                let made_of = || fingerprint(&(template, &*context));
                keep.html(view.model.events[event.at()].item.id(), around, &made_of, &make)
            }
            None => make().map(Arc::from),
        };
        match made {
            Ok(html) => Entry::Html(html),
            Err(fault) => {
                self.has_faults.store(true, Ordering::Release);
                Entry::Fault { mark: format!("{FAULT}{} ", event.0), fault: Box::new(fault) }
            }
        }
    }
}

impl crate::view::Entries for Entries {
    fn html(&self, view: &View<'_>, event: EventIx) -> &str {
        match self.entries[event.at()].get_or_init(|| self.render(view, event)) {
            Entry::Html(html) => html,
            Entry::Fault { mark, .. } => mark,
        }
    }
}

/// What every page is handed beside its context.
pub struct Pieces {
    /// The navigation of each part, for all its pages; under `None` for pages of no part.
    navs: BTreeMap<Option<String>, Nav>,
    masthead: Once,
    look: Once,
    legend: Once,
}

struct Nav {
    sections: Vec<PageIx>,
    html: Once,
}

/// A piece, or the fault of its template, once it was asked for.
type Once = OnceLock<Result<Html, Diagnostic>>;

impl Pieces {
    /// Those of a site.
    #[must_use]
    pub fn of(view: &View<'_>) -> Self {
        let nav = |(part, sections): (Option<&str>, _)| (part.map(str::to_owned), Nav { sections, html: Once::new() });
        let navs = view.nav_sections().into_iter().map(nav).collect();
        Self { navs, masthead: Once::new(), look: Once::new(), legend: Once::new() }
    }

    /// The sections in each navigation.
    pub fn nav_sections(&self) -> impl Iterator<Item = (&Option<String>, &[PageIx])> {
        self.navs.iter().map(|(part, nav)| (part, &*nav.sections))
    }

    /// The pieces for the page at `path`, which stands in `part`, under the names that templates know them by.
    ///
    /// # Errors
    /// The fault of a template.
    pub fn page(
        &self,
        part: Option<&str>,
        path: &str,
        view: &View<'_>,
        theme: &Theme,
    ) -> Result<[(&'static str, Html); 4], Diagnostic> {
        let nav = match self.nav(part) {
            Some((part, nav)) => marked(once(&nav.html, || theme.render(&view.nav(part, &nav.sections), ""))?, path),
            None => Html::new(""),
        };
        let masthead = once(&self.masthead, || theme.render(&Masthead {}, ""))?;
        // The title of the site leads to the front page from everywhere, and is no entry of a list.
        let masthead = if path.is_empty() { masthead.clone() } else { marked(masthead, path) };
        let look = once(&self.look, || theme.render(&Looks {}, ""))?.clone();
        let legend = once(&self.legend, || theme.render(&view.legend(), ""))?.clone();
        let [nav_name, masthead_name, look_name, legend_name] = PIECES;
        Ok([(nav_name, nav), (masthead_name, masthead), (look_name, look), (legend_name, legend)])
    }

    /// The navigation of `part`, or that of pages of none, and which of them it is.
    fn nav(&self, part: Option<&str>) -> Option<(Option<&str>, &Nav)> {
        let found = self.navs.get_key_value(&part.map(str::to_owned)).or_else(|| self.navs.get_key_value(&None));
        found.map(|(part, nav)| (part.as_deref(), nav))
    }
}

fn once(once: &Once, make: impl FnOnce() -> Result<String, Diagnostic>) -> Result<&Html, Diagnostic> {
    once.get_or_init(|| make().map(|html| Html::new(&html))).as_ref().map_err(Clone::clone)
}

/// A piece with its first link to the page at `path` marked as one to the present page.
fn marked(piece: &Html, path: &str) -> Html {
    let link = format!("href=\"{}\"", address::folder(path));
    match memchr::memmem::find(piece.as_str().as_bytes(), link.as_bytes()) {
        Some(at) => piece.with(at + link.len(), " aria-current=\"page\"", path),
        None => piece.clone(),
    }
}
