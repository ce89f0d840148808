//! What the pointers, citations and addresses of one record lead to.

use rayon::prelude::*;
use std::ops::Range;
use std::sync::Arc;

use super::backlinks::Outward;
use super::destinations::{self, Atlas, Destination, Lost};
use super::names::{Moved, Names};
use super::visibility::Withheld;
use super::{Hidden, Item, Link, Model, PageIx, RecordIx, Resolved, Role};
use crate::base::similar::nearest;
use crate::base::{FileId, Map, Origin, Span, Table, TextRange};
use crate::diagnostics::{Diagnostic, Fix, code};
use crate::source::SourceTree;
use crate::syntax::Record;
use crate::syntax::indices::{CitationIx, PointerIx};
use crate::syntax::kinds::entity::EntityKind;
use crate::syntax::markdown::{Heading, Markdown, Op, citation};
use crate::syntax::pieces::{Address, Citation, Expects, Pointer, RefLocation, References};

/// What resolving one record needs to know of all others.
pub(super) struct Context<'a> {
    pub(super) names: &'a Names,
    pub(super) hidden: &'a [Hidden],
    pub(super) headings: &'a (dyn Fn(PageIx) -> Headings<'a> + Sync),
    pub(super) tree: &'a SourceTree,
}

/// The headings of a page.
pub(super) type Headings<'a> = &'a [Heading];

/// An earlier model for which the context was the same, but for the numbers of events that have moved in time.
pub(super) struct Before<'m> {
    pub(super) model: &'m Model,
    pub(super) moved: Moved,
}

