//! Asks other sites with `curl`, which is on nearly every machine, knows its certificates and proxies, and adds nothing to the
//! time that this program takes to compile. [`page`] fetches a page; [`hear`] only asks what a server says of an address.

use std::io::{self, BufReader, ErrorKind, Read};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use jiff::fmt::rfc2822;

use crate::check::external::End;

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
    /// curl itself can't be run.
    fn here(error: &io::Error) -> Self {
        let reason = match error.kind() {
            ErrorKind::NotFound => "pages are fetched with curl, which is not on this machine".to_owned(),
            _ => format!("curl can't be run ({error})"),
        };
        Self { reason, of_page: false }
    }

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
    let mut curl = curl();
    curl.args(["--fail", "--location", "--compressed", "--proto-redir", "=http,https", "--max-redirs", "10"]);
    curl.args(["--max-time", PATIENCE, "--max-filesize", LONGEST]);
    curl.args(["--header", "Accept: text/html,application/xhtml+xml"]);
    curl.args(["--write-out", "\n%{url_effective}", "--", address]);
    let done = curl.output().map_err(|error| NotFetched::here(&error))?;
    if !done.status.success() {
        let words = reason(&done.stderr);
        return Err(NotFetched { reason: format!("{address} can't be fetched: {words}"), of_page: true });
    }
    let mut bytes = done.stdout;
    let end = bytes.iter().rposition(|byte| *byte == b'\n').unwrap_or(bytes.len());
    let found = String::from_utf8_lossy(bytes.get(end + 1..).unwrap_or_default()).trim().to_owned();
    bytes.truncate(end);
    Ok((bytes, found))
}

/// How to ask for an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// For the head of a page alone.
    Head,
    /// For the page; the connection is closed once its head has come.
    Get,
}

/// What is heard of an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// What a server says.
    Reply(Reply),
    /// No server said anything.
    Silence(End),
}

/// What a server says of an address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reply {
    /// The status.
    pub status: u16,
    /// Where a redirect leads, as the server writes it.
    pub location: Option<String>,
    /// How long the server wants to be left alone.
    pub wait: Option<Duration>,
}

/// The longest head of an answer that is read, in bytes.
const LONGEST_HEAD: u64 = 1 << 20;

/// Asks a server once what it says of an address, and waits no longer than `patience`. No redirect is followed.
///
/// # Errors
/// If there is no curl, or it can't be run.
pub fn hear(address: &str, method: Method, patience: Duration) -> Result<Heard, NotFetched> {
    let mut curl = curl();
    // Each line is passed on as it comes, so that we needn't wait for the page behind the head.
    curl.args(["--include", "--no-buffer", "--suppress-connect-headers"]);
    if method == Method::Head {
        curl.arg("--head");
    }
    curl.args(["--max-time", &patience.as_secs_f64().to_string()]);
    curl.args(["--header", "Accept: text/html,application/xhtml+xml,*/*;q=0.8", "--", address]);
    let mut running =
        curl.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().map_err(|error| NotFetched::here(&error))?;
    let reply = running.stdout.take().and_then(|out| head(BufReader::new(out.take(LONGEST_HEAD))));
    if let Some(reply) = reply {
        // It may have ended by itself by now, which is all we want.
        let _ = running.kill();
        let _ = running.wait();
        return Ok(Heard::Reply(reply));
    }
    silence(running).map(Heard::Silence).map_err(|error| NotFetched::here(&error))
}

/// curl, with what each request has in common.
fn curl() -> Command {
    let mut curl = Command::new("curl");
    // `-q` has to come first; it ignores the user's settings, which could change what is printed.
    curl.args(["-q", "--silent", "--show-error", "--globoff", "--proto", "=http,https"]);
    curl.args(["--user-agent", concat!("Mozilla/5.0 (compatible; backgrounder/", env!("CARGO_PKG_VERSION"), ")")]);
    curl.stdin(Stdio::null());
    curl
}

/// What curl says went wrong, without its number.
fn reason(told: &[u8]) -> String {
    let words = String::from_utf8_lossy(told);
    let words = words.trim().lines().last().unwrap_or("it gave no reason");
    words.split_once(") ").map_or(words, |(_, words)| words).to_owned()
}

/// Reads the head of an answer; `None` if it isn't whole. Heads that only announce another one are skipped.
fn head(mut lines: impl io::BufRead) -> Option<Reply> {
    let (mut reply, mut date, mut until) = (Reply::default(), None, None);
    loop {
        let mut line = Vec::new();
        if lines.read_until(b'\n', &mut line).ok()? == 0 {
            return None;
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim_end();
        if line.is_empty() && reply.status >= 200 {
            let left = || jiff::Timestamp::duration_until(date?, until?).try_into().ok();
            reply.wait = reply.wait.or_else(left);
            return Some(reply);
        }
        if line.starts_with("HTTP/") {
            let status = line.split_whitespace().nth(1)?.parse().ok()?;
            (reply, date, until) = (Reply { status, ..Reply::default() }, None, None);
        }
        let Some((name, value)) = line.split_once(':') else { continue };
        let value = value.trim();
        let time = || rfc2822::DateTimeParser::new().parse_timestamp(value).ok();
        match name.to_ascii_lowercase().as_str() {
            "location" => reply.location = Some(value.to_owned()),
            "date" => date = time(),
            "retry-after" => (reply.wait, until) = (value.parse().ok().map(Duration::from_secs), time()),
            _ => {}
        }
    }
}

/// Why no server said anything.
fn silence(running: Child) -> io::Result<End> {
    let done = running.wait_with_output()?;
    let words = reason(&done.stderr);
    // A connection that is cut while it is made safe says nothing about who is there.
    let is_cut = ["reset", "SYSCALL", "errno"].iter().any(|word| words.contains(word));
    Ok(match done.status.code() {
        Some(6) => End::NoHost,
        Some(7) => End::Refused,
        Some(28) => End::Late,
        Some(35) if is_cut => End::Other(words),
        Some(35 | 51 | 60 | 83 | 90 | 91) => End::Unsafe(words),
        _ => End::Other(words),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_head_counts() {
        let read = |text: &str| head(text.as_bytes());
        let reply = |status, location: Option<&str>, wait: Option<u64>| {
            Some(Reply { status, location: location.map(str::to_owned), wait: wait.map(Duration::from_secs) })
        };
        assert_eq!(read("HTTP/1.1 200 OK\r\nServer: x\r\n\r\n<html>"), reply(200, None, None));
        assert_eq!(read("HTTP/2 301\r\nLOCATION: /b c\r\n\r\n"), reply(301, Some("/b c"), None));
        assert_eq!(read("HTTP/1.1 103 Hints\r\nlocation: /x\r\n\r\nHTTP/1.1 404 No\r\n\r\n"), reply(404, None, None));
        assert_eq!(read("HTTP/1.1 429 Slow\nRetry-After: 3\n\n"), reply(429, None, Some(3)));
        let dated =
            "HTTP/1.1 503 x\r\nRetry-After: Mon, 01 Dec 2025 10:00:30 GMT\r\nDate: Mon, 01 Dec 2025 10:00:00 GMT\r\n\r\n";
        assert_eq!(read(dated), reply(503, None, Some(30)));
        assert_eq!(read("HTTP/1.1 503 x\r\nRetry-After: soon\r\n\r\n"), reply(503, None, None));
        for broken in ["", "HTTP/1.1 200 OK\r\n", "HTTP/1.1\r\n\r\n", "HTTP/1.1 two\r\n\r\n", "<html>\r\n\r\n"] {
            assert_eq!(read(broken), None, "{broken}");
        }
    }
}
