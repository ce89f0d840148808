//! Names in bylines: of people and of organizations.

use super::source::Kept;
use crate::base::person::{self, Doubt};
use crate::base::{At, TextRange};
use crate::diagnostics::code;
use crate::syntax::decode::{Decode, Decoder};
use crate::syntax::empty::optional;
use crate::syntax::node::{Kind, Node};
use crate::syntax::shape::{Field, Lines, RecordShape, Shape};

/// A Hayagriva map, of which we read some keys and leave the others alone.
pub(super) fn foreign(name: &'static str, kind: &'static str, fields: Vec<Field>) -> Shape {
    Shape::Record(RecordShape { name, kind, doc: "A map of Hayagriva's.", fields, is_open: true })
}

/// One key of such a map.
pub(super) fn part<T: Decode>(key: &'static str, required: bool, doc: &'static str) -> Field {
    let shape = if required { T::shape } else { optional::<T> };
    Field { key, takes: T::SHAPE, shape, required, default: None, lines: Lines::One, doc }
}

/// A name the way people say it: “Jane Doe”.
#[derive(Debug)]
pub struct Name(pub String);

impl Decode for Name {
    const SHAPE: &'static str = "a name: `Jane Doe`, `Doe, Jane` or `{name, given-name}`";

    fn shape() -> Shape {
        let parts = RecordShape {
            name: "NameParts",
            kind: "a name in parts",
            doc: "A map of Hayagriva's.",
            fields: fields(),
            is_open: false,
        };
        Shape::OneOf(vec![Shape::Text, Shape::Record(parts)])
    }

    fn decode(node: &Node, d: &mut Decoder) -> Option<Self> {
        match &node.kind {
            Kind::Scalar { text, .. } => {
                d.refuse_markup(text, node.range);
                d.refuse_cut(node);
                let spoken = person::spoken(text);
                if let Some(doubt) = &spoken.doubt {
                    warn(node, &spoken.name, doubt, d);
                }
                Some(Self(spoken.name))
            }
            Kind::Map(_) if d.colon_in_text(node, &fields()) => None,
            Kind::Map(entries) => in_parts(node, entries, d).map(Self),
            Kind::Null | Kind::Seq(_) => {
                d.wrong_type(node, Self::SHAPE);
                None
            }
        }
    }
}

/// The parts of a name.
fn fields() -> Vec<Field> {
    vec![
        part::<At<String>>("name", true, "the family name, or the full name of an organization"),
        part::<At<String>>("given-name", false, "the given names"),
        part::<At<String>>("prefix", false, "what comes before the family name: “von”"),
        part::<At<String>>("suffix", false, "what comes after it: “Jr.”"),
        part::<Kept>("alias", false, "another name; never printed"),
    ]
}

/// A name given in parts, in the order in which it is spoken.
fn in_parts(node: &Node, entries: &[(At<String>, Node)], d: &mut Decoder) -> Option<String> {
    let outer = d.field;
    for (at, (key, _)) in entries.iter().enumerate() {
        if !fields().iter().any(|field| field.key == key.value) {
            d.unknown_field(at, entries, "a name in parts", &[&fields()]);
        }
    }
    let mut part = |name: &'static str| {
        let Some((_, value)) = entries.iter().find(|(key, _)| key.value == name) else { return Some("") };
        if matches!(value.kind, Kind::Null) {
            return Some("");
        }
        d.field = name;
        let text = d.scalar(value, "text");
        d.field = outer;
        let text = text?.trim();
        d.refuse_markup(text, value.range);
        d.refuse_cut(value);
        Some(text)
    };
    let parts = ["given-name", "prefix", "name", "suffix"].map(&mut part);
    // If it isn't text, that was reported.
    let [Some(_), Some(_), Some(name), Some(_)] = parts else { return None };
    if name.is_empty() {
        let field = d.field;
        d.error(code::MISSING_FIELD, node.range, format!("a name in `{field}` needs the field `name`")).help =
            Some("write `{name: Doe, given-name: Jane}`, or `{name: …}` with the full name of an organization".to_owned());
        return None;
    }
    Some(parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" "))
}

/// Warns that a name will be shown as written, and says what else it may mean.
fn warn(node: &Node, name: &str, doubt: &Doubt, d: &mut Decoder) {
    let field = d.field;
    let (message, help) = match doubt {
        Doubt::TwoPeople(first, second) => (
            format!("the comma in `{name}` may separate two people, or one person's last and first names"),
            format!("write `[{first}, {second}]` for two people, or `{{name: {first}, given-name: {second}}}` for one"),
        ),
        Doubt::Several => (
            format!("`{field}` will be shown as written, but the punctuation in `{name}` may separate several people"),
            format!("write `{{name: \"{name}\"}}` if it is one name, or list the people: `[Jane Doe, John Roe]`"),
        ),
    };
    d.warn(code::AMBIGUOUS_NAME, node.range, message).help = Some(help);
}

/// Reports a list in brackets whose commas split what was meant as one name: `[Ferreira, Ana, Okoro, Ben]`.
pub(super) fn warn_of_turns(node: &Node, items: &[Node], d: &mut Decoder) {
    let is_in_brackets = d.text.get(node.range.bytes().start..).is_some_and(|text| text.starts_with('['));
    // Quotation marks around each item show that the items are meant as written.
    let written = |item: &'_ Node| match &item.kind {
        Kind::Scalar { text, plain: true } => Some(text.clone()),
        _ => None,
    };
    let (Some(first), Some(last), true) = (items.first(), items.last(), is_in_brackets) else { return };
    let Some(names) = items.iter().map(written).collect::<Option<Vec<_>>>() else { return };
    if !person::in_turn(&names.iter().map(String::as_str).collect::<Vec<_>>()) {
        return;
    }
    let pairs: Vec<_> = names.chunks_exact(2).map(|pair| format!("\"{}, {}\"", pair[0].trim(), pair[1].trim())).collect();
    let (field, count) = (d.field, names.len());
    let message = format!("in brackets, commas separate people, so this list has {count} of them");
    let range = TextRange::new(first.range.bytes().start, last.range.bytes().end);
    d.warn(code::AMBIGUOUS_NAME, range, message).help =
        Some(format!("write `{field}: [{}]`, or a list with one name on each line", pairs.join(", ")));
}

/// Names in a list.
#[derive(Debug, Default)]
pub struct NameList(pub Vec<Name>);

impl Decode for NameList {
    const SHAPE: &'static str = Vec::<Name>::SHAPE;

    fn shape() -> Shape {
        Vec::<Name>::shape()
    }

    fn decode(node: &Node, d: &mut Decoder) -> Option<Self> {
        if let Kind::Seq(items) = &node.kind {
            warn_of_turns(node, items, d);
        }
        Vec::<Name>::decode(node, d).map(Self)
    }
}

/// The names of a work's authors or editors.
#[derive(Debug, Default)]
pub struct Names(pub Vec<Name>);

impl Decode for Names {
    const SHAPE: &'static str = "a name, or a list of them: `Jane Doe`, `Doe, Jane` or `{name, given-name}`";

    fn shape() -> Shape {
        Shape::OneOf(vec![Name::shape(), Shape::List(Box::new(Name::shape()))])
    }

    fn decode(node: &Node, d: &mut Decoder) -> Option<Self> {
        Some(Self(match &node.kind {
            Kind::Seq(_) => NameList::decode(node, d)?.0,
            Kind::Null => {
                d.wrong_type(node, Self::SHAPE);
                return None;
            }
            _ => Name::decode(node, d).into_iter().collect(),
        }))
    }
}
