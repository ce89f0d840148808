//! See [`MergeMarker`].

use super::rule::{Scope, rule};

rule! {
    /// A file has the marks that git leaves where it could not merge two versions: `<<<<<<<`, `=======`, `>>>>>>>`.
    ///
    /// The file has both versions, the corrected one and the one with the mistake. In Markdown the marks turn into a heading and
    /// seven quotations, so readers would see both.
    ///
    /// The rule looks at every file that the program reads: Markdown, YAML, `book.toml`, templates, the theme's style sheets. Marks
    /// count at the beginning of a line, and a conflict that a page shows as a sample in fenced code is left alone. The rest of
    /// the file is checked as if it had only the version above `=======`. The severity of this rule can't be changed.
    ///
    /// Keep the lines that are right, and delete the others and the marks.
    ///
    /// ```text
    /// <<<<<<< HEAD
    /// The bridge shut on March 12.
    /// =======
    /// The bridge shut on March 13.
    /// >>>>>>> main
    /// ```
    MergeMarker: MERGE_MARKER, Error, Scope::Parse
}
