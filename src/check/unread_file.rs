//! See [`UnreadFile`].

use std::collections::HashSet;

use super::CheckContext;
use super::rule::{Report, Scope, rule};
use crate::base::FileId;
use crate::model::Destination;
use crate::source::kinds::{ending, is_conflict_copy};

rule! {
    /// Nothing reads a file in the content folder.
    ///
    /// Someone put it there to be published, and it would be missing without notice: an `events.csv` that should have been
    /// YAML, a page that an editor saved as `bridge.md.txt`, a copy that a sync program made because two people had changed
    /// the same file.
    ///
    /// The program reads Markdown (`.md`, `.markdown`) and, in the folders for records, YAML (`.yaml`, `.yml`). Pictures,
    /// films, sounds and PDF files may be anywhere; other files that pages show or offer belong in a `media` folder. A file
    /// that a page links to counts as used, and so does one that `book.toml` names. The rule also reports a folder that is
    /// named like a file, a link to a folder that is already read, and a page in a language that is not published yet.
    ///
    /// Rename the file, move it, or move it out of the content folder. Names that begin with a dot are skipped.
    ///
    /// ```text
    /// content/bridge.md.txt          rename it to bridge.md
    /// content/events.csv             write its events in events/*.yaml, or move it to media/
    /// ```
    UnreadFile: UNREAD_FILE, Warning, Scope::Global(check)
}

fn check(site: &CheckContext<'_>, report: &mut Report) {
    if site.tree.unread.is_empty() {
        return;
    }
    let used = used(site);
    for file in &site.tree.unread {
        let path = &site.tree.file(*file).path;
        if used.contains(path.as_str()) || is_named_by_what_is_hidden(site, path) {
            continue;
        }
        let span = crate::base::Span { file: *file, range: crate::base::TextRange::default() };
        report.add(span, "nothing reads this file").help = Some(what_to_do(path));
    }
}

/// The files that a page links to or the settings name, by their paths from the root.
fn used<'s>(site: &CheckContext<'s>) -> HashSet<std::borrow::Cow<'s, str>> {
    let mut used = HashSet::new();
    for owner in site.model.records() {
        for destination in site.model.linked(owner).destinations {
            if let Destination::Media(path) = destination {
                used.insert(format!("{}/{path}", site.tree.content).into());
            }
        }
    }
    let config = site.config;
    let named = config.additional_css.iter().chain(&config.additional_js).chain(&config.cards.fonts);
    used.extend(named.map(|file| file.value.trim_start_matches("./").into()));
    used
}

/// Whether a draft may use the file. All that the model knows about a draft is where it is.
fn is_named_by_what_is_hidden(site: &CheckContext<'_>, path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let files: HashSet<FileId> = site.model.hidden.iter().map(|hidden| hidden.span.file).collect();
    files.into_iter().any(|file| site.tree.file(file).text.contains(name))
}

fn what_to_do(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    if is_conflict_copy(name) {
        return "two people changed the same file, and this is one of the versions: merge the two, and delete this one"
            .to_owned();
    }
    let (stem, ending) = (name.rsplit_once('.').map_or(name, |(stem, _)| stem), ending(name));
    let inner = self::ending(stem);
    match ending.as_str() {
        "txt" | "bak" | "orig" | "old" if matches!(inner.as_str(), "md" | "markdown" | "yaml" | "yml") => {
            format!("rename it to `{stem}`, or move it out of the content folder")
        }
        "mdx" | "mkd" | "mdown" | "qmd" | "rmd" | "txt" | "rst" | "adoc" | "org" => {
            format!(
                "if it is a page, write it in Markdown and name it `{stem}.md`; otherwise move it out of the content folder"
            )
        }
        "docx" | "doc" | "odt" | "rtf" | "pages" => {
            format!("save it as Markdown, `{stem}.md`: `pandoc {name} -t commonmark -o {stem}.md`")
        }
        "html" | "htm" => "move it to static/, or write it in Markdown".to_owned(),
        "bib" | "ris" | "nbib" | "enw" => {
            format!("write its sources in sources/*.yaml; the program `hayagriva` converts {name}")
        }
        "csv" | "tsv" | "xlsx" | "xls" | "ods" | "json" => {
            "write records in YAML, such as events/*.yaml; data that pages use belongs in a media/ folder".to_owned()
        }
        "toml" => "settings belong in book.toml, and records in YAML files".to_owned(),
        _ => "move it to a media/ folder if pages use it, to static/ to publish it unchanged, or out of the content folder"
            .to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::what_to_do;

    #[test]
    fn each_kind_of_file_gets_advice_on_what_to_do() {
        for (path, words) in [
            ("content/x.md.txt", "rename it to `x.md`"),
            ("content/events/more.yaml.txt", "rename it to `more.yaml`"),
            ("content/x.mdx", "name it `x.md`"),
            ("content/story.docx", "pandoc story.docx"),
            ("content/refs.bib", "hayagriva"),
            ("content/events.csv", "media/"),
            ("content/x.sync-conflict-1.md", "merge the two"),
            ("content/x", "move it"),
        ] {
            assert!(what_to_do(path).contains(words), "{path}: {}", what_to_do(path));
        }
    }
}
