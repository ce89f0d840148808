//! What the pointers, citations and addresses of one record lead to.

use rayon::prelude::*;
use std::sync::Arc;

use super::backlinks::Outward;
use super::destinations::{self, Destination};
use super::names::{Moved, Names};
use super::visibility::Withheld;
use super::{Hidden, Item, Link, Model, PageIx, RecordIx, Resolved, Role};
use crate::base::Map;
use crate::base::similar::nearest;
use crate::base::{FileId, Span, TextRange};
use crate::diagnostics::{Diagnostic, code};
use crate::source::SourceTree;
use crate::syntax::Record;
use crate::syntax::kinds::entity::EntityKind;
use crate::syntax::markdown::Heading;
use crate::syntax::pieces::{Expects, Pointer, RefLocation, References};

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
            let holds = item.record.is_same_reading(record) && item.is_sound && !before.moved.any_of(&item.targets);
            holds.then(|| item.resolved.clone())
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
fn resolved<T>(record: &Record<T>, context: &Context<'_>) -> (Arc<Resolved>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let place = |range: TextRange| record.span(range);
    let pieces = &record.pieces;
    for prose in &pieces.proses {
        if let Some(tag) = prose.language.as_deref().filter(|tag| !context.names.tags.iter().any(|known| known == tag)) {
            let known = context.names.tags.join(", ");
            let message = format!("`{tag}` is not a language of the site");
            let help = format!("the site has: {known}; further ones are set in book.toml under [site.languages]");
            diagnostics.push(Diagnostic::error(code::UNKNOWN_FIELD, place(prose.range), message).help(help));
        }
    }
    let targets: Box<[Link]> = pieces
        .pointers
        .iter()
        .map(|pointer| match target(pointer.expects, &pointer.id, pointer.heading.as_deref(), context) {
            Ok(target) => target,
            Err((target, code, message, help)) => {
                let mut diagnostic = Diagnostic::error(code, place(pointer.range), message).maybe_help(help);
                if let Link::Hidden(at) = target {
                    diagnostic = diagnostic.label(context.hidden[at.position()].span, "hidden here");
                }
                diagnostics.push(diagnostic);
                target
            }
        })
        .collect();
    let cited: Box<[Link]> = pieces
        .citations
        .iter()
        .map(|citation| {
            let found = context.names.keys.get(&*citation.key).copied().unwrap_or(Link::Unknown);
            let range = place(citation.range);
            match found {
                Link::To(_) => {}
                Link::Unknown if context.names.broken.contains(&*citation.key) => {}
                Link::Unknown => {
                    let near = nearest(&citation.key, context.names.keys.keys().map(|key| &**key));
                    let help = near
                        .map_or_else(|| "add it to a file in sources/".to_owned(), |near| format!("did you mean `{near}`?"));
                    let message = format!("there is no source `{}`", citation.key);
                    diagnostics.push(Diagnostic::error(code::UNKNOWN_ID, range, message).help(help));
                }
                Link::Hidden(at) => {
                    let hidden = &context.hidden[at.position()];
                    diagnostics.push(points_at_hidden(range, hidden));
                }
            }
            found
        })
        .collect();
    let path = &context.tree.file(record.origin.file).path;
    let atlas = context.names.atlas();
    let destinations = pieces
        .addresses
        .iter()
        .map(|address| {
            let lost = |(message, help): destinations::Lost| {
                let code = if message.contains("leaves the") { code::OUTSIDE_SITE } else { code::BROKEN_LINK };
                Diagnostic::error(code, place(address.range), message).maybe_help(help)
            };
            match destinations::resolve(&address.target, address.usage, path, &atlas) {
                Ok(Destination::Page(page, Some(anchor))) if !has_heading((context.headings)(page), &anchor) => {
                    let help = near_heading(&anchor, (context.headings)(page));
                    diagnostics.push(lost((format!("that page has no heading `#{anchor}`"), help)));
                    Destination::Page(page, None)
                }
                Ok(Destination::Hidden(at)) => {
                    diagnostics.push(points_at_hidden(place(address.range), &context.hidden[at.position()]));
                    Destination::Hidden(at)
                }
                Ok(destination) => destination,
                Err(why) => {
                    diagnostics.push(lost(why));
                    Destination::Broken
                }
            }
        })
        .collect();
    let language = &context.names.tags[0];
    let nth = nth(pieces, &targets, language);
    let outward = Outward::of(pieces, &targets, &cited, language);
    let resolved = Resolved { targets, cited, destinations, nth, outward, is_sound: diagnostics.is_empty() };
    (Arc::new(resolved), diagnostics)
}

