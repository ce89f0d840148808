//! From parsed files to the model: gather, order, name, resolve, relate.

use std::collections::HashSet;
use std::sync::Arc;

use rayon::prelude::*;

use super::destinations::{self, Atlas, Destination};
use super::visibility::Visibility;
use super::{
    ClaimItem, ClaimIx, EntityItem, EntityIx, EventItem, EventIx, Hidden, Item, Model, PageItem, PageIx, Role, SourceItem,
    SourceIx, SourceTarget, Target, TermIx, periods, query, registry,
};
use crate::base::Map;
use crate::base::similar::nearest;
use crate::base::slug::slug;
use crate::base::{At, FileId, Span, TextRange};
use crate::config::Config;
use crate::date::Day;
use crate::diagnostics::{Diagnostic, code};
use crate::source::{ContentKind, SourceTree};
use crate::syntax::Record;
use crate::syntax::blocks::Block;
use crate::syntax::common::Common;
use crate::syntax::entity::EntityKind;
use crate::syntax::file::{Parsed, Variant};
use crate::syntax::page::{Page, PageKind, Timeline};
use crate::syntax::pieces::{Expects, Pieces, Place};
use crate::syntax::prose::Text;

/// Makes the model. Records that are hidden are left out, and pointers to them say so.
#[must_use]
pub fn resolve(files: Vec<Parsed>, tree: &SourceTree, config: &Config, visibility: Visibility) -> (Model, Vec<Diagnostic>) {
    let mut gather = Gather::new(config, visibility);
    for file in files {
        gather.take(file);
    }
    gather.order();
    gather.name(tree);
    let (mut model, mut diagnostics, variants) = gather.finish(tree);
    diagnostics.append(&mut variants_in_place(&mut model, variants, tree, config));
    relate(&mut model);
    model.link_back();
    timelines(&mut model);
    (model, diagnostics)
}

type PageRecord = (Arc<Record<Page>>, Role);
type VariantRecord = (Arc<Record<Page>>, String);

