//! See [`TableCells`].

use super::rule::{Scope, rule};

rule! {
    /// A table row has more or fewer cells than the header.
    ///
    /// Extra cells are left off the page. If a bar is missing in the middle of a row, its words end up in the wrong columns.
    /// A line of text right after a table becomes a row of it. And if the line of hyphens does not have as many cells as the
    /// header, there is no table at all.
    ///
    /// The bar inside `[[id|words]]` does not count. Write `\|` for any other bar that is part of the text, even in code.
    ///
    /// Add the missing bar, escape the one that is part of the text, or leave an empty line after the table.
    ///
    /// ```markdown
    /// | Found | Where |
    /// |---|---|
    /// | [[crack-found|The crack]] | Pier 4 |
    /// | 2019 |
    /// ```
    TableCells: TABLE_CELLS, Warning, Scope::Parse
}
