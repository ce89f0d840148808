//! The site's timeline and every list.

use super::front::KindCount;
use std::cmp::Reverse;

use std::collections::BTreeMap;

use serde::Serialize;

use super::claim::ClaimLine;
use super::mentions::{AppearsView, MentionView};
use super::numbering::Numbering;
use super::page::{BodyPart, SectionView};
use super::prose::Writer;
use super::record::{FootView, UpdateView};
use super::timeline::{PeriodView, TimelineView};
use super::{Head, LinkView, PagingView, View, paged_path};
use crate::base::{escape, paging};
use crate::date::OrderKey;
use crate::model::periods::{ON_ONE_PAGE, Period};
use crate::model::{Backlink, EventIx, Owner, PageIx, Role, SourceIx, Target, address};
use crate::syntax::entity::EntityKind;

/// How many sections the front page and the navigation show.
pub const SECTIONS_SHOWN: usize = 40;

/// A section in a list.
#[derive(Debug, Serialize)]
pub struct SectionLine {
    /// Its title.
    pub title_html: String,
    /// Its address.
    pub url: String,
    /// What it says, in a sentence.
    pub summary: String,
    /// Its mark, as a class name: `s3`.
    pub mark: &'static str,
    /// The group that it belongs to.
    pub part: Option<String>,
    /// “6 minutes to read”.
    pub reading_time: String,
}

/// An entity in a list.
#[derive(Debug, Serialize)]
pub struct EntityLine {
    /// Its name.
    pub name_html: String,
    /// Its address.
    pub url: String,
    /// What it is, in a word.
    pub kind_word: String,
    /// Who or what it is, in a sentence.
    pub description: String,
}

/// An update or correction, and what it belongs to.
#[derive(Debug, Serialize)]
pub struct ChangeView {
    /// What it belongs to.
    pub of: LinkView,
    /// The change.
    pub update: UpdateView,
}

/// The site's timeline, or a period of it.
#[derive(Debug, Serialize)]
pub struct TimelinePage<'m> {
    /// What the page says of itself.
    pub page: Head,
    /// Its heading.
    pub title: String,
    /// “52 events”.
    pub count: String,
    /// Its events: all, or the major ones above the list of periods.
    pub timeline: TimelineView<'m>,
    /// Whether only major events are shown.
    pub major_only: bool,
    /// The periods of a divided timeline.
    pub periods: Vec<PeriodView>,
    /// The period before.
    pub previous: Option<LinkView>,
    /// The period behind.
    pub next: Option<LinkView>,
}

/// A list of sections.
#[derive(Debug, Serialize)]
pub struct SectionsPage {
    /// What the page says of itself.
    pub page: Head,
    /// The sections.
    pub sections: Vec<SectionLine>,
    /// This page among its sisters.
    pub paging: PagingView,
}

/// A list of entities.
#[derive(Debug, Serialize)]
pub struct EntitiesPage {
    /// What the page says of itself.
    pub page: Head,
    /// Entities by kind.
    pub groups: Vec<EntityGroup>,
    /// This page among its sisters.
    pub paging: PagingView,
}

/// Entities of one kind.
#[derive(Debug, Serialize)]
pub struct EntityGroup {
    /// The kind as authors type it.
    pub kind: &'static str,
    /// The kind, in words, for many.
    pub title: String,
    /// The entities, by name.
    pub entities: Vec<EntityLine>,
}

/// A list of sources.
#[derive(Debug, Serialize)]
pub struct SourcesPage {
    /// What the page says of itself.
    pub page: Head,
    /// The sources, by publisher's key.
    pub sources: Vec<SourceLine>,
    /// “179 sources”.
    pub count: String,
    /// Sources counted by kind.
    pub by_kind: Vec<KindCount>,
    /// This page among its sisters.
    pub paging: PagingView,
}

/// A source in a list.
#[derive(Debug, Serialize)]
pub struct SourceLine {
    /// Its entry in the site's style.
    pub entry_html: String,
    /// Its page.
    pub url: String,
    /// Its title, for the accessible name of that link.
    pub title: String,
}

