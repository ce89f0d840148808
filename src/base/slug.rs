//! Turns words into addresses: lower case, ASCII letters and digits, single hyphens.

/// The slug of `text`; empty if none of it can be written in ASCII.
#[must_use]
pub fn slug(text: &str) -> String {
    let ascii = if text.is_ascii() { std::borrow::Cow::Borrowed(text) } else { deunicode::deunicode(text).into() };
    let mut out = String::with_capacity(ascii.len());
    for c in ascii.chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if c != '\'' && !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    if out.ends_with('-') {
        out.pop();
    }
    out
}

/// Whether `text` is an id in kebab-case: groups of `[a-z0-9]` with single hyphens between them.
#[must_use]
pub fn is_id(text: &str) -> bool {
    !text.is_empty()
        && text.split('-').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_ids() {
        assert_eq!(slug("What’s known — and what isn't"), "whats-known-and-what-isnt");
        assert_eq!(slug("Kilmar Ábrego García"), "kilmar-abrego-garcia");
        assert_eq!(slug("  "), "");
        assert!(is_id("term-habeas-corpus"));
        assert!(!is_id("a--b") && !is_id("-a") && !is_id("A") && !is_id("../a") && !is_id(""));
    }
}
