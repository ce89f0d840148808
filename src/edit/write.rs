//! Putting changed files on the disk: each whole or not at all.

#![expect(clippy::disallowed_methods, reason = "this is the door by which authors' files are changed")]

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// What is done to one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Job {
    /// A file that is not there is made.
    Create {
        /// What it holds.
        text: String,
    },
    /// A file that is not there is made, and holds what another one does.
    Copy {
        /// The path of that one.
        from: PathBuf,
    },
    /// A file that holds `before` holds `after` from now on.
    Change {
        /// What it was read with.
        before: String,
        /// What it is to hold.
        after: String,
    },
    /// A file gets another name, and may hold another text then.
    Move {
        /// What it was read with.
        before: String,
        /// Its new path.
        to: PathBuf,
        /// What it is to hold.
        after: String,
    },
    /// A file that holds `before` is removed.
    Remove {
        /// What it was read with.
        before: String,
    },
}

/// Does a job at a path. A file that does not hold what it was read with is left alone: somebody else has changed it meanwhile.
///
/// What is written is first whole in a file beside it, whose name begins with a dot, and then takes the old one's place at once.
/// Whoever pulls the plug finds the old file or the new one. A link to a file stays a link.
///
/// # Errors
/// Whatever the system says; [`io::ErrorKind::AlreadyExists`] where a new file would take another one's place.
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

/// That a file still holds what it was read with.
fn hold(path: &Path, before: &str) -> io::Result<()> {
    if fs::read(path)? == before.as_bytes() {
        return Ok(());
    }
    Err(io::Error::new(io::ErrorKind::InvalidData, "it was changed meanwhile by another program; try again"))
}

/// Makes a file that is not there, and the folders above it.
fn create(path: &Path, text: &mut dyn Read) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let beside = write_beside(path, text)?;
    // A hard link fails where there is a file, and a rename would take its place.
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

/// Puts a text in the place of a file, with the permissions that it has.
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

/// Writes something into a new file beside another one, down to the disk.
fn write_beside(path: &Path, text: &mut dyn Read) -> io::Result<PathBuf> {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or("file");
    for number in 0.. {
        let beside = path.with_file_name(format!(".{name}.backgrounder-{}-{number}", std::process::id()));
        let mut file = match OpenOptions::new().write(true).create_new(true).open(&beside) {
            Ok(file) => file,
            // One that a killed run left behind.
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

/// Lets the names in a file's folder reach the disk as well. Not every system can be asked to.
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
    fn a_file_is_changed_only_if_it_is_what_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.yaml");
        fs::write(&path, "one").unwrap();
        perform(&path, &texts("one", "two")).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "two");
        let error = perform(&path, &texts("one", "three")).unwrap_err();
        assert!(error.to_string().contains("changed meanwhile"));
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
    fn permissions_and_links_stay() {
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
