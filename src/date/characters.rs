//! Dates whose only fault is a character that looks like another, such as `2026‑03‑03` with nonbreaking hyphens.

/// The text as it was meant, and what is wrong with it; `None` if all of its characters are plain.
pub(super) fn plain(text: &str) -> Option<(String, &'static str)> {
    let mut out = String::with_capacity(text.len());
    let mut fault = None;
    for character in text.chars() {
        match character {
            // An en dash between two dates is handled elsewhere.
            '\u{2010}' | '\u{2011}' | '\u{2012}' | '\u{2212}' | '\u{fe63}' | '\u{ff0d}' => {
                out.push('-');
                fault.get_or_insert("the hyphens here are not the plain `-`");
            }
            '“' | '”' | '„' | '‟' | '‘' | '’' | '‚' | '«' | '»' | '"' | '\'' | '`' => {
                fault = Some("the quotation marks are read as part of the date");
            }
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{ad}' => {
                fault.get_or_insert("there is a character in this date that can’t be seen");
            }
            '\u{ff10}'..='\u{ff19}' => {
                // The difference of two digits is below ten.
                out.push(char::from(b'0' + (u32::from(character) - 0xff10) as u8));
                fault.get_or_insert("the digits here are not the plain `0` to `9`");
            }
            '\u{a0}' | '\u{202f}' | '\u{2009}' => out.push(' '),
            other => out.push(other),
        }
    }
    // An apostrophe inside a word, as in a Hebrew or French date, is not for this file.
    fault.map(|fault| (out.trim().to_owned(), fault)).filter(|(plain, _)| plain != text)
}
