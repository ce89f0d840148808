//! Corpora of earlier runs, kept below Cargo's target folder.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Instant;

use super::VERSION;

/// Where corpora are kept and sites are written: `bench-corpus` in Cargo's target folder.
pub fn home() -> io::Result<PathBuf> {
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let home = scratch.parent().unwrap_or(scratch).join("bench-corpus");
    fs::create_dir_all(&home)?;
    Ok(home)
}

/// The corpus of a size, from an earlier run if the version is the same.
pub fn corpus(home: &Path, name: &str, sections: usize, events: usize) -> io::Result<PathBuf> {
    let root = home.join(name);
    // Beside the corpus, not in it: the stamp isn't part of a site.
    let stamp = home.join(format!("{name}.stamp"));
    let wanted = format!("version {VERSION}, {sections} sections, {events} events\n");
    if fs::read_to_string(&stamp).is_ok_and(|have| have == wanted) {
        return Ok(root);
    }
    clear(&stamp)?;
    clear(&root)?;
    let begin = Instant::now();
    let figures = super::write(&root, sections, events)?;
    let (files, megabytes) = (figures.files, figures.bytes as f64 / 1e6);
    println!("wrote the corpus {}: {files} files, {megabytes:.1} MB, in {:.1?}", root.display(), begin.elapsed());
    fs::write(stamp, wanted)?;
    Ok(root)
}

/// Removes a file or folder; if there is none, that is fine.
pub fn clear(path: &Path) -> io::Result<()> {
    let removed = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    removed.or_else(|error| if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) })
}
