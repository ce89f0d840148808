//! See [`Placeholder`].

mod marks;

use super::LocalContext;
use super::reading::{Reading, each_texts};
use super::rule::{Report, Scope, rule};
use crate::model::RecordIx;

rule! {
    /// A text holds a mark for what is still to come: `TK`, `TODO`, `FIXME`, `XXX`, or “lorem ipsum”.
    ///
    /// Such marks are made to be found before publication, and are the classic embarrassment when they are not.
    ///
    /// Marks are words in capitals (“lorem ipsum” in any), in every text of every record and page. `TK` may be doubled
    /// (`TKTK`) and `XXX` longer; `TK-year-old` is one, and `TK-421`, `TKO`, `Tk'emlúps` and `in/TODO` are none. `TODO`
    /// among other words in capitals is a word of Spanish. Code is left alone.
    ///
    /// Write what is missing. If the letters are meant, as with the airline in “flight TK 12”, set them as code or allow the
    /// finding:
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
        // Nearly every text ends here. All of a site are looked at, and most have not even the letters.
        let proses = texts.pieces.proses.iter().filter(|prose| marks::may_hold(prose.markdown.characters()));
        for prose in proses {
            let reading = Reading::of(&prose.markdown);
            for mark in marks::find(&reading.text).into_iter().filter(|mark| !reading.is_code(mark)) {
                let message = format!("`{}` was left for later", &reading.text[mark.clone()]);
                report.add(texts.origin.span(reading.place(&mark)), message).help = Some(
                    "write what is missing; if the letters are meant, set them in `backticks` or allow them in book.toml"
                        .to_owned(),
                );
            }
        }
    });
}
