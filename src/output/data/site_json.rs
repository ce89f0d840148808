//! The public records of the model, as `data/site.json` has them.
//!
//! Each record is destructured with every field named, so that a new field doesn't compile until somebody decides here
//! whether it is public. Fields that are named and not used aren't public, or come from the model, which has resolved
//! them.

use std::collections::HashSet;

use super::records::{
    AssertionRecord, CitationRecord, ClaimRecord, CommonRecord, DateRecord, EntityRecord, EventRecord, LocationRecord,
    PageRecord, PictureRecord, RoleRecord, SourceRecord, StepRecord, TermRecord, UpdateRecord,
};
use crate::base::{Table, escape};
use crate::date::{Date, Day};
use crate::model::dated::{newest_first, oldest_first};
use crate::model::{
    ClaimIx, Destination, EntityIx, EventIx, Link, Linked, Model, PageIx, RecordIx, Role, SourceIx, TermIx, address,
};
use crate::syntax::indices::PointerIx;
use crate::syntax::kinds::claim::{Claim, ClaimStep};
use crate::syntax::kinds::common::{Assertion, Common, Media, SourceRef, Update};
use crate::syntax::kinds::entity::{self, Entity, RoleEnd, StatusStep};
use crate::syntax::kinds::event::{Event, Later};
use crate::syntax::kinds::location::Location;
use crate::syntax::kinds::page::{FrontMatter, Page};
use crate::syntax::kinds::source::{Access, Source, SourceKind, Url};
use crate::syntax::kinds::term::Term;
use crate::syntax::pieces::RefLocation;
use crate::syntax::text::{Party, Text};
use crate::view::View;

/// Makes records.
#[derive(Clone, Copy)]
pub struct Maker<'s> {
    /// The records.
    pub model: &'s Model,
    /// Where titles and texts come from.
    pub view: View<'s>,
    /// Whether to include the texts of pages.
    pub texts: bool,
}

