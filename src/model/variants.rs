//! Markdown files of further languages: each beside its first one.

use super::assemble::headings;
use super::gather::VariantRecord;
use super::pointers::{Context, item};
use super::{Model, PageIx, Target};
use crate::diagnostics::{Diagnostic, code};
use crate::source::SourceTree;
use crate::syntax::Record;
use crate::syntax::kinds::page::{Page, Timeline};

/// Resolves the Markdown files of further languages and puts each beside its first one.
pub(super) fn variants_in_place(model: &mut Model, variants: Vec<VariantRecord>, tree: &SourceTree) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    if variants.is_empty() {
        return diagnostics;
    }
    let mut placed = Vec::new();
    for (record, tag) in variants {
        match model.target(&record.id.value) {
            Some(Target::Page(page)) => placed.push((page, record, tag)),
            Some(Target::Hidden(_)) => {}
            _ => {
                let message =
                    format!("this is `{}` in another language, and there is no `{}.md`", record.id.value, record.id.value);
                diagnostics.push(
                    Diagnostic::error(code::UNKNOWN_ID, record.id_span(), message)
                        .help("write the file of the first language first"),
                );
            }
        }
    }
    let headings = |at: PageIx| headings(&model.pages[at.at()].item.record);
    let context = Context { names: &model.names, hidden: &model.hidden, headings: &headings, tree };
    let resolved: Vec<_> = placed
        .into_iter()
        .map(|(page, record, tag)| {
            diagnostics.extend(only_first_file_has(&record));
            let (item, mut found) = item(record, &context);
            diagnostics.append(&mut found);
            (page, item, tag)
        })
        .collect();
    for (page, item, tag) in resolved {
        model.pages[page.at()].variants.push((tag, item));
    }
    let names = model.names.clone();
    let order = |tag: &str| names.tags.iter().position(|known| known == tag);
    for page in &mut model.pages {
        page.variants.sort_by_key(|(tag, _)| order(tag));
    }
    diagnostics
}

/// A variant holds title, summary, key points, updates and body; everything else lives in the first file.
fn only_first_file_has(record: &Record<Page>) -> Option<Diagnostic> {
    let front = &record.fields.front;
    let field = [
        ("order", front.order.is_some()),
        ("part", front.part.is_some()),
        ("kind", front.kind.is_some()),
        ("published", front.published.is_some()),
        ("updated", front.updated.is_some()),
        ("as-of", front.as_of.is_some()),
        ("topics", !front.topics.is_empty()),
        ("timeline", !matches!(front.timeline, Timeline::Auto)),
        ("draft", front.common.draft),
        ("embargo", front.common.embargo.is_some()),
        ("sources", !front.common.sources.is_empty()),
        ("aliases", !front.common.aliases.is_empty()),
    ]
    .into_iter()
    .find_map(|(field, there)| there.then_some(field))?;
    let message = format!("`{field}` is set in the file of the first language alone");
    Some(Diagnostic::error(code::UNKNOWN_FIELD, record.id_span(), message).help(format!("take `{field}` out of this file")))
}
