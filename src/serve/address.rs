//! What a request's address asks for: a file of the site, or nothing that could be one.
//!
//! A site's files are looked up by name and never found by walking the disk, so that no address leads out of them. Addresses
//! that try are refused all the same, because one that is understood in two ways is a fault waiting for its second half.

/// Where an address leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// The file at this path of the site. An empty path or one with a slash at its end names a folder.
    File(String),
    /// Something of the program's own.
    Own(Endpoint),
    /// Nothing: it lies outside the path that the site lives under.
    Elsewhere,
    /// Nothing that an honest link says.
    Refused,
}

/// What lies below [`OWN`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Endpoint {
    /// What is new for a page.
    Sync,
    /// Opens a place in the author's editor.
    Open,
    /// Word of each new state.
    Events,
    /// The file of this name, if there is one.
    File(String),
}

impl Endpoint {
    fn of(name: &str) -> Self {
        match name {
            "sync" => Self::Sync,
            "open" => Self::Open,
            "events" => Self::Events,
            file => Self::File(file.to_owned()),
        }
    }
}

/// Where the program's own files lie. No site has a file there: names that begin with a dot are skipped in `content/`, and
/// those of `static/` would be shown by a server that publishes the site, not by this one.
pub const OWN: &str = "/.backgrounder/";

/// What the path of an address means, as it was sent. `base` is the path that the site lives under, with a slash at both
/// ends.
#[must_use]
pub fn route(path: &str, base: &str) -> Route {
    let Some(path) = decoded(path) else { return Route::Refused };
    let Some(inside) = path.strip_prefix('/') else { return Route::Refused };
    let mut parts = inside.split('/').peekable();
    while let Some(part) = parts.next() {
        let is_last = parts.peek().is_none();
        let is_drive = part.len() == 2 && part.ends_with(':');
        if part == "." || part == ".." || is_drive || part.is_empty() && !is_last {
            return Route::Refused;
        }
    }
    if let Some(own) = path.strip_prefix(OWN) {
        return Route::Own(Endpoint::of(own));
    }
    match path.strip_prefix(base) {
        Some(file) => Route::File(file.to_owned()),
        // The folder of the site itself, without its slash.
        None if path.len() + 1 == base.len() && base.starts_with(&path) => Route::File(String::new()),
        None => Route::Elsewhere,
    }
}

/// A path without its percent signs; `None` if it is not text, or has characters that no file of a site has.
fn decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut digit = || rest.next().and_then(|digit| char::from(digit).to_digit(16));
        let (high, low) = (digit()?, digit()?);
        let byte = (high * 16 + low) as u8;
        // An encoded slash is a slash to some and a letter to others.
        if matches!(byte, b'/' | b'\\') {
            return None;
        }
        bytes.push(byte);
    }
    let text = String::from_utf8(bytes).ok()?;
    let odd = |c: char| c.is_control() || c == '\\';
    (!text.contains(odd)).then_some(text)
}

/// A path as an address has it.
#[must_use]
pub fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~!$&'()*+,;=:@".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str) -> Route {
        Route::File(path.to_owned())
    }

    #[test]
    fn addresses_name_files() {
        assert_eq!(route("/", "/"), file(""));
        assert_eq!(route("/a/b/", "/"), file("a/b/"));
        assert_eq!(route("/media/a%20b.png", "/"), file("media/a b.png"));
        assert_eq!(route("/caf%C3%A9", "/"), file("café"));
        assert_eq!(route("/100%25.md", "/"), file("100%.md"));
        assert_eq!(route("/a..b/...", "/"), file("a..b/..."));
        assert_eq!(route("/explainer/a/", "/explainer/"), file("a/"));
        assert_eq!(route("/explainer", "/explainer/"), file(""));
        assert_eq!(route("/explainers/", "/explainer/"), Route::Elsewhere);
        assert_eq!(route("/a/", "/explainer/"), Route::Elsewhere);
        assert_eq!(route("/.backgrounder/events", "/explainer/"), Route::Own(Endpoint::Events));
        assert_eq!(encoded("a b/ä?#%.md"), "a%20b/%C3%A4%3F%23%25.md");
    }

    #[test]
    fn every_way_out_is_refused() {
        let ways = [
            "",
            "a",
            "*",
            "//",
            "//etc/passwd",
            "/a//b",
            "/..",
            "/../x",
            "/a/../../x",
            "/./x",
            "/%2e%2e/x",
            "/.%2e/x",
            "/%2E%2e/%2e%2E/x",
            "/a/%2e",
            "/..%2fx",
            "/%2e%2e%2fx",
            "/a%2fb",
            "/a%2Fb",
            "/..%5cx",
            "/%5c..%5cx",
            "/..\\x",
            "/a%5Cb",
            "/%00",
            "/a%00.html",
            "/a%0d%0ab",
            "/a%7f",
            "/C:/x",
            "/c:",
            "/a/d:/x",
            "/%43:/x",
            "/%c0%ae%c0%ae/x",
            "/%e0%80%ae/",
            "/%c0%af",
            "/%ff",
            "/%",
            "/%2",
            "/%zz",
            "/%u002e",
            "/a%C2%85b",
            "/\u{0}",
        ];
        for way in ways {
            assert_eq!(route(way, "/"), Route::Refused, "{way}");
            assert_eq!(route(&format!("/explainer{way}"), "/explainer/") == Route::Refused, way.starts_with('/'), "{way}");
        }
        // Encoded twice is a strange name, and stays one.
        assert_eq!(route("/%252e%252e/x", "/"), file("%2e%2e/x"));
    }
}
