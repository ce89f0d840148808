//! Breaks a text into lines of similar length.

/// The share of a full line that a last line must fill so that it doesn't look stranded.
const LEAST: f32 = 0.35;

/// The lines of `text`, at most `most`, none wider than `width` as `ruler` measures; `None` if it takes more. If the
/// last one would look stranded, all lines are made as even as possible.
pub fn lines(text: &str, width: f32, most: usize, ruler: &dyn Fn(&str) -> f32) -> Option<Vec<String>> {
    let best = wrap(text, width, ruler);
    if best.len() > most {
        return None;
    }
    if best.last().is_none_or(|last| ruler(last) >= width * LEAST) {
        return Some(best);
    }
    let (mut narrow, mut wide) = (width / 2.0, width);
    // A few halvings get within a few pixels.
    for _ in 0..6 {
        let middle = f32::midpoint(narrow, wide);
        if wrap(text, middle, ruler).len() > best.len() { narrow = middle } else { wide = middle }
    }
    Some(wrap(text, wide, ruler))
}

/// The first `most` lines of `text`, the last with an ellipsis if there is more.
pub fn clipped(text: &str, width: f32, most: usize, ruler: &dyn Fn(&str) -> f32) -> Vec<String> {
    let mut lines = wrap(text, width, ruler);
    if lines.len() <= most {
        return lines;
    }
    lines.truncate(most);
    if let Some(last) = lines.last_mut() {
        while ruler(last) + ruler("…") > width && last.pop().is_some() {}
        last.truncate(last.trim_end_matches([' ', ',', ';', ':', '.', '–']).len());
        last.push('…');
    }
    lines
}

fn wrap(text: &str, width: f32, ruler: &dyn Fn(&str) -> f32) -> Vec<String> {
    let space = ruler(" ");
    let mut lines: Vec<String> = Vec::new();
    let mut used = 0.0;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let own = ruler(word);
        match lines.last_mut() {
            Some(line) if used + space + own <= width => {
                line.push(' ');
                line.push_str(word);
                used += space + own;
            }
            _ if own <= width => {
                lines.push(word.to_owned());
                used = own;
            }
            // A word wider than a line, or a text in a script without spaces, is broken where necessary.
            _ => {
                let mut line = String::new();
                used = 0.0;
                for c in word.chars() {
                    let advance = ruler(c.encode_utf8(&mut [0; 4]));
                    if used + advance > width && !line.is_empty() {
                        lines.push(std::mem::take(&mut line));
                        used = 0.0;
                    }
                    line.push(c);
                    used += advance;
                }
                lines.push(line);
            }
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ruler(text: &str) -> f32 {
        text.chars().count() as f32
    }

    #[test]
    fn lines_are_even() {
        let text = "one two three four five";
        assert_eq!(lines(text, 20.0, 2, &ruler).unwrap(), ["one two three", "four five"]);
        assert_eq!(lines("one two three four fifteen", 20.0, 2, &ruler).unwrap(), ["one two three four", "fifteen"]);
        assert_eq!(lines(text, 20.0, 1, &ruler), None);
        assert_eq!(lines("short", 20.0, 1, &ruler).unwrap(), ["short"]);
    }

    #[test]
    fn long_text_is_broken_or_cut() {
        assert_eq!(lines("abcdefghij kl", 4.0, 4, &ruler).unwrap(), ["abcd", "efgh", "ij", "kl"]);
        assert_eq!(clipped("one two, three four", 8.0, 2, &ruler), ["one two,", "three…"]);
        assert_eq!(clipped("one", 8.0, 2, &ruler), ["one"]);
    }
}
