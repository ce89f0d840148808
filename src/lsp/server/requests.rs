//! Requests: which can be answered at once, which have to wait, and by what they are answered.

use gen_lsp_types::{
    CodeActionParams, CompletionParams, DefinitionParams, DocumentSymbolParams, HoverParams, InlayHintParams,
    PrepareRenameParams, ReferenceParams, RenameParams, Uri, WorkspaceSymbolParams,
};
use lsp_server::{ErrorCode, Request, Response};
use serde_json::Value;

use super::site::{OpenSite, overlaid};
use super::{Event, Refusal, Server, read, to_value};
use crate::desk::Desk;
use crate::desk::rename::rename_record;
use crate::lsp::answers::{self, Answers};
use crate::lsp::edits::workspace_edit;
use crate::model::RecordIx;

/// The requests about the site as it was last read.
const KNOWN: &[&str] = &[
    "textDocument/completion",
    "textDocument/hover",
    "textDocument/definition",
    "textDocument/references",
    "textDocument/prepareRename",
    "textDocument/rename",
    "textDocument/documentSymbol",
    "textDocument/codeAction",
    "textDocument/inlayHint",
    "workspace/symbol",
];

impl Server {
    /// Answers a request now, or as soon as the site includes all that the client has told so far.
    pub(super) fn ask(&mut self, request: Request) {
        if request.method == "workspace/executeCommand" {
            return self.command(request.id, request.params);
        }
        if !KNOWN.contains(&request.method.as_str()) {
            let message = format!("there is no request `{}` here", request.method);
            return self.refuse(request.id, &Refusal::new(ErrorCode::MethodNotFound, message));
        }
        let Some(site) = &self.site else {
            // Without a site there is nothing to say about anything.
            return self.answer(request.id, &Value::Null);
        };
        let reached = site.snapshot.as_ref().map(|snapshot| snapshot.revision);
        // Whoever is typing can't wait, and the text itself says where they are.
        let is_ready = match request.method.as_str() {
            "textDocument/completion" => reached.is_some(),
            _ => reached.is_some_and(|reached| reached >= self.revision),
        };
        if is_ready {
            self.ask_now(self.revision, request);
        } else {
            self.waiting.push((self.revision, request));
        }
    }

    /// Answers a request that was made at `revision`.
    pub(super) fn ask_now(&mut self, revision: u64, request: Request) {
        let Request { id, method, params } = request;
        if method == "textDocument/rename" {
            return self.rename(revision, id, params);
        }
        match self.found(revision, &method, params) {
            Ok(result) => self.send(super::Sent::Message(Response { id, response_result: Ok(result) }.into())),
            Err(refusal) => self.refuse(id, &refusal),
        }
    }

