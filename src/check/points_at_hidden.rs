//! See [`PointsAtHidden`].

use super::rule::{Scope, rule};

rule! {
    /// Something public names a record or page that is a draft or under an embargo.
    ///
    /// A reader would meet a link without an end, and its words could give away what is not published yet. A preview shows
    /// drafts, so there the pointer leads somewhere; a build refuses.
    ///
    /// Publish both together, mark what points as a draft too, or take the pointer out until then.
    ///
    /// ```yaml
    /// - {id: sealed-indictment, draft: true, date: 2025-06-06, title: A sealed indictment}
    /// - {id: return-to-us, after: [sealed-indictment], date: 2025-06-07, title: He returns}    # public, and names the draft
    /// ```
    PointsAtHidden: POINTS_AT_HIDDEN, Error, Scope::Resolve
}
