//! HTML tags, which are plain text here except for a few.

use super::marks::{Found, Words};

/// What to write instead of a tag.
const TAGS: &[(&[&str], &str)] = &[
    (&["b", "strong"], "write `**words**`"),
    (&["i", "em", "cite", "dfn", "var"], "write `*words*`"),
    (&["s", "del", "strike"], "write `~~words~~`"),
    (&["code", "tt", "samp", "pre"], "put the words in backticks"),
    (&["a"], "write `[words](address)`"),
    (&["img", "picture", "figure", "figcaption"], "write `![what it shows](media/file.jpg \"caption\")`"),
    (&["h1", "h2", "h3", "h4", "h5", "h6"], "write `## Heading`"),
    (&["ul", "ol", "li"], "start each item with `- ` or `1. `"),
    (&["blockquote", "q"], "start each line of a quotation with `> `"),
    (
        &["table", "thead", "tbody", "tr", "td", "th", "caption", "colgroup", "col"],
        "write a table with `|` between its cells",
    ),
    (&["hr"], "write `---` on a line of its own"),
    (&["iframe", "embed", "object", "video", "audio", "source"], "link to it: `[words](address)`"),
    (&["script", "style", "link", "meta"], "delete it: scripts and styles belong in the theme"),
    (&["sub", "sup", "kbd", "mark", "bdi"], "write the tag without attributes, and close it in the same paragraph"),
    (&["br"], "write `<br>` without attributes"),
    (&["abbr", "acronym"], "write `<abbr title=\"words\">letters</abbr>`, with plain words and no other attribute"),
    (
        &[
            "p", "div", "span", "font", "center", "section", "article", "header", "footer", "u", "small", "big", "time",
            "details", "summary", "form", "input", "button", "label", "svg", "o:p", "wbr", "ins", "aside", "main", "nav",
            "dl", "dt", "dd", "noscript", "ruby", "rt",
        ],
        "delete the tag; an empty line separates paragraphs",
    ),
];

/// The tag at a byte, if it is an HTML tag.
pub(super) fn find(words: &Words<'_>, at: usize) -> Option<Found> {
    let rest = words.rest(at);
    let inner = rest[1..].strip_prefix('/').unwrap_or(&rest[1..]);
    let end = inner.find(|c: char| !c.is_ascii_alphanumeric() && c != ':')?;
    if !matches!(inner.as_bytes()[end], b' ' | b'>' | b'/') {
        return None;
    }
    let name = inner[..end].to_ascii_lowercase();
    let help = TAGS.iter().find(|(names, _)| names.contains(&name.as_str())).map(|(_, help)| *help)?;
    let close = rest.find('>')?;
    if !(words.is_typed)(at) {
        return None;
    }
    // A pair is reported once, at its beginning.
    if rest.starts_with("</") && words.reached(at).to_ascii_lowercase().contains(&format!("<{name}")) {
        return None;
    }
    let slash = if rest.starts_with("</") { "/" } else { "" };
    Found::at(
        at..at + close + 1,
        format!("the tag `<{slash}{name}>` is printed as typed"),
        format!("{help}; to show the tag itself, put it in backticks"),
    )
}
