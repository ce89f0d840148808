//! Where a line may break in a date: around it and between two of them, and never within one.
//!
//! While a phrase is put together, what belongs on one line stands between two characters that no text holds. They are taken
//! out again here, and no other file sees them.

/// Opens and closes what stays on one line.
const OPEN: char = '\u{2}';
const CLOSE: char = '\u{3}';
/// A place in such a piece where it may be parted if it is too long.
const PART: char = '\u{1f}';

/// How many letters fit into the column of dates next to a timeline.
const FITS: usize = 22;

/// Whether a phrase is marked.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Marks {
    None,
    Set,
}

/// A run of words of a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Its words.
    pub text: String,
    /// Whether they stay on one line.
    pub is_unbroken: bool,
}

impl Marks {
    /// Text that stays on one line; if it is too long, each of its [parts](Self::part) does.
    pub(super) fn keep(self, text: String) -> String {
        if self == Self::None {
            return text;
        }
        if width(&text) <= FITS {
            return format!("{OPEN}{}{CLOSE}", text.replace(PART, ""));
        }
        let mut out = String::with_capacity(text.len() + 8);
        for part in text.split(PART) {
            let words = part.trim_end();
            out.extend([&*String::from(OPEN), words, &*String::from(CLOSE), &part[words.len()..]]);
        }
        out
    }

    /// A text before which a longer one may be parted.
    pub(super) fn part(self, text: &str) -> String {
        if self == Self::None { text.to_owned() } else { format!("{PART}{text}") }
    }
}

/// The runs of a phrase with marks.
pub(super) fn runs(marked: &str) -> Vec<Run> {
    let mut out: Vec<Run> = Vec::with_capacity(3);
    let mut add = |text: &str, is_unbroken| {
        if !text.is_empty() {
            out.push(Run { text: text.replace([OPEN, CLOSE, PART], ""), is_unbroken });
        }
    };
    let mut rest = marked;
    while let Some((before, after)) = rest.split_once(OPEN) {
        let (kept, behind) = after.split_once(CLOSE).unwrap_or((after, ""));
        // A bracket or a comma never begins a line.
        rest = behind.trim_start_matches([')', '）', ',', '，', '،', ';', '；', '؛']);
        let closing = &behind[..behind.len() - rest.len()];
        add(before, false);
        add(&[kept, closing].concat(), true);
    }
    add(rest, false);
    out
}

/// How wide a text is, in letters. Those of Chinese and Japanese are twice as wide as others.
fn width(text: &str) -> usize {
    text.chars().map(|c| usize::from(c != PART) + usize::from(c >= '\u{2e80}')).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(marked: &str) -> String {
        let kept = |piece: &Run| if piece.is_unbroken { format!("[{}]", piece.text) } else { piece.text.clone() };
        runs(marked).iter().map(kept).collect()
    }

    #[test]
    fn what_fits_on_a_line_stays_there() {
        let marks = Marks::Set;
        let short = marks.keep(format!("March 12–{}, 2025", marks.part("15")));
        assert_eq!(shown(&format!("about {short}, or so")), "about [March 12–15, 2025,] or so");
        let long = marks.keep(format!("28 September – {} 2025", marks.part("15 December")));
        assert_eq!(shown(&long), "[28 September –] [15 December 2025]");
        let wide = marks.keep(format!("2025年2月28日至{}", marks.part("3月3日")));
        assert_eq!(shown(&wide), "[2025年2月28日至3月3日]");
        assert_eq!(Marks::None.keep(Marks::None.part("x")), "x");
        assert_eq!(shown(""), "");
    }
}
