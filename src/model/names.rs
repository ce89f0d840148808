//! What resolving a record's pointers takes from all other records: their names, and what else decides where a pointer
//! leads.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashSet};

use super::destinations::Atlas;
use super::gather::{Gathered, PageRecord};
use super::moved::Moved;
use super::{
    AuthorIx, ClaimIx, EntityIx, EventIx, Hidden, HiddenIx, Item, Link, Model, PageIx, RecordIx, Role, SourceIx, TermIx,
    Withheld, registry,
};
use crate::base::accents::decomposed;
use crate::base::slug::slug;
use crate::base::{FileId, Map, Span, TextRange};
use crate::diagnostics::{Diagnostic, code};
use crate::source::{ContentKind, SourceTree};
use crate::syntax::Record;
use crate::syntax::file::Parsed;
use crate::syntax::kinds::entity::EntityKind;
use crate::syntax::pieces::Expects;

/// Every name of the site, and everything else that decides where a pointer leads, except the headings of pages.
#[derive(Clone, Debug)]
pub(super) struct Names {
    /// Every id of the shared namespace.
    pub(super) ids: Map<Box<str>, Link>,
    /// Every key of the bibliography.
    pub(super) keys: Map<Box<str>, Link>,
    /// Each source's address, made from its key.
    pub(super) slugs: Vec<String>,
    /// Ids and keys of records whose own errors already say enough.
    pub(super) broken: HashSet<String>,
    pub(super) kinds: Vec<EntityKind>,
    pub(super) roles: Vec<Role>,
    pub(super) tags: Vec<String>,
    /// The anchors of headings in the texts of other records than pages, by the ids of records that have any.
    pub(super) anchors: Map<Box<str>, Vec<Box<str>>>,
    /// Pages by their path below the content folder.
    pages: Map<String, PageIx>,
    /// Pages that are left out of this build, by their path below the content folder.
    hidden_pages: Map<String, HiddenIx>,
    media: BTreeSet<String>,
    /// Pages and other files whose names have letters beyond ASCII, with accents decomposed.
    accented: Map<String, String>,
    content: String,
    /// Whether every record has the name that it asks for.
    is_sound: bool,
}

impl Names {
    /// The names of all records. A record whose name is taken is left out and reported, and so are reserved names.
    pub(super) fn of(gathered: &mut Gathered<'_>, tree: &SourceTree) -> Self {
        let before = gathered.diagnostics.len();
        let mut ids = Map::default();
        let taken = enter(gathered, &mut ids, tree);
        if !taken.is_empty() {
            gathered.leave_out(&taken);
            // The records after it have new indices now; the error has been reported.
            ids.clear();
            let said = gathered.diagnostics.len();
            enter(gathered, &mut ids, tree);
            gathered.diagnostics.truncate(said);
        }
        let (keys, slugs) = name_sources(gathered, tree);
        let pages = gathered.pages.iter().enumerate();
        Self {
            ids,
            keys,
            slugs,
            broken: gathered.broken.clone(),
            kinds: gathered.entities.iter().map(|entity| entity.fields.kind).collect(),
            roles: gathered.pages.iter().map(|(_, role)| *role).collect(),
            tags: gathered.tags.clone(),
            anchors: anchors(gathered),
            pages: pages.map(|(at, (page, _))| (below_content(page.origin.file, tree), PageIx::new(at))).collect(),
            hidden_pages: hidden_pages(&gathered.hidden, tree),
            media: tree.media.clone(),
            accented: accented(tree),
            content: tree.content.clone(),
            is_sound: gathered.diagnostics.len() == before,
        }
    }

