//! `backgrounder report`.

use std::fmt::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::moment::Moment;
use super::report::{self, Loudness, count};
use super::terminal::{self, say};
use super::{SiteOptions, progress};
use crate::base::Span;
use crate::build::Failure;
use crate::build::edition::ReadSite;
use crate::build::live::Live;
use crate::desk::worklist::{Task, WaiverWork, Worklist, worklist};
use crate::diagnostics::emit::{Location, Places, one_line};
use crate::diagnostics::{errors, warnings};
use crate::source::SourceTree;

/// How many findings of a rule are printed for people.
const SHOWN: usize = 20;

/// Goes up when a field changes its meaning or is removed; new fields don't change it.
const VERSION: u32 = 1;

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The folder with book.toml
    #[arg(default_value = ".", value_name = "ROOT")]
    root: PathBuf,
    /// How to print the list
    #[arg(long, value_name = "FORMAT", value_enum, default_value = "human")]
    format: Format,
    /// Include drafts and embargoed records
    #[arg(long)]
    drafts: bool,
    #[expect(clippy::doc_markdown, reason = "`--help` prints this text")]
    /// The time to compare dates with, such as 2025-12-22T12:00:00Z, or a day. The default is SOURCE_DATE_EPOCH, or the current
    /// time
    #[arg(long, value_name = "TIME", value_parser = Moment::parse)]
    now: Option<Moment>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Tables and lists
    Human,
    /// One JSON document, with everything
    Json,
}

/// Prints what is left to do on a site. Errors are no reason not to: half of a site may be in the works.
pub(super) fn run(options: &Options, loudness: Loudness) -> Result<ExitCode, Failure> {
    let site =
        SiteOptions { root: options.root.clone(), drafts: options.drafts, now: options.now, strict: false, base_url: None };
    let request = site.request()?;
    let files = Arc::new(report::open(&request.root)?);
    let site = progress::staged(loudness, |on_stage| Live::open_telling(request, files, on_stage))?;
    let edition = site.edition();
    let found = edition.diagnostics();
    let Some(ReadSite { model, tree, config }) = edition.read_site() else {
        report::findings(found, edition.tree());
        return Ok(ExitCode::from(1));
    };
    let list = worklist(model, config, found);
    let (errors, warnings) = (errors(found), warnings(found));
    terminal::put(
        match options.format {
            Format::Human => human(&list, tree),
            Format::Json => json(&list, tree, Counts { errors, warnings }),
        }
        .as_bytes(),
    )?;
    if errors > 0 && loudness != Loudness::Quiet {
        let errors = report::found(errors, 0);
        say!("{errors}, as `backgrounder check` shows: what can't be read is missing from this list");
    }
    Ok(ExitCode::SUCCESS)
}

/// The list for people.
fn human(list: &Worklist<'_>, tree: &SourceTree) -> String {
    let mut places = Places::new(tree);
    let mut out = format!("Compared with {}\n\nSections by number of sources\n", list.day);
    let or_dash = |date: Option<String>| date.unwrap_or_else(|| "-".to_owned());
    let rows = list.sections.iter().map(|section| {
        let changed = section.changed.map(ToString::to_string);
        let title = one_line(section.title);
        [section.sources.to_string(), section.events.to_string(), or_dash(changed), section.id.to_owned(), title]
    });
    let head = ["sources", "events", "changed", "section", "title"].map(str::to_owned);
    table(&mut out, &std::iter::once(head).chain(rows).collect::<Vec<_>>());
    for Task { heading, findings, .. } in &list.tasks {
        let lines = findings.iter().map(|finding| {
            let place = finding.span.map_or_else(String::new, |span| place(places.of(span)));
            format!("{place}{}", one_line(&finding.message))
        });
        section(&mut out, heading, &lines.collect::<Vec<_>>());
    }
    let waivers = list.waivers.iter().map(|waiver| {
        let left = match waiver.days {
            days if days < 0 => format!("expired after {}", waiver.until),
            days => format!("until {} ({})", waiver.until, count(days.unsigned_abs() as usize, "day", "days")),
        };
        let WaiverWork { code, at, reason, span, .. } = waiver;
        format!("{}`{code}` at `{at}` {left}: {}", place(places.of(*span)), one_line(reason))
    });
    section(&mut out, "Waivers that expire soon", &waivers.collect::<Vec<_>>());
    out
}

