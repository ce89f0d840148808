//! `backgrounder import`.

#![expect(clippy::disallowed_methods, reason = "imported files are outside the site")]

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::desk::DeskOptions;
use super::new::{Form, Kind};
use super::report::{self, Loudness, count};
use super::terminal::{self, say};
use crate::build::Failure;
use crate::desk::Desk;
use crate::desk::import::{
    Encoding, Foreign, Names, Order, Placed, Reading, Unreadable, Wishes, decode, has_errors, notes, place, read_file, sheet,
};
use crate::desk::new::NewKind;
use crate::diagnostics;
use crate::diagnostics::emit::{human, short};
use crate::source::files::plain_words;
use crate::source::kinds::{ending, markdown_stem};
use crate::source::{Files, OnDisk};

#[derive(Debug, Args)]
#[command(
    after_help = "What it reads: spreadsheets (.csv, .tsv), TimelineJS (.json, .csv), bibliographies (.bib, .ris, CSL-JSON), and \
                        folders of Markdown (mdBook, Hugo, Zola, Obsidian). It only creates new files."
)]
pub(super) struct Options {
    /// Files or folders from other programs
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// What the rows of a spreadsheet are
    #[arg(long = "as", value_name = "KIND", value_enum, default_value = "event")]
    kind: Kind,
    /// A file that maps columns to fields, as `"Name of the column" = "field"`
    #[arg(long, value_name = "FILE")]
    columns: Option<PathBuf>,
    /// Whether 3/4/2025 is March 4 or April 3, if no other date in the file settles it
    #[arg(long, value_name = "ORDER", value_enum)]
    dates: Option<DateOrder>,
    /// The key of a source for events and claims that have none; may be repeated
    #[arg(long, value_name = "KEY")]
    source: Vec<String>,
    /// Write each record to its own file, or all to a list; by default as `records` under [desk] in book.toml says
    #[arg(long = "in", value_name = "FORM", value_enum)]
    form: Option<Form>,
    #[command(flatten)]
    desk: DeskOptions,
}

/// What comes first in a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum DateOrder {
    /// 3/4/2025 is March 4
    MonthFirst,
    /// 3/4/2025 is April 3
    DayFirst,
}

pub(super) fn run(options: &Options, loudness: Loudness) -> Result<ExitCode, Failure> {
    let site = options.desk.open()?;
    for source in &options.source {
        super::new::known_source(&site, source)?;
    }
    let mut foreign = Foreign::default();
    let plan = match plan(options, &mut foreign)? {
        Ok(plan) => plan,
        Err(wrong) => return Ok(stopped(&wrong, &foreign)),
    };
    let mut names = Names::of(&site);
    let mut reading = Reading::default();
    for path in &options.paths {
        reading.append(read(path, &plan, &options.desk.root, &site, &mut foreign, &mut names)?);
    }
    if has_errors(&reading.findings) {
        return Ok(stopped(&reading, &foreign));
    }
    let name = options.paths[0].file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_owned();
    let form = options.form.map(Form::records);
    let placed = place(&site, names, reading, &Wishes { form, sources: options.source.clone(), name })?;
    if has_errors(&placed.findings) {
        return Ok(stopped(&Reading { findings: placed.findings, ..Reading::default() }, &foreign));
    }
    let mut findings = placed.findings.clone();
    diagnostics::sort(&mut findings);
    if loudness != Loudness::Quiet || !findings.is_empty() {
        terminal::text(format_args!("{}", short::render(&findings, &foreign)));
    }
    let code = options.desk.finish(&placed.changes, loudness)?;
    if loudness != Loudness::Quiet {
        tell(&placed, findings.len(), options.desk.dry_run);
    }
    Ok(code)
}

/// Reports the errors that stopped the import.
fn stopped(reading: &Reading, foreign: &Foreign) -> ExitCode {
    let mut findings = reading.findings.clone();
    diagnostics::sort(&mut findings);
    let (wrong, lost): (Vec<_>, Vec<_>) =
        findings.into_iter().partition(|found| found.severity == diagnostics::Severity::Error);
    terminal::text(format_args!("{}", short::render(&lost, foreign)));
    terminal::text(format_args!("{}", human::render(&wrong, foreign, report::color())));
    say!("{}; nothing was written", count(wrong.len(), "error", "errors"));
    ExitCode::FAILURE
}

