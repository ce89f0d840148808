//! Writes changes that come from a browser: only to files of content inside the content folder, and to the settings.

use std::path::Path;

use crate::desk::form::settings::PATH;
use crate::desk::{Changes, Contents};
use crate::source::ContentKind;
use crate::source::kinds::{FileUse, file_use};

/// Why changes weren't written.
#[derive(Debug)]
pub enum NotWritten {
    /// A path leads where nothing may be written.
    Outside(String),
    /// A file isn't what it was when the change was planned, or the system refuses.
    Failed(String),
}

/// Writes changes, each file completely or not at all.
///
/// # Errors
/// If a file is neither in the content folder nor `book.toml`: then nothing is written. If a file was changed in the meantime, or can't be written.
pub fn write(root: &Path, content: &str, changes: &Changes) -> Result<(), NotWritten> {
    for file in changes.contents() {
        if !is_settings(root, &file) && kind_of(root, content, &file.path).is_none() {
            return Err(NotWritten::Outside(file.path));
        }
    }
    changes.perform(root).map_err(|failure| NotWritten::Failed(failure.to_string()))
}

/// Whether a change is one of the site's own settings, which stay where they are.
fn is_settings(root: &Path, file: &Contents) -> bool {
    file.path == PATH
        && file.before.is_some()
        && file.after.is_some()
        && root.join(PATH).canonicalize().is_ok_and(|real| real.starts_with(root))
}

/// The kind of records that a file of content has, whether it exists or not. `None` if it isn't one, or if its path leads outside
/// the content folder, as written or by a link.
#[must_use]
pub fn kind_of(root: &Path, content: &str, path: &str) -> Option<ContentKind> {
    let below = match content {
        "" | "." => path,
        folder => path.strip_prefix(folder)?.strip_prefix('/')?,
    };
    let is_plain = |part: &str| {
        !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', ':']) && !part.contains(char::is_control)
    };
    if !below.split('/').all(is_plain) {
        return None;
    }
    let FileUse::Content(kind) = file_use(below) else { return None };
    let home = root.join(content).canonicalize().ok().filter(|home| home.starts_with(root))?;
    let full = root.join(path);
    // A link that leads nowhere has no real path; writing through it would make a file out there.
    if full.is_symlink() && !full.exists() {
        return None;
    }
    // A new file is where its folder is, or where the closest folder above that is.
    let real = full.ancestors().find_map(|part| part.canonicalize().ok())?;
    real.starts_with(&home).then_some(kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_content_may_be_written() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        std::fs::create_dir_all(root.join("content/events")).unwrap();
        std::fs::create_dir_all(root.join("templates")).unwrap();
        for good in ["content/events/all.yaml", "content/a.md", "content/events/new.md", "content/claims/x/y.yaml"] {
            assert!(kind_of(&root, "content", good).is_some(), "{good}");
        }
        let bad = [
            "book.toml",
            "a.md",
            "content",
            "content/",
            "content/../a.md",
            "content/events/../../a.md",
            "content/./a.md",
            "content//a.md",
            "/content/a.md",
            "content/.git/a.md",
            "content/.a.md",
            "content/a.txt",
            "content/pictures/a.yaml",
            "Content/a.md",
            "contents/a.md",
            "content/events\\..\\..\\a.md",
            "content/c:/a.md",
            "content/a.md:stream.md",
            "content/a\0.md",
            "templates/a.md",
            "",
        ];
        for bad in bad {
            assert!(kind_of(&root, "content", bad).is_none(), "{bad}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_do_not_lead_outside() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        std::fs::create_dir_all(root.join("content/events")).unwrap();
        std::fs::create_dir_all(root.join("outside")).unwrap();
        std::fs::write(root.join("outside/real.md"), "x").unwrap();
        std::fs::write(root.join("content/real.md"), "x").unwrap();
        symlink("../outside/real.md", root.join("content/link.md")).unwrap();
        symlink("../outside/none.md", root.join("content/none.md")).unwrap();
        symlink("../outside", root.join("content/claims")).unwrap();
        symlink("real.md", root.join("content/inside.md")).unwrap();
        for bad in ["content/link.md", "content/none.md", "content/claims/a.md", "content/claims/deep/a.md"] {
            assert!(kind_of(&root, "content", bad).is_none(), "{bad}");
        }
        assert!(kind_of(&root, "content", "content/inside.md").is_some());
        let outside = tempfile::tempdir().unwrap();
        symlink(outside.path(), root.join("linked")).unwrap();
        assert!(kind_of(&root, "linked", "linked/a.md").is_none());
    }
}
