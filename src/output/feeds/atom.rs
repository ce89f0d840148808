//! Atom (RFC 4287).

use super::entries::{Feed, Person};
use crate::output::xml::Xml;

/// The feed as Atom.
pub fn write(feed: &Feed) -> Vec<u8> {
    let mut xml = Xml::new();
    xml.open("feed", &[("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", &feed.language)]);
    xml.text("id", &[], &feed.id);
    xml.text("title", &[], &feed.title);
    if !feed.description.is_empty() {
        xml.text("subtitle", &[], &feed.description);
    }
    xml.text("updated", &[], &feed.updated);
    xml.empty("link", &[("rel", "self"), ("type", "application/atom+xml"), ("href", &format!("{}.xml", feed.stem))]);
    xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &feed.page)]);
    people(&mut xml, &feed.authors);
    xml.text("generator", &[], "Backgrounder");
    if let Some(license) = &feed.license {
        xml.text("rights", &[], license);
    }
    for entry in &feed.entries {
        xml.open("entry", &[]);
        xml.text("id", &[], &entry.id);
        xml.text("title", &[], &entry.title);
        xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &entry.url)]);
        xml.text("published", &[], &entry.published);
        xml.text("updated", &[], &entry.updated);
        people(&mut xml, &entry.authors);
        for topic in &entry.topics {
            xml.empty("category", &[("term", topic)]);
        }
        if !entry.summary.is_empty() {
            xml.text("summary", &[], &entry.summary);
        }
        xml.text("content", &[("type", "html")], &entry.html);
        xml.close("entry");
    }
    xml.close("feed");
    xml.into_bytes()
}

fn people(xml: &mut Xml, people: &[Person]) {
    for person in people {
        xml.open("author", &[]);
        xml.text("name", &[], &person.name);
        if let Some(url) = &person.url {
            xml.text("uri", &[], url);
        }
        if let Some(email) = &person.email {
            xml.text("email", &[], email);
        }
        xml.close("author");
    }
}
