//! Answers requests.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::connect_info::{ConnectInfo, Connected};
use axum::extract::{Request, State as Shared};
use axum::http::header::{self, HeaderName};
use axum::http::request::Parts;
use axum::http::{Method, Response, StatusCode};
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::serve::IncomingStream;
use futures_util::stream;
use tokio::net::TcpListener;

use super::address::{self, Endpoint, Route, route};
use super::client;
use super::respond::{self, File, plain, set, words};
use super::state::{self, Connection, Face, Lookup, Preview};
use super::sync::{self, SyncRequest};
use super::{desk, editor, guard};
use crate::build::edition::Page;
use crate::output::html::NOT_FOUND_FILE;

/// The cookie that remembers which view of the site a browser shows. The port is added, because cookies ignore ports.
const FACE: &str = "backgrounder-face-";

/// How long a browser waits before it reconnects.
const AGAIN: Duration = Duration::from_millis(500);

/// The largest request body.
const LONGEST: usize = 1 << 20;

impl Connected<IncomingStream<'_, TcpListener>> for Connection {
    fn connect_info(stream: IncomingStream<'_, TcpListener>) -> Self {
        let nowhere = std::net::IpAddr::V4(std::net::Ipv4Addr::UNSPECIFIED);
        let own = stream.io().local_addr().map_or(nowhere, |address| address.ip());
        Self { own, peer: stream.remote_addr().ip() }
    }
}

/// Serves on a listener until the program ends.
///
/// # Errors
/// If the system closes the listener.
pub async fn serve(listener: std::net::TcpListener, preview: Arc<Preview>) -> std::io::Result<()> {
    listener.set_nonblocking(true)?;
    let app = axum::Router::new().fallback(answer).with_state(preview);
    axum::serve(TcpListener::from_std(listener)?, app.into_make_service_with_connect_info::<Connection>()).await
}

/// Answers any request.
async fn answer(
    Shared(preview): Shared<Arc<Preview>>,
    ConnectInfo(connection): ConnectInfo<Connection>,
    request: Request,
) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let Some(host) = host(&parts) else {
        return words(StatusCode::BAD_REQUEST, "the request does not name a host");
    };
    if !preview.names.allow(host, connection.own) {
        return words(
            StatusCode::FORBIDDEN,
            "the preview does not answer to this host name, because another site could abuse it; use localhost, or allow the name with -n",
        );
    }
    let base = preview.state().settings.base.clone();
    match route(parts.uri.path(), &base) {
        Route::Refused => words(StatusCode::BAD_REQUEST, "this is not a valid address"),
        Route::Own(endpoint) => own(&preview, connection, &parts, body, endpoint).await,
        _ if !matches!(parts.method, Method::GET | Method::HEAD) => not_allowed("GET, HEAD"),
        // Send people who type only the host to the site's front page.
        Route::Elsewhere if parts.uri.path() == "/" => moved(StatusCode::TEMPORARY_REDIRECT, &base, &parts),
        Route::Elsewhere => words(StatusCode::NOT_FOUND, &format!("the site is at {base}")),
        Route::File(path) => on_site(preview, parts, path).await,
    }
}

/// The host name that a request uses; `None` if it names none or two.
fn host(parts: &Parts) -> Option<&str> {
    let mut names = parts.headers.get_all(header::HOST).iter();
    let name = names.next()?.to_str().ok()?;
    let other = parts.uri.authority().is_some_and(|authority| authority.as_str() != name);
    (names.next().is_none() && !other).then_some(name)
}

fn not_allowed(methods: &str) -> Response<Body> {
    let mut response = words(StatusCode::METHOD_NOT_ALLOWED, "this method is not allowed here");
    set(&mut response, header::ALLOW, methods);
    response
}

fn moved(status: StatusCode, path: &str, parts: &Parts) -> Response<Body> {
    let query = parts.uri.query().map_or(String::new(), |query| format!("?{query}"));
    let mut response = words(status, "moved to another address");
    set(&mut response, header::LOCATION, &format!("{}{query}", address::encoded(path)));
    response
}

