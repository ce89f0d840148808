//! See [`BadCharacter`].

use super::rule::{Scope, rule};

rule! {
    /// A text contains a character that is not allowed on a web page.
    ///
    /// HTML and XML forbid control characters and code points that are not characters. Feeds that contain one can't be read,
    /// and each browser shows something different. They come from text that was pasted from a word processor or a PDF, or
    /// read in the wrong encoding: U+0092, for example, was `’` in an old Windows encoding. Editors rarely show them.
    ///
    /// The rule searches all files that the program reads, including templates, and it decodes escapes in YAML, TOML and
    /// HTML. Such characters never reach the finished site; a preview leaves them out.
    ///
    /// Type the character that was meant, or delete it.
    ///
    /// ```markdown
    /// The court&#x92;s order            write the court’s order
    /// ```
    BadCharacter: BAD_CHARACTER, Error, Scope::Parse
}
