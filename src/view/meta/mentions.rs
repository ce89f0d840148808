//! What a page is about, what it mentions and what it cites, in the terms of schema.org.

use serde::Serialize;

use crate::date::{Bounds, Date, Day};
use crate::model::Role;
use crate::model::{EntityIx, EventIx, Link, RecordIx, SourceIx, address};
use crate::syntax::kinds::entity::EntityKind;
use crate::syntax::kinds::source::SourceKind;
use crate::view::View;
use crate::view::time::iso;

/// The most entities that a section is about: those that it names most.
const ABOUT: usize = 5;

/// The most other entities and events that a page says it mentions, so that no head grows with the site.
const MENTIONS: usize = 25;

/// Something that a page mentions.
#[derive(Serialize)]
pub struct Named<'m> {
    #[serde(rename = "@type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<&'static str>,
    #[serde(rename = "@id", skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    pub name: &'m str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(rename = "sameAs", skip_serializing_if = "Vec::is_empty")]
    pub same_as: Vec<&'m str>,
    #[serde(rename = "temporalCoverage", skip_serializing_if = "Option::is_none")]
    pub time: Option<String>,
}

/// A work that a page cites.
#[derive(Serialize)]
pub struct Work<'m> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "@id")]
    id: String,
    name: &'m str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'m str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<Publisher<'m>>,
    #[serde(rename = "datePublished", skip_serializing_if = "Option::is_none")]
    date: Option<String>,
}

#[derive(Serialize)]
struct Publisher<'m> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'m str,
}

/// Where a place is.
#[derive(Serialize)]
pub struct Coordinates {
    #[serde(rename = "@type")]
    kind: &'static str,
    latitude: f64,
    longitude: f64,
}

/// Where an entity is, if it is what schema.org calls a place: nothing else has coordinates there.
pub fn coordinates(view: &View<'_>, at: EntityIx) -> Option<Coordinates> {
    let location = view.reader.location(at).filter(|_| kind(view.reader.entity_kind(at)) == "Place")?;
    Some(Coordinates { kind: "GeoCoordinates", latitude: location.lat, longitude: location.lon })
}

/// What schema.org calls an entity. It has no type for a court case.
pub fn kind(entity: EntityKind) -> &'static str {
    match entity {
        EntityKind::Person => "Person",
        EntityKind::Organization => "Organization",
        EntityKind::Place | EntityKind::Facility => "Place",
        EntityKind::Law => "Legislation",
        EntityKind::Case => "Thing",
    }
}

/// An id for the thing that a record's page is about, separate from the page's own.
pub fn thing_id(view: &View<'_>, owner: RecordIx) -> String {
    let anchor = match owner {
        RecordIx::Entity(_) => "#entity",
        RecordIx::Event(_) => "#event",
        RecordIx::Claim(_) => "#claim",
        RecordIx::Source(_) => "#source",
        RecordIx::Page(_) => "#article",
        RecordIx::Author(_) => "#author",
        RecordIx::Term(_) => "",
    };
    view.absolute(&(view.reader.record_address(owner) + anchor))
}

/// An entity, by its id; on its own page, its node says more.
pub fn entity<'m>(view: &View<'m>, at: EntityIx) -> Named<'m> {
    let owner = RecordIx::Entity(at);
    let fields = &view.reader.item(at).record.fields;
    Named {
        kind: Some(kind(fields.kind)),
        id: Some(thing_id(view, owner)),
        name: view.title_of(owner),
        url: None,
        same_as: fields.same_as.iter().map(|address| address.0.value.as_str()).collect(),
        time: None,
    }
}

/// An event, as the page that tells it: what the news calls an event is seldom one in schema.org's sense, which has a
/// place and guests.
pub fn event<'m>(view: &View<'m>, at: EventIx) -> Named<'m> {
    let owner = RecordIx::Event(at);
    let url = view.absolute(&view.reader.record_address(owner));
    let time = coverage(view.reader.date(at), view.reader.possible_days(at));
    Named { kind: Some("WebPage"), id: Some(url), name: view.title_of(owner), url: None, same_as: Vec::new(), time }
}

/// What a section is about, and what else it mentions.
pub fn of_section<'m>(view: &View<'m>, owner: RecordIx, events: &[EventIx]) -> (Vec<Named<'m>>, Vec<Named<'m>>) {
    let mut counts: Vec<(EntityIx, usize)> = Vec::new();
    for target in view.reader.linked(owner).targets {
        if let Link::To(RecordIx::Entity(at)) = target {
            match counts.iter_mut().find(|(known, _)| known == at) {
                Some((_, count)) => *count += 1,
                None => counts.push((*at, 1)),
            }
        }
    }
    // The sort is stable: of two named equally often, the one named first comes first.
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let mut entities = counts.into_iter().map(|(at, _)| entity(view, at));
    let about = entities.by_ref().take(ABOUT).collect();
    (about, entities.chain(events.iter().map(|at| event(view, *at))).take(MENTIONS).collect())
}

