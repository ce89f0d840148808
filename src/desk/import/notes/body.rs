//! Reads the text of a note once, from start to end. It rewrites whatever other tools read differently, and keeps the rest as
//! it is, byte for byte.

use std::ops::Range;

use super::super::{Names, Reading};
use super::vault::{Page, Vault};
use super::within;
use crate::base::FileId;
use crate::syntax::markdown::citation;

/// A body being read.
pub(super) struct Body<'b, 'd> {
    pub(super) file: FileId,
    /// The whole file.
    pub(super) text: &'b str,
    /// The rest of the body.
    pub(super) at: usize,
    end: usize,
    pub(super) page: &'b Page,
    pub(super) vault: &'b Vault,
    names: &'b Names<'d>,
    out: &'b mut Reading,
    /// The output so far.
    pub(super) written: String,
    /// Open brackets: their places in the output, and whether each opens a picture.
    pub(super) open: Vec<(usize, bool)>,
    /// Open link tags: their places in the output, and their targets.
    pub(super) anchors: Vec<Option<(usize, String)>>,
    /// Footnotes written in the text.
    notes: Vec<String>,
    /// Files that the text uses, and their new paths.
    pub(super) media: Vec<(String, String)>,
    /// Whether it cites a source that doesn't exist.
    pub(super) cites_unknown: bool,
}

impl<'b, 'd> Body<'b, 'd> {
    pub(super) fn new(
        file: FileId,
        text: &'b str,
        body: Range<usize>,
        page: &'b Page,
        vault: &'b Vault,
        names: &'b Names<'d>,
        out: &'b mut Reading,
    ) -> Self {
        Self {
            file,
            text,
            at: body.start,
            end: body.end,
            page,
            vault,
            names,
            out,
            written: String::with_capacity(body.len()),
            open: Vec::new(),
            anchors: Vec::new(),
            notes: Vec::new(),
            media: Vec::new(),
            cites_unknown: false,
        }
    }

