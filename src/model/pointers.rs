//! What the pointers, citations and addresses of one record lead to.

use rayon::prelude::*;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::backlinks::Outward;
use super::destinations::{self, Atlas, Destination, Lost};
use super::moved::Moved;
use super::names::Names;
use super::suggest::{Asked, Found};
use super::visibility::Withheld;
use super::{Hidden, HiddenIx, Item, Link, Model, PageIx, RecordIx, Resolved};
use crate::base::{FileId, Map, Origin, Span, Table, TextRange};
use crate::diagnostics::{Code, Diagnostic, Severity, code};
use crate::source::SourceTree;
use crate::source::tree::BOOK;
use crate::syntax::Record;
use crate::syntax::indices::{CitationIx, PointerIx};
use crate::syntax::kinds::credit::Credit;
use crate::syntax::markdown::{Heading, Markdown, Op, citation};
use crate::syntax::pieces::{Address, Citation, Expects, Pointer, RefLocation, References};

/// What resolving one record needs to know about all others.
pub(super) struct Context<'a> {
    pub(super) names: &'a Names,
    pub(super) hidden: &'a [Hidden],
    pub(super) headings: &'a (dyn Fn(PageIx) -> Headings<'a> + Sync),
    pub(super) tree: &'a SourceTree,
    /// The anchors of each page that has many, built on first use.
    pub(super) anchors: Vec<OnceLock<HashSet<&'a str>>>,
}

impl<'a> Context<'a> {
    /// A context with no anchors built yet.
    pub(super) fn new(
        names: &'a Names,
        hidden: &'a [Hidden],
        headings: &'a (dyn Fn(PageIx) -> Headings<'a> + Sync),
        tree: &'a SourceTree,
    ) -> Self {
        let anchors = names.roles.iter().map(|_| OnceLock::new()).collect();
        Self { names, hidden, headings, tree, anchors }
    }

    /// Whether a page has a heading with this anchor. A few are scanned; many go into a set.
    fn has_heading(&self, page: PageIx, anchor: &str) -> bool {
        let headings = (self.headings)(page);
        if headings.len() <= 16 {
            return headings.iter().any(|heading| *heading.anchor == *anchor);
        }
        let all = || headings.iter().map(|heading| &*heading.anchor).collect();
        self.anchors[page.position()].get_or_init(all).contains(anchor)
    }
}

/// The headings of a page.
pub(super) type Headings<'a> = &'a [Heading];

/// An earlier model whose context was the same, except for the indices of events that have moved in time.
pub(super) struct Before<'m> {
    pub(super) model: &'m Model,
    pub(super) moved: Moved,
}

/// Resolves what all records of a kind point at, in parallel. `old` finds the same record in an earlier model.
pub(super) fn all<T: Send + Sync>(
    records: Vec<Record<T>>,
    before: Option<&Before<'_>>,
    old: impl Fn(&Model, usize) -> &Item<T> + Sync,
    context: &Context<'_>,
    diagnostics: &mut Vec<Found>,
) -> Vec<Item<T>> {
    let one = |(at, record): (usize, &Record<T>)| {
        let known = before.and_then(|before| {
            let item = old(before.model, at);
            let holds = item.record.is_same_reading(record) && item.is_sound;
            let has_moved = before.moved.any_of(&item.targets);
            holds.then(|| if has_moved { Arc::new(item.resolved.renumbered(&before.moved)) } else { item.resolved.clone() })
        });
        known.map_or_else(|| resolved(record, context), |known| (known, Vec::new()))
    };
    let found: Vec<_> = records.par_iter().enumerate().map(one).collect();
    let mut out = Vec::with_capacity(records.len());
    for (record, (resolved, mut found)) in records.into_iter().zip(found) {
        diagnostics.append(&mut found);
        out.push(Item { record, resolved });
    }
    out
}

