//! The picture, in code: files → tree → parsed → model → diagnostics and output → site.
//!
//! Every stage is a plain function from finished values to a finished value. Nothing here reads a clock: “now” is part of
//! the [`Request`], and how long a stage took is measured by whoever is told that it ended.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::Failure;
use super::manifest::SiteDiff;
use super::memo::Memo;
use super::published::PublishedSite;
use super::shared::{Shared, ThemeSource};
use super::stage::{OnStage, Stage};
use super::write::{self, Target, WriteSummary};
use crate::base::FileId;
use crate::check::{self, CleanRecords};
use crate::config::{self, Config};
use crate::diagnostics::{self, Diagnostic};
use crate::model::Model;
use crate::model::resolve::{Earlier, resolve};
use crate::model::visibility::Visibility;
use crate::output::{self, Outline, Output, RenderContext};
use crate::source::layers::{self, Statics, Template};
use crate::source::{ContentKind, Files, SourceFile, SourceTree, tree::BOOK};
use crate::syntax::{Parsed, parse_file};

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// The site's folder.
    pub root: PathBuf,
    /// Where to write, if not where `book.toml` says.
    pub output: Option<PathBuf>,
    /// The site's absolute address, if not the one in `book.toml`.
    pub base_url: Option<String>,
    /// Whether drafts and embargoed records are shown.
    pub drafts: bool,
    /// Whether links name `index.html`.
    pub file_links: bool,
    /// The time of the build.
    pub now: jiff::Timestamp,
    /// Whether warnings fail.
    pub strict: bool,
    /// The site as it was last published: its manifest, or the folder with it.
    pub published: Option<PathBuf>,
}

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

/// What came of it.
pub struct Outcome {
    /// The author's files, for showing diagnostics.
    pub tree: SourceTree,
    /// All that was found, in the order of files.
    pub diagnostics: Vec<Diagnostic>,
    /// How many records there are; nothing if the settings could not be read.
    pub counts: Counts,
    /// What was written and where; `None` if nothing was, because of errors or because only a check was asked for.
    pub written: Option<(PathBuf, WriteSummary)>,
    /// What is different since the site was published; `None` if nobody said what was, or no site could be made.
    pub changes: Option<SiteDiff>,
    /// The site as it was understood; nothing if the settings could not be read.
    pub model: Option<Model>,
}

/// Builds the site. `on_stage` is told of each stage that has ended.
///
/// # Errors
/// If the request or the system is at fault. Faults of the content are in the outcome.
pub fn build(request: &Request, files: &dyn Files, on_stage: &mut OnStage<'_>) -> Result<Outcome, Failure> {
    let published = PublishedSite::read(request.published.as_deref())?;
    let analysis = match analyze(request, files, &mut Memo::default(), None, on_stage)? {
        Reading::Complete(analysis) => *analysis,
        Reading::Unreadable(unreadable) => return Ok(unreadable.into()),
    };
    let is_refused = fails(request, analysis.diagnostics());
    on_stage(Stage::Check);
    let mut target = target(request, &analysis.read.config)?;
    if is_refused {
        // What can be said of the theme and of addresses is said at once, and not only when the rest is mended.
        let found = with_site(request, &analysis, files, on_stage, |_, _| ()).err();
        return Ok(analysis.outcome(found.unwrap_or_default(), None, None));
    }
    let BuildReport { found, written, changes } = make(request, &analysis, &published, files, &mut target, on_stage)?;
    let written = written.map(|written| (target.folder().to_owned(), written));
    Ok(analysis.outcome(found, written, changes))
}

/// Checks the site and writes nothing: the pages are made as well, because their links are part of what is checked.
///
/// # Errors
/// As [`build`].
pub fn check(request: &Request, files: &dyn Files, on_stage: &mut OnStage<'_>) -> Result<Outcome, Failure> {
    let published = PublishedSite::read(request.published.as_deref())?;
    let analysis = match analyze(request, files, &mut Memo::default(), None, on_stage)? {
        Reading::Complete(analysis) => *analysis,
        Reading::Unreadable(unreadable) => return Ok(unreadable.into()),
    };
    let errors = diagnostics::errors(analysis.diagnostics());
    on_stage(Stage::Check);
    let mut changes = None;
    let rehearse = |site: &RenderContext<'_>, output: &Output| {
        if errors > 0 {
            return Ok(Vec::new());
        }
        let (manifest, mut found) = write::rehearse(output, site)?;
        changes = published.changes(&manifest, &found);
        found.extend(published.lost(site, output));
        Ok::<_, Failure>(found)
    };
    let found = match with_site(request, &analysis, files, on_stage, rehearse) {
        Ok(found) => found?,
        Err(found) => found,
    };
    on_stage(Stage::Pages);
    Ok(analysis.outcome(found, None, changes))
}

