//! Links and pictures by address or path: where they lead.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::suggest::Asked;
use super::{HiddenIx, Linked, Model, PageIx, RecordIx};
use crate::base::accents::decomposed;
use crate::base::escape;
use crate::base::{FileId, Map};
use crate::diagnostics::{Code, code};
use crate::source::SourceTree;
use crate::source::kinds::markdown_stem;
use crate::syntax::pieces::{Use, is_external};

/// Where a link or picture leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// A place outside the site.
    External,
    /// A page of the site, and a heading on it.
    Page(PageIx, Option<Box<str>>),
    /// A heading of the same text, or the top of the page.
    Own(Box<str>),
    /// A file in the content folder, by its path from there.
    Media(Box<str>),
    /// An address of the site, from its root; checked on the finished pages.
    Root(Box<str>),
    /// A page that is kept out of this build.
    Hidden(HiddenIx),
    /// Nowhere; a diagnostic says so.
    Broken,
}

impl Model {
    /// The records whose texts, in any language, have addresses or blocks, in site order: only these show files, draw figures, or link to other
    /// sites. On a large site they are few, and whoever looks for such things need not look at all others.
    #[must_use]
    pub fn illustrated(&self) -> &[RecordIx] {
        let shows = |linked: Linked<'_>| !linked.pieces.addresses.is_empty() || linked.blocks().next().is_some();
        let has_any = |at: &RecordIx| {
            let variants = at.page().into_iter().flat_map(|at| &self[at].variants);
            shows(self.linked(*at)) || variants.into_iter().any(|(_, variant)| shows(variant.linked()))
        };
        self.illustrated.get_or_init(|| {
            let records: Vec<RecordIx> = self.records().collect();
            records.into_par_iter().filter(has_any).collect()
        })
    }

    /// The files that records show or link to, by their paths below the content folder, and whether one shows it.
    #[must_use]
    pub fn media(&self) -> BTreeMap<&str, bool> {
        let mut used = BTreeMap::new();
        for linked in self.illustrated().iter().map(|at| self.linked(*at)) {
            // Borders are drawn into pages, and nobody downloads them.
            let all = linked.pieces.addresses.iter().zip(linked.destinations);
            for (address, destination) in all.filter(|(address, _)| address.usage != Use::Base) {
                if let Some(path) = destination.media() {
                    *used.entry(path).or_default() |= address.usage.is_shown();
                }
            }
        }
        used
    }
}

impl Destination {
    /// The path of a file in the content folder, if it is one.
    #[must_use]
    pub fn media(&self) -> Option<&str> {
        match self {
            Self::Media(path) => Some(path),
            _ => None,
        }
    }
}

/// What it takes to say where an address leads.
pub struct Atlas<'a> {
    /// Pages by their path below the content folder.
    pub pages: &'a Map<String, PageIx>,
    /// Pages that are kept out of this build, by their path below the content folder.
    pub hidden: &'a Map<String, HiddenIx>,
    /// Other files, by their path from the root.
    pub media: &'a BTreeSet<String>,
    /// All of them whose names have letters beyond ASCII, with accents decomposed, by their path from the root.
    pub accented: &'a Map<String, String>,
    /// The content folder.
    pub content: &'a str,
}

/// Why an address leads nowhere.
#[derive(Debug, PartialEq, Eq)]
pub struct Lost {
    /// The rule that says so.
    pub code: Code,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// What was asked for, so that a suggestion can be made.
    pub(super) asked: Option<Asked>,
}

impl Lost {
    fn broken(message: String, help: Option<String>) -> Self {
        Self { code: code::BROKEN_LINK, message, help, asked: None }
    }

    fn outside(message: String, help: Option<&str>) -> Self {
        Self { code: code::OUTSIDE_SITE, message, help: help.map(str::to_owned), asked: None }
    }
}

