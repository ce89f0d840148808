//! See [`UncitedQuote`].

use super::LocalContext;
use super::quotations::each_quotation;
use super::reading::each_texts;
use super::rule::{Report, Scope, rule};
use crate::model::RecordIx;

rule! {
    /// A quotation of six words or more, or a `quote` block, has no citation close to it.
    ///
    /// Nobody can check the words of a quotation without knowing where they were printed or said. A source that is cited two
    /// paragraphs further down may be meant for it, or for something else.
    ///
    /// A citation, a footnote or a link to another site counts if it is in the same paragraph, the same item of a list or the
    /// same row of a table; for a block quotation or a `quote` block, also if it is in the paragraph before. A `quote` block may
    /// have `sources` of its own. The `sources` of a record count for its short texts. Titles of works, Where All Longer Words
    /// Have Capitals, are left alone.
    ///
    /// Cite the source in the paragraph, or add `sources` to the block or record.
    ///
    /// ```markdown
    /// The engineer said, “I had asked for a closer look in 2019.”             write
    /// The engineer said, “I had asked for a closer look in 2019.”[@herald]
    /// ```
    UncitedQuote: UNCITED_QUOTE, Warning, Scope::Local(check)
}

fn check(site: &LocalContext<'_>, owner: RecordIx, report: &mut Report) {
    each_texts(site.reader, owner, |texts| {
        each_quotation(texts, owner, |quotation| {
            if quotation.is_linked || !quotation.cited.is_empty() {
                return;
            }
            let help = if quotation.is_block {
                "add `sources: [key]` to the block"
            } else if owner.page().is_some() {
                "cite its source in the same paragraph: `[@key]`"
            } else {
                "cite its source here, `[@key]`, or add `sources` to the record"
            };
            let message = "no source is cited close to this quotation";
            report.add(texts.origin.span(quotation.place), message).help = Some(help.to_owned());
        });
    });
}
