//! Checks the links of finished pages: what each page links to, and what anchors it has.
//!
//! It reads the bytes of the page, so that templates and redirects are checked like prose.
//!
//! Addresses and anchors are kept as hashes: a large site has millions of them, and the only question is whether one
//! exists. For the few that are broken, the page is read again to find the address.

mod attributes;

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::Arc;

use attributes::{Found, each};
use rayon::prelude::*;

use crate::base::{escape, exact};
use crate::diagnostics::{Diagnostic, code};
use crate::model::address::{INDEX, ROOT};

/// A 64-bit hash of a path, or of a path and an anchor.
pub type Key = u64;

/// What a finished page links to, and which anchors it has.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Links {
    /// Files that it links to.
    files: Box<[Key]>,
    /// Anchors that it links to: the hash of the file, and the hash of file and anchor.
    anchors: Box<[(Key, Key)]>,
    /// Its own anchors, sorted.
    ids: Box<[Key]>,
}

/// Fixed seeds. Nothing hashed here comes from a stranger.
const HASHER: ahash::RandomState = ahash::RandomState::with_seeds(11, 23, 47, 95);

/// Uses a [`Key`] as its own hash, since it is one.
#[derive(Default)]
struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = HASHER.hash_one(bytes);
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

fn key(path: &str) -> Key {
    HASHER.hash_one(path.strip_suffix("index.html").unwrap_or(path))
}

fn with_anchor(file: Key, anchor: &str) -> Key {
    file.rotate_left(17) ^ HASHER.hash_one(anchor)
}

/// Reads the page at `path` of the output; `base_path` is where the site lives on its host. It makes no difference whether
/// address placeholders have been filled in yet.
#[must_use]
pub fn read(path: &str, bytes: &[u8], base_path: &str) -> Links {
    let (mut files, mut anchors, mut ids) = (Vec::new(), Vec::new(), Vec::new());
    let up = "../".repeat(path.matches('/').count());
    let own = key(path);
    let is_anchor = |anchor: &str| !anchor.is_empty() && anchor != "top";
    each(bytes, &mut |found| match found {
        Found::Id(id) => ids.push(with_anchor(own, id)),
        Found::Link(address) => {
            if let Some(anchor) = address.strip_prefix('#') {
                if is_anchor(anchor) {
                    anchors.push((own, with_anchor(own, anchor)));
                }
            } else if let Some((folder, anchor)) = straight(address, &up) {
                let file = key(folder);
                files.push(file);
                if is_anchor(anchor) {
                    anchors.push((file, with_anchor(file, anchor)));
                }
            } else if !leads_out(address)
                && let Some((file, anchor)) = follow(path, &placed(address, &up), base_path)
            {
                let file = key(&file);
                files.push(file);
                if let Some(anchor) = anchor.filter(|anchor| is_anchor(anchor)) {
                    anchors.push((file, with_anchor(file, anchor)));
                }
            }
        }
    });
    files.sort_unstable();
    files.dedup();
    // Pages often link to one anchor twice: what is kept of a large site is kept once.
    anchors.sort_unstable();
    anchors.dedup();
    ids.sort_unstable();
    Links { files: exact(files).into(), anchors: exact(anchors).into(), ids: exact(ids).into() }
}

/// Whether an address is of another site, as can be seen from its beginning. False may be wrong.
fn leads_out(address: &str) -> bool {
    ["https://", "http://", "mailto:", "data:"].iter().any(|scheme| address.starts_with(scheme))
}

/// Bytes that mean themselves in an address. A period does too unless it is the first after a slash.
const PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut b = 0;
    while b < 128 {
        plain[b] = (b as u8).is_ascii_alphanumeric() || matches!(b as u8, b'-' | b'_' | b'/' | b'.');
        b += 1;
    }
    plain
};

/// Handles addresses that go straight up to the root and down again, as ours do: returns the part after the root, and the
/// anchor. For most links of a page, that gives the file without any further work.
fn straight<'a>(address: &'a str, up: &str) -> Option<(&'a str, &'a str)> {
    let up = if up.is_empty() { "./" } else { up };
    let rest = address.strip_prefix(ROOT).or_else(|| address.strip_prefix(up))?;
    let (folder, anchor) = match memchr::memchr(b'#', rest.as_bytes()) {
        Some(at) => (&rest[..at], &rest[at + 1..]),
        None => (rest, ""),
    };
    let folder = folder.strip_suffix(INDEX).unwrap_or(folder);
    let mut before = b'/';
    let is_plain = folder.bytes().all(|b| {
        let is_odd = before == b'/' && matches!(b, b'/' | b'.');
        before = b;
        PLAIN[usize::from(b)] && !is_odd
    });
    is_plain.then_some((folder, anchor))
}

/// An address with its placeholders filled in, if it has any.
fn placed<'a>(address: &'a str, up: &str) -> Cow<'a, str> {
    match address.strip_prefix(ROOT) {
        Some(rest) => format!("{}{}", if up.is_empty() { "./" } else { up }, rest.replace(INDEX, "")).into(),
        None => address.into(),
    }
}

