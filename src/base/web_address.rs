//! Addresses of the web, judged as browsers judge them: whether one leads anywhere, and how a site's own is written.

use std::borrow::Cow;

use url::{Host, ParseError};

/// What is wrong with an address, as a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault(&'static str);

const SECRET: &str = "it holds a user's name or password, which nobody should publish";

impl Fault {
    /// What to do.
    #[must_use]
    pub fn help(self) -> &'static str {
        if self.0 == SECRET {
            "take out what stands before the `@`, and the `@`; if it was a password, change it"
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

/// An address in its parts.
struct Parts<'a> {
    scheme: &'static str,
    /// The host, with its port.
    authority: &'a str,
    /// Path, query and anchor.
    rest: &'a str,
}

/// An address that a page may link to, its scheme and host in small letters.
///
/// # Errors
/// What is wrong with it, as a clause.
pub fn link(text: &str) -> Result<Cow<'_, str>, Fault> {
    let Parts { scheme, authority, rest } = parts(text)?;
    let is_lower = text.starts_with(scheme) && !authority.chars().any(char::is_uppercase);
    Ok(if is_lower { text.into() } else { format!("{scheme}://{}{rest}", authority.to_lowercase()).into() })
}

/// The address of a site, to which paths are added; its scheme and host in small letters.
///
/// # Errors
/// What is wrong with it, as a clause.
pub fn site(text: &str) -> Result<String, Fault> {
    let address = link(text)?;
    let Parts { rest, .. } = parts(text)?;
    if rest.contains(['?', '#']) {
        return Err(Fault("paths are added to it, so it can't have a `?` or `#`"));
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
        return Err(Fault("its path holds a character that an address can't have"));
    }
    for (at, _) in path.match_indices('%') {
        let code = path.as_bytes().get(at + 1..at + 3);
        if !code.is_some_and(|code| code.iter().all(u8::is_ascii_hexdigit)) {
            return Err(Fault("in an address, two digits or letters from A to F have to follow a `%`"));
        }
    }
    let is_way = |part: &str| matches!(part.to_ascii_lowercase().replace("%2e", ".").as_str(), "." | "..");
    if path.split('/').any(is_way) {
        return Err(Fault("its path holds `.` or `..`, which browsers work out"));
    }
    if path.contains("//") {
        return Err(Fault("its path holds two slashes side by side"));
    }
    Ok(())
}

const NO_IPV6: Fault = Fault("what stands in its brackets is not an address of IPv6");

/// Takes an address apart.
fn parts(text: &str) -> Result<Parts<'_>, Fault> {
    let (scheme, behind) = text.split_once("://").ok_or(Fault("it does not begin with https://"))?;
    let known = ["https", "http"].into_iter().find(|known| scheme.eq_ignore_ascii_case(known));
    let scheme = known.ok_or(Fault("it does not begin with https://"))?;
    if text.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return Err(Fault("it holds a space"));
    }
    let (authority, rest) = behind.split_at(behind.find(['/', '?', '#', '\\']).unwrap_or(behind.len()));
    if authority.contains('@') {
        return Err(Fault(SECRET));
    }
    check_authority(authority)?;
    Ok(Parts { scheme, authority, rest })
}

fn check_authority(authority: &str) -> Result<(), Fault> {
    let end = match authority.strip_prefix('[') {
        Some(inner) => inner.find(']').ok_or(Fault("its bracket `[` is not closed"))? + "[]".len(),
        None => authority.find(':').unwrap_or(authority.len()),
    };
    let (host, behind) = authority.split_at(end);
    if !behind.is_empty() {
        let port = behind.strip_prefix(':').ok_or(NO_IPV6)?;
        let is_number = !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit());
        if !is_number || port.parse::<u16>().map_or(true, |port| port == 0) {
            return Err(Fault("its port is not a number from 1 to 65535"));
        }
    }
    check_host(host)
}

/// What browsers take for a host, and nothing that they would read as another one than is written.
fn check_host(host: &str) -> Result<(), Fault> {
    const NO_IPV4: Fault = Fault("its host is not an address of IPv4");
    const NO_NAME: Fault = Fault("its host is not a name");
    match Host::parse(host) {
        Ok(Host::Ipv6(_)) => Ok(()),
        // `1.2.3` is 1.2.0.3 to a browser.
        Ok(Host::Ipv4(address)) => {
            if address.to_string() == host {
                Ok(())
            } else {
                Err(NO_IPV4)
            }
        }
        Ok(Host::Domain(name)) => {
            let name = name.strip_suffix('.').unwrap_or(&name);
            let is_label = |label: &str| (1..=63).contains(&label.len());
            if name.len() <= 253 && name.split('.').all(is_label) { Ok(()) } else { Err(NO_NAME) }
        }
        Err(ParseError::EmptyHost) => Err(Fault("it names no host")),
        Err(ParseError::InvalidIpv6Address) => Err(NO_IPV6),
        Err(ParseError::InvalidIpv4Address) => Err(NO_IPV4),
        Err(_) => Err(NO_NAME),
    }
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
            ("https://a_b.example", "https://a_b.example"),
            ("https://例え.テスト/", "https://例え.テスト/"),
            ("https://نامه‌ای.example", "https://نامه‌ای.example"),
            ("https://example.org./x", "https://example.org./x"),
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
            "https://e.org%00",
            "https://a<b.org",
            "https://0x7f.1",
            "https://xn--zzzzzz-.org",
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
        // Others write their addresses as they like.
        for good in ["https://e.org/../x", "https://e.org/100%", "https://e.org//x?y#z", "https://e.org/a|b"] {
            assert_eq!(link(good).as_deref(), Ok(good));
        }
        assert!(link("https://u:p@e.org").is_err() && link("https://[::1").is_err());
    }
}
