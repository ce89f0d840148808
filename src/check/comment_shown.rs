//! See [`CommentShown`].

use super::LocalContext;
use super::reading::Reading;
use super::rule::{Report, Scope, rule};
use crate::model::RecordIx;
use crate::syntax::Record;

rule! {
    /// A text contains `%% … %%`, which is a comment in some other editors.
    ///
    /// Here it is text. Readers see the percent signs and everything between them: on the page, in feeds, in search results.
    ///
    /// For a comment inside a text, write `<!-- … -->`, which leaves no trace in any output. For a comment about a record,
    /// use its `desk-note`. Code is exempt.
    ///
    /// ```yaml
    /// - id: bridge-shut
    ///   desk-note: Our source is on leave until Monday.
    ///   summary: The bridge shut. <!-- Ask for the hour. --> Nobody was hurt.
    /// ```
    CommentShown: COMMENT_SHOWN, Warning, Scope::Local(check)
}

/// The sign that begins and ends such a comment.
const MARK: &str = "%%";

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
        RecordIx::Author(at) => record(&reader.item(at).record, report),
    }
}

fn record<T>(record: &Record<T>, report: &mut Report) {
    let texts = record.pieces.proses.iter().filter(|prose| prose.markdown.characters().contains(MARK));
    for prose in texts {
        let reading = Reading::of(&prose.markdown);
        let places = reading.text.match_indices(MARK).map(|(at, mark)| at..at + mark.len());
        let marks: Vec<_> = places.filter(|mark| !reading.is_code(mark)).collect();
        // A single sign may be a percentage.
        for pair in marks.chunks_exact(2) {
            let finding = report.add(record.span(reading.place(&pair[0])), "readers will see this comment");
            finding.help =
                Some("write `<!-- … -->` instead of `%% … %%`, or move the comment to the record's `desk-note`".to_owned());
        }
    }
}
