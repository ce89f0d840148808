//! Escapes text for HTML and addresses, and decodes addresses.

/// Whether HTML or XML forbids a character: control characters except tabs and line breaks, and code points that are not
/// characters at all.
#[must_use]
pub fn is_forbidden(c: char) -> bool {
    let is_control = matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}');
    is_control || matches!(c, '\u{fdd0}'..='\u{fdef}') || c as u32 & 0xfffe == 0xfffe
}

/// Bytes that a forbidden character may begin with. Beyond ASCII, most characters that begin with them are harmless.
const MAY_FORBID: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = matches!(byte, 0..=8 | 11 | 12 | 14..=31 | 127 | 0xc2 | 0xef | 0xf0..=0xf4);
        byte += 1;
    }
    table
};

/// The length of the forbidden character at the start of `bytes`; `None` if there is none.
#[must_use]
pub fn forbidden_length(bytes: &[u8]) -> Option<usize> {
    let first = *bytes.first().filter(|first| MAY_FORBID[usize::from(**first)])?;
    let length = match first {
        0..0x80 => 1,
        0x80..0xe0 => 2,
        0xe0..0xf0 => 3,
        0xf0.. => 4,
    };
    let c = std::str::from_utf8(bytes.get(..length)?).ok()?.chars().next()?;
    is_forbidden(c).then_some(length)
}

/// How many bytes of a text are looked at together.
const AT_ONCE: usize = 64;

/// Every character of `text` that HTML or XML forbids, with its position.
pub fn forbidden(text: &str) -> impl Iterator<Item = (usize, char)> {
    // Whole runs of printable ASCII are passed over at once, because every byte of every file comes by here.
    let is_plain = |byte: u8| matches!(byte, b' '..=b'~' | b'\n');
    let runs = text.as_bytes().chunks(AT_ONCE).enumerate();
    let runs = runs.filter(move |(_, run)| !run.iter().fold(true, |plain, byte| plain & is_plain(*byte)));
    let bytes = runs.flat_map(|(at, run)| run.iter().enumerate().map(move |(step, byte)| (at * AT_ONCE + step, *byte)));
    let suspects = bytes.filter(|(_, byte)| MAY_FORBID[usize::from(*byte)]);
    suspects.filter_map(|(at, _)| Some((at, text.get(at..)?.chars().next().filter(|c| is_forbidden(*c))?)))
}

/// Appends `text` to `out`, safe as element content and in quoted attribute values.
///
/// Leaves out characters that HTML forbids, and carriage returns. Two of them are placeholders in finished addresses
/// (see `output::relativize`), and an author's text must not be able to forge those.
pub fn html(out: &mut String, text: &str) {
    let bytes = text.as_bytes();
    let mut from = 0;
    let mut at = 0;
    while let Some(length) = bytes[at..].iter().position(|b| IS_ESCAPED[*b as usize]) {
        let found = at + length;
        let (replacement, length) = match bytes[found] {
            b'&' => ("&amp;", 1),
            b'<' => ("&lt;", 1),
            b'>' => ("&gt;", 1),
            b'"' => ("&quot;", 1),
            b'\'' => ("&#39;", 1),
            0x80.. => {
                // Few of the characters that begin with such a byte are forbidden.
                let c = text[found..].chars().next().unwrap_or_default();
                at = found + c.len_utf8();
                if !is_forbidden(c) {
                    continue;
                }
                ("", c.len_utf8())
            }
            _ => ("", 1),
        };
        out.push_str(&text[from..found]);
        out.push_str(replacement);
        at = found + length;
        from = at;
    }
    out.push_str(&text[from..]);
}

/// Same as [`html`], for element content: names such as “MS-13” and “F-16” stay on one line. Browsers break lines at hyphens.
pub fn content(out: &mut String, text: &str) {
    let bytes = text.as_bytes();
    let mut from = 0;
    for hyphen in memchr::memchr_iter(b'-', bytes) {
        let begin = bytes[from..hyphen].iter().rposition(|b| !b.is_ascii_uppercase()).map_or(from, |at| from + at + 1);
        let digits = bytes[hyphen + 1..].iter().take_while(|b| b.is_ascii_digit()).count();
        if begin == hyphen || digits == 0 {
            continue;
        }
        let end = hyphen + 1 + digits;
        html(out, &text[from..begin]);
        for piece in ["<span class=\"unbroken\">", &text[begin..end], "</span>"] {
            out.push_str(piece);
        }
        from = end;
    }
    html(out, &text[from..]);
}

/// Bytes that [`html`] stops at: markup, and first bytes of characters that it may drop.
const IS_ESCAPED: [bool; 256] = {
    let mut table = MAY_FORBID;
    table[b'\r' as usize] = true;
    table[b'&' as usize] = true;
    table[b'<' as usize] = true;
    table[b'>' as usize] = true;
    table[b'"' as usize] = true;
    table[b'\'' as usize] = true;
    table
};

/// `text` without the characters that [`html`] leaves out, except carriage returns. Plain text is cleaned as it is read,
/// because templates escape it and don't know about placeholders.
#[must_use]
pub fn without_forbidden(text: &str) -> std::borrow::Cow<'_, str> {
    if forbidden(text).next().is_some() {
        text.chars().filter(|c| !is_forbidden(*c)).collect::<String>().into()
    } else {
        text.into()
    }
}

/// Same as [`html`], but returns a new string.
#[must_use]
pub fn html_string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    html(&mut out, text);
    out
}

/// A path as it appears in an address: everything except the plain characters of paths becomes `%XX`.
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

/// Decodes `%20` and the like.
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

    #[test]
    fn names_with_numbers_stay_on_one_line() {
        let content = |text: &str| {
            let mut out = String::new();
            super::content(&mut out, text);
            out
        };
        let kept = |name: &str| format!("<span class=\"unbroken\">{name}</span>");
        assert_eq!(content("the MS-13 & F-16s-7"), format!("the {} &amp; {}s-7", kept("MS-13"), kept("F-16")));
        assert_eq!(content("MS-13-14, éA-1-B-2-"), format!("{}-14, é{}-{}-", kept("MS-13"), kept("A-1"), kept("B-2")));
        for plain in ["-1", "a-1", "A-", "A-b", "2025-04", "MS–13", ""] {
            assert_eq!(content(plain), plain);
        }
    }

    #[test]
    fn forbidden_characters_are_found_and_dropped() {
        let odd = [
            '\0',
            '\u{b}',
            '\u{c}',
            '\u{7f}',
            '\u{85}',
            '\u{9f}',
            '\u{fdd0}',
            '\u{fffe}',
            '\u{ffff}',
            '\u{1fffe}',
            '\u{10ffff}',
        ];
        for c in odd {
            let text = format!("é{c}«{c}");
            assert_eq!(super::html_string(&text), "é«", "{c:?}");
            assert_eq!(super::without_forbidden(&text), "é«", "{c:?}");
            let places: Vec<_> = super::forbidden(&text).collect();
            assert_eq!(places, [(2, c), (4 + c.len_utf8(), c)]);
        }
        let fine = "\t\n\u{a0}«»\u{ad}\u{200d}\u{feff}\u{fffd}\u{e000}\u{fdf0}🗳\u{10fffd}";
        assert_eq!(super::html_string(fine), fine);
        assert_eq!(super::forbidden(fine).count(), 0);
        for c in '\0'..=char::MAX {
            let found = super::forbidden(c.encode_utf8(&mut [0; 4])).count();
            assert_eq!(found == 1, super::is_forbidden(c), "{c:?}");
        }
    }
}
