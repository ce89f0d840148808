//! See [`BrokenLink`].

use super::rule::{Scope, rule};

rule! {
    /// A link, an anchor, a picture or a footnote leads nowhere.
    ///
    /// Links and pictures given by path are checked as soon as a file is read. All links and anchors are checked again on
    /// the finished pages, whether they come from a text, a template or a setting. A build needs no
    /// network, so links to other sites are left to [`dead-link`](#dead-link), which runs only if you ask for it.
    ///
    /// Correct the path or the anchor. If you link to a heading, give it an explicit anchor, which survives a change of
    /// its wording: `## Conditions {#conditions}`.
    ///
    /// ```markdown
    /// See [what prisoners say](cecot.md#condition).    That page has no heading `#condition`; did you mean `#conditions`?
    /// ```
    BrokenLink: BROKEN_LINK, Error, Scope::Pages
}
