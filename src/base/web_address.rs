//! Judges web addresses as browsers do: whether one leads anywhere, and how the site's own address is written.

use std::borrow::Cow;

use url::{Host, ParseError, Url};

/// What is wrong with an address, as a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault(&'static str);

const PRIVATE: &str = "it leads to your own computer or network";
const SECRET: &str = "it contains a user name or password, which should never be published";

impl Fault {
    /// What is wrong, as a sentence.
    #[must_use]
    pub fn message(self) -> String {
        match self.0 {
            PRIVATE => format!("readers can't follow this address: {self}"),
            _ => format!("this is not a web address: {self}"),
        }
    }

    /// How to fix it.
    #[must_use]
    pub fn help(self) -> &'static str {
        match self.0 {
            SECRET => "delete the user name or password, and the `@`; if it was a password, change it",
            PRIVATE => "write the address that readers use; link to a page of this site by its file, such as `page.md`",
            _ => "write it in full, such as https://example.org/page",
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

/// [`link`], for an address that readers follow: it can't lead to the author's own computer or network, as the address of
/// a preview does.
///
/// # Errors
/// What is wrong with it, as a clause.
pub fn public_link(text: &str) -> Result<Cow<'_, str>, Fault> {
    let address = link(text)?;
    if is_private(parts(text)?.authority) { Err(Fault(PRIVATE)) } else { Ok(address) }
}

/// Whether a host, which may have a port, exists on one computer or network only: RFC 1918, 4193, 6761, 6762, 8375.
fn is_private(authority: &str) -> bool {
    const ENDINGS: [&str; 7] = ["localhost", "local", "internal", "lan", "intranet", "home.arpa", "invalid"];
    let port = authority.rfind(':').filter(|at| authority[at + 1..].bytes().all(|byte| byte.is_ascii_digit()));
    match Host::parse(&authority[..port.unwrap_or(authority.len())]) {
        Ok(Host::Ipv4(address)) => {
            address.is_loopback() || address.is_private() || address.is_link_local() || address.is_unspecified()
        }
        Ok(Host::Ipv6(address)) => {
            address.is_loopback() || address.is_unique_local() || address.is_unicast_link_local() || address.is_unspecified()
        }
        Ok(Host::Domain(name)) => {
            let name = name.strip_suffix('.').unwrap_or(&name);
            let ends = |ending: &&str| name.strip_suffix(*ending).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
            ENDINGS.iter().any(ends)
        }
        Err(_) => false,
    }
}

/// The scheme, host and port of an address, as a Content-Security-Policy names them; `None` if a policy can't.
#[must_use]
pub fn origin(text: &str) -> Option<String> {
    let Parts { scheme, authority, .. } = parts(text).ok()?;
    let (host, port) = authority.split_once(':').map_or((authority, None), |(host, port)| (host, Some(port)));
    // A policy knows no other alphabet, and a name may hold a semicolon, which would begin another directive there.
    let Ok(Host::Domain(name)) = Host::parse(host) else { return None };
    let is_plain = name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_'));
    let port = port.map(|port| format!(":{port}")).unwrap_or_default();
    is_plain.then(|| format!("{scheme}://{name}{port}"))
}

/// An address in the one form in which it is asked: with the host in the letters of the network, everything else that needs it
/// escaped, and without its anchor; `None` if no server of the web is asked for it.
#[must_use]
pub fn asked(text: &str) -> Option<String> {
    let text = if text.starts_with("//") { Cow::from(format!("https:{text}")) } else { text.into() };
    link(&text).ok()?;
    plain(Url::parse(&text).ok()?)
}

/// Where a redirect from `address` to `location` leads, in the form of [`asked`]; `None` if that is no page of the web.
#[must_use]
pub fn followed(address: &str, location: &str) -> Option<String> {
    plain(Url::parse(address).ok()?.join(location).ok()?)
}

fn plain(mut url: Url) -> Option<String> {
    let is_of_the_web = matches!(url.scheme(), "http" | "https") && url.username().is_empty() && url.password().is_none();
    url.set_fragment(None);
    is_of_the_web.then(|| url.into())
}

/// The host of an address that was judged before, as it is written there, without its port.
#[must_use]
pub fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    if authority.starts_with('[') { authority } else { authority.split(':').next().unwrap_or(authority) }
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

const NO_IPV6: Fault = Fault("the part in brackets is not an IPv6 address");

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

/// Accepts what browsers accept as a host, except what they would read as a different host.
fn check_host(host: &str) -> Result<(), Fault> {
    const NO_IPV4: Fault = Fault("its host is not an IPv4 address");
    const NO_NAME: Fault = Fault("its host is not a valid name");
    match Host::parse(host) {
        Ok(Host::Ipv6(_)) => Ok(()),
        // Browsers read `1.2.3` as 1.2.0.3.
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
        Err(ParseError::EmptyHost) => Err(Fault("it has no host")),
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
    fn readers_get_no_address_of_the_authors_own_network() {
        for bad in [
            "http://localhost:3000/who-pays/",
            "http://127.0.0.1:1111",
            "https://LOCALHOST",
            "https://press.localhost./x",
            "http://newsroom.local/wiki",
            "http://wiki.internal",
            "http://10.1.2.3/",
            "http://192.168.178.20:8080/x",
            "http://[::1]:3000/",
            "http://[fe80::1]/",
            "http://[fd12:3456::1]/",
            "http://0.0.0.0:3000",
        ] {
            assert_eq!(public_link(bad), Err(Fault(PRIVATE)), "{bad}");
            assert!(link(bad).is_ok());
        }
        for good in [
            "https://example.org:3000/",
            "https://local.example",
            "https://8.8.8.8/",
            "https://[2001:db8::1]/x",
            "https://thelocal.se",
        ] {
            assert_eq!(public_link(good).as_deref(), Ok(good));
        }
    }

    #[test]
    fn an_address_is_asked_in_one_form() {
        for (written, wanted) in [
            ("HTTPS://Example.ORG", Some("https://example.org/")),
            ("https://example.org/a b", None),
            ("//example.org/x#y", Some("https://example.org/x")),
            ("https://b\u{fc}cher.example/\u{e4}?q=1#top", Some("https://xn--bcher-kva.example/%C3%A4?q=1")),
            ("https://example.org:443/", Some("https://example.org/")),
            ("https://u:p@example.org/", None),
            ("mailto:a@example.org", None),
            ("file:///etc/passwd", None),
            ("page.md", None),
        ] {
            assert_eq!(asked(written).as_deref(), wanted, "{written}");
        }
        for (location, wanted) in [
            ("/b", Some("https://a.example/b")),
            ("c?d#e", Some("https://a.example/x/c?d")),
            ("//b.example", Some("https://b.example/")),
            ("file:///etc/passwd", None),
            ("mailto:a@b.example", None),
            ("https://u:p@b.example/", None),
        ] {
            assert_eq!(followed("https://a.example/x/y", location).as_deref(), wanted, "{location}");
        }
    }

    #[test]
    fn a_policy_gets_nothing_but_an_origin() {
        for (address, wanted) in [
            ("https://example.org/a?b#c", Some("https://example.org")),
            ("https://example.org:8443/a", Some("https://example.org:8443")),
            ("https://bücher.example/", Some("https://xn--bcher-kva.example")),
            ("https://a;script-src.example/", None),
            ("https://a'b.example/", None),
            ("https://[::1]/", None),
            ("https://192.168.0.1/", None),
            ("https://u:p@example.org/", None),
            ("javascript:alert(1)", None),
        ] {
            assert_eq!(origin(address).as_deref(), wanted, "{address}");
        }
    }

    #[test]
    fn redirects_to_nowhere_are_refused() {
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
        // Addresses of other sites stay as they are written.
        for good in ["https://e.org/../x", "https://e.org/100%", "https://e.org//x?y#z", "https://e.org/a|b"] {
            assert_eq!(link(good).as_deref(), Ok(good));
        }
        assert!(link("https://u:p@e.org").is_err() && link("https://[::1").is_err());
    }
}
