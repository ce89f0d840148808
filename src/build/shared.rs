//! What many pages of a site repeat, made once and owned beside what is known of the site.

use std::sync::Arc;

use super::memo::Rendered;
use super::pipeline::{Known, Request};
use crate::base::{escape, fingerprint};
use crate::diagnostics::Diagnostic;
use crate::language::Catalogue;
use crate::model::{PageIx, address};
use crate::output::fragments::{self, Entries, Pieces};
use crate::output::templates::interface;
use crate::output::{Keep, Site};
use crate::source::{Files, layers};
use crate::theme::{self, Theme, assets::Assets};
use crate::view::lists::Orders;
use crate::view::{Look, Marks, NoEntries, ShownFrom, Sources, Titles, View};

/// What is worked out of a site before its first page is made.
pub(super) struct Shared {
    words: Catalogue,
    titles: Titles,
    shown_from: ShownFrom,
    marks: Marks,
    sources: Sources,
    assets: Assets,
    theme: Arc<Theme>,
    entries: Entries,
    pieces: Pieces,
    /// A fingerprint of the templates of what pages are handed beside their contexts.
    beside: u64,
    orders: Orders,
}

/// Where the theme comes from.
pub(super) enum Compiled<'r> {
    /// Its templates, compiled for this site alone.
    Anew,
    /// The same, or what was compiled from the same, with the entries of an earlier state.
    Kept(&'r Arc<Rendered>),
    /// An earlier state: its own templates have a fault.
    Earlier(Arc<Theme>),
}

impl Shared {
    /// Compiles the theme and works out what many pages share.
    ///
    /// # Errors
    /// Faults that templates can't be compiled with; those of style sheets and of the settings for looks. What else is wrong
    /// with templates is asked of [`Self::theme`].
    pub(super) fn of(
        known: &Known,
        from_disk: bool,
        files: &dyn Files,
        theme: Compiled<'_>,
    ) -> Result<Self, Vec<Diagnostic>> {
        let words = Catalogue::load(&known.read.config.first().tag);
        let titles = Titles::of(&known.model);
        let shown_from = ShownFrom::of(&known.model);
        let marks = Marks::of(&known.model);
        let looks = looks(known, from_disk, files);
        let (mut faults, (assets, look)) =
            looks.map_or_else(|faults| (faults, Default::default()), |made| (Vec::new(), made));
        let sources = Sources::of(&known.model);
        let orders = Orders::default();
        let bare = View {
            model: &known.model,
            config: &known.read.config,
            tree: &known.read.tree,
            words: &words,
            titles: &titles,
            marks: &marks,
            shown_from: &shown_from,
            sources: &sources,
            entries: &NoEntries,
            orders: &orders,
        };
        let site = bare.site(look);
        let load = || Theme::load(&known.read.templates, &site, &words, interface());
        if !faults.is_empty() {
            // Templates are looked at all the same, so that all faults of the theme are told at once.
            faults.extend(load().map_or_else(|faults| faults, |theme| theme.faults().to_vec()));
            return Err(faults);
        }
        let keep = match &theme {
            Compiled::Kept(rendered) => Some((*rendered).clone() as Arc<dyn Keep>),
            Compiled::Anew | Compiled::Earlier(_) => None,
        };
        let theme = match theme {
            Compiled::Anew => load().map(Arc::new),
            Compiled::Kept(rendered) => rendered.theme(Theme::input(&known.read.templates, &site, &words), load),
            Compiled::Earlier(theme) => Ok(theme),
        };
        let theme = theme?;
        let entries = Entries::new(theme.clone(), known.model.events.len(), keep);
        let pieces = Pieces::of(&bare);
        let beside = fingerprint(&fragments::BESIDE.map(|template| theme.fingerprint(template)));
        Ok(Self { words, titles, shown_from, marks, sources, assets, theme, entries, pieces, beside, orders })
    }

    /// The theme.
    pub(super) fn theme(&self) -> &Arc<Theme> {
        &self.theme
    }

    /// A fingerprint of the templates that make entries, which stand in contexts as HTML.
    pub(super) fn entry_fingerprint(&self) -> Option<u64> {
        self.theme.fingerprint(fragments::ENTRY)
    }

    /// A fingerprint of all templates that make a page of a context with `template`, and of what all of them see.
    pub(super) fn theme_fingerprint(&self, template: &str) -> u64 {
        fingerprint(&(self.theme.fingerprint(template), self.beside))
    }

    /// Every event's entry in timelines.
    pub(super) fn entries(&self) -> &Entries {
        &self.entries
    }

    /// The mark of every section and event.
    pub(super) fn marks(&self) -> &Marks {
        &self.marks
    }

    /// The sections in each navigation.
    pub(super) fn nav_sections(&self) -> impl Iterator<Item = (&Option<String>, &[PageIx])> {
        self.pieces.nav_sections()
    }

    /// The site as recipes see it. `known` is what this was made of.
    pub(super) fn site<'s>(&'s self, known: &'s Known, files: &'s dyn Files, request: &Request) -> Site<'s> {
        let view = View {
            model: &known.model,
            config: &known.read.config,
            tree: &known.read.tree,
            words: &self.words,
            titles: &self.titles,
            marks: &self.marks,
            shown_from: &self.shown_from,
            sources: &self.sources,
            entries: &self.entries,
            orders: &self.orders,
        };
        Site {
            model: &known.model,
            config: &known.read.config,
            view,
            theme: &self.theme,
            entries: &self.entries,
            pieces: &self.pieces,
            assets: &self.assets,
            statics: &known.read.statics,
            files,
            file_links: request.file_links,
            now: request.now,
            same: None,
        }
    }
}

/// The theme's own files, made ready, and what templates see of them.
///
/// # Errors
/// Faults of style sheets and of the settings for looks.
fn looks(known: &Known, from_disk: bool, files: &dyn Files) -> Result<(Assets, Look), Vec<Diagnostic>> {
    let mut diagnostics = Vec::new();
    let theme_files = layers::theme_files(files, &known.read.statics, &mut diagnostics);
    let settings = &known.read.config.theme;
    let (assets, mut found) = theme::assets::assets(&theme_files, settings, &|path| known.read.statics.contains_key(path));
    diagnostics.append(&mut found);
    if !diagnostics.is_empty() {
        return Err(diagnostics);
    }
    let look = Look {
        files: assets.paths.iter().map(|(name, path)| (name.clone(), address::file(path))).collect(),
        script_html: assets.script.clone(),
        policy: assets.policy.clone(),
        paper: assets.paper.clone(),
        logo: settings.logo.as_ref().map(|logo| address::file(&escape::percent_encoded(&logo.value))),
        from_disk,
        own_text_font: settings.font_text.is_some(),
        own_label_font: settings.font_label.is_some(),
    };
    Ok((assets, look))
}
