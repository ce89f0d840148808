//! See [`WeekdayMismatch`].

mod phrases;

use super::LocalContext;
use super::reading::{Reading, each_texts};
use super::rule::{Report, Scope, rule};
use super::told::{Told, is_told};
use crate::model::RecordIx;

rule! {
    /// A text gives a date the wrong day of the week: “Monday, March 12, 2025,” which was a Wednesday.
    ///
    /// One of the two is wrong, and readers notice. A wrong day of the week can also reveal a typo in a date that no other rule
    /// would find.
    ///
    /// The rule reads English, and looks for a day of the week next to a full date: “Monday, March 12, 2025”, “Monday 12 March
    /// 2025”, “March 12, 2025 (Monday)”. It skips what others say, in quotation marks or in a `quote`, and dates before 1924,
    /// when not all countries had the same calendar.
    ///
    /// Look up the date, and correct either the day of the week or the date.
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
            let told = Told::of(&reading, "en");
            for found in phrases::find(&reading.text).into_iter().filter(|found| told.holds(&found.whole)) {
                let date = &reading.text[found.date.clone()];
                let message = format!("`{date}` is a {}, not a {}", found.right, found.written);
                report.add(texts.origin.span(reading.place(&found.whole)), message).help =
                    Some(format!("write `{}`, or correct the date", found.right));
            }
        }
    });
}
