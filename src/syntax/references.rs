//! What a text or field may point at: records, sources, addresses. Parsers and decoders record what they find as these.

use super::indices::{OpIx, TextIx};
use crate::base::TextRange;

/// What kind of record a pointer may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Expects {
    /// Anything with an id.
    Any,
    /// A section.
    Section,
    /// An event.
    Event,
    /// An entity of any kind.
    Entity,
    /// An entity of kind place or facility.
    Place,
    /// A claim.
    Claim,
    /// An entity if it is written as an id, otherwise words that name someone.
    Party,
    /// An author if it is written as an id.
    Author,
}

/// Where in its record a pointer or citation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RefLocation {
    /// In a field of ids.
    Field(&'static str),
    /// In a Markdown text: which ([`super::References::proses`]), and the operation that opens its paragraph, item or cell.
    Prose {
        /// The text.
        prose: TextIx,
        /// The opening operation.
        block: OpIx,
    },
}

/// A pointer to a record.
#[derive(Debug)]
pub struct Pointer {
    /// The id as written.
    pub id: Box<str>,
    /// The heading after `#`, if there is one.
    pub heading: Option<Box<str>>,
    /// What it may refer to.
    pub expects: Expects,
    /// Where it is.
    pub range: TextRange,
    /// In which text or field.
    pub place: RefLocation,
}

/// One cited source.
#[derive(Debug)]
pub struct Citation {
    /// The bibliography key.
    pub key: Box<str>,
    /// Words around the key. Most citations have none.
    pub words: Option<Box<Words>>,
    /// Where it is.
    pub range: TextRange,
    /// In which text or field.
    pub place: RefLocation,
}

/// The words around the key of a citation.
#[derive(Debug)]
pub struct Words {
    prefix: Box<str>,
    locator: Box<str>,
}

impl Words {
    /// These words, if there are any.
    #[must_use]
    pub(super) fn of(prefix: &str, locator: &str) -> Option<Box<Self>> {
        let has_any = !prefix.is_empty() || !locator.is_empty();
        has_any.then(|| Box::new(Self { prefix: prefix.into(), locator: locator.into() }))
    }
}

impl Citation {
    /// Words before the key: “see”.
    #[must_use]
    pub fn prefix(&self) -> &str {
        self.words.as_ref().map_or("", |words| &words.prefix)
    }

    /// Words after the key, usually a page: “p. 2”.
    #[must_use]
    pub fn locator(&self) -> &str {
        self.words.as_ref().map_or("", |words| &words.locator)
    }
}

impl Use {
    /// Whether a page shows what is there, and doesn't only link to it.
    #[must_use]
    pub fn is_shown(self) -> bool {
        matches!(self, Self::Picture | Self::Media | Self::Figure)
    }

    /// Whether it may be a film, sound or document as well as a picture.
    #[must_use]
    pub fn takes_films(self) -> bool {
        matches!(self, Self::Picture | Self::Figure)
    }
}

/// What an address is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// A link for readers to follow.
    Link,
    /// A picture.
    Picture,
    /// A picture named in YAML: its path is relative to `content/`.
    Media,
    /// What a `figure` block shows, a picture or a film, sound or document: its path is relative to `content/`.
    Figure,
    /// A file of figures named in YAML: its path is relative to `content/`.
    Data,
    /// A file with land and borders named in YAML: its path is relative to `content/`.
    Base,
}

/// A link or picture by address or by file path.
#[derive(Debug)]
pub struct Address {
    /// The address, with entities decoded.
    pub target: Box<str>,
    /// The title after it: a picture's caption.
    pub title: Box<str>,
    /// Its use.
    pub usage: Use,
    /// Where it is.
    pub range: TextRange,
}

/// Whether an address is allowed on a page: `http`, `https`, `mailto`, `tel`, or a relative one.
///
/// Judged as a browser would: browsers skip spaces and control characters, so we do before reading the scheme.
#[must_use]
pub fn is_safe_address(address: &str) -> bool {
    let mut scheme = String::new();
    for c in address.chars().filter(|c| !c.is_control() && !c.is_whitespace() && *c != '\u{ad}') {
        match c {
            ':' => return matches!(scheme.as_str(), "http" | "https" | "mailto" | "tel"),
            '/' | '?' | '#' => return true,
            _ => scheme.extend(c.to_lowercase()),
        }
        if scheme.len() > 64 {
            return true;
        }
    }
    true
}

/// Whether an address points outside the site.
#[must_use]
pub fn is_external(address: &str) -> bool {
    address.starts_with("//")
        || address.split_once(':').is_some_and(|(scheme, _)| !scheme.is_empty() && !scheme.contains(['/', '?', '#']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn judges_schemes_as_browsers_do() {
        for good in ["https://a.example", "MAILTO:a@b.example", "tel:+1", "other.md#x", "a/b:c", "#x", "?a:b", ""] {
            assert!(is_safe_address(good), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            " JavaScript:x",
            "java\nscript:x",
            "\u{1}javascript:x",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            ":x",
        ] {
            assert!(!is_safe_address(bad), "{bad}");
        }
    }
}
