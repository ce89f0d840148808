//! Names of people.

use super::super::plain;
use crate::base::person;
use crate::edit::Value;

/// A person or an organization.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// The family name, or an organization's whole name.
    pub family: String,
    /// The given names.
    pub given: String,
    /// Words before the family name, such as `van`.
    pub prefix: String,
    /// Words after it, such as `Jr.`.
    pub suffix: String,
}

impl Person {
    /// An organization, or a person whose name isn't split.
    #[must_use]
    pub fn whole(name: &str) -> Self {
        Self { family: name.trim().to_owned(), ..Self::default() }
    }

    /// Reads a name with commas, `Doe, Jane` or `Doe, Jr., Jane`, or without.
    pub fn written(name: &str) -> Self {
        let parts: Vec<&str> = name.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
        let (family, suffix, given) = match parts[..] {
            [family, given] => (family, "", given),
            [family, given, suffix] => (family, suffix, given),
            _ => return Self::whole(name.trim().trim_end_matches(',')),
        };
        Self { family: family.to_owned(), given: given.to_owned(), prefix: String::new(), suffix: suffix.to_owned() }
    }

    fn value(&self) -> Value {
        let bare = |text: &str| plain::one_line(&plain::bare(text));
        let [family, given, prefix, suffix] = [&self.family, &self.given, &self.prefix, &self.suffix].map(|text| bare(text));
        Self { family, given, prefix, suffix }.written_value()
    }

    fn written_value(&self) -> Value {
        let is_simple = self.prefix.is_empty() && self.suffix.is_empty();
        let written = if self.given.is_empty() { self.family.clone() } else { format!("{}, {}", self.family, self.given) };
        let spoken = person::spoken(&written);
        let meant = if self.given.is_empty() { self.family.clone() } else { format!("{} {}", self.given, self.family) };
        if is_simple && spoken.doubt.is_none() && spoken.name == plain::one_line(&meant) {
            return Value::text(written);
        }
        let parts =
            [("name", &self.family), ("given-name", &self.given), ("prefix", &self.prefix), ("suffix", &self.suffix)];
        let parts = parts.into_iter().filter(|(_, text)| !text.is_empty());
        Value::Map(parts.map(|(key, text)| (key.to_owned(), Value::text(text))).collect())
    }
}

/// A field with some people, if there are any.
pub fn value(field: &str, people: &[Person]) -> Option<(String, Value)> {
    let mut values: Vec<Value> = people.iter().filter(|person| !person.family.is_empty()).map(Person::value).collect();
    let value = match values.len() {
        0 => return None,
        1 => values.remove(0),
        _ => Value::List(values),
    };
    Some((field.to_owned(), value))
}
