//! Decides who may use the preview: it shows drafts, and can open files in an editor.
//!
//! A page of another site can send requests here, and if its own name suddenly resolves to this machine (DNS rebinding), it
//! could even read the answers. The name in `Host` exposes that; `Origin` says who asks for more than a page.

use std::net::IpAddr;

/// The names that requests may use for the preview.
#[derive(Clone, Debug)]
pub struct Names {
    /// The name or address given with `-n`.
    given: String,
}

impl Names {
    /// The names of a preview that listens on `given`.
    #[must_use]
    pub fn new(given: &str) -> Self {
        Self { given: given.trim_matches(['[', ']']).to_ascii_lowercase() }
    }

    /// Whether `host`, as sent in a request, is one of them. `own` is the address at which the request arrived: someone who
    /// typed a number did not use a name that could have been hijacked.
    #[must_use]
    pub fn allow(&self, host: &str, own: IpAddr) -> bool {
        let Some(name) = name(host) else { return false };
        let name = name.to_ascii_lowercase();
        if name == "localhost" || name.ends_with(".localhost") {
            return true;
        }
        match name.parse::<IpAddr>() {
            Ok(address) => {
                let address = address.to_canonical();
                address.is_loopback() || address == own.to_canonical() || name == self.given
            }
            Err(_) => name == self.given,
        }
    }
}

/// The name or address in a `Host` header, without its port and brackets; `None` if it is malformed.
fn name(host: &str) -> Option<&str> {
    let (name, port) = match host.strip_prefix('[') {
        Some(rest) => {
            let (name, port) = rest.split_once(']')?;
            name.parse::<std::net::Ipv6Addr>().ok()?;
            (name, port.strip_prefix(':').or_else(|| port.is_empty().then_some("0"))?)
        }
        None => host.split_once(':').unwrap_or((host, "0")),
    };
    let sound = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | ':');
    let is_port = !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit());
    (!name.is_empty() && name.chars().all(sound) && is_port).then_some(name)
}

/// Whether a preview that listens on `host` can be reached from this machine only.
#[must_use]
pub fn is_loopback(host: &str) -> bool {
    let name = host.trim_matches(['[', ']']).to_ascii_lowercase();
    match name.parse::<IpAddr>() {
        Ok(address) => address.to_canonical().is_loopback(),
        Err(_) => name == "localhost" || name.ends_with(".localhost"),
    }
}

/// Whether a request comes from a page of the preview itself, given its `Origin` and `Host`.
#[must_use]
pub fn is_own(origin: &str, host: &str) -> bool {
    origin.strip_prefix("http://").is_some_and(|name| name.eq_ignore_ascii_case(host))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_allowed() {
        let (local, lan): (IpAddr, IpAddr) = ("127.0.0.1".parse().unwrap(), "192.168.1.7".parse().unwrap());
        let names = Names::new("localhost");
        for host in
            ["localhost", "localhost:3000", "LOCALHOST:3000", "a.localhost:1", "127.0.0.1:3000", "[::1]:3000", "[::1]"]
        {
            assert!(names.allow(host, local), "{host}");
        }
        let foreign = [
            "",
            ":",
            ":3000",
            "evil.example",
            "evil.example:3000",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "localhost:x",
            "localhost:",
            "192.168.1.7:3000",
            "localhost@evil.example",
            "localhost/x",
            "local host",
            "[::1",
            "[::1]x",
            "[localhost]:3000",
            "0x7f000001.example",
            "xlocalhost",
            "::1]",
        ];
        for host in foreign {
            assert!(!names.allow(host, local), "{host}");
        }
        assert!(names.allow("192.168.1.7:3000", lan) && !names.allow("192.168.1.8:3000", lan));
        assert!(Names::new("desk.example").allow("desk.example:3000", lan));
        assert!(names.allow("127.0.0.1:1", "::ffff:127.0.0.1".parse().unwrap()));
    }

    #[test]
    fn only_pages_of_the_preview_ask_for_more() {
        assert!(is_own("http://localhost:3000", "localhost:3000"));
        for origin in [
            "null",
            "",
            "https://localhost:3000",
            "http://localhost:3001",
            "http://evil.example",
            "http://localhost:3000.evil",
        ] {
            assert!(!is_own(origin, "localhost:3000"), "{origin}");
        }
    }
}
