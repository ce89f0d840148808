//! Judges web addresses as browsers do: whether one leads anywhere, and how the site's own address is written.

use std::borrow::Cow;
use std::net::{Ipv4Addr, Ipv6Addr};

/// What is wrong with an address, as a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault(&'static str);

const SECRET: &str = "it contains a user name or password, which should never be published";

impl Fault {
    /// How to fix it.
    #[must_use]
    pub fn help(self) -> &'static str {
        if self.0 == SECRET {
            "delete the user name or password, and the `@`; if it was a password, change it"
        } else {
            "write it in full, such as https://example.org/page"
        }
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(self.0)
    }
}

/// An address, split into its parts.
struct Parts<'a> {
    scheme: &'static str,
    /// The host, with its port.
    authority: &'a str,
    /// Path, query and anchor.
    rest: &'a str,
}

/// An address that a page may link to, with its scheme and host in lower case.
///
/// # Errors
/// What is wrong with it, as a clause.
pub fn link(text: &str) -> Result<Cow<'_, str>, Fault> {
    let Parts { scheme, authority, rest } = parts(text)?;
    let is_lower = text.starts_with(scheme) && !authority.chars().any(char::is_uppercase);
    Ok(if is_lower { text.into() } else { format!("{scheme}://{}{rest}", authority.to_lowercase()).into() })
}

/// The address of a site, to which paths are added, with its scheme and host in lower case.
///
/// # Errors
/// What is wrong with it, as a clause.
pub fn site(text: &str) -> Result<String, Fault> {
    let address = link(text)?;
    let Parts { rest, .. } = parts(text)?;
    if rest.contains(['?', '#']) {
        return Err(Fault("paths are added to it, so it can't contain `?` or `#`"));
    }
    path(rest)?;
    Ok(address.into_owned())
}

/// Whether a path can be part of a site's address.
///
/// # Errors
/// What is wrong with it, as a clause.
pub fn path(path: &str) -> Result<(), Fault> {
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/%".contains(&b) || !b.is_ascii();
    if !path.bytes().all(is_plain) {
        return Err(Fault("its path contains a character that is not allowed in an address"));
    }
    for (at, _) in path.match_indices('%') {
        let code = path.as_bytes().get(at + 1..at + 3);
        if !code.is_some_and(|code| code.iter().all(u8::is_ascii_hexdigit)) {
            return Err(Fault("in an address, a `%` must be followed by two hexadecimal digits (0–9, A–F)"));
        }
    }
    let is_way = |part: &str| matches!(part.to_ascii_lowercase().replace("%2e", ".").as_str(), "." | "..");
    if path.split('/').any(is_way) {
        return Err(Fault("its path contains `.` or `..`, which browsers resolve"));
    }
    if path.contains("//") {
        return Err(Fault("its path contains two slashes in a row"));
    }
    Ok(())
}

/// Splits an address into its parts.
fn parts(text: &str) -> Result<Parts<'_>, Fault> {
    let (scheme, behind) = text.split_once("://").ok_or(Fault("it does not begin with https://"))?;
    let known = ["https", "http"].into_iter().find(|known| scheme.eq_ignore_ascii_case(known));
    let scheme = known.ok_or(Fault("it does not begin with https://"))?;
    if text.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return Err(Fault("it contains a space"));
    }
    let (authority, rest) = behind.split_at(behind.find(['/', '?', '#', '\\']).unwrap_or(behind.len()));
    if authority.contains('@') {
        return Err(Fault(SECRET));
    }
    check_authority(authority)?;
    Ok(Parts { scheme, authority, rest })
}

fn check_authority(authority: &str) -> Result<(), Fault> {
    const NO_IPV6: Fault = Fault("the part in brackets is not an IPv6 address");
    let (host, port) = match authority.strip_prefix('[') {
        Some(inner) => {
            let (host, behind) = inner.split_once(']').ok_or(Fault("its bracket `[` is not closed"))?;
            host.parse::<Ipv6Addr>().map_err(|_| NO_IPV6)?;
            (None, if behind.is_empty() { None } else { Some(behind.strip_prefix(':').ok_or(NO_IPV6)?) })
        }
        None => authority.split_once(':').map_or((Some(authority), None), |(host, port)| (Some(host), Some(port))),
    };
    if let Some(port) = port {
        let is_number = !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit());
        if !is_number || port.parse::<u16>().is_ok_and(|port| port == 0) || port.parse::<u16>().is_err() {
            return Err(Fault("its port is not a number from 1 to 65535"));
        }
    }
    host.map_or(Ok(()), check_host)
}

fn check_host(host: &str) -> Result<(), Fault> {
    if host.is_empty() {
        return Err(Fault("it has no host"));
    }
    let name = host.strip_suffix('.').unwrap_or(host);
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_') || is_joiner(c))
    };
    if name.len() > 253 || !name.split('.').all(is_label) {
        return Err(Fault("its host is not a valid name"));
    }
    // Browsers read a name whose last part is a number as an IPv4 address.
    let is_number = name.rsplit('.').next().is_some_and(|last| last.bytes().all(|b| b.is_ascii_digit()));
    if is_number && name.parse::<Ipv4Addr>().is_err() {
        return Err(Fault("its host is not an IPv4 address"));
    }
    Ok(())
}

/// Marks that are valid in a host name only next to letters of some scripts.
fn is_joiner(c: char) -> bool {
    !c.is_ascii() && !c.is_alphanumeric() && !c.is_whitespace() && !c.is_control()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sites_address_is_lowered_and_otherwise_as_it_is() {
        for (written, wanted) in [
            ("https://example.org/a", "https://example.org/a"),
            ("HTTPS://Example.ORG/Xy", "https://example.org/Xy"),
            ("http://localhost:3000", "http://localhost:3000"),
            ("https://[::1]:8443/", "https://[::1]:8443/"),
            ("https://192.168.0.1/a%20b", "https://192.168.0.1/a%20b"),
            ("https://BÜCHER.example", "https://bücher.example"),
            ("https://xn--bcher-kva.example/~me/", "https://xn--bcher-kva.example/~me/"),
        ] {
            assert_eq!(site(written).as_deref(), Ok(wanted));
        }
    }

    #[test]
    fn what_leads_nowhere_is_refused() {
        for bad in [
            "",
            "example.org",
            "https://",
            "https:///x",
            " https://e.org",
            "https://e.org ",
            "ftp://e.org",
            "https://u:p@e.org",
            "https://u@e.org",
            "https://e.org/../x",
            "https://e.org/%2E%2e/x",
            "https://e.org/./x",
            "https://e.org//x",
            "https://[::1",
            "https://[::1]x",
            "https://[::g]",
            "https://e.org:99999",
            "https://e.org:0",
            "https://e.org:",
            "https://e.org:8o",
            "https://e.org/%",
            "https://e.org/%zz",
            "https://e.org?x",
            "https://e.org#x",
            "https://e..org",
            "https://1.2.3",
            "https://1.2.3.456",
            "https://e.org\\x",
            "https://a\u{0}b.org",
            "https://e.org/\u{85}",
            "https://e.org/<x>",
            "https://e.org/a|b",
        ] {
            assert!(site(bad).is_err(), "{bad}");
        }
        // Addresses of other sites stay as they are written.
        for good in ["https://e.org/../x", "https://e.org/100%", "https://e.org//x?y#z", "https://e.org/a|b"] {
            assert_eq!(link(good).as_deref(), Ok(good));
        }
        assert!(link("https://u:p@e.org").is_err() && link("https://[::1").is_err());
    }
}