fn place(Location { path, start, .. }: Location<'_>) -> String {
    format!("{path}:{}:{}  ", start.line, start.column)
}

/// A table whose first two columns are numbers.
fn table<const N: usize>(out: &mut String, rows: &[[String; N]]) {
    if rows.len() == 1 {
        out.push_str("  none\n");
        return;
    }
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default();
    let widths: Vec<usize> = (0..N).map(width).collect();
    for row in rows {
        let mut line = String::new();
        for (column, (cell, width)) in row.iter().zip(&widths).enumerate() {
            let space = " ".repeat(width - cell.chars().count());
            line.push_str("  ");
            line.push_str(&if column < 2 { format!("{space}{cell}") } else { format!("{cell}{space}") });
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
}

fn section(out: &mut String, heading: &str, lines: &[String]) {
    // Writing to a string can't fail.
    let _ = writeln!(out, "\n{heading}: {}", lines.len());
    lines.iter().take(SHOWN).for_each(|line| {
        let _ = writeln!(out, "  {line}");
    });
    if lines.len() > SHOWN {
        let _ = writeln!(out, "  and {} more: --format json lists them all", lines.len() - SHOWN);
    }
}

#[derive(Serialize)]
struct Document<'d> {
    version: u32,
    day: String,
    counts: Counts,
    sections: Vec<Section<'d>>,
    /// The findings of the rules, by the name of their list.
    #[serde(flatten)]
    tasks: serde_json::Map<String, serde_json::Value>,
    waivers: Vec<Waiver<'d>>,
}

#[derive(Serialize)]
struct Counts {
    errors: usize,
    warnings: usize,
}

#[derive(Serialize)]
struct Section<'d> {
    id: &'d str,
    title: &'d str,
    file: &'d str,
    sources: usize,
    events: usize,
    changed: Option<String>,
    as_of: Option<String>,
}

#[derive(Serialize)]
struct Finding<'d> {
    code: &'static str,
    message: &'d str,
    help: Option<&'d str>,
    place: Option<Place>,
}

#[derive(Serialize)]
struct Waiver<'d> {
    code: &'d str,
    at: &'d str,
    reason: &'d str,
    until: String,
    days_left: i64,
    place: Place,
}

#[derive(Serialize)]
struct Place {
    file: String,
    line: usize,
    column: usize,
}

/// The list for programs: everything.
fn json(list: &Worklist<'_>, tree: &SourceTree, counts: Counts) -> String {
    let mut places = Places::new(tree);
    let mut place = |span: Span| {
        let Location { path, start, .. } = places.of(span);
        Place { file: path.to_owned(), line: start.line, column: start.column }
    };
    let sections = list.sections.iter().map(|section| Section {
        id: section.id,
        title: section.title,
        file: &tree.file(section.span.file).path,
        sources: section.sources,
        events: section.events,
        changed: section.changed.map(ToString::to_string),
        as_of: section.as_of.map(ToString::to_string),
    });
    let sections = sections.collect();
    let tasks = list.tasks.iter().map(|task| {
        let findings = task.findings.iter().map(|finding| Finding {
            code: task.code.0,
            message: &finding.message,
            help: finding.help.as_deref(),
            place: finding.span.map(&mut place),
        });
        let findings: Vec<_> = findings.collect();
        // Structures of strings and numbers always serialize, here and below.
        (task.name.to_owned(), serde_json::to_value(findings).unwrap_or_default())
    });
    let tasks = tasks.collect();
    let waivers = list.waivers.iter().map(|waiver| Waiver {
        code: waiver.code,
        at: waiver.at,
        reason: waiver.reason,
        until: waiver.until.to_string(),
        days_left: waiver.days,
        place: place(waiver.span),
    });
    let waivers = waivers.collect();
    let document = Document { version: VERSION, day: list.day.to_string(), counts, sections, tasks, waivers };
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}
