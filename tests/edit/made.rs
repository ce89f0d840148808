//! Authors' files put together from what people write, and what a change may set.

use std::ops::Range;

use backgrounder::edit::{Form, Value};
use proptest::prelude::*;

/// Fields as they may be written in a record whose keys are indented by two: the key, and ways to write it.
const FIELDS: &[(&str, &[&str])] = &[
    (
        "date",
        &["date: 2025-03-15", "date: \"2025-03-15\" # remark", "date:   '[2025-04-04,2025-04-07]'", "date: >-\n    2025-03"],
    ),
    (
        "title",
        &[
            "title: A raid # remark",
            "title: 'It''s a raid'",
            "title: \"A \\\"raid\\\" \\u00e9\"   # remark",
            "title:\n    A raid\n    at dawn",
            "title: {en: A raid, es: 'Una, redada'}",
            "title: \"A raid\n    over two lines\" # remark",
            "\"title\": quoted",
        ],
    ),
    (
        "summary",
        &[
            "summary: |\n    One.\n\n    Two: # no remark",
            "summary: >- # remark\n    One\n    line.",
            "summary: |+\n    One.\n\n",
            "summary: &s [not, really]\n  other: *s",
            "summary: !!str \"words\"",
            "summary:",
            "summary: ~ # remark",
            "summary: # remark",
        ],
    ),
    (
        "sources",
        &[
            "sources: [ap, \"b, p. 2\"] # remark",
            "sources:\n    - ap # one\n    # two\n    - 'b, p. 2'",
            "sources:\n  - ap\n  - b",
            "sources: []",
            "sources: [\n    ap, # remark\n    b,\n  ]",
            "sources: ap",
            "sources: # remark\n\n    - ap\n\n    - b # remark",
        ],
    ),
    (
        "later",
        &[
            "later:\n    - {date: 2025-04, text: \"More, later\"}\n    - date: 2025-05\n      text: |\n        Last.",
            "later:\n  - date: 2025-04\n    sources: [ap]\n  # remark\n  - {}",
            "later: [{date: 2025-04, text: x}]",
            "later:\n    - - nested\n      - twice\n    - \"x\"",
        ],
    ),
    ("media", &["media: {src: a.jpg, alt: 'x, y'}", "media:\n    src: a.jpg # remark\n    alt: \"x\"", "media: {}"]),
    ("é", &["é: ü", "é: 漢字 # ü"]),
];

/// The keys in the order of the format.
pub(super) const ORDER: &[&str] = &["id", "date", "title", "summary", "sources", "later", "note", "media"];

/// Keys that a change may be about; `note` is never there.
pub(super) const KEYS: &[&str] = &["date", "title", "summary", "sources", "later", "media", "note"];

/// Texts that YAML would take for something else, or cut.
const TEXTS: &[&str] = &[
    "plain words",
    "2025",
    "2025-03-15",
    "true",
    "no",
    "null",
    "~",
    "",
    " ",
    "a: b",
    "a #b",
    "#a",
    "@ap",
    "[a]",
    "{a: b}",
    "- a",
    "? a",
    "'",
    "\"",
    "it's \"so\"",
    "a, b",
    "*a",
    "&a",
    "!a",
    "|",
    ">",
    "%a",
    "`a`",
    "a\nb",
    "a\n\nb\n",
    "\na",
    " a\n  b",
    "a \nb",
    "a\n \nb",
    "a\n\n\n",
    "x ",
    "\tx",
    "a\tb",
    "a\\b",
    "\\u00e9",
    "é — “ü” 漢",
    "🗳",
    "\u{2028}",
    "a\r\nb",
    "---",
    "...",
    "--- a",
    "a\n---\nb",
    "0x1F",
    "1e5",
    "12:30",
    "-5",
    ".5",
    "[@ap, p. 2]",
    "**bold** and [[link|words]].[@ap]",
    "ends with colon:",
    "key: value # remark",
    "\u{feff}x",
    "x\u{7}y",
];

pub fn text() -> impl Strategy<Value = String> {
    prop_oneof![prop::sample::select(TEXTS).prop_map(str::to_owned), "\\PC{0,24}", "[ -~\n]{0,40}", "[a-c:#'\"\\-\n ]{0,12}"]
}