/// Reports what was imported.
fn tell(placed: &Placed, findings: usize, is_dry: bool) {
    let many = |word: &str| match word {
        "entity" => "entities".to_owned(),
        word => format!("{word}s"),
    };
    let made: Vec<_> = placed.made.iter().map(|(word, n)| count(*n, word, &many(word))).collect();
    let verb = if is_dry { "would import" } else { "imported" };
    if !made.is_empty() {
        say!("{verb} {}", made.join(", "));
    }
    if placed.known > 0 {
        say!("{} already there and stayed the same", count(placed.known, "record was", "records were"));
    }
    if placed.drafts > 0 {
        say!(
            "{}: add `sources` and remove `draft`, or import with --source KEY",
            count(placed.drafts, "record has no source and is a draft", "records have no source and are drafts")
        );
    }
    if findings > 0 {
        say!("{} what was left out or guessed", count(findings, "note above says", "notes above say"));
    }
}

/// How to read spreadsheets.
fn plan(options: &Options, foreign: &mut Foreign) -> Result<Result<sheet::Plan, Reading>, Failure> {
    let kind = options.kind.of();
    if matches!(kind, NewKind::Section | NewKind::Page | NewKind::Correction) {
        let message = "rows can't be sections, pages or corrections: import a folder of Markdown instead, or choose another kind \
                       with --as";
        return Err(Failure::Usage(message.to_owned()));
    }
    let order = options.dates.map(|order| if order == DateOrder::DayFirst { Order::DayFirst } else { Order::MonthFirst });
    let mut plan = sheet::Plan { kind, columns: std::collections::BTreeMap::new(), order };
    if let Some(path) = &options.columns {
        let (text, _) = decode(&bytes(path)?);
        let file = foreign.add(path.display().to_string(), text.clone());
        match sheet::columns(file, &text) {
            Ok(columns) => plan.columns = columns,
            Err(wrong) => return Ok(Err(wrong)),
        }
    }
    Ok(Ok(plan))
}

fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    crate::source::files::read_file(path, u64::from(u32::MAX))
        .map_err(Failure::io(format!("{} can't be read", path.display())))
}

/// Reads a file or folder.
fn read(
    path: &Path,
    plan: &sheet::Plan,
    root: &Path,
    site: &Desk,
    foreign: &mut Foreign,
    names: &mut Names<'_>,
) -> Result<Reading, Failure> {
    if path.is_dir() {
        let content = root.join(&site.config.src);
        let real = |path: &Path| path.canonicalize().ok();
        if let (Some(folder), Some(content)) = (real(path), real(&content))
            && (content.starts_with(&folder) || folder.starts_with(&content))
        {
            let message = format!(
                "{} contains the site's own content, or is inside it: name the folder you want to import",
                path.display()
            );
            return Err(Failure::Usage(message));
        }
        let folder = walk(path, foreign)?;
        return Ok(notes::read(&folder, foreign, path, names));
    }
    let name = path.display().to_string();
    let (text, encoding) = decode(&bytes(path)?);
    let file = foreign.add(name.clone(), text);
    if markdown_stem(&name).is_some() {
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        let own = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        let notes = notes::Folder { notes: vec![(own, file)], others: files_beside(&folder) };
        return Ok(notes::read(&notes, foreign, &folder, names));
    }
    let read =
        read_file(foreign, file, &ending(&name), plan).map_err(|Unreadable(why)| Failure::Usage(format!("{name}: {why}")));
    let mut reading = read?;
    if encoding == Encoding::Windows1252 {
        reading.told_encoding(file);
    }
    Ok(reading)
}

/// The files of a folder.
fn walk(path: &Path, foreign: &mut Foreign) -> Result<notes::Folder, Failure> {
    let files = report::open(path)?;
    let mut out = notes::Folder::default();
    for name in files.list("").files.into_iter().filter(|name| !name.split('/').any(|part| part == "node_modules")) {
        if markdown_stem(&name).is_none() {
            out.others.push(name);
            continue;
        }
        let shown = path.join(&name).display().to_string();
        let read =
            files.read(&name).map_err(|error| Failure::Usage(format!("{shown} can't be read: {}", plain_words(&error))))?;
        let file = foreign.add(shown, decode(&read).0);
        out.notes.push((name, file));
    }
    Ok(out)
}

/// The files next to a single note, which it may use.
fn files_beside(folder: &Path) -> Vec<String> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let listed = OnDisk::new(folder).map(|files| files.list("").files).unwrap_or_default();
    listed.into_iter().filter(|name| markdown_stem(name).is_none()).collect()
}
