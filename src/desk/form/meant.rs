//! What was typed into a form, as values to write.

use serde::Serialize;
use serde_json::{Map, Value as Json};

use super::controls::{Control, Part};
use crate::desk::typed::{Unfit, typed_date};
use crate::edit::Value;
use crate::syntax::markdown::citation;

/// A value to write, with what is known of the one in the file that it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Meant {
    /// One text or word.
    One(Value),
    /// Items, each with its place in the list that the file has.
    List(Vec<(Option<usize>, Meant)>, Single),
    /// Fields, and the one that may stand alone for all of them.
    Fields(Vec<(String, Meant)>, Option<&'static str>),
}

/// Whether a list of one item is written as that item.
pub(super) type Single = bool;

/// What is wrong with a field of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// The field: its key; in a list, followed by the item's number and the key in it, with periods between them.
    pub at: String,
    /// What is wrong, and what to type instead.
    pub message: String,
}

impl Fault {
    pub(super) fn new(at: &str, message: String) -> Self {
        Self { at: at.to_owned(), message }
    }

    pub(super) fn missing(at: &str) -> Self {
        Self::new(at, "this field can't be empty".to_owned())
    }

    fn unfit(at: &str, why: &Unfit) -> Self {
        Self::new(at, format!("{}; {}", why.message, why.help))
    }
}

impl Meant {
    /// The value to write where there was none.
    pub(super) fn value(&self) -> Value {
        match self {
            Self::One(value) => value.clone(),
            Self::List(items, single) => match items.as_slice() {
                [(_, only)] if *single => only.value(),
                items => Value::List(items.iter().map(|(_, item)| item.value()).collect()),
            },
            Self::Fields(fields, short) => match fields.as_slice() {
                [(key, only)] if Some(key.as_str()) == *short => only.value(),
                fields => Value::Map(fields.iter().map(|(key, value)| (key.clone(), value.value())).collect()),
            },
        }
    }
}

/// The value that a control's JSON means; `None` if the field is empty. `at` says which field it is.
pub(super) fn meant(control: &Control, json: &Json, at: &str, faults: &mut Vec<Fault>) -> Option<Meant> {
    match (control, json) {
        (_, Json::Null) | (Control::Truth, Json::Bool(false)) => None,
        (Control::Truth, Json::Bool(true)) => Some(Meant::One(Value::plain("true"))),
        (Control::List { of, single }, Json::Array(items)) => {
            let mut out = Vec::new();
            for (number, item) in items.iter().enumerate() {
                let was = item.get("was").and_then(Json::as_u64).and_then(|was| usize::try_from(was).ok());
                let value = item.get("value").unwrap_or(&Json::Null);
                if let Some(value) = meant(of, value, &format!("{at}.{number}"), faults) {
                    out.push((was, value));
                }
            }
            (!out.is_empty()).then_some(Meant::List(out, *single))
        }
        (Control::Group { fields, short }, Json::Object(given)) => group(fields, *short, given, at, faults),
        (Control::Locked | Control::Truth | Control::List { .. } | Control::Group { .. }, _) => unexpected(at, faults),
        (_, Json::String(text)) => one(control, text, at, faults).map(Meant::One),
        _ => unexpected(at, faults),
    }
}

fn unexpected(at: &str, faults: &mut Vec<Fault>) -> Option<Meant> {
    faults.push(Fault::new(at, "this field can only be changed in the file".to_owned()));
    None
}

fn group(
    parts: &[Part],
    short: Option<&'static str>,
    given: &Map<String, Json>,
    at: &str,
    faults: &mut Vec<Fault>,
) -> Option<Meant> {
    let before = faults.len();
    if let Some(key) = given.keys().find(|key| !parts.iter().any(|part| part.key == **key)) {
        faults.push(Fault::new(&format!("{at}.{key}"), format!("there is no field `{key}`")));
    }
    let part = |part: &Part| {
        let json = given.get(&*part.key).unwrap_or(&Json::Null);
        let value = meant(&part.control, json, &format!("{at}.{}", part.key), faults)?;
        Some((part.key.to_string(), value))
    };
    let fields: Vec<(String, Meant)> = parts.iter().filter_map(part).collect();
    if fields.is_empty() {
        return None;
    }
    for part in parts.iter().filter(|part| part.required) {
        let place = format!("{at}.{}", part.key);
        let is_known = faults[before..].iter().any(|fault| fault.at == place);
        if !is_known && !fields.iter().any(|(key, _)| *key == part.key) {
            faults.push(Fault::missing(&place));
        }
    }
    Some(Meant::Fields(fields, short))
}

/// The value of a text in a control for one text.
fn one(control: &Control, text: &str, at: &str, faults: &mut Vec<Fault>) -> Option<Value> {
    let text = text.replace("\r\n", "\n");
    let line = || text.split('\n').map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    let (line, paragraphs) = (line(), text.trim_matches('\n').trim_end());
    if line.is_empty() {
        return None;
    }
    Some(match control {
        Control::Paragraphs { .. } => Value::text(paragraphs),
        Control::Date { open: true } if line == ".." => Value::text(".."),
        Control::Date { .. } => match typed_date(&line) {
            Ok(date) => Value::plain(date),
            Err(why) => {
                faults.push(Fault::unfit(at, &why));
                return None;
            }
        },
        Control::Number if line.parse::<i32>().is_err() => {
            faults.push(Fault::new(at, format!("`{line}` is not a whole number")));
            return None;
        }
        Control::Degrees { most } if !line.parse().is_ok_and(|degrees: f64| degrees.abs() <= f64::from(*most)) => {
            faults.push(Fault::new(at, format!("`{line}` is not a number of degrees from -{most} to {most}")));
            return None;
        }
        Control::Choice { words } if !words.contains(&line.as_str()) => {
            faults.push(Fault::new(at, format!("`{line}` can't be chosen; choose one of: {}", words.join(", "))));
            return None;
        }
        Control::Pick { locator: true, .. } => {
            let bare = line.strip_prefix('@').unwrap_or(&line);
            let is_key = citation::split_key(bare).is_some_and(|(_, rest)| rest.is_empty());
            if is_key { Value::plain(bare) } else { Value::text(bare) }
        }
        Control::Pick { free: true, .. } | Control::Line { .. } => Value::text(line),
        _ => Value::plain(line),
    })
}
