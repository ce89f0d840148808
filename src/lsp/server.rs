//! A session with a client: from its first message to its last.

mod requests;
pub(super) mod show;
mod site;

use std::collections::{BTreeMap, BTreeSet};

use crossbeam_channel::Sender;
use gen_lsp_types::{
    CancelParams, DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, Id, InitializeParams, Uri,
};
use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::Options;
use super::capabilities::{self, Client};
use super::documents::{Document, file_path};
use super::engine::{JobChange, Told};
use super::transport::{Received, Sent};
use site::OpenSite;

/// How the protocol marks the messages that people see.
const MESSAGE_ERROR: u32 = 1;
const MESSAGE_WARNING: u32 = 2;

/// Something that happens.
pub(super) enum Event {
    /// A message came in.
    Received(Received),
    /// The engine tells something.
    Told(Told),
    /// Files were changed, and the client doesn't say so by itself.
    Saved(BTreeSet<String>),
    /// An answer that took long to make.
    Answer(Response),
}

/// How far the session is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// Nothing may be asked yet.
    New,
    /// Anything may be asked.
    Running,
    /// Nothing may be asked any more.
    ShutDown,
}

/// Why there is no answer.
pub(super) struct Refusal {
    code: ErrorCode,
    message: String,
}

impl Refusal {
    fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }
}

/// A session.
pub(super) struct Server {
    options: Options,
    sender: Sender<Sent>,
    events: Sender<Event>,
    phase: Phase,
    client: Client,
    /// The site, once one has been found.
    site: Option<OpenSite>,
    /// Documents that were opened before, by their addresses.
    early: BTreeMap<String, Document>,
    /// Requests that can't be answered before the site includes this revision.
    waiting: Vec<(u64, Request)>,
    revision: u64,
}

impl Server {
    pub(super) fn new(options: Options, sender: Sender<Sent>, events: Sender<Event>) -> Self {
        Self {
            options,
            sender,
            events,
            phase: Phase::New,
            client: Client::default(),
            site: None,
            early: BTreeMap::new(),
            waiting: Vec::new(),
            revision: 0,
        }
    }

    /// Handles an event. `Some` if the session has ended with it, and whether the client ended it as it should.
    pub(super) fn handle(&mut self, event: Event) -> Option<bool> {
        match event {
            Event::Received(Received::Closed) => return Some(false),
            Event::Received(Received::Broken(answer)) => self.send(Sent::Raw(answer)),
            Event::Received(Received::Message(message)) => return self.message(message),
            Event::Told(told) => self.told(told),
            Event::Saved(paths) => self.saved(paths),
            Event::Answer(response) => self.send(Sent::Message(response.into())),
        }
        None
    }

    fn message(&mut self, message: Message) -> Option<bool> {
        match message {
            // Whatever a client answers, there is nothing to do about it.
            Message::Response(_) => {}
            Message::Notification(note) if note.method == "exit" => return Some(self.phase == Phase::ShutDown),
            Message::Notification(note) => self.notification(note),
            Message::Request(request) => self.request(request),
        }
        None
    }

    fn request(&mut self, request: Request) {
        let refused = match (self.phase, request.method.as_str()) {
            (Phase::New, "initialize") => return self.initialize(request),
            (Phase::New, _) => (ErrorCode::ServerNotInitialized, "the session has not begun"),
            (Phase::ShutDown, _) => (ErrorCode::InvalidRequest, "the session has been shut down"),
            (Phase::Running, "initialize") => (ErrorCode::InvalidRequest, "the session has begun already"),
            (Phase::Running, "shutdown") => {
                self.phase = Phase::ShutDown;
                for (_, waiting) in std::mem::take(&mut self.waiting) {
                    self.refuse(waiting.id, &Refusal::new(ErrorCode::RequestCanceled, "the session has been shut down"));
                }
                return self.answer(request.id, &Value::Null);
            }
            (Phase::Running, _) => return self.ask(request),
        };
        self.refuse(request.id, &Refusal::new(refused.0, refused.1));
    }

    fn initialize(&mut self, request: Request) {
        let params: InitializeParams = match read(request.params) {
            Ok(params) => params,
            Err(refusal) => return self.refuse(request.id, &refusal),
        };
        self.client = Client::of(&params);
        self.phase = Phase::Running;
        self.answer(request.id, &capabilities::offered(&self.client));
    }

    fn notification(&mut self, Notification { method, params }: Notification) {
        if self.phase != Phase::Running {
            return;
        }
        // There is nobody to tell that a notification is wrong.
        match method.as_str() {
            "initialized" => self.begin(),
            "textDocument/didOpen" => read(params).into_iter().for_each(|params| self.open(params)),
            "textDocument/didChange" => read(params).into_iter().for_each(|params| self.change(params)),
            "textDocument/didClose" => {
                read(params)
                    .into_iter()
                    .for_each(|params: DidCloseTextDocumentParams| self.close(&params.text_document.uri));
            }
            show::CURSOR => read(params).into_iter().for_each(|params| self.moved(&params)),
            "workspace/didChangeWatchedFiles" => read(params).into_iter().for_each(|params| self.watched(&params)),
            "$/cancelRequest" => read(params).into_iter().for_each(|params| self.cancel(params)),
            _ => {}
        }
    }