/// The works that a record cites, each once, by name and address. A page may cite hundreds, and all else that is known of them
/// stands on their own pages.
pub fn cited<'m>(view: &View<'m>, owner: RecordIx) -> Vec<Work<'m>> {
    let mut seen: Vec<SourceIx> = Vec::new();
    for cited in view.reader.linked(owner).cited {
        if let Link::To(RecordIx::Source(at)) = cited
            && !seen.contains(at)
        {
            seen.push(*at);
        }
    }
    seen.into_iter().map(|at| Work { publisher: None, date: None, ..work(view, at) }).collect()
}

/// A source as a work.
pub fn work<'m>(view: &View<'m>, at: SourceIx) -> Work<'m> {
    let fields = &view.reader.item(at).record.fields;
    let kind = match fields.kind {
        Some(SourceKind::News | SourceKind::Wire) => "NewsArticle",
        Some(SourceKind::Commentary) => "OpinionNewsArticle",
        Some(SourceKind::Social) => "SocialMediaPosting",
        Some(SourceKind::Ngo) => "Report",
        _ => "CreativeWork",
    };
    let url = fields.url.as_ref().map(|url| url.value.0.value.as_str());
    let publisher = fields.publisher.0.is_some().then(|| view.source_text(at).name.as_str());
    Work {
        kind,
        id: thing_id(view, RecordIx::Source(at)),
        name: view.title_of(RecordIx::Source(at)),
        url,
        publisher: publisher.map(|name| Publisher { kind: "Organization", name }),
        date: fields.date.as_ref().and_then(|date| iso(&date.value)),
    }
}

/// A date as temporal coverage: ISO 8601, one date or two with a slash, `..` for an open side. Vaguer and doubtful
/// dates become the `days` that they may mean.
pub fn coverage(date: &Date, days: Bounds) -> Option<String> {
    iso(date).or_else(|| span(days.first, days.last))
}

/// The time from the first day of a timeline's events to the last.
pub fn span_of(view: &View<'_>, events: &[EventIx]) -> Option<String> {
    let bounds = events.iter().map(|at| view.reader.possible_days(*at));
    let (first, last) =
        bounds.fold((Day::MAX, Day::MIN), |(first, last), bounds| (first.min(bounds.first), last.max(bounds.last)));
    if events.is_empty() { None } else { span(first, last) }
}

fn span(first: Day, last: Day) -> Option<String> {
    let side = |day: Day| match day {
        Day::MIN | Day::MAX => Some("..".to_owned()),
        day if (1..=9999).contains(&day.year()) => Some(day.to_string()),
        _ => None,
    };
    Some(format!("{}/{}", side(first)?, side(last)?))
}

/// The address of a list, and what it is called, if the site has it.
pub fn list_of<'m>(view: &View<'m>, owner: RecordIx) -> Option<(&'m str, String)> {
    let (word, path) = match owner {
        RecordIx::Event(_) => ("ui.timeline", "timeline"),
        RecordIx::Entity(_) => ("ui.entities", "entities"),
        RecordIx::Claim(_) => ("ui.claims", "claims"),
        RecordIx::Source(_) => ("ui.sources", "sources"),
        RecordIx::Page(at)
            if view.reader.role(at) == Role::Section && view.reader.sections() > crate::view::lists::SECTIONS_SHOWN =>
        {
            ("ui.sections", "sections")
        }
        RecordIx::Page(_) | RecordIx::Term(_) | RecordIx::Author(_) => return None,
    };
    Some((view.words.get(word), view.absolute(&address::folder(path))))
}

#[cfg(test)]
mod tests {
    use super::coverage;

    #[test]
    fn no_time_is_said_more_precisely_than_it_is_known() {
        let of = |text: &str| {
            let date = crate::date::parse(text).unwrap();
            coverage(&date, date.bounds()).unwrap_or_default()
        };
        assert_eq!(of("2025-03"), "2025-03");
        assert_eq!(of("2025-03-15T19:25:00-04:00"), "2025-03-15T19:25:00-04:00");
        assert_eq!(of("2025-03~"), "2025-03-01/2025-03-31");
        assert_eq!(of("2022-03-27/.."), "2022-03-27/..");
        assert_eq!(of("[2025-04-04,2025-04-07]"), "2025-04-04/2025-04-07");
        assert_eq!(of("-0043-03-15"), "");
    }
}
