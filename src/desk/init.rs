//! A starter site: a small made-up explainer, with the files that an editor and GitHub Pages need.

use super::{Changes, schemas};

static STARTER: include_dir::Dir<'_> = include_dir::include_dir!("$CARGO_MANIFEST_DIR/starter");

/// The files of a new site, by their paths from its root.
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
pub fn init(is_there: impl Fn(&str) -> bool) -> Changes {
    let mut changes = Changes::default();
    for (path, text) in files() {
        if is_there(&path) {
            changes.notes.push(format!("{path} already exists, so it was left alone"));
        } else {
            changes.create(&path, text);
        }
    }
    changes
}
