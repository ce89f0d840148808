//! See [`StatusTwice`].

use super::LocalContext;
use super::rule::{Report, Scope, label, rule};
use crate::model::RecordIx;

rule! {
    /// A claim has both `status` and `history`.
    ///
    /// The latest step of a history is where a claim stands. A status beside it says the same thing twice, until one of them
    /// is changed and the other forgotten: then a page says of one claim that it is established and that it is disputed.
    ///
    /// Keep the history, with the status as its latest step, and remove `status`; or keep `status` alone.
    ///
    /// ```yaml
    /// - id: claim-administrative-error
    ///   status: established              # remove this
    ///   history:
    ///     - {date: 2025-03-31, status: alleged, sources: [nbcdc-return]}
    ///     - {date: 2025-04-10, status: established, sources: [scotus-24a949-pdf]}
    /// ```
    StatusTwice: STATUS_TWICE, Error, Scope::Local(check)
}

fn check(site: &LocalContext<'_>, owner: RecordIx, report: &mut Report) {
    let RecordIx::Claim(at) = owner else {
        return;
    };
    let record = &site.reader.item(at).record;
    let (Some(status), Some(step)) = (&record.fields.status, site.reader.latest(&record.fields.history)) else {
        return;
    };
    let message = format!("`{}` has both a status and a history", record.id.value);
    let finding = report.add(record.span(status.range), message);
    finding.labels.push(label(record.span(step.date.range), format!("the history comes to `{}`", step.status.word())));
    finding.help = Some(if status.value == step.status {
        "remove `status`; the latest step of the history says it".to_owned()
    } else {
        format!(
            "remove `status`, or add it to the history as the latest step: `- {{date: …, status: {}}}`",
            status.value.word()
        )
    });
}
