//! See [`UnknownId`].

use super::rule::{Scope, rule};

rule! {
    /// A link, a citation or a field names an id that no record has, or the id of the wrong kind of record.
    ///
    /// Readers would get a link to nothing, or a sentence without its source. Most often this is a typo, or a record that
    /// was renamed. The help line names the nearest existing id.
    ///
    /// Correct the id, or write the record. To name someone who has no record, write words with a space or a capital letter
    /// instead of an id: `by: Residents`.
    ///
    /// ```yaml
    /// - id: rubio-bukele-deal
    ///   entities: [nayib-bukelle]      # there is no such entity; did you mean `nayib-bukele`?
    /// ```
    UnknownId: UNKNOWN_ID, Error, Scope::Resolve
}
