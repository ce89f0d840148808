//! What the name of a Markdown file says.

use crate::source::kinds::markdown_stem;

/// A Markdown file's name, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// The tag before `.md`, if there is one: `es` in `x.es.md`.
    pub language: Option<String>,
}

/// A Markdown file's id and language, by its path below the content folder: `a/x.es.md` is `x` in `es`, and `x/index.md`
/// stands for its folder, `x`.
#[must_use]
pub fn name(path: &str) -> (String, Variant) {
    let (stem, variant) = own_name(path);
    match path.rsplit_once('/') {
        Some((folder, _)) if stem == "index" => (folder.rsplit('/').next().unwrap_or(folder).to_owned(), variant),
        _ => (stem, variant),
    }
}

/// The same, by the file's own name alone.
pub(super) fn own_name(path: &str) -> (String, Variant) {
    let file = path.rsplit('/').next().unwrap_or(path);
    let stem = markdown_stem(file).unwrap_or(file);
    match stem.rsplit_once('.') {
        Some((stem, language)) => (stem.to_owned(), Variant { language: Some(language.to_owned()) }),
        None => (stem.to_owned(), Variant { language: None }),
    }
}
