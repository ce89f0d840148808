//! See [`UnsourcedClaim`].

use super::LocalContext;
use super::rule::{Report, Scope, rule};
use crate::model::RecordIx;
use crate::syntax::kinds::claim::ClaimStatus;

rule! {
    /// A claim has no source, nobody who makes or disputes it, or no status.
    ///
    /// A claim is what people disagree about. To print one is fair only if a reader can see who says so, where that can be
    /// read, and where the matter stands. So a claim needs
    ///
    /// - a source: in its own `sources`, in those of a step or of someone who asserts or disputes it, or cited in its texts;
    /// - if it is `alleged` or `disputed`, by its status or the latest step of its history, somebody in `asserted-by`;
    /// - if it is `disputed`, somebody in `disputed-by` as well: a reader asks at once who says otherwise;
    /// - a `status` or a `history`. Without either a page would say that nobody knows, which is a finding of its own and
    ///   must not come about by leaving something out. If it is the finding, write `status: unknown`.
    ///
    /// ```yaml
    /// - id: claim-informants
    ///   text: Rubio promised the return of jailed informants.
    ///   status: alleged
    ///   asserted-by:
    ///     - {by: "Officials who were not named", date: 2025-10-19, sources: [aa-informants]}
    /// ```
    UnsourcedClaim: UNSOURCED_CLAIM, Error, Scope::Local(check)
}

fn check(site: &LocalContext<'_>, owner: RecordIx, report: &mut Report) {
    let RecordIx::Claim(at) = owner else {
        return;
    };
    let record = &site.reader.item(at).record;
    let (id, fields) = (&record.id.value, &record.fields);
    // Everything that is cited anywhere in the record is in one list.
    if record.pieces.citations.is_empty() && !record.pieces.has_unread("sources") {
        report.add(record.id_span(), format!("`{id}` has no source")).help =
            Some("add `sources: [key]` to the claim, or to whoever makes or disputes it".to_owned());
    }
    let is_unread = |field| record.pieces.has_unread(field);
    if fields.status.is_none() && fields.history.is_empty() && !is_unread("status") && !is_unread("history") {
        let words: Vec<_> = ClaimStatus::ALL.iter().map(|status| status.word()).collect();
        report.add(record.id_span(), format!("`{id}` does not say where it stands")).help =
            Some(format!("add `status:` with one of: {}", words.join(", ")));
    }
    let status = site.reader.claim_status(at);
    let step = site.reader.latest(&fields.history).map(|step| step.date.range);
    let range = step.or(fields.status.as_ref().map(|status| status.range)).unwrap_or(record.id.range);
    let mut lacks = |field: &'static str, who: &str| {
        let message = format!("`{id}` is {}, and nobody is said to {who} it", status.word());
        report.add(record.span(range), message).help = Some(format!("add `{field}: [{{by: …, says: …, sources: [key]}}]`"));
    };
    if matches!(status, ClaimStatus::Alleged | ClaimStatus::Disputed)
        && fields.asserted_by.is_empty()
        && !is_unread("asserted-by")
    {
        lacks("asserted-by", "make");
    }
    if status == ClaimStatus::Disputed && fields.disputed_by.is_empty() && !is_unread("disputed-by") {
        lacks("disputed-by", "dispute");
    }
}