/// A record with what it points at.
pub(super) fn item<T>(record: Record<T>, context: &Context<'_>) -> (Item<T>, Vec<Found>) {
    let (resolved, found) = resolved(&record, context);
    (Item { record, resolved }, found)
}

/// Resolves what one record points at.
pub(super) fn resolved<T>(record: &Record<T>, context: &Context<'_>) -> (Arc<Resolved>, Vec<Found>) {
    let pieces = &record.pieces;
    let mut resolving = Resolving { context, origin: record.origin, found: Vec::new() };
    resolving.languages(pieces);
    resolving.shown_marks(pieces);
    let targets: Table<PointerIx, Box<[Link]>> = pieces.pointers.iter().map(|pointer| resolving.pointer(pointer)).collect();
    let cited: Table<CitationIx, Box<[Link]>> =
        pieces.citations.iter().map(|citation| resolving.citation(citation)).collect();
    let path = &context.tree.file(record.origin.file).path;
    let atlas = context.names.atlas();
    let destinations = pieces.addresses.iter().map(|address| resolving.address(address, path, &atlas)).collect();
    let diagnostics = resolving.found;
    let language = &context.names.tags[0];
    let nth = nth(pieces, &targets, language);
    let outward = Outward::of(pieces, &targets, &cited, language);
    let resolved = Resolved { targets, cited, destinations, nth, outward, is_sound: diagnostics.is_empty() };
    (Arc::new(resolved), diagnostics)
}

impl Resolved {
    /// The same after events have moved. Pointers that led to one record still do.
    pub(super) fn renumbered(&self, moved: &Moved) -> Self {
        Self {
            targets: self.targets.iter().map(|target| moved.now(*target)).collect(),
            cited: self.cited.clone(),
            destinations: self.destinations.clone(),
            nth: self.nth.clone(),
            outward: self.outward.renumbered(moved),
            is_sound: self.is_sound,
        }
    }
}

/// One record whose pointers are being resolved.
struct Resolving<'r, 'c> {
    context: &'r Context<'c>,
    /// Where the record begins.
    origin: Origin,
    /// What is wrong with its pointers so far.
    found: Vec<Found>,
}

impl Resolving<'_, '_> {
    fn languages(&mut self, pieces: &References) {
        let tags = &self.context.names.tags;
        for prose in &pieces.proses {
            let Some(tag) = prose.language.as_deref().filter(|tag| !tags.iter().any(|known| known == tag)) else { continue };
            let message = format!("`{tag}` is not one of the site's languages");
            let known = tags.join(", ");
            let help = format!("the site has: {known}; add more in book.toml under [site.languages]");
            let span = self.origin.span(prose.range);
            self.found.push(Diagnostic::error(code::UNKNOWN_FIELD, span, message).help(help).into());
        }
    }

    /// Ids of hidden records in pointers that are shown as text: in code, after a backslash, or in brackets that
    /// Markdown doesn't read as a pointer. Readers must not see those either.
    fn shown_marks(&mut self, pieces: &References) {
        if self.context.hidden.is_empty() {
            return;
        }
        let names = self.context.names;
        for prose in &pieces.proses {
            let markdown = &prose.markdown;
            if !markdown.characters().contains(['@', '[']) {
                continue;
            }
            for (text, start) in runs(markdown) {
                for (at, hidden) in hidden_in(text, names) {
                    let span = self.origin.span(markdown.place(start + at..start + at + 1));
                    self.found.push(points_at_hidden(span, &self.context.hidden[hidden.position()]).into());
                }
            }
        }
        // Titles of pictures and links are text too.
        for address in pieces.addresses.iter().filter(|address| !address.title.is_empty()) {
            for (_, hidden) in hidden_in(&address.title, names) {
                let span = self.origin.span(address.range);
                self.found.push(points_at_hidden(span, &self.context.hidden[hidden.position()]).into());
            }
        }
    }

