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
mod hosts;
pub mod html;
pub mod links;
mod names;
pub mod place;
mod redirects;
mod sitemap;
mod xml;

use std::collections::BTreeMap;
use std::collections::hash_map::Entry;

use crate::base::{Hash, Map, Span};
use crate::config::Config;
use crate::diagnostics::{Diagnostic, code};
use crate::model::Model;
use crate::source::Files;
use crate::source::layers::Static;
use crate::theme::Theme;
use crate::theme::assets::Assets;
use crate::view::View;

/// Everything that a recipe may look at.
pub struct Site<'s> {
    /// The model.
    pub model: &'s Model,
    /// The settings.
    pub config: &'s Config,
    /// What contexts are made from.
    pub view: View<'s>,
    /// The templates.
    pub theme: &'s Theme,
    /// Navigation by part, rendered once; under `None` for pages of no part.
    pub navs: &'s BTreeMap<Option<String>, String>,
    /// The key to the marks, rendered once.
    pub legend: &'s str,
    /// The theme's own files, ready to be published.
    pub assets: &'s Assets,
    /// Entities in the order of their list.
    pub entities: &'s [u32],
    /// Static files by their path in the output.
    pub statics: &'s BTreeMap<String, Static>,
    /// Where media and static files are read from.
    pub files: &'s dyn Files,
    /// Whether links name `index.html`, for reading without a server.
    pub file_links: bool,
    /// The time of the build. Almost nothing may look at it: the same content is the same site tomorrow.
    pub now: jiff::Timestamp,
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
}

/// The recipes by path. Paths are relative, with slashes: `events/x/index.html`.
#[derive(Default)]
pub struct Output {
    /// In the order of paths.
    pub recipes: BTreeMap<String, Recipe>,
    /// Paths in lower case, because some systems tell no case apart.
    folded: Map<String, Option<Span>>,
    diagnostics: Vec<Diagnostic>,
}

impl Output {
    /// Adds a file; one whose path is taken is an error.
    pub fn add(&mut self, path: String, asked: Option<Span>, is_page: bool, make: Make) {
        self.insert(path, Recipe { make, key: None, asked, is_page });
    }

    /// Adds a file that takes long to make, with the hash of all that goes into it.
    pub fn add_slow(&mut self, path: String, key: Key, make: Make) {
        self.insert(path, Recipe { make, key: Some(key), asked: None, is_page: false });
    }

    fn insert(&mut self, path: String, recipe: Recipe) {
        let asked = recipe.asked;
        match self.folded.entry(path.to_lowercase()) {
            Entry::Vacant(free) => {
                free.insert(asked);
                self.recipes.insert(path, recipe);
            }
            Entry::Occupied(taken) => {
                let message = format!("the address /{} is taken", path.trim_end_matches("index.html"));
                let mut diagnostic = match asked.or(*taken.get()) {
                    Some(span) => Diagnostic::error(code::DUPLICATE_ID, span, message),
                    None => Diagnostic::placeless(code::DUPLICATE_ID, message),
                };
                if let (Some(_), Some(first)) = (asked, taken.get()) {
                    diagnostic = diagnostic.label(*first, "by this one");
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
    let diagnostics = std::mem::take(&mut output.diagnostics);
    (output, diagnostics)
}
