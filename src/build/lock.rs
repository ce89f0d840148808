//! Allows one build at a time per folder. Two that write there at once would each remove the other's files.

#![expect(clippy::disallowed_methods, reason = "it locks a file next to the output folder")]

use std::fs::{self, File, TryLockError};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::Failure;

/// Nobody else writes to the folder as long as this lives. If the process is killed, the system releases the lock.
pub(super) struct Lock {
    path: PathBuf,
    /// `None` if the file system does not support locks.
    _file: Option<File>,
}

/// How long a build waits for another before it gives up.
const PATIENCE: Duration = Duration::from_secs(60);

/// How often it checks.
const EVERY: Duration = Duration::from_millis(50);

impl Lock {
    /// Waits until nobody else writes to `folder`, whose parent folder must exist.
    ///
    /// # Errors
    /// If someone keeps writing there for too long, or the system refuses.
    pub(super) fn wait(folder: &Path) -> Result<Self, Failure> {
        Self::wait_for(folder, PATIENCE)
    }

    fn wait_for(folder: &Path, patience: Duration) -> Result<Self, Failure> {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        let path = folder.with_file_name(format!(".{name}.backgrounder-lock"));
        let failed = || Failure::io(format!("{} can't be locked", path.display()));
        let mut waited = Duration::ZERO;
        loop {
            let mut options = File::options();
            let mut file = options.read(true).write(true).create(true).truncate(false).open(&path).map_err(failed())?;
            match file.try_lock() {
                Ok(()) if is_at(&file, &path) => {
                    // Tells others which process they are waiting for. If it can't be written, they wait anyway.
                    let _ = file.set_len(0).and_then(|()| write!(file, "{}", std::process::id()));
                    return Ok(Self { path, _file: Some(file) });
                }
                // The build that held the lock has deleted the file.
                Ok(()) => {}
                Err(TryLockError::WouldBlock) if waited < patience => {
                    std::thread::sleep(EVERY);
                    waited += EVERY;
                }
                Err(TryLockError::WouldBlock) => return Err(at_work(folder, &mut file)),
                Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => {
                    return Ok(Self { path, _file: None });
                }
                Err(TryLockError::Error(error)) => return Err(failed()(error)),
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // On other systems, nobody could tell that the file they locked is no longer the one at the path.
        if cfg!(unix) {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Whether `file` is still the file at `path`.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |there: fs::Metadata| (there.dev(), there.ino());
    file.metadata().is_ok_and(|own| fs::metadata(path).is_ok_and(|there| identity(there) == identity(own)))
}

#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}

/// The failure that someone else is writing to a folder.
fn at_work(folder: &Path, file: &mut File) -> Failure {
    let mut process = String::new();
    let _ = file.take(20).read_to_string(&mut process);
    let process = process.parse::<u32>().map_or_else(|_| String::new(), |process| format!(", process {process},"));
    Failure::Usage(format!("another build{process} is writing to {}: wait until it is done, or stop it", folder.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_waits_for_the_other() {
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join("site");
        let own = Lock::wait(&folder).unwrap();
        let refused = Lock::wait_for(&folder, EVERY).err().unwrap().to_string();
        let process = std::process::id();
        assert!(refused.contains(&format!("another build, process {process}, is writing to ")), "{refused}");
        assert!(Lock::wait_for(&parent.path().join("other"), Duration::ZERO).is_ok());
        let waits = std::thread::spawn({
            let folder = folder.clone();
            move || Lock::wait(&folder).is_ok()
        });
        std::thread::sleep(EVERY * 2);
        drop(own);
        assert!(waits.join().unwrap());
        let left = fs::read_dir(parent.path()).unwrap().count();
        assert_eq!(left, usize::from(!cfg!(unix)) * 2, "no file is left over");
    }
}
