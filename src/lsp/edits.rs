//! Changes to files, for the client to make.

use std::collections::HashMap;

use gen_lsp_types::{
    DocumentChange, Edit, OptionalVersionedTextDocumentIdentifier, RenameFile, TextDocumentEdit, TextDocumentIdentifier,
    TextEdit, Uri, WorkspaceEdit,
};

use super::documents::Documents;
use super::places::skipped;
use super::position::{Encoding, Lines};
use crate::desk::Changes;

/// What a client can do with changes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct CanChange {
    /// Take the version of each document along.
    pub(super) versioned: bool,
    /// Rename files.
    pub(super) renames: bool,
}

/// Changes as an edit. `None` if the client can't rename a file that has to be renamed.
pub(super) fn workspace_edit(
    changes: &Changes,
    documents: &Documents,
    encoding: Encoding,
    can: CanChange,
) -> Option<WorkspaceEdit> {
    let mut edits: Vec<(Uri, Option<i32>, Vec<TextEdit>)> = Vec::new();
    let mut renames = Vec::new();
    for planned in changes.planned() {
        let uri = documents.uri(planned.path);
        if let Some(to) = planned.to {
            renames.push(RenameFile {
                old_uri: uri.clone(),
                new_uri: documents.uri(to),
                options: None,
                annotation_id: None,
            });
        }
        let text = std::sync::Arc::new(planned.before.unwrap_or_default().to_owned());
        let (lines, skipped) = (Lines::of(&text), skipped(documents, planned.path, &text));
        let edit = |edit: &crate::edit::TextEdit| TextEdit {
            range: lines.range(&text, &edit.range, encoding, skipped),
            new_text: edit.text.clone(),
        };
        let version = documents.open.get(planned.path).map(|document| document.version);
        if !planned.edits.is_empty() {
            edits.push((uri, version, planned.edits.iter().map(edit).collect()));
        }
    }
    if !renames.is_empty() && !can.renames {
        return None;
    }
    if !can.versioned {
        let changes: HashMap<Uri, Vec<TextEdit>> = edits.into_iter().map(|(uri, _, edits)| (uri, edits)).collect();
        return Some(WorkspaceEdit { changes: Some(changes), document_changes: None, change_annotations: None });
    }
    let texts = edits.into_iter().map(|(uri, version, edits)| {
        DocumentChange::TextDocumentEdit(TextDocumentEdit {
            text_document: OptionalVersionedTextDocumentIdentifier {
                version,
                text_document_identifier: TextDocumentIdentifier { uri },
            },
            edits: edits.into_iter().map(Edit::TextEdit).collect(),
        })
    });
    // Files move last: their edits name them as they were.
    let all = texts.chain(renames.into_iter().map(DocumentChange::RenameFile)).collect();
    Some(WorkspaceEdit { changes: None, document_changes: Some(all), change_annotations: None })
}
