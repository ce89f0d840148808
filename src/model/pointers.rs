//! What the pointers, citations and addresses of one record lead to.

use rayon::prelude::*;
use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use super::destinations::{self, Atlas, Destination};
use super::{Hidden, Item, Model, PageIx, Resolved, Role, SourceTarget, Target};
use crate::base::Map;
use crate::base::similar::nearest;
use crate::base::{FileId, Span, TextRange};
use crate::diagnostics::{Diagnostic, code};
use crate::source::SourceTree;
use crate::syntax::Record;
use crate::syntax::entity::EntityKind;
use crate::syntax::markdown::Heading;
use crate::syntax::pieces::{Expects, Pieces, Place, Pointer};

/// What resolving one record needs to know of all others.
pub(super) struct Context<'a> {
    pub(super) ids: &'a Map<Box<str>, Target>,
    pub(super) keys: &'a Map<Box<str>, SourceTarget>,
    pub(super) hidden: &'a [Hidden],
    pub(super) headings: &'a [Headings<'a>],
    pub(super) surroundings: &'a Surroundings,
    pub(super) tree: &'a SourceTree,
}

/// The headings of a page.
pub(super) type Headings<'a> = &'a [Heading];

/// What a pointer's end depends on besides the names of all records and the headings of pages.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Surroundings {
    /// Ids and keys of records that have errors of their own, which say enough.
    pub(super) broken: HashSet<String>,
    pub(super) kinds: Vec<EntityKind>,
    pub(super) roles: Vec<Role>,
    pub(super) tags: Vec<String>,
    /// Pages by their path below the content folder.
    pub(super) pages: Map<String, PageIx>,
    /// Pages that are kept out of this build, by their path below the content folder.
    pub(super) hidden_pages: Map<String, u32>,
    pub(super) media: BTreeSet<String>,
    pub(super) content: String,
}

impl Surroundings {
    fn atlas(&self) -> Atlas<'_> {
        Atlas { pages: &self.pages, hidden: &self.hidden_pages, media: &self.media, content: &self.content }
    }
}