/// A file's path, and what it links to if it is a page.
pub type File<'p> = (&'p str, Option<Arc<Links>>);

/// The paths of a site's files, as hashes.
#[derive(Debug, Default)]
struct Paths {
    /// In the order of the files.
    keys: Vec<Key>,
    /// Where in that order each is.
    places: HashMap<Key, usize, BuildHasherDefault<AsIs>>,
}

impl Paths {
    fn of(keys: Vec<Key>) -> Self {
        Self { places: keys.iter().enumerate().map(|(at, key)| (*key, at)).collect(), keys }
    }
}

/// The result of checking all links, for use by the next check: if everything that could be linked to still exists, pages
/// whose links have not changed need no second look.
#[derive(Debug, Default)]
pub struct Checked {
    paths: Arc<Paths>,
    /// The links of each file, if it is a page.
    links: Vec<Option<Arc<Links>>>,
    /// Pages with broken links, sorted.
    unsound: Vec<Key>,
}

impl Checked {
    /// What there is now, before any link is checked. Paths that are what they were in `before` are kept from there.
    fn of(files: &[File<'_>], before: &Self) -> Self {
        let keys: Vec<Key> = files.par_iter().map(|(path, _)| key(path)).collect();
        let paths = if keys == before.paths.keys { before.paths.clone() } else { Arc::new(Paths::of(keys)) };
        Self { paths, links: files.iter().map(|(_, links)| links.clone()).collect(), unsound: Vec::new() }
    }

    /// The links of the file with this hash, which was at `place` in `other`; `None` if there is no such file.
    fn counterpart(&self, key: Key, place: usize, other: &Self) -> Option<&Option<Arc<Links>>> {
        let is_there = Arc::ptr_eq(&self.paths, &other.paths);
        self.links.get(if is_there { place } else { *self.paths.places.get(&key)? })
    }

    /// Whether there is such a file, with such an anchor. What follows `#` behind a file that isn't a page, such as a document's
    /// page, is for whoever opens it.
    fn has(&self, file: Key, anchor: Key) -> bool {
        let links = self.paths.places.get(&file).map(|at| &self.links[*at]);
        links.is_some_and(|links| links.as_ref().is_none_or(|links| links.ids.binary_search(&anchor).is_ok()))
    }

    /// Whether all of these links lead somewhere.
    fn is_sound(&self, links: &Links) -> bool {
        links.files.iter().all(|file| self.paths.places.contains_key(file))
            && links.anchors.iter().all(|(file, anchor)| self.has(*file, *anchor))
    }

    /// Whether everything that could be linked to still exists `now`.
    fn is_all_in(&self, now: &Self) -> bool {
        let files = self.paths.keys.par_iter().zip(&self.links).enumerate();
        files.all(|(at, (key, before))| match (before, now.counterpart(*key, at, self)) {
            (_, None) | (Some(_), Some(None)) => false,
            (None, Some(_)) => true,
            (Some(before), Some(Some(now))) => {
                Arc::ptr_eq(before, now) || before.ids.iter().all(|id| now.ids.binary_search(id).is_ok())
            }
        })
    }

    /// Whether a page, which is at `place` in `now`, had no broken links and its links have not changed.
    fn was_sound(&self, page: Key, place: usize, links: &Arc<Links>, now: &Self) -> bool {
        let before = self.counterpart(page, place, now).and_then(Option::as_ref);
        before.is_some_and(|before| Arc::ptr_eq(before, links)) && self.unsound.binary_search(&page).is_err()
    }
}

/// A broken link on a finished page.
pub struct Broken<'p> {
    /// The page's path.
    pub page: &'p str,
    /// The address as written on the page.
    pub address: String,
    /// What is wrong with it.
    pub finding: Diagnostic,
}

