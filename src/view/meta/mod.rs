//! What a page's head tells machines: Open Graph and X, the page's feeds and calendars, JSON-LD.
//!
//! It is one finished string for each page, because a context of many small ones costs more than it is worth. All of it
//! needs absolute addresses, so a site without `base-url` has none of it.

mod json_ld;
mod mentions;
mod people;
mod picture;

pub use picture::CARD;

use super::byline::Signed;
use super::{Head, View};
use crate::base::escape;
use crate::model::{RecordIx, Role, address};
use crate::syntax::kinds::entity::EntityKind;

impl View<'_> {
    /// All of it, as HTML, and what allows the structured data in it; `owner` is the record that the page is about.
    pub(super) fn meta_html(&self, head: &Head, owner: Option<RecordIx>) -> (String, Option<String>) {
        let Some(url) = head.canonical.as_ref().filter(|_| head.kind != "404") else {
            return (String::new(), None);
        };
        let mut out = String::with_capacity(4096);
        self.open_graph(&mut out, head, owner, url);
        self.alternates(&mut out, head, owner);
        let data = json_ld::write(&mut out, self, head, owner, url);
        (out, Some(data))
    }

    fn open_graph(&self, out: &mut String, head: &Head, owner: Option<RecordIx>, url: &str) {
        let article = match owner {
            Some(RecordIx::Page(at)) => self.reader.role(at) == Role::Section,
            Some(RecordIx::Event(_) | RecordIx::Claim(_)) => true,
            _ => false,
        };
        let kind = match owner {
            _ if article => "article",
            Some(RecordIx::Entity(at)) if self.reader.item(at).record.fields.kind == EntityKind::Person => "profile",
            Some(RecordIx::Author(_)) => "profile",
            _ => "website",
        };
        property(out, "og:type", kind);
        property(out, "og:site_name", &self.config.first().title);
        property(out, "og:title", &head.title);
        if !head.description.is_empty() {
            property(out, "og:description", &head.description);
        }
        property(out, "og:url", url);
        // Locales in Open Graph have a country; a language without one has no name there.
        if let Some((language, country)) = self.config.first().tag.split_once('-').filter(|(_, country)| country.len() == 2)
        {
            property(out, "og:locale", &format!("{language}_{country}"));
        }
        let picture = self.picture(owner);
        if let Some(picture) = &picture {
            property(out, "og:image", &self.absolute(&address::file(&picture.path)));
            property(out, "og:image:alt", &picture.alt);
            property(out, "og:image:type", picture.media_type);
            if let Some((width, height)) = picture.size {
                property(out, "og:image:width", &width.to_string());
                property(out, "og:image:height", &height.to_string());
            }
        }
        if let Some(owner) = owner.filter(|_| article) {
            if let Some(time) = self.reader.published(owner).and_then(|date| self.moment(date)) {
                property(out, "article:published_time", &time);
            }
            if let Some(time) = self.reader.changed(owner).and_then(|date| self.moment(date)) {
                property(out, "article:modified_time", &time);
            }
            if let RecordIx::Page(at) = owner {
                // Open Graph takes the address of a profile here, and no name.
                for by in self.signed(at) {
                    if let Signed::Author(author) = by {
                        property(out, "article:author", &self.public_url(author.into()));
                    }
                }
                if let Some(part) = self.reader.part(at) {
                    property(out, "article:section", part);
                }
                let topics = &self.reader.item(at).record.fields.front.topics;
                topics.iter().for_each(|topic| property(out, "article:tag", &topic.value));
            }
        }
        // X takes the rest from Open Graph.
        let card = if picture.is_some_and(|picture| picture.fills_the_width()) { "summary_large_image" } else { "summary" };
        out.push_str("<meta name=\"twitter:card\" content=\"");
        out.push_str(card);
        out.push_str("\">\n");
    }

    /// The folder of a record's page in the output, with a trailing slash; empty for the front page.
    #[must_use]
    pub fn folder_of(&self, owner: RecordIx) -> String {
        let path = self.reader.path_of(owner);
        if path.is_empty() { path } else { path + "/" }
    }

    fn alternates(&self, out: &mut String, head: &Head, owner: Option<RecordIx>) {
        let mut link = |kind: &str, title: &str, path: &str| {
            out.push_str("<link rel=\"alternate\" type=\"");
            out.push_str(kind);
            out.push_str("\" title=\"");
            escape::html(out, title);
            out.push_str("\" href=\"");
            escape::html(out, &self.absolute(&address::file(path)));
            out.push_str("\">\n");
        };
        if self.has_feeds() {
            let site = &self.config.first().title;
            let mut pair = |title: &str, stem: &str| {
                link("application/atom+xml", title, &format!("{stem}.xml"));
                link("application/feed+json", title, &format!("{stem}.json"));
            };
            pair(site, "feed");
            pair(&self.words.fill("feed.updates", &[("site", site)]), "updates");
            if let Some(owner) = owner.filter(|owner| self.has_own_feed(*owner)) {
                let title = self.words.fill("feed.of", &[("title", &self.record_title(owner)), ("site", site)]);
                pair(&title, &format!("{}feed", self.folder_of(owner)));
            }
        }
        if let Some(path) = self.calendar_of(head.kind, owner) {
            link("text/calendar", &head.title, &path);
        }
    }

    /// Whether a section or entity has its own feeds.
    fn has_own_feed(&self, owner: RecordIx) -> bool {
        match owner {
            RecordIx::Page(at) => self.config.feeds.sections && self.reader.role(at) == Role::Section,
            RecordIx::Entity(_) => self.config.feeds.entities,
            _ => false,
        }
    }

    /// The path of the calendar that goes with a page, if there is one.
    fn calendar_of(&self, kind: &str, owner: Option<RecordIx>) -> Option<String> {
        match owner {
            Some(owner) => self.has_calendar(owner).then(|| format!("{}events.ics", self.folder_of(owner))),
            None => (kind == "timeline" && self.has_data()).then(|| "data/events.ics".to_owned()),
        }
    }
}

fn property(out: &mut String, name: &str, content: &str) {
    out.push_str("<meta property=\"");
    out.push_str(name);
    out.push_str("\" content=\"");
    escape::html(out, content);
    out.push_str("\">\n");
}