type Refusal = (Link, crate::diagnostics::Code, String, Option<String>);

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
            let help = match (nearest(id, known), expects) {
                (Some(near), _) => Some(format!("did you mean `{near}`?")),
                (None, Expects::Party) => Some("for words instead of an id, write them with spaces or a capital".to_owned()),
                (None, _) if context.names.keys.contains_key(id) => {
                    Some(format!("`{id}` is a source: cite it with [@{id}]"))
                }
                (None, _) => None,
            };
            Err((found, code::UNKNOWN_ID, format!("there is no {} `{id}`", expected(expects)), help))
        }
        Link::Hidden(at) => {
            let hidden =
                points_at_hidden(Span { file: FileId(0), range: TextRange::default() }, &context.hidden[at.position()]);
            Err((found, hidden.code, hidden.message, hidden.help))
        }
        Link::To(_) if !wanted(&found) => {
            // Words that happen to be the id of something else are words.
            if expects == Expects::Party && !id.contains('-') {
                return Ok(Link::Unknown);
            }
            let message = format!("`{id}` is {}, and this must be {}", described(found), a(expected(expects)));
            Err((Link::Unknown, code::UNKNOWN_ID, message, None))
        }
        _ => match heading {
            None | Some("") => Ok(found),
            Some(heading) => match found {
                Link::To(RecordIx::Page(page)) if has_heading((context.headings)(page), heading) => Ok(found),
                Link::To(RecordIx::Page(page)) => {
                    let help = near_heading(heading, (context.headings)(page));
                    Err((found, code::BROKEN_LINK, format!("`{id}` has no heading `#{heading}`"), help))
                }
                _ => Err((
                    found,
                    code::BROKEN_LINK,
                    format!("`{id}` is {}, and only pages have headings", described(found)),
                    Some(format!("write [[{id}]]")),
                )),
            },
        },
    }
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

fn near_heading(anchor: &str, headings: Headings<'_>) -> Option<String> {
    match nearest(anchor, headings.iter().map(|heading| &*heading.anchor)) {
        Some(near) => Some(format!("did you mean `#{near}`?")),
        None if headings.is_empty() => Some("it has no headings".to_owned()),
        None => {
            let known: Vec<_> = headings.iter().take(12).map(|heading| format!("#{}", heading.anchor)).collect();
            Some(format!("it has: {}", known.join(", ")))
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
fn nth(pieces: &References, targets: &[Link], language: &str) -> Box<[u32]> {
    let counts = |pointer: &Pointer| match pointer.place {
        RefLocation::Prose { prose, .. } => pieces.proses[prose as usize].has_anchors() && pieces.is_first(prose, language),
        RefLocation::Field(_) => false,
    };
    let mut seen: Map<Link, u32> = Map::default();
    // Most records point at few others, and looking through those is quicker than a table.
    let few = targets.len() <= 24;
    let numbers = pieces.pointers.iter().enumerate().map(|(at, pointer)| {
        if !counts(pointer) {
            return 0;
        }
        if few {
            let before = pieces.pointers[..at].iter().zip(targets);
            return before.filter(|(before, target)| **target == targets[at] && counts(before)).count() as u32;
        }
        let count = seen.entry(targets[at]).or_default();
        *count += 1;
        *count - 1
    });
    numbers.collect()
}
