//! See [`BadCharacter`].

use super::rule::{Scope, rule};

rule! {
    /// A text holds a character that no page can hold.
    ///
    /// HTML and XML forbid control characters and code points that are no characters: feeds with one can't be read, and
    /// browsers show something else each. They come with text that was pasted from a word processor or a PDF, or that was read in
    /// the wrong encoding: where an old encoding of Windows had `’`, there is now U+0092. Editors rarely show them.
    ///
    /// All files that are read are searched, templates included, and what escapes of YAML, TOML and HTML stand for as well.
    /// Such characters are never in the finished site: they are left out of what a preview shows.
    ///
    /// Write what was meant, or take the character out.
    ///
    /// ```markdown
    /// The court&#x92;s order            write the court’s order
    /// ```
    BadCharacter: BAD_CHARACTER, Error, Scope::Parse
}