/// Resolves what all records of a kind point at. `before` is an earlier model for which the context was the same, and `old`
/// finds its records of this kind, which then were as many and in the same order.
pub(super) fn all<T: Send + Sync>(
    records: Vec<Record<T>>,
    before: Option<&Model>,
    old: impl Fn(&Model, usize) -> &Item<T> + Sync,
    context: &Context<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Item<T>> {
    let one = |(at, record): (usize, Record<T>)| {
        let before = before.map(|before| old(before, at));
        match before.filter(|before| before.is_sound && before.record.is_same_reading(&record)) {
            Some(before) => (Item { record, resolved: before.resolved.clone(), mentions: Vec::new() }, Vec::new()),
            None => item(record, context),
        }
    };
    let resolved: Vec<_> = records.into_par_iter().enumerate().map(one).collect();
    let mut items = Vec::with_capacity(resolved.len());
    for (item, mut found) in resolved {
        items.push(item);
        diagnostics.append(&mut found);
    }
    items
}

/// Resolves what one record points at.
pub(super) fn item<T>(record: Record<T>, context: &Context<'_>) -> (Item<T>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let place = |range: TextRange| record.span(range);
    let pieces = &record.pieces;
    for prose in &pieces.proses {
        if let Some(tag) =
            prose.language.as_deref().filter(|tag| !context.surroundings.tags.iter().any(|known| known == tag))
        {
            let known = context.surroundings.tags.join(", ");
            let message = format!("`{tag}` is not a language of the site");
            let help = format!("the site has: {known}; further ones are set in book.toml under [site.languages]");
            diagnostics.push(Diagnostic::error(code::UNKNOWN_FIELD, place(prose.range), message).help(help));
        }
    }
    let targets: Box<[Target]> = pieces
        .pointers
        .iter()
        .map(|pointer| match target(pointer.expects, &pointer.id, pointer.heading.as_deref(), context) {
            Ok(target) => target,
            Err((target, code, message, help)) => {
                let mut diagnostic = Diagnostic::error(code, place(pointer.range), message).maybe_help(help);
                if let Target::Hidden(at) = target {
                    diagnostic = diagnostic.label(context.hidden[at as usize].span, "hidden here");
                }
                diagnostics.push(diagnostic);
                target
            }
        })
        .collect();
    let cited = pieces
        .citations
        .iter()
        .map(|citation| {
            let found = context.keys.get(&*citation.key).copied().unwrap_or(SourceTarget::Unknown);
            let range = place(citation.range);
            match found {
                SourceTarget::Source(_) => {}
                SourceTarget::Unknown if context.surroundings.broken.contains(&*citation.key) => {}
                SourceTarget::Unknown => {
                    let near = nearest(&citation.key, context.keys.keys().map(|key| &**key));
                    let help = near
                        .map_or_else(|| "add it to a file in sources/".to_owned(), |near| format!("did you mean `{near}`?"));
                    let message = format!("there is no source `{}`", citation.key);
                    diagnostics.push(Diagnostic::error(code::UNKNOWN_ID, range, message).help(help));
                }
                SourceTarget::Hidden(at) => {
                    let hidden = &context.hidden[at as usize];
                    diagnostics.push(points_at_hidden(range, hidden));
                }
            }
            found
        })
        .collect();
    let path = &context.tree.file(record.origin.file).path;
    let atlas = context.surroundings.atlas();
    let destinations = pieces
        .addresses
        .iter()
        .map(|address| {
            let lost = |(message, help): destinations::Lost| {
                let code = if message.contains("leaves the") { code::OUTSIDE_SITE } else { code::BROKEN_LINK };
                Diagnostic::error(code, place(address.range), message).maybe_help(help)
            };
            match destinations::resolve(&address.target, address.usage, path, &atlas) {
                Ok(Destination::Page(page, Some(anchor))) if !has_heading(context.headings[page.at()], &anchor) => {
                    let help = near_heading(&anchor, context.headings[page.at()]);
                    diagnostics.push(lost((format!("that page has no heading `#{anchor}`"), help)));
                    Destination::Page(page, None)
                }
                Ok(Destination::Hidden(at)) => {
                    diagnostics.push(points_at_hidden(place(address.range), &context.hidden[at as usize]));
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
    let nth = nth(pieces, &targets, &context.surroundings.tags[0]);
    let resolved = Resolved { targets, cited, destinations, nth, is_sound: diagnostics.is_empty() };
    (Item { record, resolved: Arc::new(resolved), mentions: Vec::new() }, diagnostics)
}

type Refusal = (Target, crate::diagnostics::Code, String, Option<String>);

/// What a pointer leads to.
fn target(expects: Expects, id: &str, heading: Option<&str>, context: &Context<'_>) -> Result<Target, Refusal> {
    let found = context.ids.get(id).copied().unwrap_or(Target::Unknown);
    let wanted = |target: &Target| match (expects, target) {
        (Expects::Any, _) => true,
        (Expects::Section, Target::Page(page)) => context.surroundings.roles[page.at()] == Role::Section,
        (Expects::Event, Target::Event(_))
        | (Expects::Entity | Expects::Party, Target::Entity(_))
        | (Expects::Claim, Target::Claim(_)) => true,
        (Expects::Place, Target::Entity(at)) => {
            matches!(context.surroundings.kinds[at.at()], EntityKind::Place | EntityKind::Facility)
        }
        _ => false,
    };
    match found {
        Target::Unknown if context.surroundings.broken.contains(id) => Ok(Target::Unknown),
        // A single lower-case word may be a word: “by: residents”.
        Target::Unknown if expects == Expects::Party && !id.contains('-') => Ok(Target::Unknown),
        Target::Unknown => {
            let known = context.ids.iter().filter(|(_, target)| wanted(target)).map(|(id, _)| &**id);
            let help = match (nearest(id, known), expects) {
                (Some(near), _) => Some(format!("did you mean `{near}`?")),
                (None, Expects::Party) => Some("for words instead of an id, write them with spaces or a capital".to_owned()),
                (None, _) if context.keys.contains_key(id) => Some(format!("`{id}` is a source: cite it with [@{id}]")),
                (None, _) => None,
            };
            Err((found, code::UNKNOWN_ID, format!("there is no {} `{id}`", expected(expects)), help))
        }
        Target::Hidden(at) => {
            let hidden =
                points_at_hidden(Span { file: FileId(0), range: TextRange::default() }, &context.hidden[at as usize]);
            Err((found, hidden.code, hidden.message, hidden.help))
        }
        Target::Entity(_) | Target::Page(_) | Target::Event(_) | Target::Claim(_) | Target::Term(_) if !wanted(&found) => {
            // Words that happen to be the id of something else are words.
            if expects == Expects::Party && !id.contains('-') {
                return Ok(Target::Unknown);
            }
            let message = format!("`{id}` is {}, and this must be {}", described(found), a(expected(expects)));
            Err((Target::Unknown, code::UNKNOWN_ID, message, None))
        }
        _ => match heading {
            None | Some("") => Ok(found),
            Some(heading) => match found {
                Target::Page(page) if has_heading(context.headings[page.at()], heading) => Ok(found),
                Target::Page(page) => {
                    let help = near_heading(heading, context.headings[page.at()]);
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
    let why = if hidden.why == "draft" { "a draft" } else { "under an embargo" };
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

fn described(target: Target) -> &'static str {
    match target {
        Target::Page(_) => "a page",
        Target::Event(_) => "an event",
        Target::Entity(_) => "an entity",
        Target::Claim(_) => "a claim",
        Target::Term(_) => "a term",
        Target::Hidden(_) => "hidden",
        Target::Unknown => "unknown",
    }
}

fn a(noun: &str) -> String {
    if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { format!("an {noun}") } else { format!("a {noun}") }
}

/// For each pointer with an anchor, that is in a text of the first language and no title, how many such pointers before it
/// lead to the same record.
fn nth(pieces: &Pieces, targets: &[Target], language: &str) -> Box<[u32]> {
    let counts = |pointer: &Pointer| match pointer.place {
        Place::Prose { prose, .. } => {
            pieces.proses[prose as usize].has_anchors()
                && pieces.proses[prose as usize].language.as_deref().is_none_or(|have| have == language)
        }
        Place::Field(_) => false,
    };
    let mut seen: Map<Target, u32> = Map::default();
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
