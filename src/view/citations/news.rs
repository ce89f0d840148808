//! The built-in style of sources, `news`: publisher, headline, date, “via” and archive.
//!
//! A style writes only the entry's text; numbers, locators and backlinks are added by the page. A title that is our own
//! description is never in quotation marks.

use crate::base::escape;
use crate::date::Date;
use crate::language::quotes::Quotes;
use crate::model::SourceIx;
use crate::syntax::kinds::source::{Source, TitleIs};
use crate::view::View;
use crate::view::titles::apart;

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
    let title = words(&fields.title.0);
    let headed = parts.len() + 1;
    parts.push(String::new());
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
    let rest = parts.split_off(headed);
    let is_headline = fields.title_is != Some(TitleIs::Description);
    let takes_comma =
        is_headline && !rest.is_empty() && !view.strays(&title) && view.words.get("news.comma-in-quotes") == "yes";
    let quoted = if is_headline { view.quoted(&title) } else { title };
    let quoted = if takes_comma { with_comma(&quoted) } else { quoted };
    parts[headed - 1] = linked_title(view, fields, &quoted);
    let separator = view.words.get("news.separator");
    let head = parts.join(separator);
    if rest.is_empty() {
        return head;
    }
    [&*head, if takes_comma { " " } else { separator }, &rest.join(separator)].concat()
}

/// A headline in quotation marks with the comma that follows it inside them, as American editors write it: `“A raid,”`. A mark
/// that ends the headline takes the comma's place: `“A raid?”`.
fn with_comma(quoted: &str) -> String {
    let [open, close] = Quotes::ENGLISH.single;
    // Without an opening mark, the last one is an apostrophe.
    let has_inner = quoted.contains(open);
    let is_closing = |c: char| c == '”' || has_inner && close.starts_with(c);
    let words = quoted.trim_end_matches(is_closing);
    let last = words.rsplit(' ').next().unwrap_or_default();
    let is_abbreviated = last.matches('.').count() > 1;
    let comma = if words.ends_with(['?', '!', '.', '…', ',']) && !is_abbreviated { "" } else { "," };
    [words, comma, &quoted[words.len()..]].concat()
}

/// A phrase with a date in it, as HTML.
fn dated(view: &View<'_>, phrase: &str, date: &Date) -> String {
    escape::html_string(view.words.get(phrase)).replace("{date}", &view.date_text(date).html)
}

/// A source's title as a link to where to read the source.
fn linked_title(view: &View<'_>, fields: &Source, title: &str) -> String {
    let tag = fields.language.as_ref().map(|tag| tag.0.value.as_str());
    let words = apart(escape::html_string(title), title, tag, view.config);
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

#[cfg(test)]
mod tests {
    use super::with_comma;

    #[test]
    fn a_comma_goes_inside_the_quotation_marks() {
        for (quoted, wanted) in [
            ("“A raid”", "“A raid,”"),
            ("“A ‘raid’”", "“A ‘raid,’”"),
            ("“The workers’”", "“The workers’,”"),
            ("“A raid?”", "“A raid?”"),
            ("“A raid: what it means.”", "“A raid: what it means.”"),
            ("“A raid in the U.S.”", "“A raid in the U.S.,”"),
        ] {
            assert_eq!(with_comma(quoted), wanted);
        }
    }
}
