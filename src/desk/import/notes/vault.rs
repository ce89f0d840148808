//! Finds the files of a folder that links mean.

use std::collections::BTreeSet;

use super::Folder;
use crate::base::escape::percent_decoded;
use crate::base::slug::slug;
use crate::source::kinds::{ending, markdown_stem};

/// The page that a file becomes.
pub(super) struct Page {
    /// The file's path, relative to the base.
    pub(super) path: String,
    pub(super) id: String,
    pub(super) title: String,
    /// Its other names.
    pub(super) others: Vec<String>,
    /// Whether it doesn't exist yet.
    pub(super) is_new: bool,
}

/// All pages and files.
pub(super) struct Vault {
    base: String,
    pub(super) pages: Vec<Page>,
    files: BTreeSet<String>,
}

/// The target of a link.
pub(super) enum Target<'v> {
    Page(&'v Page),
    /// A file: its path, and its new path in the content.
    File(String, String),
}

/// The subfolder with the pages, ending with a slash: most tools keep pages apart from settings and themes.
pub(super) fn base(folder: &Folder) -> String {
    let has = |path: &str| folder.notes.iter().map(|(known, _)| known).chain(&folder.others).any(|known| known == path);
    let is_below = |start: &str| folder.notes.iter().any(|(path, _)| path.starts_with(start));
    if has("src/SUMMARY.md") {
        return "src/".to_owned();
    }
    let settings = ["config.toml", "hugo.toml", "zola.toml", "config.yaml", "hugo.yaml", "config.json", "hugo.json"];
    if is_below("content/") && settings.iter().any(|name| has(name)) {
        return "content/".to_owned();
    }
    String::new()
}

impl Vault {
    pub(super) fn new(base: String, others: &[String]) -> Self {
        Self { base, pages: Vec::new(), files: others.iter().cloned().collect() }
    }

    /// What a path means in a link of the file at `from`.
    pub(super) fn at(&self, from: &str, target: &str) -> Option<Target<'_>> {
        let decoded = percent_decoded(target);
        let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
        for target in [target, &decoded] {
            let target = target.strip_prefix("@/").map_or_else(|| target.to_owned(), |path| format!("/{path}"));
            let path = match target.strip_prefix('/') {
                Some(path) => normal("", path),
                None => normal(folder, &target),
            };
            let Some(path) = path else { continue };
            if let Some(page) = self.page(&path) {
                return Some(Target::Page(page));
            }
            if let Some(found) = self.file(&path) {
                return Some(found);
            }
        }
        None
    }

    /// The page at a path, which may be its file's path or the address that its tool gives it.
    fn page(&self, path: &str) -> Option<&Page> {
        let bare = path.trim_end_matches('/').trim_end_matches(".html");
        let stem = |path: &str| {
            let stem = markdown_stem(path)?;
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            let is_index = super::is_index(stem);
            Some(match (is_index, folder) {
                (true, folder) => folder.to_owned(),
                (false, "") => stem.to_owned(),
                (false, folder) => format!("{folder}/{stem}"),
            })
        };
        let wanted = stem(bare)
            .unwrap_or_else(|| bare.strip_suffix("/index").unwrap_or(if bare == "index" { "" } else { bare }).to_owned());
        let is_it = |page: &&Page| stem(&page.path).is_some_and(|known| known.eq_ignore_ascii_case(&wanted));
        self.pages.iter().find(|page| page.path == path).or_else(|| self.pages.iter().find(is_it))
    }

    fn file(&self, path: &str) -> Option<Target<'_>> {
        let places = [
            format!("{}{path}", self.base),
            path.to_owned(),
            format!("static/{path}"),
            format!("public/{path}"),
            format!("assets/{path}"),
        ];
        let from = places.into_iter().find(|place| self.files.contains(place))?;
        Some(self.placed(from))
    }

    fn placed(&self, from: String) -> Target<'_> {
        let inner = ["static/", "public/", "assets/"].iter().find_map(|start| from.strip_prefix(start));
        let inner = inner.or_else(|| from.strip_prefix(&*self.base)).unwrap_or(&from);
        let (stem, kind) = inner.rsplit_once('.').unwrap_or((inner, ""));
        let kind = if kind.is_empty() { String::new() } else { format!(".{}", ending(inner)) };
        let parts: Vec<String> =
            stem.split('/').filter(|part| *part != "media").map(slug).filter(|part| !part.is_empty()).collect();
        let to = format!("media/{}{kind}", parts.join("/"));
        Target::File(from, to)
    }

    /// What a note's link means: a path, file name, title or other name.
    pub(super) fn named(&self, from: &str, words: &str) -> Option<Target<'_>> {
        let words = words.trim();
        if words.contains('/')
            && let Some(found) = self.at("", words).or_else(|| self.at(from, words))
        {
            return Some(found);
        }
        let is_named = |page: &&Page| {
            let stem = markdown_stem(&page.path).unwrap_or(&page.path);
            let titles = page.others.iter().map(String::as_str).chain([stem, &page.title]);
            titles.map(str::to_lowercase).any(|title| title == words.to_lowercase())
        };
        if let Some(page) = self.pages.iter().find(is_named) {
            return Some(Target::Page(page));
        }
        // Pictures are linked without their folder.
        let file =
            self.files.iter().find(|path| path.rsplit('/').next().is_some_and(|name| name == words) || *path == words)?;
        Some(self.placed(file.clone()))
    }
}

/// A path resolved from a folder, without `.` and `..`; `None` if it leads outside.
fn normal(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => _ = parts.pop()?,
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}
