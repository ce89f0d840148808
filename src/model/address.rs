//! The address of everything.
//!
//! An address in a page carries two placeholders that no author's text can contain: [`ROOT`] for the path from the page
//! to the site's root, and [`INDEX`] after a folder. So a fragment is the same on every page, and only finished pages
//! get real addresses (`output::relativize`).

use crate::base::escape;

use super::{EntityIx, EventIx, Link, Model, PageIx, RecordIx, Role, SourceIx};

/// Stands for the path to the site's root.
pub const ROOT: char = '\u{1}';
/// Stands for `index.html` in a site that is read without a server, and for nothing otherwise.
pub const INDEX: char = '\u{2}';

/// The address of the site's folder `path`, such as `events/x`, with placeholders. An empty path is the root.
#[must_use]
pub fn folder(path: &str) -> String {
    let mut out = String::with_capacity(path.len() + 3);
    write_folder(&mut out, "", path);
    out
}

/// Appends the address of the folder `path` within `folder`, which is empty or ends in a slash.
fn write_folder(out: &mut String, folder: &str, path: &str) {
    out.push(ROOT);
    out.push_str(folder);
    out.push_str(path);
    if !path.is_empty() {
        out.push('/');
    }
    out.push(INDEX);
}

/// The address of a file of the site.
#[must_use]
pub fn file(path: &str) -> String {
    format!("{ROOT}{path}")
}

/// An address that an author wrote from the site's root, with its anchor or query, safe to put in an attribute.
#[must_use]
pub fn rooted(written: &str) -> String {
    let (path, rest) = written.split_at(written.find(['#', '?']).unwrap_or(written.len()));
    let mut out = String::from(ROOT);
    escape::html(&mut out, path);
    // A folder's page has to be named where no server looks for it.
    if path.is_empty() || path.ends_with('/') {
        out.push(INDEX);
    }
    escape::html(&mut out, rest);
    out
}

/// The file of the page in a folder: `events/x` becomes `events/x/index.html`. An empty path is the root.
#[must_use]
pub fn file_of(path: &str) -> String {
    if path.is_empty() { "index.html".to_owned() } else { [path, "/index.html"].concat() }
}

/// `text` with its placeholders replaced by absolute addresses, on the site at `base`, which has no trailing slash.
#[must_use]
pub fn absolute(base: &str, text: &str) -> String {
    let mut out = String::with_capacity(text.len() + base.len() + 8);
    for c in text.chars() {
        match c {
            ROOT => {
                out.push_str(base);
                out.push('/');
            }
            INDEX => {}
            c => out.push(c),
        }
    }
    out
}

/// The anchor of a month or a year on the site's timeline: `month--2025-04`, `month--2025`.
#[must_use]
pub fn month_anchor(year: i32, month: Option<u8>) -> String {
    match month {
        Some(month) => format!("month--{year:04}-{month:02}"),
        None => format!("month--{year:04}"),
    }
}

impl Model {
    /// The path of a page's folder: `alliance`; empty for the front page.
    #[must_use]
    pub fn page_path(&self, page: PageIx) -> &str {
        let page = &self[page];
        if page.role == Role::Front { "" } else { page.item.id() }
    }

    /// The path of an event's folder.
    #[must_use]
    pub fn event_path(&self, event: EventIx) -> String {
        self.path_of(RecordIx::Event(event))
    }

    /// The path of an entity's folder.
    #[must_use]
    pub fn entity_path(&self, entity: EntityIx) -> String {
        self.path_of(RecordIx::Entity(entity))
    }

    /// The path of a source's folder.
    #[must_use]
    pub fn source_path(&self, source: SourceIx) -> String {
        self.path_of(RecordIx::Source(source))
    }

    /// The path of the folder of the page that a record is on: `events/x`; empty for the front page.
    #[must_use]
    pub fn path_of(&self, owner: RecordIx) -> String {
        let (folder, name) = self.place_of(owner);
        [folder, name].concat()
    }

    /// The same in two parts: the folder of its kind, which is empty or ends in a slash, and its name in that folder.
    #[must_use]
    pub fn place_of(&self, owner: RecordIx) -> (&'static str, &str) {
        match owner {
            RecordIx::Page(at) => ("", self.page_path(at)),
            RecordIx::Event(at) => ("events/", self[at].item.id()),
            RecordIx::Entity(at) => ("entities/", self[at].item.id()),
            RecordIx::Claim(at) => ("claims/", self[at].item.id()),
            RecordIx::Source(at) => ("sources/", self[at].slug.as_str()),
            RecordIx::Term(_) => ("", "glossary"),
            RecordIx::Author(at) => ("authors/", self[at].item.id()),
        }
    }

    /// Where a pointer leads, with placeholders; `None` if that has no page in this build.
    #[must_use]
    pub fn address(&self, target: Link) -> Option<String> {
        Some(self.record_address(target.record()?))
    }

    /// The address of whatever holds a backlink.
    #[must_use]
    pub fn record_address(&self, owner: RecordIx) -> String {
        let mut out = String::with_capacity(96);
        self.write_address(&mut out, owner);
        out
    }

    /// [`Self::record_address`] into `out`: every link on every page is made here.
    pub fn write_address(&self, out: &mut String, owner: RecordIx) {
        let (folder, name) = self.place_of(owner);
        write_folder(out, folder, name);
        if let RecordIx::Term(at) = owner {
            out.push('#');
            out.push_str(self[at].item.id());
        }
    }
}

/// The anchor of a mention: `m--some-id`, and `m--some-id--2` for the second on a page.
#[must_use]
pub fn mention_anchor(id: &str, nth: u32) -> String {
    if nth == 0 { ["m--", id].concat() } else { format!("m--{id}--{}", nth + 1) }
}

/// The anchor of an event in a timeline.
#[must_use]
pub fn timeline_anchor(id: &str) -> String {
    ["t--", id].concat()
}

/// The anchor of a source among a page's sources.
#[must_use]
pub fn source_anchor(slug: &str) -> String {
    ["source--", slug].concat()
}
