//! What many pages of a site repeat, made once and owned beside what is known of the site.

use std::sync::{Arc, OnceLock};

use super::memo::Rendered;
use super::pipeline::Known;
use crate::diagnostics::Diagnostic;
use crate::language::Catalogue;
use crate::model::PageIx;
use crate::output::fragments::{Entries, Navs};
use crate::output::{Keep, Site};
use crate::source::Files;
use crate::theme::Theme;
use crate::view::{NoEntries, ShownFrom, Sources, Titles, View};

/// What is worked out of a site before its first page is made.
pub(super) struct Shared {
    words: Catalogue,
    titles: Titles,
    shown_from: ShownFrom,
    sources: Sources,
    theme: Arc<Theme>,
    entries: Entries,
    navs: Navs,
    entities: OnceLock<Vec<u32>>,
}

impl Shared {
    /// Compiles the theme and works out what many pages share. Entries of an earlier state are taken from `rendered`.
    ///
    /// # Errors
    /// The fault of a template.
    pub(super) fn of(known: &Known, rendered: Option<&Arc<Rendered>>) -> Result<Self, Diagnostic> {
        let words = Catalogue::load(&known.read.config.first().tag);
        let titles = Titles::of(&known.model);
        let shown_from = ShownFrom::of(&known.model);
        let sources = Sources::of(&known.model);
        let bare = View {
            model: &known.model,
            config: &known.read.config,
            tree: &known.read.tree,
            words: &words,
            titles: &titles,
            shown_from: &shown_from,
            sources: &sources,
            entries: &NoEntries,
        };
        let site = bare.site();
        let load = || Theme::load(&known.read.templates, &site, &words);
        let theme = match rendered {
            Some(rendered) => rendered.theme(Theme::input(&known.read.templates, &site, &words), load)?,
            None => Arc::new(load()?),
        };
        let keep = rendered.map(|rendered| rendered.clone() as Arc<dyn Keep>);
        let entries = Entries::new(theme.clone(), known.model.events.len(), keep);
        let navs = Navs::of(&bare);
        let entities = OnceLock::new();
        Ok(Self { words, titles, shown_from, sources, theme, entries, navs, entities })
    }

    /// A fingerprint of the templates and of what all of them see.
    pub(super) fn theme_fingerprint(&self) -> u64 {
        self.theme.fingerprint()
    }

    /// The sections in each navigation.
    pub(super) fn nav_sections(&self) -> impl Iterator<Item = (&Option<String>, &[PageIx])> {
        self.navs.sections()
    }

    /// The site as recipes see it. `known` is what this was made of.
    pub(super) fn site<'s>(&'s self, known: &'s Known, files: &'s dyn Files, file_links: bool) -> Site<'s> {
        let view = View {
            model: &known.model,
            config: &known.read.config,
            tree: &known.read.tree,
            words: &self.words,
            titles: &self.titles,
            shown_from: &self.shown_from,
            sources: &self.sources,
            entries: &self.entries,
        };
        Site {
            model: &known.model,
            config: &known.read.config,
            view,
            theme: &self.theme,
            entries: &self.entries,
            navs: &self.navs,
            entities: &self.entities,
            statics: &known.read.statics,
            files,
            file_links,
            same: None,
        }
    }
}
