//! SVG: a drawing that could also be a program. One that is, or that asks others for anything, is refused, because a
//! drawing that someone opens by its own address runs as part of the site.

use std::ops::Range;

use roxmltree::{Attribute, Document, Node, NodeType, ParsingOptions};

/// The most elements and texts of a drawing.
const NODES: u32 = 500_000;

/// Elements that run programs, or show something other than a drawing.
const REFUSED: &[&str] = &["script", "foreignObject", "iframe", "embed", "object", "audio", "video", "handler", "listener"];

/// Elements that change an attribute of another.
const ANIMATIONS: &[&str] = &["set", "animate", "animateTransform", "animateMotion"];

/// The namespaces of what drawing programs note for themselves: names of files, of people and of machines.
const NOTES: &[&str] = &["inkscape.org", "sodipodi", "ns.adobe.com", "serif.com", "figma.com", "bohemiancoding.com"];

/// A drawing that may be published.
#[derive(Debug)]
pub(super) struct Drawing {
    /// Its width and height, in CSS pixels.
    pub(super) size: Option<(u32, u32)>,
    /// What is left out: metadata, comments, and what drawing programs note for themselves.
    left_out: Vec<Range<usize>>,
}

/// Why a drawing is refused.
#[derive(Debug)]
pub(super) struct Refusal {
    /// What is wrong, with its line and column.
    pub(super) message: String,
    /// What to do.
    pub(super) help: &'static str,
}

/// Reads a drawing.
///
/// # Errors
/// Why it is refused.
pub(super) fn read(bytes: &[u8]) -> Result<Drawing, Refusal> {
    let remove = "remove that in the program that drew it, or save it there as “plain SVG”";
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Err(Refusal { message: "is not UTF-8".to_owned(), help: "save it as UTF-8" });
    };
    if let Some(at) = memchr::memmem::find(bytes, b"<!ENTITY") {
        let message = format!("defines entities ({})", place(text, at));
        return Err(Refusal { message, help: remove });
    }
    let options = ParsingOptions { allow_dtd: true, nodes_limit: NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options).map_err(|error| {
        let at = error.pos();
        let message = format!("can't be read (line {}, column {})", at.row, at.col);
        Refusal { message, help: "open it in the program that drew it, and save it again" }
    })?;
    let mut left_out = Vec::new();
    for node in document.descendants() {
        let found = refused_node(node).map(|what| (what, node.range().start)).or_else(|| {
            let mut attributes = node.attributes();
            attributes.find_map(|own| Some((refused_attribute(node, &own)?, own.range().start)))
        });
        if let Some((what, at)) = found {
            return Err(Refusal { message: format!("{what} ({})", place(text, at)), help: remove });
        }
        leave_out(node, &mut left_out);
    }
    left_out.sort_by_key(|part| (part.start, std::cmp::Reverse(part.end)));
    Ok(Drawing { size: size(document.root_element()), left_out })
}

fn place(text: &str, at: usize) -> String {
    let before = &text[..at];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    format!("line {line}, column {column}")
}

/// What forbids an element or a note to the browser.
fn refused_node(node: Node<'_, '_>) -> Option<String> {
    match node.node_type() {
        NodeType::PI if node.pi().is_some_and(|note| note.target == "xml-stylesheet") => {
            Some("uses a style sheet from elsewhere".to_owned())
        }
        NodeType::Element => {
            let name = node.tag_name().name();
            let is_refused = REFUSED.iter().any(|refused| refused.eq_ignore_ascii_case(name));
            let changes = || node.attribute("attributeName").unwrap_or_default();
            if is_refused {
                Some(format!("has the element `{name}`"))
            } else if ANIMATIONS.contains(&name) && (changes().ends_with("href") || changes().starts_with("on")) {
                Some("changes an address or a script by an animation".to_owned())
            } else if name == "style" && node.descendants().filter_map(|inner| inner.text()).any(fetches) {
                Some("loads something from elsewhere".to_owned())
            } else {
                None
            }
        }
        _ => None,
    }
}

