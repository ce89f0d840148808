//! Which context each template is given: what pages are rendered with, and what is checked before any is rendered.

use schemars::JsonSchema;
use serde::Serialize;

use crate::theme::interface::{Given, Interface};
use crate::view::claim::ClaimPage;
use crate::view::entity::EntityPage;
use crate::view::event::{EventEntryView, EventPage};
use crate::view::front::FrontPage;
use crate::view::lists::{
    ChangesPage, ClaimsPage, EntitiesPage, GlossaryPage, MentionsPage, NavView, NotFoundPage, SectionsPage, SourcesPage,
    TimelinePage,
};
use crate::view::marks::LegendView;
use crate::view::page::SectionPage;
use crate::view::source::SourcePage;

/// An ordinary page, which is rendered with a template of its own.
#[derive(Serialize, JsonSchema)]
#[serde(transparent)]
pub struct OrdinaryPage<'m>(pub SectionPage<'m>);

/// What the masthead is given: it sees nothing but what all templates see.
#[derive(Serialize, JsonSchema)]
pub struct Masthead {}

/// What makes the look of all pages sees nothing else either.
#[derive(Serialize, JsonSchema)]
pub struct Looks {}

/// The names of the finished HTML that pages are handed beside their contexts.
pub const PIECES: [&str; 4] = ["nav", "masthead", "look", "legend"];

/// Ties contexts to templates, and lists them. A context that is not in the list can't be rendered.
macro_rules! given {
    ($($context:ty => $template:literal $pieces:expr,)*) => {
        $(impl Given for $context {
            const TEMPLATE: &'static str = $template;
        })*

        /// Which context each template is given.
        #[must_use]
        pub fn interface() -> Interface {
            Interface::default()$(.with::<$context>($pieces))*
        }

        /// Every template that is rendered by itself, and the name of its context's type.
        pub const TEMPLATES: &[(&str, &str)] = &[$(($template, stringify!($context))),*];
    };
}

given! {
    FrontPage<'_> => "index.html" &PIECES,
    SectionPage<'_> => "section.html" &PIECES,
    OrdinaryPage<'_> => "page.html" &PIECES,
    EventPage => "event.html" &PIECES,
    EntityPage<'_> => "entity.html" &PIECES,
    ClaimPage<'_> => "claim.html" &PIECES,
    SourcePage => "source.html" &PIECES,
    TimelinePage<'_> => "timeline.html" &PIECES,
    SectionsPage => "sections.html" &PIECES,
    EntitiesPage => "entities.html" &PIECES,
    SourcesPage => "sources.html" &PIECES,
    ClaimsPage => "claims.html" &PIECES,
    ChangesPage => "changes.html" &PIECES,
    GlossaryPage => "glossary.html" &PIECES,
    MentionsPage => "mentions.html" &PIECES,
    NotFoundPage<'_> => "404.html" &PIECES,
    // Made once for many pages, and so handed nothing of theirs.
    EventEntryView => "components/event_entry.html" &[],
    NavView => "components/nav.html" &[],
    Masthead => "components/masthead.html" &[],
    Looks => "components/look.html" &[],
    LegendView => "components/legend.html" &[],
}
