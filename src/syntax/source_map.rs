//! Where the bytes of a YAML scalar's value stand in the file.

use std::ops::Range;

use crate::base::TextRange;

/// Which bytes of a scalar's value stand where in the file, as far as escapes and folding let it be followed.
pub(super) enum Alignment {
    /// The value stands as it is, so many bytes behind the beginning of the range.
    Verbatim(usize),
    /// Runs of equal bytes: offset in the value, offset in the raw text.
    Runs(Vec<(usize, usize)>),
}

impl Alignment {
    pub(super) fn of(value: &str, raw: &str) -> Self {
        let quote = match raw.bytes().next() {
            Some(first @ (b'"' | b'\'')) if value.as_bytes().first() != Some(&first) => 1,
            _ => 0,
        };
        if raw.get(quote..).is_some_and(|rest| rest.starts_with(value)) {
            return Self::Verbatim(quote);
        }
        // Only texts that point somewhere are ever asked for the place of a part.
        if !value.contains('[') && !value.contains('<') {
            return Self::Runs(Vec::new());
        }
        let (value, raw) = (value.as_bytes(), raw.as_bytes());
        let mut runs = vec![(0, quote)];
        let (mut v, mut r) = (0, quote);
        while v < value.len() && r < raw.len() {
            let blank = |byte: u8| matches!(byte, b' ' | b'\n' | b'\r' | b'\t');
            if value[v] == raw[r] && !(blank(raw[r]) && raw.get(r + 1).is_some_and(|next| blank(*next))) {
                v += 1;
                r += 1;
                // A single quote inside single quotes is written twice.
                if value[v - 1] == b'\'' && quote == 1 && raw[0] == b'\'' && raw.get(r) == Some(&b'\'') {
                    r += 1;
                    runs.push((v, r));
                }
            } else if blank(value[v]) && blank(raw[r]) {
                while v < value.len() && blank(value[v]) {
                    v += 1;
                }
                while r < raw.len() && blank(raw[r]) {
                    r += 1;
                }
                runs.push((v, r));
            } else {
                break;
            }
        }
        runs.push((v, usize::MAX));
        Self::Runs(runs)
    }

    pub(super) fn place(&self, part: Range<usize>, whole: TextRange) -> TextRange {
        let runs = match self {
            Self::Verbatim(skip) => {
                return TextRange::new(part.start + skip, part.end + skip).shifted(whole.start);
            }
            Self::Runs(runs) => runs,
        };
        let find = |at: usize| {
            let (from, to) = runs[..runs.partition_point(|(from, _)| *from <= at)].last()?;
            (*to != usize::MAX).then(|| to + at - from)
        };
        match (find(part.start), find(part.end.saturating_sub(1))) {
            (Some(start), Some(last)) if last >= start => TextRange::new(start, last + 1).shifted(whole.start),
            _ => whole,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(value: &str, raw: &str, needle: &str) -> String {
        let start = value.find(needle).unwrap();
        let range = Alignment::of(value, raw).place(start..start + needle.len(), TextRange::new(0, raw.len()));
        range.of(raw).to_owned()
    }

    #[test]
    fn follows_values_into_the_file() {
        assert_eq!(found("see [[a]] now", "see [[a]] now", "[[a]]"), "[[a]]");
        assert_eq!(found("see [[a]]", "\"see [[a]]\"", "[[a]]"), "[[a]]");
        assert_eq!(found("it's [[a]]", "'it''s [[a]]'", "[[a]]"), "[[a]]");
        assert_eq!(found("one two [[a]] three", "one\n    two [[a]]\n    three\n", "[[a]]"), "[[a]]");
        assert_eq!(found("one [[a|b c]]", "one [[a|b\n    c]]\n", "[[a|b c]]"), "[[a|b\n    c]]");
        // Behind an escape nothing is certain, and the whole scalar is shown.
        assert_eq!(found("x\ty [[a]]", "\"x\\ty [[a]]\"", "[[a]]"), "\"x\\ty [[a]]\"");
    }
}
