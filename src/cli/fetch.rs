//! Gets a page of the web, through `curl`: it is on nearly every machine, knows its certificates and proxies, and costs those who
//! compile this program nothing.

use std::io::ErrorKind;
use std::process::{Command, Stdio};

use crate::build::Failure;

/// The longest page that is read, in bytes. What it says of itself stands at its beginning.
const LONGEST: &str = "20000000";

/// The seconds that a page may take.
const PATIENCE: &str = "30";

/// The bytes of a page, and the address where it was found in the end.
pub(super) fn page(address: &str) -> Result<(Vec<u8>, String), Failure> {
    let mut curl = Command::new("curl");
    // First, so that nobody's settings change what is printed.
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