/// Checks every page's links against all files and anchors, and returns the broken ones, each with its page. `files` are all
/// files, in any order that stays; `page` returns a page's bytes again, to find the broken
/// addresses; `before` is the result of the last check. It never changes the findings.
pub fn check<'p>(
    files: &[File<'p>],
    base_path: &str,
    page: &dyn Fn(&str) -> Option<Vec<u8>>,
    before: &Checked,
) -> (Vec<Broken<'p>>, Checked) {
    let mut now = Checked::of(files, before);
    // A page that is new is always checked.
    let is_kept = !before.links.is_empty() && before.is_all_in(&now);
    let is_broken = |(at, (key, (path, links))): (usize, (&Key, &File<'p>))| {
        let links = links.as_ref()?;
        let is_known = is_kept && before.was_sound(*key, at, links, &now);
        (!is_known && !now.is_sound(links)).then_some(*path)
    };
    let unsound: Vec<&'p str> = now.paths.keys.par_iter().zip(files).enumerate().filter_map(is_broken).collect();
    let mut diagnostics = Vec::new();
    for path in unsound.iter().copied() {
        let Some(bytes) = page(path) else { continue };
        each(&bytes, &mut |found| {
            let Found::Link(address) = found else { return };
            let Some((file, anchor)) = follow(path, address, base_path) else { return };
            let target = key(&file);
            let lacks =
                |anchor: &str| !anchor.is_empty() && anchor != "top" && !now.has(target, with_anchor(target, anchor));
            let why = if !now.paths.places.contains_key(&target) {
                format!("there is no file /{file}")
            } else if anchor.is_some_and(lacks) {
                "that page has no such anchor".to_owned()
            } else {
                return;
            };
            let message = format!("the finished page /{path} links to `{address}`, but {why}");
            let help = "fix this link in the template or text it comes from";
            let finding = Diagnostic::placeless(code::BROKEN_LINK, message).help(help);
            diagnostics.push(Broken { page: path, address: address.to_owned(), finding });
        });
    }
    now.unsound = unsound.into_iter().map(key).collect();
    now.unsound.sort_unstable();
    (diagnostics, now)
}

/// The file and anchor that an address on the page at `path` leads to; `None` if it leads off the site.
fn follow<'a>(path: &str, address: &'a str, base_path: &str) -> Option<(String, Option<&'a str>)> {
    let address = address.trim();
    let (target, anchor) = address.split_once('#').map_or((address, None), |(target, anchor)| (target, Some(anchor)));
    let target = target.split('?').next().unwrap_or(target);
    if target.is_empty() {
        return Some((path.to_owned(), anchor));
    }
    if target.starts_with("//") || target.find(':').is_some_and(|colon| !target[..colon].contains('/')) {
        return None;
    }
    let mut parts: Vec<&str> = Vec::new();
    let rest = match target.strip_prefix('/') {
        // An address that climbs above the site's path is kept as it is, and then not found.
        Some(_) => match target.strip_prefix(base_path) {
            Some(rest) => rest,
            None => return Some((target.to_owned(), anchor)),
        },
        None => {
            parts.extend(path.split('/'));
            parts.pop();
            target
        }
    };
    for part in rest.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let mut file = escape::percent_decoded(&parts.join("/"));
    if file.is_empty() || file.ends_with('/') || rest.ends_with("..") || rest == "." {
        if !file.is_empty() && !file.ends_with('/') {
            file.push('/');
        }
        file.push_str("index.html");
    }
    Some((file, anchor))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_straight_way_leads_where_the_long_one_does() {
        for (path, address) in [
            ("events/x/index.html", "../../a/b/#c"),
            ("events/x/index.html", "../../"),
            ("index.html", "./a/#b"),
            ("a/index.html", "../events/x/"),
            ("a/index.html", "#here"),
            ("a/index.html", "../media/a%20b.jpg"),
            ("a/index.html", "../assets/look.1f.css"),
            ("a/index.html", "../.well-known/x"),
            ("a/index.html", "../b/../c/"),
            ("a/index.html", "../b/./c.html"),
        ] {
            let page = format!("<a href=\"{address}\">");
            let got = read(path, page.as_bytes(), "/");
            let (file, anchor) = follow(path, address, "/").unwrap();
            assert!(got.files.is_empty() && address.starts_with('#') || *got.files == [key(&file)], "{address}");
            let wanted = anchor.map(|anchor| (key(&file), with_anchor(key(&file), anchor)));
            assert_eq!(*got.anchors, *wanted.into_iter().collect::<Vec<_>>(), "{address}");
        }
    }

    #[test]
    fn place_holders_lead_where_their_addresses_do() {
        for (path, up) in [("index.html", "./"), ("a/index.html", "../"), ("events/x/index.html", "../../")] {
            for rest in ["", "a/b/", "media/a%20b.jpg?x", "feed.xml"] {
                for anchor in ["", "#c"] {
                    let index = if rest.ends_with('/') || rest.is_empty() { INDEX.to_string() } else { String::new() };
                    let read = |address: String| read(path, format!("<a href=\"{address}\">").as_bytes(), "/");
                    let (bare, placed) = (format!("{ROOT}{rest}{index}{anchor}"), format!("{up}{rest}{anchor}"));
                    assert_eq!(read(bare), read(placed.clone()), "{placed} on {path}");
                }
            }
        }
    }

    #[test]
    fn follows_as_a_browser_does() {
        let at = |address| {
            follow("events/x/index.html", address, "/base/").map(|(file, anchor)| (file, anchor.map(str::to_owned)))
        };
        let file = |path: &str| Some((path.to_owned(), None));
        assert_eq!(at("../../"), file("index.html"));
        assert_eq!(at("../../a/"), file("a/index.html"));
        assert_eq!(at(".."), file("events/index.html"));
        assert_eq!(at("#y"), Some(("events/x/index.html".to_owned(), Some("y".to_owned()))));
        assert_eq!(at("/base/a/#b"), Some(("a/index.html".to_owned(), Some("b".to_owned()))));
        assert_eq!(at("/elsewhere/"), file("/elsewhere/"));
        assert_eq!(at("../../media/a%20b.jpg?x"), file("media/a b.jpg"));
        assert_eq!(at("https://a.example/"), None);
        assert_eq!(at("mailto:a@b"), None);
    }
}
