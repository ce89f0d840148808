//! Files that are published unchanged: the theme's own, those in `static/`, and those that the settings name.

use super::{Format, Make, Outline, Plan, Recipe, RenderContext, RenderError};
use crate::diagnostics::{Diagnostic, code};
use crate::source::files::plain_words;
use crate::source::layers::{self, Static, THEME};

/// The theme's own files, the site's `static/`, and the style sheets and scripts that `book.toml` names.
pub struct StaticFiles;

fn read(site: &RenderContext<'_>, path: &str) -> Result<Vec<u8>, RenderError> {
    site.files.read(path).map_err(|error| {
        let message = format!("the file {path} can't be read: {}", plain_words(&error));
        RenderError::File(Diagnostic::placeless(code::UNREADABLE, message))
    })
}

/// The bytes of a file that is published unchanged. If it contains a git merge conflict, no other check would find it.
fn read_whole(site: &RenderContext<'_>, path: &str) -> Result<Vec<u8>, RenderError> {
    let bytes = read(site, path)?;
    match layers::conflict(path, &bytes) {
        Some(conflict) => Err(RenderError::File(conflict)),
        None => Ok(bytes),
    }
}

impl Format for StaticFiles {
    fn plan(&self, site: &Outline<'_>, plan: &mut Plan) {
        for path in site.assets() {
            let own = path.clone();
            let make =
                move |site: &RenderContext<'_>| site.assets.files.get(&own).map(|bytes| bytes.to_vec()).unwrap_or_default();
            plan.add(path.clone(), Recipe::infallible(make));
        }
        for (path, file) in site.statics().filter(|(path, _)| !path.starts_with(THEME)) {
            let own = path.clone();
            let make: Make = Box::new(move |site| match site.statics.get(&own) {
                Some(Static::BuiltIn(bytes)) => Ok(bytes.to_vec()),
                Some(Static::Site(file)) => read_whole(site, file),
                None => Ok(Vec::new()),
            });
            let recipe = Recipe::fallible(make);
            plan.add(path.clone(), recipe.of_file(file));
        }
        for file in site.config().additional_css.iter().chain(&site.config().additional_js) {
            let path = file.value.trim_start_matches("./").to_owned();
            let span = crate::config::book_span(file.range);
            if path.starts_with('/') || path.split('/').any(|part| part == "..") {
                let message = format!("`{path}` is not a file inside the site");
                plan.report(
                    Diagnostic::error(code::OUTSIDE_SITE, span, message).help("write its path relative to book.toml"),
                );
                continue;
            }
            if !site.is_inside(&path) {
                plan.report(Diagnostic::error(code::BROKEN_LINK, span, format!("there is no file `{path}`")));
                continue;
            }
            if !site.is_public(&path) {
                let message = format!("`{path}` is a link to the settings or to something hidden");
                plan.report(Diagnostic::error(code::OUTSIDE_SITE, span, message).help("use a file that may be published"));
                continue;
            }
            let own = path.clone();
            plan.add(path, Recipe::fallible(Box::new(move |site| read_whole(site, &own))).for_place(span));
        }
    }
}
