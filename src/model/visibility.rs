//! What a build leaves out: drafts, and what is under an embargo.

use crate::syntax::kinds::common::Common;

/// Why no build publishes a record yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Withheld {
    /// It is marked as a draft.
    Draft,
    /// Its embargo hasn't ended.
    Embargo,
}

impl Withheld {
    /// The word for it in class names and in the catalog.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Embargo => "embargo",
        }
    }
}

/// What decides what is shown.
#[derive(Clone, Copy, Debug)]
pub struct Visibility {
    /// Whether drafts and embargoed records are shown, as in a preview.
    pub drafts: bool,
    /// The time of the build.
    pub now: jiff::Timestamp,
}

impl Visibility {
    /// Why a record is hidden; `None` if it is shown.
    #[must_use]
    pub fn hides(&self, common: &Common) -> Option<Withheld> {
        if self.drafts {
            None
        } else if common.draft.0 {
            Some(Withheld::Draft)
        } else if common.embargo.holds(self.now) {
            Some(Withheld::Embargo)
        } else {
            None
        }
    }

    /// Why a record that is shown would be hidden in a build; `None` if it wouldn't be.
    #[must_use]
    pub fn withholds(&self, common: &Common) -> Option<Withheld> {
        // If drafts are hidden, whatever is shown may be. Every link of a build asks.
        if self.drafts { Self { drafts: false, ..*self }.hides(common) } else { None }
    }
}
