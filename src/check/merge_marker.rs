//! See [`MergeMarker`].

use super::rule::{Scope, rule};

rule! {
    /// A file contains an unresolved git merge conflict, with the markers `<<<<<<<`, `=======` and `>>>>>>>`.
    ///
    /// The file has both versions, the corrected one and the one with the mistake. In Markdown, the markers turn into a
    /// heading and seven nested quotations, so readers would see both.
    ///
    /// The rule checks every file that the program reads: Markdown, YAML, `book.toml`, templates, the theme's style sheets.
    /// Markers count only at the beginning of a line, and a conflict shown as an example in fenced code is fine. The rest of
    /// the file is checked as if it contained only the version above `=======`. You can't change the severity of this rule.
    ///
    /// Keep the right lines, and delete the others and the markers.
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