/// Removes the finished site; gives the folder and how many files went.
///
/// # Errors
/// If `book.toml` can't be read, the folder is not ours, or the system refuses.
pub fn clean(request: &Request, files: &dyn Files) -> Result<(PathBuf, usize), Failure> {
    let (_, config, diagnostics) = settings(request, files)?;
    let Some(config) = config else {
        let why = diagnostics.first().map_or("", |diagnostic| diagnostic.message.as_str());
        return Err(Failure::Usage(format!("book.toml has errors: {why}")));
    };
    let mut target = target(request, &config)?;
    let removed = write::clean(&mut target)?;
    Ok((target.folder().to_owned(), removed))
}

/// A site's files and what each says by itself.
pub(super) struct Inputs {
    pub(super) tree: SourceTree,
    pub(super) config: Config,
    pub(super) templates: Vec<Template>,
    pub(super) statics: Statics,
    parsed: Vec<(FileId, Arc<Parsed>)>,
    /// What reading and parsing found.
    found: Vec<Diagnostic>,
}

impl Inputs {
    /// What `book.toml` says.
    fn book(&self) -> &str {
        &self.tree.file(BOOK).text
    }
}

/// All that is known of a site before anything is made.
pub(super) struct Analysis {
    pub(super) read: Arc<Inputs>,
    pub(super) model: Model,
    /// What resolving found.
    found: Vec<Diagnostic>,
    /// Records that rules need not look at again.
    known_clean: CleanRecords,
    /// All that is known to be wrong, once it was asked for, and which records are clean.
    checked: OnceLock<(Vec<Diagnostic>, CleanRecords)>,
}

impl Analysis {
    /// What files that were read come to, with these records shown.
    fn of(read: Arc<Inputs>, visibility: Visibility, before: Option<&Self>) -> Self {
        let earlier = before.map(|before| Earlier {
            files: &before.read.parsed,
            model: &before.model,
            has_same_settings: before.read.book() == read.book(),
        });
        let (model, found) = resolve(&read.parsed, &read.tree, &read.config, visibility, earlier.as_ref());
        let known_clean = before.and_then(|before| before.clean_in(&read, &model)).unwrap_or_default();
        Self { read, model, found, known_clean, checked: OnceLock::new() }
    }

    /// Which records of a later model are known to be clean, if it is checked under the same settings on the same day.
    fn clean_in(&self, read: &Inputs, model: &Model) -> Option<CleanRecords> {
        let is_same = self.read.book() == read.book()
            && self.model.today == model.today
            && self.model.clock_day == model.clock_day
            && self.model.visibility.drafts == model.visibility.drafts;
        let (_, clean) = self.checked.get().filter(|_| is_same)?;
        Some(clean.carried(&self.model, model))
    }

    /// The same without drafts and what is under an embargo; `None` if there are none.
    pub(super) fn as_published(&self) -> Option<Self> {
        let visibility = Visibility { drafts: false, ..self.model.visibility };
        self.model.has_withheld.then(|| Self::of(self.read.clone(), visibility, None))
    }

    /// `more` is what was found later.
    fn outcome(self, more: Vec<Diagnostic>, written: Option<(PathBuf, WriteSummary)>, changes: Option<SiteDiff>) -> Outcome {
        let mut diagnostics = self.diagnostics().to_vec();
        diagnostics.extend(more);
        let (counts, diagnostics) = (self.counts(), sorted(diagnostics));
        let tree = Arc::try_unwrap(self.read).map_or_else(|read| read.tree.clone(), |read| read.tree);
        Outcome { counts, tree, diagnostics, written, changes, model: Some(self.model) }
    }

