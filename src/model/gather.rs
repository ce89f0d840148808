//! All records of a site on their way into the model: what is hidden is left out, the rest put in order.

use std::collections::HashSet;

use jiff::tz::TimeZone;
use rayon::prelude::*;

use super::visibility::Visibility;
use super::{AuthorIx, ClaimIx, EntityIx, EventIx, Hidden, Link, PageIx, RecordIx, Role, TermIx};
use crate::base::FileId;
use crate::config::Config;
use crate::date::OrderKey;
use crate::diagnostics::{Diagnostic, code};
use crate::syntax::Record;
use crate::syntax::file::{Parsed, Variant};
use crate::syntax::kinds::author::Author;
use crate::syntax::kinds::claim::Claim;
use crate::syntax::kinds::common::Common;
use crate::syntax::kinds::entity::Entity;
use crate::syntax::kinds::event::Event;
use crate::syntax::kinds::page::{Page, PageKind};
use crate::syntax::kinds::source::Source;
use crate::syntax::kinds::term::Term;

pub(super) type PageRecord = (Record<Page>, Role);
pub(super) type VariantRecord = (Record<Page>, String);

/// All records of a site that are shown, in its order.
pub(super) struct Gathered<'a> {
    config: &'a Config,
    pub(super) visibility: Visibility,
    /// The site's languages, the first one first.
    pub(super) tags: Vec<String>,
    pub(super) pages: Vec<PageRecord>,
    pub(super) variants: Vec<VariantRecord>,
    pub(super) events: Vec<Record<Event>>,
    pub(super) entities: Vec<Record<Entity>>,
    pub(super) claims: Vec<Record<Claim>>,
    pub(super) terms: Vec<Record<Term>>,
    pub(super) sources: Vec<Record<Source>>,
    pub(super) authors: Vec<Record<Author>>,
    pub(super) hidden: Vec<Hidden>,
    /// Whether a record is shown that no build publishes, even if its name is taken.
    pub(super) has_withheld: bool,
    /// Ids and keys of records that have their own errors.
    pub(super) broken: HashSet<String>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// What an event's date and its `order` say of its place among all events.
fn dated(event: &Record<Event>, zone: &TimeZone) -> (OrderKey, i32) {
    (event.fields.date.value.order_key(zone), event.fields.order)
}

/// What events are ordered by. No two of them have the same.
pub(super) fn time_key<'e>(event: &'e Record<Event>, zone: &TimeZone) -> ((OrderKey, i32), &'e str) {
    (dated(event, zone), &event.id.value)
}

/// The records of all files.
pub(super) fn gather<'a>(
    files: &[(FileId, std::sync::Arc<Parsed>)],
    config: &'a Config,
    visibility: Visibility,
) -> Gathered<'a> {
    let mut gathered = Gathered {
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
        authors: Vec::new(),
        hidden: Vec::new(),
        has_withheld: false,
        broken: HashSet::new(),
        diagnostics: Vec::new(),
    };
    for (id, file) in files {
        gathered.take(*id, file);
    }
    gathered.order();
    gathered
}

