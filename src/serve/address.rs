//! Decides what a request's address asks for: a file of the site, or nothing that could be one.
//!
//! Files of the site are looked up by name, never by walking the disk, so no address can lead outside. Addresses that try
//! are refused anyway, because anything that can be read in two ways is half a security hole.

/// Where an address leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// The file at this path of the site. An empty path, or one that ends in a slash, names a folder.
    File(String),
    /// Something that belongs to the preview itself.
    Own(Endpoint),
    /// Nothing: it is outside the path that the site lives under.
    Elsewhere,
    /// An address that no honest link contains.
    Refused,
}

/// What lies below [`OWN`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Endpoint {
    /// Asks what is new for a page.
    Sync,
    /// Opens a location in the author's editor.
    Open,
    /// Asks the desk for something, such as a form.
    Desk(String),
    /// Announces each new state.
    Events,
    /// One of the preview's own files.
    File(String),
}

impl Endpoint {
    fn of(name: &str) -> Self {
        match name {
            "sync" => Self::Sync,
            "open" => Self::Open,
            "events" => Self::Events,
            other => match other.strip_prefix("desk/") {
                Some(task) => Self::Desk(task.to_owned()),
                None => Self::File(other.to_owned()),
            },
        }
    }
}

/// The folder of the preview's own files. No site has a file there: names that begin with a dot are skipped in `content/`,
/// and such a folder in `static/` shows on the published site, but not in the preview.
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
        // The site's own folder, without its slash.
        None if path.len() + 1 == base.len() && base.starts_with(&path) => Route::File(String::new()),
        None => Route::Elsewhere,
    }
}

/// Decodes a path; `None` if the result is not text, or contains characters that no file of a site has.
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
        // Some programs read an encoded slash as a slash, others as a character of the name.
        if matches!(byte, b'/' | b'\\') {
            return None;
        }
        bytes.push(byte);
    }
    let text = String::from_utf8(bytes).ok()?;
    let odd = |c: char| c.is_control() || c == '\\';
    (!text.contains(odd)).then_some(text)
}

/// Encodes a path for an address.
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
        // A doubly encoded name is a strange name, and stays one.
        assert_eq!(route("/%252e%252e/x", "/"), file("%2e%2e/x"));
    }
}
