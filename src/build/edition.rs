//! One state of a site that is followed: its pages, made when they are asked for, and what is wrong with it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rayon::prelude::*;

use super::around::Around;
use super::memo::{Rendered, Seen};
use super::pipeline::{Counts, Known, Request};
use super::shared::{Compiled, Shared};
use super::write;
use crate::base::{Hash, Map, Span};
use crate::diagnostics::{self, Diagnostic, code};
use crate::model::Model;
use crate::output::links;
use crate::output::{self, Output, Recipe, Same, Site};
use crate::source::{Held, SourceTree};

/// A file of the site, finished.
#[derive(Debug)]
pub struct Page {
    /// Its bytes, which are those that a build would write.
    pub bytes: Vec<u8>,
    /// Their hash.
    pub hash: Hash,
}

/// One state of the site. It never changes: requests are answered from it while the next one is made.
pub struct Edition {
    number: u64,
    /// What is wrong beyond what is known of the site: why it could not be made, or which addresses clash.
    more: Vec<Diagnostic>,
    /// All that is wrong, once it was asked for.
    diagnostics: OnceLock<Vec<Diagnostic>>,
    /// The files, if they are further than those that the site was made of.
    files: Option<Files>,
    /// The site; `None` if there has never been one that could be made.
    site: Option<Arc<Whole>>,
    is_blocked: bool,
    published: OnceLock<Option<Arc<Edition>>>,
}

/// A file that was asked for; two who ask at once wait for the same one.
type Asked = Arc<OnceLock<Result<Arc<Page>, Diagnostic>>>;

/// What is known of a site that can't be made, and why not.
type Unmade = (Box<Known>, Vec<Diagnostic>);

/// A site that can be made, and what of it has been asked for.
pub(super) struct Whole {
    known: Known,
    shared: Shared,
    output: Output,
    files: Arc<Held>,
    request: Request,
    rendered: Arc<Rendered>,
    asked: Mutex<Map<String, Asked>>,
    finished: OnceLock<Vec<Diagnostic>>,
    /// What pages share with the last theme that worked, for those that can't be made with the present one.
    earlier: OnceLock<Option<Shared>>,
}

impl Whole {
    /// Compiles the theme and plans the site; beside it the clashes of addresses, and what is wrong with templates that some
    /// pages can be made with all the same.
    ///
    /// # Errors
    /// The faults that no page can be made with: those of templates that can't be compiled, and of style sheets.
    pub(super) fn of(
        known: Known,
        request: &Request,
        files: Arc<Held>,
        rendered: Arc<Rendered>,
    ) -> Result<(Self, Vec<Diagnostic>), Unmade> {
        let shared = match Shared::of(&known, request.file_links, &*files, Compiled::Kept(&rendered)) {
            Ok(shared) => shared,
            Err(faults) => return Err((Box::new(known), faults)),
        };
        let (output, mut faults) = output::plan(&shared.site(&known, &*files, request));
        if !shared.theme().faults().is_empty() {
            rendered.failed(shared.theme());
            faults.extend_from_slice(shared.theme().faults());
        }
        let asked = Mutex::default();
        let (finished, earlier) = Default::default();
        let request = request.clone();
        Ok((Self { known, shared, output, files, request, rendered, asked, finished, earlier }, faults))
    }

    /// Makes a file; a fault of a template is remembered of the theme.
    fn make(&self, recipe: &Recipe, site: &Site<'_>) -> Result<Vec<u8>, Diagnostic> {
        let made = (recipe.make)(site);
        if made.as_ref().is_err_and(|fault| fault.code == code::TEMPLATE) {
            self.rendered.failed(self.shared.theme());
        }
        made
    }

    /// What a file links to; `None` if it is no page. A page that would be what it was is not made again.
    ///
    /// # Errors
    /// The fault of the recipe.
    fn links(&self, path: &str, recipe: &Recipe, around: &Around) -> write::Linked {
        if !recipe.can_fail {
            return Ok(None);
        }
        if recipe.is_amended {
            let bytes = self.make(recipe, &self.site())?;
            return Ok(Some(Arc::new(links::read(path, &bytes, &self.known.read.config.base_path))));
        }
        let (before, around) = (self.rendered.seen(path), around.get(path));
        let kept = before.as_ref().filter(|before| around.is_some() && before.around == around);
        if let Some(kept) = kept.filter(|kept| kept.theme == self.shared.theme_fingerprint(kept.made_of.template)) {
            return Ok(Some(kept.links.clone()));
        }
        let same = Same::new(before.as_ref().map(|before| before.made_of), kept.is_some());
        let bytes = self.make(recipe, &Site { same: Some(&same), ..self.site() })?;
        if !recipe.is_page {
            return Ok(None);
        }
        let links = match before.filter(|_| same.is_same()) {
            Some(before) => before.links,
            None => Arc::new(links::read(path, &bytes, &self.known.read.config.base_path)),
        };
        if let Some(made_of) = same.now() {
            let theme = self.shared.theme_fingerprint(made_of.template);
            self.rendered.keep_seen(path, Seen { around, theme, made_of, links: links.clone() });
        }
        Ok(Some(links))
    }

