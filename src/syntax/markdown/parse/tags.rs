//! The few HTML tags that are part of the format: `<br>`, `<sub>`, `<sup>`, `<kbd>`, `<mark>`, `<bdi>`, and `<abbr>` with a
//! title. All others stay text.

use std::ops::Range;

use super::build::Build;
use crate::base::escape::without_forbidden;
use crate::diagnostics::code;
use crate::syntax::markdown::ops::{Op, Tag};

impl Build<'_> {
    /// An inline tag.
    pub(super) fn inline_html(&mut self, html: &str, span: Range<usize>) {
        let Some(name) = html.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')) else {
            return self.text(html, span);
        };
        if let Some(words) = abbreviated(name) {
            self.refuse_escaped(&words, &span);
            let index = self.writer.out.parts_mut().abbreviations.push(without_forbidden(&words).into());
            self.html.push((self.open.len(), span));
            return self.open(Tag::Abbreviation(index));
        }
        let name = name.to_ascii_lowercase();
        if matches!(name.trim_end_matches('/').trim_end(), "br") {
            return self.push(Op::HardBreak);
        }
        match (tag(&name), name.strip_prefix('/').and_then(tag)) {
            (Some(tag), _) => {
                self.html.push((self.open.len(), span));
                self.open(tag);
            }
            (None, Some(tag)) if self.open.last() == Some(&tag) && self.has_open_html() => {
                self.html.pop();
                self.close();
            }
            _ if name == "/abbr" && matches!(self.open.last(), Some(Tag::Abbreviation(_))) && self.has_open_html() => {
                self.html.pop();
                self.close();
            }
            _ => self.text(html, span),
        }
    }

    /// Whether the tag opened last is an HTML tag.
    fn has_open_html(&self) -> bool {
        self.html.last().is_some_and(|(depth, _)| depth + 1 == self.open.len())
    }

    /// Closes the HTML tags that their author left open in what ends here.
    pub(super) fn close_html(&mut self) {
        while self.has_open_html() {
            let Some((_, span)) = self.html.pop() else { return };
            let written = self.source()[span.clone()].to_owned();
            let name = written.trim_matches(['<', '>']).split_whitespace().next().unwrap_or_default();
            let end = format!("</{name}>");
            self.error(code::BAD_MARKDOWN, span, format!("`{written}` is never closed")).help =
                Some(format!("write `{end}` after the words that it applies to"));
            self.close();
        }
    }
}

/// What the letters in `<abbr title="words">` stand for. Readers would see pointers in these words as typed, so a tag with pointers
/// stays text and is reported as such.
fn abbreviated(tag: &str) -> Option<String> {
    let (_, title) = tag.split_once(char::is_whitespace).filter(|(name, _)| name.eq_ignore_ascii_case("abbr"))?;
    let value = title.trim().strip_prefix("title=")?;
    let inner = ['"', '\''].iter().find_map(|mark| value.strip_prefix(*mark)?.strip_suffix(*mark))?;
    let plain = inner.replace("&quot;", "\"").replace("&#39;", "'").replace("&lt;", "<").replace("&gt;", ">");
    let words = plain.replace("&amp;", "&").split_whitespace().collect::<Vec<_>>().join(" ");
    (!words.is_empty() && !words.contains(['[', ']', '@'])).then_some(words)
}

fn tag(name: &str) -> Option<Tag> {
    Some(match name {
        "sub" => Tag::Subscript,
        "sup" => Tag::Superscript,
        "kbd" => Tag::Keyboard,
        "mark" => Tag::Highlight,
        "bdi" => Tag::Isolated,
        _ => return None,
    })
}
