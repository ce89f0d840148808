//! See [`LongHeadline`].

use super::LocalContext;
use super::length;
use super::rule::{Report, Scope, rule};
use crate::model::RecordIx;

rule! {
    /// The title of a page or an event has more than 110 characters.
    ///
    /// Search engines cut headlines, and so do the cards of shared links, feed readers and calendars: Google's guidelines for
    /// articles long named 110 characters. What is cut is the end, where the news often is.
    ///
    /// The rule counts what readers see, without markup, in all languages. A character of Chinese, Japanese or Korean counts as
    /// two, because it takes twice the room and says more. Marks on letters don't count.
    ///
    /// Shorten it. Say what happened, and leave when, where and how to the summary.
    ///
    /// ```yaml
    /// - id: bridge-shuts
    ///   date: 2025-03-12
    ///   title: The bridge shuts          # and not: After an inspection on Wednesday morning that …
    /// ```
    LongHeadline: LONG_HEADLINE, Warning, Scope::Local(check)
}

const MOST: usize = 110;

const HELP: &str = "say what happened, and leave the details to the summary";

fn check(site: &LocalContext<'_>, owner: RecordIx, report: &mut Report) {
    let tell = |taken: &str| format!("this title is {taken}; after {MOST} characters, it may be cut off");
    length::each_page(site, owner, |record, front| {
        length::look(record, front.title.as_ref(), MOST, HELP, tell, report);
    });
    if let RecordIx::Event(at) = owner {
        let record = &site.reader.item(at).record;
        length::look(record, Some(&record.fields.title), MOST, HELP, tell, report);
    }
}
