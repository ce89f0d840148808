//! Adding a record from a filled-in form.

use serde_json::Value as Json;

use super::{Fault, Filled, empty, meant};
use crate::build::Failure;
use crate::date::Day;
use crate::desk::new::{self, NewKind, Wanted};
use crate::desk::{Changes, Desk};
use crate::edit::Value;

/// Why a record wasn't added.
#[derive(Debug)]
pub enum NotAdded {
    /// Some fields hold what can't be their value, or nothing although they have to.
    Faults(Vec<Fault>),
    /// It has no place in the site's files.
    Failed(Failure),
}

/// Adds a record of a kind: returns the changes, and its name. `id` is its id, if it shouldn't be made from the title.
///
/// # Errors
/// If a field can't have its value, a required one is empty, or the record can't be put where it belongs.
pub fn create(
    desk: &Desk,
    kind: NewKind,
    id: Option<String>,
    filled: &Filled,
    today: Day,
) -> Result<(Changes, String), NotAdded> {
    let form = empty(kind, &desk.tags());
    let mut faults = Vec::new();
    if let Some(key) = filled.fields.keys().find(|key| !form.fields.iter().any(|field| field.part.key == **key)) {
        faults.push(Fault::new(key, format!("there is no field `{key}`")));
    }
    let mut fields: Vec<(String, Value)> = Vec::new();
    for field in &form.fields {
        let json = filled.fields.get(&*field.part.key).unwrap_or(&Json::Null);
        let before = faults.len();
        match meant::meant(&field.part.control, json, &field.part.key, &mut faults) {
            Some(value) => fields.push((field.part.key.to_string(), value.value())),
            None if field.part.required && faults.len() == before => faults.push(Fault::missing(&field.part.key)),
            None => {}
        }
    }
    if !faults.is_empty() {
        return Err(NotAdded::Faults(faults));
    }
    let said = |name: &str| fields.iter().find(|(key, _)| key == name).and_then(|(_, value)| words(value));
    let typed = ["publisher", "date"].iter().filter_map(|key| Some(((*key).to_owned(), said(key)?)));
    let wanted = Wanted {
        kind,
        title: said(kind.title_key()).unwrap_or_default(),
        id: id.filter(|id| !id.trim().is_empty()).map(|id| id.trim().to_owned()),
        fields: typed.collect(),
        sources: Vec::new(),
        form: None,
        today,
    };
    let name = new::name(desk, &wanted).map_err(NotAdded::Failed)?;
    new::add(desk, &wanted, name, fields, filled.body.as_deref().unwrap_or_default().trim()).map_err(NotAdded::Failed)
}

/// The words of a text, in the first language if there are several.
fn words(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) | Value::Plain(text) => Some(text.clone()),
        Value::Map(fields) => fields.first().and_then(|(_, value)| words(value)),
        Value::List(_) => None,
    }
}
