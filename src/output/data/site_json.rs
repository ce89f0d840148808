//! The public records of the model, as `data/site.json` has them.

use std::collections::HashSet;

use super::records::{
    AssertionRecord, CitationRecord, ClaimRecord, CommonRecord, DateRecord, EntityRecord, EventRecord, PageRecord,
    PictureRecord, RoleRecord, SourceRecord, StepRecord, TermRecord, UpdateRecord,
};
use crate::base::{Table, escape};
use crate::date::{Date, Day};
use crate::model::{
    ClaimIx, Destination, EntityIx, EventIx, Link, Linked, Model, PageIx, RecordIx, Role, SourceIx, TermIx, address,
};
use crate::syntax::indices::PointerIx;
use crate::syntax::kinds::blocks::Block;
use crate::syntax::kinds::common::{Assertion, Media, SourceRef};
use crate::syntax::kinds::entity::RoleEnd;
use crate::syntax::kinds::source::{Access, SourceKind};
use crate::syntax::pieces::RefLocation;
use crate::syntax::text::{Party, Text};
use crate::view::View;
use crate::view::plain_text::paragraphs;

/// Makes records.
#[derive(Clone, Copy)]
pub struct Maker<'s> {
    /// The records.
    pub model: &'s Model,
    /// What titles and texts come from.
    pub view: View<'s>,
    /// Whether the texts of pages are wanted.
    pub texts: bool,
}

