//! `backgrounder format`.

use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::desk::DeskOptions;
use super::report::Loudness;
use crate::build::Failure;
use crate::config::RecordForm;
use crate::desk::format::{in_order, to_form};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// Move records to their own files, or to lists, and leave their fields as they are
    #[arg(long, value_name = "FORM", value_enum)]
    to: Option<Form>,
    /// Write without asking
    #[arg(short, long)]
    yes: bool,
    #[command(flatten)]
    desk: DeskOptions,
}

/// How records are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    /// A file for each
    Files,
    /// Lists
    Lists,
}

pub(super) fn run(options: &Options, loudness: Loudness) -> Result<ExitCode, Failure> {
    let site = options.desk.open()?;
    let changes = match options.to {
        None => in_order(&site),
        Some(Form::Files) => to_form(&site, RecordForm::Files)?,
        Some(Form::Lists) => to_form(&site, RecordForm::Lists)?,
    };
    options.desk.ask_and_finish(&changes, options.yes, loudness)
}
