//! See [`TableCells`].

use super::rule::{Scope, rule};

rule! {
    /// A row of a table has more or fewer cells than its head.
    ///
    /// Cells that are too many are left off the page. If a bar is missing in the middle of a row, its words stand in the wrong
    /// columns. A line of text right after a table becomes a row of it. And if the line of hyphens does not have as many cells
    /// as the head, there is no table at all.
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