/// Where `target` leads from the file at `path` (from the site's root).
///
/// # Errors
/// What is wrong and what to do, if the address leads nowhere.
pub fn resolve(target: &str, usage: Use, path: &str, atlas: &Atlas<'_>) -> Result<Destination, Lost> {
    if target.trim().is_empty() {
        // In Markdown this was reported when the file was parsed.
        return if matches!(usage, Use::Media | Use::Figure | Use::Data | Use::Base) {
            Err(Lost::broken("the path is missing".to_owned(), None))
        } else {
            Ok(Destination::Broken)
        };
    }
    if usage == Use::Link && is_external(target) {
        return Ok(Destination::External);
    }
    if usage != Use::Link && is_external(target) {
        let help = "save it in content/media/ and use its path, so that readers' browsers contact no other site";
        let what = match usage {
            Use::Data => "a file of figures",
            Use::Base => "a file with borders",
            Use::Figure => "a picture, film or document",
            _ => "a picture",
        };
        return Err(Lost::broken(format!("{what} must be a file in this site"), Some(help.to_owned())));
    }
    if let Some(anchor) = target.strip_prefix('#') {
        return Ok(Destination::Own(anchor.into()));
    }
    let (file, anchor) = target.split_once('#').map_or((target, None), |(file, anchor)| (file, Some(anchor)));
    if let Some(rooted) = file.strip_prefix('/') {
        if rooted.split('/').any(|part| part == "..") {
            return Err(Lost::outside(format!("`{target}` points outside the site"), None));
        }
        return Ok(Destination::Root(target.trim_start_matches('/').into()));
    }
    let folder = match usage {
        Use::Media | Use::Figure | Use::Data | Use::Base => atlas.content,
        Use::Link | Use::Picture if markdown_stem(path).is_some() => path.rsplit_once('/').map_or("", |(folder, _)| folder),
        Use::Link | Use::Picture => atlas.content,
    };
    let decoded = escape::percent_decoded(file);
    let Some(full) = join(folder, &decoded) else {
        return Err(Lost::outside(format!("`{target}` points outside the site"), Some("use a file inside the site")));
    };
    let Some(inside) = full.strip_prefix(atlas.content).and_then(|rest| rest.strip_prefix('/')) else {
        let message = format!("`{target}` points outside the content folder");
        return Err(Lost::outside(message, Some("put files that pages use in content/media/")));
    };
    if let Some(found) = at(inside, &full, anchor, atlas) {
        return Ok(found);
    }
    // Some systems decompose accents in file names and others don't, and people can't see the difference.
    let twin = (!full.is_ascii()).then(|| atlas.accented.get(&decomposed(&full))).flatten();
    if let Some(found) = twin.and_then(|twin| at(&twin[atlas.content.len() + 1..], twin, anchor, atlas)) {
        return Ok(found);
    }
    let lost = Lost::broken(format!("there is no file `{full}`"), without_scheme(target));
    let from = folder.strip_prefix(atlas.content).unwrap_or_default().trim_start_matches('/');
    let is_picture = usage != Use::Link;
    let asked = Asked::File { path: inside.into(), from: from.into(), is_picture };
    Err(Lost { asked: lost.help.is_none().then_some(asked), ..lost })
}

/// What is at a path below the content folder; `full` is the same path from the root.
fn at(inside: &str, full: &str, anchor: Option<&str>, atlas: &Atlas<'_>) -> Option<Destination> {
    if let Some(page) = atlas.pages.get(inside) {
        return Some(Destination::Page(*page, anchor.map(Into::into)));
    }
    if let Some(hidden) = atlas.hidden.get(inside) {
        return Some(Destination::Hidden(*hidden));
    }
    atlas.media.contains(full).then(|| Destination::Media(inside.into()))
}

/// What to write if an address lacks its scheme: `me@example.org`, `www.example.org`.
fn without_scheme(target: &str) -> Option<String> {
    let host = target.split(['/', '?', '#']).next().unwrap_or(target);
    let (before, domain) = host.rsplit_once('@').map_or(("", host), |(before, domain)| (before, domain));
    let last = domain.rsplit_once('.').map_or("", |(_, last)| last);
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-');
    let is_domain = last.len() >= 2 && last.chars().all(char::is_alphabetic) && domain.chars().all(is_name);
    if !is_domain || host.starts_with('.') {
        return None;
    }
    if !before.is_empty() && host.len() == target.len() {
        return Some(format!("for an email address, write `mailto:{target}`"));
    }
    let is_known = domain.starts_with("www.") || DOMAINS.contains(&last.to_ascii_lowercase().as_str());
    (before.is_empty() && is_known).then(|| format!("for a web address, write `https://{target}`"))
}