/// What forbids an attribute.
fn refused_attribute(node: Node<'_, '_>, own: &Attribute<'_, '_>) -> Option<String> {
    let (name, value) = (own.name(), own.value());
    if name.len() > 2 && name[..2].eq_ignore_ascii_case("on") && own.namespace().is_none() {
        return Some(format!("has a script in `{name}`"));
    }
    if matches!(name, "href" | "src") {
        let is_link = node.tag_name().name() == "a";
        let is_web = |value: &str| value.starts_with("https://") || value.starts_with("http://");
        let is_own = value.is_empty() || value.starts_with('#') || is_data_picture(value) || is_link && is_web(value);
        return (!is_own).then(|| format!("points to `{}`", cut(value)));
    }
    fetches(value).then(|| "loads something from elsewhere".to_owned())
}

/// Whether style rules load anything but a part of the drawing itself.
fn fetches(style: &str) -> bool {
    // Browsers read `\75rl(` as `url(` too. No drawing needs that.
    let lower = style.to_ascii_lowercase();
    let is_own = |rest: &str| {
        let target = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\''));
        target.starts_with('#') || is_data_picture(target) || target.starts_with("data:font/")
    };
    lower.contains("@import")
        || lower.contains("image-set(")
        || lower.contains('\\') && lower.contains('(')
        || lower.split("url(").skip(1).any(|rest| !is_own(rest))
}

fn is_data_picture(address: &str) -> bool {
    ["data:image/png", "data:image/jpeg", "data:image/jpg", "data:image/gif", "data:image/webp"]
        .iter()
        .any(|start| address.trim_start().starts_with(start))
}

fn cut(value: &str) -> String {
    if value.chars().count() > 60 { format!("{}…", value.chars().take(60).collect::<String>()) } else { value.to_owned() }
}

fn is_note(namespace: Option<&str>) -> bool {
    namespace.is_some_and(|namespace| NOTES.iter().any(|note| namespace.contains(note)))
}

fn leave_out(node: Node<'_, '_>, out: &mut Vec<Range<usize>>) {
    let is_metadata = node.is_element() && (node.tag_name().name() == "metadata" || is_note(node.tag_name().namespace()));
    if node.is_comment() || is_metadata {
        out.push(node.range());
        return;
    }
    out.extend(node.attributes().filter(|own| is_note(own.namespace())).map(|own| own.range()));
}

/// The file without what is left out.
pub(super) fn published(drawing: &Drawing, bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    for part in &drawing.left_out {
        out.extend_from_slice(bytes.get(at..part.start).unwrap_or_default());
        at = at.max(part.end);
    }
    out.extend_from_slice(bytes.get(at..).unwrap_or_default());
    out
}

/// Width and height: as stated, or else as the view box says.
fn size(root: Node<'_, '_>) -> Option<(u32, u32)> {
    let stated = |name: &str| root.attribute(name).and_then(length);
    let view: Vec<f64> = root
        .attribute("viewBox")
        .map(|view| view.split([' ', ',', '\t', '\n']).filter_map(|part| part.parse().ok()).collect())
        .unwrap_or_default();
    let view = match view[..] {
        [_, _, width, height] if width > 0.0 && height > 0.0 => Some((width, height)),
        _ => None,
    };
    let (width, height) = match (stated("width"), stated("height"), view) {
        (Some(width), Some(height), _) => (width, height),
        (Some(width), None, Some(view)) => (width, width * view.1 / view.0),
        (None, Some(height), Some(view)) => (height * view.0 / view.1, height),
        (_, _, view) => view?,
    };
    let whole = |side: f64| (side.is_finite() && (0.5..100_000.0).contains(&side)).then(|| side.round() as u32);
    Some((whole(width)?, whole(height)?))
}

