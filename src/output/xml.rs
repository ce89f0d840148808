//! Writes XML: elements with text, and attributes. Atom and sitemaps need no more than that.

use crate::base::escape;

/// An XML document being written.
pub struct Xml(String);

impl Xml {
    /// Starts a document with its declaration.
    #[must_use]
    pub fn new() -> Self {
        Self("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n".to_owned())
    }

    /// Begins an element.
    pub fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes);
        self.0.push_str(">\n");
    }

    /// Ends an element that [`Self::open`] began.
    pub fn close(&mut self, name: &str) {
        self.0.push_str("</");
        self.0.push_str(name);
        self.0.push_str(">\n");
    }

    /// An element without content.
    pub fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes);
        self.0.push_str("/>\n");
    }

    /// An element with text.
    pub fn text(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        self.tag(name, attributes);
        self.0.push('>');
        self.escaped(text);
        self.close(name);
    }

    fn tag(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.0.push('<');
        self.0.push_str(name);
        for (name, value) in attributes {
            self.0.push(' ');
            self.0.push_str(name);
            self.0.push_str("=\"");
            self.escaped(value);
            self.0.push('"');
        }
    }

    fn escaped(&mut self, text: &str) {
        escape::html(&mut self.0, text);
    }

    /// Its bytes.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.0.into_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::Xml;

    #[test]
    fn characters_that_xml_forbids_are_left_out() {
        let mut xml = Xml::new();
        xml.text("a", &[("b", "\"<\u{1}")], "x\u{ffff}&\u{b}y");
        let text = String::from_utf8(xml.into_bytes()).unwrap();
        assert!(text.ends_with("\n<a b=\"&quot;&lt;\">x&amp;y</a>\n"), "{text}");
    }
}
