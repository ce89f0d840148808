//! Letters that marks for what is still to come are made of.

/// Whether a text has letters that a placeholder could be made of: `TK`, `TODO`, `FIXME`, `XXX`, `lorem`. False for nearly
/// every text, and quickly. What is one is for a rule to say.
#[must_use]
pub fn may_hold(text: &str) -> bool {
    let bytes = text.as_bytes();
    let suspicious = |at: usize| match bytes[at] {
        b'T' => bytes[at..].starts_with(b"TK") || bytes[at..].starts_with(b"TODO"),
        b'F' => bytes[at..].starts_with(b"FIXME"),
        b'X' => bytes[at..].starts_with(b"XXX"),
        // By its last letter, of which texts have half as many as of its first.
        _ => at >= 4 && bytes[at - 4..=at].eq_ignore_ascii_case(b"lorem"),
    };
    memchr::memchr3_iter(b'T', b'F', b'X', bytes).any(suspicious) || memchr::memchr2_iter(b'M', b'm', bytes).any(suspicious)
}
