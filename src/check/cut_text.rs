//! See [`CutText`].

use super::rule::{Scope, rule};

rule! {
    /// A text without quotation marks contains ` #`, where YAML cuts it off.
    ///
    /// In YAML, a `#` after a space starts a comment that runs to the end of the line. “Judge rules in case #24A949” would
    /// be published as “Judge rules in case”, and a text that begins with `#` would be lost altogether.
    ///
    /// The rule looks at every field that readers see, in lists and blocks as well. Comments after a date, an id or a text in
    /// quotation marks are fine.
    ///
    /// Put the text in quotation marks. If the rest is a comment, write it on its own line.
    ///
    /// ```yaml
    /// title: "Judge rules in case #24A949 for the city"
    /// # The name is the court's own.
    /// summary: The city may go on.
    /// ```
    CutText: CUT_TEXT, Error, Scope::Parse
}