    fn answers(&self) -> Option<Answers<'_>> {
        let site = self.site.as_ref()?;
        let snapshot = site.snapshot.as_deref()?;
        let read = snapshot.edition.as_ref()?.read_site()?;
        let (encoding, can) = (self.client.encoding, self.client.can);
        Some(Answers { site: read, snapshot, documents: &site.documents, encoding, can })
    }

    fn found(&self, revision: u64, method: &str, params: Value) -> Result<Value, Refusal> {
        let Some(answers) = self.answers() else { return Ok(Value::Null) };
        let unchanged = |uri: &Uri| self.unchanged(revision, uri);
        Ok(match method {
            "textDocument/completion" => {
                let params: CompletionParams = read(params)?;
                to_value(&self.completion(&answers, &params))
            }
            "textDocument/hover" => {
                let params: HoverParams = read(params)?;
                let at = &params.text_document_position_params;
                unchanged(&at.text_document.uri)?;
                to_value(&answers.hover(at))
            }
            "textDocument/definition" => {
                let params: DefinitionParams = read(params)?;
                let at = &params.text_document_position_params;
                unchanged(&at.text_document.uri)?;
                to_value(&answers.definition(at))
            }
            "textDocument/references" => {
                let params: ReferenceParams = read(params)?;
                unchanged(&params.text_document_position_params.text_document.uri)?;
                to_value(&answers.references(&params))
            }
            "textDocument/prepareRename" => {
                let params: PrepareRenameParams = read(params)?;
                let at = &params.text_document_position_params;
                unchanged(&at.text_document.uri)?;
                to_value(&answers.prepare_rename(at))
            }
            "textDocument/documentSymbol" => {
                let params: DocumentSymbolParams = read(params)?;
                to_value(&answers.document_symbols(&params.text_document.uri))
            }
            "textDocument/codeAction" => {
                let params: CodeActionParams = read(params)?;
                unchanged(&params.text_document.uri)?;
                to_value(&answers.code_actions(&params))
            }
            "textDocument/inlayHint" => {
                let params: InlayHintParams = read(params)?;
                unchanged(&params.text_document.uri)?;
                to_value(&answers.inlay_hints(&params))
            }
            _ => {
                let params: WorkspaceSymbolParams = read(params)?;
                to_value(&answers.workspace_symbols(&params.query))
            }
        })
    }

    /// Refuses a question about a text that has changed since: its places mean nothing any more.
    fn unchanged(&self, revision: u64, uri: &Uri) -> Result<(), Refusal> {
        let document = |site: &OpenSite| Some(site.documents.open.get(&site.documents.path(uri)?)?.revision);
        match self.site.as_ref().and_then(document) {
            Some(changed) if changed > revision => {
                Err(Refusal::new(ErrorCode::ContentModified, "the text has changed in the meantime"))
            }
            _ => Ok(()),
        }
    }

    fn completion(&self, answers: &Answers<'_>, params: &CompletionParams) -> Option<gen_lsp_types::CompletionResponse> {
        let at = &params.text_document_position_params;
        let path = answers.documents.path(&at.text_document.uri)?;
        let document = answers.documents.open.get(&path)?;
        answers::completion(answers.site, &path, document, at, self.client.encoding)
    }

    /// Renames a record. All files are read for that, so it is done in a thread of its own.
    fn rename(&self, revision: u64, id: lsp_server::RequestId, params: Value) {
        let made = read(params).and_then(|params: RenameParams| {
            let at = &params.text_document_position_params;
            self.unchanged(revision, &at.text_document.uri)?;
            let nothing = || Refusal::new(ErrorCode::InvalidParams, "there is no record's name here");
            let (at, old, _) = self.answers().and_then(|answers| answers.renamed(at)).ok_or_else(nothing)?;
            Ok((matches!(at, RecordIx::Source(_)), old, params.new_name))
        });
        let (is_source, old, new) = match made {
            Ok(wanted) => wanted,
            Err(refusal) => return self.refuse(id, &refusal),
        };
        let Some(site) = &self.site else { return self.answer(id, &Value::Null) };
        let (files, documents, events) = (overlaid(site), site.documents.clone(), self.events.clone());
        let (encoding, can) = (self.client.encoding, self.client.can);
        std::thread::spawn(move || {
            let made = Desk::open(&files).and_then(|desk| {
                let record = if is_source { desk.source(&old) } else { desk.record(&old) };
                match record {
                    Some(record) => rename_record(&desk, &record, &new).map(Some),
                    None => Ok(None),
                }
            });
            let failed = |message: String| Response::new_err(id.clone(), ErrorCode::RequestFailed as i32, message);
            let answer = match made {
                Err(failure) => failed(failure.to_string()),
                Ok(None) => failed(format!("the record `{old}` can't be read")),
                Ok(Some(changes)) => match workspace_edit(&changes, &documents, encoding, can) {
                    Some(edit) => Response { id: id.clone(), response_result: Ok(to_value(&edit)) },
                    None => failed(format!("your editor can't rename files: run `backgrounder rename {old} {new}`")),
                },
            };
            let _ = events.send(Event::Answer(answer));
        });
    }
}
