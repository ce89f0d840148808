//! Where a byte is in YAML: below which keys, and whether a key or a value is written there. This also works while somebody is
//! typing, when the YAML can't be parsed.
//!
//! It reads only the outermost entry around the byte, a record of a list or a field of a front matter, so the size of the file
//! doesn't matter.

mod flow;
mod scan;

use std::ops::Range;

/// A step from a value to a value inside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<'t> {
    /// An item of a list, by its number. The items of a list of records all count as the first.
    Item(usize),
    /// The value of a key.
    Key(&'t str),
}

/// What a piece of YAML is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// A key of the map that the path leads to.
    Key,
    /// The value that the path leads to.
    Value,
    /// A word on a line of its own below a key or a hyphen: it may become the value, or the first key of a map.
    Open,
}

/// A key or a value.
#[derive(Clone, Debug)]
pub struct Token<'t> {
    /// Where it is, without quotation marks.
    pub range: Range<usize>,
    /// What leads there.
    pub path: Vec<Step<'t>>,
    /// What it is.
    pub part: Part,
    /// Whether it is in brackets or braces.
    pub in_flow: bool,
    /// Whether it is the first thing on its line, or would be.
    pub is_first: bool,
}

/// What is written at a byte, and what else is in the same map.
#[derive(Debug)]
pub struct Spot<'t> {
    /// What is written there; empty if nothing is.
    pub token: Token<'t>,
    /// The other keys of the map, if a key may be written there.
    pub siblings: Vec<&'t str>,
    /// What `kind` is in the innermost map.
    pub kind: Option<&'t str>,
    /// Whether it is TOML, where values have quotation marks.
    pub is_toml: bool,
}

/// What is at the byte `at`; `None` in a comment, or outside `area`, which is the range of the YAML without a byte-order mark.
#[must_use]
pub fn spot<'t>(text: &'t str, area: &Range<usize>, at: usize) -> Option<Spot<'t>> {
    if at < area.start || at > area.end || !text.is_char_boundary(at) {
        return None;
    }
    let scan::Scanned { tokens, at } = scan::scan(text, entry(text, area, at), Some(at));
    let mut token = at?;
    // A key is in the map that its path leads to; a value is one step further in.
    let keys = token.path.iter().rposition(|step| matches!(step, Step::Key(_)));
    let map = match token.part {
        Part::Key | Part::Open => &token.path[..],
        Part::Value => &token.path[..keys.unwrap_or(token.path.len())],
    };
    let own = token.range.start;
    if map.is_empty() && !is_list(text, area) {
        let fields = || root_fields(text, area).filter(|(key, _)| key.as_ptr() != text[own..].as_ptr());
        let kind = fields().find(|(key, _)| *key == "kind").map(|(_, value)| value);
        let is_value = token.part == Part::Value;
        let siblings: Vec<&str> = fields().map(|(key, _)| key).filter(|_| !is_value).collect();
        if token.part == Part::Open && !siblings.is_empty() {
            token.part = Part::Key;
        }
        return Some(Spot { token, siblings, kind, is_toml: false });
    }
    let is_key =
        |key: &&Token<'_>| token.part != Part::Value && key.part == Part::Key && key.path == map && key.range.start != own;
    let siblings = tokens.iter().filter(is_key).map(|key| &text[key.range.clone()]).collect();
    let is_kind = |value: &&Token<'_>| {
        value.part == Part::Value
            && value.path.len() == map.len() + 1
            && value.path.starts_with(map)
            && value.path.last() == Some(&Step::Key("kind"))
    };
    let kind = tokens.iter().find(is_kind).map(|value| &text[value.range.clone()]);
    Some(Spot { token, siblings, kind, is_toml: false })
}

/// The keys that begin lines without indentation, each with what follows on its line.
fn root_fields<'t>(text: &'t str, area: &Range<usize>) -> impl Iterator<Item = (&'t str, &'t str)> {
    let lines = text[area.clone()].lines().filter(|line| !line.starts_with([' ', '\t', '-', '#']));
    lines.filter_map(|line| {
        let (key, value) = line.split_once(':')?;
        let value = value.split(" #").next().unwrap_or_default();
        Some((key.trim_end(), value.trim().trim_matches(['"', '\''])))
    })
}

fn is_list(text: &str, area: &Range<usize>) -> bool {
    text[area.clone()].lines().find(|line| has_content(line)).is_some_and(|line| line.starts_with('-'))
}

/// The keys and values of all outermost entries that touch a range.
#[must_use]
pub fn tokens<'t>(text: &'t str, area: &Range<usize>, wanted: &Range<usize>) -> Vec<Token<'t>> {
    let mut out = Vec::new();
    let mut at = wanted.start.clamp(area.start, area.end);
    while at <= wanted.end.min(area.end) {
        let entry = entry(text, area, at);
        let end = entry.end;
        out.extend(scan::scan(text, entry, None).tokens);
        if end <= at || end >= area.end {
            break;
        }
        at = end;
    }
    out
}

