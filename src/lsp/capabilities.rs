//! What client and server tell each other at the beginning.

use std::path::PathBuf;

use gen_lsp_types::{
    CodeActionKind, CodeActionOptions, CodeActionProvider, CompletionOptions, DefinitionProvider,
    DidChangeWatchedFilesRegistrationOptions, DocumentSymbolProvider, ExecuteCommandOptions, FileSystemWatcher, GlobPattern,
    HoverProvider, InitializeParams, InitializeResult, InlayHintProvider, ReferencesProvider, Registration,
    RegistrationParams, RenameOptions, RenameProvider, ResourceOperationKind, Save, ServerCapabilities, ServerInfo,
    TextDocumentSync, TextDocumentSyncKind, TextDocumentSyncOptions, WorkspaceFolders, WorkspaceSymbolProvider,
};

use super::answers::{FIX_ALL, SHOWN};
use super::documents::file_path;
use super::edits::CanChange;
use super::position::Encoding;
use super::server::show::SHOW;

/// What a client can do, and where it works.
#[derive(Clone, Debug, Default)]
pub(super) struct Client {
    pub(super) encoding: Encoding,
    pub(super) can: CanChange,
    /// Whether it says which files were changed, if it is asked to.
    pub(super) watches: bool,
    /// Its folders.
    pub(super) folders: Vec<PathBuf>,
}

impl Client {
    #[expect(deprecated, reason = "older clients name their folder in this field only")]
    pub(super) fn of(params: &InitializeParams) -> Self {
        let workspace = params.capabilities.workspace.as_ref();
        let edit = workspace.and_then(|workspace| workspace.workspace_edit.as_ref());
        let watched = workspace.and_then(|workspace| workspace.did_change_watched_files.as_ref());
        let encodings = params.capabilities.general.as_ref().and_then(|general| general.position_encodings.as_deref());
        let operations = edit.and_then(|edit| edit.resource_operations.as_deref()).unwrap_or_default();
        let versioned = edit.and_then(|edit| edit.document_changes).unwrap_or_default();
        let named = match &params.workspace_folders_initialize_params.workspace_folders {
            Some(WorkspaceFolders::WorkspaceFolderList(folders)) => folders.iter().map(|folder| &folder.uri).collect(),
            _ => Vec::new(),
        };
        let folders = named.into_iter().chain(params.root_uri.as_ref()).filter_map(file_path);
        Self {
            encoding: Encoding::chosen(encodings.unwrap_or_default()),
            can: CanChange { versioned, renames: versioned && operations.contains(&ResourceOperationKind::Rename) },
            watches: watched.and_then(|watched| watched.dynamic_registration).unwrap_or_default(),
            folders: folders.collect(),
        }
    }
}

/// What the server can do for a client.
pub(super) fn offered(client: &Client) -> InitializeResult {
    let completion = CompletionOptions {
        trigger_characters: Some(["[", "@", "#", " ", ":", "-"].map(str::to_owned).to_vec()),
        ..CompletionOptions::default()
    };
    let actions = CodeActionOptions {
        code_action_kinds: Some(vec![
            CodeActionKind::QuickFix,
            CodeActionKind::Custom(FIX_ALL.into()),
            CodeActionKind::Custom(SHOWN.into()),
        ]),
        ..CodeActionOptions::default()
    };
    let rename = RenameOptions { prepare_provider: Some(true), ..RenameOptions::default() };
    let sync = TextDocumentSyncOptions {
        open_close: Some(true),
        change: Some(TextDocumentSyncKind::Incremental),
        save: Some(Save::Bool(true)),
        ..TextDocumentSyncOptions::default()
    };
    InitializeResult {
        capabilities: ServerCapabilities {
            position_encoding: Some(client.encoding.kind()),
            text_document_sync: Some(TextDocumentSync::Options(sync)),
            completion_provider: Some(completion),
            hover_provider: Some(HoverProvider::Bool(true)),
            definition_provider: Some(DefinitionProvider::Bool(true)),
            references_provider: Some(ReferencesProvider::Bool(true)),
            document_symbol_provider: Some(DocumentSymbolProvider::Bool(true)),
            workspace_symbol_provider: Some(WorkspaceSymbolProvider::Bool(true)),
            code_action_provider: Some(CodeActionProvider::CodeActionOptions(actions)),
            rename_provider: Some(RenameProvider::RenameOptions(rename)),
            execute_command_provider: Some(ExecuteCommandOptions {
                commands: vec![SHOW.to_owned()],
                ..ExecuteCommandOptions::default()
            }),
            inlay_hint_provider: Some(InlayHintProvider::Bool(true)),
            ..ServerCapabilities::default()
        },
        server_info: Some(ServerInfo {
            name: "backgrounder".to_owned(),
            version: Some(env!("CARGO_PKG_VERSION").to_owned()),
        }),
    }
}

/// Asks a client to say which files are changed by others.
pub(super) fn watching() -> RegistrationParams {
    let every = FileSystemWatcher { glob_pattern: GlobPattern::Pattern("**/*".to_owned()), kind: None };
    let options = DidChangeWatchedFilesRegistrationOptions { watchers: vec![every] };
    let registration = Registration {
        id: "files".to_owned(),
        method: "workspace/didChangeWatchedFiles".to_owned(),
        register_options: serde_json::to_value(options).ok().and_then(|options| serde_json::from_value(options).ok()),
    };
    RegistrationParams { registrations: vec![registration] }
}
