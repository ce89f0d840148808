//! `backgrounder cms`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::report::{self, Loudness};
use super::terminal::{self, say};
use crate::base::similar::nearest;
use crate::build::Failure;
use crate::desk::Desk;
use crate::desk::cms::{Site, Tool, configuration, misfits, place};

/// How many of the notes are printed.
const NOTED: usize = 20;

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The tool: sveltia, decap, pages or frontmatter
    #[arg(value_name = "TOOL")]
    tool: String,
    /// The folder with book.toml
    #[arg(long, default_value = ".", value_name = "DIR")]
    root: PathBuf,
}

/// Prints the configuration of an editing tool for a site; on the other stream, where it goes and what the tool can't show.
pub(super) fn run(options: &Options, loudness: Loudness) -> Result<ExitCode, Failure> {
    let words = || Tool::ALL.iter().map(|tool| tool.word());
    let Some(tool) = Tool::ALL.iter().copied().find(|tool| tool.word() == options.tool) else {
        let near = nearest(&options.tool, words()).map(|near| format!(": did you mean {near}?")).unwrap_or_default();
        let known: Vec<_> = words().collect();
        return Err(Failure::Usage(format!("there is no tool {}{near}\nit can be {}", options.tool, known.join(", "))));
    };
    let desk = Desk::open(&report::open(&options.root)?)?;
    let site = Site {
        content: desk.tree.content.clone(),
        base_url: desk.config.base_url.clone(),
        repository: desk.config.repository.clone(),
    };
    terminal::put(configuration(tool, &site).as_bytes())?;
    if loudness != Loudness::Quiet {
        say!("save this as {}", place(tool));
        let notes = misfits(&desk, &site);
        notes.iter().take(NOTED).for_each(|note| say!("note: {note}"));
        if notes.len() > NOTED {
            say!("and {} more", notes.len() - NOTED);
        }
    }
    Ok(ExitCode::SUCCESS)
}
