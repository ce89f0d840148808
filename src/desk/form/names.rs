//! The records that a form points at, so that it can show their titles beside their ids.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::Form;
use super::controls::Control;

/// The ids and keys in the fields of a form that name records.
#[must_use]
pub fn pointed_at(form: &Form) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    form.fields.iter().for_each(|field| collect(&field.part.control, &field.value, &mut out));
    out
}

fn collect(control: &Control, value: &Json, out: &mut BTreeSet<String>) {
    match (control, value) {
        (Control::Pick { .. }, Json::String(text)) => {
            let name = text.split(',').next().unwrap_or_default();
            out.insert(name.trim().trim_start_matches('@').to_owned());
        }
        (Control::List { of, .. }, Json::Array(items)) => {
            items.iter().filter_map(|item| item.get("value")).for_each(|item| collect(of, item, out));
        }
        (Control::Group { fields, .. }, Json::Object(given)) => {
            for part in fields {
                collect(&part.control, given.get(&*part.key).unwrap_or(&Json::Null), out);
            }
        }
        _ => {}
    }
}