    /// Whether these names, which are an earlier model's, are what [`Self::of`] would return for these records too,
    /// with no diagnostics; and if only the order of events has changed, which of them have new indices. `None` if
    /// anything else is different.
    pub(super) fn moved(&self, before: &Model, gathered: &Gathered<'_>, tree: &SourceTree) -> Option<Moved> {
        fn hidden(hidden: &Hidden) -> (&str, Withheld, bool) {
            (&hidden.id, hidden.why, hidden.is_source)
        }
        // The same parse of a page means the same path, and so the same place.
        let is_same_page = |(at, (page, role)): (usize, &PageRecord)| {
            let before = &before.pages[at];
            before.role == *role
                && (before.item.record.is_same_reading(page)
                    || *before.item.record.id.value == *page.id.value
                        && self.pages.get(&below_content(page.origin.file, tree)) == Some(&PageIx::new(at)))
        };
        let is_same = self.is_sound
            && self.tags == gathered.tags
            && self.content == tree.content
            && self.broken == gathered.broken
            && self.anchors == anchors(gathered)
            && self.media == tree.media
            && before.hidden.iter().map(hidden).eq(gathered.hidden.iter().map(hidden))
            && self.hidden_pages == hidden_pages(&gathered.hidden, tree)
            && before.pages.len() == gathered.pages.len()
            && gathered.pages.iter().enumerate().all(is_same_page)
            && same(before.entities.iter().map(|entity| &entity.item), &gathered.entities, |a, b| a.kind == b.kind)
            && same(before.authors.iter().map(|author| &author.item), &gathered.authors, |_, _| true)
            && same(before.claims.iter().map(|claim| &claim.item), &gathered.claims, |_, _| true)
            && same(before.terms.iter().map(|term| &term.item), &gathered.terms, |_, _| true)
            && same(before.sources.iter().map(|source| &source.item), &gathered.sources, |_, _| true);
        if !is_same || before.events.len() != gathered.events.len() {
            return None;
        }
        if same(before.events.iter().map(|event| &event.item), &gathered.events, |_, _| true) {
            return Some(Moved::nothing());
        }
        // The count is the same and each one is known, so this is a new order, unless one is there twice.
        let mut moved: Vec<Option<EventIx>> = vec![None; before.events.len()];
        for (at, event) in gathered.events.iter().enumerate() {
            let Some(Link::To(RecordIx::Event(was))) = self.ids.get(&*event.id.value) else { return None };
            moved[was.position()] = Some(EventIx::new(at));
        }
        Some(Moved::to(moved.into_iter().collect::<Option<_>>()?))
    }

    /// Whether these are what [`Self::of`] would return, with no diagnostics, for a tree with the same records.
    pub(super) fn hold_in(&self, tree: &SourceTree) -> bool {
        self.is_sound && self.content == tree.content && self.media == tree.media
    }

    /// Whether a file holds no page, or holds it at the same index as before.
    pub(super) fn has_page_at(&self, tree: &SourceTree, file: FileId, parsed: &Parsed) -> bool {
        let Some((page, _)) = &parsed.page else { return true };
        let at = self.ids.get(&*page.id.value).and_then(|link| link.page());
        at.is_some() && self.pages.get(&below_content(file, tree)).copied() == at
    }

    /// Whether the text of a record that is no page has a heading with this anchor.
    pub(super) fn has_anchor(&self, id: &str, anchor: &str) -> bool {
        self.anchors.get(id).is_some_and(|anchors| anchors.iter().any(|known| **known == *anchor))
    }

    /// Whether a pointer that expects this kind of record may lead there.
    pub(super) fn is_wanted(&self, expects: Expects, target: Link) -> bool {
        let is = |kind: Expects| expects == kind;
        match target {
            Link::To(RecordIx::Page(page)) => {
                is(Expects::Any) || is(Expects::Section) && self.roles[page.position()] == Role::Section
            }
            Link::To(RecordIx::Event(_)) => is(Expects::Any) || is(Expects::Event),
            Link::To(RecordIx::Claim(_)) => is(Expects::Any) || is(Expects::Claim),
            Link::To(RecordIx::Entity(at)) => {
                let is_place = matches!(self.kinds[at.position()], EntityKind::Place | EntityKind::Facility);
                is(Expects::Any) || is(Expects::Entity) || is(Expects::Party) || is(Expects::Place) && is_place
            }
            Link::To(RecordIx::Author(_)) => is(Expects::Any) || is(Expects::Author),
            Link::To(RecordIx::Term(_) | RecordIx::Source(_)) | Link::Hidden(_) | Link::Unknown => is(Expects::Any),
        }
    }

    /// The same names where events have other numbers.
    pub(super) fn renumbered(&self, moved: &Moved) -> Self {
        let mut names = self.clone();
        names.ids.values_mut().for_each(|target| *target = moved.now(*target));
        names
    }

    /// The files of pages, by their path below the content folder.
    pub(super) fn page_files(&self) -> impl Iterator<Item = &str> {
        self.pages.keys().map(String::as_str)
    }

    /// What it takes to say where an address leads.
    pub(super) fn atlas(&self) -> Atlas<'_> {
        Atlas {
            pages: &self.pages,
            hidden: &self.hidden_pages,
            media: &self.media,
            accented: &self.accented,
            content: &self.content,
        }
    }
}

