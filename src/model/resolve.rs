//! From parsed files to the model: gather and order, name, resolve, relate, and put together at once. Each
//! step is a file.

use std::sync::Arc;

use super::assemble::{Rest, assemble, resolve_all};
use super::gather::gather;
use super::names::Names;
use super::pointers::Before;
use super::relations::Relations;
pub use super::update::Earlier;
use super::update::updated;
use super::variants::variants_of;
use super::visibility::Visibility;
use super::{Model, chart_data, map_data, suggest};
use crate::base::FileId;
use crate::config::Config;
use crate::diagnostics::Diagnostic;
use crate::source::SourceTree;
use crate::syntax::file::Parsed;

/// Makes the model. Records that are hidden are left out, and pointers to them say so. Where the `earlier` model
/// resolved the same record among the same names, that is taken from it; it changes nothing but the time it takes.
#[must_use]
pub fn resolve(
    files: &[(FileId, Arc<Parsed>)],
    tree: &SourceTree,
    config: &Config,
    visibility: Visibility,
    earlier: Option<&Earlier<'_>>,
) -> (Model, Vec<Diagnostic>) {
    if let Some(updated) = earlier.and_then(|earlier| updated(files, tree, config, visibility, earlier)) {
        return updated;
    }
    let before = earlier.map(|earlier| earlier.model);
    let mut gathered = gather(files, config, visibility);
    let before = before.and_then(|model| Some(Before { model, moved: model.names.moved(model, &gathered, tree)? }));
    let names = match before.as_ref().filter(|before| before.moved.is_nothing()) {
        Some(before) => before.model.names.clone(),
        None => Arc::new(Names::of(&mut gathered, tree)),
    };
    let is_simple = gathered.diagnostics.is_empty() && gathered.variants.is_empty();
    let variants = std::mem::take(&mut gathered.variants);
    let (records, rest, mut diagnostics) = resolve_all(gathered, names, tree, config, before.as_ref());
    let (variants, mut found) = variants_of(&records, &rest, variants, tree);
    diagnostics.append(&mut found);
    let relations = Relations::of(&records, &rest.makers, config);
    let rest = Rest { is_simple: is_simple && rest.is_simple, ..rest };
    let model = assemble(records, relations, variants, rest, config, (chart_data::of(tree), map_data::of(tree, None)));
    let diagnostics = suggest::answer(diagnostics, &model, tree);
    (model, diagnostics)
}