pub(super) fn value() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        text().prop_map(Value::Text),
        prop::sample::select(vec![
            "2025-03-15",
            "true",
            "7",
            "some-id",
            "[2025-04-04,2025-04-07]",
            "2022-03-27/..",
            "major"
        ])
        .prop_map(Value::plain),
    ];
    scalar.prop_recursive(2, 8, 4, |inner| {
        let fields =
            prop::collection::vec((prop::sample::select(vec!["date", "text", "by", "odd key"]), inner.clone()), 1..4);
        prop_oneof![
            prop::collection::vec(inner, 0..4).prop_map(Value::List),
            fields.prop_map(|fields| {
                let mut out: Vec<(String, Value)> = Vec::new();
                for (key, value) in fields {
                    if !out.iter().any(|(known, _)| known == key) {
                        out.push((key.to_owned(), value));
                    }
                }
                Value::Map(out)
            }),
        ]
    })
}

/// A field as it is written: which of [`FIELDS`], and which of its ways; and what is above it.
type Piece = (usize, usize, usize);

const ABOVE: &[&str] = &["", "", "  # a remark of its own\n", "\n", "\n  # below an empty line\n"];

/// A file that was put together.
#[derive(Clone, Debug)]
pub struct Made {
    pub text: String,
    pub form: Form,
    /// Where each record is.
    pub records: Vec<Range<usize>>,
    /// The keys that each has.
    pub(super) keys: Vec<Vec<&'static str>>,
    pub is_list: bool,
}

/// A record's lines, with its keys two in.
fn record(number: usize, pieces: &[Piece]) -> (String, Vec<&'static str>) {
    let mut out = format!("  id: record-{number}\n");
    let mut keys = Vec::new();
    for (field, way, above) in pieces {
        let (key, ways) = FIELDS[field % FIELDS.len()];
        if keys.contains(&key) {
            continue;
        }
        keys.push(key);
        out.push_str(ABOVE[above % ABOVE.len()]);
        out.push_str("  ");
        out.push_str(&ways[way % ways.len()].replace("&s", &format!("&s{number}")).replace("*s", &format!("*s{number}")));
        out.push('\n');
    }
    (out, keys)
}

fn make(records: &[Vec<Piece>], layout: usize, has_mark: bool, crlf: bool, ends: bool) -> Made {
    let (form, is_list) = match layout {
        0 | 1 => (Form::Yaml, true),
        2 => (Form::Yaml, false),
        _ => (Form::Markdown, false),
    };
    let mut text = if has_mark { "\u{feff}".to_owned() } else { String::new() };
    if form == Form::Markdown {
        text.push_str("---\n");
    }
    text.push_str("# At the top.\n");
    let (mut places, mut keys) = (Vec::new(), Vec::new());
    for (number, pieces) in records.iter().enumerate().take(if is_list { 9 } else { 1 }) {
        let (mut lines, own) = record(number, pieces);
        if is_list {
            lines.replace_range(..1, "-");
            if layout == 1 && number > 0 {
                text.push('\n');
            }
        } else {
            // At the first column.
            lines = lines.lines().map(|line| format!("{}\n", line.strip_prefix("  ").unwrap_or(line))).collect();
        }
        places.push(text.len()..text.len() + lines.len());
        keys.push(own);
        text.push_str(&lines);
    }
    if form == Form::Markdown {
        text.push_str("---\nBody: # [text]\n");
    } else if !ends {
        let bare = text.trim_end_matches('\n').len();
        text.truncate(bare);
        places.iter_mut().for_each(|place| place.end = place.end.min(bare));
    }
    if crlf {
        let moved = |at: usize| at + text[..at].matches('\n').count();
        places = places.iter().map(|place| moved(place.start)..moved(place.end)).collect();
        text = text.replace('\n', "\r\n");
    }
    Made { text, form, records: places, keys, is_list }
}

pub fn made() -> impl Strategy<Value = Made> {
    let pieces = prop::collection::vec((0..FIELDS.len(), 0..8usize, 0..5usize), 0..6);
    let flags = (0..4usize, any::<bool>(), any::<bool>(), any::<bool>());
    (prop::collection::vec(pieces, 1..4), flags)
        .prop_map(|(records, (layout, has_mark, crlf, ends))| make(&records, layout, has_mark, crlf, ends))
}
