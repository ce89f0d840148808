//! Fetches a web page with `curl`, which is on nearly every machine, knows its certificates and proxies, and adds nothing to the
//! time that this program takes to compile.

use std::io::ErrorKind;
use std::process::{Command, Stdio};

use crate::build::Failure;

/// The largest page that is read, in bytes.
const LONGEST: &str = "20000000";

/// How long a page may take, in seconds.
const PATIENCE: &str = "30";

/// The bytes of a page, and its address after redirects.
pub(super) fn page(address: &str) -> Result<(Vec<u8>, String), Failure> {
    let mut curl = Command::new("curl");
    // `-q` has to come first; it ignores the user's settings, which could change what is printed.
    curl.args(["-q", "--silent", "--show-error", "--fail", "--location", "--compressed"]);
    curl.args(["--proto", "=http,https", "--proto-redir", "=http,https", "--max-redirs", "10"]);
    curl.args(["--max-time", PATIENCE, "--max-filesize", LONGEST]);
    curl.args(["--user-agent", concat!("Mozilla/5.0 (compatible; backgrounder/", env!("CARGO_PKG_VERSION"), ")")]);
    curl.args(["--header", "Accept: text/html,application/xhtml+xml"]);
    curl.args(["--write-out", "\n%{url_effective}", "--", address]);
    let instead = format!(
        "save the page in your browser (Ctrl-S, “Webpage, HTML only”), and run\n\n    \
         backgrounder new source saved-page.html --set url={address}\n"
    );
    let done = curl.stdin(Stdio::null()).output().map_err(|error| match error.kind() {
        ErrorKind::NotFound => {
            Failure::Usage(format!("pages are fetched with curl, which is not on this machine: install it, or {instead}"))
        }
        _ => Failure::Usage(format!("curl can't be run ({error}): {instead}")),
    })?;
    if !done.status.success() {
        let words = String::from_utf8_lossy(&done.stderr);
        let words = words.trim().lines().last().unwrap_or("it gave no reason");
        let words = words.split_once(") ").map_or(words, |(_, words)| words);
        return Err(Failure::Usage(format!("{address} can't be fetched: {words}\n\nIf you can see it, {instead}")));
    }
    let mut bytes = done.stdout;
    let end = bytes.iter().rposition(|byte| *byte == b'\n').unwrap_or(bytes.len());
    let found = String::from_utf8_lossy(bytes.get(end + 1..).unwrap_or_default()).trim().to_owned();
    bytes.truncate(end);
    Ok((bytes, found))
}