/// Top-level domains that are not file extensions too.
const DOMAINS: &[&str] =
    &["org", "com", "net", "gov", "edu", "int", "mil", "eu", "uk", "de", "fr", "es", "mx", "br", "ca", "au", "info", "news"];

/// The path of a file below the content folder, as a file in the folder `from` would write it.
pub(super) fn relative(from: &str, path: &str) -> String {
    let mut here: Vec<&str> = from.split('/').filter(|part| !part.is_empty()).collect();
    let mut there: Vec<&str> = path.split('/').collect();
    let shared = here.iter().zip(&there[..there.len() - 1]).take_while(|(a, b)| a == b).count();
    here.drain(..shared);
    there.drain(..shared);
    here.iter().map(|_| "..").chain(there).collect::<Vec<_>>().join("/")
}

/// The file that `path`, as an author writes it in a file of `folder`, means; one whose name has its accents written another
/// way is meant, too.
pub(super) fn media_at<'t>(tree: &'t SourceTree, folder: &str, path: &str) -> Option<&'t String> {
    let full = join(folder, &escape::percent_decoded(path))?;
    let twin = || tree.media.iter().find(|known| decomposed(known) == decomposed(&full));
    tree.media.get(&full).or_else(|| (!full.is_ascii()).then(twin).flatten())
}

/// The files of data that were read and that `is_readable` takes, by their paths below the content folder.
pub(super) fn read_data(tree: &SourceTree, is_readable: fn(&str) -> bool) -> impl Iterator<Item = (Box<str>, FileId)> {
    let below = |path: &String| path.strip_prefix(&tree.content).and_then(|rest| rest.strip_prefix('/')).map(Box::from);
    let readable = tree.data.iter().filter(move |(path, _)| is_readable(path));
    readable.filter_map(move |(path, file)| Some((below(path)?, *file)))
}

/// `folder` and `path` as one path, with `.` and `..` resolved; `None` if it leaves the root.
fn join(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn led(target: &str, usage: Use) -> Result<Destination, Lost> {
        let pages = Map::from_iter([("alliance.md".to_owned(), PageIx(3)), ("deep/cecot.md".to_owned(), PageIx(4))]);
        let media = BTreeSet::from(["content/media/a b.jpg".to_owned()]);
        let accented = Map::default();
        let atlas = Atlas { pages: &pages, hidden: &Map::default(), media: &media, accented: &accented, content: "content" };
        resolve(target, usage, "content/deep/cecot.md", &atlas)
    }

    #[test]
    fn follows_paths_inside_the_content_only() {
        assert_eq!(led("../alliance.md#x", Use::Link), Ok(Destination::Page(PageIx(3), Some("x".into()))));
        assert_eq!(led("./cecot.md", Use::Link), Ok(Destination::Page(PageIx(4), None)));
        assert_eq!(led("../media/a%20b.jpg", Use::Picture), Ok(Destination::Media("media/a b.jpg".into())));
        assert_eq!(led("media/a b.jpg", Use::Media), Ok(Destination::Media("media/a b.jpg".into())));
        assert_eq!(led("#here", Use::Link), Ok(Destination::Own("here".into())));
        assert_eq!(led("mailto:a@b.example", Use::Link), Ok(Destination::External));
        assert!(led("../../../etc/passwd", Use::Link).is_err());
        assert!(led("../../book.toml", Use::Link).is_err());
        assert!(led("%2e%2e/%2e%2e/%2e%2e/x", Use::Picture).is_err());
        assert!(led("https://a.example/x.jpg", Use::Picture).is_err());
        let asked = Asked::File { path: "aliance.md".into(), from: "deep".into(), is_picture: false };
        assert_eq!(led("../aliance.md", Use::Link).unwrap_err().asked, Some(asked));
        assert_eq!(relative("deep", "alliance.md"), "../alliance.md");
        assert_eq!(relative("deep/er", "deep/x.md"), "../x.md");
        assert_eq!(relative("", "media/a.png"), "media/a.png");
    }
}
