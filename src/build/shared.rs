//! What many pages of a site repeat, made once and owned beside what is known of the site.

use std::collections::BTreeMap;

use super::pipeline::Known;
use crate::diagnostics::Diagnostic;
use crate::language::Catalogue;
use crate::output::{self, Site};
use crate::source::Files;
use crate::theme::Theme;
use crate::view::{ShownFrom, SourceText, Titles, View, fragments};

/// What is worked out of a site before its first page is made.
pub(super) struct Shared {
    words: Catalogue,
    titles: Titles,
    shown_from: ShownFrom,
    sources: Vec<SourceText>,
    theme: Theme,
    entries: Vec<String>,
    navs: BTreeMap<Option<String>, String>,
    entities: Vec<u32>,
}

impl Shared {
    /// Compiles the theme and renders what many pages share.
    ///
    /// # Errors
    /// The fault of a template.
    pub(super) fn of(known: &Known) -> Result<Self, Diagnostic> {
        let words = Catalogue::load(&known.config.first().tag);
        let titles = Titles::of(&known.model, &known.config);
        let shown_from = ShownFrom::of(&known.model);
        let bare = View {
            model: &known.model,
            config: &known.config,
            tree: &known.tree,
            words: &words,
            titles: &titles,
            shown_from: &shown_from,
            sources: &[],
            entries: &[],
        };
        let site = bare.site();
        let (theme, sources) = rayon::join(|| Theme::load(&known.templates, &site, &words), || fragments::sources(&bare));
        let theme = theme?;
        let view = View { sources: &sources, ..bare };
        let entries = output::html::entries(&view, &theme)?;
        let navs = output::html::navs(&view, &theme)?;
        let entities = view.entities_in_order();
        Ok(Self { words, titles, shown_from, sources, theme, entries, navs, entities })
    }

    /// The site as recipes see it. `known` is what this was made of.
    pub(super) fn site<'s>(&'s self, known: &'s Known, files: &'s dyn Files, file_links: bool) -> Site<'s> {
        let view = View {
            model: &known.model,
            config: &known.config,
            tree: &known.tree,
            words: &self.words,
            titles: &self.titles,
            shown_from: &self.shown_from,
            sources: &self.sources,
            entries: &self.entries,
        };
        Site {
            model: &known.model,
            config: &known.config,
            view,
            theme: &self.theme,
            navs: &self.navs,
            entities: &self.entities,
            statics: &known.statics,
            files,
            file_links,
        }
    }
}
