//! Events as a table, for spreadsheets and scripts (RFC 4180, in UTF-8).

use crate::date::Day;
use crate::model::{EventIx, Link, RecordIx};
use crate::output::RenderContext;
use crate::syntax::indices::PointerIx;

/// What stands at the head of each column.
const COLUMNS: [&str; 15] = [
    "id",
    "date",
    "first_day",
    "last_day",
    "title",
    "summary",
    "significance",
    "status",
    "place",
    "entities",
    "sections",
    "claims",
    "topics",
    "sources",
    "url",
];

/// Every event, in the order of time. Lists are ids with a space between; topics, which may hold spaces, have a semicolon.
pub fn write(site: &RenderContext<'_>) -> Vec<u8> {
    let (view, model) = (&site.view, site.model);
    let mut table = csv::Writer::from_writer(Vec::with_capacity(1024 + model.events.len() * 384));
    // Writing into memory does not fail.
    let _ = table.write_record(COLUMNS);
    for (at, event) in model.events.iter().enumerate() {
        let owner = RecordIx::Event(EventIx::new(at));
        let (item, fields) = (&event.item, &event.item.record.fields);
        let id = |index: PointerIx| match item.targets[index] {
            Link::To(RecordIx::Entity(at)) => model[at].item.id(),
            Link::To(RecordIx::Claim(at)) => model[at].item.id(),
            _ => "",
        };
        let ids = |indices: &mut dyn Iterator<Item = PointerIx>| indices.map(id).collect::<Vec<_>>().join(" ");
        let day = |day: Day| if day == Day::MIN || day == Day::MAX { String::new() } else { day.to_string() };
        let bounds = event.date().bounds();
        let source = |cited: &Link| cited.source().map(|at| model[at].item.id());
        let mut sources: Vec<&str> = Vec::new();
        for key in item.cited.iter().filter_map(source) {
            if !sources.contains(&key) {
                sources.push(key);
            }
        }
        let topics: Vec<_> = fields.topics.iter().map(|topic| topic.value.as_str()).collect();
        let sections: Vec<_> = event.sections.iter().map(|at| model[*at].item.id()).collect();
        let _ = table.write_record([
            item.id(),
            &event.date().to_string(),
            &day(bounds.first),
            &day(bounds.last),
            view.title_of(owner),
            &view.plain_text(owner, fields.summary.as_ref()),
            fields.significance.word(),
            fields.status.word(),
            fields.place.map_or("", |place| id(place.0)),
            &ids(&mut fields.entities.iter().map(|entity| entity.0)),
            &sections.join(" "),
            &ids(&mut fields.claims.iter().map(|claim| claim.0)),
            &topics.join("; "),
            &sources.join(" "),
            &view.public_url(owner),
        ]);
    }
    table.into_inner().unwrap_or_default()
}
