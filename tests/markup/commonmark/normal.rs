//! Normalizes HTML for comparison: what means the same is written the same way.

use std::fmt::Write as _;

use backgrounder::base::escape;

/// Elements around which blanks don't matter.
const BLOCKS: &[&str] = &[
    "p",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "blockquote",
    "pre",
    "hr",
    "div",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "br",
];

/// Attributes to compare. The others are the theme's, such as anchors of headings and the kinds of links.
const SAID: &[&str] = &["href", "src", "alt", "title", "start", "class"];

/// A piece of HTML.
enum Piece<'h> {
    /// A tag, without its angle brackets.
    Tag(&'h str),
    Text(&'h str),
}

fn pieces(html: &str) -> Vec<Piece<'_>> {
    let mut out = Vec::new();
    let mut rest = html;
    while !rest.is_empty() {
        let is_tag = rest.starts_with('<') && rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        let end = if is_tag {
            rest.find('>').map(|end| end + 1)
        } else {
            rest.char_indices().skip(1).find(|(_, c)| *c == '<').map(|(end, _)| end)
        };
        let (piece, behind) = rest.split_at(end.unwrap_or(rest.len()));
        out.push(if is_tag { Piece::Tag(piece.trim_matches(['<', '>'])) } else { Piece::Text(piece) });
        rest = behind;
    }
    out
}

/// The attributes of a tag, with their values as written.
fn attributes(tag: &str) -> Vec<(&str, &str)> {
    let mut out = Vec::new();
    let mut rest = tag.split_once(' ').map_or("", |(_, rest)| rest);
    while let Some((name, behind)) = rest.split_once("=\"") {
        let (value, behind) = behind.split_once('"').unwrap_or((behind, ""));
        out.push((name.trim(), value));
        rest = behind;
    }
    out
}

/// HTML with one way to write each thing: the same blanks, entities and addresses, and without what the theme adds.
pub fn normal(html: &str) -> String {
    let mut out = String::new();
    let (mut in_code, mut at_block) = (false, true);
    for piece in pieces(html) {
        match piece {
            Piece::Text(text) if in_code => out.push_str(&text_of(text)),
            Piece::Text(text) => {
                let text = text_of(text);
                let words = text.split([' ', '\n', '\t']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
                let is_blank = |c: Option<char>| c.is_some_and(|c| matches!(c, ' ' | '\n' | '\t'));
                if is_blank(text.chars().next()) && !at_block && !out.ends_with(' ') {
                    out.push(' ');
                }
                out.push_str(&words);
                if is_blank(text.chars().next_back()) && !words.is_empty() {
                    out.push(' ');
                }
                at_block &= words.is_empty();
            }
            Piece::Tag(tag) => {
                let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
                // A page's title is its only heading of the first level.
                let name = if name == "h1" { "h2" } else { name };
                let is_block = BLOCKS.contains(&name);
                if is_block && !in_code {
                    out.truncate(out.trim_end_matches(' ').len());
                }
                if name == "pre" {
                    in_code = !tag.starts_with('/');
                }
                let slash = if tag.starts_with('/') { "/" } else { "" };
                write!(out, "<{slash}{name}").unwrap();
                let mut said: Vec<_> = attributes(tag).into_iter().filter(|(name, value)| says(name, value)).collect();
                said.sort_unstable();
                for (name, value) in said {
                    let is_address = matches!(name, "href" | "src");
                    let value = if is_address { address(value) } else { text_of(value) };
                    write!(out, " {name}=\"{value}\"").unwrap();
                }
                out.push('>');
                at_block = is_block;
            }
        }
    }
    out.truncate(out.trim_end().len());
    out
}

fn says(name: &str, value: &str) -> bool {
    SAID.contains(&name) && (name != "class" || value.starts_with("language-"))
}

/// Text with its entities written in one way.
fn text_of(written: &str) -> String {
    let plain = written.replace("&quot;", "\"").replace("&#39;", "'").replace("&lt;", "<").replace("&gt;", ">");
    escape::html_string(&plain.replace("&amp;", "&"))
}

/// An address from the site's root, without escapes. Each page is in its own folder, one level below the root.
fn address(written: &str) -> String {
    let plain = text_of(written);
    let rooted = plain.strip_prefix("../").or(plain.strip_prefix('/')).unwrap_or(&plain);
    escape::percent_decoded(rooted)
}

/// The files that the links and pictures of some HTML lead to, if they are of the same site.
pub fn addresses(html: &str) -> Vec<String> {
    let tags = pieces(html).into_iter().filter_map(|piece| if let Piece::Tag(tag) = piece { Some(tag) } else { None });
    let said = tags.flat_map(attributes).filter(|(name, _)| matches!(*name, "href" | "src"));
    let files = said.map(|(_, value)| value.split(['#', '?']).next().unwrap_or_default().replace("&amp;", "&"));
    let own = files.filter(|file| !file.is_empty() && !file.starts_with('/') && !file.contains(':'));
    own.map(|file| escape::percent_decoded(&file)).collect()
}
