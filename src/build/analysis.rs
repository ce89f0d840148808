//! All that is known about a site before any of its files is made.

use std::sync::{Arc, OnceLock};

use crate::base::FileId;
use crate::check::{self, CleanRecords};
use crate::config::Config;
use crate::diagnostics::Diagnostic;
use crate::media::{Media, Shown};
use crate::model::Model;
use crate::model::reader::Reader;
use crate::model::resolve::{Earlier, resolve};
use crate::model::visibility::Visibility;
use crate::source::layers::{Statics, Template};
use crate::source::tree::BOOK;
use crate::source::{Files, SourceFile, SourceTree};
use crate::syntax::Parsed;
use crate::view::Prepared;

/// How many records a site has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Sections.
    pub sections: usize,
    /// Events.
    pub events: usize,
    /// Entities.
    pub entities: usize,
    /// Sources.
    pub sources: usize,
}

/// A site's files, and what each contains on its own.
pub(super) struct Inputs {
    pub(super) tree: SourceTree,
    pub(super) config: Config,
    pub(super) templates: Vec<Template>,
    pub(super) statics: Statics,
    pub(super) parsed: Vec<(FileId, Arc<Parsed>)>,
    /// What reading and parsing found.
    pub(super) found: Vec<Diagnostic>,
}

impl Inputs {
    /// The contents of `book.toml`.
    fn book(&self) -> &str {
        &self.tree.file(BOOK).text
    }

    /// Whether only what templates say, and files that are published unchanged, can differ from other inputs.
    fn has_same_content(&self, other: &Self) -> bool {
        let is_template = |id| self.templates.iter().any(|template| template.file == Some(id));
        let is_same = |((id, own), other): ((FileId, &SourceFile), &SourceFile)| {
            own.path == other.path
                && own.kind == other.kind
                && (Arc::ptr_eq(&own.text, &other.text) || own.text == other.text || is_template(id))
        };
        let (own, other) = (&self.tree, &other.tree);
        own.files.len() == other.files.len()
            && own.files.indices().zip(&own.files).zip(&other.files).all(is_same)
            && (&own.content, &own.media, &own.unread, &own.data)
                == (&other.content, &other.media, &other.unread, &other.data)
    }
}

/// All that is known about a site before anything is made.
pub(super) struct Analysis {
    pub(super) read: Arc<Inputs>,
    pub(super) model: Arc<Model>,
    /// The files that records show or link to.
    pub(super) media: Arc<Media>,
    /// What resolving found.
    found: Vec<Diagnostic>,
    /// What follows from all that. Shared with an earlier state that differs only in its theme.
    derived: Arc<Derived>,
}

/// What follows from an analysis, once someone has asked for it.
#[derive(Default)]
struct Derived {
    /// Records that rules need not check again.
    known_clean: CleanRecords,
    /// All findings, and which records are clean.
    checked: OnceLock<(Vec<Diagnostic>, CleanRecords)>,
    /// What many pages need of the records.
    prepared: OnceLock<Prepared>,
}

impl Analysis {
    /// Resolves parsed files into an analysis that shows these records.
    pub(super) fn of(
        read: Arc<Inputs>,
        visibility: Visibility,
        before: Option<&Self>,
        look: impl FnOnce(&Model) -> Arc<Media>,
    ) -> Self {
        let earlier = before.map(|before| Earlier {
            files: &before.read.parsed,
            model: &before.model,
            has_same_settings: before.read.book() == read.book(),
        });
        let (model, found) = resolve(&read.parsed, &read.tree, &read.config, visibility, earlier.as_ref());
        let media = look(&model);
        let is_alike = |before: &&Self| {
            read.has_same_content(&before.read)
                && (&read.found, &found) == (&before.read.found, &before.found)
                && model.is_same(&before.model)
                && media.is_same(&before.media)
        };
        let derived = match before.filter(is_alike) {
            Some(before) => before.derived.clone(),
            None => {
                let known_clean = before.and_then(|before| before.clean_in(&read, &model)).unwrap_or_default();
                Arc::new(Derived { known_clean, ..Derived::default() })
            }
        };
        Self { read, model: Arc::new(model), media, found, derived }
    }

    /// Which records of a later model are known to be clean, if it is checked with the same settings on the same day.
    fn clean_in(&self, read: &Inputs, model: &Model) -> Option<CleanRecords> {
        let is_same = self.read.book() == read.book()
            && self.model.today == model.today
            && self.model.clock_day == model.clock_day
            && self.model.visibility.drafts == model.visibility.drafts;
        let (_, clean) = self.derived.checked.get().filter(|_| is_same)?;
        Some(clean.carried(&self.model, model))
    }

    /// The same without drafts and embargoed records; `None` if there are none.
    pub(super) fn as_published(&self) -> Option<Self> {
        let visibility = Visibility { drafts: false, ..self.model.visibility };
        // What is published is part of what is shown with drafts.
        self.model.has_withheld.then(|| Self::of(self.read.clone(), visibility, None, |_| self.media.clone()))
    }

    /// All findings before anything is made: runs the rules, and applies the site's settings to the findings of all
    /// stages.
    pub(super) fn diagnostics(&self) -> &[Diagnostic] {
        let (diagnostics, _) = self.derived.checked.get_or_init(|| {
            let site = self.context();
            let mut found = self.read.found.clone();
            found.extend_from_slice(&self.found);
            let (mut by_rules, clean) = check::run_knowing(&site, &self.derived.known_clean);
            found.append(&mut by_rules);
            (check::apply_settings(found, &site, self.model.today), clean)
        });
        diagnostics
    }

    /// What many pages need of the records.
    pub(super) fn prepared(&self) -> &Prepared {
        self.derived.prepared.get_or_init(|| Prepared::of(Reader::untracked(&self.model)))
    }

    /// What rules see.
    pub(super) fn context(&self) -> check::CheckContext<'_> {
        let Inputs { config, tree, .. } = &*self.read;
        check::CheckContext { model: &self.model, config, tree, media: &self.media }
    }

    /// The site's pictures as its pages show them.
    pub(super) fn pictures<'s>(&'s self, files: &'s dyn Files) -> Shown<'s> {
        Shown { media: &self.media, files, content: &self.read.config.src }
    }

    pub(super) fn counts(&self) -> Counts {
        Counts {
            sections: self.model.sections,
            events: self.model.events.len(),
            entities: self.model.entities.len(),
            sources: self.model.sources.len(),
        }
    }
}
