//! What the commands have in common that change authors' files: the folder, the diff, the question before anything is written.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::report::{self, Loudness};
use super::terminal::{self, say};
use crate::build::Failure;
use crate::desk::{Changes, Desk};

/// Which site, and how a change is made.
#[derive(Debug, Args)]
pub(super) struct DeskOptions {
    /// The folder with book.toml
    #[arg(long, default_value = ".", value_name = "DIR")]
    pub(super) root: PathBuf,
    /// Print what would change, as a diff, and write nothing
    #[arg(long)]
    pub(super) dry_run: bool,
}

impl DeskOptions {
    /// Reads the site.
    pub(super) fn open(&self) -> Result<Desk, Failure> {
        Desk::open(&report::open(&self.root)?)
    }

    /// Writes what changes, or prints it; says what was done.
    pub(super) fn finish(&self, changes: &Changes, loudness: Loudness) -> Result<ExitCode, Failure> {
        tell(changes);
        if changes.is_nothing() {
            if loudness != Loudness::Quiet {
                say!("nothing to change");
            }
            return Ok(ExitCode::SUCCESS);
        }
        if self.dry_run {
            terminal::put(changes.diff().as_bytes())?;
            return Ok(ExitCode::SUCCESS);
        }
        write(changes, &self.root, loudness)
    }

    /// The same for what nobody should write unseen: on a terminal the diff is shown and a question asked; elsewhere only `yes`
    /// lets it be written.
    pub(super) fn ask_and_finish(&self, changes: &Changes, yes: bool, loudness: Loudness) -> Result<ExitCode, Failure> {
        if self.dry_run || yes || changes.is_nothing() {
            return self.finish(changes, loudness);
        }
        tell(changes);
        terminal::put(changes.diff().as_bytes())?;
        if !is_asked() {
            say!("nothing was written; add --yes to write this");
            return Ok(ExitCode::SUCCESS);
        }
        let answer = ask("Write this? [y/N]")?;
        if !matches!(answer.to_lowercase().as_str(), "y" | "yes") {
            say!("nothing was written");
            return Ok(ExitCode::SUCCESS);
        }
        write(changes, &self.root, loudness)
    }
}

/// Prints what a reader should know besides the changes.
pub(super) fn tell(changes: &Changes) {
    changes.notes.iter().for_each(|note| say!("note: {note}"));
}

/// Writes what changes, and says what was done.
pub(super) fn write(changes: &Changes, root: &Path, loudness: Loudness) -> Result<ExitCode, Failure> {
    changes.perform(root)?;
    if loudness != Loudness::Quiet {
        changes.summary().iter().for_each(|line| say!("{line}"));
    }
    Ok(ExitCode::SUCCESS)
}

/// Whether somebody sits at the terminal who can be asked.
pub(super) fn is_asked() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

/// Asks a question and gives the line that was typed.
pub(super) fn ask(question: &str) -> Result<String, Failure> {
    terminal::text(format_args!("{question} "));
    let _ = std::io::stderr().flush();
    let mut line = String::new();
    let read = std::io::stdin().read_line(&mut line).map_err(Failure::io("the terminal can't be read"))?;
    if read == 0 {
        return Err(Failure::Usage("the terminal was closed; nothing was written".to_owned()));
    }
    Ok(line.trim().to_owned())
}
