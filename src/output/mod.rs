//! What the site is made of: a path and a recipe for every file.
//!
//! Every format names its paths and recipes; two for one path are an error here, once for all formats. A recipe is a pure
//! function of the [`Site`]; nothing is rendered until it is asked for. Adding a format is one file and one line in
//! [`FORMATS`].

mod files;
pub mod fragments;
pub mod html;
pub mod links;
pub mod place;
mod redirects;

use std::collections::BTreeMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use fragments::{Entries, Navs};
use rayon::prelude::*;

use crate::base::Map;
use crate::base::Span;
use crate::config::Config;
use crate::diagnostics::{Diagnostic, code};
use crate::model::Model;
use crate::source::Files;
use crate::source::layers::Static;
use crate::theme::Theme;
use crate::view::View;

/// Everything that a recipe may look at.
#[derive(Clone, Copy)]
pub struct Site<'s> {
    /// The model.
    pub model: &'s Model,
    /// The settings.
    pub config: &'s Config,
    /// What contexts are made from.
    pub view: View<'s>,
    /// The templates.
    pub theme: &'s Theme,
    /// Every event's entry in timelines.
    pub entries: &'s Entries,
    /// The navigation of each part.
    pub navs: &'s Navs,
    /// Entities in the order of their list.
    pub entities: &'s [u32],
    /// Static files by their path in the output.
    pub statics: &'s BTreeMap<String, Static>,
    /// Where media and static files are read from.
    pub files: &'s dyn Files,
    /// Whether links name `index.html`, for reading without a server.
    pub file_links: bool,
    /// Set where a page is asked for that need not be made if it is the one that it was.
    pub same: Option<&'s Same>,
}

/// Tells a page that would be what it was from one that has to be made.
pub struct Same {
    /// The fingerprint of all that the page was made of, when it was made last.
    before: Option<u64>,
    /// The same for now; zero until the page is asked for.
    now: AtomicU64,
}

impl Same {
    /// For a page that was made of this before.
    #[must_use]
    pub fn new(before: Option<u64>) -> Self {
        Self { before, now: AtomicU64::new(0) }
    }

    /// Notes what the page is made of now, and whether that is what it was. A recipe that is told so gives no bytes.
    pub(crate) fn is(&self, now: u64) -> bool {
        self.now.store(now, Ordering::Relaxed);
        self.before == Some(now)
    }

    /// What the page is made of now; `None` for a file that has to be made to be known.
    #[must_use]
    pub fn now(&self) -> Option<u64> {
        Some(self.now.load(Ordering::Relaxed)).filter(|now| *now != 0)
    }

    /// Whether the page is what it was, and was not made.
    #[must_use]
    pub fn is_same(&self) -> bool {
        self.now().is_some() && self.now() == self.before
    }
}

/// Keeps what was rendered from one state of a site to the next.
pub trait Keep: Send + Sync {
    /// What `make` gives, or gave for the same `name` and `fingerprint` of its whole input.
    ///
    /// # Errors
    /// Those of `make`, which are not kept.
    fn html(
        &self,
        name: &str,
        fingerprint: u64,
        make: &mut dyn FnMut() -> Result<String, Diagnostic>,
    ) -> Result<Arc<str>, Diagnostic>;
}

/// What makes a file's bytes.
pub type Make = Box<dyn Fn(&Site<'_>) -> Result<Vec<u8>, Diagnostic> + Send + Sync>;

/// How a file comes about.
pub struct Recipe {
    /// What makes its bytes.
    pub make: Make,
    /// The place in the author's files that asked for it, if one did.
    pub asked: Option<Span>,
    /// Whether it is a page whose links are checked.
    pub is_page: bool,
}

/// The recipes by path. Paths are relative, with slashes: `events/x/index.html`.
#[derive(Default)]
pub struct Output {
    /// In the order of paths.
    pub recipes: BTreeMap<String, Recipe>,
    /// The same while they are gathered, in the order of formats.
    gathered: Vec<(String, Recipe)>,
    /// Paths in lower case, because some systems tell no case apart, and where they are in `gathered`.
    folded: Map<String, usize>,
    diagnostics: Vec<Diagnostic>,
}

impl Output {
    /// Adds a file; one whose path is taken is an error.
    pub fn add(&mut self, path: String, asked: Option<Span>, is_page: bool, make: Make) {
        match self.folded.entry(path.to_lowercase()) {
            Entry::Vacant(free) => {
                free.insert(self.gathered.len());
                self.gathered.push((path, Recipe { make, asked, is_page }));
            }
            Entry::Occupied(taken) => {
                let first = self.gathered[*taken.get()].1.asked;
                let message = format!("the address /{} is taken", path.trim_end_matches("index.html"));
                let mut diagnostic = match asked.or(first) {
                    Some(span) => Diagnostic::error(code::DUPLICATE_ID, span, message),
                    None => Diagnostic::placeless(code::DUPLICATE_ID, message),
                };
                if let (Some(_), Some(first)) = (asked, first) {
                    diagnostic = diagnostic.label(first, "by this one");
                }
                self.diagnostics.push(diagnostic.help("give one of them another address"));
            }
        }
    }

    /// Notes a problem found while planning.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }
}

/// A kind of file that the site is made of.
pub trait Format: Sync {
    /// Names its paths and recipes.
    fn plan(&self, site: &Site<'_>, output: &mut Output);
}

/// Every format. Pages come first, so that whatever wants the same address is at fault.
pub const FORMATS: &[&dyn Format] = &[&html::Html, &files::StaticFiles, &files::Media, &redirects::Redirects];

/// The output of a site, with every clash of addresses.
#[must_use]
pub fn plan(site: &Site<'_>) -> (Output, Vec<Diagnostic>) {
    let mut output = Output::default();
    output.folded.reserve(site.model.owners().count());
    for format in FORMATS {
        format.plan(site, &mut output);
    }
    // In order at once: a tree is made of sorted pairs in a fraction of the time that it takes to add them one by one.
    let mut recipes = std::mem::take(&mut output.gathered);
    recipes.par_sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
    output.recipes = recipes.into_iter().collect();
    output.folded = Map::default();
    let diagnostics = std::mem::take(&mut output.diagnostics);
    (output, diagnostics)
}
