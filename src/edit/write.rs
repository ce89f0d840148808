//! Writes changed files to disk: each completely or not at all.

#![expect(clippy::disallowed_methods, reason = "authors' files are written here and nowhere else")]

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// What to do to one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Job {
    /// Create a file that doesn't exist yet.
    Create {
        /// Its content.
        text: String,
    },
    /// Create a file that doesn't exist yet, with the content of another.
    Copy {
        /// The other file's path.
        from: PathBuf,
    },
    /// Replace the content of a file.
    Change {
        /// The content it had when it was read.
        before: String,
        /// Its new content.
        after: String,
    },
    /// Rename a file, and replace its content if that differs.
    Move {
        /// The content it had when it was read.
        before: String,
        /// Its new path.
        to: PathBuf,
        /// Its new content.
        after: String,
    },
    /// Remove a file.
    Remove {
        /// The content it had when it was read.
        before: String,
    },
}

/// Does a job on the file at a path. If the file has changed since it was read, somebody else is editing it, so it is left alone.
///
/// New content is written to a temporary file in the same folder, whose name starts with a dot, and then replaces the old file in
/// one step. After a power failure, either the old file or the new one is there. A symbolic link stays a link.
///
/// # Errors
/// Any error from the system; [`io::ErrorKind::AlreadyExists`] if a new file would overwrite another.
pub fn perform(path: &Path, job: &Job) -> io::Result<()> {
    match job {
        Job::Create { text } => create(path, &mut text.as_bytes()),
        Job::Copy { from } => create(path, &mut File::open(from)?),
        Job::Change { before, after } => {
            let real = path.canonicalize()?;
            hold(&real, before)?;
            replace(&real, after)
        }
        Job::Move { before, to, after } => {
            hold(path, before)?;
            if to.symlink_metadata().is_ok() {
                return Err(io::ErrorKind::AlreadyExists.into());
            }
            if let Some(folder) = to.parent() {
                fs::create_dir_all(folder)?;
            }
            fs::rename(path, to)?;
            settle(path);
            if before == after { Ok(()) } else { replace(to, after) }
        }
        Job::Remove { before } => {
            hold(path, before)?;
            fs::remove_file(path)?;
            settle(path);
            Ok(())
        }
    }
}

/// Checks that a file hasn't changed since it was read.
fn hold(path: &Path, before: &str) -> io::Result<()> {
    if fs::read(path)? == before.as_bytes() {
        return Ok(());
    }
    Err(io::Error::new(io::ErrorKind::InvalidData, "another program changed it in the meantime; try again"))
}

/// Creates a file that doesn't exist yet, and the folders above it.
fn create(path: &Path, text: &mut dyn Read) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let beside = write_beside(path, text)?;
    // A hard link fails if the file exists; a rename would overwrite it.
    let done = fs::hard_link(&beside, path).or_else(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => Err(error),
        // Some file systems have no hard links.
        _ if path.exists() => Err(io::ErrorKind::AlreadyExists.into()),
        _ => fs::rename(&beside, path),
    });
    let _ = fs::remove_file(&beside);
    done?;
    settle(path);
    Ok(())
}

/// Replaces the content of a file and keeps its permissions.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    let permissions = fs::metadata(path)?.permissions();
    let beside = write_beside(path, &mut text.as_bytes())?;
    let done = fs::set_permissions(&beside, permissions).and_then(|()| fs::rename(&beside, path));
    if done.is_err() {
        let _ = fs::remove_file(&beside);
    }
    done?;
    settle(path);
    Ok(())
}

/// Writes content to a new file in the same folder, and flushes it to disk.
fn write_beside(path: &Path, text: &mut dyn Read) -> io::Result<PathBuf> {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or("file");
    for number in 0.. {
        let beside = path.with_file_name(format!(".{name}.backgrounder-{}-{number}", std::process::id()));
        let mut file = match OpenOptions::new().write(true).create_new(true).open(&beside) {
            Ok(file) => file,
            // Left behind by a run that was killed.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && number < 1000 => continue,
            Err(error) => return Err(error),
        };
        let written = io::copy(text, &mut file).and_then(|_| file.sync_all());
        if let Err(error) = written {
            drop(file);
            let _ = fs::remove_file(&beside);
            return Err(error);
        }
        return Ok(beside);
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// Flushes the folder's list of names to disk as well, on systems that can.
fn settle(path: &Path) {
    if let Some(folder) = path.parent().filter(|_| cfg!(unix)) {
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(before: &str, after: &str) -> Job {
        Job::Change { before: before.to_owned(), after: after.to_owned() }
    }

    #[test]
    fn a_file_is_written_only_if_nobody_else_changed_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.yaml");
        fs::write(&path, "one").unwrap();
        perform(&path, &texts("one", "two")).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "two");
        let error = perform(&path, &texts("one", "three")).unwrap_err();
        assert!(error.to_string().contains("changed it in the meantime"));
        assert_eq!(fs::read_to_string(&path).unwrap(), "two");
        assert_eq!(perform(&path, &Job::Create { text: String::new() }).unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        let to = folder.path().join("deep/b.yaml");
        perform(&path, &Job::Move { before: "two".to_owned(), to: to.clone(), after: "three".to_owned() }).unwrap();
        assert_eq!(fs::read_to_string(&to).unwrap(), "three");
        perform(&to, &Job::Remove { before: "three".to_owned() }).unwrap();
        let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left, ["deep"]);
    }

    #[cfg(unix)]
    #[test]
    fn permissions_and_links_are_kept() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("a.yaml"), folder.path().join("b.yaml"));
        fs::write(&path, "one").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        symlink("a.yaml", &link).unwrap();
        perform(&link, &texts("one", "two")).unwrap();
        assert!(link.is_symlink());
        assert_eq!(fs::read_to_string(&path).unwrap(), "two");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
    }
}