    fn site(&self) -> Site<'_> {
        self.shared.site(&self.known, &*self.files, &self.request)
    }
}

/// The files of a state that has no site of its own.
pub(super) enum Files {
    /// They could be read as far as the settings.
    Unknown(Box<SourceTree>),
    /// All is known but the theme.
    Known(Box<Known>),
}

static NOTHING: SourceTree = SourceTree::empty();

impl Edition {
    /// The state in which the site could be made, but for these faults, which some pages at most can't be made for.
    pub(super) fn of(number: u64, whole: Whole, faults: Vec<Diagnostic>) -> Self {
        Self::new(number, None, Some(Arc::new(whole)), faults, false)
    }

    /// The state in which settings or theme are broken, and `last` still shows what it showed.
    pub(super) fn without(number: u64, files: Files, faults: Vec<Diagnostic>, last: Option<&Edition>) -> Self {
        Self::new(number, Some(files), last.and_then(|last| last.site.clone()), faults, true)
    }

    fn new(number: u64, files: Option<Files>, site: Option<Arc<Whole>>, more: Vec<Diagnostic>, is_blocked: bool) -> Self {
        Self { number, files, site, more, is_blocked, diagnostics: OnceLock::new(), published: OnceLock::new() }
    }

    /// Its number: one more than that of the edition before it.
    #[must_use]
    pub fn number(&self) -> u64 {
        self.number
    }

    /// The files as they are, for the excerpts of diagnostics.
    #[must_use]
    pub fn tree(&self) -> &SourceTree {
        match (&self.files, &self.site) {
            (Some(Files::Unknown(tree)), _) => tree,
            (Some(Files::Known(known)), _) => &known.read.tree,
            (None, Some(whole)) => &whole.known.read.tree,
            (None, None) => &NOTHING,
        }
    }

