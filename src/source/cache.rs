//! Keeps what takes long to make in a folder beside the site's files, such as the sizes of pictures.
//!
//! A name says everything that went into its file, so nothing in the folder is ever out of date, and it can be deleted at
//! any time, kept between builds on a server, and used by several programs at once. What a program that was killed left
//! unfinished is removed by the next one.

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

/// The ending of a file that isn't finished.
const UNFINISHED: &str = "tmp";

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
    let beside = path.with_extension(format!("{}-{number}.{UNFINISHED}", std::process::id()));
    let mut file = fs::File::create(&beside)?;
    // Tells `tidy` in other programs that somebody is at work here. Where files can't be locked, it removes none.
    let _ = file.lock();
    let written = file.write_all(bytes).and_then(|()| file.write_all(Hash::of(bytes).to_string().as_bytes()));
    let done = written.and_then(|()| fs::rename(&beside, &path));
    drop(file);
    if done.is_err() {
        let _ = fs::remove_file(&beside);
    }
    done
}

/// Removes what writers that were killed left unfinished.
///
/// Their locks ended with them, and a live one's file is locked however long it takes. A file that is removed between the
/// moments when it is made and locked is only a picture that the next build makes again.
pub(super) fn tidy(root: &Path) {
    let root = root.join(FOLDER);
    for folder in std::iter::once(root.clone()).chain(below(&root, fs::FileType::is_dir)) {
        for path in below(&folder, fs::FileType::is_file).filter(|path| is_unfinished(path) && is_left(path)) {
            let _ = fs::remove_file(path);
        }
    }
}

/// What there is of one kind in a folder.
fn below(folder: &Path, is_wanted: fn(&fs::FileType) -> bool) -> impl Iterator<Item = PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter(move |entry| entry.file_type().is_ok_and(|kind| is_wanted(&kind))).map(|entry| entry.path())
}

/// Whether a file has a name that [`put`] gives one before it is finished: a process's number, and its own.
fn is_unfinished(path: &Path) -> bool {
    let writer = path.file_stem().and_then(|stem| Path::new(stem).extension()?.to_str()?.split_once('-'));
    let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
    path.extension().is_some_and(|ending| ending == UNFINISHED)
        && writer.is_some_and(|(process, number)| is_number(process) && is_number(number))
}

/// Whether nobody writes to a file anymore.
fn is_left(path: &Path) -> bool {
    fs::File::options().write(true).open(path).is_ok_and(|file| file.try_lock().is_ok())
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
    #[test]
    fn what_a_killed_program_left_is_removed_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        put(root, "a/b-360.webp", b"picture");
        let file = |name: &str| path(root, &format!("a/{name}"));
        for name in
            ["b-640.71-0.tmp", "b-reduced.71-1.tmp", "live.71-2.tmp", "notes.tmp", "b.71-x.tmp", "b.-1.tmp", "71-0.tmp"]
        {
            fs::write(file(name), b"half of a pict").unwrap();
        }
        fs::create_dir(file("folder.71-3.tmp")).unwrap();
        let cursor = path(root, "cursor.71-4.tmp");
        fs::write(&cursor, b"").unwrap();
        let live = fs::File::options().write(true).open(file("live.71-2.tmp")).unwrap();
        live.lock().unwrap();
        let names = || {
            let entries = fs::read_dir(root.join(FOLDER).join("a")).unwrap();
            let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
            names.sort();
            names
        };
        tidy(root);
        let others = ["71-0.tmp", "b-360.webp", "b.-1.tmp", "b.71-x.tmp", "folder.71-3.tmp", "live.71-2.tmp", "notes.tmp"];
        assert_eq!(names(), others);
        assert!(!cursor.exists());
        // Its writer was killed too.
        drop(live);
        tidy(root);
        assert_eq!(names(), others.into_iter().filter(|name| *name != "live.71-2.tmp").collect::<Vec<_>>());
        tidy(&root.join("nowhere"));
    }

    #[test]
    fn whoever_writes_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        put(root, "a/0", b"");
        let bytes = vec![7; 1 << 20];
        std::thread::scope(|scope| {
            let tidying = scope.spawn(|| (0..200).for_each(|_| tidy(root)));
            for _ in 0..20 {
                put(root, "a/b", &bytes);
                // Between making and locking it, a file may be lost; then the picture counts as not made.
                assert!(get(root, "a/b").is_none_or(|kept| kept == bytes));
            }
            tidying.join().unwrap();
        });
        put(root, "a/b", &bytes);
        assert_eq!(get(root, "a/b"), Some(bytes));
    }
}
