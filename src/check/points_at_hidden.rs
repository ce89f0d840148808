//! See [`PointsAtHidden`].

use super::rule::{Scope, rule};

rule! {
    /// Something public refers to a record or page that is a draft or under an embargo.
    ///
    /// Readers would follow a link to nothing, and its words could give away what is not published yet. A preview shows
    /// drafts, so the pointer works there; a build rejects it.
    ///
    /// Publish both together, mark what refers to it as a draft too, or remove the reference until then.
    ///
    /// ```yaml
    /// - {id: sealed-indictment, draft: true, date: 2025-06-06, title: A sealed indictment}
    /// - {id: return-to-us, after: [sealed-indictment], date: 2025-06-07, title: He returns}    # public, but refers to the draft
    /// ```
    PointsAtHidden: POINTS_AT_HIDDEN, Error, Scope::Resolve
}
