//! See [`QuoteMismatch`].

mod compare;

use super::LocalContext;
use super::quotations::{Quotation, each_quotation};
use super::reading::{Texts, each_texts};
use super::rule::{Report, Scope, label, rule};
use crate::base::Span;
use crate::model::{RecordIx, SourceIx};
use compare::Passage;

rule! {
    /// Quoted words differ slightly from those that the cited source has in `quote`.
    ///
    /// A quotation has to be exact. The `quote` of a source holds the words you rely on, copied from it, so one of the two was
    /// changed: by a slip, or because somebody polished it.
    ///
    /// The rule compares quotations of six words or more with the `quote` of each source that is cited in the same paragraph, and
    /// reports a pair that has most words in common, in the same order. You may quote a part of it, leave words out with
    /// `[…]` or `…`, add words in brackets, and change capitals and punctuation. Other words of the source, which `quote`
    /// doesn't have, are left alone.
    ///
    /// Look at the source, and correct the quotation or the `quote`.
    ///
    /// ```yaml
    /// herald:
    ///   title: Bridge shuts
    ///   quote: I had asked for a closer look in 2019.
    /// # A section: “I asked for a closer look in 2019,” she said.[@herald]
    /// ```
    QuoteMismatch: QUOTE_MISMATCH, Warning, Scope::Local(check)
}

fn check(site: &LocalContext<'_>, owner: RecordIx, report: &mut Report) {
    each_texts(site.reader, owner, |texts| {
        each_quotation(texts, owner, |quotation| look(site, texts, &quotation, report));
    });
}

/// Words that a source keeps.
struct Kept {
    source: SourceIx,
    span: Span,
    passage: Passage,
}

fn look(site: &LocalContext<'_>, texts: &Texts<'_>, quotation: &Quotation, report: &mut Report) {
    let kept = kept(site, texts, quotation);
    if kept.is_empty() {
        return;
    }
    let pieces = compare::pieces(&quotation.words);
    if kept.iter().any(|kept| kept.passage.has(&pieces)) {
        return;
    }
    let Some((kept, words)) = kept.iter().find_map(|kept| Some((kept, kept.passage.nearly(&pieces)?))) else { return };
    let key = site.reader.id(kept.source);
    let message = format!("these words differ from those that `{key}` has in `quote`");
    let finding = report.add(texts.origin.span(quotation.place), message);
    finding.labels.push(label(kept.span, format!("“{words}”")));
    finding.help = Some(format!("look at the source; if its `quote` is right, write “{words}”"));
}

/// The words that the sources keep which are cited close to a quotation.
fn kept(site: &LocalContext<'_>, texts: &Texts<'_>, quotation: &Quotation) -> Vec<Kept> {
    let mut sources: Vec<SourceIx> = quotation.cited.iter().filter_map(|cited| texts.cited.get(*cited)?.source()).collect();
    sources.sort_unstable();
    sources.dedup();
    let mut kept = Vec::new();
    for source in sources {
        let record = &site.reader.item(source).record;
        for text in record.fields.quote.iter().flat_map(|quote| &quote.variants) {
            let prose = &record.pieces.proses[*text];
            let passage = Passage::of(&prose.markdown.runs().join(" "));
            kept.push(Kept { source, span: record.span(prose.range), passage });
        }
    }
    kept
}
