//! Changes as a diff: the lines removed and added, with a few unchanged lines around them.

use std::ops::Range;

use super::TextEdit;

/// How many unchanged lines to show around a change.
const AROUND: usize = 2;

/// What edits do to a text, as a unified diff of the file at `path`; empty if they change nothing.
#[must_use]
pub fn of_edits(path: &str, text: &str, edits: &[TextEdit]) -> String {
    of_texts(path, path, text, &super::apply(text, edits))
}

/// The difference between two texts, the first at `from` and the second at `to`.
#[must_use]
pub fn of_texts(from: &str, to: &str, before: &str, after: &str) -> String {
    if before == after && from == to {
        return String::new();
    }
    let (old, new): (Vec<&str>, Vec<&str>) = (lines(before), lines(after));
    let mut out = format!("--- {}\n+++ {}\n", name(from), name(to));
    for hunk in hunks(&old, &new) {
        hunk.write(&old, &new, &mut out);
    }
    out
}

fn name(path: &str) -> String {
    if path.is_empty() { "/dev/null".to_owned() } else { path.to_owned() }
}

fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

/// Lines of the old text, and the lines of the new text that replace them.
struct Run {
    old: std::ops::Range<usize>,
    new: std::ops::Range<usize>,
}

/// The edits that turn the lines in `range` of a text into those of `new`, which are separated by `\n`. Lines that stay keep their
/// line ends; new ones get `newline`. The last line of the range has no line end of its own.
#[must_use]
pub fn line_edits(text: &str, range: Range<usize>, new: &str, newline: &str) -> Vec<TextEdit> {
    let mut starts: Vec<usize> = vec![range.start];
    starts.extend(text[range.clone()].match_indices('\n').map(|(at, _)| range.start + at + 1));
    let line = |at: usize| {
        let end = starts.get(at + 1).map_or(range.end, |next| next - 1);
        text[starts[at]..end].trim_end_matches('\r')
    };
    let old: Vec<&str> = (0..starts.len()).map(line).collect();
    let new: Vec<&str> = new.split('\n').collect();
    let edit = |run: Run| {
        let lines = new[run.new.clone()].join(newline);
        match (run.old.end == old.len(), run.old.is_empty(), run.new.is_empty()) {
            (false, _, true) => TextEdit::delete(starts[run.old.start]..starts[run.old.end]),
            (false, true, false) => TextEdit::insert(starts[run.old.start], lines + newline),
            (false, false, false) => {
                let last = run.old.end - 1;
                TextEdit::replace(starts[run.old.start]..starts[last] + old[last].len(), lines)
            }
            (true, true, _) => TextEdit::insert(range.end, format!("{newline}{lines}")),
            (true, false, false) => TextEdit::replace(starts[run.old.start]..range.end, lines),
            (true, false, true) => {
                let start = run.old.start.checked_sub(1).map_or(range.start, |before| starts[before] + old[before].len());
                TextEdit::delete(start..range.end)
            }
        }
    };
    runs(&old, &new).into_iter().map(edit).collect()
}

/// Runs close enough to be shown together.
struct Hunk(Vec<Run>);

impl Hunk {
    fn write(&self, old: &[&str], new: &[&str], out: &mut String) {
        let (Some(first), Some(last)) = (self.0.first(), self.0.last()) else { return };
        let start = first.old.start.saturating_sub(AROUND);
        let end = (last.old.end + AROUND).min(old.len());
        let new_start = first.new.start - (first.old.start - start);
        let new_end = last.new.end + (end - last.old.end);
        let place = |start: usize, end: usize| {
            let count = end - start;
            let first = if count == 0 { start } else { start + 1 };
            format!("{first},{count}")
        };
        out.push_str(&format!("@@ -{} +{} @@\n", place(start, end), place(new_start, new_end)));
        let mut at = start;
        for run in &self.0 {
            old[at..run.old.start].iter().for_each(|line| write_line(' ', line, out));
            old[run.old.clone()].iter().for_each(|line| write_line('-', line, out));
            new[run.new.clone()].iter().for_each(|line| write_line('+', line, out));
            at = run.old.end;
        }
        old[at..end].iter().for_each(|line| write_line(' ', line, out));
    }
}