/// The lines of the outermost entry around a byte.
fn entry(text: &str, area: &Range<usize>, at: usize) -> Range<usize> {
    let is_list = is_list(text, area);
    let begins = |start: usize| {
        let line = text[start..area.end].lines().next().unwrap_or_default();
        has_content(line) && !line.starts_with([' ', '\t']) && line.starts_with('-') == is_list
    };
    let mut start = line_start(text, area, at);
    while start > area.start && !begins(start) {
        start = line_start(text, area, start - 1);
    }
    let mut end = line_end(text, area, at);
    while end < area.end && !begins(end) {
        end = line_end(text, area, end);
    }
    start..end
}

/// Whether a line has more than blanks and a comment.
fn has_content(line: &str) -> bool {
    let words = line.trim();
    !words.is_empty() && !words.starts_with('#')
}

fn line_start(text: &str, area: &Range<usize>, at: usize) -> usize {
    memchr::memrchr(b'\n', &text.as_bytes()[area.start..at]).map_or(area.start, |line| area.start + line + 1)
}

/// The end of the line with the byte `at`, including its line break.
fn line_end(text: &str, area: &Range<usize>, at: usize) -> usize {
    memchr::memchr(b'\n', &text.as_bytes()[at..area.end]).map_or(area.end, |line| at + line + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is at the `|` of a text, in short.
    fn at(marked: &str) -> Option<String> {
        let at = marked.find('¦').unwrap();
        let text = marked.replacen('¦', "", 1);
        let spot = spot(&text, &(0..text.len()), at)?;
        let path: Vec<String> = spot
            .token
            .path
            .iter()
            .map(|step| match step {
                Step::Item(at) => at.to_string(),
                Step::Key(key) => (*key).to_owned(),
            })
            .collect();
        Some(format!("{:?} {} `{}` [{}]", spot.token.part, path.join("/"), &text[spot.token.range], spot.siblings.join(" ")))
    }

    fn is(marked: &str, wanted: &str) {
        assert_eq!(at(marked).unwrap_or_default(), wanted, "{marked}");
    }

    #[test]
    fn values_are_found_below_their_keys() {
        is("- id: a\n  date: 20¦25\n", "Value 0/date `2025` []");
        is("- id: a\n- id: b\n  status: ¦\n  title: x\n", "Value 0/status `` []");
        is("entities:\n- ¦\n", "Open entities/0 `` []");
        is("entities:\n  - a\n  - b¦\ntitle: x\n", "Open entities/1 `b` []");
        is("- {id: a, date: ¦, title: x}\n", "Value 0/date `` []");
        is("- id: a\n  entities: [one, tw¦]\n", "Value 0/entities/1 `tw` []");
        is("- id: a\n  entities: [one, ¦\n  title: x\n", "Value 0/entities/1 `` []");
        is("- id: a\n  summary: |\n    First\n    Sec¦ond\n  date: 2025\n", "Value 0/summary `First\n    Second` []");
        is("title: \"a b¦\"\n", "Value title `a b` []");
        is("key:\n  title: a\n  url: {value: x, date: 20¦}\n", "Value key/url/date `20` []");
    }

    #[test]
    fn keys_are_found_in_their_maps() {
        is("- id: a\n  da¦\n  title: x\n", "Key 0 `da` [id title]");
        is("- id: a\n  ¦\n  title: x\n", "Key 0 `` [id title]");
        is("- ¦\n", "Open 0 `` []");
        is("- i¦\n  title: x\n", "Open 0 `i` [title]");
        is("- id: a\n  media:\n    sr¦\n", "Open 0/media `sr` []");
        is("- id: a\n  media:\n    src: x\n    al¦\n", "Key 0/media `al` [src]");
        is("- id: a\n  sta¦tus: x\n", "Key 0 `status` [id]");
        is("- {id: a, da¦}\n", "Key 0 `da` [id]");
        is("- id: a\n  later:\n    - date: 2025\n      te¦\n", "Key 0/later/0 `te` [date]");
        is("title: x\n¦\n", "Key  `` [title]");
        is("list:\n- a\nti¦\n", "Key  `ti` [list]");
        is("¦", "Open  `` []");
    }

    #[test]
    fn the_rest_is_nothing() {
        assert_eq!(at("title: x # a ¦comment\n"), None);
        assert_eq!(at("# a ¦comment\ntitle: x\n"), None);
        // The second line of a text is no key.
        is("title: one\n  tw¦o\n", "Value title `two` []");
    }

    #[test]
    fn only_what_is_wanted_is_read() {
        let text = "- id: a\n  date: 2025\n- id: b\n  date: 2026\n- id: c\n  date: 2027\n";
        let b = text.find("- id: b").unwrap();
        let tokens = tokens(text, &(0..text.len()), &(b..b + 3));
        let values: Vec<_> =
            tokens.iter().filter(|token| token.part != Part::Key).map(|token| &text[token.range.clone()]).collect();
        assert_eq!(values, ["b", "2026"]);
    }
}