    /// All that is wrong as far as can be known before anything is made: the rules are asked, and all findings put under
    /// the site's settings.
    pub(super) fn diagnostics(&self) -> &[Diagnostic] {
        let (diagnostics, _) = self.checked.get_or_init(|| {
            let site = check::CheckContext { model: &self.model, config: &self.read.config, tree: &self.read.tree };
            let mut found = self.read.found.clone();
            found.extend_from_slice(&self.found);
            let (mut by_rules, clean) = check::run_knowing(&site, &self.known_clean);
            found.append(&mut by_rules);
            (check::apply_settings(found, &site, self.model.today), clean)
        });
        diagnostics
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

/// How far a site could be read.
pub(super) enum Reading {
    /// All that can be known before anything is made.
    Complete(Box<Analysis>),
    /// No further than the settings.
    Unreadable(Unreadable),
}

/// A site whose settings have errors, so that nothing else is read.
pub(super) struct Unreadable {
    /// `book.toml` alone.
    pub(super) tree: SourceTree,
    /// What is wrong with it.
    pub(super) faults: Vec<Diagnostic>,
}

impl From<Unreadable> for Outcome {
    fn from(Unreadable { tree, faults }: Unreadable) -> Self {
        Self { tree, diagnostics: faults, counts: Counts::default(), written: None, changes: None, model: None }
    }
}

/// Files → tree → parsed → model. `memo` and `before`, an earlier state, change nothing but the time it takes.
pub(super) fn analyze(
    request: &Request,
    files: &dyn Files,
    memo: &mut Memo,
    before: Option<&Analysis>,
    on_stage: &mut OnStage<'_>,
) -> Result<Reading, Failure> {
    let (mut tree, config, mut found) = settings(request, files)?;
    let Some(config) = config else {
        return Ok(Reading::Unreadable(Unreadable { tree, faults: sorted(found) }));
    };
    if !files.has_folder(&config.src) {
        found.push(no_content(&config, files));
    }
    found.append(&mut tree.read_content(files, &config.src));
    let templates = layers::templates(files, &mut tree, &mut found);
    let statics = layers::statics(files, &mut tree, &mut found);
    on_stage(Stage::Read);
    let parsed = parse(&tree, &config, memo);
    parsed.iter().for_each(|(id, file)| found.append(&mut file.diagnostics(*id)));
    memo.keep_parsed(&tree, &parsed);
    on_stage(Stage::Parse);
    let read = Arc::new(Inputs { tree, config, templates, statics, parsed, found });
    let analysis = Analysis::of(read, Visibility { drafts: request.drafts, now: request.now }, before);
    on_stage(Stage::Resolve);
    Ok(Reading::Complete(Box::new(analysis)))
}

/// The time zone of a site; UTC if its settings can't be read, which whoever goes on is told.
#[must_use]
pub fn time_zone(files: &dyn Files) -> jiff::tz::TimeZone {
    let text = files.read("book.toml").ok().and_then(|bytes| String::from_utf8(bytes).ok());
    text.and_then(|text| config::read(&text, None).0).map_or(jiff::tz::TimeZone::UTC, |config| config.time_zone)
}

/// `book.toml`, and a tree with it alone.
fn settings(request: &Request, files: &dyn Files) -> Result<(SourceTree, Option<Config>, Vec<Diagnostic>), Failure> {
    if !files.is_inside("book.toml") && files.read("book.toml").is_ok() {
        return Err(Failure::Usage("book.toml is a link to something outside the site: copy it into the site".to_owned()));
    }
    let bytes = files.read("book.toml").map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => Failure::Usage(format!(
            "there is no book.toml in {}: name the folder of a site, or make one there that says\n\n    [book]\n    title = \"What it is called\"\n",
            request.root.display()
        )),
        _ => Failure::io("book.toml can't be read")(error),
    })?;
    let text = String::from_utf8_lossy(&bytes);
    let tree = SourceTree::new(&text);
    let (config, mut diagnostics) = config::read(&text, request.base_url.as_deref());
    if let Err(error) = std::str::from_utf8(&bytes) {
        let start = error.valid_up_to();
        let span = crate::base::Span { file: BOOK, range: crate::base::TextRange::new(start, start + 1) };
        let message = "book.toml is not UTF-8";
        diagnostics
            .push(Diagnostic::error(diagnostics::code::INVALID_UTF8, span, message).help("save it as UTF-8 in your editor"));
        return Ok((tree, None, diagnostics));
    }
    Ok((tree, config, diagnostics))
}

/// That there is no folder with content, which is a slip and no empty site.
fn no_content(config: &Config, files: &dyn Files) -> Diagnostic {
    let src = &config.src;
    let named_otherwise = |name: &String| name.to_lowercase() == src.to_lowercase();
    let help = match files.folders().into_iter().find(named_otherwise) {
        Some(name) => format!("rename the folder `{name}` to `{src}`; letter case counts"),
        None => format!("make the folder `{src}`, with a Markdown file in it, or name another one as `src` under [book]"),
    };
    let message = format!("there is no folder `{src}`, which should hold the content");
    Diagnostic::error(diagnostics::code::UNREADABLE, config::book_span(config.src_range), message).help(help)
}

