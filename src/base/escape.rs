//! Writing text into HTML and addresses, and reading it out of addresses.

/// Appends `text` to `out`, safe in element content and in quoted attribute values.
///
/// Control characters other than tab and line feed are left out: HTML forbids them, and two of them are the
/// place-holders of finished addresses (see `output::relativize`), which an author's text must not be able to forge.
pub fn html(out: &mut String, text: &str) {
    let bytes = text.as_bytes();
    let mut from = 0;
    let mut at = 0;
    while let Some(length) = bytes[at..].iter().position(|b| IS_ESCAPED[*b as usize]) {
        let found = at + length;
        let replacement = match bytes[found] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            _ => "",
        };
        out.push_str(&text[from..found]);
        out.push_str(replacement);
        at = found + 1;
        from = at;
    }
    out.push_str(&text[from..]);
}

/// Bytes that [`html`] does not let pass: markup, and control characters other than tab and line feed.
const IS_ESCAPED: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 32 {
        table[byte] = byte != b'\t' as usize && byte != b'\n' as usize;
        byte += 1;
    }
    table[127] = true;
    table[b'&' as usize] = true;
    table[b'<' as usize] = true;
    table[b'>' as usize] = true;
    table[b'"' as usize] = true;
    table[b'\'' as usize] = true;
    table
};

/// `text` without the control characters that [`html`] leaves out, but for carriage returns. What is kept as plain text is
/// cleaned where it is read, because templates escape it and know nothing of place-holders.
#[must_use]
pub fn without_controls(text: &str) -> std::borrow::Cow<'_, str> {
    let control = |b: &u8| matches!(b, 0..=8 | 11 | 12 | 14..=31 | 127);
    if text.as_bytes().iter().any(control) {
        text.chars().filter(|c| !u8::try_from(*c).is_ok_and(|b| control(&b))).collect::<String>().into()
    } else {
        text.into()
    }
}

/// [`html`] as a new string.
#[must_use]
pub fn html_string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    html(&mut out, text);
    out
}

/// A path as it stands in an address: everything but the plain characters of paths as `%XX`.
#[must_use]
pub fn percent_encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => out.push(byte as char),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// `%20` and the like as the characters that they stand for.
#[must_use]
pub fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code = (bytes[at] == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    #[test]
    fn escapes_and_drops() {
        assert_eq!(super::html_string("a<b & \"c\" 'd'\u{1}\r\n\té"), "a&lt;b &amp; &quot;c&quot; &#39;d&#39;\n\té");
    }
}
