//! The public records, as `data/site.json` has them. The JSON Schema and its descriptions come from these structs.

use schemars::JsonSchema;
use serde::Serialize;

/// A date as written, and what it means.
#[derive(Serialize, JsonSchema)]
pub struct DateRecord {
    /// In EDTF (ISO 8601-2), levels 0 and 1 and sets: `2025-03~` is about March 2025.
    pub edtf: String,
    /// The first day that it may mean; absent if the start is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<String>,
    /// The last day that it may mean; absent if the end is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<String>,
}

/// A source that is cited, and where in it.
#[derive(Serialize, JsonSchema)]
pub struct CitationRecord<'m> {
    /// The source's key.
    pub source: &'m str,
    /// Where in it: “p. 2”.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub locator: &'m str,
}

/// What every record may have.
#[derive(Serialize, JsonSchema)]
pub struct CommonRecord<'m> {
    /// Its page.
    pub url: String,
    /// Sources for the record as a whole.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<CitationRecord<'m>>,
    /// Every source that any part of it cites, each once, by key.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cites: Vec<&'m str>,
    /// Every record that its texts mention, each once, by id.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub mentions: Vec<&'m str>,
    /// A public note.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Updates and corrections, newest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub updates: Vec<UpdateRecord>,
    /// The body of a record that isn't a page, block by block with an empty line between. Absent if it has none, or if the
    /// site's owner keeps texts out of this file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
}

/// An update or correction.
#[derive(Serialize, JsonSchema)]
pub struct UpdateRecord {
    /// When.
    pub date: DateRecord,
    /// `update`, `correction` or `clarification`.
    pub kind: &'static str,
    /// What changed.
    pub text: String,
}

/// Where one strand of the story stands.
#[derive(Serialize, JsonSchema)]
pub struct StandingRecord<'m> {
    /// The id of the section that tells it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<&'m str>,
    /// Where it stands.
    pub text: String,
}

/// A number that is news.
#[derive(Serialize, JsonSchema)]
pub struct NumberRecord {
    /// The number, as readers see it.
    pub number: String,
    /// What it counts, and who says so.
    pub text: String,
}

/// A section, or a page outside the reading order.
#[derive(Serialize, JsonSchema)]
pub struct PageRecord<'m> {
    /// Its id; empty for the front page.
    pub id: &'m str,
    /// What it is called.
    pub title: &'m str,
    /// What it says, in a sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// The group that it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<&'m str>,
    /// When it was first published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<DateRecord>,
    /// When it last changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated: Option<DateRecord>,
    /// Its as-of day, if that differs from the site's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<DateRecord>,
    /// Who wrote it, by name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<&'m str>,
    /// Those among them who have a record here, by id.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub author_ids: Vec<&'m str>,
    /// Topics.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<&'m str>,
    /// Where its story stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub now: Option<String>,
    /// Where the whole story stands, strand by strand.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub where_it_stands: Vec<StandingRecord<'m>>,
    /// Numbers that are news.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub numbers: Vec<NumberRecord>,
    /// The 30-second version.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub key_points: Vec<String>,
    /// The events that it tells, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<&'m str>,
    /// Claims that name it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<&'m str>,
    /// How many words its text has.
    pub words: u32,
    /// Its text, block by block with a blank line between blocks. Absent if the site's owner keeps texts out of this
    /// file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    #[serde(flatten)]
    pub common: CommonRecord<'m>,
}

/// An event.
#[derive(Serialize, JsonSchema)]
pub struct EventRecord<'m> {
    /// Its id.
    pub id: &'m str,
    /// When it happened.
    pub date: DateRecord,
    /// What happened, in a headline.
    pub title: &'m str,
    /// What was known at the time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// `major` or `minor`.
    pub significance: &'static str,
    /// `confirmed`, `reported`, `disputed` or `scheduled`.
    pub status: &'static str,
    /// Where it happened: an entity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<&'m str>,
    /// The people, organizations and other entities that take part.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub entities: Vec<&'m str>,
    /// Sections that tell it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sections: Vec<&'m str>,
    /// Claims that it relates to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<&'m str>,
    /// Topics.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<&'m str>,
    /// What each side says, where they disagree.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub accounts: Vec<AssertionRecord<'m>>,
    /// When it was first published here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<DateRecord>,
    /// When it became public, if that is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub known_from: Option<DateRecord>,
    /// What happened next, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub later: Vec<StepRecord<'m>>,
    /// Events that it must follow.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<&'m str>,
    /// Events that caused it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub caused_by: Vec<&'m str>,
    /// A picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub picture: Option<PictureRecord>,
    #[serde(flatten)]
    pub common: CommonRecord<'m>,
}

/// Someone who says something.
#[derive(Serialize, JsonSchema)]
pub struct AssertionRecord<'m> {
    /// Who, if it is an entity: its id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entity: Option<&'m str>,
    /// Who, in words.
    pub by: String,
    /// What they say; completes “by …”.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub says: Option<String>,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<DateRecord>,
    /// Where to read that.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<CitationRecord<'m>>,
}