fn write_line(mark: char, line: &str, out: &mut String) {
    out.push(mark);
    out.push_str(line.trim_end_matches(['\n', '\r']));
    out.push('\n');
    if !line.ends_with('\n') {
        out.push_str("\\ No newline at end of file\n");
    }
}

/// The runs of lines that differ, grouped. The equal lines at both ends are skipped first, and only the rest is compared line by
/// line; edits usually leave little of it.
fn hunks(old: &[&str], new: &[&str]) -> Vec<Hunk> {
    let mut out: Vec<Hunk> = Vec::new();
    for run in runs(old, new) {
        match out.last_mut().and_then(|hunk| hunk.0.last().map(|last| last.old.end)) {
            Some(end) if run.old.start <= end + 2 * AROUND => {
                if let Some(hunk) = out.last_mut() {
                    hunk.0.push(run);
                }
            }
            _ => out.push(Hunk(vec![run])),
        }
    }
    out
}

/// The most pairs of lines to compare; anything larger is shown as one change.
const PAIRS: usize = 4_000_000;

fn runs(old: &[&str], new: &[&str]) -> Vec<Run> {
    let head = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let tail = old[head..].iter().rev().zip(new[head..].iter().rev()).take_while(|(a, b)| a == b).count();
    let (old_end, new_end) = (old.len() - tail, new.len() - tail);
    let (mid_old, mid_new) = (&old[head..old_end], &new[head..new_end]);
    if mid_old.is_empty() && mid_new.is_empty() {
        return Vec::new();
    }
    if mid_old.len().saturating_mul(mid_new.len()) > PAIRS {
        return vec![Run { old: head..old_end, new: head..new_end }];
    }
    let common = common(mid_old, mid_new);
    let mut out: Vec<Run> = Vec::new();
    let (mut o, mut n) = (0, 0);
    for (next_o, next_n) in common.into_iter().chain([(mid_old.len(), mid_new.len())]) {
        if o < next_o || n < next_n {
            out.push(Run { old: head + o..head + next_o, new: head + n..head + next_n });
        }
        (o, n) = (next_o + 1, next_n + 1);
    }
    out
}

/// The pairs of a longest common subsequence.
fn common(old: &[&str], new: &[&str]) -> Vec<(usize, usize)> {
    let width = new.len() + 1;
    let mut table = vec![0u32; (old.len() + 1) * width];
    for o in (0..old.len()).rev() {
        for n in (0..new.len()).rev() {
            table[o * width + n] = if old[o] == new[n] {
                table[(o + 1) * width + n + 1] + 1
            } else {
                table[(o + 1) * width + n].max(table[o * width + n + 1])
            };
        }
    }
    let (mut o, mut n) = (0, 0);
    let mut out = Vec::new();
    while o < old.len() && n < new.len() {
        if old[o] == new[n] {
            out.push((o, n));
            (o, n) = (o + 1, n + 1);
        } else if table[(o + 1) * width + n] >= table[o * width + n + 1] {
            o += 1;
        } else {
            n += 1;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diff_shows_lines_removed_and_added() {
        let text = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n";
        let new = "1\n2\n3\n4 a\n5\n6\n7\n8\n9\n10\nx\n11\n";
        let diff = of_texts("a", "a", text, new);
        assert_eq!(
            diff,
            "--- a\n+++ a\n@@ -2,5 +2,5 @@\n 2\n 3\n-4\n+4 a\n 5\n 6\n@@ -9,4 +9,4 @@\n 9\n 10\n+x\n 11\n-12\n"
        );
        assert_eq!(of_texts("a", "a", text, text), "");
        assert!(of_texts("", "a", "", "b").starts_with("--- /dev/null\n+++ a\n@@ -0,0 +1,1 @@\n+b\n\\ No newline"));
        assert_eq!(of_edits("a", "x\r\ny\r\n", &[TextEdit::delete(0..3)]), "--- a\n+++ a\n@@ -1,2 +1,1 @@\n-x\n y\n");
    }
}