impl Model {
    /// Whether a source that isn't hidden has this key.
    #[must_use]
    pub fn has_source(&self, key: &str) -> bool {
        matches!(self.names.keys.get(key), Some(Link::To(_)))
    }

    /// The record that has this id in the shared namespace, which sources aren't part of.
    #[must_use]
    pub fn target(&self, id: &str) -> Option<Link> {
        self.names.ids.get(id).copied()
    }

    /// Whether a pointer that expects this kind of record may lead to a record.
    #[must_use]
    pub fn may_lead_to(&self, expects: Expects, at: RecordIx) -> bool {
        self.names.is_wanted(expects, Link::To(at))
    }

    /// Whether a record of this id has errors that keep it out of the model.
    #[must_use]
    pub fn is_unreadable(&self, id: &str) -> bool {
        self.names.broken.contains(id)
    }
}

/// Whether records have the names that an earlier model's had, in the same order, and are alike in what `also` returns.
fn same<'m, T: 'm>(before: impl ExactSizeIterator<Item = &'m Item<T>>, now: &[Record<T>], also: fn(&T, &T) -> bool) -> bool {
    let is_same = |(before, now): (&Item<T>, &Record<T>)| {
        before.record.is_same_reading(now)
            || *before.record.id.value == *now.id.value && also(&before.record.fields, &now.fields)
    };
    before.len() == now.len() && before.zip(now).all(is_same)
}

/// The anchors of headings in the texts of other records than pages. Sources are linked to by no one.
fn anchors(gathered: &Gathered<'_>) -> Map<Box<str>, Vec<Box<str>>> {
    fn of<T>(records: &[Record<T>]) -> impl Iterator<Item = (Box<str>, Vec<Box<str>>)> {
        let records = records.iter().filter(|record| !record.headings().is_empty());
        records.map(|record| {
            let anchors = record.headings().iter().map(|heading| (*heading.anchor).into());
            (record.id.value.as_str().into(), anchors.collect())
        })
    }
    let Gathered { events, entities, authors, claims, .. } = gathered;
    of(events).chain(of(entities)).chain(of(authors)).chain(of(claims)).collect()
}

/// Enters every id, and refuses reserved and repeated ones; returns the records whose ids are taken.
fn enter(gathered: &mut Gathered<'_>, ids: &mut Map<Box<str>, Link>, tree: &SourceTree) -> Vec<Link> {
    let Gathered { pages, events, entities, authors, claims, terms, hidden, tags, .. } = gathered;
    ids.reserve(pages.len() + events.len() + entities.len() + authors.len() + claims.len() + terms.len());
    let span = |target: Link| match target {
        Link::To(RecordIx::Page(at)) => pages[at.position()].0.id_span(),
        Link::To(RecordIx::Event(at)) => events[at.position()].id_span(),
        Link::To(RecordIx::Entity(at)) => entities[at.position()].id_span(),
        Link::To(RecordIx::Claim(at)) => claims[at.position()].id_span(),
        Link::To(RecordIx::Term(at)) => terms[at.position()].id_span(),
        Link::To(RecordIx::Author(at)) => authors[at.position()].id_span(),
        Link::Hidden(at) => hidden[at.position()].span,
        Link::To(RecordIx::Source(_)) | Link::Unknown => Span { file: FileId(0), range: TextRange::default() },
    };
    let (mut taken, mut found) = (Vec::new(), Vec::new());
    let mut enter = |id: &str, target: Link, reservable: bool| {
        if reservable && let Some(why) = registry::reserved(id, tags) {
            let help = format!("choose another id, such as `{id}-1`");
            let message = format!("`{id}` can't be an id: {why}");
            found.push(Diagnostic::error(code::RESERVED_ID, span(target), message).help(help));
        }
        match ids.entry(id.into()) {
            Entry::Vacant(free) => {
                free.insert(target);
            }
            Entry::Occupied(first) => {
                taken.push(target);
                let help =
                    "give one of them another id; sections, pages, events, entities, claims and terms share one namespace";
                found.push(is_taken(&format!("the id `{id}` is taken"), span(*first.get()), span(target), tree).help(help));
            }
        }
    };
    for (at, (page, role)) in pages.iter().enumerate() {
        enter(&page.id.value, PageIx::new(at).into(), matches!(role, Role::Section | Role::Ordinary));
    }
    for (at, event) in events.iter().enumerate() {
        enter(&event.id.value, EventIx::new(at).into(), true);
    }
    for (at, entity) in entities.iter().enumerate() {
        enter(&entity.id.value, EntityIx::new(at).into(), true);
    }
    for (at, claim) in claims.iter().enumerate() {
        enter(&claim.id.value, ClaimIx::new(at).into(), true);
    }
    for (at, term) in terms.iter().enumerate() {
        enter(&term.id.value, TermIx::new(at).into(), true);
    }
    for (at, author) in authors.iter().enumerate() {
        enter(&author.id.value, AuthorIx::new(at).into(), true);
    }
    // What is hidden today will be published later.
    for (at, hidden) in hidden.iter().enumerate().filter(|(_, hidden)| !hidden.is_source) {
        enter(&hidden.id, Link::Hidden(HiddenIx::new(at)), false);
    }
    gathered.diagnostics.append(&mut found);
    taken
}

