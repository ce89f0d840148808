//! `backgrounder init`.

#![expect(clippy::disallowed_methods, reason = "it creates the site's folder, and looks at what is there")]

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::desk;
use super::report::Loudness;
use super::terminal::say;
use crate::build::Failure;
use crate::desk::init::init;

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The folder of the new site; it is made if it is not there
    #[arg(default_value = ".", value_name = "DIR")]
    root: PathBuf,
    /// Leave out the example: start with an empty front page
    #[arg(long)]
    bare: bool,
}

pub(super) fn run(options: &Options, loudness: Loudness) -> Result<ExitCode, Failure> {
    let root = &options.root;
    if root.join("book.toml").exists() {
        let message = format!("{} already has a site: there is a book.toml in it", root.display());
        return Err(Failure::Usage(message));
    }
    std::fs::create_dir_all(root).map_err(Failure::io(format!("{} can't be made", root.display())))?;
    let changes = init(options.bare, |path| root.join(path).symlink_metadata().is_ok());
    desk::tell(&changes);
    changes.perform(root)?;
    if loudness != Loudness::Quiet {
        let here = if root.as_os_str() == "." { String::new() } else { format!(" {}", root.display()) };
        let (what, then) = if options.bare {
            ("an empty site", "begin with “New …” in the bar at the bottom")
        } else {
            ("a starter site", "change what you see")
        };
        say!("made {what} in {}", root.display());
        say!("see it with `backgrounder serve{here} --open`, and {then}");
    }
    Ok(ExitCode::SUCCESS)
}
