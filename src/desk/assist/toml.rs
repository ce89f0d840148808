//! Where a byte is in `book.toml`, even while someone is typing it.

use super::yaml::{Part, Spot, Step, Token};

/// What is at the byte `at`; `None` in a comment or a table's header.
#[must_use]
pub fn spot(text: &str, at: usize) -> Option<Spot<'_>> {
    let line_start = text[..at].rfind('\n').map_or(0, |line| line + 1);
    let line_end = text[at..].find(['\r', '\n']).map_or(text.len(), |line| at + line);
    let line = &text[line_start..line_end];
    let words = line.trim_start();
    if words.starts_with(['#', '[']) {
        return None;
    }
    let mut path = table(&text[..line_start]);
    let start = line_end - words.len();
    let equals = words.find('=').map(|equals| start + equals);
    let token = |range: std::ops::Range<usize>, path, part| Token { range, path, part, in_flow: false, is_first: false };
    let token = match equals.filter(|equals| *equals < at) {
        None => {
            let end = start + words.find(['=', ' ', '\t']).unwrap_or(words.len());
            let range = if words.is_empty() || at < start { at..at } else { start..end };
            if at > range.end {
                return None;
            }
            token(range, path, Part::Key)
        }
        Some(equals) => {
            let key = text[start..equals].trim();
            path.extend(key.split('.').map(|key| Step::Key(key.trim().trim_matches(['"', '\'']))));
            let value = text[equals + 1..line_end].split(" #").next().unwrap_or_default();
            let inner = value.trim_start();
            let from = equals + 1 + (value.len() - inner.len());
            let range = from..from + inner.trim_end().len();
            // Brackets hold lists, whose items are on one path.
            token(if range.contains(&at) || range.end == at { range } else { at..at }, path, Part::Value)
        }
    };
    let siblings = siblings(text, line_start);
    Some(Spot { token, siblings, kind: None, is_toml: true })
}

/// The steps to the table that is open at the end of a text.
fn table(text: &str) -> Vec<Step<'_>> {
    let header = text.lines().rev().find(|line| line.starts_with('['));
    let Some(header) = header.map(|line| line.split('#').next().unwrap_or_default().trim()) else { return Vec::new() };
    let is_item = header.starts_with("[[");
    let keys = header.trim_matches(['[', ']']).split('.');
    let mut path: Vec<Step<'_>> = keys.map(|key| Step::Key(key.trim().trim_matches(['"', '\'']))).collect();
    if is_item {
        path.push(Step::Item(0));
    }
    path
}

/// The keys of the table around a line, without that line's own.
fn siblings(text: &str, line_start: usize) -> Vec<&str> {
    let key = |line: &str| {
        let (key, _) = line.split_once('=')?;
        Some(key.trim().len()).filter(|_| !line.starts_with(['#', '[']))
    };
    let before = text[..line_start].lines().rev().take_while(|line| !line.starts_with('['));
    let after = text[line_start..].lines().skip(1).take_while(|line| !line.starts_with('['));
    before.chain(after).filter_map(|line| key(line).map(|_| line.split('=').next().unwrap_or_default().trim())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(marked: &str) -> Option<String> {
        let at = marked.find('¦').unwrap();
        let text = marked.replacen('¦', "", 1);
        let spot = spot(&text, at)?;
        Some(format!("{:?} {:?} `{}` {:?}", spot.token.part, spot.token.path, &text[spot.token.range], spot.siblings))
    }

    #[test]
    fn keys_and_values_are_told_apart() {
        let is = |marked: &str, wanted: &str| assert_eq!(at(marked).unwrap_or_default(), wanted, "{marked}");
        is("[book]\ntitle = \"x\"\nla¦\n", "Key [Key(\"book\")] `la` [\"title\"]");
        is("[site]\nas-of = ¦\n", "Value [Key(\"site\"), Key(\"as-of\")] `` []");
        is("[desk]\nrecords = \"fi¦\"\n", "Value [Key(\"desk\"), Key(\"records\")] `\"fi\"` []");
        is("[[checks.allow]]\n¦\nid = \"x\"\n", "Key [Key(\"checks\"), Key(\"allow\"), Item(0)] `` [\"id\"]");
        assert_eq!(at("[bo¦ok]\n"), None);
    }
}
