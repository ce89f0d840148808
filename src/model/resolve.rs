//! From parsed files to the model: gather, order, name, resolve, relate. Each step is a room of its own.

use std::sync::Arc;

use super::Model;
use super::gather::Gather;
use super::relate::{relate, timelines};
use super::variants::variants_in_place;
use super::visibility::Visibility;
use crate::base::FileId;
use crate::config::Config;
use crate::diagnostics::Diagnostic;
use crate::source::SourceTree;
use crate::syntax::file::Parsed;

/// Makes the model. Records that are hidden are left out, and pointers to them say so. Where `before`, an earlier model,
/// resolved the same record among the same names, that is taken from it; it changes nothing but the time it takes.
#[must_use]
pub fn resolve(
    files: &[(FileId, Arc<Parsed>)],
    tree: &SourceTree,
    config: &Config,
    visibility: Visibility,
    before: Option<&Model>,
) -> (Model, Vec<Diagnostic>) {
    let mut gather = Gather::new(config, visibility);
    for (id, file) in files {
        gather.take(*id, file);
    }
    gather.order();
    gather.name(tree);
    let (mut model, mut diagnostics, variants) = gather.finish(tree, before);
    diagnostics.append(&mut variants_in_place(&mut model, variants, tree));
    relate(&mut model);
    model.link_back();
    timelines(&mut model);
    (model, diagnostics)
}
