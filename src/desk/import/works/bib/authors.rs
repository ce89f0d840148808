//! Names in BibTeX.

use super::super::{Person, latex};

/// The people in a field, separated by `and`.
pub(super) fn people(tex: &str) -> Vec<Person> {
    let is_and = |word: &&str| word.eq_ignore_ascii_case("and");
    let all = parted(tex, char::is_whitespace);
    let names = all.split(is_and).map(|words| words.join(" "));
    names.filter(|name| !name.is_empty() && !name.eq_ignore_ascii_case("others")).map(|name| person(&name)).collect()
}

fn person(name: &str) -> Person {
    let words = |text: &str| latex::words(text).text;
    let parts = parted(name, |c| c == ',');
    // Braces around the whole make it one name.
    let is_whole = name.starts_with('{') && parts.len() == 1 && parted(name, char::is_whitespace).len() == 1;
    match parts[..] {
        [_] if !is_whole => in_order(name),
        [family, given] => with_prefix(family, given, ""),
        [family, suffix, given] => with_prefix(family, given, suffix),
        _ => Person::whole(&words(name)),
    }
}

/// `Jane van der Berg`: words in lower case come before the family name.
fn in_order(name: &str) -> Person {
    let words: Vec<String> = parted(name, char::is_whitespace).into_iter().map(|part| latex::words(part).text).collect();
    let words: Vec<String> = words.into_iter().filter(|word| !word.is_empty()).collect();
    let is_small = |word: &String| word.starts_with(char::is_lowercase);
    let Some((last, before)) = words.split_last() else { return Person::default() };
    let Some(first) = before.iter().position(is_small) else {
        return Person { family: last.clone(), given: before.join(" "), ..Person::default() };
    };
    let end = before.iter().rposition(is_small).map_or(first, |at| at + 1);
    let family = before[end..].iter().chain([last]).cloned().collect::<Vec<_>>().join(" ");
    Person { family, given: before[..first].join(" "), prefix: before[first..end].join(" "), suffix: String::new() }
}

fn with_prefix(family: &str, given: &str, suffix: &str) -> Person {
    let Person { family, given: before, prefix, .. } = in_order(family);
    // `Lopez Garcia, Jane`: only the part after the comma is a given name.
    let family = if before.is_empty() { family } else { format!("{before} {family}") };
    let words = |text: &str| latex::words(text).text;
    Person { family, given: words(given), prefix, suffix: words(suffix) }
}

/// Splits a text outside braces, without empty parts.
fn parted(text: &str, is_between: impl Fn(char) -> bool) -> Vec<&str> {
    let (mut out, mut start, mut depth) = (Vec::new(), 0, 0i32);
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            c if depth <= 0 && is_between(c) => {
                out.push(&text[start..at]);
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    out.push(&text[start..]);
    out.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
}