/// A length in CSS pixels; `None` for one that depends on the page.
fn length(text: &str) -> Option<f64> {
    let text = text.trim();
    let digits = text.find(|c: char| !matches!(c, '0'..='9' | '.' | '+' | '-')).unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let in_pixels = match unit.trim() {
        "" | "px" => 1.0,
        "pt" => 4.0 / 3.0,
        "pc" => 16.0,
        "in" => 96.0,
        "cm" => 96.0 / 2.54,
        "mm" => 9.6 / 2.54,
        _ => return None,
    };
    Some(number.parse::<f64>().ok()? * in_pixels).filter(|length| *length > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(inner: &str) -> Result<Drawing, Refusal> {
        read(format!("<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"20\" height=\"10\">\n{inner}</svg>").as_bytes())
    }

    #[test]
    fn whatever_runs_or_fetches_is_refused_with_its_place() {
        for (inner, words) in [
            ("<script>alert(1)</script>", "the element `script` (line 2, column 1)"),
            ("  <SCRIPT/>", "the element `SCRIPT` (line 2, column 3)"),
            ("<g onload=\"x()\"/>", "a script in `onload` (line 2, column 4)"),
            ("<foreignObject/>", "`foreignObject`"),
            ("<image href=\"https://a.example/x.png\"/>", "points to `https://a.example/x.png`"),
            ("<image xlink:href=\"other.png\"/>", "points to `other.png`"),
            ("<a href=\"javascript:x\"/>", "points to `javascript:x`"),
            ("<use href=\"data:image/svg+xml,x\"/>", "points to `data:"),
            ("<style>@import 'x'</style>", "from elsewhere"),
            ("<rect style=\"fill: url(//a.example/x)\"/>", "from elsewhere"),
            ("<rect fill=\"URL( 'https://a.example/x#y')\"/>", "from elsewhere"),
            ("<set attributeName=\"href\" to=\"x\"/>", "animation"),
            ("<g>", "can't be read (line "),
        ] {
            let refusal = drawn(inner).expect_err(inner);
            assert!(refusal.message.contains(words), "{inner}: {}", refusal.message);
        }
        let bomb = read(b"<!DOCTYPE svg [\n<!ENTITY a \"b\">]><svg>&a;</svg>").expect_err("entities");
        assert_eq!(bomb.message, "defines entities (line 2, column 1)");
    }

    #[test]
    fn a_drawing_keeps_what_is_drawn_and_no_more() {
        let text = "<?xml version=\"1.0\"?><!DOCTYPE svg PUBLIC \"x\" \"y\"><!-- by Jane -->\
            <svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:i=\"http://www.inkscape.org/namespaces/inkscape\" \
            i:export-filename=\"/home/jane/x.png\" viewBox=\"0 0 40 20\"><metadata><!-- in --><x>GPS</x></metadata>\
            <a href=\"https://a.example/\"><rect fill=\"url(#g)\"/></a></svg>";
        let drawing = read(text.as_bytes()).unwrap();
        let out = String::from_utf8(published(&drawing, text.as_bytes())).unwrap();
        assert_eq!(drawing.size, Some((40, 20)));
        assert!(!out.contains("jane") && !out.contains("Jane") && !out.contains("GPS"), "{out}");
        assert!(out.contains("<rect fill=\"url(#g)\"/>"), "{out}");
        assert!(read(out.as_bytes()).is_ok());
    }

    #[test]
    fn a_size_is_what_is_stated_or_what_is_seen() {
        let size = |attributes: &str| read(format!("<svg {attributes}/>").as_bytes()).unwrap().size;
        assert_eq!(size("width=\"1in\" height=\"72pt\""), Some((96, 96)));
        assert_eq!(size("width=\"100%\" viewBox=\"0,0 30 15\""), Some((30, 15)));
        assert_eq!(size("width=\"60\" viewBox=\"0 0 30 15\""), Some((60, 30)));
        assert_eq!(size("width=\"nan\" height=\"-5\""), None);
        assert_eq!(size(""), None);
    }
}
