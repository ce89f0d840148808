//! See [`Placeholder`].

mod marks;

use super::LocalContext;
use super::reading::{Reading, each_texts};
use super::rule::{Report, Scope, rule};
use crate::model::RecordIx;

rule! {
    /// A text contains a placeholder, such as `TK`, `TODO`, `FIXME`, `XXX` or “lorem ipsum”, or a note in brackets, such as
    /// `[CHECK WITH LEGAL]` or `[citation needed]`.
    ///
    /// Placeholders are meant to be found before publication. Printing one is a classic embarrassment.
    ///
    /// Placeholders are written in capitals (“lorem ipsum” in any case), and are found in every text of every record and
    /// page.
    /// `TK` may be doubled (`TKTK`) and `XXX` may be longer; `TK-year-old` counts, but `TK-421`, `TKO`, `Tk'emlúps` and
    /// `in/TODO` don't. `TODO` among other words in capitals is Spanish. Code is exempt.
    ///
    /// Write what is missing. If the letters are meant, as with the airline in “flight TK 12”, mark them as code or waive
    /// the finding:
    ///
    /// ```toml
    /// [[checks.allow]]
    /// code = "placeholder"
    /// at = "flight-to-istanbul"
    /// reason = "TK is the airline"
    /// ```
    Placeholder: PLACEHOLDER, Error, Scope::Local(check)
}

fn check(site: &LocalContext<'_>, owner: RecordIx, report: &mut Report) {
    each_texts(site.reader, owner, |texts| {
        // Nearly every text ends here: every text of the site is searched, and most don't even have the letters.
        let proses = texts.pieces.proses.iter().filter(|prose| marks::may_hold(prose.markdown.characters()));
        for prose in proses {
            let reading = Reading::of(&prose.markdown);
            for mark in marks::find(&reading.text).into_iter().filter(|mark| !reading.is_code(mark)) {
                let message = format!("`{}` is a placeholder", &reading.text[mark.clone()]);
                report.add(texts.origin.span(reading.place(&mark)), message).help = Some(
                    "write what is missing; if you mean the letters, put them in `backticks` or allow them in book.toml"
                        .to_owned(),
                );
            }
        }
    });
}
