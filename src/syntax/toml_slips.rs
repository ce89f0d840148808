//! What is wrong with a line that isn't TOML, in plain words, and what to type instead.
//!
//! This runs on errors only.

use crate::base::TextRange;

/// A slip: where it is, what is wrong and what to type instead.
pub(super) struct Slip {
    pub(super) range: TextRange,
    pub(super) message: String,
    pub(super) help: String,
}

/// The slip that made a parser stop at `range` with these words, if it is a common one.
pub(super) fn find(text: &str, range: TextRange, words: &str) -> Option<Slip> {
    let at = range.bytes().start.min(text.len());
    let start = text.get(..at)?.rfind('\n').map_or(0, |end| end + 1);
    // The parser may report the end of a line at the beginning of the next.
    let start = if at == start && at > 0 && words.contains("expected") && text[start..].trim().is_empty() {
        text[..start - 1].rfind('\n').map_or(0, |end| end + 1)
    } else {
        start
    };
    let line = text[start..].lines().next()?.trim_end();
    if words.contains("duplicate key") {
        return Some(twice(text, range, line));
    }
    if line.trim_start().starts_with('[') && !line.contains(']') {
        return Some(Slip {
            range: TextRange::new(start, start + line.len()),
            message: "this bracket is never closed".to_owned(),
            help: format!("write `{}]`", line.trim()),
        });
    }
    let name = |at: usize| line[..at].trim();
    let Some(equals) = line.find('=') else {
        let colon = line.find(':').filter(|colon| *colon > 0)?;
        return Some(Slip {
            range: TextRange::new(start + colon, start + colon + 1),
            message: format!("the key `{}` is followed by a colon, but book.toml uses `=`", name(colon)),
            help: format!("write `{} = {}`", name(colon), value(line[colon + 1..].trim())),
        });
    };
    let written = line[equals + 1..].trim();
    let place = start + line.len() - line[equals + 1..].trim_start().len();
    let slip = |message: &str| {
        Some(Slip {
            range: TextRange::new(place, place + written.len()),
            message: message.to_owned(),
            help: format!("write `{} = {}`", name(equals), value(written)),
        })
    };
    let first = written.chars().next()?;
    if written.contains(is_curly) && (is_curly(first) || first == '[') {
        return slip("these are curly quotation marks, but book.toml needs straight ones");
    }
    match first {
        '"' | '\'' if !written[1..].contains(first) => slip("this quotation mark is never closed"),
        c if c.is_alphabetic() => match truth(written) {
            Some(_) => slip("this must be `true` or `false`, in lowercase"),
            None => slip("text needs quotation marks"),
        },
        _ => None,
    }
}

/// What appears twice: a key, or a whole table.
fn twice(text: &str, range: TextRange, line: &str) -> Slip {
    let name = range.of(text);
    let (message, help) = if line.trim_start().starts_with('[') {
        (format!("the table `{}` appears twice", line.trim()), "put the keys of both into one")
    } else {
        (format!("the key `{name}` appears twice in one table"), "keep one of the two")
    };
    Slip { range, message, help: help.to_owned() }
}

/// A value as TOML wants it.
fn value(written: &str) -> String {
    let straight = written.replace(is_curly, "\"");
    if let Some(truth) = truth(written) {
        return truth.to_owned();
    }
    match straight.chars().next() {
        Some(mark @ ('"' | '\'')) if !straight[1..].ends_with(mark) => format!("{straight}{mark}"),
        Some('"' | '\'' | '[' | '{') => straight,
        Some(_) if straight.parse::<f64>().is_ok() => straight,
        _ => format!("\"{straight}\""),
    }
}

fn truth(written: &str) -> Option<&'static str> {
    match written.to_lowercase().as_str() {
        "true" | "yes" | "on" => Some("true"),
        "false" | "no" | "off" => Some("false"),
        _ => None,
    }
}

fn is_curly(c: char) -> bool {
    matches!(c, '“' | '”' | '„' | '‟' | '‘' | '’' | '‚' | '«' | '»')
}
