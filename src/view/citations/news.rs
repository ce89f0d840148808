//! The built-in style of sources, `news`: publisher, headline, date, “via” and archive.
//!
//! A style writes only the entry's text; numbers, locators and backlinks are added by the page. A title that is our own
//! description is never in quotation marks.

use crate::base::escape;
use crate::date::Date;
use crate::model::SourceIx;
use crate::syntax::kinds::source::{Source, TitleIs};
use crate::view::View;

/// A source's entry as HTML: text with one link.
#[must_use]
pub fn entry(view: &View<'_>, source: SourceIx) -> String {
    let item = &view.reader.item(source);
    let (fields, linked) = (&item.record.fields, item.linked());
    let words = |text: &crate::syntax::text::Text| {
        let mut out = String::new();
        crate::view::plain_text::plain(&mut out, view, linked, linked.text(text, view.language()));
        out
    };
    let mut parts: Vec<String> = Vec::new();
    let mut author = view.byline(&fields.author.0);
    if let Some(publisher) = &fields.publisher.0 {
        let publisher = view.isolated(&words(publisher)).into_owned();
        author =
            if author.is_empty() { publisher } else { [&*author, view.words.get("news.separator"), &publisher].concat() };
    }
    if !author.is_empty() {
        parts.push(escape::html_string(&author));
    }
    parts.push(linked_title(view, fields, &words(&fields.title.0)));
    if let Some(date) = &fields.date {
        parts.push(view.date_text(&date.value).html);
    }
    if let Some(via) = &fields.via {
        parts.push(escape::html_string(&view.words.fill("news.via", &[("via", &view.isolated(&words(via)))])));
    }
    if let Some(date) = fields.url.as_ref().and_then(|url| url.date.as_ref()) {
        parts.push(dated(view, "news.read", &date.value));
    }
    if let Some(archive) = &fields.archive_url {
        let text = match &fields.archived {
            Some(date) => dated(view, "news.archived", &date.value),
            None => escape::html_string(view.words.get("news.archive")),
        };
        let mut link = String::from("<a href=\"");
        escape::html(&mut link, &archive.0.value);
        link.push_str("\" rel=\"external noopener\">");
        link.push_str(&text);
        link.push_str("</a>");
        parts.push(link);
    }
    parts.join(view.words.get("news.separator"))
}

/// A phrase with a date in it, as HTML.
fn dated(view: &View<'_>, phrase: &str, date: &Date) -> String {
    escape::html_string(view.words.get(phrase)).replace("{date}", &view.date_text(date).html)
}

/// A source's title, in quotation marks if it is a headline, as a link to where to read the source.
fn linked_title(view: &View<'_>, fields: &Source, title: &str) -> String {
    let title = match fields.title_is {
        Some(TitleIs::Description) => title.to_owned(),
        Some(TitleIs::Headline) | None => view.quoted(title),
    };
    let mut words = escape::html_string(&title);
    if view.strays(&title) {
        words = format!("<bdi>{words}</bdi>");
    }
    let mut linked_title = String::new();
    match &fields.url {
        Some(url) => {
            linked_title.push_str("<a href=\"");
            escape::html(&mut linked_title, &url.value.0.value);
            linked_title.push_str("\" rel=\"external noopener\">");
            linked_title.push_str(&words);
            linked_title.push_str("</a>");
        }
        None => linked_title.push_str(&words),
    }
    linked_title
}

/// A short name for a source: its publisher, or its title.
#[must_use]
pub fn name(view: &View<'_>, source: SourceIx) -> String {
    let item = &view.reader.item(source);
    let (fields, linked) = (&item.record.fields, item.linked());
    let text = fields.publisher.0.as_ref().unwrap_or(&fields.title.0);
    let mut out = String::new();
    crate::view::plain_text::plain(&mut out, view, linked, linked.text(text, view.language()));
    out
}
