//! Which fields and values a place in a file may have, from the tables that the decoder uses.

use super::yaml::Step;
use crate::syntax::{Field, RecordShape, Shape};

/// What may be at the end of some steps, and the field that the last of them names.
#[derive(Debug, Default)]
pub struct Allowed {
    /// What the value may be.
    pub shapes: Vec<Shape>,
    /// The field that it belongs to.
    pub field: Option<Field>,
}

/// What may be at the end of some steps into a value of this shape. `kind` is what the record says of its own kind.
#[must_use]
pub fn allowed(shape: &Shape, path: &[Step<'_>], kind: Option<&str>) -> Allowed {
    let mut out = Allowed::default();
    walk(shape, path, kind, None, &mut out);
    out
}

fn walk(shape: &Shape, path: &[Step<'_>], kind: Option<&str>, field: Option<Field>, out: &mut Allowed) {
    match (shape, path) {
        (Shape::Maybe(of), _) => walk(of, path, kind, field, out),
        (Shape::OneOf(shapes), _) => {
            let fit = |shape: &&Shape| kind.is_none_or(|kind| may_be(shape, kind));
            shapes.iter().filter(fit).for_each(|shape| walk(shape, path, kind, field, out));
        }
        (Shape::ByLanguage(of), []) => walk(of, path, kind, field, out),
        (Shape::List(of), [Step::Item(_), rest @ ..]) => walk(of, rest, kind, field, out),
        (Shape::Map { values: of, .. } | Shape::ByLanguage(of), [Step::Key(_), rest @ ..]) => {
            walk(of, rest, kind, field, out);
        }
        (Shape::Record(record), [Step::Key(key), rest @ ..]) => {
            if let Some(field) = record.fields.iter().find(|field| field.key == *key) {
                walk(&(field.shape)(), rest, kind, Some(*field), out);
            }
        }
        (_, []) => {
            out.shapes.push(shape.clone());
            out.field = out.field.or(field);
        }
        _ => {}
    }
}

/// Whether a record that says it is of this kind may have this shape. A word that is no kind at all rules out nothing.
fn may_be(shape: &Shape, kind: &str) -> bool {
    let words = |record: &RecordShape| {
        let field = record.fields.iter().find(|field| field.key == "kind")?;
        match (field.shape)() {
            Shape::Choice(words) => Some(words),
            _ => None,
        }
    };
    match shape {
        Shape::Record(record) => {
            let is_author = |words: &[&str]| words == ["author"];
            words(record).is_none_or(|words| is_author(words) == (kind == "author"))
        }
        _ => true,
    }
}

/// The fields of all records among some shapes, each key once.
#[must_use]
pub fn fields(shapes: &[Shape]) -> Vec<Field> {
    let mut out: Vec<Field> = Vec::new();
    for shape in shapes {
        if let Shape::Record(record) = shape {
            let new = record.fields.iter().filter(|field| out.iter().all(|known| known.key != field.key));
            let new: Vec<Field> = new.copied().collect();
            out.extend(new);
        }
    }
    out
}

/// Whether one of some shapes is a date.
#[must_use]
pub fn takes_date(shapes: &[Shape]) -> bool {
    shapes.iter().any(|shape| matches!(shape, Shape::Date))
}

/// What a field means, as a sentence or two.
#[must_use]
pub fn help(field: &Field) -> String {
    let doc = field.doc.trim();
    let mut letters = doc.chars();
    let mut out: String = letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default();
    if !out.ends_with(['.', '!', '?', '…']) {
        out.push('.');
    }
    if field.required {
        out.push_str(" Required.");
    } else if let Some(default) = field.default {
        out.push_str(&format!(" The default is `{default}`."));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::ContentKind;
    use crate::syntax::kinds::{file_shape, record_file_shape};

    #[test]
    fn paths_lead_to_shapes() {
        let events = file_shape(ContentKind::Events);
        let item = Step::Item(0);
        let found = allowed(&events, &[item, Step::Key("status")], None);
        assert!(matches!(found.shapes[..], [Shape::Choice(words)] if words.contains(&"disputed")));
        assert_eq!(found.field.unwrap().key, "status");
        let found = allowed(&events, &[item, Step::Key("later"), Step::Item(1)], None);
        assert!(fields(&found.shapes).iter().any(|field| field.key == "text"));
        assert!(takes_date(&allowed(&events, &[item, Step::Key("later"), Step::Item(1), Step::Key("date")], None).shapes));
        assert!(allowed(&events, &[item, Step::Key("nothing")], None).shapes.is_empty());
    }

    #[test]
    fn the_kind_decides_between_entities_and_authors() {
        let shape = record_file_shape(ContentKind::Entities);
        let has =
            |kind: Option<&str>, key: &str| fields(&allowed(&shape, &[], kind).shapes).iter().any(|field| field.key == key);
        assert!(has(Some("author"), "bio") && !has(Some("author"), "accused"));
        assert!(has(Some("person"), "accused") && !has(Some("person"), "bio"));
        assert!(has(None, "accused") && has(None, "bio"));
    }
}
