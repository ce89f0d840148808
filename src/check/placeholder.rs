//! See [`Placeholder`].

mod marks;

use super::LocalContext;
use super::reading::Reading;
use super::rule::{Report, Scope, rule};
use crate::model::RecordIx;
use crate::syntax::Record;

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
    let reader = site.reader;
    match owner {
        RecordIx::Page(at) => {
            record(&reader.item(at).record, report);
            reader.variants(at).iter().for_each(|(_, item)| record(&item.record, report));
        }
        RecordIx::Event(at) => record(&reader.item(at).record, report),
        RecordIx::Claim(at) => record(&reader.item(at).record, report),
        RecordIx::Entity(at) => record(&reader.item(at).record, report),
        RecordIx::Term(at) => record(&reader.item(at).record, report),
        RecordIx::Source(at) => record(&reader.item(at).record, report),
    }
}

fn record<T>(record: &Record<T>, report: &mut Report) {
    // Nearly every text ends here. All of a site are looked at, and most have not even the letters.
    let texts = record.pieces.proses.iter().filter(|prose| marks::may_hold(prose.markdown.characters()));
    for prose in texts {
        let reading = Reading::of(&prose.markdown);
        for mark in marks::find(&reading.text).into_iter().filter(|mark| !reading.is_code(mark)) {
            let message = format!("`{}` was left for later", &reading.text[mark.clone()]);
            report.add(record.span(reading.place(&mark)), message).help = Some(
                "write what is missing; if the letters are meant, set them in `backticks` or allow them in book.toml"
                    .to_owned(),
            );
        }
    }
}
