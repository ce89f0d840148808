//! The text below the front matter.

use std::ops::Range;

use crate::edit::{Refused, TextEdit, apply, diff};
use crate::syntax::front_matter;

/// Where the text is, without the empty lines around it.
pub(super) fn inside(text: &str) -> Range<usize> {
    let Ok(halves) = front_matter::split(text) else { return text.len()..text.len() };
    let whole = &text[halves.body.clone()];
    let end = halves.body.start + whole.trim_end().len();
    // An indented first line is code, so only whole lines are left out.
    let mut start = halves.body.start;
    for line in whole.split_inclusive('\n') {
        if !line.trim().is_empty() {
            break;
        }
        start += line.len();
    }
    start.min(end)..end
}

/// The text as a form shows it.
pub(super) fn shown(text: &str) -> String {
    text[inside(text)].replace("\r\n", "\n")
}

/// The file with a new text. Lines that stay are the same byte for byte.
pub(super) fn filled(text: &str, new: &str) -> Result<String, Refused> {
    let new = new.replace("\r\n", "\n");
    let new = trimmed(&new);
    let place = inside(text);
    let newline = match text.find('\n') {
        Some(at) if text[..at].ends_with('\r') => "\r\n",
        _ => "\n",
    };
    let edits = if place.is_empty() && !new.is_empty() {
        let head = &text[..place.start];
        let gap = match (head.ends_with('\n'), head.trim_matches('\u{feff}').is_empty()) {
            (true, _) => newline.to_owned(),
            (false, true) => String::new(),
            (false, false) => newline.repeat(2),
        };
        // Empty lines that were waiting for a text give way to it.
        let lines = new.replace('\n', newline);
        vec![TextEdit::replace(place.start..text.len(), format!("{gap}{lines}{newline}"))]
    } else {
        diff::line_edits(text, place, new, newline)
    };
    let done = apply(text, &edits);
    let same_head = |halves: &front_matter::Halves| halves.head.as_ref().map(|head| head.start);
    let heads = (front_matter::split(text).ok(), front_matter::split(&done).ok());
    let is_sound = heads.0.as_ref().map(same_head) == heads.1.as_ref().map(same_head) && shown(&done) == new;
    let odd = Refused::TooOdd { line: 1, why: "the text would be read as something else" };
    if is_sound { Ok(done) } else { Err(odd) }
}

/// A text without the empty lines around it.
fn trimmed(text: &str) -> &str {
    let text = text.trim_end();
    let mut start = 0;
    for line in text.split_inclusive('\n').take_while(|line| line.trim().is_empty()) {
        start += line.len();
    }
    &text[start..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lines_that_differ_change() {
        let text = "\u{feff}---\r\ntitle: A\r\n---\r\n\r\nOne.\r\n\nTwo.\r\n\r\nThree.\r\n\r\n";
        assert_eq!(shown(text), "One.\n\nTwo.\n\nThree.");
        let new = filled(text, "One.\n\nTwo, changed.\n\nThree.").unwrap();
        assert_eq!(new, text.replace("Two.", "Two, changed."));
        assert_eq!(filled(text, "One.\n\nTwo.\n\nThree.\n").unwrap(), text);
        let less = filled(text, "One.").unwrap();
        assert_eq!(less, "\u{feff}---\r\ntitle: A\r\n---\r\n\r\nOne.\r\n\r\n");
        let more = filled(text, "Zero.\n\nOne.\n\nTwo.\n\nThree.\n\nFour.").unwrap();
        assert_eq!(more, text.replace("One.", "Zero.\r\n\r\nOne.").replace("Three.", "Three.\r\n\r\nFour."));
    }

    #[test]
    fn a_first_text_goes_below_the_front_matter() {
        assert_eq!(filled("---\ntitle: A\n---\n", "One.").unwrap(), "---\ntitle: A\n---\n\nOne.\n");
        assert_eq!(filled("---\ntitle: A\n---", "One.").unwrap(), "---\ntitle: A\n---\n\nOne.\n");
        assert_eq!(filled("", "One.").unwrap(), "One.\n");
        assert_eq!(filled("One.\n", "").unwrap(), "\n");
        // That would be front matter.
        assert!(filled("One.\n", "---\ntitle: B\n---\nOne.").is_err());
    }
}
