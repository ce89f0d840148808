//! Converts the HTML that people paste into timelines, titles and notes to Markdown. Whatever has no equivalent goes to `lost`.

use super::{leads_out, plain};
use crate::desk::html::unescaped;

/// Converts HTML to Markdown. `lost` gets whatever has no equivalent, each thing once.
#[must_use]
pub fn markdown(html: &str, lost: &mut dyn FnMut(String)) -> String {
    let mut reader = Reader::default();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        reader.words(&rest[..at]);
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        let is_tag = rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
        let Some(end) = tag_end(rest).filter(|_| is_tag) else {
            reader.words("<");
            rest = &rest[1..];
            continue;
        };
        let tag = &rest[1..end];
        rest = &rest[end + 1..];
        let name = reader.tag(tag, lost);
        if matches!(name.as_str(), "script" | "style") {
            let close = format!("</{name}");
            let close = rest.to_ascii_lowercase().find(&close).unwrap_or(rest.len());
            rest = &rest[close..];
        }
    }
    reader.words(rest);
    reader.finish()
}

/// Whether a text contains a tag.
#[must_use]
pub fn has_tags(text: &str) -> bool {
    text.match_indices('<').any(|(at, _)| {
        let rest = &text[at + 1..];
        rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') && rest.contains('>')
    })
}

/// The end of a tag at the start of a text, ignoring anything in quotation marks.
fn tag_end(text: &str) -> Option<usize> {
    let mut open: Option<char> = None;
    for (at, c) in text.char_indices() {
        match (open, c) {
            (None, '>') => return Some(at),
            (None, '"' | '\'') => open = Some(c),
            (Some(mark), c) if mark == c => open = None,
            _ => {}
        }
    }
    text.find('>')
}

/// The value of an attribute.
fn attribute(tag: &str, wanted: &str) -> Option<String> {
    let mut rest = tag.trim_start_matches(|c: char| !c.is_whitespace());
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        let end = rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len());
        if end == 0 {
            return None;
        }
        let name = &rest[..end];
        rest = rest[end..].trim_start();
        let Some(value) = rest.strip_prefix('=') else { continue };
        let value = value.trim_start();
        let (text, next) = match value.chars().next() {
            Some(mark @ ('"' | '\'')) => value[1..].split_once(mark).unwrap_or((&value[1..], "")),
            _ => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
        };
        if name.eq_ignore_ascii_case(wanted) {
            return Some(unescaped(text));
        }
        rest = next;
    }
}

/// An open element around the text that follows.
enum Open {
    /// A Markdown mark, and where the text in it starts.
    Mark(&'static str, usize),
    /// A link.
    Link(String, usize),
    /// A tag that is kept.
    Tag(String),
    /// A list: its number, if it has one.
    List(Option<usize>),
    /// A quotation, by the index of its first block.
    Quote(usize),
    /// An element that is ignored.
    Nothing,
}

#[derive(Default)]
struct Reader {
    /// Finished paragraphs, quotations and items.
    blocks: Vec<String>,
    /// The block being read.
    line: String,
    /// The start of its first line.
    mark: String,
    open: Vec<(String, Open)>,
    said: Vec<String>,
}

impl Reader {
    fn words(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        let text = plain::inline(&unescaped(text));
        for (at, word) in text.split(char::is_whitespace).enumerate() {
            let is_apart = self.line.is_empty() || self.line.ends_with([' ', '\n']);
            if at > 0 && !is_apart {
                self.line.push(' ');
            }
            self.line.push_str(word);
        }
    }

    fn lose(&mut self, what: String, lost: &mut dyn FnMut(String)) {
        if !self.said.contains(&what) {
            lost(what.clone());
            self.said.push(what);
        }
    }

    /// Ends a paragraph.
    fn block(&mut self) {
        let line = std::mem::take(&mut self.line);
        let (line, mark) = (line.trim(), std::mem::take(&mut self.mark));
        for (_, open) in &mut self.open {
            if let Open::Mark(_, start) | Open::Link(_, start) = open {
                *start = 0;
            }
        }
        if !line.is_empty() {
            self.blocks.push(format!("{mark}{line}"));
        }
    }