    /// All that a check finds before it makes a page.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        self.diagnostics.get_or_init(|| {
            let known = match (&self.files, &self.site) {
                (Some(Files::Unknown(_)), _) | (None, None) => None,
                (Some(Files::Known(known)), _) => Some(&**known),
                (None, Some(whole)) => Some(&whole.known),
            };
            let mut all = known.map(|known| known.diagnostics().to_vec()).unwrap_or_default();
            all.extend_from_slice(&self.more);
            diagnostics::sort(&mut all);
            all
        })
    }

    /// Why the pages are those of an older edition: the faults of the settings or the theme, which a site can't be made
    /// without. `None` if nothing is in the way.
    #[must_use]
    pub fn blocked(&self) -> Option<&[Diagnostic]> {
        self.is_blocked.then_some(&*self.more)
    }

    /// The same state as it would be published: without drafts, and without what is under an embargo. Made when first asked
    /// for.
    #[must_use]
    pub fn as_published(self: &Arc<Self>) -> Arc<Self> {
        let published = self.published.get_or_init(|| {
            let whole = self.site.as_ref()?;
            let known = whole.known.as_published()?;
            let request = Request { drafts: false, ..whole.request.clone() };
            // What was rendered with drafts is kept for the next state with drafts.
            let rendered = Arc::new(Rendered::with_good_theme_of(&whole.rendered));
            let made = Whole::of(known, &request, whole.files.clone(), rendered).ok()?;
            Some(Arc::new(Self::of(self.number, made.0, made.1)))
        });
        published.clone().unwrap_or_else(|| self.clone())
    }

    /// How many records the site has.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.site.as_ref().map(|whole| whole.known.counts()).unwrap_or_default()
    }

    /// The paths of all files of the site, in order: `index.html`, `events/x/index.html`.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.site.iter().flat_map(|whole| whole.output.recipes.keys().map(String::as_str))
    }

    /// The site as it was understood; `None` if there has never been one that could be made.
    #[must_use]
    pub fn model(&self) -> Option<&Model> {
        self.site.as_ref().map(|whole| &whole.known.model)
    }

    /// Files of the site with the place of the record, page or setting that asked for them.
    pub fn asked(&self) -> impl Iterator<Item = (&str, Span)> {
        let recipes = self.site.iter().flat_map(|whole| &whole.output.recipes);
        recipes.filter_map(|(path, recipe)| Some((path.as_str(), recipe.asked?)))
    }

    /// The place of the record, page or setting that asked for the file at `path`; nothing if nobody in particular did.
    #[must_use]
    pub fn asked_by(&self, path: &str) -> Option<Span> {
        self.site.as_ref()?.output.recipes.get(path)?.asked
    }

    /// Whether the site has a file at `path`.
    #[must_use]
    pub fn has(&self, path: &str) -> bool {
        self.site.as_ref().is_some_and(|whole| whole.output.recipes.contains_key(path))
    }

    /// The file at `path` of the output, made once; `None` if the site has none there.
    ///
    /// # Errors
    /// The fault of a template, or of a file that can't be read.
    #[must_use]
    pub fn page(&self, path: &str) -> Option<Result<Arc<Page>, Diagnostic>> {
        let whole = self.site.as_ref()?;
        let recipe = whole.output.recipes.get(path)?;
        let asked = {
            // Whoever panicked while it was locked had only looked something up.
            let mut asked = whole.asked.lock().unwrap_or_else(PoisonError::into_inner);
            asked.entry(path.to_owned()).or_default().clone()
        };
        let made = asked.get_or_init(|| {
            let bytes = whole.make(recipe, &whole.site())?;
            Ok(Arc::new(Page { hash: Hash::of(&bytes), bytes }))
        });
        Some(made.clone())
    }

    /// The file at `path` as the last theme makes it that worked, if there was one: for a page that has a fault in the present
    /// one, and for nobody who would publish it.
    #[must_use]
    pub fn with_earlier_theme(&self, path: &str) -> Option<Arc<Page>> {
        let whole = self.site.as_ref()?;
        let recipe = whole.output.recipes.get(path)?;
        let shared = whole.earlier.get_or_init(|| {
            let theme = Compiled::Earlier(whole.rendered.good_theme()?);
            Shared::of(&whole.known, whole.request.file_links, &*whole.files, theme).ok()
        });
        let bytes = (recipe.make)(&shared.as_ref()?.site(&whole.known, &*whole.files, &whole.request)).ok()?;
        Some(Arc::new(Page { hash: Hash::of(&bytes), bytes }))
    }

    /// All that a check finds on the finished pages, if nothing before kept it from making them. It makes every page, so it
    /// is meant for a thread of its own. `None` if `cancelled` became true before it was through.
    #[must_use]
    pub fn finished(&self, cancelled: &AtomicBool) -> Option<&[Diagnostic]> {
        let Some(whole) = self.site.as_ref().filter(|_| diagnostics::errors(self.diagnostics()) == 0) else {
            return Some(&[]);
        };
        if let Some(found) = whole.finished.get() {
            return Some(found);
        }
        let around = Around::of(&whole.known, &whole.shared);
        whole.shared.entries().surround(around.events());
        let recipes: Vec<_> = whole.output.recipes.iter().collect();
        let made: Vec<_> = recipes
            .par_iter()
            .map(|(path, recipe)| {
                let wanted = !cancelled.load(Ordering::Relaxed);
                wanted.then(|| (path.as_str(), whole.links(path, recipe, &around)))
            })
            .collect::<Option<_>>()?;
        Some(whole.finished.get_or_init(|| {
            let model = &whole.known.model;
            let (mut found, ()) = rayon::join(
                || write::findings(&whole.output, &whole.site(), made),
                || whole.rendered.forget(|path| whole.output.recipes.contains_key(path), |id| model.target(id).is_some()),
            );
            diagnostics::sort(&mut found);
            found
        }))
    }

    /// What [`Self::finished`] found, if it is known by now.
    #[must_use]
    pub fn known_findings(&self) -> Option<&[Diagnostic]> {
        let whole = self.site.as_ref().filter(|_| diagnostics::errors(self.diagnostics()) == 0);
        whole.map_or(Some(&[]), |whole| whole.finished.get().map(Vec::as_slice))
    }

    /// Pages of which other links are kept than they have. There never are any once [`Self::finished`] is through: what is
    /// kept is good for all that a page can be made of. A test asks, because a stale link that leads somewhere would show
    /// in no finding.
    #[must_use]
    pub fn stale(&self) -> Vec<&str> {
        let Some(whole) = &self.site else { return Vec::new() };
        let site = whole.site();
        let is_stale = |path: &str, recipe: &Recipe| {
            let seen = whole.rendered.seen(path);
            let bytes = (recipe.make)(&site).ok();
            let links = bytes.map(|bytes| links::read(path, &bytes, &site.config.base_path));
            seen.zip(links).is_some_and(|(seen, links)| *seen.links != links)
        };
        let recipes = whole.output.recipes.iter().filter(|(path, recipe)| is_stale(path, recipe));
        recipes.map(|(path, _)| path.as_str()).collect()
    }
}
