//! The architecture picture as code: files → tree → parsed → model, media → diagnostics and output → site.
//!
//! Every stage is a plain function from finished values to a finished value. Nothing here reads a clock: “now” is part of
//! the [`Request`], and the callback that is told about the end of a stage measures how long it took.

use std::path::PathBuf;
use std::sync::Arc;

use rayon::prelude::*;

use super::Failure;
use super::analysis::{Analysis, Counts, Inputs};
use super::manifest::SiteDiff;
use super::memo::Memo;
use super::published::PublishedSite;
use super::settings::{no_content, settings};
use super::shared::{Shared, ThemeSource};
use super::stage::{OnStage, Stage};
use super::write::{self, Target, WriteSummary};
use crate::base::FileId;
use crate::config::{self, Config};
use crate::diagnostics::{self, Diagnostic, Severity};
use crate::media::Media;
use crate::model::Model;
use crate::model::visibility::Visibility;
use crate::model::{captions, chart_data, map_data};
use crate::output::{self, Outline, Output, RenderContext};
use crate::source::layers;
use crate::source::{ContentKind, Files, SourceFile, SourceTree};
use crate::syntax::{Options, Parsed, parse_file};

/// What the caller wants.
#[derive(Clone, Debug)]
pub struct Request {
    /// The site's folder.
    pub root: PathBuf,
    /// Where to write, overriding `book.toml`.
    pub output: Option<PathBuf>,
    /// The site's absolute address, overriding the one in `book.toml`.
    pub base_url: Option<String>,
    /// Whether drafts and embargoed records are shown.
    pub drafts: bool,
    /// Whether links end in `index.html`.
    pub file_links: bool,
    /// The time of the build.
    pub now: jiff::Timestamp,
    /// Whether warnings count as errors.
    pub strict: bool,
    /// The site as last published: its manifest, or the folder that contains it.
    pub published: Option<PathBuf>,
}

/// The result.
pub struct Outcome {
    /// The author's files, for excerpts in diagnostics.
    pub tree: SourceTree,
    /// All findings, in the order of files.
    pub diagnostics: Vec<Diagnostic>,
    /// How many records there are; none if the settings could not be read.
    pub counts: Counts,
    /// What was written and where; `None` if nothing was, because of errors or because this was only a check.
    pub written: Option<(PathBuf, WriteSummary)>,
    /// What changed since the site was published; `None` if no published site was named, or no site could be made.
    pub changes: Option<SiteDiff>,
    /// The model of the site; `None` if the settings could not be read.
    pub model: Option<Arc<Model>>,
}

/// Builds the site. Calls `on_stage` at the end of each stage.
///
/// # Errors
/// If the request or the system is at fault. Errors in the content are part of the outcome.
pub fn build(request: &Request, files: &dyn Files, on_stage: &mut OnStage<'_>) -> Result<Outcome, Failure> {
    let published = PublishedSite::read(request.published.as_deref())?;
    let analysis = match analyze(request, files, &mut Memo::default(), None, on_stage)? {
        Reading::Complete(analysis) => *analysis,
        Reading::Unreadable(unreadable) => return Ok(unreadable.into()),
    };
    files.tidy_cache();
    let is_refused = fails(request, analysis.diagnostics());
    on_stage(Stage::Check);
    let mut target = target(request, &analysis.read.config)?;
    if is_refused {
        // Report faults of the theme and of addresses now, not only after everything else is fixed.
        let found = with_site(request, &analysis, files, on_stage, |_, _| ()).err();
        return Ok(Outcome::of(analysis, &found.unwrap_or_default(), None, None));
    }
    let BuildReport { found, written, changes } = make(request, &analysis, &published, files, &mut target, on_stage)?;
    let written = written.map(|written| (target.folder().to_owned(), written));
    Ok(Outcome::of(analysis, &found, written, changes))
}

