//! Events as a table, for spreadsheets and scripts (RFC 4180, in UTF-8).

use std::borrow::Cow;

use crate::date::Day;
use crate::model::{EventIx, Link, RecordIx};
use crate::output::RenderContext;
use crate::syntax::indices::PointerIx;

/// The heading of each column.
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

/// Every event, in chronological order. Lists are ids separated by spaces; topics, which may contain spaces, are
/// separated by semicolons.
pub fn write(site: &RenderContext<'_>) -> Vec<u8> {
    let (view, model) = (&site.view, site.model);
    let settings = &site.config.data;
    let mut out = Vec::with_capacity(1024 + model.events.len() * 384);
    if settings.csv_byte_order_mark {
        out.extend_from_slice("\u{feff}".as_bytes());
    }
    let mut table = csv::Writer::from_writer(out);
    let cell: fn(&str) -> Cow<'_, str> =
        if settings.csv_escape_formulas == Some(false) { |text| text.into() } else { without_formula };
    // Writing to memory doesn't fail.
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
        let cells = [
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
        ];
        let _ = table.write_record(cells.map(cell).iter().map(|cell| cell.as_bytes()));
    }
    table.into_inner().unwrap_or_default()
}

/// A text that no spreadsheet takes for a formula, as OWASP advises: titles come from many people, and anyone who opens
/// the table should not run what one of them wrote.
fn without_formula(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
        format!("'{text}").into()
    } else {
        text.into()
    }
}

#[cfg(test)]
mod tests {
    use super::without_formula;

    #[test]
    fn cells_that_a_spreadsheet_would_compute_are_text() {
        for text in ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "-0043-03-15"] {
            assert_eq!(without_formula(text), format!("'{text}"));
        }
        for text in ["", "2025-03-15", "A = B", "'=1", "é"] {
            assert_eq!(without_formula(text), text);
        }
    }
}
