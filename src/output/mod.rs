//! What the site is made of: a path and a recipe for every file.
//!
//! Every format names its paths and recipes; two for one path are an error here, once for all formats. A recipe is a pure
//! function of the [`Site`]; nothing is rendered until it is asked for. Adding a format is one file and one line in
//! [`FORMATS`].

#[cfg(feature = "cards")]
mod cards;
mod data;
mod feeds;
mod files;
pub mod fragments;
mod hosts;
pub mod html;
pub mod links;
mod names;
pub mod place;
mod redirects;
mod sitemap;
pub mod templates;
mod xml;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use fragments::{Entries, Pieces};
use rayon::prelude::*;
use serde::Serialize;

use crate::base::{Hash, Span, fingerprint};
use crate::config::Config;
use crate::diagnostics::{Diagnostic, code};
use crate::model::Model;
use crate::source::Files;
use crate::source::layers::Static;
use crate::theme::Theme;
use crate::theme::assets::Assets;
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
    /// What every page is handed beside its context.
    pub pieces: &'s Pieces,
    /// The theme's own files, ready to be published.
    pub assets: &'s Assets,
    /// Static files by their path in the output.
    pub statics: &'s BTreeMap<String, Static>,
    /// Where media and static files are read from.
    pub files: &'s dyn Files,
    /// Whether links name `index.html`, for reading without a server.
    pub file_links: bool,
    /// The time of the build. Almost nothing may look at it: the same content is the same site tomorrow.
    pub now: jiff::Timestamp,
    /// Set where nothing is wanted of a page but what it links to: then it need not be made if it is the one that it was, and
    /// place-holders of addresses may stay.
    pub same: Option<&'s Same>,
}

/// Tells a page that would be what it was from one that has to be made.
pub struct Same {
    /// The fingerprint of all that the page was made of, when it was made last.
    before: Option<u64>,
    /// The fingerprint of its context, where it is known that this is what it was.
    context: Option<u64>,
    /// What it is made of now; empty until the page is asked for.
    now: OnceLock<MadeOf>,
}

/// What a page is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MadeOf {
    /// The template.
    pub template: &'static str,
    /// The fingerprint of the context.
    pub context: u64,
    /// The fingerprint of all: templates, context and what else is handed to them.
    pub all: u64,
}

impl Same {
    /// For a page that was made of this before, and whose context is what it was if `has_context`.
    #[must_use]
    pub fn new(before: Option<MadeOf>, has_context: bool) -> Self {
        let context = before.filter(|_| has_context).map(|before| before.context);
        Self { before: before.map(|before| before.all), context, now: OnceLock::new() }
    }

    /// The fingerprint of a page's context.
    pub(crate) fn context(&self, view: &impl Serialize) -> u64 {
        self.context.unwrap_or_else(|| fingerprint(view))
    }

    /// Notes what the page is made of now; tells whether that is what it was. A recipe that is told so gives no bytes.
    pub(crate) fn is(&self, now: MadeOf) -> bool {
        self.before == Some(self.now.get_or_init(|| now).all)
    }

    /// What the page is made of now; `None` for a file that has to be made to be known.
    #[must_use]
    pub fn now(&self) -> Option<MadeOf> {
        self.now.get().copied()
    }

    /// Whether the page is what it was, and was not made.
    #[must_use]
    pub fn is_same(&self) -> bool {
        self.now().is_some_and(|now| self.before == Some(now.all))
    }
}

/// Keeps what was rendered from one state of a site to the next.
pub trait Keep: Send + Sync {
    /// What `make` gives, or gave under the same `name` when either fingerprint was what it is: that of what is `around` it, if
    /// that is known, or that of its whole input, which is only asked for otherwise.
    ///
    /// # Errors
    /// Those of `make`, which are not kept.
    fn html(
        &self,
        name: &str,
        around: Option<u64>,
        made_of: &dyn Fn() -> u64,
        make: &dyn Fn() -> Result<String, Diagnostic>,
    ) -> Result<Arc<str>, Diagnostic>;
}

