//! GitHub Actions: reads the job's environment variables, and writes the job summary.

#![expect(clippy::disallowed_methods, reason = "GitHub Actions describes a job in environment variables")]

use std::io::Write;
use std::path::{Path, PathBuf};

use crate::build::Failure;
use crate::source::OnDisk;

/// Whether the program runs in a GitHub Actions job.
pub(super) fn are_here() -> bool {
    variable("GITHUB_ACTIONS").as_deref() == Some("true")
}

/// The path from the repository's root to the site's folder, ending in a slash, or empty. Outside of a job, the current
/// folder counts as the root.
pub(super) fn prefix(files: &OnDisk) -> String {
    let workspace = variable("GITHUB_WORKSPACE").map(PathBuf::from);
    let here = || std::env::current_dir().ok().and_then(|here| files.below(&here));
    workspace.and_then(|workspace| files.below(&workspace)).or_else(here).unwrap_or_default()
}

/// The address at which this job's version of the repository's files can be viewed, ending in a slash.
pub(super) fn files_address() -> Option<String> {
    let [server, repository, commit] = ["GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_SHA"].map(variable);
    Some(format!("{}/{}/blob/{}/", server?, repository?, commit?))
}

/// The file for the step's summary, if there is one.
pub(super) fn summary() -> Option<PathBuf> {
    variable("GITHUB_STEP_SUMMARY").map(PathBuf::from)
}

/// Appends `text` to the summary; earlier commands of the step may have written to it.
pub(super) fn append(summary: &Path, text: &str) -> Result<(), Failure> {
    let failed = || Failure::io(format!("the summary {} can't be written", summary.display()));
    // Opening a pipe would block until someone reads it, and a reader may stop halfway.
    if std::fs::metadata(summary).is_ok_and(|there| is_pipe(there.file_type())) {
        return Err(failed()(std::io::Error::other("a named pipe is not a file")));
    }
    let mut file = std::fs::File::options().append(true).create(true).open(summary).map_err(failed())?;
    file.write_all(text.as_bytes()).map_err(failed())
}

#[cfg(unix)]
fn is_pipe(kind: std::fs::FileType) -> bool {
    std::os::unix::fs::FileTypeExt::is_fifo(&kind)
}

#[cfg(not(unix))]
fn is_pipe(_: std::fs::FileType) -> bool {
    false
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