    fn pointer(&mut self, pointer: &Pointer) -> Link {
        match target(pointer.expects, &pointer.id, pointer.heading.as_deref(), self.context) {
            Ok(target) => target,
            Err(Refusal { target, code, message, help, asked }) => {
                let mut diagnostic = Diagnostic::error(code, self.origin.span(pointer.range), message).maybe_help(help);
                if let Link::Hidden(at) = target {
                    diagnostic = diagnostic.label(self.context.hidden[at.position()].span, "hidden here");
                }
                self.found.push(Found { diagnostic, asked });
                target
            }
        }
    }

    fn citation(&mut self, citation: &Citation) -> Link {
        let names = self.context.names;
        let found = names.keys.get(&*citation.key).copied().unwrap_or(Link::Unknown);
        let span = self.origin.span(citation.range);
        match found {
            Link::To(_) => {}
            Link::Unknown if names.broken.contains(&*citation.key) => {}
            Link::Unknown => {
                let message = format!("there is no source `{}`", citation.key);
                let diagnostic = Diagnostic::error(code::UNKNOWN_ID, span, message);
                self.found.push(Found { diagnostic, asked: Some(Asked::Key(citation.key.clone())) });
            }
            Link::Hidden(at) => self.found.push(points_at_hidden(span, &self.context.hidden[at.position()]).into()),
        }
        found
    }

    fn address(&mut self, address: &Address, path: &str, atlas: &Atlas<'_>) -> Destination {
        let span = self.origin.span(address.range);
        match destinations::resolve(&address.target, address.usage, path, atlas) {
            Ok(Destination::Page(page, Some(anchor))) => {
                if self.context.has_heading(page, &anchor) {
                    return Destination::Page(page, Some(anchor));
                }
                let message = format!("that page has no heading `#{anchor}`");
                let diagnostic = Diagnostic::error(code::BROKEN_LINK, span, message);
                self.found.push(Found { diagnostic, asked: Some(Asked::Heading(page.0, anchor)) });
                Destination::Page(page, None)
            }
            Ok(Destination::Hidden(at)) => {
                self.found.push(points_at_hidden(span, &self.context.hidden[at.position()]).into());
                Destination::Hidden(at)
            }
            Ok(destination) => destination,
            Err(Lost { code, message, help, asked }) => {
                self.found.push(Found { diagnostic: Diagnostic::error(code, span, message).maybe_help(help), asked });
                Destination::Broken
            }
        }
    }
}

/// What a byline may not name by its id.
const AUTHORS_ALONE: &str =
    "bylines name entities of kind `author`; write anyone else's name as readers should see it, such as `Jane Doe`";

/// What an author may not be.
const NOT_OF_THE_STORY: &str = "authors aren't part of the story; for an author who is, add an entity of kind `person` with another id, \
    and mention it in the author's `disclosure`";

/// The finding for something in a byline that resembles no author's id, and so is shown as a name.
pub(super) fn taken_as_name(finding: Diagnostic, name: &str) -> Diagnostic {
    let message = format!("`{name}` looks like an id, but no author has that id; readers will see it as written");
    Diagnostic { code: code::AMBIGUOUS_NAME, severity: Severity::Warning, message, ..finding }.help(format!(
        "write the name as readers should see it, such as `Jane Doe`; or `{{name: {name}}}` if that is the name; \
         or add an entity of kind `author` with this id"
    ))
}

/// Who the settings say made the site: what each of them leads to, if it is an author's id, and what is wrong with them.
pub(super) fn credits(credits: &[Credit], context: &Context<'_>) -> (Vec<Link>, Vec<Found>) {
    let mut resolving = Resolving { context, origin: Origin { file: BOOK, base: 0 }, found: Vec::new() };
    let links = credits.iter().map(|credit| {
        credit.id().map_or(Link::Unknown, |id| {
            resolving.pointer(&Pointer {
                id: id.into(),
                heading: None,
                expects: Expects::Author,
                range: credit.range,
                place: RefLocation::Field("authors"),
            })
        })
    });
    (links.collect(), resolving.found)
}

