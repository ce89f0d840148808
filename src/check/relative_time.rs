//! See [`RelativeTime`].

mod words;

use super::LocalContext;
use super::reading::{Reading, Texts, each_texts};
use super::rule::{Report, Scope, rule};
use super::told::{Told, is_told};
use crate::model::RecordIx;
use crate::syntax::pieces::Prose;

rule! {
    /// A text counts time from the day it was written: “yesterday”, “last week”, “next month”, “recently”.
    ///
    /// An explainer is read for months. For most readers, “yesterday” is not the day before, and nothing on the page tells
    /// them which day was meant.
    ///
    /// The rule reads English, sentence by sentence, in the bodies of sections and pages and in the texts of records. It
    /// skips what others say, in quotation marks or in a `quote`; it skips names, headings and code, and what counts from
    /// another day: “the next day”, “his last year in office”, “had recently moved”. A capital in the middle of a sentence
    /// marks a name, as in “USA Today”.
    ///
    /// Write the date. If no other word will do, allow the finding in `[[checks.allow]]`.
    ///
    /// ```yaml
    /// - id: return-to-us
    ///   date: 2025-06-06
    ///   summary: "He was flown back today."     # write `on June 6, 2025`
    /// ```
    RelativeTime: RELATIVE_TIME, Warning, Scope::Local(check)
}

fn check(site: &LocalContext<'_>, owner: RecordIx, report: &mut Report) {
    each_texts(site.reader, owner, |texts| {
        for at in texts.pieces.proses.indices() {
            let prose = &texts.pieces.proses[at];
            // Nearly every text ends here.
            if words::may_hold(prose.markdown.characters()) && is_told(texts, at) {
                look(texts, prose, report);
            }
        }
    });
}

fn look(texts: &Texts<'_>, prose: &Prose, report: &mut Report) {
    let reading = Reading::of(&prose.markdown);
    let found = words::find(&reading.text);
    if found.is_empty() {
        return;
    }
    let told = Told::of(&reading, "en");
    for found in found.into_iter().filter(|found| told.holds(&found.range)) {
        let message = format!("`{}` is true only on the day it is written", &reading.text[found.range.clone()]);
        report.add(texts.origin.span(reading.place(&found.range)), message).help = Some(found.unit.help().to_owned());
    }
}
