//! See [`RenumberedList`].

use super::rule::{Scope, rule};

rule! {
    /// A number in a list would change, or a date turned into a list item.
    ///
    /// A line that begins with a number and a period is a list item, and Markdown numbers a list from its first item on:
    /// `2019.`,
    /// `2023.`, `2025.` become 2019, 2020, 2021, and `18. September` below them becomes 2022.
    ///
    /// The rule fires if a number is neither the same as the first nor one more than the last, or if the name of a month
    /// follows, as in a date. Fields such as `title` have no lists.
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
