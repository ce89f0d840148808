//! Telling what would come out as it was from what has to be made.

use std::sync::OnceLock;

use serde::Serialize;

use crate::base::fingerprint;

/// Tells a page that would be what it was from one that has to be made.
pub struct Same {
    /// The fingerprint of all that the page was made of, when it was made last.
    before: Option<u64>,
    /// The fingerprint of its context, where it is known that this is what it was.
    context: Option<u64>,
    /// What it is made of now; empty until the page is asked for.
    now: OnceLock<MadeOf>,
}

/// What a page is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MadeOf {
    /// The template.
    pub template: &'static str,
    /// The fingerprint of the context.
    pub context: u64,
    /// The fingerprint of all: templates, context and what else is handed to them.
    pub all: u64,
}

impl Same {
    /// For a page that was made of this before, and whose context is what it was if `has_context`.
    #[must_use]
    pub fn new(before: Option<MadeOf>, has_context: bool) -> Self {
        let context = before.filter(|_| has_context).map(|before| before.context);
        Self { before: before.map(|before| before.all), context, now: OnceLock::new() }
    }

    /// The fingerprint of a page's context.
    pub(crate) fn context(&self, view: &impl Serialize) -> u64 {
        self.context.unwrap_or_else(|| fingerprint(view))
    }

    /// Notes what the page is made of now; tells whether that is what it was. A recipe that is told so gives no bytes.
    pub(crate) fn is(&self, now: MadeOf) -> bool {
        self.before == Some(self.now.get_or_init(|| now).all)
    }

    /// What the page is made of now; `None` for a file that has to be made to be known.
    #[must_use]
    pub fn now(&self) -> Option<MadeOf> {
        self.now.get().copied()
    }

    /// Whether the page is what it was, and was not made.
    #[must_use]
    pub fn is_same(&self) -> bool {
        self.now().is_some_and(|now| self.before == Some(now.all))
    }
}