/// Resolves what all records of a kind point at, in parallel. `old` finds the records of this kind in an earlier model.
pub(super) fn all<T: Send + Sync>(
    records: Vec<Record<T>>,
    before: Option<&Before<'_>>,
    old: impl Fn(&Model, usize) -> &Item<T> + Sync,
    context: &Context<'_>,
    diagnostics: &mut Vec<Diagnostic>,
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
pub(super) fn item<T>(record: Record<T>, context: &Context<'_>) -> (Item<T>, Vec<Diagnostic>) {
    let (resolved, found) = resolved(&record, context);
    (Item { record, resolved }, found)
}

/// Resolves what one record points at.
pub(super) fn resolved<T>(record: &Record<T>, context: &Context<'_>) -> (Arc<Resolved>, Vec<Diagnostic>) {
    let pieces = &record.pieces;
    let text = context.tree.file(record.origin.file).text.as_str();
    let mut resolving = Resolving { context, origin: record.origin, text, found: Vec::new() };
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
    /// The same where events have moved. Which of the pointers lead to one record stays as it was.
    fn renumbered(&self, moved: &Moved) -> Self {
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
    /// The text of its file.
    text: &'r str,
    /// What is wrong with its pointers so far.
    found: Vec<Diagnostic>,
}

impl Resolving<'_, '_> {
    fn languages(&mut self, pieces: &References) {
        let tags = &self.context.names.tags;
        for prose in &pieces.proses {
            let Some(tag) = prose.language.as_deref().filter(|tag| !tags.iter().any(|known| known == tag)) else { continue };
            let message = format!("`{tag}` is not a language of the site");
            let known = tags.join(", ");
            let help = format!("the site has: {known}; further ones are set in book.toml under [site.languages]");
            let span = self.origin.span(prose.range);
            self.found.push(Diagnostic::error(code::UNKNOWN_FIELD, span, message).help(help));
        }
    }

    /// Names of what is hidden in pointers that are shown as text: in code, behind a backslash, in brackets that are no pointer
    /// to Markdown. No reader may see them either.
    fn shown_marks(&mut self, pieces: &References) {
        if self.context.hidden.is_empty() {
            return;
        }
        let names = self.context.names;
        let ends_id = |c: char| c.is_whitespace() || "]|#\\".contains(c);
        for prose in &pieces.proses {
            let markdown = &prose.markdown;
            if !markdown.characters().contains(['@', '[']) {
                continue;
            }
            for (text, start) in runs(markdown) {
                let ids = text.match_indices("[[").filter_map(|(at, mark)| {
                    let rest = text[at + mark.len()..].trim_start_matches('[').trim_start();
                    Some((at, names.ids.get(rest.split(ends_id).next()?)?))
                });
                let keys = text.match_indices('@').filter_map(|(at, mark)| {
                    let (key, _) = citation::split_key(&text[at + mark.len()..])?;
                    Some((at, names.keys.get(key)?))
                });
                for (at, target) in ids.chain(keys) {
                    if let Link::Hidden(hidden) = target {
                        let span = self.origin.span(markdown.place(start + at..start + at + 1));
                        self.found.push(points_at_hidden(span, &self.context.hidden[hidden.position()]));
                    }
                }
            }
        }
    }

    fn pointer(&mut self, pointer: &Pointer) -> Link {
        match target(pointer.expects, &pointer.id, pointer.heading.as_deref(), self.context) {
            Ok(target) => target,
            Err((target, code, message, help, near)) => {
                let span = self.origin.span(pointer.range);
                let fix = near.and_then(|near| Fix::rename(span, self.text, &pointer.id, &near));
                let mut diagnostic = Diagnostic::error(code, span, message).maybe_help(help).fix(fix);
                if let Link::Hidden(at) = target {
                    diagnostic = diagnostic.label(self.context.hidden[at.position()].span, "hidden here");
                }
                self.found.push(diagnostic);
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
                let near = nearest(&citation.key, names.keys.keys().map(|key| &**key));
                let help =
                    near.map_or_else(|| "add it to a file in sources/".to_owned(), |near| format!("did you mean `{near}`?"));
                let message = format!("there is no source `{}`", citation.key);
                let fix = near.and_then(|near| Fix::rename(span, self.text, &citation.key, near));
                self.found.push(Diagnostic::error(code::UNKNOWN_ID, span, message).help(help).fix(fix));
            }
            Link::Hidden(at) => self.found.push(points_at_hidden(span, &self.context.hidden[at.position()])),
        }
        found
    }

    fn address(&mut self, address: &Address, path: &str, atlas: &Atlas<'_>) -> Destination {
        let span = self.origin.span(address.range);
        match destinations::resolve(&address.target, address.usage, path, atlas) {
            Ok(Destination::Page(page, Some(anchor))) => {
                let headings = (self.context.headings)(page);
                if has_heading(headings, &anchor) {
                    return Destination::Page(page, Some(anchor));
                }
                let message = format!("that page has no heading `#{anchor}`");
                let help = near_heading(&anchor, headings);
                self.found.push(Diagnostic::error(code::BROKEN_LINK, span, message).help(help));
                Destination::Page(page, None)
            }
            Ok(Destination::Hidden(at)) => {
                self.found.push(points_at_hidden(span, &self.context.hidden[at.position()]));
                Destination::Hidden(at)
            }
            Ok(destination) => destination,
            Err(Lost { code, message, help }) => {
                self.found.push(Diagnostic::error(code, span, message).maybe_help(help));
                Destination::Broken
            }
        }
    }
}

/// What stands in place of a target that was refused: its code, the message, the help, and the id that was probably meant.
type Refusal = (Link, crate::diagnostics::Code, String, Option<String>, Option<Box<str>>);

/// What a pointer leads to.
fn target(expects: Expects, id: &str, heading: Option<&str>, context: &Context<'_>) -> Result<Link, Refusal> {
    let found = context.names.ids.get(id).copied().unwrap_or(Link::Unknown);
    let wanted = |target: &Link| match (expects, target) {
        (Expects::Any, _) => true,
        (Expects::Section, Link::To(RecordIx::Page(page))) => context.names.roles[page.position()] == Role::Section,
        (Expects::Event, Link::To(RecordIx::Event(_)))
        | (Expects::Entity | Expects::Party, Link::To(RecordIx::Entity(_)))
        | (Expects::Claim, Link::To(RecordIx::Claim(_))) => true,
        (Expects::Place, Link::To(RecordIx::Entity(at))) => {
            matches!(context.names.kinds[at.position()], EntityKind::Place | EntityKind::Facility)
        }
        _ => false,
    };
    match found {
        Link::Unknown if context.names.broken.contains(id) => Ok(Link::Unknown),
        // A single lower-case word may be a word: “by: residents”.
        Link::Unknown if expects == Expects::Party && !id.contains('-') => Ok(Link::Unknown),
        Link::Unknown => {
            let known = context.names.ids.iter().filter(|(_, target)| wanted(target)).map(|(id, _)| &**id);
            let near = nearest(id, known);
            let help = match (near, expects) {
                (Some(near), _) => Some(format!("did you mean `{near}`?")),
                (None, Expects::Party) => Some("for words instead of an id, write them with spaces or a capital".to_owned()),
                (None, _) if context.names.keys.contains_key(id) => {
                    Some(format!("`{id}` is a source: cite it with [@{id}]"))
                }
                (None, _) => None,
            };
            Err((found, code::UNKNOWN_ID, format!("there is no {} `{id}`", expected(expects)), help, near.map(Into::into)))
        }
        Link::Hidden(at) => {
            let hidden =
                points_at_hidden(Span { file: FileId(0), range: TextRange::default() }, &context.hidden[at.position()]);
            Err((found, hidden.code, hidden.message, hidden.help, None))
        }
        Link::To(_) if !wanted(&found) => {
            // Words that happen to be the id of something else are words.
            if expects == Expects::Party && !id.contains('-') {
                return Ok(Link::Unknown);
            }
            let message = format!("`{id}` is {}, and this must be {}", described(found), a(expected(expects)));
            Err((Link::Unknown, code::UNKNOWN_ID, message, None, None))
        }
        Link::To(_) => match heading {
            None | Some("") => Ok(found),
            Some(heading) => match found {
                Link::To(RecordIx::Page(page)) if has_heading((context.headings)(page), heading) => Ok(found),
                Link::To(RecordIx::Page(page)) => {
                    let help = near_heading(heading, (context.headings)(page));
                    Err((found, code::BROKEN_LINK, format!("`{id}` has no heading `#{heading}`"), Some(help), None))
                }
                _ => Err((
                    found,
                    code::BROKEN_LINK,
                    format!("`{id}` is {}, and only pages have headings", described(found)),
                    Some(format!("write [[{id}]]")),
                    None,
                )),
            },
        },
    }
}

/// The words of a text that stand together, and where each run of them begins among its characters.
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
        .help("publish both together, or take the pointer out until then")
}

fn has_heading(headings: Headings<'_>, anchor: &str) -> bool {
    headings.iter().any(|heading| *heading.anchor == *anchor)
}

fn near_heading(anchor: &str, headings: Headings<'_>) -> String {
    match nearest(anchor, headings.iter().map(|heading| &*heading.anchor)) {
        Some(near) => format!("did you mean `#{near}`?"),
        None if headings.is_empty() => "it has no headings".to_owned(),
        None => {
            let known: Vec<_> = headings.iter().take(12).map(|heading| format!("#{}", heading.anchor)).collect();
            format!("it has: {}", known.join(", "))
        }
    }
}

fn expected(expects: Expects) -> &'static str {
    match expects {
        Expects::Any => "record",
        Expects::Section => "section",
        Expects::Event => "event",
        Expects::Entity | Expects::Party => "entity",
        Expects::Place => "place or facility",
        Expects::Claim => "claim",
    }
}

fn described(target: Link) -> &'static str {
    match target {
        Link::To(RecordIx::Page(_)) => "a page",
        Link::To(RecordIx::Event(_)) => "an event",
        Link::To(RecordIx::Entity(_)) => "an entity",
        Link::To(RecordIx::Claim(_)) => "a claim",
        Link::To(RecordIx::Term(_)) => "a term",
        Link::To(RecordIx::Source(_)) => "a source",
        Link::Hidden(_) => "hidden",
        Link::Unknown => "unknown",
    }
}

fn a(noun: &str) -> String {
    if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { format!("an {noun}") } else { format!("a {noun}") }
}

/// For each pointer with an anchor, that is in a text of the first language and no title, how many such pointers before it
/// lead to the same record.
fn nth(pieces: &References, targets: &Table<PointerIx, Box<[Link]>>, language: &str) -> Table<PointerIx, Box<[u32]>> {
    let counts = |pointer: &Pointer| match pointer.place {
        RefLocation::Prose { prose, .. } => pieces.proses[prose].has_anchors() && pieces.is_first(prose, language),
        RefLocation::Field(_) => false,
    };
    let mut seen: Map<Link, u32> = Map::default();
    // Most records point at few others, and looking through those is quicker than a table.
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
