//! Old addresses: which file of the site goes at one, and where one may redirect to.

use super::registry;
use crate::base::{escape, web_address};
use crate::diagnostics::{Code, code};
use crate::syntax::pieces::{is_external, is_safe_address};

/// Why an address can't be an old one, or can't be what one redirects to.
#[derive(Debug, PartialEq, Eq)]
pub struct Refused {
    /// The code of the diagnostic.
    pub code: Code,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub help: String,
}

fn refused<T>(code: Code, message: String, help: impl Into<String>) -> Result<T, Refused> {
    Err(Refused { code, message, help: help.into() })
}

/// Where an old address redirects to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// To a page of the site.
    Inside(Place),
    /// To another site.
    Away(String),
}

/// A page of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file, by its path from the site's root.
    pub file: String,
    /// The anchor in it.
    pub anchor: Option<String>,
    /// Its address from the site's root, with query and anchor and without the leading slash.
    pub address: String,
}

/// The longest file name that systems allow, in bytes.
const NAME: usize = 255;

/// The longest path that systems allow, in bytes.
const PATH: usize = 1000;

/// The file of an old address: `/old/` is in `old/index.html`.
///
/// # Errors
/// What is wrong with it.
pub fn file_of(address: &str) -> Result<String, Refused> {
    const FROM_ROOT: &str = "write a path from the site's root, without `..`, a host or special characters: /old-address/";
    let otherwise = || format!("`{}` can't be an old address", address.escape_debug());
    let path = address.trim_start_matches('/');
    let bare = path.trim_end_matches('/');
    let is_sound = |part: &str| {
        let is_mark = |c: char| c.is_control() || matches!(c, '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '#');
        !part.is_empty() && !part.starts_with('.') && !part.contains(is_mark)
    };
    if bare.is_empty() || address.starts_with("//") || address.contains("://") || !bare.split('/').all(is_sound) {
        return refused(code::OUTSIDE_SITE, otherwise(), FROM_ROOT);
    }
    if bare.contains('%') {
        let decoded = escape::percent_decoded(address);
        if decoded.contains('%') || file_of(&decoded).is_err() {
            return refused(code::OUTSIDE_SITE, otherwise(), FROM_ROOT);
        }
        let message = format!("`{address}` is percent-encoded");
        return refused(code::BAD_VALUE, message, format!("write it the way people read it: {decoded}"));
    }
    if let Some(part) = bare.split('/').find(|part| part.ends_with(['.', ' ']) || registry::is_device(part)) {
        let message = format!("`{address}` can't be an old address: Windows can't write a file named `{part}`");
        return refused(code::RESERVED_ID, message, "set up this redirect at your web host instead");
    }
    if bare.len() > PATH || bare.split('/').any(|part| part.len() > NAME) {
        let start: String = address.chars().take(40).collect();
        let message = format!("`{start}…` can't be an old address: no system allows file names of more than {NAME} bytes");
        return refused(code::RESERVED_ID, message, "set up this redirect at your web host instead");
    }
    let last = bare.rsplit('/').next().unwrap_or(bare);
    match last.rsplit_once('.').filter(|_| !path.ends_with('/')) {
        None => Ok(format!("{bare}/index.html")),
        Some((_, ending)) if matches!(ending.to_ascii_lowercase().as_str(), "html" | "htm") => Ok(bare.to_owned()),
        Some((_, ending)) => {
            let message = format!("a redirect is an HTML page, and hosts would serve it as `.{ending}`");
            let help =
                format!("put the file itself in static/, redirect at your web host, or, if it was a page, write /{bare}/");
            refused(code::BAD_VALUE, message, help)
        }
    }
}

/// Where an old address whose page is the file `from` redirects to, on a site at `base_url`.
///
/// # Errors
/// What is wrong with the address.
pub fn target(from: &str, written: &str, base_url: Option<&str>) -> Result<Target, Refused> {
    const HELP: &str = "write a path on this site, such as /alliance/, or a full address with https://";
    if !is_safe_address(written) {
        let message = "this kind of address is not allowed on a page".to_owned();
        return refused(code::BAD_ADDRESS, message, HELP);
    }
    if written.trim() != written || written.contains(char::is_control) || written.is_empty() || written.starts_with("//") {
        return refused(code::BAD_ADDRESS, "an old address can't redirect to this".to_owned(), HELP);
    }
    if !is_external(written) {
        return inside(from, written);
    }
    match web_address::link(written) {
        Ok(address) => {
            let own = base_url.and_then(|base| address.strip_prefix(base));
            match own.filter(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#'])) {
                Some(rest) => inside("index.html", &format!("/{}", rest.trim_start_matches('/'))),
                None => Ok(Target::Away(address.into_owned())),
            }
        }
        Err(why) => refused(code::BAD_ADDRESS, format!("an old address can't redirect to this: {why}"), HELP),
    }
}

/// A page of the site, written as a path, from the root or from the old address.
fn inside(from: &str, written: &str) -> Result<Target, Refused> {
    let (path, rest) = written.split_at(written.find(['?', '#']).unwrap_or(written.len()));
    let mut parts: Vec<&str> = Vec::new();
    if !path.starts_with('/') {
        parts.extend(from.split('/'));
        parts.pop();
    }
    for part in path.split('/').filter(|part| !part.is_empty() && *part != ".") {
        if part != ".." {
            parts.push(part);
        } else if parts.pop().is_none() {
            return refused(code::OUTSIDE_SITE, format!("`{written}` points outside the site"), "use a page of this site");
        }
    }
    let is_folder = path.is_empty() || path.ends_with(['/', '.']) || parts.is_empty();
    let mut folder = parts.join("/");
    if is_folder && !folder.is_empty() {
        folder.push('/');
    }
    let file = escape::percent_decoded(&folder) + if is_folder { "index.html" } else { "" };
    let anchor = rest.split_once('#').map(|(_, anchor)| anchor.to_owned()).filter(|anchor| !anchor.is_empty());
    // A path that is written from the root stays as written.
    let address = path.strip_prefix('/').map_or(folder, str::to_owned) + rest;
    Ok(Target::Inside(Place { file, anchor, address }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code_of<T: std::fmt::Debug>(refused: Result<T, Refused>) -> Code {
        refused.unwrap_err().code
    }

    #[test]
    fn old_addresses_are_files_that_every_system_can_write() {
        assert_eq!(file_of("/old/").unwrap(), "old/index.html");
        assert_eq!(file_of("old").unwrap(), "old/index.html");
        assert_eq!(file_of("/a/b.html").unwrap(), "a/b.html");
        assert_eq!(file_of("/a/b.HTM").unwrap(), "a/b.HTM");
        assert_eq!(file_of("/v1.2/").unwrap(), "v1.2/index.html");
        assert_eq!(file_of("/café/").unwrap(), "café/index.html");
        for bad in
            ["/", "", "//host/x", "/../x/", "/.hidden/", "/a\\b", "/a\0b/", "/a?b", "/%2e%2e/x", "/%/", "https://a.example/"]
        {
            assert_eq!(code_of(file_of(bad)), code::OUTSIDE_SITE, "{bad}");
        }
        for bad in [
            "/con/",
            "/CON/",
            "/aux.html",
            "/x/Nul.tar.html",
            "/trailing./",
            "/blank /x/",
            "/com1/",
            &format!("/{}/", "x".repeat(256)),
        ] {
            assert_eq!(code_of(file_of(bad)), code::RESERVED_ID, "{bad}");
        }
        assert!(file_of(&format!("/{}/", "x".repeat(255))).is_ok() && file_of("/console/").is_ok());
        assert_eq!(code_of(file_of(&"/abc".repeat(300))), code::RESERVED_ID);
        for bad in ["/report.pdf", "/x/feed.xml", "/v1.2", "/caf%C3%A9/"] {
            assert_eq!(code_of(file_of(bad)), code::BAD_VALUE, "{bad}");
        }
        assert!(file_of("/caf%C3%A9/").unwrap_err().help.ends_with("/café/"));
    }

    #[test]
    fn old_addresses_lead_to_pages() {
        let led = |from: &str, to: &str| match target(from, to, Some("https://e.org/x")) {
            Ok(Target::Inside(place)) => format!("{} {} {}", place.file, place.address, place.anchor.unwrap_or_default()),
            Ok(Target::Away(address)) => address,
            Err(refused) => refused.code.to_string(),
        };
        assert_eq!(led("old/index.html", "/new/#here"), "new/index.html new/#here here");
        assert_eq!(led("old/index.html", "/new"), "new new ");
        assert_eq!(led("old/index.html", "/"), "index.html  ");
        assert_eq!(led("a/old.html", "new.html"), "a/new.html a/new.html ");
        assert_eq!(led("a/old.html", "../b/?q"), "b/index.html b/?q ");
        assert_eq!(led("old/index.html", "/caf%C3%A9/"), "café/index.html caf%C3%A9/ ");
        assert_eq!(led("old/index.html", "https://e.org/x/new/"), "new/index.html new/ ");
        assert_eq!(led("old/index.html", "HTTPS://E.org/xy/"), "https://e.org/xy/");
        for bad in [
            "mailto:a@b.example",
            "tel:+1",
            "//host/x",
            " https://e.org",
            "https://",
            "https://u:p@e.org/",
            "",
            "javascript:x",
        ] {
            assert_eq!(led("old/index.html", bad), "bad-address", "{bad}");
        }
        assert_eq!(led("old/index.html", "../../x"), "outside-site");
    }
}
