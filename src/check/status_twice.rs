//! See [`StatusTwice`].

use super::LocalContext;
use super::rule::{Report, Scope, label, rule};
use crate::model::RecordIx;

rule! {
    /// A claim has both `status` and `history`.
    ///
    /// The latest step of a history is the status of a claim. A separate status repeats it, until someone changes one and
    /// forgets the other: then a page says that the same claim is established and disputed.
    ///
    /// Keep the history, with the status as its latest step, and remove `status`; or keep only `status`.
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
    finding.labels.push(label(record.span(step.date.range), format!("the latest step is `{}`", step.status.word())));
    finding.help = Some(if status.value == step.status {
        "remove `status`; the latest step of the history already says it".to_owned()
    } else {
        format!(
            "remove `status`, or add it to the history as the latest step: `- {{date: …, status: {}}}`",
            status.value.word()
        )
    });
}
