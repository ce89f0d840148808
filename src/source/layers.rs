//! Looks up templates and static files in order: the site's folder, then the named theme's, then the built-in ones.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::characters;
use super::files::{Files, Listing, Refusal, is_at_or_below, plain_words};
use super::merge_marks;
use super::tree::{SourceFile, SourceTree};
use crate::base::{FileId, Span, TextRange};
use crate::diagnostics::{Diagnostic, code};

/// Which layer a template comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// The site's own `templates/`.
    Site,
    /// The theme named in `book.toml`.
    Theme,
    /// The theme built into the program.
    BuiltIn,
}

/// A template's text, and its file if it is not built in.
#[derive(Clone, Debug)]
pub struct Template {
    /// Its layer.
    pub layer: Layer,
    /// Its name within its layer: `components/card.html`.
    pub name: String,
    /// Its text.
    pub text: Arc<String>,
    /// Its file, for messages.
    pub file: Option<FileId>,
}

static BUILT_IN_TEMPLATES: include_dir::Dir<'_> = include_dir::include_dir!("$CARGO_MANIFEST_DIR/templates");
static BUILT_IN_STATIC: include_dir::Dir<'_> = include_dir::include_dir!("$CARGO_MANIFEST_DIR/static/theme");

fn embedded<'a>(dir: &'a include_dir::Dir<'a>, out: &mut BTreeMap<String, &'a [u8]>) {
    let is_hidden =
        |file: &&include_dir::File<'_>| file.path().file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    for file in dir.files().filter(|file| !is_hidden(file)) {
        out.insert(file.path().to_string_lossy().replace('\\', "/"), file.contents());
    }
    dir.dirs().for_each(|dir| embedded(dir, out));
}

/// The built-in theme's files, by the path that each would have in a site's folder.
#[must_use]
pub fn built_in() -> BTreeMap<String, &'static [u8]> {
    let (mut templates, mut statics) = (BTreeMap::new(), BTreeMap::new());
    embedded(&BUILT_IN_TEMPLATES, &mut templates);
    embedded(&BUILT_IN_STATIC, &mut statics);
    let templates = templates.into_iter().map(|(path, bytes)| (format!("templates/{path}"), bytes));
    templates.chain(statics.into_iter().map(|(path, bytes)| (format!("static/{THEME}{path}"), bytes))).collect()
}

/// Every template in all layers. If the site's folder is the built-in theme's own, as in this project, it counts as built
/// in.
pub fn templates(files: &dyn Files, tree: &mut SourceTree, diagnostics: &mut Vec<Diagnostic>) -> Vec<Template> {
    let mut built_in = BTreeMap::new();
    embedded(&BUILT_IN_TEMPLATES, &mut built_in);
    let mut out = Vec::new();
    for (name, bytes) in &built_in {
        // The program's own files are UTF-8. If one were not, its tests would catch the lossy reading.
        let text = Arc::new(String::from_utf8_lossy(bytes).into_owned());
        out.push(Template { layer: Layer::BuiltIn, name: name.clone(), text, file: None });
    }
    let listing = files.list("templates");
    diagnostics.extend(tree.refused(listing.refused));
    for path in listing.files {
        let name = path.trim_start_matches("templates/").to_owned();
        let bytes = match files.read(&path) {
            Ok(bytes) => bytes,
            Err(error) => {
                let message = format!("the template {path} can't be read: {}", plain_words(&error));
                diagnostics.push(Diagnostic::placeless(code::UNREADABLE, message));
                continue;
            }
        };
        if !name.ends_with(".html") || built_in.get(&name).is_some_and(|own| **own == *bytes) {
            continue;
        }
        let text = Arc::new(String::from_utf8_lossy(&bytes).into_owned());
        let file = tree.add(SourceFile { path: path.clone(), text: text.clone(), kind: None });
        if std::str::from_utf8(&bytes).is_err() {
            let span = Span { file, range: TextRange::default() };
            diagnostics.push(Diagnostic::error(code::INVALID_UTF8, span, "this template is not UTF-8"));
        }
        diagnostics.append(&mut characters::check(&text, file));
        let conflicts = merge_marks::find(&text);
        diagnostics.append(&mut merge_marks::findings(&text, &conflicts, file));
        let text = if conflicts.is_empty() { text } else { Arc::new(merge_marks::without(&text, &conflicts)) };
        out.push(Template { layer: Layer::Site, name, text, file: Some(file) });
    }
    out
}

