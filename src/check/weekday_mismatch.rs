//! See [`WeekdayMismatch`].

mod phrases;

use super::LocalContext;
use super::reading::{Reading, each_texts};
use super::rule::{Report, Scope, rule};
use super::told::{Told, is_told};
use crate::model::RecordIx;

rule! {
    /// A text gives a date a day of the week that it did not have: “Monday, March 12, 2025” was a Wednesday.
    ///
    /// One of the two is wrong, and a reader who checks anything checks that. It is how a slip in a date shows that nothing else
    /// would find.
    ///
    /// The rule reads English, where a day of the week and a whole date stand side by side: “Monday, March 12, 2025”, “Monday 12
    /// March 2025”, “March 12, 2025 (Monday)”. It leaves alone what others say, in quotation marks or a `quote`, and dates before
    /// 1924, when not all countries had the same calendar.
    ///
    /// Look the day up, and correct the day of the week or the date.
    ///
    /// ```markdown
    /// The flights left on Sunday, March 15, 2025.     write Saturday, March 15, 2025
    /// ```
    WeekdayMismatch: WEEKDAY_MISMATCH, Error, Scope::Local(check)
}

fn check(site: &LocalContext<'_>, owner: RecordIx, report: &mut Report) {
    each_texts(site.reader, owner, |texts| {
        for at in texts.pieces.proses.indices() {
            let prose = &texts.pieces.proses[at];
            // Nearly every text ends here.
            if !phrases::may_hold(prose.markdown.characters()) || !is_told(texts, at) {
                continue;
            }
            let reading = Reading::of(&prose.markdown);
            let told = Told::of(&reading);
            for found in phrases::find(&reading.text).into_iter().filter(|found| told.holds(&found.whole)) {
                let date = &reading.text[found.date.clone()];
                let message = format!("`{date}` is a {}, not a {}", found.right, found.written);
                report.add(texts.origin.span(reading.place(&found.whole)), message).help =
                    Some(format!("write `{}`, or correct the date", found.right));
            }
        }
    });
}