/// A list of claims.
#[derive(Debug, Serialize)]
pub struct ClaimsPage {
    /// What the page says of itself.
    pub page: Head,
    /// The claims.
    pub claims: Vec<ClaimLine>,
    /// This page among its sisters.
    pub paging: PagingView,
}

/// The glossary.
#[derive(Debug, Serialize)]
pub struct GlossaryPage {
    /// What the page says of itself.
    pub page: Head,
    /// The terms, by name.
    pub terms: Vec<TermView>,
}

/// A term.
#[derive(Debug, Serialize)]
pub struct TermView {
    /// Its id, which is its anchor.
    pub id: String,
    /// The word itself.
    pub term_html: String,
    /// What it means.
    pub definition_html: String,
    /// A public remark.
    pub note_html: Option<String>,
    /// Its sources in words.
    pub sources: String,
    /// Where it is mentioned.
    pub appears: AppearsView,
}

/// Updates and corrections.
#[derive(Debug, Serialize)]
pub struct ChangesPage {
    /// What the page says of itself.
    pub page: Head,
    /// The changes, newest first.
    pub changes: Vec<ChangeView>,
    /// This page among its sisters.
    pub paging: PagingView,
}

/// Further mentions of a record.
#[derive(Debug, Serialize)]
pub struct MentionsPage {
    /// What the page says of itself.
    pub page: Head,
    /// The record.
    pub of: LinkView,
    /// Where it is mentioned.
    pub mentions: Vec<MentionView>,
    /// This page among its sisters; the first is the record's own page.
    pub paging: PagingView,
}

/// The page for addresses that lead nowhere.
#[derive(Debug, Serialize)]
pub struct NotFoundPage<'m> {
    /// What the page says of itself.
    pub page: Head,
    /// Its words, if the site has any.
    pub section: Option<SectionView>,
    /// Its text, in parts.
    pub body: Vec<BodyPart<'m>>,
    /// Note, updates and sources.
    pub foot: Option<FootView>,
}

/// The navigation of a group of pages, for `components/nav.html`.
#[derive(Debug, Serialize)]
pub struct NavView {
    /// The group, on a large site.
    pub part: Option<String>,
    /// Its sections.
    pub sections: Vec<NavLine>,
    /// All sections, if these are not all.
    pub all: Option<String>,
}

/// A section in the navigation.
#[derive(Debug, Serialize)]
pub struct NavLine {
    /// Its title.
    pub title_html: String,
    /// Its address.
    pub url: String,
    /// Its mark, as a class name: `s3`.
    pub mark: &'static str,
}

impl<'m> View<'m> {
    fn paging(&self, path: &str, number: usize, entries: usize) -> PagingView {
        let of = paging::pages(entries);
        let page = |number: usize| address::folder(&paged_path(path, number));
        PagingView {
            number,
            of,
            previous: (number > 1).then(|| page(number - 1)),
            next: (number < of).then(|| page(number + 1)),
        }
    }

    fn list_head(&self, kind: &'static str, word: &str, path: &str, number: usize) -> Head {
        let title = self.words.get(word).to_owned();
        let description = self.about_list(&title);
        self.head(kind, title, description, &paged_path(path, number))
    }

    /// What a list says of itself to search engines: its name, and what the site is about.
    fn about_list(&self, title: &str) -> String {
        let site = self.config.first();
        let about = if site.description.is_empty() { &site.title } else { &site.description };
        self.words.fill("phrase.about-list", &[("list", title), ("site", about)])
    }

    /// A section in a list.
    #[must_use]
    pub fn section_line(&self, at: PageIx) -> SectionLine {
        let page = &self.model.pages[at.at()];
        let record = &page.item.record;
        let link = self.link(Target::Page(at));
        SectionLine {
            title_html: link.title_html,
            url: link.url,
            summary: self.plain_text(Owner::Page(at), record.fields.front.summary.as_ref()),
            mark: self.marks.section(at),
            part: page.part.clone(),
            reading_time: self.reading_time(page),
        }
    }

