//! Events: what happened, when, and what came of it.

use super::common::{Assertion, ClaimRef, Common, EntityRef, EventRef, Id, Media, PlaceRef, SectionRef, SourceRef};
use crate::base::At;
use crate::date::Date;
use crate::syntax::text::Text;
use crate::{choice, record};

choice! {
    /// Whether the short timeline keeps an event.
    #[derive(Default)]
    pub enum Significance {
        /// It does not.
        #[default]
        Minor = "minor",
        /// It does.
        Major = "major",
    }
}

choice! {
    /// How sure it is that an event happened as told.
    #[derive(Default)]
    pub enum EventStatus {
        /// Nobody doubts it.
        #[default]
        Confirmed = "confirmed",
        /// It is reported, not confirmed.
        Reported = "reported",
        /// Accounts differ.
        Disputed = "disputed",
        /// It is announced for a day to come.
        Scheduled = "scheduled",
    }
}

record! {
    /// An event.
    pub struct Event = "an event" {
        /// its id
        "id" id: Id, required;
        /// when it happened
        "date" date: At<Date>, required;
        /// what happened, in a headline
        "title" title: Text, required;
        /// what was known at its time, in one to three sentences
        "summary" summary: Option<Text> => paragraphs;
        /// sections that tell it, beside those that mention it
        "sections" sections: Vec<SectionRef>;
        /// people, organisations, places, laws and cases in it
        "entities" entities: Vec<EntityRef>;
        /// plain labels
        "topics" topics: Vec<At<String>>;
        /// claims that it bears on
        "claims" claims: Vec<ClaimRef>;
        /// where it happened
        "place" place: Option<PlaceRef>;
        /// what the short timeline keeps
        "significance" significance: Significance;
        /// how sure it is
        "status" status: EventStatus;
        /// what each side says, where they disagree
        "accounts" accounts: Vec<Assertion>;
        /// the day it was first published on this site, for feeds
        "published" published: Option<At<Date>>;
        /// when it became public, if later than its sources or its day suggest
        "known-from" known_from: Option<At<Date>>;
        /// what came of it; in the order of its dates
        "later" later: Vec<Later>;
        /// events that it must follow
        "after" after: Vec<EventRef>;
        /// events that brought it about
        "caused-by" caused_by: Vec<EventRef>;
        /// its place among events of one date
        "order" order: i32;
        /// a picture
        "media" media: Option<Media>;
        ..common: Common;
    }
}

record! {
    /// What came of an event.
    pub struct Later = "what came of an event" {
        /// when
        "date" date: At<Date>, required;
        /// what
        "text" text: Text => paragraphs, required;
        /// where that can be read
        "sources" sources: Vec<SourceRef>;
    }
}
