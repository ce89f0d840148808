//! Fills in the placeholders in a page's addresses with the path from that page.

use crate::model::address::{INDEX, ROOT};

/// What replaces the placeholders of one page.
pub struct Placement<'a> {
    /// The path from the page to the root, with a trailing slash.
    root: std::borrow::Cow<'a, str>,
    /// What comes after a folder.
    index: &'static str,
}

impl<'a> Placement<'a> {
    /// For the file at `path` of the output: links are relative.
    #[must_use]
    pub fn relative(path: &str, file_links: bool) -> Self {
        let root = match path.matches('/').count() {
            0 => "./".into(),
            1 => "../".into(),
            2 => "../../".into(),
            deeper => "../".repeat(deeper).into(),
        };
        Self { root, index: index(file_links) }
    }

    /// For a page that is shown at any depth: links begin at the host.
    #[must_use]
    pub fn absolute(base_path: &'a str, file_links: bool) -> Self {
        Self { root: base_path.into(), index: index(file_links) }
    }

    /// What replaces the root, and what comes after a folder.
    #[must_use]
    pub fn parts(&self) -> (&str, &'static str) {
        (&self.root, self.index)
    }

    /// Fills in one address.
    #[must_use]
    pub fn fill_address(&self, address: &str) -> String {
        let mut out = String::with_capacity(address.len() + self.root.len() + self.index.len());
        for c in address.chars() {
            match c {
                ROOT => out.push_str(&self.root),
                INDEX => out.push_str(self.index),
                c => out.push(c),
            }
        }
        out
    }

    /// Fills in `page`.
    #[must_use]
    pub fn fill(&self, page: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(page.len() + page.len() / 16);
        let mut from = 0;
        for at in memchr::memchr2_iter(ROOT as u8, INDEX as u8, page) {
            out.extend_from_slice(&page[from..at]);
            let filled = if page[at] == ROOT as u8 { &self.root } else { self.index };
            out.extend_from_slice(filled.as_bytes());
            from = at + 1;
        }
        out.extend_from_slice(&page[from..]);
        out
    }
}

fn index(file_links: bool) -> &'static str {
    if file_links { "index.html" } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::address::folder;

    #[test]
    fn links_are_relative_to_where_they_stand() {
        let page = format!("<a href=\"{}\"><a href=\"{}#x\">", folder(""), folder("events/x"));
        let at = |path, files| String::from_utf8(Placement::relative(path, files).fill(page.as_bytes())).unwrap();
        assert_eq!(at("index.html", false), "<a href=\"./\"><a href=\"./events/x/#x\">");
        assert_eq!(at("events/y/index.html", false), "<a href=\"../../\"><a href=\"../../events/x/#x\">");
        assert_eq!(at("a/index.html", true), "<a href=\"../index.html\"><a href=\"../events/x/index.html#x\">");
        let placed = Placement::absolute("/base/", false).fill(page.as_bytes());
        assert_eq!(String::from_utf8(placed).unwrap(), "<a href=\"/base/\"><a href=\"/base/events/x/#x\">");
    }
}
