//! The picture, in code: files → tree → parsed → model → diagnostics and output → site.
//!
//! Every stage is a plain function from finished values to a finished value. Nothing here reads a clock: “now” is part of
//! the [`Request`], and how long a stage took is measured by whoever is told that it ended.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::Failure;
use super::manifest::Changes;
use super::memo::Memo;
use super::published::Published;
use super::shared::{Compiled, Shared};
use super::write::{self, Target, Written};
use crate::base::FileId;
use crate::check;
use crate::config::{self, Config};
use crate::diagnostics::{self, Diagnostic};
use crate::model::Model;
use crate::model::resolve::resolve;
use crate::model::visibility::Visibility;
use crate::output::{self, Output, Site};
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
    pub written: Option<(PathBuf, Written)>,
    /// What is different since the site was published; `None` if nobody said what was, or no site could be made.
    pub changes: Option<Changes>,
    /// The site as it was understood; nothing if the settings could not be read.
    pub model: Option<Model>,
}

/// Builds the site. `ended` is called with the name of each stage as it ends.
///
/// # Errors
/// If the request or the system is at fault. Faults of the content are in the outcome.
pub fn build(request: &Request, files: &dyn Files, ended: &mut dyn FnMut(&'static str)) -> Result<Outcome, Failure> {
    let published = Published::read(request.published.as_deref())?;
    let known = match know(request, files, &mut Memo::default(), None, ended)? {
        Ok(known) => known,
        Err(outcome) => return Ok(outcome),
    };
    let is_refused = fails(request, known.diagnostics());
    ended("check");
    let target = target(request, &known.read.config)?;
    if is_refused {
        // What can be said of the theme and of addresses is said at once, and not only when the rest is mended.
        let found = with_site(request, &known, files, ended, |_, _| ()).err();
        return Ok(known.outcome(found.unwrap_or_default(), None, None));
    }
    let Made { found, written, changes } = make(request, &known, &published, files, &target, ended)?;
    let written = written.map(|written| (target.folder().to_owned(), written));
    Ok(known.outcome(found, written, changes))
}

/// Checks the site and writes nothing: the pages are made as well, because their links are part of what is checked.
///
/// # Errors
/// As [`build`].
pub fn check(request: &Request, files: &dyn Files, ended: &mut dyn FnMut(&'static str)) -> Result<Outcome, Failure> {
    let published = Published::read(request.published.as_deref())?;
    let known = match know(request, files, &mut Memo::default(), None, ended)? {
        Ok(known) => known,
        Err(outcome) => return Ok(outcome),
    };
    let errors = diagnostics::errors(known.diagnostics());
    ended("check");
    let mut changes = None;
    let rehearse = |site: &Site<'_>, output: &Output| {
        if errors > 0 {
            return Ok(Vec::new());
        }
        let (manifest, mut found) = write::rehearse(output, site)?;
        changes = published.changes(&manifest, &found);
        found.extend(published.lost(site, output));
        Ok::<_, Failure>(found)
    };
    let found = match with_site(request, &known, files, ended, rehearse) {
        Ok(found) => found?,
        Err(found) => found,
    };
    ended("pages");
    Ok(known.outcome(found, None, changes))
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
    let target = target(request, &config)?;
    let removed = write::clean(&target)?;
    Ok((target.folder().to_owned(), removed))
}

/// A site's files and what each says by itself.
pub(super) struct Read {
    pub(super) tree: SourceTree,
    pub(super) config: Config,
    pub(super) templates: Vec<Template>,
    pub(super) statics: Statics,
    parsed: Vec<(FileId, Arc<Parsed>)>,
    /// What reading and parsing found.
    found: Vec<Diagnostic>,
}

/// All that is known of a site before anything is made.
pub(super) struct Known {
    pub(super) read: Arc<Read>,
    pub(super) model: Model,
    /// What resolving found.
    found: Vec<Diagnostic>,
    /// All that is known to be wrong, once it was asked for.
    diagnostics: OnceLock<Vec<Diagnostic>>,
}

impl Known {
    /// What files that were read come to, with these records shown.
    fn of(read: Arc<Read>, visibility: Visibility, before: Option<&Model>) -> Self {
        let (model, found) = resolve(&read.parsed, &read.tree, &read.config, visibility, before);
        Self { read, model, found, diagnostics: OnceLock::new() }
    }

    /// The same without drafts and what is under an embargo; `None` if there are none.
    pub(super) fn as_published(&self) -> Option<Self> {
        let visibility = Visibility { drafts: false, ..self.model.visibility };
        self.model.has_withheld.then(|| Self::of(self.read.clone(), visibility, None))
    }

    /// `more` is what was found later.
    fn outcome(self, more: Vec<Diagnostic>, written: Option<(PathBuf, Written)>, changes: Option<Changes>) -> Outcome {
        let mut diagnostics = self.diagnostics().to_vec();
        diagnostics.extend(more);
        let (counts, diagnostics) = (self.counts(), settled(diagnostics));
        let tree = Arc::try_unwrap(self.read).map_or_else(|read| read.tree.clone(), |read| read.tree);
        Outcome { counts, tree, diagnostics, written, changes, model: Some(self.model) }
    }

    /// All that is wrong as far as can be known before anything is made: the rules are asked, and all findings put under
    /// the site's settings.
    pub(super) fn diagnostics(&self) -> &[Diagnostic] {
        self.diagnostics.get_or_init(|| {
            let site = check::Site { model: &self.model, config: &self.read.config, tree: &self.read.tree };
            let mut found = self.read.found.clone();
            found.extend_from_slice(&self.found);
            found.append(&mut check::run(&site));
            check::settle(found, &site, self.model.today)
        })
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

/// Files → tree → parsed → model; an outcome at once if the settings have errors. `memo` and `before`, an earlier model, change
/// nothing but the time it takes.
pub(super) fn know(
    request: &Request,
    files: &dyn Files,
    memo: &mut Memo,
    before: Option<&Model>,
    ended: &mut dyn FnMut(&'static str),
) -> Result<Result<Known, Outcome>, Failure> {
    let (mut tree, config, mut found) = settings(request, files)?;
    let Some(config) = config else {
        let (diagnostics, counts) = (settled(found), Counts::default());
        return Ok(Err(Outcome { tree, diagnostics, counts, written: None, changes: None, model: None }));
    };
    found.append(&mut tree.read_content(files, &config.src));
    let templates = layers::templates(files, &mut tree, &mut found);
    let statics = layers::statics(files, &mut tree, &mut found);
    ended("read");
    let parsed = parse(&tree, &config, memo);
    parsed.iter().for_each(|(id, file)| found.append(&mut file.diagnostics(*id)));
    memo.keep_parsed(&tree, &parsed);
    ended("parse");
    let read = Arc::new(Read { tree, config, templates, statics, parsed, found });
    let known = Known::of(read, Visibility { drafts: request.drafts, now: request.now }, before);
    ended("resolve");
    Ok(Ok(known))
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

/// Parses every file that holds content; the order is that of the tree. A file that says what it said is not read again.
fn parse(tree: &SourceTree, config: &Config, memo: &Memo) -> Vec<(FileId, Arc<Parsed>)> {
    let files: Vec<_> = tree.files.iter().enumerate().filter_map(|(at, file)| Some((at, file, file.kind?))).collect();
    let known = |(_, file, kind): &(usize, &SourceFile, ContentKind)| {
        let before = memo.parsed.get(&file.path)?;
        before.is_of(*kind, &file.text, config.options).then(|| before.clone())
    };
    let known: Vec<_> = files.iter().map(known).collect();
    let unknown: Vec<_> = files.iter().zip(&known).filter(|(_, known)| known.is_none()).map(|(file, _)| file).collect();
    let parse = |(_, file, kind): &(usize, &SourceFile, ContentKind)| {
        let before = memo.parsed.get(&file.path).map(|before| &**before);
        Arc::new(parse_file(&file.path, *kind, &file.text, config.options, before))
    };
    // One at a time: a file of records takes as long as a hundred sections, and they lie side by side.
    let parsed: Vec<_> = unknown.into_par_iter().with_max_len(1).map(parse).collect();
    let mut parsed = parsed.into_iter();
    let either =
        files.iter().zip(known).map(|((at, ..), known)| Some((FileId(*at as u32), known.or_else(|| parsed.next())?)));
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
struct Made {
    found: Vec<Diagnostic>,
    written: Option<Written>,
    changes: Option<Changes>,
}

/// Model → output → site: what was found, and what was written unless that forbade it.
fn make(
    request: &Request,
    known: &Known,
    published: &Published,
    files: &dyn Files,
    target: &Target,
    ended: &mut dyn FnMut(&'static str),
) -> Result<Made, Failure> {
    let made = with_site(request, known, files, ended, |site, output| {
        let lost = published.lost(site, output);
        let fails = |found: &[Diagnostic]| fails(request, found) || fails(request, &lost);
        let (written, manifest, mut found) = write::write(output, site, target, &fails)?;
        let changes = published.changes(&manifest, &found);
        found.extend(lost);
        Ok::<_, Failure>(Made { found, written, changes })
    });
    ended("write");
    made.unwrap_or_else(|found| Ok(Made { found, written: None, changes: None }))
}

/// Compiles the theme, renders what many pages share, plans the output, and hands both to `then`.
///
/// # Errors
/// The faults of templates, and clashes of addresses.
fn with_site<T>(
    request: &Request,
    known: &Known,
    files: &dyn Files,
    ended: &mut dyn FnMut(&'static str),
    then: impl FnOnce(&Site<'_>, &Output) -> T,
) -> Result<T, Vec<Diagnostic>> {
    let shared = Shared::of(known, request.file_links, files, Compiled::Anew)?;
    let site = shared.site(known, files, request);
    let (output, clashes) = output::plan(&site);
    ended("plan");
    let faults = [shared.theme().faults(), &clashes].concat();
    if !faults.is_empty() {
        return Err(faults);
    }
    Ok(then(&site, &output))
}

/// Diagnostics in the order in which they are shown.
pub(super) fn settled(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    diagnostics::sort(&mut diagnostics);
    diagnostics
}
