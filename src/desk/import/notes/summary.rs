//! The table of contents of an mdBook: its files, in order, and their parts.

use super::{Folder, Foreign, Reading, within};

/// The chapters in order, each with its path and its part.
#[derive(Debug, Default)]
pub(super) struct Contents {
    chapters: Option<Vec<(String, String)>>,
}

impl Contents {
    /// The number of a chapter and its part, and whether the file is listed at all. Without a table of contents, every file
    /// counts as listed.
    pub(super) fn place(&self, path: &str) -> (Option<(usize, &str)>, bool) {
        let Some(chapters) = &self.chapters else { return (None, true) };
        let at = chapters.iter().position(|(known, _)| known == path);
        (at.map(|at| (at + 1, chapters[at].1.as_str())), at.is_some())
    }
}

/// Whether a file is the table of contents.
pub(super) fn is_it(path: &str) -> bool {
    path == "SUMMARY.md"
}

pub(super) fn read(folder: &Folder, base: &str, foreign: &Foreign, out: &mut Reading) -> Contents {
    let Some((_, file)) = folder.notes.iter().find(|(path, _)| path.strip_prefix(base).is_some_and(is_it)) else {
        return Contents::default();
    };
    let text = foreign.file(*file).1;
    let (mut chapters, mut part, mut at) = (Vec::new(), String::new(), 0);
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let words = line.trim();
        if let Some(title) = words.strip_prefix("# ") {
            // The first heading is the file's own.
            if !chapters.is_empty() || !title.trim().eq_ignore_ascii_case("summary") {
                title.trim().clone_into(&mut part);
            }
            continue;
        }
        let Some((name, target)) =
            words.split_once("](").and_then(|(name, rest)| Some((name.rsplit_once('[')?.1, rest.split_once(')')?.0)))
        else {
            continue;
        };
        if target.is_empty() {
            let what = format!("the chapter “{name}” has no file yet");
            out.lost(
                within(*file, start..start + line.trim_end().len()),
                what,
                "add it with `backgrounder new section`, as a draft",
            );
            continue;
        }
        let target = target.trim_start_matches("./");
        let target = target.split('#').next().unwrap_or(target).to_owned();
        if !chapters.iter().any(|(known, _)| *known == target) {
            chapters.push((target, part.clone()));
        }
    }
    Contents { chapters: Some(chapters) }
}