    /// Handles a tag, and returns its name if it opens something.
    fn tag(&mut self, tag: &str, lost: &mut dyn FnMut(String)) -> String {
        let is_end = tag.starts_with('/');
        let name = tag.trim_start_matches('/');
        let name = name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())].to_ascii_lowercase();
        if is_end {
            self.close(&name);
            return String::new();
        }
        match name.as_str() {
            "br" => self.line.push_str("\\\n"),
            "hr" => {
                self.block();
                self.blocks.push("* * *".to_owned());
            }
            "img" => self.picture(tag, lost),
            "iframe" | "video" | "audio" | "embed" | "object" | "source" => self.frame(&name, tag, lost),
            "script" | "style" | "form" | "input" | "button" | "svg" => self.lose(format!("`<{name}>`"), lost),
            _ => {
                if let Some(href) = attribute(tag, "href").filter(|href| name == "a" && !leads_out(href)) {
                    self.lose(format!("the link to `{href}` was dropped"), lost);
                }
                if attribute(tag, "style").is_some() || attribute(tag, "class").is_some() {
                    self.lose(format!("the styling of `<{name}>` was dropped"), lost);
                }
                let open = self.opened(&name, tag);
                if !matches!(name.as_str(), "wbr" | "meta" | "link") && !tag.ends_with('/') {
                    self.open.push((name.clone(), open));
                }
            }
        }
        name
    }

    /// What a tag opens.
    fn opened(&mut self, name: &str, tag: &str) -> Open {
        match name {
            "b" | "strong" => Open::Mark("**", self.line.len()),
            "i" | "em" | "cite" | "dfn" | "var" => Open::Mark("*", self.line.len()),
            "s" | "del" | "strike" => Open::Mark("~~", self.line.len()),
            "code" | "tt" | "samp" => Open::Mark("`", self.line.len()),
            "a" => match attribute(tag, "href").filter(|href| leads_out(href)) {
                Some(href) => Open::Link(href, self.line.len()),
                None => Open::Nothing,
            },
            "sub" | "sup" | "kbd" | "mark" => {
                self.line.push_str(&format!("<{name}>"));
                Open::Tag(name.to_owned())
            }
            "p" | "div" | "section" | "article" | "header" | "footer" | "figure" | "figcaption" | "table" | "tr" | "pre" => {
                self.block();
                Open::Nothing
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.block();
                // The page has its own title.
                let level = name[1..].parse::<usize>().unwrap_or(2).max(2);
                self.mark = format!("{} ", "#".repeat(level));
                Open::Nothing
            }
            "ul" | "ol" => {
                self.block();
                Open::List((name == "ol").then_some(1))
            }
            "li" => {
                self.block();
                let depth = self.open.iter().filter(|(_, open)| matches!(open, Open::List(_))).count();
                let list =
                    self.open.iter_mut().rev().find_map(|(_, open)| if let Open::List(at) = open { Some(at) } else { None });
                let mark = match list {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{}. ", *number - 1)
                    }
                    _ => "- ".to_owned(),
                };
                self.mark = format!("{}{mark}", "   ".repeat(depth.saturating_sub(1)));
                Open::Nothing
            }
            "blockquote" => {
                self.block();
                Open::Quote(self.blocks.len())
            }
            _ => Open::Nothing,
        }
    }

    fn close(&mut self, name: &str) {
        let Some(at) = self.open.iter().rposition(|(open, _)| open == name) else {
            if matches!(name, "p" | "div") {
                self.block();
            }
            return;
        };
        while self.open.len() > at {
            let Some((name, open)) = self.open.pop() else { return };
            match open {
                Open::Mark(mark, start) => self.surround(start, mark, mark),
                Open::Link(href, start) => {
                    let is_itself = self.line.get(start..).is_some_and(|text| text.trim() == href);
                    if !is_itself {
                        let href = if href.contains(['(', ')', '<', '>']) { format!("<{href}>") } else { href };
                        self.surround(start, "[", &format!("]({href})"));
                    }
                }
                Open::Tag(name) => self.line.push_str(&format!("</{name}>")),
                Open::List(_) => self.block(),
                Open::Quote(first) => {
                    self.block();
                    let first = first.min(self.blocks.len());
                    let quoted = self.blocks.split_off(first).join("\n\n");
                    if !quoted.is_empty() {
                        self.blocks.push(
                            quoted
                                .lines()
                                .map(|line| format!("> {line}").trim_end().to_owned())
                                .collect::<Vec<_>>()
                                .join("\n"),
                        );
                    }
                }
                Open::Nothing => {
                    let is_inline = matches!(
                        name.as_str(),
                        "span" | "font" | "small" | "big" | "u" | "a" | "q" | "abbr" | "time" | "td" | "th"
                    );
                    if !is_inline {
                        self.block();
                    }
                }
            }
        }
    }

    /// Puts marks around the text from `start` on, and spaces outside them.
    fn surround(&mut self, start: usize, before: &str, after: &str) {
        let Some(words) = self.line.get(start..).map(str::to_owned) else { return };
        let inner = words.trim();
        if inner.is_empty() {
            return;
        }
        let lead = &words[..words.len() - words.trim_start().len()];
        let tail = &words[words.trim_end().len()..];
        self.line.truncate(start);
        self.line.push_str(&format!("{lead}{before}{inner}{after}{tail}"));
    }

    fn picture(&mut self, tag: &str, lost: &mut dyn FnMut(String)) {
        let address = attribute(tag, "src").unwrap_or_default();
        self.lose(format!("the picture {address} was dropped"), lost);
        if let Some(alt) = attribute(tag, "alt") {
            self.words(&alt);
        }
    }

    fn frame(&mut self, name: &str, tag: &str, lost: &mut dyn FnMut(String)) {
        let address = attribute(tag, "src").or_else(|| attribute(tag, "data")).unwrap_or_default();
        if leads_out(&address) {
            self.line.push_str(&format!("<{address}>"));
            self.lose(format!("`<{name}>` was replaced by a link to its address"), lost);
        } else {
            self.lose(format!("`<{name}>`"), lost);
        }
    }

    fn finish(mut self) -> String {
        while let Some((name, _)) = self.open.last() {
            let name = name.clone();
            self.close(&name);
        }
        self.block();
        let mut out = String::new();
        let is_item = |block: &str| {
            let block = block.trim_start();
            block.starts_with("- ")
                || block
                    .split_once(". ")
                    .is_some_and(|(number, _)| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
        };
        for (at, block) in self.blocks.iter().enumerate() {
            if at > 0 {
                out.push_str(if is_item(block) && is_item(&self.blocks[at - 1]) { "\n" } else { "\n\n" });
            }
            out.push_str(block.trim_end_matches(['\\', '\n', ' ']));
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::markdown;

    #[track_caller]
    fn gives(html: &str, wanted: &str, losses: &[&str]) {
        let mut lost = Vec::new();
        assert_eq!(markdown(html, &mut |what| lost.push(what)), wanted, "{html}");
        assert_eq!(lost, losses, "{html}");
    }

    #[test]
    fn html_becomes_markdown() {
        gives("plain &amp; simple", "plain & simple", &[]);
        gives("<p>One <b>bold </b>word,\n<i>two</i>.</p><p>Next", "One **bold** word, *two*.\n\nNext", &[]);
        gives("<a href=\"https://a.example.org/x_(y)\">a</a>", "[a](<https://a.example.org/x_(y)>)", &[]);
        gives("<a href='https://a.example.org'>https://a.example.org</a>", "https://a.example.org", &[]);
        gives(
            "<a href=\"javascript:x()\">a</a> <a href=b.html>b</a>",
            "a b",
            &["the link to `javascript:x()` was dropped", "the link to `b.html` was dropped"],
        );
        gives("<ul><li>a<li>b</ul>after", "- a\n- b\n\nafter", &[]);
        gives("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b", &[]);
        gives("<blockquote>No. <cite>Jane</cite></blockquote>", "> No. *Jane*", &[]);
        gives("a<br>b<br/>", "a\\\nb", &[]);
        gives("<h1>T</h1>x", "## T\n\nx", &[]);
        gives("H<sub>2</sub>O and 2 < 3 > 1", "H<sub>2</sub>O and 2 < 3 > 1", &[]);
        gives("<span class=\"n\">x</span> <span class=n>y</span>", "x y", &["the styling of `<span>` was dropped"]);
        gives("<script>if (a < b) {}</script>x<!-- no -->", "x", &["`<script>`"]);
        gives("<img src=a.png alt=\"A cat\">", "A cat", &["the picture a.png was dropped"]);
        gives(
            "<iframe src=\"https://v.example.org/1\"></iframe>",
            "<https://v.example.org/1>",
            &["`<iframe>` was replaced by a link to its address"],
        );
        gives("[[x]] *y*", "\\[[x]] \\*y\\*", &[]);
    }

    #[test]
    fn odd_html_breaks_nothing() {
        for odd in [
            "<",
            "<a",
            "<a href=",
            "<a href=\"",
            "</p>",
            "<b><i>x</b></i>",
            "<li>x",
            "<p",
            "<!--",
            "<a href='é'>é",
            "<b>x<p>y</b>z",
        ] {
            let _ = markdown(odd, &mut |_| {});
        }
    }
}
