//! See [`AccusedPerson`].

use super::LocalContext;
use super::rule::{Report, Scope, rule};
use crate::model::RecordIx;
use crate::syntax::kinds::entity::StatusStep;
use crate::syntax::pieces::{RefLocation, References};

rule! {
    /// An entity has `accused: true`, but no `status` that says where the case stands; or a step of its status has no source.
    ///
    /// A site that names somebody as accused has to say of what, by whom, since when and what they answer, and has to show how
    /// it knows. Anything else may ruin an innocent person, and may be libel. Charges are dropped and people are acquitted: a
    /// status has a date, so that readers can tell whether it is still true.
    ///
    /// Each step needs a source of its own, in `sources` or cited in `is`, because each says something else about the person.
    ///
    /// Add a step with the latest that is known. If the person is not accused of anything, remove `accused`.
    ///
    /// ```yaml
    /// - id: jane-roe
    ///   kind: person
    ///   name: Jane Roe
    ///   accused: true
    ///   status:            # add this
    ///     - {date: 2025-06-06, is: "charged with fraud; pleaded not guilty", sources: [herald-roe]}
    /// ```
    AccusedPerson: ACCUSED_PERSON, Error, Scope::Local(check)
}

fn check(site: &LocalContext<'_>, owner: RecordIx, report: &mut Report) {
    let RecordIx::Entity(at) = owner else {
        return;
    };
    let record = &site.reader.item(at).record;
    let (id, pieces) = (&record.id.value, &record.pieces);
    if !record.fields.accused || pieces.has_unread("status") {
        return;
    }
    if record.fields.status.is_empty() {
        report
            .add(record.id_span(), format!("`{id}` is accused, but no `status` says of what, or where the case stands"))
            .help = Some("add `status: [{date: …, is: …, sources: [key]}]`".to_owned());
    }
    if pieces.has_unread("sources") {
        return;
    }
    for step in record.fields.status.iter().filter(|step| !is_sourced(step, pieces)) {
        report
            .add(record.span(step.date.range), format!("`{id}` is accused, but this step of its status has no source"))
            .help = Some("add `sources: [key]` to the step".to_owned());
    }
}

/// Whether a step names a source, or cites one in its words.
fn is_sourced(step: &StatusStep, pieces: &References) -> bool {
    let is_in_words = |place: RefLocation| match place {
        RefLocation::Prose { prose, .. } => step.is.variants.contains(&prose),
        RefLocation::Field(_) => false,
    };
    !step.sources.is_empty() || pieces.citations.iter().any(|citation| is_in_words(citation.place))
}
