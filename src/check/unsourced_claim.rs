//! See [`UnsourcedClaim`].

use super::LocalContext;
use super::rule::{Report, Scope, rule};
use crate::model::RecordIx;
use crate::syntax::kinds::claim::ClaimStatus;

rule! {
    /// A claim has no source, no one who makes or disputes it, or no status.
    ///
    /// A claim is something that people disagree about. It is fair to print one only if readers can see who says so, where
    /// to read it, and where the matter stands. So a claim needs
    ///
    /// - a source: in its own `sources`, in those of a step or of someone who asserts or disputes it, or cited in its texts;
    /// - if it is `alleged` or `disputed`, by its status or the latest step of its history, someone in `asserted-by`;
    /// - if it is `disputed`, someone in `disputed-by` as well, because readers will ask who says otherwise;
    /// - a `status` or a `history`. Without either, a page would say “unknown”, which is a finding in itself and must not
    ///   be the result of an omission. If it is your finding, write `status: unknown`.
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
    // One list has everything that is cited anywhere in the record.
    if record.pieces.citations.is_empty() && !record.pieces.has_unread("sources") {
        report.add(record.id_span(), format!("`{id}` has no source")).help =
            Some("add `sources: [key]` to the claim, or to whoever makes or disputes it".to_owned());
    }
    let is_unread = |field| record.pieces.has_unread(field);
    if fields.status.is_none() && fields.history.is_empty() && !is_unread("status") && !is_unread("history") {
        let words: Vec<_> = ClaimStatus::ALL.iter().map(|status| status.word()).collect();
        report.add(record.id_span(), format!("`{id}` has no status")).help =
            Some(format!("add `status:` with one of: {}", words.join(", ")));
    }
    let status = site.reader.claim_status(at);
    let step = site.reader.latest(&fields.history).map(|step| step.date.range);
    let range = step.or(fields.status.as_ref().map(|status| status.range)).unwrap_or(record.id.range);
    let mut lacks = |field: &'static str, how: &str| {
        let message = format!("`{id}` is {}, but no one is named as {how} it", status.word());
        report.add(record.span(range), message).help = Some(format!("add `{field}: [{{by: …, says: …, sources: [key]}}]`"));
    };
    if matches!(status, ClaimStatus::Alleged | ClaimStatus::Disputed)
        && fields.asserted_by.is_empty()
        && !is_unread("asserted-by")
    {
        lacks("asserted-by", "making");
    }
    if status == ClaimStatus::Disputed && fields.disputed_by.is_empty() && !is_unread("disputed-by") {
        lacks("disputed-by", "disputing");
    }
}
