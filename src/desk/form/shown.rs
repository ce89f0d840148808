//! What a control shows of a value in a file.

use serde_json::{Map, Value as Json, json};

use super::controls::Control;
use crate::syntax::node::{Kind, Node};

/// What a control shows of a value; `None` if it can't show all of it. A list shows each item with its place in the file.
pub(super) fn shown(control: &Control, node: &Node) -> Option<Json> {
    match (control, &node.kind) {
        (Control::Locked, _) => None,
        (_, Kind::Null) => Some(Json::Null),
        (Control::Truth, Kind::Scalar { text, plain: true }) => text.parse::<bool>().ok().map(Json::Bool),
        (Control::List { of, .. }, Kind::Seq(items)) => {
            let item = |(at, item)| Some(json!({ "was": at, "value": shown(of, item)? }));
            items.iter().enumerate().map(item).collect::<Option<Vec<_>>>().map(Json::Array)
        }
        (Control::List { of, .. }, _) => Some(json!([{ "was": 0, "value": shown(of, node)? }])),
        (Control::Group { fields, .. }, Kind::Map(entries)) => {
            let mut out = Map::new();
            for (key, value) in entries {
                let part = fields.iter().find(|part| part.key == key.value)?;
                out.insert(key.value.clone(), shown(&part.control, value)?);
            }
            Some(Json::Object(out))
        }
        (Control::Group { fields, short }, Kind::Scalar { .. }) => {
            let part = fields.iter().find(|part| Some(&*part.key) == *short)?;
            Some(json!({ &*part.key: shown(&part.control, node)? }))
        }
        (Control::Paragraphs { .. }, Kind::Scalar { text, .. }) => Some(text.trim_end_matches('\n').into()),
        (
            Control::Line { .. }
            | Control::Number
            | Control::Degrees { .. }
            | Control::Date { .. }
            | Control::Choice { .. }
            | Control::Pick { .. }
            | Control::Address,
            Kind::Scalar { text, .. },
        ) => {
            let line = text.trim_end_matches('\n');
            (!line.contains('\n')).then(|| line.into())
        }
        (Control::Truth, _) | (_, Kind::Seq(_) | Kind::Map(_)) => None,
    }
}
