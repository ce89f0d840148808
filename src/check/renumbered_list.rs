//! See [`RenumberedList`].

use super::rule::{Scope, rule};

rule! {
    /// A number in a list would change, or a date became an item of a list.
    ///
    /// A line that begins with a number and a period is an item of a list, and Markdown numbers a list from its first item on:
    /// `2019.`, `2023.`, `2025.` become 2019, 2020, 2021, and `18. September` below them becomes 2022.
    ///
    /// The rule fires where a number is neither one more than the last nor the same as the first, and where the name of a month
    /// follows it as in a date. Fields such as `title` have no lists.
    ///
    /// Write a backslash before the period, with an empty line between the paragraphs. Or use a list with
    /// hyphens, with each year in bold.
    ///
    /// ```markdown
    /// 2019\. The bridge opens.
    ///
    /// 2023\. A crack is found.
    /// ```
    RenumberedList: RENUMBERED_LIST, Error, Scope::Parse
}
