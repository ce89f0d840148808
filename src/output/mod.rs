//! What the site is made of: a path and a recipe for every file.
//!
//! Every format adds its paths and recipes to a [`Plan`], which becomes an [`Output`]. Two recipes for one path are an
//! error there, checked once for all formats. While they plan, formats see only the [`Outline`] of the site. A recipe
//! is a pure function of the [`RenderContext`]; nothing is rendered until it is asked for.
//! Adding a format is one file and one line in [`FORMATS`].

#[cfg(feature = "cards")]
mod cards;
mod data;
mod feeds;
mod files;
mod hosts;
pub mod html;
mod memory;
mod names;
mod outline;
pub mod partials;
mod pictures;
mod plan;
mod recipe;
mod record_cards;
mod redirects;
pub mod relativize;
mod reuse;
pub mod search;
mod sitemap;
pub mod templates;
mod xml;

use std::collections::BTreeMap;

pub use data::SITE_JSON;
pub use outline::Outline;
use partials::{Entries, Partials};
pub use plan::{Output, Plan};
pub use recipe::{FileKind, Key, MadeFor, Make, Recipe, RenderError};
pub use reuse::{MadeOf, Same};

use crate::config::Config;
use crate::diagnostics::Diagnostic;
use crate::model::Model;
use crate::model::read::ReadLog;
use crate::source::Files;
use crate::source::layers::Static;
use crate::theme::Theme;
use crate::theme::assets::Assets;
use crate::view::View;

/// Everything that a recipe may look at.
#[derive(Clone, Copy)]
pub struct RenderContext<'s> {
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
    /// What every page gets in addition to its context.
    pub partials: &'s Partials,
    /// The files of the search.
    pub search: &'s search::SearchFiles,
    /// The theme's own files, ready to publish.
    pub assets: &'s Assets,
    /// Static files by their path in the output.
    pub statics: &'s BTreeMap<String, Static>,
    /// Where media and static files are read from.
    pub files: &'s dyn Files,
    /// Whether links name `index.html`, for reading without a server.
    pub file_links: bool,
    /// The time of the build. Almost nothing may look at it: the same content makes the same site tomorrow.
    pub now: jiff::Timestamp,
    /// Set if only a page's links are wanted: then the page isn't made if it would come out as before, and placeholders
    /// may stay in its addresses.
    pub same: Option<&'s Same>,
}

impl RenderContext<'_> {
    /// The same, recording what is read in `log`.
    #[must_use]
    pub fn logging<'l>(&'l self, log: &'l ReadLog) -> RenderContext<'l> {
        RenderContext { view: self.view.logging(log), ..*self }
    }
}

/// A kind of file that makes up the site.
pub trait Format: Sync {
    /// Adds its paths and recipes.
    fn plan(&self, site: &Outline<'_>, plan: &mut Plan);
}

/// Every format. Pages come first, so that anything else that wants the same address is at fault.
pub const FORMATS: &[&dyn Format] = &[
    &html::Html,
    &sitemap::Sitemap,
    &files::StaticFiles,
    &pictures::Pictures,
    &redirects::Redirects,
    &hosts::Hosts,
    &feeds::Feeds,
    &data::Data,
    &record_cards::RecordCards,
    &memory::Memory,
    &search::Search,
    #[cfg(feature = "cards")]
    &cards::Cards,
];

/// The output of a site, with an error for every clash of addresses.
#[must_use]
pub fn plan(site: &Outline<'_>) -> (Output, Vec<Diagnostic>) {
    let mut plan = Plan::default();
    for format in FORMATS {
        format.plan(site, &mut plan);
    }
    plan.finish(&|record| site.place(record))
}
