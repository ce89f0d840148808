//! Pieces of HTML that many pages repeat: each event's entry in timelines, each part's navigation, the key to the marks. Each
//! is rendered once, by whichever page asks first.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use super::Keep;
use crate::base::fingerprint;
use crate::diagnostics::Diagnostic;
use crate::model::{EventIx, PageIx};
use crate::theme::Theme;
use crate::view::View;

/// Stands on a page in front of the number of an event whose entry has a fault. No author's text can hold it: escaping drops
/// control characters.
const FAULT: char = '\u{3}';

/// Every event's entry in timelines.
pub struct Entries {
    theme: Arc<Theme>,
    entries: Box<[OnceLock<Entry>]>,
    keep: Option<Arc<dyn Keep>>,
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
        Self { theme, entries, keep, has_faults: AtomicBool::new(false) }
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
        let context = view.event_entry(event);
        let mut make = || {
            let html = self.theme.render("components/event_entry.html", &context, &view.model.event_path(event))?;
            Ok(html.trim().to_owned())
        };
        let made = match &self.keep {
            Some(keep) => {
                let print = fingerprint(&(self.theme.fingerprint(), &context));
                keep.html(view.model.events[event.at()].item.id(), print, &mut make)
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

/// The navigation of each part, for all its pages; under `None` for pages of no part.
pub struct Navs(BTreeMap<Option<String>, Nav>);

struct Nav {
    sections: Vec<PageIx>,
    html: OnceLock<Result<String, Diagnostic>>,
}

impl Navs {
    /// Those of a site.
    #[must_use]
    pub fn of(view: &View<'_>) -> Self {
        let nav = |(part, sections): (Option<&str>, _)| (part.map(str::to_owned), Nav { sections, html: OnceLock::new() });
        Self(view.nav_sections().into_iter().map(nav).collect())
    }

    /// The navigation of `part`.
    ///
    /// # Errors
    /// The fault of its template.
    pub fn html(&self, part: Option<&str>, view: &View<'_>, theme: &Theme) -> Result<&str, Diagnostic> {
        let found = self.0.get_key_value(&part.map(str::to_owned)).or_else(|| self.0.get_key_value(&None));
        let Some((part, nav)) = found else { return Ok("") };
        let make = || theme.render("components/nav.html", &view.nav(part.as_deref(), &nav.sections), "");
        nav.html.get_or_init(make).as_deref().map_err(Clone::clone)
    }
}

/// The key to the marks, for all pages that show it.
#[derive(Default)]
pub struct Legend(OnceLock<Result<String, Diagnostic>>);

impl Legend {
    /// Its HTML.
    ///
    /// # Errors
    /// The fault of its template.
    pub fn html(&self, view: &View<'_>, theme: &Theme) -> Result<&str, Diagnostic> {
        let make = || theme.render("components/legend.html", &view.legend(), "");
        self.0.get_or_init(make).as_deref().map_err(Clone::clone)
    }
}