impl<'s> Maker<'s> {
    pub(super) fn model(&self) -> &'s Model {
        self.model
    }

    /// A section or page.
    pub fn page(&self, at: PageIx) -> PageRecord<'s> {
        let owner = RecordIx::Page(at);
        let page = &self.model()[at];
        let record = &page.item.record;
        let Page { front, is_whole: _ } = &record.fields;
        let length = record.body.as_ref().map(|body| body.length).unwrap_or_default();
        let FrontMatter {
            title: _,
            summary,
            kind: _,
            order: _,
            part: _,
            published,
            updated,
            as_of,
            // Resolved: see `signed`.
            authors: _,
            topics,
            now,
            where_it_stands,
            numbers,
            key_points,
            timeline: _,
            common: _,
        } = front;
        let signed = self.view.signed(at);
        PageRecord {
            id: if page.role == Role::Front { "" } else { page.item.id() },
            title: self.view.title_of(owner),
            summary: self.maybe(owner, summary.as_ref()),
            part: page.part.as_deref(),
            published: published.as_ref().map(|day| date(&day.value)),
            updated: updated.as_ref().map(|day| date(&day.value)),
            as_of: as_of.as_ref().map(|day| date(&day.value)),
            authors: signed.iter().map(|by| self.view.name_of(*by)).collect(),
            author_ids: self.author_ids(&signed),
            topics: topics.iter().map(|topic| topic.value.as_str()).collect(),
            now: self.maybe(owner, now.as_ref()),
            where_it_stands: self.standings(owner, where_it_stands),
            numbers: self.numbers(owner, numbers),
            key_points: key_points.iter().map(|point| self.text(owner, point)).collect(),
            events: self.events(&page.tells),
            claims: page.claims.iter().map(|at| self.model()[*at].item.id()).collect(),
            words: length.words as u32,
            text: self.body(owner),
            common: self.common(owner),
        }
    }

    /// An event.
    pub fn event(&self, at: EventIx) -> EventRecord<'s> {
        let owner = RecordIx::Event(at);
        let event = &self.model()[at];
        let item = &event.item;
        let Event {
            id: _,
            date: _,
            title: _,
            summary,
            sections: _,
            entities,
            topics,
            claims,
            place,
            significance,
            status,
            accounts,
            published,
            known_from,
            later,
            after,
            caused_by,
            order: _,
            media,
            common: _,
        } = &item.record.fields;
        EventRecord {
            id: item.id(),
            date: date(event.date()),
            title: self.view.title_of(owner),
            summary: self.maybe(owner, summary.as_ref()),
            significance: significance.word(),
            status: status.word(),
            place: place.and_then(|place| self.id(item.targets[place.0])),
            entities: self.ids(&item.targets, entities.iter().map(|entity| entity.0)),
            sections: event.sections.iter().map(|at| self.model()[*at].item.id()).collect(),
            claims: self.ids(&item.targets, claims.iter().map(|claim| claim.0)),
            topics: topics.iter().map(|topic| topic.value.as_str()).collect(),
            accounts: accounts.iter().map(|account| self.assertion(owner, account)).collect(),
            published: published.as_ref().map(|day| date(&day.value)),
            known_from: known_from.as_ref().map(|day| date(&day.value)),
            later: {
                let step = |Later { date, text, sources }: &Later| self.step(owner, &date.value, None, Some(text), sources);
                oldest_first(later, &self.model.zone).into_iter().map(step).collect()
            },
            after: self.ids(&item.targets, after.iter().map(|event| event.0)),
            caused_by: self.ids(&item.targets, caused_by.iter().map(|event| event.0)),
            picture: media.as_ref().and_then(|media| self.picture(owner, media)),
            common: self.common(owner),
        }
    }

    /// An entity.
    pub fn entity(&self, at: EntityIx) -> EntityRecord<'s> {
        let owner = RecordIx::Entity(at);
        let entity = &self.model()[at];
        let Entity {
            id: _,
            kind,
            name: _,
            sort_name: _,
            name_in_text: _,
            description,
            roles,
            location,
            same_as,
            accused,
            status,
            image,
            common,
        } = &entity.item.record.fields;
        EntityRecord {
            id: entity.item.id(),
            kind: kind.word(),
            name: self.view.title_of(owner),
            aliases: {
                let names = common.aliases.iter().map(|alias| alias.value.as_str());
                names.filter(|name| !name.starts_with('/')).collect()
            },
            description: self.maybe(owner, description.as_ref()),
            location: location.map(|Location { lat, lon, is_approximate }| LocationRecord {
                lat,
                lon,
                approximate: is_approximate,
            }),
            roles: oldest_first(roles, &self.model.zone).into_iter().map(|role| self.role(owner, role)).collect(),
            same_as: same_as.iter().map(|address| address.0.value.as_str()).collect(),
            accused: *accused,
            status: {
                let step =
                    |StatusStep { date, is, sources }: &StatusStep| self.step(owner, &date.value, None, Some(is), sources);
                oldest_first(status, &self.model.zone).into_iter().map(step).collect()
            },
            events: self.events(&entity.timeline),
            picture: image.as_ref().and_then(|media| self.picture(owner, media)),
            common: self.common(owner),
        }
    }

    /// A claim.
    pub fn claim(&self, at: ClaimIx) -> ClaimRecord<'s> {
        let owner = RecordIx::Claim(at);
        let claim = &self.model()[at];
        let item = &claim.item;
        let Claim { id: _, text: _, asserted_by, disputed_by, status: _, history, sections, common: _ } =
            &item.record.fields;
        ClaimRecord {
            id: item.id(),
            text: self.view.title_of(owner),
            status: claim.status.word(),
            asserted_by: asserted_by.iter().map(|by| self.assertion(owner, by)).collect(),
            disputed_by: disputed_by.iter().map(|by| self.assertion(owner, by)).collect(),
            history: {
                let step = |ClaimStep { date, status, note, sources }: &ClaimStep| {
                    self.step(owner, &date.value, Some(status.word()), note.as_ref(), sources)
                };
                oldest_first(history, &self.model.zone).into_iter().map(step).collect()
            },
            sections: self.ids(&item.targets, sections.iter().map(|section| section.0)),
            events: self.events(&claim.events),
            common: self.common(owner),
        }
    }

    /// A term.
    pub fn term(&self, at: TermIx) -> TermRecord<'s> {
        let owner = RecordIx::Term(at);
        let item = &self.model()[at].item;
        let Term { id: _, term: _, definition, common: _ } = &item.record.fields;
        TermRecord {
            id: item.id(),
            term: self.view.title_of(owner),
            definition: self.text(owner, definition),
            common: self.common(owner),
        }
    }

    /// A source.
    pub fn source(&self, at: SourceIx) -> SourceRecord<'s> {
        let owner = RecordIx::Source(at);
        let item = &self.model()[at].item;
        let Source {
            type_: _,
            title: _,
            author,
            editor: _,
            publisher,
            date: day,
            url,
            kind,
            title_is,
            via,
            archive_url,
            archived,
            access,
            quote,
            parent: _,
            location: _,
            organization: _,
            issue: _,
            volume: _,
            volume_total: _,
            edition: _,
            chapter: _,
            page_range: _,
            page_total: _,
            time_range: _,
            runtime: _,
            serial_number: _,
            language: _,
            archive: _,
            archive_location: _,
            call_number: _,
            abstract_: _,
            annote: _,
            genre: _,
            affiliated: _,
            common: _,
        } = &item.record.fields;
        let (address, read) = url.as_ref().map(|Url { value, date }| (value, date.as_ref())).unzip();
        SourceRecord {
            key: item.id(),
            title: self.view.title_of(owner),
            title_is: title_is.map_or("headline", |is| is.word()),
            authors: author.0.iter().map(|author| author.0.as_str()).collect(),
            publisher: self.maybe(owner, publisher.0.as_ref()),
            date: day.as_ref().map(|day| date(&day.value)),
            address: address.map(|address| address.0.value.as_str()),
            read: read.flatten().map(|day| day.value.to_string()),
            kind: kind.map(SourceKind::word),
            via: self.maybe(owner, via.as_ref()),
            archive_url: archive_url.as_ref().map(|url| url.0.value.as_str()),
            archived: archived.as_ref().map(|day| day.value.to_string()),
            access: access.map(Access::word),
            quote: self.maybe(owner, quote.as_ref()),
            common: self.common(owner),
        }
    }

    pub(super) fn common(&self, owner: RecordIx) -> CommonRecord<'s> {
        let Common { note, desk_note: _, sources, draft: _, embargo: _, updates, aliases: _ } = self.model().common(owner);
        let linked = self.model().linked(owner);
        CommonRecord {
            url: self.view.public_url(owner),
            sources: self.citations(owner, sources),
            cites: once_each(linked.cited.iter().filter_map(|cited| self.key(*cited))),
            mentions: self.mentioned(linked),
            note: self.maybe(owner, note.as_ref()),
            updates: {
                let update = |Update { date: day, kind, text }: &Update| UpdateRecord {
                    date: date(&day.value),
                    kind: kind.word(),
                    text: self.text(owner, text),
                };
                newest_first(updates, &self.model.zone).into_iter().map(update).collect()
            },
            body: owner.page().map_or_else(|| self.body(owner), |_| None),
        }
    }

    /// What the texts of a record mention.
    fn mentioned(&self, linked: Linked<'s>) -> Vec<&'s str> {
        let in_text = |place: RefLocation| match place {
            RefLocation::Prose { prose, .. } => linked.is_first(prose, self.view.language()),
            RefLocation::Field(_) => false,
        };
        let pointers = linked.pieces.pointers.iter().zip(linked.targets).filter(|(pointer, _)| in_text(pointer.place));
        once_each(pointers.filter_map(|(_, target)| self.id(*target)))
    }

    pub(super) fn text(&self, owner: RecordIx, text: &Text) -> String {
        self.view.plain_text(owner, Some(text))
    }

    pub(super) fn maybe(&self, owner: RecordIx, text: Option<&Text>) -> Option<String> {
        text.map(|text| self.text(owner, text))
    }

    fn events(&self, events: &[EventIx]) -> Vec<&'s str> {
        events.iter().map(|at| self.model()[*at].item.id()).collect()
    }

    pub(super) fn id(&self, target: Link) -> Option<&'s str> {
        let model = self.model();
        Some(match target.record()? {
            RecordIx::Page(at) => model[at].item.id(),
            RecordIx::Event(at) => model[at].item.id(),
            RecordIx::Claim(at) => model[at].item.id(),
            RecordIx::Entity(at) => model[at].item.id(),
            RecordIx::Term(at) => model[at].item.id(),
            RecordIx::Source(at) => model[at].item.id(),
            RecordIx::Author(at) => model[at].item.id(),
        })
    }

    fn ids(&self, targets: &Table<PointerIx, Box<[Link]>>, indices: impl Iterator<Item = PointerIx>) -> Vec<&'s str> {
        indices.filter_map(|index| self.id(targets[index])).collect()
    }

    fn key(&self, cited: Link) -> Option<&'s str> {
        cited.source().map(|at| self.model()[at].item.id())
    }

    fn citations(&self, owner: RecordIx, sources: &[SourceRef]) -> Vec<CitationRecord<'s>> {
        let linked = self.model().linked(owner);
        let citation = |source: &SourceRef| {
            let locator = linked.pieces.citations[source.0].locator();
            Some(CitationRecord { source: self.key(linked.cited[source.0])?, locator })
        };
        sources.iter().filter_map(citation).collect()
    }

    /// Who somebody is: an entity's id, and words.
    pub(in crate::output) fn party(&self, owner: RecordIx, party: &Party) -> (Option<&'s str>, String) {
        let target = party.pointer.map(|index| self.model().linked(owner).targets[index]);
        match target.and_then(|target| Some((self.id(target)?, self.view.plain_title(target)?))) {
            Some((id, name)) => (Some(id), name.to_owned()),
            None => (None, self.text(owner, &party.text)),
        }
    }

    fn role(&self, owner: RecordIx, role: &entity::Role) -> RoleRecord<'s> {
        let entity::Role { title, from, to, sources } = role;
        RoleRecord {
            title: self.text(owner, title),
            from: from.as_ref().map(|date| date.value.to_string()),
            to: to.as_ref().map(|end| match end {
                RoleEnd::Open => "..".to_owned(),
                RoleEnd::At(date) => date.value.to_string(),
            }),
            sources: self.citations(owner, sources),
        }
    }

    fn assertion(&self, owner: RecordIx, assertion: &Assertion) -> AssertionRecord<'s> {
        let Assertion { by, says, date: day, sources } = assertion;
        let (entity, by) = self.party(owner, by);
        AssertionRecord {
            entity,
            by,
            says: self.maybe(owner, says.as_ref()),
            date: day.as_ref().map(|day| date(&day.value)),
            sources: self.citations(owner, sources),
        }
    }

    fn step(
        &self,
        owner: RecordIx,
        day: &Date,
        status: Option<&'static str>,
        text: Option<&Text>,
        sources: &[SourceRef],
    ) -> StepRecord<'s> {
        StepRecord { date: date(day), status, text: self.maybe(owner, text), sources: self.citations(owner, sources) }
    }

    fn picture(&self, owner: RecordIx, media: &Media) -> Option<PictureRecord> {
        let Media { src, alt, credit, license, caption: _ } = media;
        let Destination::Media(path) = self.model().linked(owner).destinations.get(src.0)? else {
            return None;
        };
        Some(PictureRecord {
            url: self.view.public(&address::file(&escape::percent_encoded(path))),
            alt: self.maybe(owner, alt.as_ref()),
            credit: self.maybe(owner, credit.as_ref()),
            license: self.maybe(owner, license.as_ref()),
        })
    }
}

fn once_each<'s>(all: impl Iterator<Item = &'s str>) -> Vec<&'s str> {
    let mut seen = HashSet::new();
    all.filter(|one| seen.insert(*one)).collect()
}

fn date(date: &Date) -> DateRecord {
    let bounds = date.bounds();
    DateRecord {
        edtf: date.to_string(),
        first: (bounds.first != Day::MIN).then(|| bounds.first.to_string()),
        last: (bounds.last != Day::MAX).then(|| bounds.last.to_string()),
    }
}
