//! See [`UnknownField`].

use super::rule::{Scope, rule};

rule! {
    /// A record, a block, the front matter of a Markdown file or `book.toml` has a key that the format does not have.
    ///
    /// A misspelled key would be a fact that nobody sees: a source that is not cited, an embargo that is not kept. So no key
    /// is ignored silently. The help line names the nearest key, or lists all of them.
    ///
    /// Correct the key, or delete it. Notes for editors go into `desk-note`, which every record has and no page shows.
    ///
    /// ```yaml
    /// - id: rubio-bukele-deal
    ///   sumary: Rubio and Bukele meet.       # did you mean `summary`?
    /// ```
    UnknownField: UNKNOWN_FIELD, Error, Scope::Parse
}
