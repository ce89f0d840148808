//! See [`UnknownId`].

use super::rule::{Scope, rule};

rule! {
    /// A link, a citation or a field names an id that no record has, or one of a record of another kind than belongs there.
    ///
    /// A reader would find a link without an end, or a sentence without its source: most often a slip of the finger, or a
    /// record that was renamed. The help line names the nearest id that there is.
    ///
    /// Correct the id, or write the record. To name someone who has no record, write words with a space or a capital
    /// instead of an id: `by: Residents`.
    ///
    /// ```yaml
    /// - id: rubio-bukele-deal
    ///   entities: [nayib-bukelle]      # there is no such entity; did you mean `nayib-bukele`?
    /// ```
    UnknownId: UNKNOWN_ID, Error, Scope::Resolve
}