/// All records of a site on their way into the model.
struct Gather<'a> {
    config: &'a Config,
    visibility: Visibility,
    tags: Vec<String>,
    pages: Vec<PageRecord>,
    variants: Vec<VariantRecord>,
    events: Vec<Arc<Record<crate::syntax::event::Event>>>,
    entities: Vec<Arc<Record<crate::syntax::entity::Entity>>>,
    claims: Vec<Arc<Record<crate::syntax::claim::Claim>>>,
    terms: Vec<Arc<Record<crate::syntax::term::Term>>>,
    sources: Vec<Arc<Record<crate::syntax::source::Source>>>,
    slugs: Vec<String>,
    hidden: Vec<Hidden>,
    hidden_sources: Vec<u32>,
    broken: HashSet<String>,
    ids: Map<Box<str>, Target>,
    keys: Map<Box<str>, SourceTarget>,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Gather<'a> {
    fn new(config: &'a Config, visibility: Visibility) -> Self {
        Self {
            config,
            visibility,
            tags: config.languages.iter().map(|language| language.tag.clone()).collect(),
            pages: Vec::new(),
            variants: Vec::new(),
            events: Vec::new(),
            entities: Vec::new(),
            claims: Vec::new(),
            terms: Vec::new(),
            sources: Vec::new(),
            slugs: Vec::new(),
            hidden: Vec::new(),
            hidden_sources: Vec::new(),
            broken: HashSet::new(),
            ids: Map::default(),
            keys: Map::default(),
            diagnostics: Vec::new(),
        }
    }

    /// Keeps what is shown, and remembers the names of what is not.
    fn take(&mut self, file: Parsed) {
        fn shown<T>(
            records: Vec<Arc<Record<T>>>,
            common: impl Fn(&T) -> &Common,
            visibility: Visibility,
            hidden: &mut Vec<Hidden>,
            out: &mut Vec<Arc<Record<T>>>,
        ) {
            for record in records {
                match visibility.hides(common(&record.fields)) {
                    None => out.push(record),
                    Some(why) => hidden.push(Hidden { id: record.id.value.clone(), span: record.id_span(), why }),
                }
            }
        }
        self.broken.extend(file.broken);
        let (visibility, hidden) = (self.visibility, &mut self.hidden);
        shown(file.events, |event| &event.common, visibility, hidden, &mut self.events);
        shown(file.entities, |entity| &entity.common, visibility, hidden, &mut self.entities);
        shown(file.claims, |claim| &claim.common, visibility, hidden, &mut self.claims);
        shown(file.terms, |term| &term.common, visibility, hidden, &mut self.terms);
        let from = hidden.len() as u32;
        shown(file.sources, |source| &source.common, visibility, hidden, &mut self.sources);
        self.hidden_sources.extend(from..hidden.len() as u32);
        if let Some((page, variant)) = file.page {
            self.take_page(page, variant);
        }
    }

    fn take_page(&mut self, page: Arc<Record<Page>>, variant: Variant) {
        if let Some(tag) = variant.language {
            if self.tags[1..].contains(&tag) {
                self.variants.push((page, tag));
            } else {
                let message = format!("`{tag}` is not one of the site's further languages, and no id has a dot");
                let help = if self.tags[0] == tag {
                    format!("name the file `{}.md`; `{tag}` is the site's first language", page.id.value)
                } else {
                    format!("rename the file, or add [site.languages.{tag}] to book.toml")
                };
                self.diagnostics.push(Diagnostic::error(code::BAD_VALUE, page.id_span(), message).help(help));
            }
            return;
        }
        if let Some(why) = self.visibility.hides(&page.fields.front.common) {
            self.hidden.push(Hidden { id: page.id.value.clone(), span: page.id_span(), why });
            return;
        }
        let role = if page.id.value == "index" {
            Role::Front
        } else if page.id.value == self.config.input_404 {
            Role::NotFound
        } else if page.fields.front.kind == Some(PageKind::Page) {
            Role::Ordinary
        } else {
            Role::Section
        };
        if page.fields.front.title.is_none() && matches!(role, Role::Section | Role::Ordinary) {
            let message = "this page has no title";
            self.diagnostics.push(
                Diagnostic::error(code::MISSING_FIELD, page.id_span(), message)
                    .help("begin the file with front matter:\n---\ntitle: What the page is called\n---"),
            );
        }
        self.pages.push((page, role));
    }

    /// Puts everything into the order of the site. Files arrive by path, so ties keep that order.
    fn order(&mut self) {
        self.pages.sort_by(|(a, role_a), (b, role_b)| {
            let order = |page: &Record<Page>| page.fields.front.order.map_or((1, 0), |order| (0, order));
            (role_a, order(a), &a.id.value).cmp(&(role_b, order(b), &b.id.value))
        });
        self.events
            .sort_by_cached_key(|event| (event.fields.date.value.order_key(), event.fields.order, event.id.value.clone()));
        self.entities.sort_by(|a, b| a.id.value.cmp(&b.id.value));
        self.claims.sort_by(|a, b| a.id.value.cmp(&b.id.value));
        self.terms.sort_by(|a, b| a.id.value.cmp(&b.id.value));
        self.sources.sort_by(|a, b| a.id.value.cmp(&b.id.value));
    }

    /// Enters every id, and refuses reserved and repeated ones.
    fn name(&mut self, tree: &SourceTree) {
        let mut places: Map<String, Span> = Map::default();
        let (tags, diagnostics, ids) = (&self.tags, &mut self.diagnostics, &mut self.ids);
        let mut enter = |id: &At<String>, span: Span, reservable: bool| -> bool {
            if reservable && let Some(why) = registry::reserved(&id.value, tags) {
                let help = format!("choose another id, such as `{}-1`", id.value);
                let message = format!("`{}` can't be an id: {why}", id.value);
                diagnostics.push(Diagnostic::error(code::RESERVED_ID, span, message).help(help));
            }
            // Ids are lower case but for file names, which were refused already; comparing so costs nothing and holds anyway.
            let folded = id.value.to_lowercase();
            if let Some(first) = places.get(&folded).copied() {
                // The later one in the files is at fault, whichever was entered first.
                let (first, second) = if first <= span { (first, span) } else { (span, first) };
                let first_path = &tree.file(first.file).path;
                diagnostics.push(
                    Diagnostic::error(code::DUPLICATE_ID, second, format!("the id `{}` is taken", id.value))
                        .label(first, format!("by this one, in {first_path}"))
                        .help("give one of them another id; sections, pages, events, entities, claims and terms share one namespace"),
                );
                return false;
            }
            places.insert(folded, span);
            true
        };
        self.pages.retain(|(page, role)| enter(&page.id, page.id_span(), matches!(role, Role::Section | Role::Ordinary)));
        self.events.retain(|record| enter(&record.id, record.id_span(), true));
        self.entities.retain(|record| enter(&record.id, record.id_span(), true));
        self.claims.retain(|record| enter(&record.id, record.id_span(), true));
        self.terms.retain(|record| enter(&record.id, record.id_span(), true));
        // What is hidden today is published tomorrow.
        for (at, hidden) in self.hidden.iter().enumerate() {
            if !self.hidden_sources.contains(&(at as u32)) {
                enter(&At::new(hidden.id.clone(), TextRange::default()), hidden.span, false);
            }
        }
        for (at, hidden) in self.hidden.iter().enumerate() {
            if !self.hidden_sources.contains(&(at as u32)) {
                ids.insert(hidden.id.as_str().into(), Target::Hidden(at as u32));
            }
        }
        let index = |at: usize| at as u32;
        let named = |id: &str, target: Target, ids: &mut Map<Box<str>, Target>| {
            ids.insert(id.into(), target);
        };
        for (at, (page, _)) in self.pages.iter().enumerate() {
            named(&page.id.value, Target::Page(PageIx(index(at))), ids);
        }
        for (at, event) in self.events.iter().enumerate() {
            named(&event.id.value, Target::Event(EventIx(index(at))), ids);
        }
        for (at, entity) in self.entities.iter().enumerate() {
            named(&entity.id.value, Target::Entity(EntityIx(index(at))), ids);
        }
        for (at, claim) in self.claims.iter().enumerate() {
            named(&claim.id.value, Target::Claim(ClaimIx(index(at))), ids);
        }
        for (at, term) in self.terms.iter().enumerate() {
            named(&term.id.value, Target::Term(TermIx(index(at))), ids);
        }
        self.name_sources(tree);
    }

    fn name_sources(&mut self, tree: &SourceTree) {
        let mut slugs: Map<String, (String, Span)> = Map::default();
        let (diagnostics, kept) = (&mut self.diagnostics, &mut self.slugs);
        self.sources.retain(|record| {
            let slug = slug(&record.id.value);
            let span = record.id_span();
            if slug.is_empty() {
                let message = format!("the key `{}` has no letter or digit for an address", record.id.value);
                diagnostics.push(Diagnostic::error(code::BAD_VALUE, span, message).help("choose another key"));
                return false;
            }
            if let Some((key, first)) = slugs.get(&slug) {
                let (first, second) = if *first <= span { (*first, span) } else { (span, *first) };
                let message = if *key == record.id.value {
                    format!("the key `{key}` is taken")
                } else {
                    format!("the keys `{key}` and `{}` have the same address, `{slug}`", record.id.value)
                };
                let first_path = &tree.file(first.file).path;
                diagnostics.push(
                    Diagnostic::error(code::DUPLICATE_ID, second, message)
                        .label(first, format!("by this one, in {first_path}"))
                        .help("give one of them another key"),
                );
                return false;
            }
            slugs.insert(slug.clone(), (record.id.value.clone(), span));
            kept.push(slug);
            true
        });
        for at in &self.hidden_sources {
            self.keys.insert(self.hidden[*at as usize].id.as_str().into(), SourceTarget::Hidden(*at));
        }
        for (at, source) in self.sources.iter().enumerate() {
            self.keys.insert(source.id.value.as_str().into(), SourceTarget::Source(SourceIx(at as u32)));
        }
    }

    /// Resolves every pointer, in parallel, and assembles the model. Variants follow, once first files have their anchors.
    fn finish(self, tree: &SourceTree) -> (Model, Vec<Diagnostic>, Vec<VariantRecord>) {
        let pages: Map<String, PageIx> = self
            .pages
            .iter()
            .enumerate()
            .map(|(at, (page, _))| (below_content(page.origin.file, tree), PageIx(at as u32)))
            .collect();
        let headings: Vec<Vec<Box<str>>> = self
            .pages
            .iter()
            .map(|(page, _)| {
                let body = &page.pieces.proses[page.fields.body as usize].markdown;
                body.headings.iter().map(|heading| heading.anchor.clone()).collect()
            })
            .collect();
        let hidden_pages = hidden_pages(&self.hidden, tree);
        let kinds: Vec<EntityKind> = self.entities.iter().map(|entity| entity.fields.kind).collect();
        let roles: Vec<Role> = self.pages.iter().map(|(_, role)| *role).collect();
        let context = Context {
            ids: &self.ids,
            keys: &self.keys,
            hidden: &self.hidden,
            broken: &self.broken,
            headings: &headings,
            kinds: &kinds,
            roles: &roles,
            tags: &self.tags,
            atlas: Atlas { pages: &pages, hidden: &hidden_pages, media: &tree.media, content: &tree.content },
            tree,
        };
        let mut diagnostics = self.diagnostics;
        let (page_records, page_roles): (Vec<_>, Vec<_>) = self.pages.into_iter().unzip();
        let pages = all(page_records, &context, &mut diagnostics);
        let events = all(self.events, &context, &mut diagnostics);
        let entities = all(self.entities, &context, &mut diagnostics);
        let claims = all(self.claims, &context, &mut diagnostics);
        let terms = all(self.terms, &context, &mut diagnostics);
        let sources = all(self.sources, &context, &mut diagnostics);
        let language = self.config.first().tag.clone();
        let pages: Vec<PageItem> = pages
            .into_iter()
            .zip(page_roles)
            .map(|(item, role)| {
                let part = item.record.fields.front.part.as_ref().map(|part| plain(&item, part, &language));
                PageItem {
                    item,
                    role,
                    part,
                    tells: Vec::new(),
                    timeline: Vec::new(),
                    block_events: Vec::new(),
                    claims: Vec::new(),
                    variants: Vec::new(),
                }
            })
            .collect();
        let events: Vec<_> =
            events.into_iter().map(|item| EventItem { item, sections: Vec::new(), effects: Vec::new() }).collect();
        let today = self.config.as_of.unwrap_or_else(|| day_of(self.visibility.now, &self.config.time_zone));
        let model = Model {
            sections: pages.iter().filter(|page| page.role == Role::Section).count(),
            periods: periods::divide(&events),
            pages,
            events,
            entities: entities
                .into_iter()
                .map(|item| EntityItem { item, timeline: Vec::new(), claims: Vec::new() })
                .collect(),
            claims: claims.into_iter().map(|item| ClaimItem { item, events: Vec::new() }).collect(),
            terms,
            sources: sources
                .into_iter()
                .zip(self.slugs)
                .map(|(item, slug)| SourceItem { item, slug, uses: Vec::new() })
                .collect(),
            hidden: self.hidden,
            ids: self.ids,
            keys: self.keys,
            language,
            today,
        };
        (model, diagnostics, self.variants)
    }
}

