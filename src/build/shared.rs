//! What many pages of a site repeat, made once and stored next to the analysis of the site.

use std::sync::Arc;

use super::analysis::Analysis;
use super::memo::Rendered;
use super::pipeline::Request;
use crate::base::{Map, escape, fingerprint};
use crate::diagnostics::Diagnostic;
use crate::language::Catalogue;
use crate::model::address;
use crate::model::reader::Reader;
use crate::output::RenderContext;
use crate::output::partials::{self, Entries, Partials};
use crate::output::search::SearchFiles;
use crate::output::templates::{TEMPLATES, interface};
use crate::source::{Files, layers};
use crate::theme::{self, Theme, assets::Assets};
use crate::view::lists::Orders;
use crate::view::{Look, NoEntries, View};

/// What is prepared before a site's first page is made.
pub(super) struct Shared {
    words: Catalogue,
    assets: Assets,
    theme: Arc<Theme>,
    entries: Entries,
    partials: Partials,
    search: SearchFiles,
    /// For each template of a page, a fingerprint of all templates that are used for it, and of what all of them see.
    fingerprints: Map<&'static str, u64>,
    orders: Orders,
}

/// Where the theme comes from.
pub(super) enum ThemeSource<'r> {
    /// Its templates, compiled for this site alone.
    Fresh,
    /// The same templates, or the ones compiled from the same input, with the entries of an earlier state.
    Cached(&'r Arc<Rendered>),
    /// An earlier state, because the site's current templates have a fault.
    Earlier(Arc<Theme>),
}

impl Shared {
    /// Compiles the theme and prepares what many pages share.
    ///
    /// # Errors
    /// Faults that keep templates from being compiled; those of style sheets and of the settings for looks. Ask
    /// [`Self::theme`] for other faults in templates.
    pub(super) fn of(
        analysis: &Analysis,
        from_disk: bool,
        files: &dyn Files,
        theme: ThemeSource<'_>,
    ) -> Result<Self, Vec<Diagnostic>> {
        let reader = Reader::untracked(&analysis.model);
        let words = analysis.read.config.catalogue();
        let looks = looks(analysis, from_disk, files);
        let (mut faults, (assets, look)) =
            looks.map_or_else(|faults| (faults, Default::default()), |made| (Vec::new(), made));
        let orders = match &theme {
            ThemeSource::Cached(rendered) => Orders::knowing(rendered.orders()),
            ThemeSource::Fresh | ThemeSource::Earlier(_) => Orders::default(),
        };
        let bare = View {
            reader,
            config: &analysis.read.config,
            tree: &analysis.read.tree,
            words: &words,
            prepared: analysis.prepared(),
            entries: &NoEntries,
            orders: &orders,
            pictures: analysis.pictures(files),
            state: None,
        };
        let site = bare.site(look);
        let load = || Theme::load(&analysis.read.templates, &site, &words, interface());
        if !faults.is_empty() {
            // Check the templates anyway, so that all faults of the theme are reported at once.
            faults.extend(load().map_or_else(|faults| faults, |theme| theme.faults().to_vec()));
            return Err(faults);
        }
        let theme = match theme {
            ThemeSource::Fresh => load().map(Arc::new),
            ThemeSource::Cached(rendered) => rendered.theme(Theme::input(&analysis.read.templates, &site, &words), load),
            ThemeSource::Earlier(theme) => Ok(theme),
        }?;
        let entries = Entries::new(theme.clone(), analysis.model.events.len());
        let partials = Partials::of(&bare);
        let beside = partials::BESIDE.map(|template| theme.fingerprint(template));
        let with_beside =
            |(template, _): &(&'static str, _)| (*template, fingerprint(&(theme.fingerprint(template), beside)));
        let fingerprints = TEMPLATES.iter().map(with_beside).collect();
        let search = SearchFiles::default();
        Ok(Self { words, assets, theme, entries, partials, search, fingerprints, orders })
    }

    /// The theme.
    pub(super) fn theme(&self) -> &Arc<Theme> {
        &self.theme
    }

    /// A fingerprint of all templates used for a page of a context with `template`, and of what all of them see.
    pub(super) fn theme_fingerprint(&self, template: &str) -> u64 {
        self.fingerprints.get(template).copied().unwrap_or_default()
    }

    /// Every event's entry in timelines.
    pub(super) fn entries(&self) -> &Entries {
        &self.entries
    }

    /// What every page gets in addition to its context.
    pub(super) fn partials(&self) -> &Partials {
        &self.partials
    }

    /// The site as recipes see it. `analysis` is what this was made from.
    pub(super) fn site<'s>(&'s self, analysis: &'s Analysis, files: &'s dyn Files, request: &Request) -> RenderContext<'s> {
        let view = View {
            reader: Reader::untracked(&analysis.model),
            config: &analysis.read.config,
            tree: &analysis.read.tree,
            words: &self.words,
            prepared: analysis.prepared(),
            entries: &self.entries,
            orders: &self.orders,
            pictures: analysis.pictures(files),
            state: None,
        };
        RenderContext {
            model: &analysis.model,
            config: &analysis.read.config,
            view,
            theme: &self.theme,
            entries: &self.entries,
            partials: &self.partials,
            search: &self.search,
            assets: &self.assets,
            statics: &analysis.read.statics,
            files,
            file_links: request.file_links,
            now: request.now,
            same: None,
        }
    }
}

/// Prepares the theme's own files, and what templates see of them.
///
/// # Errors
/// Faults of style sheets and of the settings for looks.
fn looks(analysis: &Analysis, from_disk: bool, files: &dyn Files) -> Result<(Assets, Look), Vec<Diagnostic>> {
    let mut diagnostics = Vec::new();
    let theme_files = layers::theme_files(files, &analysis.read.statics, &mut diagnostics);
    let settings = &analysis.read.config.theme;
    let (assets, mut found) =
        theme::assets::assets(&theme_files, settings, &|path| analysis.read.statics.contains_key(path));
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
