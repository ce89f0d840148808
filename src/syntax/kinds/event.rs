//! Events: what happened, when, and what happened next.

use super::common::{Assertion, ClaimRef, Common, EntityRef, EventRef, Id, Media, PlaceRef, SectionRef, SourceRef};
use crate::base::At;
use crate::date::Date;
use crate::syntax::text::Text;
use crate::{choice, record};

choice! {
    /// Whether the short timeline shows an event.
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
    /// How certain it is that an event happened as told.
    #[derive(Default)]
    pub enum EventStatus {
        /// Nobody doubts it.
        #[default]
        Confirmed = "confirmed",
        /// It is reported, not confirmed.
        Reported = "reported",
        /// Accounts differ.
        Disputed = "disputed",
        /// It is announced for a future day.
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
        /// what was known at the time, in one to three sentences
        "summary" summary: Option<Text> => paragraphs;
        /// sections that tell it, in addition to those that mention it
        "sections" sections: Vec<SectionRef>;
        /// the people, organizations, places, laws and cases involved
        "entities" entities: Vec<EntityRef>;
        /// topics, in plain words
        "topics" topics: Vec<At<String>>;
        /// claims that it relates to
        "claims" claims: Vec<ClaimRef>;
        /// where it happened
        "place" place: Option<PlaceRef>;
        /// whether the short timeline shows it
        "significance" significance: Significance;
        /// how certain it is
        "status" status: EventStatus;
        /// what each side says, if they disagree
        "accounts" accounts: Vec<Assertion>;
        /// the day it was first published on this site, for feeds
        "published" published: Option<At<Date>>;
        /// when it became public, if later than its sources or its date suggest
        "known-from" known_from: Option<At<Date>>;
        /// what happened next; in date order
        "later" later: Vec<Later>;
        /// events that it must come after
        "after" after: Vec<EventRef>;
        /// events that caused it
        "caused-by" caused_by: Vec<EventRef>;
        /// its place among events on the same date
        "order" order: i32;
        /// a picture
        "media" media: Option<Box<Media>>;
        ..common: Common;
    }
}

record! {
    /// What happened after an event.
    pub struct Later = "a later development" {
        /// when
        "date" date: At<Date>, required;
        /// what happened
        "text" text: Text => paragraphs, required;
        /// sources for it
        "sources" sources: Vec<SourceRef>;
    }
}