impl<'s> Maker<'s> {
    fn model(&self) -> &'s Model {
        self.model
    }

    /// A section or page.
    pub fn page(&self, at: PageIx) -> PageRecord<'s> {
        let owner = RecordIx::Page(at);
        let page = &self.model()[at];
        let record = &page.item.record;
        let front = &record.fields.front;
        PageRecord {
            id: if page.role == Role::Front { "" } else { page.item.id() },
            title: self.view.title_of(owner),
            summary: self.maybe(owner, front.summary.as_ref()),
            part: page.part.as_deref(),
            published: front.published.as_ref().map(|day| date(&day.value)),
            updated: front.updated.as_ref().map(|day| date(&day.value)),
            as_of: front.as_of.as_ref().map(|day| date(&day.value)),
            authors: front.authors.iter().map(|author| author.value.as_str()).collect(),
            topics: front.topics.iter().map(|topic| topic.value.as_str()).collect(),
            key_points: front.key_points.iter().map(|point| self.text(owner, point)).collect(),
            events: self.events(&page.tells),
            claims: page.claims.iter().map(|at| self.model()[*at].item.id()).collect(),
            words: record.fields.words,
            text: self.texts.then(|| {
                let body = &record.pieces.proses[record.fields.body].markdown;
                paragraphs(&self.view, page.item.linked(), body, &|block| self.block(owner, &record.fields.blocks[block]))
            }),
            common: self.common(owner),
        }
    }

    /// The words of a block of ours.
    fn block(&self, owner: RecordIx, block: &Block) -> String {
        match block {
            // Its events are listed with the page's.
            Block::Timeline(_) => String::new(),
            Block::Claim(block) => {
                let target = self.model().linked(owner).targets[block.id.0];
                self.view.plain_title(target).unwrap_or_default().to_owned()
            }
            Block::Known(known) => {
                let lists = [("ui.known", &known.known), ("ui.unknown", &known.unknown), ("ui.contested", &known.contested)];
                let list = |(word, texts): (&str, &Vec<Text>)| {
                    let texts: Vec<_> = texts.iter().map(|text| self.text(owner, text)).collect();
                    (!texts.is_empty()).then(|| format!("{}: {}", self.view.words.get(word), texts.join(" ")))
                };
                lists.into_iter().filter_map(list).collect::<Vec<_>>().join("\n\n")
            }
            Block::Quote(quote) => {
                let by = quote.by.as_ref().map(|by| format!(" ({})", self.party(owner, by).1)).unwrap_or_default();
                format!("{}{by}", self.view.words.fill("news.headline", &[("title", &self.text(owner, &quote.text))]))
            }
        }
    }

    /// An event.
    pub fn event(&self, at: EventIx) -> EventRecord<'s> {
        let owner = RecordIx::Event(at);
        let event = &self.model()[at];
        let (item, fields) = (&event.item, &event.item.record.fields);
        EventRecord {
            id: item.id(),
            date: date(event.date()),
            title: self.view.title_of(owner),
            summary: self.maybe(owner, fields.summary.as_ref()),
            significance: fields.significance.word(),
            status: fields.status.word(),
            place: fields.place.and_then(|place| self.id(item.targets[place.0])),
            entities: self.ids(&item.targets, fields.entities.iter().map(|entity| entity.0)),
            sections: event.sections.iter().map(|at| self.model()[*at].item.id()).collect(),
            claims: self.ids(&item.targets, fields.claims.iter().map(|claim| claim.0)),
            topics: fields.topics.iter().map(|topic| topic.value.as_str()).collect(),
            accounts: fields.accounts.iter().map(|account| self.assertion(owner, account)).collect(),
            published: fields.published.as_ref().map(|day| date(&day.value)),
            known_from: fields.known_from.as_ref().map(|day| date(&day.value)),
            later: {
                let steps = fields.later.iter();
                steps.map(|later| self.step(owner, &later.date.value, None, Some(&later.text), &later.sources)).collect()
            },
            after: self.ids(&item.targets, fields.after.iter().map(|event| event.0)),
            caused_by: self.ids(&item.targets, fields.caused_by.iter().map(|event| event.0)),
            picture: fields.media.as_ref().and_then(|media| self.picture(owner, media)),
            common: self.common(owner),
        }
    }

    /// An entity.
    pub fn entity(&self, at: EntityIx) -> EntityRecord<'s> {
        let owner = RecordIx::Entity(at);
        let entity = &self.model()[at];
        let fields = &entity.item.record.fields;
        EntityRecord {
            id: entity.item.id(),
            kind: fields.kind.word(),
            name: self.view.title_of(owner),
            aliases: {
                let names = fields.common.aliases.iter().map(|alias| alias.value.as_str());
                names.filter(|name| !name.starts_with('/')).collect()
            },
            description: self.maybe(owner, fields.description.as_ref()),
            roles: fields
                .roles
                .iter()
                .map(|role| RoleRecord {
                    title: self.text(owner, &role.title),
                    from: role.from.as_ref().map(|date| date.value.to_string()),
                    to: role.to.as_ref().map(|end| match end {
                        RoleEnd::Open => "..".to_owned(),
                        RoleEnd::At(date) => date.value.to_string(),
                    }),
                    sources: self.citations(owner, &role.sources),
                })
                .collect(),
            same_as: fields.same_as.iter().map(|address| address.0.value.as_str()).collect(),
            accused: fields.accused,
            status: {
                let steps = fields.status.iter();
                steps.map(|step| self.step(owner, &step.date.value, None, Some(&step.is), &step.sources)).collect()
            },
            events: self.events(&entity.timeline),
            picture: fields.image.as_ref().and_then(|media| self.picture(owner, media)),
            common: self.common(owner),
        }
    }

    /// A claim.
    pub fn claim(&self, at: ClaimIx) -> ClaimRecord<'s> {
        let owner = RecordIx::Claim(at);
        let claim = &self.model()[at];
        let (item, fields) = (&claim.item, &claim.item.record.fields);
        ClaimRecord {
            id: item.id(),
            text: self.view.title_of(owner),
            status: claim.status().word(),
            asserted_by: fields.asserted_by.iter().map(|by| self.assertion(owner, by)).collect(),
            disputed_by: fields.disputed_by.iter().map(|by| self.assertion(owner, by)).collect(),
            history: fields
                .history
                .iter()
                .map(|step| self.step(owner, &step.date.value, Some(step.status.word()), step.note.as_ref(), &step.sources))
                .collect(),
            sections: self.ids(&item.targets, fields.sections.iter().map(|section| section.0)),
            events: self.events(&claim.events),
            common: self.common(owner),
        }
    }

    /// A term.
    pub fn term(&self, at: TermIx) -> TermRecord<'s> {
        let owner = RecordIx::Term(at);
        let item = &self.model()[at].item;
        TermRecord {
            id: item.id(),
            term: self.view.title_of(owner),
            definition: self.text(owner, &item.record.fields.definition),
            common: self.common(owner),
        }
    }

    /// A source.
    pub fn source(&self, at: SourceIx) -> SourceRecord<'s> {
        let owner = RecordIx::Source(at);
        let item = &self.model()[at].item;
        let fields = &item.record.fields;
        SourceRecord {
            key: item.id(),
            title: self.view.title_of(owner),
            title_is: fields.title_is.map_or("headline", |is| is.word()),
            authors: fields.author.0.iter().map(String::as_str).collect(),
            publisher: self.maybe(owner, fields.publisher.0.as_ref()),
            date: fields.date.as_ref().map(|day| date(&day.value)),
            address: fields.url.as_ref().map(|url| url.value.0.value.as_str()),
            read: fields.url.as_ref().and_then(|url| url.date.as_ref()).map(|day| day.value.to_string()),
            kind: fields.kind.map(SourceKind::word),
            via: self.maybe(owner, fields.via.as_ref()),
            archive_url: fields.archive_url.as_ref().map(|url| url.0.value.as_str()),
            archived: fields.archived.as_ref().map(|day| day.value.to_string()),
            access: fields.access.map(Access::word),
            quote: self.maybe(owner, fields.quote.as_ref()),
            common: self.common(owner),
        }
    }

    fn common(&self, owner: RecordIx) -> CommonRecord<'s> {
        let common = self.model().common(owner);
        let linked = self.model().linked(owner);
        CommonRecord {
            url: self.view.public_url(owner),
            sources: self.citations(owner, &common.sources),
            cites: once_each(linked.cited.iter().filter_map(|cited| self.key(*cited))),
            mentions: self.mentioned(linked),
            note: self.maybe(owner, common.note.as_ref()),
            updates: common
                .updates
                .iter()
                .map(|update| UpdateRecord {
                    date: date(&update.date.value),
                    kind: update.kind.word(),
                    text: self.text(owner, &update.text),
                })
                .collect(),
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

    fn text(&self, owner: RecordIx, text: &Text) -> String {
        self.view.plain_text(owner, Some(text))
    }

    fn maybe(&self, owner: RecordIx, text: Option<&Text>) -> Option<String> {
        text.map(|text| self.text(owner, text))
    }

    fn events(&self, events: &[EventIx]) -> Vec<&'s str> {
        events.iter().map(|at| self.model()[*at].item.id()).collect()
    }

    fn id(&self, target: Link) -> Option<&'s str> {
        let model = self.model();
        Some(match target.record()? {
            RecordIx::Page(at) => model[at].item.id(),
            RecordIx::Event(at) => model[at].item.id(),
            RecordIx::Claim(at) => model[at].item.id(),
            RecordIx::Entity(at) => model[at].item.id(),
            RecordIx::Term(at) => model[at].item.id(),
            RecordIx::Source(at) => model[at].item.id(),
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
            let locator = &linked.pieces.citations[source.0].locator;
            Some(CitationRecord { source: self.key(linked.cited[source.0])?, locator })
        };
        sources.iter().filter_map(citation).collect()
    }

    /// Who somebody is: an entity's id, and words.
    fn party(&self, owner: RecordIx, party: &Party) -> (Option<&'s str>, String) {
        let target = party.pointer.map(|index| self.model().linked(owner).targets[index]);
        match target.and_then(|target| Some((self.id(target)?, self.view.plain_title(target)?))) {
            Some((id, name)) => (Some(id), name.to_owned()),
            None => (None, self.text(owner, &party.text)),
        }
    }

    fn assertion(&self, owner: RecordIx, assertion: &Assertion) -> AssertionRecord<'s> {
        let (entity, by) = self.party(owner, &assertion.by);
        AssertionRecord {
            entity,
            by,
            says: self.maybe(owner, assertion.says.as_ref()),
            date: assertion.date.as_ref().map(|day| date(&day.value)),
            sources: self.citations(owner, &assertion.sources),
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
        let Destination::Media(path) = self.model().linked(owner).destinations.get(media.src.0)? else {
            return None;
        };
        Some(PictureRecord {
            url: self.view.public(&address::file(&escape::percent_encoded(path))),
            alt: self.maybe(owner, media.alt.as_ref()),
            credit: self.maybe(owner, media.credit.as_ref()),
            license: self.maybe(owner, media.license.as_ref()),
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