/// Checks the site and writes nothing. The pages are made anyway, because their links are part of the check.
///
/// # Errors
/// Same as [`build`].
pub fn check(request: &Request, files: &dyn Files, on_stage: &mut OnStage<'_>) -> Result<Outcome, Failure> {
    let published = PublishedSite::read(request.published.as_deref())?;
    let analysis = match analyze(request, files, &mut Memo::default(), None, on_stage)? {
        Reading::Complete(analysis) => *analysis,
        Reading::Unreadable(unreadable) => return Ok(unreadable.into()),
    };
    files.tidy_cache();
    let errors = diagnostics::errors(analysis.diagnostics());
    on_stage(Stage::Check);
    let mut changes = None;
    let rehearse = |site: &RenderContext<'_>, output: &Output| {
        if errors > 0 {
            return Ok(Vec::new());
        }
        let (manifest, mut found) = write::rehearse(output, site)?;
        changes = published.changes(&manifest, &found);
        found.extend(published.findings(site, output));
        Ok::<_, Failure>(found)
    };
    let found = match with_site(request, &analysis, files, on_stage, rehearse) {
        Ok(found) => found?,
        Err(found) => found,
    };
    on_stage(Stage::Pages);
    Ok(Outcome::of(analysis, &found, None, changes))
}

/// Removes the finished site; returns the folder and how many files were removed.
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

/// How much of a site could be read.
pub(super) enum Reading {
    /// All that can be known before anything is made.
    Complete(Box<Analysis>),
    /// Only the settings.
    Unreadable(Unreadable),
}

/// A site whose settings have errors, so that its files mean nothing together.
pub(super) struct Unreadable {
    /// `book.toml`, and the content as far as it could be found.
    pub(super) tree: SourceTree,
    /// The errors of `book.toml`, and of each file on its own.
    pub(super) faults: Vec<Diagnostic>,
}

impl Outcome {
    /// The outcome of a site that could be analyzed; `more` was found since.
    fn of(
        analysis: Analysis,
        more: &[Diagnostic],
        written: Option<(PathBuf, WriteSummary)>,
        changes: Option<SiteDiff>,
    ) -> Self {
        let found = [analysis.diagnostics(), more].concat();
        Self::concluded(analysis, found, written, changes)
    }

    /// The same with these findings alone.
    pub(super) fn concluded(
        analysis: Analysis,
        found: Vec<Diagnostic>,
        written: Option<(PathBuf, WriteSummary)>,
        changes: Option<SiteDiff>,
    ) -> Self {
        let (counts, diagnostics) = (analysis.counts(), sorted(found));
        let tree = Arc::try_unwrap(analysis.read).map_or_else(|read| read.tree.clone(), |read| read.tree);
        Self { counts, tree, diagnostics, written, changes, model: Some(analysis.model) }
    }
}

impl From<Unreadable> for Outcome {
    fn from(Unreadable { tree, faults }: Unreadable) -> Self {
        Self { tree, diagnostics: faults, counts: Counts::default(), written: None, changes: None, model: None }
    }
}

/// Files → tree → parsed → model. `memo` and `before`, an earlier state, affect nothing but the time it takes.
pub(super) fn analyze(
    request: &Request,
    files: &dyn Files,
    memo: &mut Memo,
    before: Option<&Analysis>,
    on_stage: &mut OnStage<'_>,
) -> Result<Reading, Failure> {
    let (mut tree, config, mut found) = settings(request, files)?;
    let Some(config) = config else {
        found.append(&mut content_alone(&mut tree, files, memo));
        return Ok(Reading::Unreadable(Unreadable { tree, faults: sorted(found) }));
    };
    if !files.has_folder(&config.src) {
        found.push(no_content(&config, files));
    }
    found.append(&mut tree.read_content(files, &config.src));
    let templates = layers::templates(files, &mut tree, &mut found);
    let statics = layers::statics(files, &mut tree, &mut found);
    on_stage(Stage::Read);
    let parsed = parse(&tree, config.options, memo);
    parsed.iter().for_each(|(id, file)| found.append(&mut file.diagnostics(*id)));
    let mut data = chart_data::wanted(parsed.iter().map(|(_, file)| &**file), &tree);
    data.extend(map_data::wanted(parsed.iter().map(|(_, file)| &**file), &config, &tree));
    data.extend(captions::wanted(parsed.iter().map(|(id, file)| (*id, &**file)), &tree));
    found.append(&mut tree.read_data(files, data));
    memo.keep_parsed(&tree, &parsed);
    on_stage(Stage::Parse);
    let read = Arc::new(Inputs { tree, config, templates, statics, parsed, found });
    let inputs = read.clone();
    let visibility = Visibility { drafts: request.drafts, now: request.now };
    let look =
        |model: &Model| Arc::new(Media::read(&model.media(), &inputs.config.src, files, &inputs.tree.media, &memo.media));
    let analysis = Analysis::of(read, visibility, before, look);
    memo.keep_media(&analysis.media);
    on_stage(Stage::Resolve);
    Ok(Reading::Complete(Box::new(analysis)))
}

