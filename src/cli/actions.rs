//! GitHub Actions: what its environment says of a job, and the file that it shows as the job's summary.

#![expect(clippy::disallowed_methods, reason = "what GitHub Actions says of a job stands in the environment")]

use std::io::Write;
use std::path::{Path, PathBuf};

use crate::build::Failure;
use crate::source::OnDisk;

/// Whether the program runs in a job.
pub(super) fn are_here() -> bool {
    variable("GITHUB_ACTIONS").as_deref() == Some("true")
}

/// The way from the repository's root to the site's folder, with a slash at its end or empty. Outside of a job, the folder
/// that one is in counts as the root.
pub(super) fn prefix(files: &OnDisk) -> String {
    let workspace = variable("GITHUB_WORKSPACE").map(PathBuf::from);
    let here = || std::env::current_dir().ok().and_then(|here| files.below(&here));
    workspace.and_then(|workspace| files.below(&workspace)).or_else(here).unwrap_or_default()
}

/// Where files of the repository can be seen as they are in this job, with a slash at its end.
pub(super) fn files_address() -> Option<String> {
    let [server, repository, commit] = ["GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_SHA"].map(variable);
    Some(format!("{}/{}/blob/{}/", server?, repository?, commit?))
}

/// The file of the step's summary, if one is wanted.
pub(super) fn summary() -> Option<PathBuf> {
    variable("GITHUB_STEP_SUMMARY").map(PathBuf::from)
}

/// Adds `text` to the summary; earlier commands of the step may have written theirs.
pub(super) fn append(summary: &Path, text: &str) -> Result<(), Failure> {
    let failed = || Failure::io(format!("the summary {} can't be written", summary.display()));
    // Whoever opens a pipe that nobody reads waits for somebody, and whoever reads may stop halfway.
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
