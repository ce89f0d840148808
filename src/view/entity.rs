//! The pages of people, organizations, places, facilities, laws and cases.

use serde::Serialize;

use super::citations::numbered::Numbering;
use super::html::Writer;
use super::map::LocatorView;
use super::mentions::MentionView;
use super::page::BodyPart;
use super::party_claims::PartyClaims;
use super::picture::PictureView;
use super::record::{FootView, StepView};
use super::timeline::{Anchors, IN_A_SECTION, TimelineView};
use super::{DateView, Head, LinkView, View};
use crate::date::{SpanEnd, span};
use crate::model::{EntityIx, RecordIx};
use crate::syntax::kinds::entity::{Role, RoleEnd, StatusStep};

/// An entity's own page.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct EntityPage<'m> {
    /// What the page says about itself.
    pub page: Head,
    /// The entity.
    pub entity: EntityView,
    /// Its longer text, in parts: HTML and blocks. Empty unless the entity is a Markdown file.
    pub body: Vec<BodyPart<'m>>,
    /// Its timeline.
    pub timeline: TimelineView<'m>,
    /// Claims that it makes, disputes, or is the subject of.
    pub claims: PartyClaims,
    /// Where it is mentioned.
    pub mentions: Vec<MentionView>,
    /// More mentions, if they fill more than a page.
    pub more_mentions: Option<LinkView>,
    /// Note, updates and sources.
    pub foot: FootView,
}

/// An entity.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct EntityView {
    /// Its name.
    pub name_html: String,
    /// What it is, as authors type it.
    pub kind: &'static str,
    /// What it is, in a word.
    pub kind_word: String,
    /// Who or what it is, paragraph by paragraph.
    pub description_html: Vec<String>,
    /// Other names.
    pub aliases: Vec<String>,
    /// Offices held, with their dates; oldest first.
    pub roles: Vec<RoleView>,
    /// Its latest status.
    pub now: Option<StepView>,
    /// Its status before that: dated, oldest first.
    pub status: Vec<StepView>,
    /// Where it is, if the site has small maps on pages.
    pub locator: Option<LocatorView>,
    /// The same entity elsewhere.
    pub same_as: Vec<String>,
    /// A picture.
    pub picture: Option<PictureView>,
}

/// An office held.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct RoleView {
    /// The name of the office.
    pub title_html: String,
    /// From when to when, if that is known.
    pub dates: Option<DateView>,
    /// Citations.
    pub marks_html: String,
}

impl<'m> View<'m> {
    /// An entity's own page.
    #[must_use]
    pub fn entity_page(&self, at: EntityIx) -> EntityPage<'m> {
        let owner = RecordIx::Entity(at);
        let item = self.reader.item(at);
        let fields = &item.record.fields;
        let mut numbering = Numbering::default();
        let mut writer = Writer::page(self, owner, &mut numbering);
        let step = |step: &StatusStep, writer: &mut Writer<'_, 'm>| StepView {
            date: self.date_text(&step.date.value),
            status: None,
            status_id: None,
            text_html: Some(writer.text(&step.is)),
            marks_html: writer.marks(&step.sources),
        };
        let mut steps = self.reader.oldest_first(&fields.status);
        let last = steps.pop();
        let view = EntityView {
            now: last.map(|last| step(last, &mut writer)),
            name_html: self.record_title_html(owner),
            kind: fields.kind.word(),
            kind_word: self.word("kind", fields.kind.word()),
            description_html: writer.maybe_paragraphs(fields.description.as_ref()),
            // An alias that is an address is an old address of this page, not another name.
            aliases: fields
                .common
                .aliases
                .iter()
                .filter(|name| !name.value.starts_with('/'))
                .map(|name| self.isolated(&name.value).into_owned())
                .collect(),
            roles: self
                .reader
                .oldest_first(&fields.roles)
                .into_iter()
                .map(|role| RoleView {
                    title_html: writer.text(&role.title),
                    dates: self.role_dates(role),
                    marks_html: writer.marks(&role.sources),
                })
                .collect(),
            status: steps.into_iter().map(|earlier| step(earlier, &mut writer)).collect(),
            locator: self.locator(at),
            same_as: fields.same_as.iter().map(|address| address.0.value.clone()).collect(),
            picture: fields.image.as_deref().map(|media| writer.picture(media)),
        };
        let body = self.body(owner, &mut numbering);
        let claims = self.party_claims(at, &mut numbering);
        let foot = self.foot(owner, &fields.common, &mut numbering);
        let path = self.reader.path_of(at.into());
        let description = self.plain_text(owner, fields.description.as_ref());
        EntityPage {
            page: self.record_head("entity", owner, description, &path),
            entity: view,
            body,
            timeline: self.timeline(self.reader.timeline(owner), IN_A_SECTION, None, Anchors::Events),
            claims,
            mentions: self.first_mentions(owner),
            more_mentions: self.more_mentions(owner, &path),
            foot,
        }
    }

    fn role_dates(&self, role: &Role) -> Option<DateView> {
        let from = role.from.as_ref().map_or(SpanEnd::Unknown, |date| SpanEnd::At(date.value.clone()));
        let to = match &role.to {
            None => SpanEnd::Unknown,
            Some(RoleEnd::Open) => SpanEnd::Open,
            Some(RoleEnd::At(date)) => SpanEnd::At(date.value.clone()),
        };
        // If only the beginning is known, we write just that: calling the end unknown would say more than the record
        // does.
        if matches!(to, SpanEnd::Unknown)
            && let SpanEnd::At(date) = &from
        {
            return Some(self.date(date));
        }
        span(&from, &to).ok().map(|date| self.date(&date))
    }
}