/// What makes a file's bytes.
pub type Make = Box<dyn Fn(&Site<'_>) -> Result<Vec<u8>, Diagnostic> + Send + Sync>;

/// What tells whether a file would come out as it is.
pub type Key = Box<dyn Fn(&Site<'_>) -> Hash + Send + Sync>;

/// How a file comes about.
pub struct Recipe {
    /// What makes its bytes.
    pub make: Make,
    /// For a file that takes long to make and can't be at fault: the hash of all that goes into it. A build that finds the
    /// file made of the same does not make it again, and a check does not make it at all.
    pub key: Option<Key>,
    /// The place in the author's files that asked for it, if one did.
    pub asked: Option<Span>,
    /// Whether it is a page whose links are checked.
    pub is_page: bool,
    /// Whether something was added to it that is not made of what its template sees.
    pub is_amended: bool,
    /// Whether making it can find a fault. A preview makes such files to look for faults, and others when they are asked for.
    pub can_fail: bool,
}

impl Recipe {
    fn new(make: Make) -> Self {
        Self { make, key: None, asked: None, is_page: false, is_amended: false, can_fail: true }
    }
}

/// How many records one task plans for.
const AT_ONCE: usize = 1024;

/// What is added to a page that another format has planned.
struct Amendment {
    path: String,
    change: Box<dyn FnOnce(Make) -> Make + Send + Sync>,
    /// What is wrong if there is no such page.
    otherwise: Diagnostic,
}

/// The recipes by path. Paths are relative, with slashes: `events/x/index.html`.
#[derive(Default)]
pub struct Output {
    /// In the order of paths.
    pub recipes: BTreeMap<String, Recipe>,
    /// The same while they are gathered, in the order of formats.
    gathered: Vec<(String, Recipe)>,
    amendments: Vec<Amendment>,
    diagnostics: Vec<Diagnostic>,
}

impl Output {
    /// Adds a file; one whose path is taken by an earlier one is an error.
    pub fn add(&mut self, path: String, asked: Option<Span>, is_page: bool, make: Make) {
        self.gathered.push((path, Recipe { asked, is_page, ..Recipe::new(make) }));
    }

    /// Adds a file that is no page and is written of what is known already, so that nothing can go wrong with it.
    pub fn add_sure(&mut self, path: String, make: impl Fn(&Site<'_>) -> Vec<u8> + Send + Sync + 'static) {
        let make: Make = Box::new(move |site| Ok(make(site)));
        self.gathered.push((path, Recipe { can_fail: false, ..Recipe::new(make) }));
    }

    /// Adds a file that takes long to make, with the hash of all that goes into it.
    pub fn add_slow(&mut self, path: String, key: Key, make: Make) {
        self.gathered.push((path, Recipe { key: Some(key), can_fail: false, ..Recipe::new(make) }));
    }

    /// Changes the page at `path`, whichever format adds it; if none does, `otherwise` is wrong.
    pub fn amend(&mut self, path: String, change: Box<dyn FnOnce(Make) -> Make + Send + Sync>, otherwise: Diagnostic) {
        self.amendments.push(Amendment { path, change, otherwise });
    }

    /// The paths of the pages that were added so far, in order, each once.
    #[must_use]
    pub fn pages(&self) -> Vec<&str> {
        let pages = self.gathered.iter().filter(|(_, recipe)| recipe.is_page);
        let mut out: Vec<&str> = pages.map(|(path, _)| path.as_str()).collect();
        out.sort_unstable();
        out.dedup();
        out
    }

    /// Notes a problem found while planning.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Adds what `plan` adds for each of many records, of which it is told the number, in their order.
    pub fn add_each<T: Sync>(&mut self, records: &[T], plan: impl Fn(usize, &T, &mut Self) + Sync) {
        let part = |(chunk, records): (usize, &[T])| {
            let mut output = Self::default();
            records.iter().enumerate().for_each(|(at, record)| plan(chunk * AT_ONCE + at, record, &mut output));
            output
        };
        let parts: Vec<Self> = records.par_chunks(AT_ONCE).enumerate().map(part).collect();
        for mut part in parts {
            self.gathered.append(&mut part.gathered);
            self.amendments.append(&mut part.amendments);
            self.diagnostics.append(&mut part.diagnostics);
        }
    }

    /// Puts all that was gathered in order. Of two with one path the first stays; letter case makes no other path, because
    /// some systems tell none apart.
    pub(crate) fn order(&mut self) {
        let mut gathered: Vec<_> = std::mem::take(&mut self.gathered).into_iter().map(Some).collect();
        let path = |at: usize| gathered[at].as_ref().map_or("", |(path, _)| path);
        let mut order: Vec<(Cow<'_, str>, usize)> = (0..gathered.len()).map(|at| (folded(path(at)), at)).collect();
        order.par_sort_unstable();
        let is_in_order = order.iter().all(|(path, _)| matches!(path, Cow::Borrowed(_)));
        // Each with the first of the same path.
        let mut firsts: Vec<(usize, usize)> = Vec::with_capacity(order.len());
        for (which, (path, at)) in order.iter().enumerate() {
            let first = if which > 0 && order[which - 1].0 == *path { firsts[which - 1].1 } else { *at };
            firsts.push((*at, first));
        }
        drop(order);
        for (at, first) in firsts.iter().filter(|(at, first)| at != first) {
            if let (Some(second), Some((_, first))) = (&gathered[*at], &gathered[*first]) {
                self.diagnostics.push(clash(second, first));
            }
        }
        let kept = firsts.into_iter().filter(|(at, first)| at == first);
        let mut kept: Vec<_> = kept.filter_map(|(at, _)| gathered[at].take()).collect();
        if !is_in_order {
            kept.par_sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        }
        // A tree is made of sorted pairs in a fraction of the time that it takes to add them one by one.
        self.recipes = kept.into_iter().collect();
        for Amendment { path, change, otherwise } in std::mem::take(&mut self.amendments) {
            match self.recipes.get_mut(&path).filter(|recipe| recipe.is_page) {
                Some(recipe) => {
                    let make = std::mem::replace(&mut recipe.make, Box::new(|_| Ok(Vec::new())));
                    recipe.make = change(make);
                    recipe.is_amended = true;
                }
                None => self.diagnostics.push(otherwise),
            }
        }
    }
}

/// A path in lower case.
fn folded(path: &str) -> Cow<'_, str> {
    let is_folded = path.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if is_folded { Cow::Borrowed(path) } else { Cow::Owned(path.to_lowercase()) }
}

/// That the path of a file is taken by the first one.
fn clash((path, recipe): &(String, Recipe), first: &Recipe) -> Diagnostic {
    let message = format!("the address /{} is taken", path.trim_end_matches("index.html"));
    let mut diagnostic = match recipe.asked.or(first.asked) {
        Some(span) => Diagnostic::error(code::DUPLICATE_ID, span, message),
        None => Diagnostic::placeless(code::DUPLICATE_ID, message),
    };
    if let (Some(_), Some(first)) = (recipe.asked, first.asked) {
        diagnostic = diagnostic.label(first, "by this one");
    }
    diagnostic.help("give one of them another address")
}

/// A kind of file that the site is made of.
pub trait Format: Sync {
    /// Names its paths and recipes.
    fn plan(&self, site: &Site<'_>, output: &mut Output);
}

/// Every format. Pages come first, so that whatever wants the same address is at fault.
pub const FORMATS: &[&dyn Format] = &[
    &html::Html,
    &sitemap::Sitemap,
    &files::StaticFiles,
    &files::Media,
    &redirects::Redirects,
    &hosts::Hosts,
    &feeds::Feeds,
    &data::Data,
    #[cfg(feature = "cards")]
    &cards::Cards,
];

/// The output of a site, with every clash of addresses.
#[must_use]
pub fn plan(site: &Site<'_>) -> (Output, Vec<Diagnostic>) {
    let mut output = Output::default();
    for format in FORMATS {
        format.plan(site, &mut output);
    }
    output.order();
    let diagnostics = std::mem::take(&mut output.diagnostics);
    (output, diagnostics)
}
