//! What the texts of one record point at, collected in one place so that resolving is one loop and misses no pointer.

use super::indices::{AddressIx, CitationIx, PointerIx, TextIx};
use super::markdown::Markdown;
use crate::base::{Table, TextRange};

pub use super::references::{Address, Citation, Expects, Pointer, RefLocation, Use, Words, is_external, is_safe_address};

/// Everything in a record that points elsewhere, and all its Markdown. Fields hold indices into these lists.
#[derive(Debug, Default)]
pub struct References {
    /// `[[id]]` in texts and ids in fields.
    pub pointers: Table<PointerIx, Vec<Pointer>>,
    /// `[@key]` in texts and items of `sources`.
    pub citations: Table<CitationIx, Vec<Citation>>,
    /// Links and pictures by address or path.
    pub addresses: Table<AddressIx, Vec<Address>>,
    /// Every Markdown text, bodies included, in the order written.
    pub proses: Table<TextIx, Vec<Prose>>,
    /// Fields with something that could not be read, which was reported: nobody can say that they are empty.
    pub unread: Vec<&'static str>,
}

impl References {
    /// Gives back the room that was not needed: a preview keeps the lists of all records.
    pub(super) fn shrink(&mut self) {
        self.pointers.shrink();
        self.citations.shrink();
        self.addresses.shrink();
        self.proses.shrink();
    }

    /// Whether a field has something that could not be read.
    #[must_use]
    pub fn has_unread(&self, field: &str) -> bool {
        self.unread.contains(&field)
    }

    /// Whether a text is one of those that pages show: in the site's first language, or in none.
    #[must_use]
    pub fn is_first(&self, prose: TextIx, language: &str) -> bool {
        self.proses[prose].language.as_deref().is_none_or(|have| have == language)
    }
}

/// One Markdown text of a record.
#[derive(Debug)]
pub struct Prose {
    /// The field that it is in.
    pub field: TextField,
    /// The language it was given in, if the field is a map by language.
    pub language: Option<Box<str>>,
    /// The text.
    pub markdown: Markdown,
    /// Where it is.
    pub range: TextRange,
}

impl Prose {
    /// Whether what the text points at gets anchors on its page: titles appear there without links.
    #[must_use]
    pub fn has_anchors(&self) -> bool {
        !self.field.is_heading()
    }
}

macro_rules! text_fields {
    ($($(#[doc = $doc:literal])+ $Name:ident = $key:literal,)+) => {
        /// The field of a text. Fields that some stage treats differently have their own variants.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum TextField {
            $($(#[doc = $doc])+ $Name,)+
            /// Any other, by its key.
            Other(&'static str),
        }

        impl TextField {
            /// Those with their own variants.
            pub const NAMED: &'static [Self] = &[$(Self::$Name),+];

            /// The field that is written as `key`.
            #[must_use]
            pub fn of_key(key: &'static str) -> Self {
                match key {
                    $($key => Self::$Name,)+
                    other => Self::Other(other),
                }
            }

            /// How it is written.
            #[must_use]
            pub fn key(self) -> &'static str {
                match self {
                    $(Self::$Name => $key,)+
                    Self::Other(key) => key,
                }
            }
        }
    };
}

text_fields! {
    /// A Markdown file's own text.
    Body = "body",
    /// What a record is called.
    Title = "title",
    /// The part of the book that a section opens.
    Part = "part",
    /// What a record says, in short.
    Summary = "summary",
    /// Where a section's story stands.
    Now = "now",
    /// The key points of a section.
    KeyPoints = "key-points",
    /// What is known, in a block.
    Known = "known",
    /// What is unknown, in a block.
    Unknown = "unknown",
    /// What is disputed, in a block.
    Contested = "contested",
    /// A public note.
    Note = "note",
    /// What somebody asserts.
    Says = "says",
}

impl TextField {
    /// Whether it is shown as a heading, also on other pages.
    #[must_use]
    pub fn is_heading(self) -> bool {
        matches!(self, Self::Title | Self::Part)
    }

    /// Whether it is part of what a page tells, and not said about the page.
    #[must_use]
    pub fn is_told(self) -> bool {
        matches!(self, Self::Body | Self::Now | Self::KeyPoints | Self::Known | Self::Unknown | Self::Contested)
    }
}

#[cfg(test)]
mod tests {
    use super::TextField;
    use crate::syntax::kinds::blocks::Known;
    use crate::syntax::kinds::common::{AssertionFields, Common};
    use crate::syntax::kinds::event::Event;
    use crate::syntax::kinds::page::FrontMatter;

    #[test]
    fn named_fields_are_fields_of_records() {
        let records = [FrontMatter::FIELDS, Event::FIELDS, Common::FIELDS, Known::FIELDS, AssertionFields::FIELDS];
        for field in TextField::NAMED {
            let is_field = records.iter().any(|fields| fields.iter().any(|known| known.key == field.key()));
            assert!(is_field || *field == TextField::Body, "{field:?}");
            assert_eq!(TextField::of_key(field.key()), *field);
        }
    }
}
