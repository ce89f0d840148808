//! What people write by mistake where the format has another word or another form, and what to type instead.
//!
//! This runs on errors only.

use super::decode::Decoder;
use super::node::{Kind, Node};
use super::shape::Field;
use super::yaml::in_quotes;
use super::zone::abbreviated;
use crate::base::similar::nearest;
use crate::base::{At, FileId, Span, TextRange};
use crate::diagnostics::{Fix, code};

/// What the editor Front Matter writes into each file that it makes; it says nothing of the record.
const FOREIGN: &str = "fmContentType";

/// Words from other programs, or from plain English, for one of our fields. A word may stand for several fields: the
/// first that the record has is meant.
const OTHER_NAMES: &[(&[&str], &str)] = &[
    (&["corrections", "correction", "clarification", "clarifications", "changelog", "changes"], "updates"),
    (
        &["editor-note", "editors-note", "editor-notes", "internal-note", "private-note", "comment", "comments", "todo"],
        "desk-note",
    ),
    (&["description", "excerpt", "abstract", "dek", "lede", "subtitle", "text", "body", "content", "details"], "summary"),
    (&["summary", "bio", "about", "text"], "description"),
    (&["description", "meaning", "text", "summary"], "definition"),
    (&["description", "about", "biography", "profile", "summary", "text"], "bio"),
    (&["job", "job-title", "position", "roles", "title"], "role"),
    (&["email", "e-mail", "mail"], "contact"),
    (&["topics", "beats", "knows-about", "specialties"], "expertise"),
    (&["disclosures", "conflict-of-interest", "conflicts"], "disclosure"),
    (&["links", "profiles", "website", "social"], "same-as"),
    (&["date", "publish-date", "pub-date", "publication-date", "created"], "published"),
    (&["lastmod", "last-modified", "modified", "changed"], "updated"),
    (&["tags", "tag", "keywords", "categories", "category", "labels"], "topics"),
    (&["author", "byline", "by"], "authors"),
    (&["authors", "byline", "by"], "author"),
    (&["weight", "position", "nav-order", "sort"], "order"),
    (&["group", "chapter"], "part"),
    (&["name", "headline", "heading", "label", "event"], "title"),
    (&["title", "label", "family", "family-name", "last", "last-name", "surname"], "name"),
    (&["given", "given-names", "first", "first-name"], "given-name"),
    (&["title", "name", "word"], "term"),
    (&["title", "name", "claim", "statement", "summary"], "text"),
    (&["location", "where", "venue"], "place"),
    (&["people", "persons", "actors", "participants", "who", "organizations", "involved"], "entities"),
    (&["type", "category"], "kind"),
    (&["importance", "priority", "weight"], "significance"),
    (&["when", "day", "time"], "date"),
    (&["link", "href", "address"], "url"),
    (&["quote", "statement", "text", "what"], "says"),
    (&["who", "name", "person", "speaker"], "by"),
    (&["source", "reference", "references", "citations", "refs", "cites"], "sources"),
    (&["redirect-from", "redirects", "old-addresses"], "aliases"),
    (&["hidden", "private", "unlisted"], "draft"),
    (&["embargoed-until", "publish-at", "release"], "embargo"),
    (&["image", "picture", "photo"], "media"),
    (&["media", "picture", "photo"], "image"),
    (&["language"], "lang"),
];

/// The words that begin a place in a source.
const PLACES: &[&str] = &[
    "p",
    "pp",
    "page",
    "pages",
    "ch",
    "chap",
    "chapter",
    "sec",
    "section",
    "para",
    "paragraph",
    "no",
    "vol",
    "volume",
    "line",
    "lines",
    "fig",
    "figure",
    "table",
    "slide",
    "min",
    "at",
    "n",
    "note",
    "art",
    "article",
    "part",
];