/// Where a static file comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Static {
    /// A file of the site, given by its path.
    Site(String),
    /// A file built into the program.
    BuiltIn(&'static [u8]),
}

/// The folder for the theme's own files, both in `static/` and in the output.
pub const THEME: &str = "theme/";

/// Static files by their path in the output.
pub type Statics = BTreeMap<String, Static>;

/// Every static file. `static/theme/` overrides the built-in theme's file by file.
pub fn statics(files: &dyn Files, tree: &mut SourceTree, diagnostics: &mut Vec<Diagnostic>) -> Statics {
    let mut built_in = BTreeMap::new();
    embedded(&BUILT_IN_STATIC, &mut built_in);
    let mut out: Statics =
        built_in.into_iter().map(|(path, bytes)| (format!("{THEME}{path}"), Static::BuiltIn(bytes))).collect();
    let listing = files.list("static");
    let content = ways_into(&tree.content, &listing, files);
    diagnostics.extend(tree.refused(listing.refused));
    diagnostics.extend(tree.refused(content.iter().map(|way| (way.clone(), Refusal::Content)).collect()));
    for path in listing.files.into_iter().filter(|path| !content.iter().any(|way| is_at_or_below(path, way))) {
        out.insert(path.trim_start_matches("static/").to_owned(), Static::Site(path));
    }
    out
}

/// Reports a git merge conflict in a file that can't be shown with its line.
#[must_use]
pub fn conflict(path: &str, bytes: &[u8]) -> Option<Diagnostic> {
    let text = std::str::from_utf8(bytes).ok()?;
    let first = merge_marks::find(text).into_iter().next()?;
    let line = text[..first.lines.start].matches('\n').count() + 1;
    let message = format!("{path} contains an unresolved git merge conflict, starting at line {line}");
    let help = "keep the right lines, and delete the others and the markers `<<<<<<<`, `=======` and `>>>>>>>`";
    Some(Diagnostic::placeless(code::MERGE_MARKER, message).help(help))
}

/// What in `static/` leads into the content folder, whose raw files must never be published.
fn ways_into(content: &str, listing: &Listing, files: &dyn Files) -> Vec<String> {
    if listing.files.is_empty() || content.is_empty() || is_at_or_below("static", content) {
        return Vec::new();
    }
    // Below a folder that leads into the content, there is no need to look further.
    if files.overlaps("static", content) {
        return vec!["static".to_owned()];
    }
    listing.links.iter().filter(|link| files.overlaps(link, content)).cloned().collect()
}

/// The bytes of the theme's own files, by their path below `static/theme/`.
pub fn theme_files(
    files: &dyn Files,
    statics: &BTreeMap<String, Static>,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<String, Cow<'static, [u8]>> {
    let mut out = BTreeMap::new();
    for (path, file) in statics {
        let Some(name) = path.strip_prefix(THEME) else { continue };
        let bytes = match file {
            Static::BuiltIn(bytes) => Cow::Borrowed(*bytes),
            Static::Site(path) => match files.read(path) {
                Ok(bytes) => {
                    diagnostics.extend(conflict(path, &bytes));
                    Cow::Owned(bytes)
                }
                Err(error) => {
                    let message = format!("the file {path} can't be read: {}", plain_words(&error));
                    diagnostics.push(Diagnostic::placeless(code::UNREADABLE, message));
                    continue;
                }
            },
        };
        out.insert(name.to_owned(), bytes);
    }
    out
}
