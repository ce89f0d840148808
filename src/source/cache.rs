//! Keeps what takes long to make in a folder beside the site's files, such as the sizes of pictures.
//!
//! A name says everything that went into its file, so nothing in the folder is ever out of date, and it can be deleted at
//! any time, kept between builds on a server, and used by several programs at once.

#![expect(clippy::disallowed_methods, reason = "this is where results are kept on disk between builds")]

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use crate::base::Hash;

/// The folder, in that of the site. Its name begins with a dot, so nothing in it is content.
pub const FOLDER: &str = ".backgrounder-cache";

/// What tells people and backup programs that they need not keep it: see <https://bford.info/cachedir/>.
const TAG: &str = "Signature: 8a477f597d28d172789f06886806bc55\n# Made by backgrounder; it can be deleted at any time.\n";

/// How many hexadecimal digits a hash has.
const DIGITS: usize = 32;

/// Tells the files apart that one process writes at the same time.
static NUMBER: AtomicU64 = AtomicU64::new(0);

/// What was kept under a name. A file that isn't what was written, because the disk was full or the power failed, counts as
/// missing.
pub(super) fn get(root: &Path, name: &str) -> Option<Vec<u8>> {
    let mut bytes = fs::read(path(root, name)).ok()?;
    let hash = bytes.split_off(bytes.len().checked_sub(DIGITS)?);
    (Hash::of(&bytes).to_string().as_bytes() == hash).then_some(bytes)
}

/// Keeps something under a name, whole or not at all.
pub(super) fn put(root: &Path, name: &str, bytes: &[u8]) {
    // What can't be kept is made again next time.
    let _ = try_put(root, name, bytes);
}

fn try_put(root: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let path = path(root, name);
    let folder = path.parent().unwrap_or(root);
    if !folder.exists() {
        fs::create_dir_all(folder)?;
        fs::write(root.join(FOLDER).join("CACHEDIR.TAG"), TAG)?;
        fs::write(root.join(FOLDER).join(".gitignore"), "*\n")?;
    }
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let beside = path.with_extension(format!("{}-{number}.tmp", std::process::id()));
    let mut file = fs::File::create(&beside)?;
    let written = file.write_all(bytes).and_then(|()| file.write_all(Hash::of(bytes).to_string().as_bytes()));
    drop(file);
    let done = written.and_then(|()| fs::rename(&beside, &path));
    if done.is_err() {
        let _ = fs::remove_file(&beside);
    }
    done
}

/// The state of a file: another text whenever it may have changed. Whoever sets a file's time back doesn't set back the
/// time of that, which systems other than Windows keep too.
pub(super) fn stamp(path: &Path) -> Option<String> {
    let there = fs::metadata(path).ok()?;
    let changed = there.modified().ok()?;
    #[cfg(unix)]
    let own = {
        use std::os::unix::fs::MetadataExt as _;
        (there.ino(), there.ctime(), there.ctime_nsec())
    };
    #[cfg(not(unix))]
    let own = ();
    Some(format!("{} {changed:?} {own:?}", there.len()))
}

fn path(root: &Path, name: &str) -> PathBuf {
    root.join(FOLDER).join(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_found_until_it_is_damaged_or_deleted() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        assert_eq!(get(root, "a/b.webp"), None);
        put(root, "a/b.webp", b"picture");
        assert_eq!(get(root, "a/b.webp").as_deref(), Some(&b"picture"[..]));
        put(root, "a/b.webp", b"");
        assert_eq!(get(root, "a/b.webp").as_deref(), Some(&b""[..]));
        let file = path(root, "a/b.webp");
        for damage in [&b""[..], b"picture", b"00000000000000000000000000000000"] {
            fs::write(&file, damage).unwrap();
            assert_eq!(get(root, "a/b.webp"), None);
        }
        put(root, "a/b.webp", b"again");
        assert_eq!(get(root, "a/b.webp").as_deref(), Some(&b"again"[..]));
        let names: Vec<_> = fs::read_dir(file.parent().unwrap()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(names, ["b.webp"], "nothing is left beside it");
        fs::remove_dir_all(root.join(FOLDER)).unwrap();
        put(root, "a/b.webp", b"anew");
        assert_eq!(get(root, "a/b.webp").as_deref(), Some(&b"anew"[..]));
    }
}