/// Which view the browser shows.
fn face(parts: &Parts) -> Face {
    let host = host(parts).unwrap_or("");
    let port = host.rsplit_once(':').map_or("80", |(_, port)| port);
    let cookies = parts.headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    match pairs.find(|(name, _)| name.strip_prefix(FACE) == Some(port)) {
        Some((_, "published")) => Face::Published,
        _ => Face::Preview,
    }
}

/// Runs slow work where it blocks nobody else.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    tokio::task::spawn_blocking(work).await.ok()
}

fn failed() -> Response<Body> {
    words(StatusCode::INTERNAL_SERVER_ERROR, "this page could not be made; see the terminal for details")
}

/// A file of the site.
async fn on_site(preview: Arc<Preview>, parts: Parts, path: String) -> Response<Body> {
    let work = move || {
        let face = face(&parts);
        let state = preview.state();
        let edition = state.shown(face);
        let page = |page: Arc<Page>, status, version: String, kind: String| {
            let is_page = kind == respond::HTML;
            let bytes = if is_page { client::inject(&page.bytes, &version).into() } else { held(page) };
            respond::file(File { bytes, version, kind }, status, &parts.method, &parts.headers)
        };
        match state::find(&edition, &path) {
            Lookup::File(file, _) => {
                let version = file.hash.to_string();
                let name = if path.is_empty() || path.ends_with('/') { "index.html" } else { path.as_str() };
                page(file, StatusCode::OK, version, respond::kind(name))
            }
            // As hosts answer it. Browsers ask again each time, though: today's folder may be a file tomorrow.
            Lookup::Folder => moved(StatusCode::PERMANENT_REDIRECT, &format!("{}{path}/", state.settings.base), &parts),
            Lookup::NotFound(Some(file)) => page(file, StatusCode::NOT_FOUND, String::new(), respond::kind(NOT_FOUND_FILE)),
            Lookup::NotFound(None) | Lookup::Fault(_) => {
                // There is no page to show. The script says why, and shows the page as soon as there is one.
                let status =
                    if edition.blocked().is_some() { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::NOT_FOUND };
                plain(status, respond::HTML, Body::from(client::waiting(&state.settings.words)))
            }
        }
    };
    aside(work).await.unwrap_or_else(failed)
}

/// A page's bytes, without copying them.
fn held(page: Arc<Page>) -> Bytes {
    struct Held(Arc<Page>);
    impl AsRef<[u8]> for Held {
        fn as_ref(&self) -> &[u8] {
            &self.0.bytes
        }
    }
    Bytes::from_owner(Held(page))
}

/// Answers with something that belongs to the preview itself.
async fn own(
    preview: &Arc<Preview>,
    connection: Connection,
    parts: &Parts,
    body: Body,
    endpoint: Endpoint,
) -> Response<Body> {
    let sends = matches!(endpoint, Endpoint::Sync | Endpoint::Open | Endpoint::Desk(_));
    let allowed: &[Method] = if sends { &[Method::POST] } else { &[Method::GET, Method::HEAD] };
    if !allowed.contains(&parts.method) {
        return not_allowed(if sends { "POST" } else { "GET, HEAD" });
    }
    // Files are for everyone who may ask at all.
    let is_open = matches!(endpoint, Endpoint::File(_));
    if !is_open && !is_own(parts, sends) {
        return words(StatusCode::FORBIDDEN, "only the preview's own pages may send this request");
    }
    if let Endpoint::Desk(task) = &endpoint {
        return at_desk(preview, connection, parts, body, task).await;
    }
    match endpoint {
        Endpoint::Events => events(preview).into_response(),
        Endpoint::File(name) => own_file(preview, parts, &name),
        Endpoint::Sync | Endpoint::Open | Endpoint::Desk(_) => match to_bytes(body, LONGEST).await {
            Err(_) => words(StatusCode::PAYLOAD_TOO_LARGE, "the request is too large"),
            Ok(body) if endpoint == Endpoint::Sync => in_step(preview.clone(), connection, parts, &body).await,
            Ok(body) => open(preview, connection, &body).await,
        },
    }
}

