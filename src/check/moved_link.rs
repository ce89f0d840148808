//! See [`MovedLink`].

use super::rule::{Scope, rule};

rule! {
    /// An address of another site has moved for good, and its server says where to.
    ///
    /// Readers still get there, but redirects are often the first thing to go when a site is rebuilt. While they work, they tell
    /// you the new address.
    ///
    /// The rule runs only with `backgrounder check --external`: see [external links](#external-links). It reports permanent
    /// redirects (301 and 308), and leaves temporary ones alone. If all that is left of a page's address is the front page of its
    /// site, it says so: the page itself is probably gone.
    ///
    /// Write the new address, after a look at what is there. It is only a hint, and `--strict` doesn't fail because of it.
    ///
    /// ```yaml
    /// herald-crack:
    ///   url: http://wendleherald.com/crack       # moved to https://www.wendleherald.com/news/crack
    /// ```
    MovedLink: MOVED_LINK, Info, Scope::External
}