    /// The client is ready for messages.
    fn begin(&mut self) {
        if self.client.watches {
            let request = Request {
                id: RequestId::from("files".to_owned()),
                method: "client/registerCapability".to_owned(),
                params: to_value(&capabilities::watching()),
            };
            self.send(Sent::Message(request.into()));
        }
        if let Some(root) = self.options.root.as_deref().filter(|root| !site::is_site(root)) {
            let message = format!("there is no book.toml in {}", root.display());
            self.notify("window/showMessage", &json!({ "type": MESSAGE_ERROR, "message": message }));
        }
        let folders = self.options.root.clone().into_iter().chain(self.client.folders.clone());
        if let Some(folder) = folders.into_iter().find(|folder| site::is_site(folder)) {
            self.enter(&folder);
        }
    }

    fn open(&mut self, DidOpenTextDocumentParams { text_document: opened }: DidOpenTextDocumentParams) {
        let document = Document::new(opened.uri, opened.version, opened.text);
        if self.site.is_none() && self.options.root.is_none() {
            // The folder of the client may be above or below the site's.
            let path = file_path(&document.uri);
            let around = path.as_deref().and_then(|path| path.ancestors().skip(1).find(|folder| site::is_site(folder)));
            if let Some(folder) = around {
                self.enter(folder);
            }
        }
        self.take_in(document);
    }

    /// Notes a document; one outside the site means nothing to it.
    fn take_in(&mut self, document: Document) {
        let Some(site) = &mut self.site else {
            self.early.insert(document.uri.0.clone(), document);
            return;
        };
        let Some(path) = site.documents.path(&document.uri) else { return };
        // From here on, the engine gets to know about it. What it isn't told about must not be waited for.
        self.revision += 1;
        let text = document.text.clone();
        site.documents.open.insert(path.clone(), Document { revision: self.revision, ..document });
        site.tell(self.revision, JobChange::Text(path, Some(text)));
    }

    fn change(&mut self, params: DidChangeTextDocumentParams) {
        let encoding = self.client.encoding;
        let (uri, version) = (&params.text_document.text_document_identifier.uri, params.text_document.version);
        let Some(site) = &mut self.site else {
            if let Some(document) = self.early.get_mut(&uri.0) {
                document.change(params.content_changes, encoding);
            }
            return;
        };
        let Some(path) = site.documents.path(uri) else { return };
        let Some(document) = site.documents.open.get_mut(&path) else { return };
        document.change(params.content_changes, encoding);
        self.revision += 1;
        (document.version, document.revision) = (version, self.revision);
        let text = document.text.clone();
        site.tell(self.revision, JobChange::Text(path, Some(text)));
    }

    fn close(&mut self, uri: &Uri) {
        self.early.remove(&uri.0);
        let Some(site) = &mut self.site else { return };
        let Some(path) = site.documents.path(uri) else { return };
        if site.documents.open.remove(&path).is_some() {
            self.revision += 1;
            site.tell(self.revision, JobChange::Text(path, None));
        }
    }

    fn watched(&mut self, params: &DidChangeWatchedFilesParams) {
        match &self.site {
            Some(site) => {
                let paths = params.changes.iter().filter_map(|change| site.documents.path(&change.uri)).collect();
                self.saved(paths);
            }
            // Someone may have made a site.
            None => {
                let files = params.changes.iter().filter_map(|change| file_path(&change.uri));
                let folder = files
                    .filter_map(|file| file.parent().map(std::path::Path::to_owned))
                    .find(|folder| site::is_site(folder));
                if let Some(folder) = folder {
                    self.enter(&folder);
                }
            }
        }
    }

    fn saved(&mut self, mut paths: BTreeSet<String>) {
        let Some(site) = &mut self.site else { return };
        paths.retain(|path| site.may_matter(path));
        if !paths.is_empty() {
            self.revision += 1;
            site.tell(self.revision, JobChange::Saved(paths));
        }
    }

    fn cancel(&mut self, params: CancelParams) {
        let id = match params.id {
            Id::Int(id) => RequestId::from(id),
            Id::String(id) => RequestId::from(id),
        };
        if let Some(at) = self.waiting.iter().position(|(_, request)| request.id == id) {
            self.waiting.remove(at);
            self.refuse(id, &Refusal::new(ErrorCode::RequestCanceled, "canceled"));
        }
    }

    fn answer(&self, id: RequestId, result: &impl Serialize) {
        self.send(Sent::Message(Response { id, response_result: Ok(to_value(result)) }.into()));
    }

    fn refuse(&self, id: RequestId, Refusal { code, message }: &Refusal) {
        self.send(Sent::Message(Response::new_err(id, *code as i32, message.clone()).into()));
    }

    fn notify(&self, method: &str, params: &impl Serialize) {
        let note = Notification { method: method.to_owned(), params: to_value(params) };
        self.send(Sent::Message(note.into()));
    }

    /// Says something to whoever looks at the client's log.
    fn log(&self, message: &str) {
        self.notify("window/logMessage", &json!({ "type": MESSAGE_WARNING, "message": message }));
    }

    fn send(&self, message: Sent) {
        // If the client is gone, the end of its messages says so.
        let _ = self.sender.send(message);
    }
}

/// What a message says.
fn read<T: DeserializeOwned>(params: Value) -> Result<T, Refusal> {
    serde_json::from_value(params).map_err(|error| Refusal::new(ErrorCode::InvalidParams, error.to_string()))
}

/// What the program sends always serializes: it has no maps with other keys than text.
fn to_value(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}