impl Decoder<'_> {
    /// Says what to type instead, for the last finding.
    pub fn advise(&mut self, help: impl Into<String>) {
        if let Some(last) = self.diagnostics.last_mut() {
            last.help = Some(help.into());
        }
    }

    /// The same, if one text for `node` is enough.
    pub fn advise_text(&mut self, node: &Node, text: &str, help: impl Into<String>) {
        self.advise(help);
        if let Some(last) = self.diagnostics.last_mut() {
            last.fix = Some(Box::new(Fix::guess(Span { file: FileId(0), range: node.range }, text)));
        }
    }

    /// Reports a key that the format doesn't have: the one at `at` of `entries`, which are all the record's.
    pub fn unknown_field(&mut self, at: usize, entries: &[(At<String>, Node)], kind: &str, known: &[&[Field]]) {
        let key = &entries[at].0;
        if key.value == FOREIGN || self.cut_by_comma(at, entries) {
            return;
        }
        let keys = || known.iter().flat_map(|fields| fields.iter()).map(|field| field.key);
        let has = |name: &str| entries.iter().any(|(key, _)| key.value == name);
        let written = key.value.to_lowercase().replace('_', "-");
        let other = OTHER_NAMES.iter().filter(|(others, _)| others.contains(&written.as_str())).map(|(_, name)| *name);
        let meant = other.filter(|name| keys().any(|key| key == *name)).find(|name| !has(name));
        let message = format!("{kind} has no field `{}`", key.value);
        let finding = self.error(code::UNKNOWN_FIELD, key.range, message);
        match meant.or_else(|| nearest(&key.value, keys())) {
            Some(meant) => finding.did_you_mean(meant),
            None if matches!(written.as_str(), "slug" | "permalink" | "url" | "id") && has("title") => {
                finding.help = Some("the file's name is the id and the address; put old addresses in `aliases`".to_owned());
            }
            None => finding.help = Some(format!("{kind} has: {}", keys().collect::<Vec<_>>().join(", "))),
        }
    }

    /// Reports that a comma inside braces has ended a text, whose rest was taken for keys: `{text: It was 5, not 6.}`.
    /// Returns whether the entry at `at` is part of that rest; only the first such entry is reported.
    fn cut_by_comma(&mut self, at: usize, entries: &[(At<String>, Node)]) -> bool {
        let text = self.text;
        let behind = |range: TextRange| text.get(range.bytes().end..).map(|rest| rest.trim_start_matches([' ', '\n', '\r']));
        let is_rest = |(key, value): &(At<String>, Node)| {
            matches!(value.kind, Kind::Null) && behind(key.range).is_some_and(|rest| rest.starts_with([',', '}']))
        };
        let Some(before) = at.checked_sub(1).map(|before| &entries[before]).filter(|_| is_rest(&entries[at])) else {
            return false;
        };
        if is_rest(before) {
            return true;
        }
        let (name, value) = before;
        if !matches!(value.kind, Kind::Scalar { plain: true, .. }) {
            return false;
        }
        let rests = entries[at..].iter().take_while(|entry| is_rest(entry)).count();
        let (start, end) = (value.range.bytes().start, entries[at + rests - 1].0.range.bytes().end);
        let comma = value.range.bytes().end;
        let comma = comma + text[comma..].find(',').unwrap_or(0);
        let help = format!("put the text in quotation marks: write `{}: {}`", name.value, in_quotes(&text[start..end]));
        let message = "a comma inside braces ends a value, but this one is in the middle of a text";
        self.error(code::INVALID_SYNTAX, TextRange::new(comma, comma + 1), message).help = Some(help);
        true
    }

    /// Reports that a text was taken for a key and its value, because it has a colon followed by a space:
    /// `- He said: "yes"`. Returns whether it was: a text may also be given by language, and a record has the keys that
    /// are `known`.
    pub fn colon_in_text(&mut self, node: &Node, known: &[Field]) -> bool {
        let Kind::Map(entries) = &node.kind else { return false };
        let [(key, value)] = entries.as_slice() else { return false };
        let text = self.text;
        let is_word = |c: char| c.is_whitespace() || c.is_uppercase() || !c.is_ascii();
        let is_words =
            key.value.len() > 3 && key.value.contains(is_word) && !known.iter().any(|field| field.key == key.value);
        let is_one_line = matches!(value.kind, Kind::Scalar { .. } | Kind::Null);
        if !is_words
            || !is_one_line
            || node.range.of(text).starts_with('{')
            || text[node.range.bytes().start..].starts_with('{')
        {
            return false;
        }
        let (start, end) = (key.range.bytes().start, key.range.bytes().end.max(value.range.bytes().end));
        let whole = text.get(start..end).unwrap_or_default().lines().next().unwrap_or_default();
        let message = "a colon followed by a space ends a key, but this one is in the middle of a text";
        let help = format!("put the text in quotation marks: write `{}`", in_quotes(whole));
        let colon = key.range.bytes().end;
        self.error(code::INVALID_SYNTAX, TextRange::new(colon, colon + 1), message).help = Some(help);
        true
    }

    /// Reports that a map in parts lacks its required part.
    pub fn lacks_part(&mut self, node: &Node, what: &str, part: &str) {
        self.error(code::MISSING_FIELD, node.range, format!("{what} needs `{part}`"));
        self.advise(format!("add `{part}: …`"));
    }

    /// Reports that one text was expected, and there is something else.
    pub fn no_scalar(&mut self, node: &Node, expected: &str) {
        if self.colon_in_text(node, &[]) {
            return;
        }
        self.wrong_type(node, expected);
        if let (Kind::Seq(_), Some(written)) = (&node.kind, self.in_brackets(node)) {
            let quoted = in_quotes(written);
            self.advise(format!("brackets make a list; if they are part of the text, write `{quoted}`"));
        }
    }

    /// A collection in brackets on one line, as written.
    fn in_brackets(&self, node: &Node) -> Option<&str> {
        let rest = self.text.get(node.range.bytes().start..).filter(|rest| rest.starts_with('['))?;
        let mut depth = 0;
        // No further than its own end, which may be well before the end of the line.
        let end = rest.char_indices().take_while(|(_, c)| *c != '\n').find_map(|(at, c)| {
            match c {
                '[' => depth += 1,
                ']' => depth -= 1,
                _ => {}
            }
            (depth == 0).then_some(at)
        })?;
        Some(&rest[..=end])
    }

    /// Reports that `node` is not `true` or `false`.
    pub fn no_truth(&mut self, node: &Node) {
        self.wrong_type(node, "true or false, without quotes");
        let field = self.field;
        let written = match &node.kind {
            Kind::Scalar { text, .. } => text.to_lowercase(),
            Kind::Null => return self.advise(format!("write `{field}: true`, or remove the line")),
            _ => return,
        };
        let truth = match written.as_str() {
            "true" | "yes" | "y" | "on" | "1" => "true",
            "false" | "no" | "n" | "off" | "0" => "false",
            _ => return self.advise("write `true` or `false`"),
        };
        self.advise_text(node, truth, format!("write `{truth}`, in lowercase and without quotation marks"));
    }

    /// Reports that `node` is not a whole number.
    pub fn no_whole_number(&mut self, node: &Node) {
        self.wrong_type(node, "a whole number");
        let Kind::Scalar { text, plain } = &node.kind else { return };
        match text.trim().parse::<f64>() {
            Ok(number) if number.fract() != 0.0 => {
                self.advise("write a number without a fraction; leave gaps, such as 10, 20, 30, to make room for others");
            }
            Ok(number) if number < f64::from(i32::MIN) || number > f64::from(i32::MAX) => {
                self.advise(format!("write a number from {} to {}", i32::MIN, i32::MAX));
            }
            Ok(_) if !plain => {
                self.advise_text(node, text.trim(), format!("write `{}`, without quotation marks", text.trim()));
            }
            _ => self.advise("write it in digits, such as `3`"),
        }
    }

    /// Reports that `written` is not a source's key, or not only that. `key` is what it begins with, if that could be
    /// one.
    pub fn no_source(&mut self, node: &Node, written: &str, key: Option<(&str, &str)>) {
        const BY_KEY: &str = "a source is cited by its key";
        let is_address = written.contains("://") || written.starts_with("www.");
        let inner = written.trim_start_matches(['[', '@', '-']).trim_end_matches(']');
        if is_address {
            let address = if written.contains("://") { written.to_owned() } else { format!("https://{written}") };
            let message = format!("{BY_KEY}, but this is an address");
            self.error(code::BAD_VALUE, node.range, message);
            return self.advise(format!(
                "add the source to a file in sources/, such as `some-key: {{title: …, url: \"{address}\"}}`, and write its key here"
            ));
        }
        if written.starts_with('[') && !inner.is_empty() {
            self.error(code::BAD_VALUE, node.range, format!("leave out the brackets around a source here: {written}"));
            return self.advise_text(node, &in_quotes(inner), format!("write `{inner}`"));
        }
        let Some((key, rest)) = key else {
            self.error(code::BAD_VALUE, node.range, format!("`{written}` is not a source's key"));
            return self.advise("write the key, then a comma and a page if needed: \"key, p. 2\"");
        };
        let locator = rest.trim_start();
        if PLACES.contains(&key.to_lowercase().as_str())
            && let Some(cited) = self.before_comma(node)
        {
            let (cited, whole) = (cited.to_owned(), format!("\"{cited}, {written}\""));
            let message = format!("a comma inside brackets ends an entry, so `{written}` is not a part of `{cited}`");
            self.error(code::BAD_VALUE, node.range, message);
            return self.advise(format!("put the whole entry in quotation marks: write `{whole}`"));
        }
        let first = locator.split([' ', '.']).next().unwrap_or_default().to_lowercase();
        if locator.starts_with(|c: char| c.is_ascii_digit() || c == '§') || PLACES.contains(&first.as_str()) {
            let whole = format!("\"{key}, {locator}\"");
            self.error(code::BAD_VALUE, node.range, format!("a comma is missing after the key `{key}`"));
            self.advise(format!("write {whole}"));
            if let Some(last) = self.diagnostics.last_mut().filter(|_| !locator.contains(['"', '\\'])) {
                last.fix = last.span.map(|span| Box::new(Fix::safe(span, whole)));
            }
            return;
        }
        self.error(code::BAD_VALUE, node.range, format!("{BY_KEY}, but `{written}` is not one"));
        self.advise("write the key that it has in a file in sources/, then a comma and a page if needed: \"key, p. 2\"");
    }

    /// What comes before the comma before `node`, in a list in brackets on one line.
    fn before_comma(&self, node: &Node) -> Option<&str> {
        let before = self.text.get(..node.range.bytes().start)?.trim_end().strip_suffix(',')?;
        let start = before.rfind(['[', ',', '\n'])?;
        let cited = before[start + 1..].trim();
        (!before[start..].starts_with('\n') && !cited.is_empty() && !cited.contains(['"', '\''])).then_some(cited)
    }

    /// Reports that `written` is not a time with its offset, which is a time of the form `shape`.
    pub fn no_time(&mut self, node: &Node, written: &str, shape: &str) {
        self.error(code::BAD_DATE, node.range, format!("`{written}` is not a time with its UTC offset"));
        if written.starts_with("9999-12-3") {
            let last = jiff::Timestamp::MAX;
            return self
                .advise(format!("the latest possible time is {last}; for a record without a day, write `draft: true`"));
        }
        if let Some((clock, name, offset)) = abbreviated(written) {
            return self.no_abbreviation(node, clock, name, offset);
        }
        let date = match crate::date::parse(written) {
            Ok(_) => Some(written.to_owned()),
            Err(error) => error.instead,
        };
        let is_day = date.as_ref().is_some_and(|date| date.len() == "2025-04-14".len());
        let time = date.map(|date| if is_day { format!("{date}T00:00:00") } else { date });
        let Some(time) = time.and_then(|time| time.parse::<jiff::civil::DateTime>().ok()) else {
            return self.advise(format!("write {shape}"));
        };
        let beginning = if is_day { ", the beginning of that day" } else { "" };
        match self.options.zone.and_then(|zone| Some((zone.with_offset(time)?, zone))) {
            Some((time, zone)) => {
                let help = format!("write `{time}`{beginning} in the time zone {}", zone.as_str());
                self.advise_text(node, &time, help);
            }
            None => self.advise(format!(
                "write `{time}Z`{beginning} in UTC; for another time zone, write its offset from UTC instead of the \
                 `Z`, such as -05:00"
            )),
        }
    }

    /// Says how to write a time whose zone is an abbreviation, since no list says what they all mean.
    fn no_abbreviation(&mut self, node: &Node, clock: &str, name: &str, offset: Option<&str>) {
        let time = match crate::date::parse(clock) {
            Ok(_) => clock.parse::<jiff::civil::DateTime>().ok(),
            Err(error) => error.instead.and_then(|date| date.parse().ok()),
        };
        match (time, offset) {
            (Some(time), Some(offset)) => {
                let time = format!("{time}{offset}");
                self.advise_text(node, &time, format!("write `{time}`: `{offset}` is what `{name}` means"));
            }
            (_, Some(offset)) => {
                self.advise(format!("write `{offset}` for `{name}`, as in 2025-04-14T09:00:00{offset}"));
            }
            (_, None) => self.advise(format!(
                "`{name}` is used for several time zones; write the UTC offset instead, as in 2025-04-14T09:00:00-04:00"
            )),
        }
    }

    /// Reports that a pointer's id is in brackets, which make it a list.
    pub fn bracketed_id(&mut self, node: &Node) -> bool {
        let Kind::Seq(items) = &node.kind else { return false };
        let [Node { kind: Kind::Scalar { text: id, .. }, .. }] = items.as_slice() else { return false };
        let range = self.in_brackets(node).map_or(node.range, |written| {
            TextRange::new(node.range.bytes().start, node.range.bytes().start + written.len())
        });
        self.error(code::WRONG_TYPE, range, format!("`{id}` is in brackets, which make a list"));
        self.advise(format!("write `{id}`; double brackets are for links in a text"));
        true
    }
}

/// The first character of a list entry, if it isn't a hyphen followed by a space but was meant as one.
#[must_use]
pub fn is_entry(written: &str) -> bool {
    written.starts_with(['-', '–', '—', '•', '·', '*'])
}
