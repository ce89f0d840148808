//! A site to begin with: a small made-up explainer, with what an editor and GitHub Pages need beside it.

use super::{Changes, schemas};

static STARTER: include_dir::Dir<'_> = include_dir::include_dir!("$CARGO_MANIFEST_DIR/starter");

/// The files that a new site begins with, by their paths from its root.
#[must_use]
pub fn files() -> Vec<(String, String)> {
    let mut out = Vec::new();
    collect(&STARTER, &mut out);
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
        // Names that begin with a dot are left out of packages and passed over by tools.
        let path = match path.split_once('/') {
            Some((folder @ ("vscode" | "github"), rest)) => format!(".{folder}/{rest}"),
            _ if path == "gitignore" => ".gitignore".to_owned(),
            _ => path,
        };
        out.push((path, String::from_utf8_lossy(file.contents()).into_owned()));
    }
    folder.dirs().for_each(|folder| collect(folder, out));
}

/// The changes that make a site where there are these files already: none of them is touched.
#[must_use]
pub fn init(is_there: impl Fn(&str) -> bool) -> Changes {
    let mut changes = Changes::default();
    for (path, text) in files() {
        if is_there(&path) {
            changes.notes.push(format!("{path} is there already, and stays as it is"));
        } else {
            changes.create(&path, text);
        }
    }
    changes
}
