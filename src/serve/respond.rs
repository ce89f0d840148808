//! Sends a file of the site: with its type, and only if the browser needs it, or only the part that it wants.

use std::ops::Range;

use axum::body::{Body, Bytes};
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::http::{Method, Response, StatusCode};

/// A finished file.
pub struct File {
    /// Its contents.
    pub bytes: Bytes,
    /// Its version, without quotes: different bytes have different versions.
    pub version: String,
    /// Its media type.
    pub kind: String,
}

/// The media type of pages.
pub const HTML: &str = "text/html; charset=utf-8";
/// The media type of answers to scripts.
pub const JSON: &str = "application/json; charset=utf-8";

/// The media type of a file, by its name. Text files are UTF-8.
#[must_use]
pub fn kind(path: &str) -> String {
    let kind = mime_guess::from_path(path).first_raw().unwrap_or("application/octet-stream");
    let is_text = kind.starts_with("text/")
        || kind.ends_with("+xml")
        || ["application/json", "application/xml", "application/javascript"].contains(&kind);
    if is_text { format!("{kind}; charset=utf-8") } else { kind.to_owned() }
}

/// Answers a request for `file` (RFC 9110). `status` is the status for the whole file.
#[must_use]
pub fn file(file: File, status: StatusCode, method: &Method, asked: &HeaderMap) -> Response<Body> {
    let etag = format!("\"{}\"", file.version);
    let of = |name: HeaderName| asked.get(name).and_then(|value| value.to_str().ok());
    let known = of(header::IF_NONE_MATCH).is_some_and(|list| lists(list, &etag));
    if known && status == StatusCode::OK {
        return with(StatusCode::NOT_MODIFIED, &etag, &file.kind, Body::empty());
    }
    let length = file.bytes.len();
    // A part of another version would not fit the parts that the browser already has.
    let same = of(header::IF_RANGE).is_none_or(|version| version == etag);
    let range = of(header::RANGE).filter(|_| same && status == StatusCode::OK && method == Method::GET);
    match range.and_then(|range| part(range, length)) {
        None => with(status, &etag, &file.kind, Body::from(file.bytes)),
        Some(Ok(range)) => {
            let place = format!("bytes {}-{}/{length}", range.start, range.end - 1);
            let mut response = with(StatusCode::PARTIAL_CONTENT, &etag, &file.kind, Body::from(file.bytes.slice(range)));
            set(&mut response, header::CONTENT_RANGE, &place);
            response
        }
        Some(Err(())) => {
            let mut response = with(StatusCode::RANGE_NOT_SATISFIABLE, &etag, &file.kind, Body::empty());
            set(&mut response, header::CONTENT_RANGE, &format!("bytes */{length}"));
            response
        }
    }
}

/// Whether a list of versions, as in `If-None-Match`, contains one; a weak one counts.
fn lists(list: &str, etag: &str) -> bool {
    list.split(',').map(str::trim).any(|one| one == "*" || one.strip_prefix("W/").unwrap_or(one) == etag)
}

/// The part of a file that `Range` asks for; an error if the file does not reach that far. `None` if the whole file is the
/// right answer: to a request for several parts, or to an invalid one.
fn part(range: &str, length: usize) -> Option<Result<Range<usize>, ()>> {
    let (first, last) = range.trim().strip_prefix("bytes=")?.split_once('-')?;
    let number = |text: &str| {
        let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        // A number too large for us is larger than any file.
        digits.then(|| text.parse::<usize>().unwrap_or(usize::MAX))
    };
    let (first, last) = (first.trim(), last.trim());
    let range = match (number(first), number(last)) {
        (Some(first), Some(last)) if last < first => return None,
        (Some(first), Some(last)) => first..last.saturating_add(1).min(length),
        (Some(first), None) if last.is_empty() => first..length,
        (None, Some(last)) if first.is_empty() => length.saturating_sub(last)..length,
        _ => return None,
    };
    Some(if range.is_empty() { Err(()) } else { Ok(range) })
}

fn with(status: StatusCode, etag: &str, kind: &str, body: Body) -> Response<Body> {
    let mut response = plain(status, kind, body);
    // A page that stands in for another must not be cached.
    if status != StatusCode::NOT_FOUND {
        set(&mut response, header::ETAG, etag);
        set(&mut response, header::ACCEPT_RANGES, "bytes");
    }
    // A cookie says which view of the site is shown.
    set(&mut response, header::VARY, "Cookie");
    response
}

/// An answer with the headers that every answer has.
#[must_use]
pub fn plain(status: StatusCode, kind: &str, body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    set(&mut response, header::CONTENT_TYPE, kind);
    // The browser may keep it, but must ask each time whether it is still current.
    set(&mut response, header::CACHE_CONTROL, "no-cache");
    set(&mut response, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    // Nothing here is for pages of other sites, neither as a picture nor in a frame.
    set(&mut response, HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    set(&mut response, header::X_FRAME_OPTIONS, "SAMEORIGIN");
    set(&mut response, header::REFERRER_POLICY, "same-origin");
    response
}

/// Sets a header; an invalid value is left out.
pub fn set(response: &mut Response<Body>, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

/// A plain text answer.
#[must_use]
pub fn words(status: StatusCode, words: &str) -> Response<Body> {
    plain(status, "text/plain; charset=utf-8", Body::from(format!("{words}\n")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_file() {
        for (range, wanted) in [
            ("bytes=0-3", Some(Ok(0..4))),
            ("bytes=2-", Some(Ok(2..10))),
            ("bytes=-4", Some(Ok(6..10))),
            ("bytes=-40", Some(Ok(0..10))),
            ("bytes=9-99999999999999999999999", Some(Ok(9..10))),
            ("bytes=10-", Some(Err(()))),
            ("bytes=99999999999999999999999-", Some(Err(()))),
            ("bytes=-0", Some(Err(()))),
            ("bytes=3-1", None),
            ("bytes=0-1,4-5", None),
            ("bytes=-", None),
            ("bytes=+1-2", None),
            ("lines=0-1", None),
            ("", None),
        ] {
            assert_eq!(part(range, 10), wanted, "{range}");
        }
        assert_eq!(part("bytes=0-", 0), Some(Err(())));
    }

    #[test]
    fn versions_in_lists() {
        assert!(lists("\"a\", W/\"b\"", "\"b\"") && lists("*", "\"b\"") && !lists("\"bb\", b", "\"b\""));
    }

    #[test]
    fn kinds_are_those_that_browsers_want() {
        for (path, wanted) in [
            ("a/index.html", HTML),
            ("theme/a.css", "text/css; charset=utf-8"),
            ("a.js", "text/javascript; charset=utf-8"),
            ("a.mjs", "application/javascript; charset=utf-8"),
            ("a.json", JSON),
            ("feed.xml", "text/xml; charset=utf-8"),
            ("a.svg", "image/svg+xml; charset=utf-8"),
            ("a.png", "image/png"),
            ("a.webp", "image/webp"),
            ("a.avif", "image/avif"),
            ("a.woff2", "font/woff2"),
            ("a.mp4", "video/mp4"),
            ("a.pdf", "application/pdf"),
            ("a.wasm", "application/wasm"),
            ("a.ics", "text/calendar; charset=utf-8"),
            ("a.webmanifest", "application/manifest+json"),
            (".nojekyll", "application/octet-stream"),
        ] {
            assert_eq!(kind(path), wanted, "{path}");
        }
    }
}
