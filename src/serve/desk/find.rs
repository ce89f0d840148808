//! Finds records by the words of their names and titles.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::Desk;
use crate::date;
use crate::desk::listed::{Listed, WITH_ADDRESS, found};
use crate::source::ContentKind;

/// How many records are offered at once.
const OFFERED: usize = 12;

/// A search.
#[derive(Deserialize)]
pub struct FindRequest {
    /// The sorts of records.
    kinds: Vec<String>,
    /// What was typed.
    words: String,
}

/// The records that a search finds.
pub(super) fn find(desk: &Desk<'_>, asked: &FindRequest) -> Json {
    let state = desk.preview.state();
    let all = desk.session.listed(&state.edition);
    let is_wanted = |one: &&Listed| !one.name.is_empty() && asked.kinds.iter().any(|sort| is_of(one, sort));
    let found = found(&all, &WITH_ADDRESS, &asked.words).into_iter().filter(is_wanted).take(OFFERED);
    let one = |one: &Listed| {
        let words = date::parse(&one.date).map(|date| date::show(&date, &state.settings.words, None));
        json!({
            "id": one.name,
            "title": one.title,
            "date": words.unwrap_or_else(|_| one.date.clone()),
            "sort": sort(one),
            "file": one.file,
        })
    };
    Json::Array(found.map(one).collect())
}

/// The titles of these records.
pub(super) fn titles(desk: &Desk<'_>, names: &BTreeSet<String>) -> BTreeMap<String, String> {
    let all = desk.session.listed(&desk.preview.state().edition);
    let known = all.iter().filter(|one| names.contains(&one.name) && !one.title.is_empty());
    known.map(|one| (one.name.clone(), one.title.clone())).collect()
}

/// What sort of record it is.
fn sort(one: &Listed) -> &str {
    match one.kind {
        ContentKind::Front => "front",
        ContentKind::Page if one.sort == "page" => "page",
        ContentKind::Page => "section",
        ContentKind::Events => "event",
        ContentKind::Entities if one.sort.is_empty() => "entity",
        ContentKind::Entities => &one.sort,
        ContentKind::Sources => "source",
        ContentKind::Claims => "claim",
        ContentKind::Terms => "term",
    }
}

/// Whether a record is of a sort that somebody asks for.
fn is_of(one: &Listed, wanted: &str) -> bool {
    let sort = sort(one);
    match wanted {
        "any" => true,
        "entity" => one.kind == ContentKind::Entities && sort != "author",
        "place" => matches!(sort, "place" | "facility"),
        wanted => sort == wanted,
    }
}