/// Parses every file that holds content; the order is that of the tree. A file that says what it said is not read again.
fn parse(tree: &SourceTree, config: &Config, memo: &Memo) -> Vec<(FileId, Arc<Parsed>)> {
    let files: Vec<_> =
        tree.files.indices().zip(&tree.files).filter_map(|(at, file)| Some((at, file, file.kind?))).collect();
    let kept = |(_, file, kind): &(FileId, &SourceFile, ContentKind)| {
        let before = memo.parsed.get(&file.path)?;
        before.is_of(*kind, &file.text, config.options).then(|| before.clone())
    };
    let known: Vec<_> = files.iter().map(kept).collect();
    let unknown: Vec<_> = files.iter().zip(&known).filter(|(_, kept)| kept.is_none()).map(|(file, _)| file).collect();
    let parse = |(_, file, kind): &(FileId, &SourceFile, ContentKind)| {
        let before = memo.parsed.get(&file.path).map(|before| &**before);
        Arc::new(parse_file(&file.path, *kind, &file.text, config.options, before))
    };
    // One at a time: a file of records takes as long as a hundred sections, and they lie side by side.
    let parsed: Vec<_> = unknown.into_par_iter().with_max_len(1).map(parse).collect();
    let mut parsed = parsed.into_iter();
    let either = files.iter().zip(known).map(|((at, ..), kept)| Some((*at, kept.or_else(|| parsed.next())?)));
    either.flatten().collect()
}

/// Where the site is to be written.
fn target(request: &Request, config: &Config) -> Result<Target, Failure> {
    let folder = match &request.output {
        Some(folder) => folder.clone(),
        None => request.root.join(&config.build_dir.value),
    };
    let protected = [config.src.clone(), "templates".to_owned(), "static".to_owned()];
    Target::open(&folder, &request.root, &protected)
}

/// Whether what was found so far forbids making the site.
fn fails(request: &Request, diagnostics: &[Diagnostic]) -> bool {
    diagnostics::errors(diagnostics) > 0 || request.strict && diagnostics::warnings(diagnostics) > 0
}

/// What came of making a site.
struct BuildReport {
    found: Vec<Diagnostic>,
    written: Option<WriteSummary>,
    changes: Option<SiteDiff>,
}

/// Model → output → site: what was found, and what was written unless that forbade it.
fn make(
    request: &Request,
    analysis: &Analysis,
    published: &PublishedSite,
    files: &dyn Files,
    target: &mut Target,
    on_stage: &mut OnStage<'_>,
) -> Result<BuildReport, Failure> {
    let made = with_site(request, analysis, files, on_stage, |site, output| {
        let lost = published.lost(site, output);
        let fails = |found: &[Diagnostic]| fails(request, found) || fails(request, &lost);
        let (written, manifest, mut found) = write::write(output, site, target, &fails)?;
        let changes = published.changes(&manifest, &found);
        found.extend(lost);
        Ok::<_, Failure>(BuildReport { found, written, changes })
    });
    on_stage(Stage::Write);
    made.unwrap_or_else(|found| Ok(BuildReport { found, written: None, changes: None }))
}

/// Compiles the theme, renders what many pages share, plans the output, and hands both to `then`.
///
/// # Errors
/// The faults of templates, and clashes of addresses.
fn with_site<T>(
    request: &Request,
    analysis: &Analysis,
    files: &dyn Files,
    on_stage: &mut OnStage<'_>,
    then: impl FnOnce(&RenderContext<'_>, &Output) -> T,
) -> Result<T, Vec<Diagnostic>> {
    let shared = Shared::of(analysis, request.file_links, files, ThemeSource::Fresh)?;
    let site = shared.site(analysis, files, request);
    let (output, clashes) = output::plan(&Outline::of(site));
    on_stage(Stage::Plan);
    let faults = [shared.theme().faults(), &clashes].concat();
    if !faults.is_empty() {
        return Err(faults);
    }
    Ok(then(&site, &output))
}

/// Diagnostics in the order in which they are shown.
fn sorted(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    diagnostics::sort(&mut diagnostics);
    diagnostics
}