/// Does a task of the desk for a page that has this session's token.
async fn at_desk(preview: &Arc<Preview>, connection: Connection, parts: &Parts, body: Body, task: &str) -> Response<Body> {
    let Some(session) = &preview.desk else {
        return words(StatusCode::FORBIDDEN, "editing is turned off; start the preview with --edit to allow it");
    };
    let token = parts.headers.get(desk::TOKEN).and_then(|token| token.to_str().ok());
    if !token.is_some_and(|token| session.is_token(token)) {
        return words(StatusCode::FORBIDDEN, "only a page of this session may edit; reload the page");
    }
    let Some(task) = desk::Task::of(task) else {
        return words(StatusCode::NOT_FOUND, "there is nothing here");
    };
    let Ok(body) = to_bytes(body, task.longest()).await else {
        return words(StatusCode::PAYLOAD_TOO_LARGE, "the request is too large");
    };
    let preview = preview.clone();
    match aside(move || desk::answer(&preview, connection, task, &body)).await {
        Some(Ok(answer)) => plain(StatusCode::OK, respond::JSON, Body::from(answer.to_string())),
        Some(Err(refusal)) => plain(refusal.status, respond::JSON, Body::from(refusal.answer.to_string())),
        None => failed(),
    }
}

/// One of the preview's own files.
fn own_file(preview: &Preview, parts: &Parts, name: &str) -> Response<Body> {
    let bytes = match name {
        "axe.js" => preview.axe.as_ref().map(|axe| Bytes::copy_from_slice(axe)),
        name => client::file(name, &preview.state().settings.words),
    };
    match bytes {
        Some(bytes) => {
            let version = crate::base::Hash::of(&bytes).to_string();
            let file = File { bytes, version, kind: respond::kind(name) };
            respond::file(file, StatusCode::OK, &parts.method, &parts.headers)
        }
        None => words(StatusCode::NOT_FOUND, "there is nothing here"),
    }
}

/// Whether a request comes from a page of the preview. Browsers say so in `Origin` whenever they send something, and in
/// `Sec-Fetch-Site` otherwise. Other programs send neither, but no web page can make them ask.
fn is_own(parts: &Parts, sends: bool) -> bool {
    let of = |name: HeaderName| parts.headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let host = of(header::HOST).unwrap_or("");
    match of(header::ORIGIN) {
        Some(origin) => guard::is_own(origin, host),
        None if sends => false,
        None => of(HeaderName::from_static("sec-fetch-site")).is_none_or(|site| site == "same-origin" || site == "none"),
    }
}

/// Announces each new state by its number; pages then ask for what is new.
fn events(preview: &Preview) -> Sse<impl stream::Stream<Item = Result<Event, Infallible>> + use<>> {
    let states = stream::unfold(preview.follow(), |mut states| async move {
        states.changed().await.ok()?;
        let tick = states.borrow_and_update().tick;
        Some((Ok(Event::default().data(tick.to_string()).retry(AGAIN)), states))
    });
    Sse::new(states).keep_alive(KeepAlive::default())
}

/// Tells a page what is new for it.
async fn in_step(preview: Arc<Preview>, connection: Connection, parts: &Parts, body: &[u8]) -> Response<Body> {
    let Ok(asked) = serde_json::from_slice::<SyncRequest>(body) else {
        return words(StatusCode::BAD_REQUEST, "this is not a valid request from a page");
    };
    let face = face(parts);
    let told = aside(move || serde_json::to_vec(&sync::tell(&preview, face, &asked, connection)).ok()).await.flatten();
    told.map_or_else(failed, |told| plain(StatusCode::OK, respond::JSON, Body::from(told)))
}

/// Opens a location in the author's editor.
async fn open(preview: &Arc<Preview>, connection: Connection, body: &[u8]) -> Response<Body> {
    let Ok(place) = serde_json::from_slice::<editor::OpenRequest>(body) else {
        return words(StatusCode::BAD_REQUEST, "this is not a location in a file");
    };
    if !connection.is_local() {
        return words(StatusCode::FORBIDDEN, "files can only be opened from the machine that runs the preview");
    }
    let preview = preview.clone();
    match aside(move || editor::open(&preview, &place)).await {
        Some(Ok(())) => plain(StatusCode::NO_CONTENT, "text/plain", Body::empty()),
        Some(Err((status, why))) => words(status, &why),
        None => failed(),
    }
}
