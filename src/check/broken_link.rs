//! See [`BrokenLink`].

use super::rule::{Scope, rule};

rule! {
    /// A link, an anchor, a picture or a footnote leads nowhere.
    ///
    /// Links and pictures by path are looked up as soon as a file is read; all links and anchors are checked once more on
    /// the finished pages, whether text, a template or a setting made them. Addresses of other sites are not asked for: a
    /// build needs no network.
    ///
    /// Correct the path or the anchor. For a heading that is linked to, an anchor of its own outlives a change of its words:
    /// `## Conditions {#conditions}`.
    ///
    /// ```markdown
    /// See [what prisoners say](cecot.md#condition).    That page has no heading `#condition`; did you mean `#conditions`?
    /// ```
    BrokenLink: BROKEN_LINK, Error, Scope::Pages
}
