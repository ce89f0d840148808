//! Asks for records by name. Nobody remembers ids, so any words from a title will do, and a number picks one of several matches.
//! It works line by line, so that it suits screen readers and any connection.

use super::desk::ask;
use super::terminal::say;
use crate::build::Failure;
use crate::desk::listed::{Listed, found};
use crate::source::ContentKind;

/// How many records are listed at once.
const AT_ONCE: usize = 15;

/// Asks for one record.
pub(super) fn one(all: &[Listed], kinds: &[ContentKind], question: &str) -> Result<String, Failure> {
    loop {
        let words = ask(&format!("{question} An id or words of its title, or ? for all:"))?;
        if let Some(name) = chosen(all, kinds, &words)? {
            return Ok(name);
        }
    }
}

/// Asks for any number of records.
pub(super) fn several(all: &[Listed], kinds: &[ContentKind], question: &str) -> Result<Vec<String>, Failure> {
    let mut out: Vec<String> = Vec::new();
    if !all.iter().any(|one| kinds.contains(&one.kind)) {
        return Ok(out);
    }
    loop {
        let words = if out.is_empty() {
            ask(&format!("{question} (? for all, Enter to skip):"))?
        } else {
            ask("Another? (Enter if that is all):")?
        };
        if words.is_empty() {
            return Ok(out);
        }
        // Several may be typed at once, separated by commas.
        for words in words.split(',').map(str::trim).filter(|words| !words.is_empty()) {
            if let Some(name) = chosen(all, kinds, words)?.filter(|name| !out.contains(name)) {
                out.push(name);
            }
        }
    }
}

/// Finds the record that some words mean. If several match, it lists them and asks for a number.
fn chosen(all: &[Listed], kinds: &[ContentKind], words: &str) -> Result<Option<String>, Failure> {
    if words.is_empty() {
        return Ok(None);
    }
    if let Some(one) = all.iter().find(|one| kinds.contains(&one.kind) && one.name == words) {
        return Ok(Some(one.name.clone()));
    }
    let found = found(all, kinds, words.trim_matches('?'));
    match found[..] {
        [] => {
            say!("nothing is named “{words}”");
            Ok(None)
        }
        [one] if words != "?" => {
            say!("  {}", shown(one));
            Ok(Some(one.name.clone()))
        }
        _ => {
            for (at, one) in found.iter().take(AT_ONCE).enumerate() {
                say!("{:>3}  {}", at + 1, shown(one));
            }
            if found.len() > AT_ONCE {
                say!("     and {} more: type more words", found.len() - AT_ONCE);
            }
            let number = ask("Which number? (Enter for none):")?;
            Ok(number.parse::<usize>().ok().and_then(|number| found.get(number.checked_sub(1)?)).map(|one| one.name.clone()))
        }
    }
}

fn shown(one: &Listed) -> String {
    let title = if one.title.is_empty() { String::new() } else { format!("  {}", one.title) };
    let date = if one.date.is_empty() { String::new() } else { format!("  ({})", one.date) };
    format!("{}{title}{date}", one.name)
}
