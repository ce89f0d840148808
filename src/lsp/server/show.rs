//! Tells a running preview where the cursor is, so that its pages go there.

use gen_lsp_types::{ExecuteCommandParams, TextDocumentPositionParams, Uri};
use lsp_server::{ErrorCode, RequestId};
use serde_json::Value;

use super::{Refusal, Server, read};
use crate::serve::cursor::Cursor;
use crate::source::Files;

/// The command that shows a place: its arguments are the address of a document and a line, counted from zero.
pub(in crate::lsp) const SHOW: &str = "backgrounder.show";

/// The notification of clients that tell whenever the cursor moves: the place, as for a hover.
pub(super) const CURSOR: &str = "backgrounder/cursor";

impl Server {
    /// Does a command.
    pub(super) fn command(&self, id: RequestId, params: Value) {
        let done = read(params).and_then(|params: ExecuteCommandParams| {
            let unknown =
                || Refusal::new(ErrorCode::InvalidParams, format!("there is no command `{}` here", params.command));
            let arguments = serde_json::to_value(&params.arguments).unwrap_or_default();
            let (uri, line) = (arguments[0].as_str(), arguments[1].as_u64().unwrap_or_default());
            match (params.command.as_str(), uri) {
                (SHOW, Some(uri)) => {
                    self.show(&Uri::from(uri), line);
                    Ok(())
                }
                _ => Err(unknown()),
            }
        });
        match done {
            Ok(()) => self.answer(id, &Value::Null),
            Err(refusal) => self.refuse(id, &refusal),
        }
    }

    /// The cursor has moved.
    pub(super) fn moved(&self, params: &TextDocumentPositionParams) {
        self.show(&params.text_document.uri, u64::from(params.position.line));
    }

    /// Leaves a note for the preview. An empty line is shown by the one before it.
    fn show(&self, uri: &Uri, line: u64) {
        let Some(site) = &self.site else { return };
        let Some(file) = site.documents.path(uri) else { return };
        let open = site.documents.open.get(&file).map(|document| document.text.clone());
        let Some(text) = open.or_else(|| site.files.text(&file).ok()?.ok()) else { return };
        let wanted = usize::try_from(line).unwrap_or(usize::MAX);
        let lines = text.lines().enumerate().take_while(|(number, _)| *number <= wanted);
        let Some((number, said)) = lines.filter(|(_, said)| !said.trim().is_empty()).last() else { return };
        Cursor { file, line: number + 1, text: said.trim().to_owned() }.leave(&*site.files);
    }
}
