//! An address in its parts.

use crate::base::web_address;

/// A web address, split where providers put what identifies something.
#[derive(Debug)]
pub(super) struct Address<'a> {
    /// The host, with its port if it has one, and without `www.`.
    pub(super) host: &'a str,
    /// The parts of its path, without empty ones.
    pub(super) path: Vec<&'a str>,
    /// What follows `?`.
    query: &'a str,
    /// What follows `#`.
    pub(super) fragment: &'a str,
}

impl<'a> Address<'a> {
    /// Splits an address; `None` if it isn't one that may be in a frame.
    pub(super) fn of(url: &'a str) -> Option<Self> {
        // Only an address that has no capitals in its host is its own normal form, and authors' addresses were normalized.
        web_address::link(url).ok()?;
        let rest = url.strip_prefix("https://")?;
        let (rest, fragment) = rest.split_once('#').unwrap_or((rest, ""));
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        let host = host.strip_prefix("www.").unwrap_or(host);
        Some(Self { host, path: path.split('/').filter(|part| !part.is_empty()).collect(), query, fragment })
    }

    /// The value of a name in the query.
    pub(super) fn query(&self, name: &str) -> Option<&'a str> {
        value(self.query, name)
    }

    /// The value of a name in the query, or else behind `#`.
    pub(super) fn anywhere(&self, name: &str) -> Option<&'a str> {
        self.query(name).or_else(|| value(self.fragment, name))
    }
}

/// The value of a name in `a=b&c=d`.
fn value<'a>(pairs: &'a str, name: &str) -> Option<&'a str> {
    pairs.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
}

/// A time from the beginning in seconds: `90`, `90s`, `1m30s`, `1h2m3s`.
pub(super) fn seconds(written: &str) -> Option<u32> {
    let mut total: u32 = 0;
    let mut digits = String::new();
    for c in written.chars() {
        let times = match c {
            '0'..='9' => {
                digits.push(c);
                continue;
            }
            'h' => 3600,
            'm' => 60,
            's' => 1,
            _ => return None,
        };
        let number: u32 = std::mem::take(&mut digits).parse().ok()?;
        total = total.checked_add(number.checked_mul(times)?)?;
    }
    if digits.is_empty() { Some(total) } else { total.checked_add(digits.parse().ok()?) }
}

/// Whether a part of an address has only letters, digits and these characters, and a length in this range.
pub(super) fn is_id(text: &str, more: &str, length: std::ops::RangeInclusive<usize>) -> bool {
    length.contains(&text.len()) && text.chars().all(|c| c.is_ascii_alphanumeric() || more.contains(c))
}

/// Whether a part of an address is a number.
pub(super) fn is_number(text: &str) -> bool {
    (1..=20).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}