/// The errors of each content file on its own, which no setting can change: a slip in `book.toml` hides none of them. Content
/// in another folder than the usual one isn't found without the settings.
fn content_alone(tree: &mut SourceTree, files: &dyn Files, memo: &Memo) -> Vec<Diagnostic> {
    if !files.has_folder(config::SRC) {
        return Vec::new();
    }
    let mut found = tree.read_content(files, config::SRC);
    let parsed = parse(tree, Options::default(), memo);
    found.extend(parsed.iter().flat_map(|(id, file)| file.diagnostics(*id)));
    found.retain(|found| found.severity == Severity::Error);
    found
}

/// Parses every content file, in the order of the tree. An unchanged file is not parsed again.
fn parse(tree: &SourceTree, options: Options, memo: &Memo) -> Vec<(FileId, Arc<Parsed>)> {
    let files: Vec<_> =
        tree.files.indices().zip(&tree.files).filter_map(|(at, file)| Some((at, file, file.kind?))).collect();
    let kept = |(_, file, kind): &(FileId, &SourceFile, ContentKind)| {
        let before = memo.parsed.get(&file.path)?;
        before.is_of(*kind, &file.text, options).then(|| before.clone())
    };
    let known: Vec<_> = files.iter().map(kept).collect();
    let unknown: Vec<_> = files.iter().zip(&known).filter(|(_, kept)| kept.is_none()).map(|(file, _)| file).collect();
    let parse = |(_, file, kind): &(FileId, &SourceFile, ContentKind)| {
        let before = memo.parsed.get(&file.path).map(|before| &**before);
        Arc::new(parse_file(&file.path, *kind, &file.text, options, before))
    };
    // One at a time: a file of records takes as long as a hundred sections, and such files are next to each other.
    let parsed: Vec<_> = unknown.into_par_iter().with_max_len(1).map(parse).collect();
    let mut parsed = parsed.into_iter();
    let either = files.iter().zip(known).map(|((at, ..), kept)| Some((*at, kept.or_else(|| parsed.next())?)));
    either.flatten().collect()
}

/// Opens the folder that the site is to be written to.
fn target(request: &Request, config: &Config) -> Result<Target, Failure> {
    let folder = match &request.output {
        Some(folder) => folder.clone(),
        None => request.root.join(&config.build_dir.value),
    };
    let protected = [config.src.clone(), "templates".to_owned(), "static".to_owned()];
    Target::open(&folder, &request.root, &protected)
}

/// Whether the findings so far forbid making the site.
fn fails(request: &Request, diagnostics: &[Diagnostic]) -> bool {
    diagnostics::errors(diagnostics) > 0 || request.strict && diagnostics::warnings(diagnostics) > 0
}

/// The result of making a site.
struct BuildReport {
    found: Vec<Diagnostic>,
    written: Option<WriteSummary>,
    changes: Option<SiteDiff>,
}

/// Model → output → site: the findings, and what was written unless they forbade it.
fn make(
    request: &Request,
    analysis: &Analysis,
    published: &PublishedSite,
    files: &dyn Files,
    target: &mut Target,
    on_stage: &mut OnStage<'_>,
) -> Result<BuildReport, Failure> {
    let made = with_site(request, analysis, files, on_stage, |site, output| {
        let compared = published.findings(site, output);
        let fails = |found: &[Diagnostic]| fails(request, found) || fails(request, &compared);
        let (written, manifest, mut found) = write::write(output, site, target, &fails)?;
        let changes = published.changes(&manifest, &found);
        found.extend(compared);
        Ok::<_, Failure>(BuildReport { found, written, changes })
    });
    on_stage(Stage::Write);
    made.unwrap_or_else(|found| Ok(BuildReport { found, written: None, changes: None }))
}

/// Compiles the theme, renders what many pages share, plans the output, and passes both to `then`.
///
/// # Errors
/// Errors in templates, and clashing addresses.
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

/// Diagnostics in display order.
fn sorted(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    diagnostics::sort(&mut diagnostics);
    diagnostics
}
