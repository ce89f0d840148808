//! `backgrounder schema`.

use std::process::ExitCode;

use clap::Args;

use super::terminal;
use crate::base::similar::nearest;
use crate::build::Failure;
use crate::desk::schemas::{SCHEMAS, schema, text};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// What the schema is of, such as `events`; without it, the names of all
    #[arg(value_name = "KIND")]
    kind: Option<String>,
}

/// Prints a JSON Schema (2020-12) of something that authors write, or the names of all.
pub(super) fn run(options: &Options) -> Result<ExitCode, Failure> {
    let Some(kind) = &options.kind else {
        let names: String = SCHEMAS.iter().map(|(name, of, _)| format!("{name:<16}{of}\n")).collect();
        terminal::put(names.as_bytes())?;
        return Ok(ExitCode::SUCCESS);
    };
    let Some(schema) = schema(kind) else {
        let near = nearest(kind, SCHEMAS.iter().map(|(name, _, _)| *name));
        let near = near.map(|near| format!(": did you mean {near}?")).unwrap_or_default();
        return Err(Failure::Usage(format!("there is no schema {kind}{near}\n`backgrounder schema` lists them")));
    };
    terminal::put(text(&schema).as_bytes())?;
    Ok(ExitCode::SUCCESS)
}
