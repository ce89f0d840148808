//! See [`LongSummary`].

use super::LocalContext;
use super::length;
use super::rule::{Report, Scope, rule};
use crate::model::RecordIx;

rule! {
    /// The summary of a section or page has more than 200 characters.
    ///
    /// A page's summary is what readers see before they open it: below its title on the front page and in lists, in search
    /// results, and on the card of a shared link. Cards show about 200 characters, and search engines fewer; the rest is cut
    /// off.
    ///
    /// The rule counts what readers see, as [`long-headline`](#long-headline) does, in all languages. It doesn't look at the
    /// summaries of events: those are all that an event's page has to say, and may take three sentences.
    ///
    /// Say in a sentence or two what the page tells, and leave the rest to its text or its `key-points`.
    ///
    /// ```yaml
    /// title: The Abrego Garcia case
    /// summary: A Maryland man was deported by mistake; the courts ordered his return.
    /// ```
    LongSummary: LONG_SUMMARY, Warning, Scope::Local(check)
}

const MOST: usize = 200;

const HELP: &str = "say in a sentence what the page tells, and leave the rest to its text or `key-points`";

fn check(site: &LocalContext<'_>, owner: RecordIx, report: &mut Report) {
    let tell = |taken: &str| format!("this summary is {taken}; after {MOST} characters, it may be cut off");
    length::each_page(site, owner, |record, front| {
        length::look(record, front.summary.as_ref(), MOST, HELP, tell, report);
    });
}
