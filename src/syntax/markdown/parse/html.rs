//! HTML is shown as typed. To CommonMark a line that begins with a tag is HTML, and so are those below it: pointers in
//! them would be shown as typed too, and nobody would check them. So we turn such lines into ordinary ones.

use std::collections::BTreeSet;

use pulldown_cmark::{self as cmark, Event};

use super::lines::GUARD;
use crate::syntax::edited::Edited;

/// How many passes a text gets. What follows a block of HTML may be parsed differently once that block is gone.
const READINGS: usize = 16;

/// A text with a guard before each line of HTML; `None` if it has none.
pub(super) fn as_words(source: &str) -> Option<Edited> {
    if !source.contains('<') || !source.lines().any(may_begin) {
        return None;
    }
    let mut starts = BTreeSet::new();
    let mut text = with_guards(source, &starts);
    for _ in 0..READINGS {
        let before = starts.len();
        for (event, span) in cmark::Parser::new_ext(&text.text, super::constructs()).into_offset_iter() {
            if let Event::Html(html) = event {
                let blanks = html.len() - html.trim_start().len();
                if html[blanks..].starts_with('<') {
                    let start = span.start + blanks;
                    starts.insert(text.back(&(start..start + 1)).start);
                }
            }
        }
        if starts.len() == before {
            break;
        }
        text = with_guards(source, &starts);
    }
    (!starts.is_empty()).then_some(text)
}

/// Whether a line may begin with a tag, after the marks of lists and quotations.
fn may_begin(line: &str) -> bool {
    line.trim_start_matches(|c: char| c.is_ascii_digit() || " \t>-+*.):[]".contains(c)).starts_with('<')
}

fn with_guards(source: &str, starts: &BTreeSet<usize>) -> Edited {
    let mut out = Edited::default();
    let mut from = 0;
    for start in starts {
        out.keep(source, from..*start);
        out.write(GUARD.encode_utf8(&mut [0; 4]), *start..*start);
        from = *start;
    }
    out.keep(source, from..source.len());
    out
}