/// A file's path from the content folder.
fn below_content(file: FileId, tree: &SourceTree) -> String {
    tree.file(file).path[tree.content.len() + 1..].to_owned()
}

/// Pages that are kept out of this build, by their path below the content folder.
fn hidden_pages(hidden: &[Hidden], tree: &SourceTree) -> Map<String, u32> {
    let is_page = |hidden: &Hidden| tree.file(hidden.span.file).kind == Some(ContentKind::Page);
    let pages = hidden.iter().enumerate().filter(|(_, hidden)| is_page(hidden));
    pages.map(|(at, hidden)| (below_content(hidden.span.file, tree), at as u32)).collect()
}

/// The day of a time in a zone.
fn day_of(time: jiff::Timestamp, zone: &jiff::tz::TimeZone) -> Day {
    let date = time.to_zoned(zone.clone()).date();
    // A calendar day of jiff's range is one of ours.
    Day::from_ymd(i32::from(date.year()), date.month() as u8, date.day() as u8).unwrap_or(Day::MAX)
}

/// A text's words without its markup.
fn plain(item: &Item<Page>, text: &Text, language: &str) -> String {
    item.linked().text(text, language).characters().to_owned()
}

/// What resolving one record needs to know of all others.
struct Context<'a> {
    ids: &'a Map<Box<str>, Target>,
    keys: &'a Map<Box<str>, SourceTarget>,
    hidden: &'a [Hidden],
    /// Ids and keys of records that have errors of their own, which say enough.
    broken: &'a HashSet<String>,
    headings: &'a [Vec<Box<str>>],
    kinds: &'a [EntityKind],
    roles: &'a [Role],
    tags: &'a [String],
    atlas: Atlas<'a>,
    tree: &'a SourceTree,
}