/// Something that happened to a record.
#[derive(Serialize, JsonSchema)]
pub struct StepRecord<'m> {
    /// When.
    pub date: DateRecord,
    /// The claim's status from then on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<&'static str>,
    /// What happened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Where to read that.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<CitationRecord<'m>>,
}

/// A picture.
#[derive(Serialize, JsonSchema)]
pub struct PictureRecord {
    /// Its file.
    pub url: String,
    /// What it shows, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alt: Option<String>,
    /// Who made it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credit: Option<String>,
    /// Its license.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub license: Option<String>,
}

/// A person, organization, place, facility, law or case.
#[derive(Serialize, JsonSchema)]
pub struct EntityRecord<'m> {
    /// Its id.
    pub id: &'m str,
    /// `person`, `organization`, `place`, `facility`, `law` or `case`.
    pub kind: &'static str,
    /// Its name.
    pub name: &'m str,
    /// Other names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<&'m str>,
    /// Who or what it is, in a sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Where it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<LocationRecord>,
    /// Offices held.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<RoleRecord<'m>>,
    /// The same entity elsewhere.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub same_as: Vec<&'m str>,
    /// Whether a person is accused of something.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub accused: bool,
    /// Its status over time, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub status: Vec<StepRecord<'m>>,
    /// Events in which it takes part, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<&'m str>,
    /// A picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub picture: Option<PictureRecord>,
    #[serde(flatten)]
    pub common: CommonRecord<'m>,
}

/// A position on the earth (WGS 84).
#[derive(Serialize, JsonSchema)]
pub struct LocationRecord {
    /// Degrees north of the equator.
    pub lat: f64,
    /// Degrees east of Greenwich.
    pub lon: f64,
    /// Whether that is only approximately so.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub approximate: bool,
}

/// An office held.
#[derive(Serialize, JsonSchema)]
pub struct RoleRecord<'m> {
    /// What it is called.
    pub title: String,
    /// Since when, in EDTF.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Until when, in EDTF; `..` if still held.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// Where to read that.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<CitationRecord<'m>>,
}

/// A contested statement.
#[derive(Serialize, JsonSchema)]
pub struct ClaimRecord<'m> {
    /// Its id.
    pub id: &'m str,
    /// The statement.
    pub text: &'m str,
    /// `established`, `disputed`, `alleged`, `false` or `unknown`.
    pub status: &'static str,
    /// Who makes it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub asserted_by: Vec<AssertionRecord<'m>>,
    /// Who disputes it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub disputed_by: Vec<AssertionRecord<'m>>,
    /// How the evidence changed, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub history: Vec<StepRecord<'m>>,
    /// Sections that it belongs to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sections: Vec<&'m str>,
    /// Events related to it, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<&'m str>,
    #[serde(flatten)]
    pub common: CommonRecord<'m>,
}

/// A glossary term.
#[derive(Serialize, JsonSchema)]
pub struct TermRecord<'m> {
    /// Its id.
    pub id: &'m str,
    /// The term itself.
    pub term: &'m str,
    /// What it means.
    pub definition: String,
    #[serde(flatten)]
    pub common: CommonRecord<'m>,
}

/// A source.
#[derive(Serialize, JsonSchema)]
pub struct SourceRecord<'m> {
    /// Its key.
    pub key: &'m str,
    /// What it is called.
    pub title: &'m str,
    /// Whose words the title is: `headline` is the publisher's, `description` is ours.
    pub title_is: &'static str,
    /// Who wrote it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<&'m str>,
    /// Who published it first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<DateRecord>,
    /// Where to read it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<&'m str>,
    /// The day it was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub read: Option<String>,
    /// What kind of source it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<&'static str>,
    /// Whose copy was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub via: Option<String>,
    /// An archived copy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub archive_url: Option<&'m str>,
    /// When it was archived.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub archived: Option<String>,
    /// `open` or `paywall`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub access: Option<&'static str>,
    /// The words that the site relies on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
    #[serde(flatten)]
    pub common: CommonRecord<'m>,
}

/// Someone who writes for the site.
#[derive(Serialize, JsonSchema)]
pub struct AuthorRecord<'m> {
    /// The id.
    pub id: &'m str,
    /// The name.
    pub name: &'m str,
    /// The job.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// Who that is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bio: Option<String>,
    /// How readers reach the author: an address that begins with `mailto:`, or one of the web.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<&'m str>,
    /// Subjects that the author knows well.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub expertise: Vec<&'m str>,
    /// What readers should know of the author's ties to the story.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disclosure: Option<String>,
    /// The same person elsewhere.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub same_as: Vec<&'m str>,
    /// Sections and pages that they wrote, the newest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub wrote: Vec<&'m str>,
    #[serde(flatten)]
    pub common: CommonRecord<'m>,
}
