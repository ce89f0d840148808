//! The documents that a client has open, and where they are in the site.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use gen_lsp_types::{TextDocumentContentChangeEvent, TextDocumentContentChangePartial, Uri};

use super::position::{Encoding, Lines};

/// An open document.
#[derive(Clone, Debug)]
pub(super) struct Document {
    /// How the client calls it.
    pub(super) uri: Uri,
    pub(super) version: i32,
    pub(super) text: Arc<String>,
    pub(super) lines: Lines,
    /// The revision of the site in which it got this text.
    pub(super) revision: u64,
}

impl Document {
    pub(super) fn new(uri: Uri, version: i32, text: String) -> Self {
        let lines = Lines::of(&text);
        Self { uri, version, text: Arc::new(text), lines, revision: 0 }
    }

    /// Applies changes, one after the other.
    pub(super) fn change(&mut self, changes: Vec<TextDocumentContentChangeEvent>, encoding: Encoding) {
        for change in changes {
            let text = match change {
                TextDocumentContentChangeEvent::TextDocumentContentChangePartial(TextDocumentContentChangePartial {
                    range,
                    text,
                    ..
                }) => {
                    let range = self.lines.bytes(&self.text, range, encoding, 0);
                    let mut whole = String::with_capacity(self.text.len() + text.len());
                    whole.push_str(&self.text[..range.start]);
                    whole.push_str(&text);
                    whole.push_str(&self.text[range.end..]);
                    whole
                }
                TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument(whole) => whole.text,
            };
            self.lines = Lines::of(&text);
            self.text = Arc::new(text);
        }
    }
}

/// The documents of one site, by their paths from its folder.
#[derive(Clone, Debug, Default)]
pub(super) struct Documents {
    pub(super) open: BTreeMap<String, Document>,
    /// The site's folder, as the client calls it.
    root: PathBuf,
    /// The same after following all links.
    real: PathBuf,
}

impl Documents {
    pub(super) fn in_folder(root: &Path) -> Self {
        let real = root.canonicalize().unwrap_or_else(|_| root.to_owned());
        Self { open: BTreeMap::new(), root: root.to_owned(), real }
    }

    /// The path of a document from the site's folder, with slashes; `None` if it is elsewhere.
    pub(super) fn path(&self, uri: &Uri) -> Option<String> {
        let path = file_path(uri)?;
        let below = path.strip_prefix(&self.root).or_else(|_| path.strip_prefix(&self.real)).ok()?;
        let parts: Option<Vec<_>> = below.components().map(|part| part.as_os_str().to_str()).collect();
        Some(parts?.join("/")).filter(|path| !path.is_empty())
    }

    /// What the client calls a file.
    pub(super) fn uri(&self, path: &str) -> Uri {
        if let Some(document) = self.open.get(path) {
            return document.uri.clone();
        }
        let file = path.split('/').fold(self.root.clone(), |folder, part| folder.join(part));
        // The folder is absolute, so this always succeeds.
        url::Url::from_file_path(file).map_or_else(|()| Uri::from(path), |url| Uri::from(url.to_string()))
    }
}

/// The path of a `file:` address.
pub(super) fn file_path(uri: &Uri) -> Option<PathBuf> {
    let url = url::Url::parse(&uri.0).ok().filter(|url| url.scheme() == "file")?;
    url.to_file_path().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use gen_lsp_types::{Position, Range};

    #[test]
    fn changes_are_applied_one_after_the_other() {
        let mut document = Document::new(Uri::from("file:///a"), 1, "a😀b\r\nc".to_owned());
        let part = |line, from, to, text: &str| {
            let at = |character| Position { line, character };
            let range = Range { start: at(from), end: at(to) };
            #[expect(deprecated, reason = "the field has to be named")]
            let part = TextDocumentContentChangePartial { range, range_length: None, text: text.to_owned() };
            TextDocumentContentChangeEvent::TextDocumentContentChangePartial(part)
        };
        document.change(vec![part(0, 3, 4, "x"), part(1, 0, 0, "y"), part(9, 9, 9, "z")], Encoding::Utf16);
        assert_eq!(*document.text, "a😀x\r\nycz");
    }

    #[test]
    #[cfg(unix)]
    fn addresses_lead_to_files_and_back() {
        let documents = Documents::in_folder(Path::new("/no/such/site"));
        let uri = documents.uri("content/Über uns.md");
        assert_eq!(uri.0, "file:///no/such/site/content/%C3%9Cber%20uns.md");
        assert_eq!(documents.path(&uri).as_deref(), Some("content/Über uns.md"));
        assert_eq!(documents.path(&Uri::from("file:///no/such/other")), None);
        assert_eq!(documents.path(&Uri::from("untitled:1")), None);
        assert_eq!(documents.path(&Uri::from("nonsense")), None);
    }
}