fn all<T: Send + Sync>(
    records: Vec<Arc<Record<T>>>,
    context: &Context<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Item<T>> {
    let resolved: Vec<_> = records.into_par_iter().map(|record| item(record, context)).collect();
    let mut items = Vec::with_capacity(resolved.len());
    for (item, mut found) in resolved {
        items.push(item);
        diagnostics.append(&mut found);
    }
    items
}

/// Resolves what one record points at.
fn item<T>(record: Arc<Record<T>>, context: &Context<'_>) -> (Item<T>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let place = |range: TextRange| record.span(range);
    let pieces = &record.pieces;
    for prose in &pieces.proses {
        if let Some(tag) = prose.language.as_deref().filter(|tag| !context.tags.iter().any(|known| known == tag)) {
            let known = context.tags.join(", ");
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
                SourceTarget::Unknown if context.broken.contains(&*citation.key) => {}
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
    let destinations = pieces
        .addresses
        .iter()
        .map(|address| {
            let lost = |(message, help): destinations::Lost| {
                let code = if message.contains("leaves the") { code::OUTSIDE_SITE } else { code::BROKEN_LINK };
                Diagnostic::error(code, place(address.range), message).maybe_help(help)
            };
            match destinations::resolve(&address.target, address.usage, path, &context.atlas) {
                Ok(Destination::Page(page, Some(anchor))) if !context.headings[page.at()].contains(&anchor) => {
                    let help = near_heading(&anchor, &context.headings[page.at()]);
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
    let nth = nth(pieces, &targets, &context.tags[0]);
    (Item { targets, cited, destinations, nth, mentions: Vec::new(), record }, diagnostics)
}

type Refusal = (Target, crate::diagnostics::Code, String, Option<String>);

/// What a pointer leads to.
fn target(expects: Expects, id: &str, heading: Option<&str>, context: &Context<'_>) -> Result<Target, Refusal> {
    let found = context.ids.get(id).copied().unwrap_or(Target::Unknown);
    let wanted = |target: &Target| match (expects, target) {
        (Expects::Any, _) => true,
        (Expects::Section, Target::Page(page)) => context.roles[page.at()] == Role::Section,
        (Expects::Event, Target::Event(_))
        | (Expects::Entity | Expects::Party, Target::Entity(_))
        | (Expects::Claim, Target::Claim(_)) => true,
        (Expects::Place, Target::Entity(at)) => matches!(context.kinds[at.at()], EntityKind::Place | EntityKind::Facility),
        _ => false,
    };
    match found {
        Target::Unknown if context.broken.contains(id) => Ok(Target::Unknown),
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
                Target::Page(page) if context.headings[page.at()].iter().any(|anchor| **anchor == *heading) => Ok(found),
                Target::Page(page) => {
                    let help = near_heading(heading, &context.headings[page.at()]);
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

fn near_heading(anchor: &str, headings: &[Box<str>]) -> Option<String> {
    match nearest(anchor, headings.iter().map(|heading| &**heading)) {
        Some(near) => Some(format!("did you mean `#{near}`?")),
        None if headings.is_empty() => Some("it has no headings".to_owned()),
        None => {
            let known: Vec<_> = headings.iter().take(12).map(|heading| format!("#{heading}")).collect();
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
    let mut seen: Map<Target, u32> = Map::default();
    let numbers = pieces.pointers.iter().zip(targets).map(|(pointer, target)| match pointer.place {
        Place::Prose { prose, .. }
            if pieces.proses[prose as usize].has_anchors()
                && pieces.proses[prose as usize].language.as_deref().is_none_or(|have| have == language) =>
        {
            let count = seen.entry(*target).or_default();
            *count += 1;
            *count - 1
        }
        _ => 0,
    });
    numbers.collect()
}

/// Resolves the Markdown files of further languages and puts each beside its first one.
fn variants_in_place(
    model: &mut Model,
    variants: Vec<VariantRecord>,
    tree: &SourceTree,
    config: &Config,
) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    if variants.is_empty() {
        return diagnostics;
    }
    let tags: Vec<String> = config.languages.iter().map(|language| language.tag.clone()).collect();
    let path = |(at, page): (usize, &PageItem)| (below_content(page.item.record.origin.file, tree), PageIx(at as u32));
    let pages: Map<String, PageIx> = model.pages.iter().enumerate().map(path).collect();
    let broken = HashSet::new();
    let hidden_pages = hidden_pages(&model.hidden, tree);
    let kinds: Vec<EntityKind> = model.entities.iter().map(|entity| entity.item.record.fields.kind).collect();
    let roles: Vec<Role> = model.pages.iter().map(|page| page.role).collect();
    let headings: Vec<Vec<Box<str>>> = model
        .pages
        .iter()
        .map(|page| {
            let record = &page.item.record;
            let body = &record.pieces.proses[record.fields.body as usize].markdown;
            body.headings.iter().map(|heading| heading.anchor.clone()).collect()
        })
        .collect();
    let mut placed = Vec::new();
    for (record, tag) in variants {
        match model.ids.get(record.id.value.as_str()) {
            Some(Target::Page(page)) => placed.push((*page, record, tag)),
            Some(Target::Hidden(_)) => {}
            _ => {
                let message =
                    format!("this is `{}` in another language, and there is no `{}.md`", record.id.value, record.id.value);
                diagnostics.push(
                    Diagnostic::error(code::UNKNOWN_ID, record.id_span(), message)
                        .help("write the file of the first language first"),
                );
            }
        }
    }
    let context = Context {
        ids: &model.ids,
        keys: &model.keys,
        hidden: &model.hidden,
        broken: &broken,
        headings: &headings,
        kinds: &kinds,
        roles: &roles,
        tags: &tags,
        atlas: Atlas { pages: &pages, hidden: &hidden_pages, media: &tree.media, content: &tree.content },
        tree,
    };
    let resolved: Vec<_> = placed
        .into_iter()
        .map(|(page, record, tag)| {
            diagnostics.extend(only_first_file_has(&record));
            let (item, mut found) = item(record, &context);
            diagnostics.append(&mut found);
            (page, item, tag)
        })
        .collect();
    for (page, item, tag) in resolved {
        model.pages[page.at()].variants.push((tag, item));
    }
    let order = |tag: &str| tags.iter().position(|known| known == tag);
    for page in &mut model.pages {
        page.variants.sort_by_key(|(tag, _)| order(tag));
    }
    diagnostics
}

/// A variant holds title, summary, key points, updates and body; everything else lives in the first file.
fn only_first_file_has(record: &Record<Page>) -> Option<Diagnostic> {
    let front = &record.fields.front;
    let field = [
        ("order", front.order.is_some()),
        ("part", front.part.is_some()),
        ("kind", front.kind.is_some()),
        ("published", front.published.is_some()),
        ("updated", front.updated.is_some()),
        ("as-of", front.as_of.is_some()),
        ("topics", !front.topics.is_empty()),
        ("timeline", !matches!(front.timeline, Timeline::Auto)),
        ("draft", front.common.draft),
        ("embargo", front.common.embargo.is_some()),
        ("sources", !front.common.sources.is_empty()),
        ("aliases", !front.common.aliases.is_empty()),
    ]
    .into_iter()
    .find_map(|(field, there)| there.then_some(field))?;
    let message = format!("`{field}` is set in the file of the first language alone");
    Some(Diagnostic::error(code::UNKNOWN_FIELD, record.id_span(), message).help(format!("take `{field}` out of this file")))
}

/// What fields say of other records, in the other direction.
fn relate(model: &mut Model) {
    let mut tells: Vec<Vec<EventIx>> = vec![Vec::new(); model.pages.len()];
    let mut parts: Vec<Vec<EventIx>> = vec![Vec::new(); model.entities.len()];
    let mut bearing: Vec<Vec<EventIx>> = vec![Vec::new(); model.claims.len()];
    let mut effects: Vec<Vec<EventIx>> = vec![Vec::new(); model.events.len()];
    for (at, event) in model.events.iter().enumerate() {
        let here = EventIx(at as u32);
        let fields = &event.item.record.fields;
        let target = |index: u32| event.item.targets[index as usize];
        for section in &fields.sections {
            if let Target::Page(page) = target(section.0) {
                tells[page.at()].push(here);
            }
        }
        for index in fields.entities.iter().map(|entity| entity.0).chain(fields.place.map(|place| place.0)) {
            if let Target::Entity(entity) = target(index) {
                parts[entity.at()].push(here);
            }
        }
        for claim in &fields.claims {
            if let Target::Claim(claim) = target(claim.0) {
                bearing[claim.at()].push(here);
            }
        }
        for cause in &fields.caused_by {
            if let Target::Event(cause) = target(cause.0) {
                effects[cause.at()].push(here);
            }
        }
    }
    for (page, tells) in model.pages.iter().zip(&mut tells) {
        tells.extend(mentioned_events(page, &model.language));
        tells.sort_unstable();
        tells.dedup();
    }
    let mut sections: Vec<Vec<PageIx>> = vec![Vec::new(); model.events.len()];
    for (at, tells) in tells.iter().enumerate().take(model.sections) {
        tells.iter().for_each(|event| sections[event.at()].push(PageIx(at as u32)));
    }
    let mut section_claims: Vec<Vec<ClaimIx>> = vec![Vec::new(); model.pages.len()];
    let mut party_claims: Vec<Vec<ClaimIx>> = vec![Vec::new(); model.entities.len()];
    for (at, claim) in model.claims.iter().enumerate() {
        let here = ClaimIx(at as u32);
        let fields = &claim.item.record.fields;
        for section in &fields.sections {
            if let Target::Page(page) = claim.item.targets[section.0 as usize] {
                section_claims[page.at()].push(here);
            }
        }
        for assertion in fields.asserted_by.iter().chain(&fields.disputed_by) {
            let target = assertion.by.pointer.map(|index| claim.item.targets[index as usize]);
            if let Some(Target::Entity(entity)) = target {
                party_claims[entity.at()].push(here);
            }
        }
    }
    for (page, (tells, claims)) in model.pages.iter_mut().zip(tells.into_iter().zip(section_claims)) {
        page.tells = tells;
        page.claims = claims;
        page.claims.dedup();
    }
    for (entity, (mut timeline, mut claims)) in model.entities.iter_mut().zip(parts.into_iter().zip(party_claims)) {
        timeline.dedup();
        claims.dedup();
        entity.timeline = timeline;
        entity.claims = claims;
    }
    for (claim, mut events) in model.claims.iter_mut().zip(bearing) {
        events.dedup();
        claim.events = events;
    }
    for (event, (sections, effects)) in model.events.iter_mut().zip(sections.into_iter().zip(effects)) {
        event.sections = sections;
        event.effects = effects;
    }
}

/// The events that a page's body, key points and `known` blocks name.
fn mentioned_events<'m>(page: &'m PageItem, language: &'m str) -> impl Iterator<Item = EventIx> + 'm {
    let linked = page.item.linked();
    linked.pieces.pointers.iter().zip(linked.targets).filter_map(move |(pointer, target)| {
        let Place::Prose { prose, .. } = pointer.place else {
            return None;
        };
        let field = linked.pieces.proses[prose as usize].field;
        let counts = matches!(field, "body" | "key-points" | "known" | "unknown" | "contested");
        match target {
            Target::Event(event) if counts && linked.is_first(prose, language) => Some(*event),
            _ => None,
        }
    })
}

/// Fills in every page's timeline and those of its blocks.
fn timelines(model: &mut Model) {
    let found: Vec<(Vec<EventIx>, Vec<Vec<EventIx>>)> = {
        let topics = query::topics(model);
        let model = &*model;
        model
            .pages
            .par_iter()
            .map(|page| {
                let linked = page.item.linked();
                let fields = &page.item.record.fields;
                let own = match &fields.front.timeline {
                    Timeline::Auto => page.tells.clone(),
                    Timeline::Off => Vec::new(),
                    Timeline::Query(query) => query::answer(query, linked, model, &topics),
                };
                let blocks = fields.blocks.iter().map(|block| match block {
                    Block::Timeline(query) => query::answer(query, linked, model, &topics),
                    Block::Claim(_) | Block::Known(_) | Block::Quote(_) => Vec::new(),
                });
                (own, blocks.collect())
            })
            .collect()
    };
    for (page, (own, blocks)) in model.pages.iter_mut().zip(found) {
        page.timeline = own;
        page.block_events = blocks;
    }
}
