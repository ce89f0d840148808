//! See [`UnclosedFence`].

use super::rule::{Scope, rule};

rule! {
    /// Code or a block starts with a fence that is never closed.
    ///
    /// Markdown reads everything below the fence as code, up to the end of the page or the next fence. Readers would see the rest
    /// of a section as typed, and nothing would check its links.
    ///
    /// A line inside code that opens a block, such as `` ```claim ``, suggests that the fence above it was left open. To
    /// show one as an example, open the outer code with four backticks or with `~~~`.
    ///
    /// Close the fence: write the same signs on their own line. In this example, the third line does it.
    ///
    /// ````markdown
    /// ```claim
    /// id: claim-administrative-error
    /// ```
    ///
    /// The court ruled in April.
    /// ````
    UnclosedFence: UNCLOSED_FENCE, Error, Scope::Parse
}
