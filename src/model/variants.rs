//! Markdown files in the site's other languages, each next to the file in the first language.

use super::assemble::{Rest, headings};
use super::gather::VariantRecord;
use super::pointers::{Context, item};
use super::records::Records;
use super::suggest::Found;
use super::{Item, Link, PageIx, RecordIx};
use crate::diagnostics::{Diagnostic, code};
use crate::source::SourceTree;
use crate::syntax::Record;
use crate::syntax::kinds::common::Embargo;
use crate::syntax::kinds::page::{Page, Timeline};

/// A page in another language, with that language's tag.
type Variant = (String, Item<Page>);

/// Resolves the Markdown files in other languages; for each page, its variants in the order of the site's languages.
pub(super) fn variants_of(
    records: &Records,
    rest: &Rest,
    variants: Vec<VariantRecord>,
    tree: &SourceTree,
) -> (Vec<Vec<Variant>>, Vec<Found>) {
    let mut of_pages: Vec<Vec<Variant>> = records.pages.iter().map(|_| Vec::new()).collect();
    let mut diagnostics = Vec::new();
    let headings = |at: PageIx| headings(&records.pages[at.position()].0.record);
    let context = Context::new(&rest.names, &rest.hidden, &headings, tree);
    for (record, tag) in variants {
        match rest.names.ids.get(record.id.value.as_str()) {
            Some(Link::To(RecordIx::Page(page))) => {
                diagnostics.extend(only_first_file_has(&record).map(Found::from));
                diagnostics.push(not_published(&record, &tag).into());
                let (item, mut found) = item(record, &context);
                diagnostics.append(&mut found);
                of_pages[page.position()].push((tag, item));
            }
            Some(Link::Hidden(_)) => {}
            _ => diagnostics.push(without_first(&record).into()),
        }
    }
    let order = |tag: &str| rest.names.tags.iter().position(|known| known == tag);
    of_pages.iter_mut().for_each(|variants| variants.sort_by_key(|(tag, _)| order(tag)));
    (of_pages, diagnostics)
}

/// Warns that nobody will see the page: the site is published in its first language.
fn not_published(record: &Record<Page>, tag: &str) -> Diagnostic {
    let message = format!("this is `{}` in `{tag}`: it is checked, but no page is made from it yet", record.id.value);
    let help = "this version publishes only the site's first language; keep the file for a later version, or ignore this";
    Diagnostic::warning(code::UNREAD_FILE, record.id_span(), message).help(help)
}

/// Reports a page that is written only in another language.
fn without_first(record: &Record<Page>) -> Diagnostic {
    let id = &record.id.value;
    let message = format!("this is `{id}` in another language, and there is no `{id}.md`");
    Diagnostic::error(code::UNKNOWN_ID, record.id_span(), message)
        .help("write that file first, in the site's first language")
}

/// A variant holds title, summary, key points, updates and body; everything else goes in the first language's file.
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
        ("timeline", !matches!(front.timeline, Timeline::Auto(None))),
        ("draft", front.common.draft.0),
        ("embargo", front.common.embargo != Embargo::None),
        ("sources", !front.common.sources.is_empty()),
        ("aliases", !front.common.aliases.is_empty()),
    ]
    .into_iter()
    .find_map(|(field, there)| there.then_some(field))?;
    let message = format!("`{field}` can be set only in the first language's file");
    Some(Diagnostic::error(code::UNKNOWN_FIELD, record.id_span(), message).help(format!("remove `{field}` from this file")))
}
