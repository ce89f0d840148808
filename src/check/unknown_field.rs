//! See [`UnknownField`].

use super::rule::{Scope, rule};

rule! {
    /// A record, a block, the head of a Markdown file or `book.toml` has a key that the format does not have.
    ///
    /// A misspelt key would be a fact that nobody sees: a source that is not cited, an embargo that does not hold. So no key
    /// is passed over in silence. The help line names the nearest key, or all there are.
    ///
    /// Correct the key, or take it out. Remarks for editors go into `desk-note`, which every record has and no page shows.
    ///
    /// ```yaml
    /// - id: rubio-bukele-deal
    ///   sumary: Rubio and Bukele meet.       # did you mean `summary`?
    /// ```
    UnknownField: UNKNOWN_FIELD, Error, Scope::Parse
}