/// What replaces a target that was refused, and why it was.
struct Refusal {
    target: Link,
    code: Code,
    message: String,
    help: Option<String>,
    asked: Option<Asked>,
}

impl Refusal {
    fn unknown(message: String, help: Option<&str>) -> Self {
        Self { target: Link::Unknown, code: code::UNKNOWN_ID, message, help: help.map(str::to_owned), asked: None }
    }
}

/// That the text of a record that is no page has no such heading.
fn no_such_heading(id: &str, heading: &str, found: Link, context: &Context<'_>) -> Refusal {
    let (message, help) = match context.names.anchors.get(id) {
        Some(anchors) => {
            let known: Vec<_> = anchors.iter().take(12).map(|anchor| format!("#{anchor}")).collect();
            (format!("`{id}` has no heading `#{heading}`"), format!("it has: {}", known.join(", ")))
        }
        None => (format!("`{id}` is {}, and its text has no headings", described(found)), format!("write [[{id}]]")),
    };
    Refusal { target: found, code: code::BROKEN_LINK, message, help: Some(help), asked: None }
}

/// What a pointer leads to.
fn target(expects: Expects, id: &str, heading: Option<&str>, context: &Context<'_>) -> Result<Link, Refusal> {
    let found = context.names.ids.get(id).copied().unwrap_or(Link::Unknown);
    match found {
        Link::Unknown if context.names.broken.contains(id) => Ok(Link::Unknown),
        // A single lowercase word may be just a word: “by: residents”.
        Link::Unknown if expects == Expects::Party && !id.contains('-') => Ok(Link::Unknown),
        Link::Unknown if id.is_empty() && heading.is_some() => {
            let message = "`[[#heading]]` points at a heading on the same page, and this text isn't on a page".to_owned();
            Err(Refusal::unknown(message, Some("write the id of the page before the `#`")))
        }
        Link::Unknown => {
            let refusal = Refusal::unknown(format!("there is no {} `{id}`", expected(expects)), None);
            Err(Refusal { asked: Some(Asked::Id(expects, id.into())), ..refusal })
        }
        Link::Hidden(at) => {
            let hidden =
                points_at_hidden(Span { file: FileId(0), range: TextRange::default() }, &context.hidden[at.position()]);
            let Diagnostic { code, message, help, .. } = hidden;
            Err(Refusal { target: found, code, message, help, asked: None })
        }
        Link::To(record) if !context.names.is_wanted(expects, found) => {
            let is_author = matches!(record, RecordIx::Author(_));
            // Words that happen to be the id of another kind of record are just words.
            if expects == Expects::Party && !id.contains('-') && !is_author {
                return Ok(Link::Unknown);
            }
            let message = format!("`{id}` is {}, but this must be {}", described(found), a(expected(expects)));
            let help = match expects {
                Expects::Author => AUTHORS_ALONE,
                _ if is_author => NOT_OF_THE_STORY,
                _ => "use the id of one, or delete this",
            };
            Err(Refusal::unknown(message, Some(help)))
        }
        Link::To(_) => match heading.filter(|heading| !heading.is_empty()) {
            None => Ok(found),
            Some(heading) => match found {
                Link::To(RecordIx::Page(page)) if context.has_heading(page, heading) => Ok(found),
                Link::To(RecordIx::Page(page)) => {
                    let message = format!("`{id}` has no heading `#{heading}`");
                    let asked = Some(Asked::Heading(page.0, heading.into()));
                    Err(Refusal { target: found, code: code::BROKEN_LINK, message, help: None, asked })
                }
                _ if context.names.has_anchor(id, heading) => Ok(found),
                _ => Err(no_such_heading(id, heading, found, context)),
            },
        },
    }
}

