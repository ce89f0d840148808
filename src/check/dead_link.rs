//! See [`DeadLink`].

use super::rule::{Scope, rule};

rule! {
    /// An address of another site leads nowhere.
    ///
    /// A source that nobody can read any longer proves nothing, and readers who follow a dead link trust the next one less.
    ///
    /// The rule runs only if you ask for it, with `backgrounder check --external`, because it is the only one that needs the
    /// network: see [external links](#external-links). It calls an address dead if the server says that the page is not there
    /// (404) or gone (410), if there is no such host, if the host refuses the connection, or if its certificate can't be trusted.
    /// A server that merely refuses to talk to a program, or that has a bad day, is no reason.
    ///
    /// Correct the address if the page moved. Otherwise look for an archived copy and name it in `archive-url`: from then on,
    /// the dead address of that source is only an info, because readers still have the copy.
    ///
    /// ```yaml
    /// herald-crack:
    ///   title: Bridge shuts
    ///   url: https://www.wendleherald.com/crack         # the server answers 404 (not found)
    ///   archive-url: https://web.archive.org/web/20251220101500/https://www.wendleherald.com/crack     # add this
    ///   archived: 2025-12-20
    /// ```
    DeadLink: DEAD_LINK, Warning, Scope::External
}
