//! A starter site: a small made-up explainer, or none, with the files that an editor and GitHub Pages need.

use super::{Changes, schemas};

static STARTER: include_dir::Dir<'_> = include_dir::include_dir!("$CARGO_MANIFEST_DIR/starter");

/// The folder of the starter with what takes the place of the example.
const BARE: &str = "bare/";

/// The files of a new site, by their paths from its root. A bare one has no example in it.
#[must_use]
pub fn files(is_bare: bool) -> Vec<(String, String)> {
    let mut all = Vec::new();
    collect(&STARTER, &mut all);
    let mut out: Vec<_> = all
        .into_iter()
        .filter_map(|(path, text)| match path.strip_prefix(BARE) {
            Some(path) => is_bare.then(|| (path.to_owned(), text)),
            None if is_bare && (path.starts_with("content/") || path == "book.toml") => None,
            None => Some((path, text)),
        })
        .collect();
    let schemas = schemas::SCHEMAS
        .iter()
        .filter_map(|(name, _, _)| Some((format!(".vscode/schemas/{name}.json"), schemas::text(&schemas::schema(name)?))));
    out.extend(schemas);
    out.sort();
    out
}

fn collect(folder: &include_dir::Dir<'_>, out: &mut Vec<(String, String)>) {
    for file in folder.files() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        // Tools and packages skip names that start with a dot, so the starter's files are stored without it.
        let path = match path.split_once('/') {
            Some((folder @ ("vscode" | "github"), rest)) => format!(".{folder}/{rest}"),
            _ if path == "gitignore" => ".gitignore".to_owned(),
            _ => path,
        };
        out.push((path, String::from_utf8_lossy(file.contents()).into_owned()));
    }
    folder.dirs().for_each(|folder| collect(folder, out));
}

/// The changes that create a site. Files that already exist are left alone.
#[must_use]
pub fn init(is_bare: bool, is_there: impl Fn(&str) -> bool) -> Changes {
    let mut changes = Changes::default();
    for (path, text) in files(is_bare) {
        if is_there(&path) {
            changes.notes.push(format!("{path} already exists, so it was left alone"));
        } else {
            changes.create(&path, text);
        }
    }
    changes
}