/// The hidden records that a text names although it has no pointers, and where.
fn hidden_in<'t>(text: &'t str, names: &'t Names) -> impl Iterator<Item = (usize, HiddenIx)> + 't {
    let ends_id = |c: char| c.is_whitespace() || "]|#\\".contains(c);
    let ids = text.match_indices("[[").filter_map(move |(at, mark)| {
        let rest = text[at + mark.len()..].trim_start_matches('[').trim_start();
        Some((at, names.ids.get(rest.split(ends_id).next()?)?))
    });
    let keys = text.match_indices('@').filter_map(move |(at, mark)| {
        let (key, _) = citation::split_key(&text[at + mark.len()..])?;
        Some((at, names.keys.get(key)?))
    });
    ids.chain(keys).filter_map(|(at, target)| if let Link::Hidden(hidden) = target { Some((at, *hidden)) } else { None })
}

/// The words of a text, each unbroken run of them with its start among the text's characters.
fn runs(markdown: &Markdown) -> Vec<(&str, usize)> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    let mut goes_on = false;
    for op in &markdown.ops {
        match op {
            Op::Text(slice) | Op::Code(slice) => {
                match runs.last_mut().filter(|last| goes_on && last.end == slice.range().start) {
                    Some(last) => last.end = slice.range().end,
                    None => runs.push(slice.range()),
                }
                goes_on = true;
            }
            Op::Open(tag) | Op::Close(tag) if tag.is_inline() => {}
            _ => goes_on = false,
        }
    }
    runs.into_iter().map(|run| (&markdown.characters()[run.clone()], run.start)).collect()
}

fn points_at_hidden(span: Span, hidden: &Hidden) -> Diagnostic {
    let why = match hidden.why {
        Withheld::Draft => "a draft",
        Withheld::Embargo => "under an embargo",
    };
    Diagnostic::error(code::POINTS_AT_HIDDEN, span, format!("`{}` is {why}, and this is public", hidden.id))
        .label(hidden.span, "hidden here")
        .help("publish both together, or remove the pointer until then")
}

fn expected(expects: Expects) -> &'static str {
    match expects {
        Expects::Any => "record",
        Expects::Section => "section",
        Expects::Event => "event",
        Expects::Entity | Expects::Party => "entity",
        Expects::Place => "place or facility",
        Expects::Claim => "claim",
        Expects::Author => "author",
    }
}

pub(super) fn described(target: Link) -> &'static str {
    match target {
        Link::To(RecordIx::Page(_)) => "a page",
        Link::To(RecordIx::Event(_)) => "an event",
        Link::To(RecordIx::Entity(_)) => "an entity",
        Link::To(RecordIx::Claim(_)) => "a claim",
        Link::To(RecordIx::Term(_)) => "a term",
        Link::To(RecordIx::Source(_)) => "a source",
        Link::To(RecordIx::Author(_)) => "an author",
        Link::Hidden(_) => "hidden",
        Link::Unknown => "unknown",
    }
}

fn a(noun: &str) -> String {
    if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { format!("an {noun}") } else { format!("a {noun}") }
}

/// For each pointer that has an anchor, and that is in a text of the first language other than a title, how many such
/// pointers before it lead to the same record.
fn nth(pieces: &References, targets: &Table<PointerIx, Box<[Link]>>, language: &str) -> Table<PointerIx, Box<[u32]>> {
    let counts = |pointer: &Pointer| match pointer.place {
        RefLocation::Prose { prose, .. } => pieces.proses[prose].has_anchors() && pieces.is_first(prose, language),
        RefLocation::Field(_) => false,
    };
    let mut seen: Map<Link, u32> = Map::default();
    // Most records point at few others, and scanning those is quicker than a table.
    let few = targets.len() <= 24;
    let numbers = pieces.pointers.iter().zip(targets).enumerate().map(|(at, (pointer, target))| {
        if !counts(pointer) {
            return 0;
        }
        if few {
            let before = pieces.pointers.iter().zip(targets).take(at);
            return before.filter(|(before, other)| *other == target && counts(before)).count() as u32;
        }
        let count = seen.entry(*target).or_default();
        *count += 1;
        *count - 1
    });
    numbers.collect()
}
