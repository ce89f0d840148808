//! Tells files that would come out the same from those that must be made.

use std::sync::OnceLock;

use serde::Serialize;

use crate::base::fingerprint;

/// Tells a page that would come out the same from one that must be made.
pub struct Same {
    /// The fingerprint of everything the page was made from last time.
    before: Option<u64>,
    /// The fingerprint of its context, if the context is known to be unchanged.
    context: Option<u64>,
    /// What it is made from now; empty until the page is asked for.
    now: OnceLock<MadeOf>,
}

/// What a page is made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MadeOf {
    /// The template.
    pub template: &'static str,
    /// The fingerprint of the context.
    pub context: u64,
    /// The combined fingerprint of templates, context and everything else that they get.
    pub all: u64,
}

impl Same {
    /// For a page that was last made from this, and whose context is unchanged if `has_context`.
    #[must_use]
    pub fn new(before: Option<MadeOf>, has_context: bool) -> Self {
        let context = before.filter(|_| has_context).map(|before| before.context);
        Self { before: before.map(|before| before.all), context, now: OnceLock::new() }
    }

    /// The fingerprint of a page's context.
    pub(crate) fn context(&self, view: &impl Serialize) -> u64 {
        self.context.unwrap_or_else(|| fingerprint(view))
    }

    /// Notes what the page is made from now; returns whether that is unchanged. If so, the recipe returns no bytes.
    pub(crate) fn is(&self, now: MadeOf) -> bool {
        self.before == Some(self.now.get_or_init(|| now).all)
    }

    /// What the page is made from now; `None` for a file that must be made to find out.
    #[must_use]
    pub fn now(&self) -> Option<MadeOf> {
        self.now.get().copied()
    }

    /// Whether the page is unchanged, and was not made.
    #[must_use]
    pub fn is_same(&self) -> bool {
        self.now().is_some_and(|now| self.before == Some(now.all))
    }
}