impl Gathered<'_> {
    /// Keeps what is shown, and remembers the names of what is not.
    fn take(&mut self, id: FileId, file: &Parsed) {
        fn shown<T>(
            (id, records): (FileId, &[Record<T>]),
            common: impl Fn(&T) -> &Common,
            visibility: Visibility,
            (hidden, has_withheld): (&mut Vec<Hidden>, &mut bool),
            out: &mut Vec<Record<T>>,
        ) {
            for record in records.iter().map(|record| record.within(id)) {
                let common = common(&record.fields);
                *has_withheld |= visibility.withholds(common).is_some();
                match visibility.hides(common) {
                    None => out.push(record),
                    Some(why) => hidden.push(Hidden::of(&record, why)),
                }
            }
        }
        self.broken.extend(file.broken.iter().cloned());
        let (visibility, hidden, has_withheld) = (self.visibility, &mut self.hidden, &mut self.has_withheld);
        shown((id, &file.events), |event| &event.common, visibility, (hidden, has_withheld), &mut self.events);
        shown((id, &file.entities), |entity| &entity.common, visibility, (hidden, has_withheld), &mut self.entities);
        shown((id, &file.authors), |author| &author.common, visibility, (hidden, has_withheld), &mut self.authors);
        shown((id, &file.claims), |claim| &claim.common, visibility, (hidden, has_withheld), &mut self.claims);
        shown((id, &file.terms), |term| &term.common, visibility, (hidden, has_withheld), &mut self.terms);
        let from = hidden.len();
        shown((id, &file.sources), |source| &source.common, visibility, (hidden, has_withheld), &mut self.sources);
        hidden[from..].iter_mut().for_each(|hidden| hidden.is_source = true);
        if let Some((page, variant)) = &file.page {
            self.take_page(page.within(id), variant);
        }
    }

    fn take_page(&mut self, page: Record<Page>, variant: &Variant) {
        if let Some(tag) = &variant.language {
            if self.tags[1..].contains(tag) {
                self.variants.push((page, tag.clone()));
            } else {
                let message = format!("`{tag}` is not one of the site's languages, and ids can't contain dots");
                let help = if self.tags[0] == *tag {
                    format!("name the file `{}.md`; `{tag}` is the site's first language", page.id.value)
                } else {
                    format!("rename the file, or add [site.languages.{tag}] to book.toml")
                };
                self.diagnostics.push(Diagnostic::error(code::BAD_VALUE, page.id_span(), message).help(help));
            }
            return;
        }
        self.has_withheld |= self.visibility.withholds(&page.fields.front.common).is_some();
        if let Some(why) = self.visibility.hides(&page.fields.front.common) {
            self.hidden.push(Hidden::of(&page, why));
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
        if page.fields.front.title.is_none() && page.fields.is_whole && matches!(role, Role::Section | Role::Ordinary) {
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
        fn by_id<T>(records: &mut [Record<T>]) {
            records.sort_by(|a, b| a.id.value.cmp(&b.id.value));
        }
        let Self { config, pages, events, entities, claims, terms, sources, authors, .. } = self;
        let in_time = || {
            let mut keyed: Vec<_> = events.drain(..).map(|event| (dated(&event, &config.time_zone), event)).collect();
            keyed.par_sort_by(|(key_a, a), (key_b, b)| (key_a, &a.id.value).cmp(&(key_b, &b.id.value)));
            events.extend(keyed.into_iter().map(|(_, event)| event));
        };
        let the_rest = || {
            pages.sort_by(|(a, role_a), (b, role_b)| {
                let order = |page: &Record<Page>| page.fields.front.order.map_or((1, 0), |order| (0, order));
                (role_a, order(a), &a.id.value).cmp(&(role_b, order(b), &b.id.value))
            });
            by_id(entities);
            by_id(claims);
            by_id(terms);
            by_id(sources);
            by_id(authors);
        };
        rayon::join(in_time, the_rest);
    }

    /// Takes out records whose names are taken by others.
    pub(super) fn leave_out(&mut self, taken: &[Link]) {
        fn keep<T>(records: &mut Vec<T>, is_kept: impl Fn(u32) -> bool) {
            let mut at = 0..;
            records.retain(|_| at.next().is_none_or(&is_kept));
        }
        let taken: HashSet<Link> = taken.iter().copied().collect();
        keep(&mut self.pages, |at| !taken.contains(&Link::To(RecordIx::Page(PageIx(at)))));
        keep(&mut self.events, |at| !taken.contains(&Link::To(RecordIx::Event(EventIx(at)))));
        keep(&mut self.entities, |at| !taken.contains(&Link::To(RecordIx::Entity(EntityIx(at)))));
        keep(&mut self.claims, |at| !taken.contains(&Link::To(RecordIx::Claim(ClaimIx(at)))));
        keep(&mut self.terms, |at| !taken.contains(&Link::To(RecordIx::Term(TermIx(at)))));
        keep(&mut self.authors, |at| !taken.contains(&Link::To(RecordIx::Author(AuthorIx(at)))));
    }
}
