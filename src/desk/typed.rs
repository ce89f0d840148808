//! What people type for a field, as the value to write.

use crate::base::similar::nearest;
use crate::build::Failure;
use crate::date;
use crate::edit::Value;
use crate::syntax::Shape;
use crate::syntax::markdown::citation;

/// Why a text can't be the value of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfit {
    /// What is wrong.
    pub message: String,
    /// What to type instead.
    pub help: String,
}

impl Unfit {
    fn new(message: String, help: impl Into<String>) -> Self {
        Self { message, help: help.into() }
    }

    /// The same, as an error that stops the command.
    #[must_use]
    pub fn failure(self) -> Failure {
        Failure::Usage(format!("{}; {}", self.message, self.help))
    }
}

/// The value to write for what was typed in a field of this shape.
///
/// # Errors
/// If it isn't a valid value of the field.
pub(super) fn value(key: &str, shape: &Shape, text: &str) -> Result<Value, Unfit> {
    Ok(match shape {
        Shape::Maybe(of) => return value(key, of, text),
        Shape::List(of) => {
            let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
            let items = items.map(|item| value(key, of, item)).collect::<Result<_, _>>()?;
            Value::List(items)
        }
        Shape::Date => Value::plain(typed_date(text)?),
        Shape::OneOf(shapes) if shapes.iter().any(|shape| matches!(shape, Shape::Date)) => {
            if text == ".." {
                Value::text("..")
            } else {
                Value::plain(typed_date(text)?)
            }
        }
        Shape::Choice(words) if !words.contains(&text) => {
            let near = nearest(text, words.iter().copied());
            let near =
                near.map_or_else(|| format!("write one of: {}", words.join(", ")), |near| format!("did you mean `{near}`?"));
            return Err(Unfit::new(format!("`{text}` is not a valid `{key}`"), near));
        }
        Shape::Bool if !matches!(text, "true" | "false") => {
            return Err(Unfit::new(format!("`{key}` can't be `{text}`"), "write true or false"));
        }
        Shape::Integer if text.parse::<i32>().is_err() => {
            return Err(Unfit::new(format!("`{key}` can't be `{text}`"), "write a whole number"));
        }
        Shape::Degrees(most) if !text.parse().is_ok_and(|degrees: f64| degrees.abs() <= f64::from(*most)) => {
            return Err(Unfit::new(format!("`{key}` can't be `{text}`"), format!("write degrees from -{most} to {most}")));
        }
        Shape::Bool
        | Shape::Integer
        | Shape::Degrees(_)
        | Shape::Choice(_)
        | Shape::Id
        | Shape::Pointer(_)
        | Shape::SourceKey => Value::plain(text),
        Shape::Citation if citation::split_key(text).is_some_and(|(_, rest)| rest.is_empty()) => Value::plain(text),
        Shape::WebAddress => Value::plain(text),
        Shape::OneOf(shapes) if shapes.iter().any(|shape| matches!(shape, Shape::WebAddress)) => Value::plain(text),
        _ => Value::text(text),
    })
}

/// A date as people type it, converted to EDTF.
///
/// # Errors
/// If it can't be understood.
pub fn typed_date(text: &str) -> Result<String, Unfit> {
    match date::parse(text) {
        Ok(_) => Ok(text.to_owned()),
        Err(date::DateError { instead: Some(instead), .. }) => Ok(instead),
        Err(error) => Err(no_date(text, &error)),
    }
}

/// Why a text is not a date.
pub(super) fn no_date(text: &str, error: &date::DateError) -> Unfit {
    let help = error.help.clone().unwrap_or_else(|| "write it as 2025-03-15, or as March 15, 2025".to_owned());
    let why = error.message.strip_prefix("this is not a date: ").unwrap_or(&error.message);
    Unfit::new(format!("`{text}` is not a date: {why}"), help)
}
