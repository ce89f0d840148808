//! Fetches a web page with `curl`, which is on nearly every machine, knows its certificates and proxies, and adds nothing to the
//! time that this program takes to compile.

use std::io::ErrorKind;
use std::process::{Command, Stdio};

/// The largest page that is read, in bytes.
const LONGEST: &str = "20000000";

/// How long a page may take, in seconds.
const PATIENCE: &str = "30";

/// Why a page can't be fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotFetched {
    /// The reason.
    pub reason: String,
    /// Whether it is the page's or the network's fault rather than this machine's.
    of_page: bool,
}

impl NotFetched {
    /// The reason, and what to do instead.
    #[must_use]
    pub fn with_help(&self, instead: &str) -> String {
        let gap = if self.of_page { "\n\nIf you can see it, " } else { ": install it, or " };
        format!("{}{gap}{instead}", self.reason)
    }
}

/// The bytes of a page, and its address after redirects.
///
/// # Errors
/// If there is no curl, or it can't get the page.
pub fn page(address: &str) -> Result<(Vec<u8>, String), NotFetched> {
    let mut curl = Command::new("curl");
    // `-q` has to come first; it ignores the user's settings, which could change what is printed.
    curl.args(["-q", "--silent", "--show-error", "--fail", "--location", "--compressed"]);
    curl.args(["--proto", "=http,https", "--proto-redir", "=http,https", "--max-redirs", "10"]);
    curl.args(["--max-time", PATIENCE, "--max-filesize", LONGEST]);
    curl.args(["--user-agent", concat!("Mozilla/5.0 (compatible; backgrounder/", env!("CARGO_PKG_VERSION"), ")")]);
    curl.args(["--header", "Accept: text/html,application/xhtml+xml"]);
    curl.args(["--write-out", "\n%{url_effective}", "--", address]);
    let done = curl.stdin(Stdio::null()).output().map_err(|error| {
        let reason = match error.kind() {
            ErrorKind::NotFound => "pages are fetched with curl, which is not on this machine".to_owned(),
            _ => format!("curl can't be run ({error})"),
        };
        NotFetched { reason, of_page: false }
    })?;
    if !done.status.success() {
        let words = String::from_utf8_lossy(&done.stderr);
        let words = words.trim().lines().last().unwrap_or("it gave no reason");
        let words = words.split_once(") ").map_or(words, |(_, words)| words);
        return Err(NotFetched { reason: format!("{address} can't be fetched: {words}"), of_page: true });
    }
    let mut bytes = done.stdout;
    let end = bytes.iter().rposition(|byte| *byte == b'\n').unwrap_or(bytes.len());
    let found = String::from_utf8_lossy(bytes.get(end + 1..).unwrap_or_default()).trim().to_owned();
    bytes.truncate(end);
    Ok((bytes, found))
}
