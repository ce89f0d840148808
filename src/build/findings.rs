//! Findings about finished files: recipes that failed, and broken links.

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use super::memo::Rendered;
use crate::base::Span;
use crate::diagnostics::{Diagnostic, Severity, code};
use crate::linkcheck::{self, Broken, File, Links};
use crate::model::Destination;
use crate::model::at::{Standing, Standings};
use crate::output::html::NOT_FOUND;
use crate::output::{Output, RenderContext, RenderError};

/// What a finished file links to, if it is a page, or why it could not be made. There is one for each file, and hardly ever an
/// error: its box keeps them all small.
pub(super) type PageLinks = Result<Option<Arc<Links>>, Box<RenderError>>;

/// Findings about finished files, sorted by path: recipes that failed or, if none did, broken links. `rendered` knows the
/// results of an earlier state.
pub(super) fn findings(
    output: &Output,
    site: &RenderContext<'_>,
    made: Vec<(&str, PageLinks)>,
    rendered: Option<&Rendered>,
) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    let mut files = Vec::with_capacity(made.len());
    for (path, made) in made {
        match made {
            Err(fault) => faults.push(*fault),
            Ok(links) => files.push((path, links)),
        }
    }
    if faults.is_empty() { check_links(output, site, &files, rendered) } else { each_once(faults) }
}

/// A fault in a template shows on every page that uses it; it is reported once, with the first of them. The 404 page is
/// named only if it is the only one, since nobody looks at it.
fn each_once(mut faults: Vec<RenderError>) -> Vec<Diagnostic> {
    faults.sort_by_key(|fault| matches!(fault, RenderError::Template(fault) if fault.page.as_deref() == Some(NOT_FOUND)));
    let mut seen = BTreeSet::new();
    faults.retain(|fault| match fault {
        RenderError::Template(fault) => seen.insert((fault.place.clone(), fault.message.clone())),
        RenderError::File(_) => true,
    });
    faults.into_iter().map(Diagnostic::from).collect()
}

fn check_links(
    output: &Output,
    site: &RenderContext<'_>,
    files: &[File<'_>],
    rendered: Option<&Rendered>,
) -> Vec<Diagnostic> {
    let Some(severity) = crate::config::severity(site.config, code::BROKEN_LINK, Severity::Error) else {
        return Vec::new();
    };
    let again = |path: &str| output.recipes.get(path).and_then(|recipe| recipe.evaluate(site).ok());
    let before = rendered.map(Rendered::checked).unwrap_or_default();
    let (found, checked) = linkcheck::check(files, &site.config.base_path, &again, &before);
    if let Some(rendered) = rendered {
        rendered.keep_checked(checked);
    }
    let standings = OnceCell::new();
    let placed = found.into_iter().map(|Broken { page, address, finding }| {
        let found = Diagnostic { severity, ..finding };
        let recipe = output.recipes.get(page);
        let place = recipe.and_then(|recipe| recipe.place(|record| site.model.record(record.find(site.model)).id_span()));
        if recipe.is_some_and(|recipe| recipe.is_redirect) {
            return Diagnostic { span: place, ..found }.help("correct the target of this old address");
        }
        let standings = || standings.get_or_init(|| Standings::of(site.model));
        match place.and_then(|place| written_at(&address, place, standings(), site)) {
            Some(span) => Diagnostic {
                span: Some(span),
                message: format!("there is no heading or anchor `{address}` on this page"),
                ..found
            }
            .help("name a heading of the page, as `[[#heading]]` or by its anchor"),
            None => found,
        }
    });
    let mut placed: Vec<_> = placed.collect();
    // The page of an old address has the same link three times.
    placed.dedup();
    placed
}

/// Where the author wrote a link to an anchor of the same page, for a link on the page of the record at `origin`.
fn written_at(address: &str, origin: Span, standings: &Standings, site: &RenderContext<'_>) -> Option<Span> {
    let anchor = address.strip_prefix('#')?;
    let Some(Standing::Record(owner)) = standings.at(origin.file, origin.range.start) else { return None };
    let linked = site.model.linked(owner);
    let is_it = |destination: &Destination| matches!(destination, Destination::Own(own) if **own == *anchor);
    let (address, _) =
        linked.pieces.addresses.iter().zip(linked.destinations).find(|(_, destination)| is_it(destination))?;
    Some(site.model.origin(owner).span(address.range))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Span, TextRange};
    use crate::source::tree::BOOK;
    use crate::theme::{TemplateFault, TemplatePlace};

    fn fault(message: &str, line: usize, page: &str) -> RenderError {
        let place = Some(TemplatePlace::BuiltIn { template: "page.html".to_owned(), line });
        RenderError::Template(TemplateFault { message: message.to_owned(), place, page: Some(page.to_owned()) })
    }

    fn said(faults: Vec<RenderError>) -> Vec<String> {
        each_once(faults).into_iter().map(|diagnostic| diagnostic.message).collect()
    }

    #[test]
    fn a_fault_is_told_once_with_the_first_page_that_people_look_at() {
        let faults = vec![fault("no such field", 3, "404"), fault("no such field", 3, "a"), fault("no such field", 3, "b")];
        assert_eq!(said(faults), ["in the template page.html, line 3: no such field, while rendering /a"]);
        assert_eq!(said(vec![fault("x", 3, "404")]), ["in the template page.html, line 3: x, while rendering /404"]);
    }

    #[test]
    fn other_faults_are_other_faults() {
        let own = |at| {
            let place = Some(TemplatePlace::Own(Span { file: BOOK, range: TextRange::new(at, at + 1) }));
            RenderError::Template(TemplateFault { message: "x".to_owned(), place, page: None })
        };
        let file = || RenderError::File(Diagnostic::placeless(code::UNREADABLE, "x"));
        let faults =
            vec![fault("x", 3, "a"), fault("x", 4, "a"), fault("y", 3, "a"), own(1), own(2), own(1), file(), file()];
        assert_eq!(said(faults).len(), 7);
    }
}