/// Reports that a name is taken: the later one in the files is at fault, whichever was entered first.
fn is_taken(message: &str, one: Span, other: Span, tree: &SourceTree) -> Diagnostic {
    let (first, second) = if one <= other { (one, other) } else { (other, one) };
    let first_path = &tree.file(first.file).path;
    Diagnostic::error(code::DUPLICATE_ID, second, message).label(first, format!("by this one, in {first_path}"))
}

/// Enters every key, and leaves out sources whose address is taken; returns the addresses of the others, one for one.
fn name_sources(gathered: &mut Gathered<'_>, tree: &SourceTree) -> (Map<Box<str>, Link>, Vec<String>) {
    let mut slugs: Map<String, (String, Span)> = Map::default();
    let mut kept = Vec::with_capacity(gathered.sources.len());
    let diagnostics = &mut gathered.diagnostics;
    let mut enter = |key: &str, span: Span| {
        let slug = slug(key);
        if slug.is_empty() {
            let message = format!("the key `{key}` has no letter or digit to make an address from");
            diagnostics.push(Diagnostic::error(code::BAD_VALUE, span, message).help("choose another key"));
            return None;
        }
        if let Some((known, first)) = slugs.get(&slug) {
            let message = if known == key {
                format!("the key `{key}` is taken")
            } else {
                format!("the keys `{known}` and `{key}` make the same address, `{slug}`")
            };
            diagnostics.push(is_taken(&message, *first, span, tree).help("give one of them another key"));
            return None;
        }
        slugs.insert(slug.clone(), (key.to_owned(), span));
        Some(slug)
    };
    gathered.sources.retain(|record| {
        let slug = enter(&record.id.value, record.id_span());
        let is_free = slug.is_some();
        kept.extend(slug);
        is_free
    });
    // What is hidden today will be published later.
    for hidden in gathered.hidden.iter().filter(|hidden| hidden.is_source) {
        enter(&hidden.id, hidden.span);
    }
    let mut keys = Map::default();
    keys.reserve(gathered.sources.len());
    for (at, hidden) in gathered.hidden.iter().enumerate().filter(|(_, hidden)| hidden.is_source) {
        keys.insert(hidden.id.as_str().into(), Link::Hidden(HiddenIx::new(at)));
    }
    for (at, source) in gathered.sources.iter().enumerate() {
        keys.insert(source.id.value.as_str().into(), SourceIx::new(at).into());
    }
    (keys, kept)
}

/// Files whose names have letters beyond ASCII, with accents decomposed. If two names differ only in that, the first
/// stays.
fn accented(tree: &SourceTree) -> Map<String, String> {
    let pages = tree.files.iter().filter(|file| matches!(file.kind, Some(ContentKind::Front | ContentKind::Page)));
    let paths = pages.map(|file| &file.path).chain(&tree.media).filter(|path| !path.is_ascii());
    let mut out = Map::default();
    paths.for_each(|path| {
        out.entry(decomposed(path)).or_insert_with(|| path.clone());
    });
    out
}

/// A file's path from the content folder.
fn below_content(file: FileId, tree: &SourceTree) -> String {
    tree.file(file).path[tree.content.len() + 1..].to_owned()
}

/// Pages that are left out of this build, by their path below the content folder.
fn hidden_pages(hidden: &[Hidden], tree: &SourceTree) -> Map<String, HiddenIx> {
    let is_page = |hidden: &Hidden| matches!(tree.file(hidden.span.file).kind, Some(ContentKind::Front | ContentKind::Page));
    let pages = hidden.iter().enumerate().filter(|(_, hidden)| is_page(hidden));
    pages.map(|(at, hidden)| (below_content(hidden.span.file, tree), HiddenIx::new(at))).collect()
}
