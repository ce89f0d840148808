//! `backgrounder theme`.

use std::process::ExitCode;

use clap::Args;

use super::terminal;
use crate::base::similar::nearest;
use crate::build::Failure;
use crate::source::layers;

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The file to print, such as static/theme/css/tokens.css; leave it out to list all files
    #[arg(value_name = "FILE")]
    file: Option<String>,
}

/// Prints one of the built-in theme's files, or lists all of them by the paths that they would have in a site's folder.
pub(super) fn run(options: &Options) -> Result<ExitCode, Failure> {
    let files = layers::built_in();
    let bytes = match &options.file {
        None => files.keys().flat_map(|name| [name.as_bytes(), b"\n"].concat()).collect(),
        Some(wanted) => match files.get(wanted.as_str()) {
            Some(bytes) => bytes.to_vec(),
            None => {
                let near = nearest(wanted, files.keys().map(String::as_str));
                let near = near.map(|near| format!(": did you mean {near}?")).unwrap_or_default();
                let message = format!("the built-in theme has no file {wanted}{near}\n`backgrounder theme` lists them");
                return Err(Failure::Usage(message));
            }
        },
    };
    terminal::put(&bytes)?;
    Ok(ExitCode::SUCCESS)
}
