//! Where somebody's cursor is in an editor, as the language server tells it: a note in the site's cache folder, which the preview
//! notices like any other file. No connection and no secret is needed, and it doesn't matter which of the two is started first.

use serde::{Deserialize, Serialize};

use super::desk::address_of;
use crate::build::edition::Edition;
use crate::model::at::Standings;
use crate::source::{CACHE_FOLDER, Files};

/// The name of the note in the folder.
const NAME: &str = "cursor";

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// The file, by its path from the site's root.
    pub file: String,
    /// The line, counted from one.
    pub line: usize,
    /// What the line says, or will say once it is saved.
    pub text: String,
}

/// The place that pages are to show.
#[derive(Clone, Debug, Serialize)]
pub struct Pointed {
    /// Goes up each time, so that a page knows whether it has been there.
    number: u64,
    /// The address of the page of the record.
    address: String,
    /// The words of the line, without most of their markup.
    words: String,
}

impl Cursor {
    /// Leaves the note.
    pub fn leave(&self, files: &dyn Files) {
        // A struct of texts and numbers always serializes.
        files.cache(NAME, &serde_json::to_vec(self).unwrap_or_default());
    }

    /// The note that was left last.
    #[must_use]
    pub fn found(files: &dyn Files) -> Option<Self> {
        serde_json::from_slice(&files.cached(NAME)?).ok()
    }
}

/// The path of the note, from the site's root.
#[must_use]
pub fn path() -> String {
    format!("{CACHE_FOLDER}/{NAME}")
}

/// What pages are to show for a cursor; `None` if no page is about what is there.
#[must_use]
pub fn pointed(cursor: &Cursor, edition: &Edition, base: &str, number: u64) -> Option<Pointed> {
    let (model, tree) = (edition.model()?, edition.tree());
    let at = tree.files.indices().find(|at| tree.file(*at).path == cursor.file)?;
    let text = &tree.file(at).text;
    let standings = Standings::of_file(model, at);
    // The end of a line is in the record that begins in it.
    let before: usize = text.split_inclusive('\n').take(cursor.line.saturating_sub(1)).map(str::len).sum();
    let line = text[before..].split('\n').next().unwrap_or_default();
    let end = before + line.trim_end().len().saturating_sub(1);
    let standing = standings.at(at, end as u32).or_else(|| standings.first(at))?;
    let address = address_of(edition, base, &cursor.file, standing.id(model))?;
    Some(Pointed { number, address, words: words(&cursor.text) })
}

/// A line without what no reader sees: the keys of its links, its citations, the name of its field.
fn words(line: &str) -> String {
    let line = line.trim().trim_start_matches(['-', '#', '>', '*', ' ']);
    let is_key = |key: &str| !key.is_empty() && key.chars().all(|c| c.is_ascii_lowercase() || c == '-');
    let line = line.split_once(": ").filter(|(key, _)| is_key(key)).map_or(line, |(_, value)| value);
    let mut out = String::new();
    let mut rest = line;
    while let Some(at) = rest.find('[') {
        out.push_str(&rest[..at]);
        let inside = &rest[at..];
        let end = |mark: &str| inside.find(mark).map(|end| end + mark.len());
        rest = if let (true, Some(end)) = (inside.starts_with("[[") && inside.contains('|'), end("]]")) {
            out.push_str(inside[..end - 2].split_once('|').map_or("", |(_, words)| words));
            &inside[end..]
        } else if let (true, Some(end)) =
            (inside.starts_with("[@") || inside.starts_with("[[") || inside.starts_with("[-@"), end("]"))
        {
            inside[end..].trim_start_matches(']')
        } else {
            &inside[1..]
        };
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_reader_sees_is_left_out() {
        let cases = [
            ("## A heading {#a}", "A heading {#a}"),
            ("  title: The raid", "The raid"),
            (
                "- Over [[two|two lines]], said [[mayor]].[@ap, p. 2] Then [this](x.md)",
                "Over two lines, said . Then this](x.md)",
            ),
            ("Note: this is text", "Note: this is text"),
            ("[unclosed [[x", "unclosed x"),
        ];
        for (line, wanted) in cases {
            assert_eq!(words(line), wanted, "{line}");
        }
    }
}