    /// The text that is still to be read.
    pub(super) fn rest(&self) -> &'b str {
        &self.text[self.at..self.end]
    }

    /// Reports that the next bytes were left out or changed.
    pub(super) fn lost(&mut self, length: usize, what: impl Into<String>, help: &str) {
        let end = (self.at + length).min(self.end);
        self.out.lost(within(self.file, self.at..end), what, help);
    }

    /// The id of the site's record with this name.
    pub(super) fn record(&self, words: &str) -> Option<String> {
        self.names.meant(words).map(str::to_owned)
    }

    /// Copies bytes to the output.
    pub(super) fn keep(&mut self, length: usize) {
        self.written.push_str(&self.text[self.at..self.at + length]);
        self.at += length;
    }

    /// Replaces bytes in the output.
    pub(super) fn instead(&mut self, length: usize, text: &str) {
        self.written.push_str(text);
        self.at += length;
    }

    /// Reads the whole body.
    pub(super) fn read(&mut self) -> String {
        let mut is_line_start = true;
        while self.at < self.end {
            if is_line_start {
                // A bracket still open at the end of a paragraph doesn't belong to a link.
                if self.rest().trim_start_matches([' ', '>']).starts_with('\n') {
                    self.open.clear();
                }
                if self.block() {
                    continue;
                }
            }
            is_line_start = self.rest().starts_with('\n');
            self.mark();
        }
        let mut written = std::mem::take(&mut self.written);
        written.truncate(written.trim_end().len());
        for (at, note) in std::mem::take(&mut self.notes).into_iter().enumerate() {
            written.push_str(&format!("\n\n[^imported-{}]: {note}", at + 1));
        }
        written.trim_start_matches('\n').trim_end().to_owned()
    }

    /// Reads a block that starts on this line, such as code or a callout; returns whether there was one.
    fn block(&mut self) -> bool {
        let rest = self.rest();
        let line = rest.split_inclusive('\n').next().unwrap_or_default();
        let words = line.trim_start_matches(['>', ' ', '\t']);
        if words.starts_with("```") || words.starts_with("~~~") {
            self.fence(line, words);
            return true;
        }
        if words.starts_with("[!") && line.trim_start().starts_with('>') {
            return self.callout(line);
        }
        if let Some(kind) = words.strip_prefix(":::") {
            return self.container(line, kind.trim());
        }
        false
    }

    /// Code, which stays as it is.
    fn fence(&mut self, line: &'b str, words: &str) {
        let mark = &words[..words.len() - words.trim_start_matches(['`', '~']).len()];
        let language = words[mark.len()..].trim();
        if let "dataview" | "dataviewjs" | "tasks" | "query" = language {
            self.lost(
                line.trim_end().len(),
                format!("`{language}` blocks don't run here; this one is shown as code"),
                "write out what it showed, or add a `timeline` block",
            );
        }
        let mut length = line.len();
        for line in self.rest()[line.len()..].split_inclusive('\n') {
            length += line.len();
            let words = line.trim_start_matches(['>', ' ', '\t']).trim_end();
            if words.starts_with(mark) && words.trim_start_matches(['`', '~']).is_empty() {
                break;
            }
        }
        self.keep(length);
    }

    /// A callout: a quotation with a kind.
    fn callout(&mut self, line: &str) -> bool {
        let (Some(open), Some(close)) = (line.find("[!"), line.find(']')) else { return false };
        let Some(kind) = line.get(open + 2..close) else { return false };
        let (mark, name) = alert(kind.split('|').next().unwrap_or(kind));
        let title = line[close + 1..].trim_end().trim_start_matches(['+', '-']).trim_start();
        self.written.push_str(&format!("{}[!{mark}]", &line[..open]));
        let end = line.trim_end_matches('\n').len();
        if title.is_empty() {
            self.written.push_str(&if name.is_empty() { name } else { format!(" {name}") });
            self.at += end;
        } else {
            // The title is ordinary text.
            self.written.push(' ');
            self.at += line.trim_end().len() - title.len();
            while self.at < self.end && !self.rest().starts_with('\n') {
                self.mark();
            }
        }
        self.keep(usize::from(self.rest().starts_with('\n')));
        true
    }

    /// A block between lines of colons.
    fn container(&mut self, line: &str, kind: &str) -> bool {
        let rest = &self.rest()[line.len()..];
        let Some(close) = rest.find("\n:::").map(|at| at + 1).or_else(|| rest.starts_with(":::").then_some(0)) else {
            return false;
        };
        let (kind, title) = kind.split_once(char::is_whitespace).unwrap_or((kind, ""));
        if kind.is_empty() {
            return false;
        }
        let (mark, name) = alert(kind.trim_matches(['{', '}', '.']));
        let title = title.trim().trim_matches(['[', ']', '"']);
        let title = if title.is_empty() { name } else { title.to_owned() };
        let inner = self.at + line.len()..self.at + line.len() + close;
        let whole_end = self.text[inner.end..self.end].find('\n').map_or(self.end, |end| inner.end + end + 1);
        let mut part = Body::new(self.file, self.text, inner, self.page, self.vault, self.names, &mut *self.out);
        let text = part.read();
        let (media, cites) = (std::mem::take(&mut part.media), part.cites_unknown);
        self.media.extend(media);
        self.cites_unknown |= cites;
        let head = format!("> [!{mark}] {title}");
        let lines = text.lines().map(|line| format!("> {line}").trim_end().to_owned());
        let lines: Vec<String> = std::iter::once(head.trim_end().to_owned()).chain(lines).collect();
        self.written.push_str(&lines.join("\n"));
        self.written.push('\n');
        self.at = whole_end;
        true
    }

    /// Reads one mark or one character.
    fn mark(&mut self) {
        let rest = self.rest();
        let Some(c) = rest.chars().next() else { return };
        let is_read = match c {
            '\\' => {
                let next = rest[1..].chars().next().map_or(0, char::len_utf8);
                self.keep(1 + next);
                true
            }
            '`' => self.code(),
            '<' => self.tag(),
            '%' if rest.starts_with("%%") => self.comment(),
            '!' if rest.starts_with("![[") => self.wiki(true),
            '[' if rest.starts_with("[[") => self.wiki(false),
            '!' if rest.starts_with("![") => {
                self.open.push((self.written.len(), true));
                self.keep(2);
                true
            }
            '[' => self.bracket(),
            ']' => self.target(),
            '=' if rest.starts_with("==") => self.highlight(),
            '^' if rest.starts_with("^[") => self.footnote(),
            '^' => self.block_name(),
            '{' => self.shortcode(),
            _ => false,
        };
        if !is_read {
            self.keep(c.len_utf8());
        }
    }

    fn code(&mut self) -> bool {
        let rest = self.rest();
        let ticks = rest.len() - rest.trim_start_matches('`').len();
        let mark = &rest[..ticks];
        let paragraph = &rest[..rest.find("\n\n").unwrap_or(rest.len())];
        let mut from = ticks;
        while let Some(close) = paragraph[from..].find(mark).map(|at| at + from) {
            let run = paragraph[close..].len() - paragraph[close..].trim_start_matches('`').len();
            from = close + run;
            if run == ticks {
                self.keep(from);
                return true;
            }
        }
        self.keep(ticks);
        true
    }

    /// An Obsidian comment, `%%…%%`.
    fn comment(&mut self) -> bool {
        let rest = self.rest();
        let Some(end) = rest[2..].find("%%") else { return false };
        let inner = rest[2..2 + end].replace("--", "–");
        self.instead(end + 4, &format!("<!--{inner}-->"));
        true
    }

    fn highlight(&mut self) -> bool {
        let rest = &self.rest()[2..];
        let line = &rest[..rest.find('\n').unwrap_or(rest.len())];
        let Some(end) = line.find("==").filter(|end| *end > 0) else { return false };
        let inner = &line[..end];
        if inner.trim() != inner || inner.starts_with('=') {
            return false;
        }
        self.instead(2, "<mark>");
        let close = self.at + end;
        while self.at < close {
            self.mark();
        }
        if self.at == close {
            self.instead(2, "</mark>");
        } else {
            self.written.push_str("</mark>");
        }
        true
    }

    /// A footnote in the text, `^[words]`.
    fn footnote(&mut self) -> bool {
        let rest = &self.rest()[2..];
        let mut depth = 1usize;
        let close = rest.char_indices().find(|(_, c)| {
            match c {
                '[' => depth += 1,
                ']' => depth -= 1,
                _ => {}
            }
            depth == 0
        });
        let Some((close, _)) = close else { return false };
        // Brackets open around it don't match those in it.
        let before = (std::mem::take(&mut self.written), std::mem::take(&mut self.open), std::mem::take(&mut self.anchors));
        self.at += 2;
        let end = self.at + close;
        while self.at < end {
            self.mark();
        }
        let note = std::mem::take(&mut self.written);
        (self.written, self.open, self.anchors) = before;
        self.notes.push(note.split_whitespace().collect::<Vec<_>>().join(" "));
        let mark = format!("[^imported-{}]", self.notes.len());
        self.written.push_str(&mark);
        self.at = self.at.max(end + 1);
        true
    }

    /// An Obsidian block id at the end of a line.
    fn block_name(&mut self) -> bool {
        let rest = self.rest();
        let name = rest[1..].split('\n').next().unwrap_or_default();
        let is_name = !name.is_empty() && name.trim_end().bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if !is_name || !self.written.ends_with([' ', '\n']) {
            return false;
        }
        let length = 1 + name.len();
        self.lost(length, format!("the block id `^{}` was dropped", name.trim()), "link to a heading instead");
        self.at += length;
        true
    }

    /// A bracket: a citation, or the start of a link.
    fn bracket(&mut self) -> bool {
        let rest = self.rest();
        let close = rest.find([']', '\n']).filter(|close| rest[*close..].starts_with(']'));
        let is_link = close.is_some_and(|close| rest[close + 1..].starts_with('('));
        if let Some(close) = close.filter(|_| !is_link)
            && let Some(items) = citation::parse_group(&rest[1..close])
        {
            let unknown: Vec<&str> = items.iter().map(|item| item.key).filter(|key| !self.names.source(key)).collect();
            if !unknown.is_empty() {
                let what = format!("no source has the key {}, so the page is a draft", unknown.join(" or "));
                self.lost(close + 1, what, "import the bibliography, then remove `draft` from the page");
                self.cites_unknown = true;
            }
            self.keep(close + 1);
            return true;
        }
        self.open.push((self.written.len(), false));
        self.keep(1);
        true
    }
}

/// The kind of alert for a callout, and its title if the callout is of another kind.
fn alert(kind: &str) -> (&'static str, String) {
    let lower = kind.trim().to_lowercase();
    let mark = match lower.as_str() {
        "tip" | "hint" | "success" | "check" | "done" => "TIP",
        "important" => "IMPORTANT",
        "warning" | "attention" => "WARNING",
        "caution" | "danger" | "error" | "failure" | "fail" | "missing" | "bug" => "CAUTION",
        _ => "NOTE",
    };
    let is_own = lower == mark.to_lowercase() || matches!(lower.as_str(), "info" | "");
    let mut letters = lower.chars();
    let name = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    (mark, if is_own { String::new() } else { name })
}