    pub(super) fn entity_line(&self, at: crate::model::EntityIx) -> EntityLine {
        let fields = &self.model.entities[at.at()].item.record.fields;
        let link = self.link(Target::Entity(at));
        EntityLine {
            name_html: link.title_html,
            url: link.url,
            kind_word: self.word("kind", fields.kind.word()),
            description: self.plain_text(Owner::Entity(at), fields.description.as_ref()),
        }
    }

    /// The sections in each navigation of the site, by part: all sections for every page if they are few, and otherwise for
    /// the pages of a part its own; under `None` for pages of no part.
    #[must_use]
    pub fn nav_sections(&self) -> BTreeMap<Option<&'m str>, Vec<PageIx>> {
        let few = self.model.sections <= SECTIONS_SHOWN;
        let mut out = BTreeMap::from([(None, Vec::new())]);
        for (at, page) in self.model.section_items().iter().enumerate() {
            let part = page.part.as_deref().filter(|_| !few);
            // On a large site a page of no part is shown the way to all of them, not the first of the rest.
            if part.is_none() && !few {
                continue;
            }
            let sections: &mut Vec<PageIx> = out.entry(part).or_default();
            if sections.len() < SECTIONS_SHOWN {
                sections.push(PageIx(at as u32));
            }
        }
        out
    }

    fn nav_line(&self, at: PageIx) -> NavLine {
        let link = self.link(Target::Page(at));
        NavLine { title_html: link.title_html, url: link.url, mark: self.marks.section(at) }
    }

    /// The navigation of a part, with these sections.
    #[must_use]
    pub fn nav(&self, part: Option<&str>, sections: &[PageIx]) -> NavView {
        let few = self.model.sections <= SECTIONS_SHOWN;
        NavView {
            part: part.map(ToOwned::to_owned),
            sections: sections.iter().map(|at| self.nav_line(*at)).collect(),
            all: (!few).then(|| address::folder("sections")),
        }
    }

    /// The site's timeline in one page, or the overview of a divided one.
    #[must_use]
    pub fn timeline_page(&self) -> TimelinePage<'m> {
        let periods = self.periods();
        let all: Vec<EventIx> = (0..self.model.events.len() as u32).map(EventIx).collect();
        TimelinePage {
            page: self.list_head("timeline", "ui.timeline", "timeline", 1),
            title: self.words.get("ui.timeline").to_owned(),
            count: self.words.count("count.events", all.len()),
            timeline: self.timeline(
                &all,
                if periods.is_empty() { ON_ONE_PAGE } else { paging::PER_PAGE },
                None,
                periods.is_empty(),
            ),
            major_only: !periods.is_empty(),
            periods,
            previous: None,
            next: None,
        }
    }

    /// A period of a divided timeline, by index into the model's periods.
    #[must_use]
    pub fn period_page(&self, index: usize) -> TimelinePage<'m> {
        let period = &self.model.periods[index];
        let label = self.period_label(period);
        let link = |period: &Period| LinkView {
            title_html: escape::html_string(&self.period_label(period)),
            url: address::folder(&period.path()),
        };
        let events = self.period_events(period);
        let title = format!("{} {label}", self.words.get("ui.timeline-of"));
        TimelinePage {
            page: self.head("timeline", title.clone(), self.about_list(&title), &period.path()),
            title,
            count: self.words.count("count.events", events.len()),
            // Months of more events than this are shown whole: the period is the unit of the address.
            timeline: self.timeline(&events, usize::MAX, None, true),
            major_only: false,
            periods: Vec::new(),
            previous: index.checked_sub(1).map(|at| link(&self.model.periods[at])),
            next: self.model.periods.get(index + 1).map(link),
        }
    }

    /// Page `number` of the list of sections.
    #[must_use]
    pub fn sections_page(&self, number: usize) -> SectionsPage {
        let count = self.model.sections;
        SectionsPage {
            page: self.list_head("sections", "ui.sections", "sections", number),
            sections: paging::slice(number, count).map(|at| self.section_line(PageIx(at as u32))).collect(),
            paging: self.paging("sections", number, count),
        }
    }

    /// Page `number` of the list of entities, in the order of [`Self::entities_in_order`].
    #[must_use]
    pub fn entities_page(&self, number: usize, order: &[u32]) -> EntitiesPage {
        let mut groups: Vec<EntityGroup> = Vec::new();
        for at in &order[paging::slice(number, order.len())] {
            let at = crate::model::EntityIx(*at);
            let kind = self.model.entities[at.at()].item.record.fields.kind.word();
            if groups.last().is_none_or(|group| group.kind != kind) {
                groups.push(EntityGroup { kind, title: self.word("kinds", kind), entities: Vec::new() });
            }
            if let Some(group) = groups.last_mut() {
                group.entities.push(self.entity_line(at));
            }
        }
        EntitiesPage {
            page: self.list_head("entities", "ui.entities", "entities", number),
            groups,
            paging: self.paging("entities", number, order.len()),
        }
    }

    /// Entities by kind, in the format's order, and name.
    #[must_use]
    pub fn entities_in_order(&self) -> Vec<u32> {
        let mut order: Vec<(EntityKind, String, u32)> = (0..self.model.entities.len() as u32)
            .map(|at| {
                let kind = self.model.entities[at as usize].item.record.fields.kind;
                (kind, self.owner_title(Owner::Entity(crate::model::EntityIx(at))), at)
            })
            .collect();
        order.sort();
        order.into_iter().map(|(_, _, at)| at).collect()
    }

    /// Page `number` of the list of sources.
    #[must_use]
    pub fn sources_page(&self, number: usize) -> SourcesPage {
        let count = self.model.sources.len();
        let line = |at: usize| {
            let at = SourceIx(at as u32);
            SourceLine {
                entry_html: self.shown_entry_html(at),
                url: self.model.owner_address(Owner::Source(at)),
                title: self.owner_title(Owner::Source(at)),
            }
        };
        SourcesPage {
            page: self.list_head("sources", "ui.sources", "sources", number),
            sources: paging::slice(number, count).map(line).collect(),
            count: self.words.count("count.sources", count),
            by_kind: if number == 1 { self.sources_by_kind() } else { Vec::new() },
            paging: self.paging("sources", number, count),
        }
    }

    /// Page `number` of the list of claims.
    #[must_use]
    pub fn claims_page(&self, number: usize) -> ClaimsPage {
        let count = self.model.claims.len();
        let line = |at: usize| self.claim_line(Target::Claim(crate::model::ClaimIx(at as u32)));
        ClaimsPage {
            page: self.list_head("claims", "ui.claims", "claims", number),
            claims: paging::slice(number, count).filter_map(line).collect(),
            paging: self.paging("claims", number, count),
        }
    }

    /// The glossary, by term. It is one page however long, because its addresses are anchors.
    #[must_use]
    pub fn glossary_page(&self) -> GlossaryPage {
        let term = |at: crate::model::TermIx| {
            let item = &self.model.terms[at.at()];
            let mut writer = Writer::fragment(self, item.linked());
            TermView {
                id: item.id().to_owned(),
                term_html: self.shown_title_html(Owner::Term(at)),
                definition_html: writer.text(&item.record.fields.definition),
                note_html: writer.maybe(item.record.fields.common.note.as_ref()),
                sources: self.source_names(&item.cited),
                appears: self.appears(&item.mentions),
            }
        };
        // Terms come in the order of their ids, which decides between two of one name.
        let mut order: Vec<_> = (0..self.model.terms.len() as u32).map(crate::model::TermIx).collect();
        order.sort_by_cached_key(|at| self.owner_title_html(Owner::Term(*at)).to_lowercase());
        let terms = order.into_iter().map(term).collect();
        GlossaryPage { page: self.list_head("glossary", "ui.glossary", "glossary", 1), terms }
    }

    /// Every owner but the page for addresses that lead nowhere, which has no address of its own.
    fn owners_with_pages(&self) -> impl Iterator<Item = Owner> {
        let has_page = |owner: &Owner| match owner {
            Owner::Page(at) => self.model.pages[at.at()].role != Role::NotFound,
            _ => true,
        };
        self.model.owners().filter(has_page)
    }

    /// All updates and corrections, newest first: whose, and which of its own.
    #[must_use]
    pub fn all_changes(&self) -> Vec<(Reverse<OrderKey>, Owner, usize)> {
        let mut out = Vec::new();
        for owner in self.owners_with_pages() {
            for (index, update) in self.model.common(owner).updates.iter().enumerate() {
                out.push((Reverse(update.date.value.order_key()), owner, index));
            }
        }
        out.sort();
        out
    }

    /// How many updates and corrections there are.
    #[must_use]
    pub fn changes_count(&self) -> usize {
        self.owners_with_pages().map(|owner| self.model.common(owner).updates.len()).sum()
    }

    /// Some of the updates and corrections, newest first.
    pub(super) fn changes(&self, range: std::ops::Range<usize>) -> Vec<ChangeView> {
        let all = self.all_changes();
        let range = range.start.min(all.len())..range.end.min(all.len());
        all[range]
            .iter()
            .map(|(_, owner, index)| {
                let mut writer = Writer::fragment(self, self.model.linked(*owner));
                ChangeView {
                    of: self.owner_link(*owner),
                    update: self.update(&self.model.common(*owner).updates[*index], &mut writer),
                }
            })
            .collect()
    }

    /// Page `number` of the updates and corrections.
    #[must_use]
    pub fn changes_page(&self, number: usize) -> ChangesPage {
        let count = self.changes_count();
        ChangesPage {
            page: self.list_head("changes", "ui.updates", "changes", number),
            changes: self.changes(paging::slice(number, count)),
            paging: self.paging("changes", number, count),
        }
    }

    /// Page `number`, from 2, of the places that mention a record or rest on a source.
    #[must_use]
    pub fn mentions_page(&self, owner: Owner, path: &str, number: usize) -> MentionsPage {
        let (all, is_source): (&[Backlink], bool) = match owner {
            Owner::Page(at) => (&self.model.pages[at.at()].item.mentions, false),
            Owner::Event(at) => (&self.model.events[at.at()].item.mentions, false),
            Owner::Claim(at) => (&self.model.claims[at.at()].item.mentions, false),
            Owner::Entity(at) => (&self.model.entities[at.at()].item.mentions, false),
            Owner::Term(at) => (&self.model.terms[at.at()].mentions, false),
            Owner::Source(at) => (&self.model.sources[at.at()].uses, true),
        };
        let slice = &all[paging::slice(number, all.len())];
        let title = format!("{}: {}", self.owner_title(owner), self.words.get("ui.mentioned-in"));
        let page = |number: usize| match number {
            1 => address::folder(path),
            number => address::folder(&format!("{path}/mentions/{number}")),
        };
        let of = paging::pages(all.len());
        MentionsPage {
            page: Head {
                withheld: self.withheld_note(owner),
                ..self.head("mentions", title.clone(), self.about_list(&title), &format!("{path}/mentions/{number}"))
            },
            of: self.owner_link(owner),
            mentions: if is_source { self.uses(slice) } else { self.mentions(slice) },
            paging: PagingView {
                number,
                of,
                previous: (number > 1).then(|| page(number - 1)),
                next: (number < of).then(|| page(number + 1)),
            },
        }
    }

    /// The page for addresses that lead nowhere.
    #[must_use]
    pub fn not_found_page(&self) -> NotFoundPage<'m> {
        let page = self.list_head("404", "ui.not-found", "404", 1);
        let Some(at) = self.model.pages.iter().position(|page| page.role == Role::NotFound) else {
            return NotFoundPage { page, section: None, body: Vec::new(), foot: None };
        };
        let own = PageIx(at as u32);
        let page = Head { withheld: self.withheld_note(Owner::Page(own)), ..page };
        let mut numbering = Numbering::default();
        let (section, body) = self.section(own, &mut numbering);
        let common = &self.model.pages[at].item.record.fields.front.common;
        let foot = self.foot(Owner::Page(own), common, &mut numbering);
        NotFoundPage { page, section: Some(section), body, foot: Some(foot) }
    }
}
