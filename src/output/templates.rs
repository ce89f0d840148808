//! Which context each template gets: what pages are rendered with, and what is checked before any page is rendered.

use schemars::JsonSchema;
use serde::Serialize;

use crate::theme::interface::{Given, Interface};
use crate::view::author::AuthorPage;
use crate::view::claim::ClaimPage;
use crate::view::entity::EntityPage;
use crate::view::event::{EventEntryView, EventPage};
use crate::view::front::FrontPage;
use crate::view::lists::{
    ChangesPage, ClaimsPage, EntitiesPage, GlossaryPage, MentionsPage, NavView, NotFoundPage, SectionsPage, SourcesPage,
    TimelinePage,
};
use crate::view::page::SectionPage;
use crate::view::section_marks::LegendView;
use crate::view::source::SourcePage;

/// An ordinary page, which has its own template.
#[derive(Serialize, JsonSchema)]
#[serde(transparent)]
pub struct OrdinaryPage<'m>(pub SectionPage<'m>);

/// The masthead's context is empty: it sees only what all templates see.
#[derive(Serialize, JsonSchema)]
pub struct Masthead {}

/// The same goes for the style settings of all pages.
#[derive(Serialize, JsonSchema)]
pub struct Looks {}

/// The names of the finished HTML that pages get in addition to their contexts.
pub const PARTIALS: [&str; 4] = ["nav", "masthead", "look", "legend"];

/// Ties contexts to templates, and lists them. A context that isn't in the list can't be rendered.
macro_rules! given {
    ($($context:ty => $template:literal $partials:expr,)*) => {
        $(impl Given for $context {
            const TEMPLATE: &'static str = $template;
        })*

        /// Which context each template gets.
        #[must_use]
        pub fn interface() -> Interface {
            Interface::default()$(.with::<$context>($partials))*
        }

        /// Every template that is rendered by itself, and the name of its context's type.
        pub const TEMPLATES: &[(&str, &str)] = &[$(($template, stringify!($context))),*];
    };
}

given! {
    FrontPage<'_> => "index.html" &PARTIALS,
    SectionPage<'_> => "section.html" &PARTIALS,
    OrdinaryPage<'_> => "page.html" &PARTIALS,
    EventPage<'_> => "event.html" &PARTIALS,
    EntityPage<'_> => "entity.html" &PARTIALS,
    ClaimPage<'_> => "claim.html" &PARTIALS,
    SourcePage<'_> => "source.html" &PARTIALS,
    AuthorPage<'_> => "author.html" &PARTIALS,
    TimelinePage<'_> => "timeline.html" &PARTIALS,
    SectionsPage => "sections.html" &PARTIALS,
    EntitiesPage => "entities.html" &PARTIALS,
    SourcesPage => "sources.html" &PARTIALS,
    ClaimsPage => "claims.html" &PARTIALS,
    ChangesPage => "changes.html" &PARTIALS,
    GlossaryPage => "glossary.html" &PARTIALS,
    MentionsPage => "mentions.html" &PARTIALS,
    NotFoundPage<'_> => "404.html" &PARTIALS,
    // These are made once for many pages, so they get nothing that belongs to one page.
    EventEntryView => "components/event_entry.html" &[],
    NavView => "components/nav.html" &[],
    Masthead => "components/masthead.html" &[],
    Looks => "components/look.html" &[],
    LegendView => "components/legend.html" &[],
}
