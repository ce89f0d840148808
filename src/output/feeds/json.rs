//! JSON Feed 1.1 (<https://www.jsonfeed.org/version/1.1/>).

use serde::Serialize;

use super::entries::{Entry, Feed, Person};

#[derive(Serialize)]
struct JsonFeed<'f> {
    version: &'static str,
    title: &'f str,
    home_page_url: &'f str,
    feed_url: String,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'f str,
    language: &'f str,
    authors: Vec<Author<'f>>,
    items: Vec<Item<'f>>,
}

#[derive(Serialize)]
struct Author<'f> {
    name: &'f str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'f str>,
}

#[derive(Serialize)]
struct Item<'f> {
    id: &'f str,
    url: &'f str,
    title: &'f str,
    #[serde(skip_serializing_if = "str::is_empty")]
    summary: &'f str,
    content_html: &'f str,
    date_published: &'f str,
    date_modified: &'f str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<Author<'f>>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    tags: &'f [String],
}

fn authors(people: &[Person]) -> Vec<Author<'_>> {
    people.iter().map(|person| Author { name: &person.name, url: person.url.as_deref() }).collect()
}

fn item(entry: &Entry) -> Item<'_> {
    Item {
        id: &entry.id,
        url: &entry.url,
        title: &entry.title,
        summary: &entry.summary,
        content_html: &entry.html,
        date_published: &entry.published,
        date_modified: &entry.updated,
        authors: authors(&entry.authors),
        tags: &entry.topics,
    }
}

/// The feed as JSON.
pub fn write(feed: &Feed) -> Vec<u8> {
    let form = JsonFeed {
        version: "https://jsonfeed.org/version/1.1",
        title: &feed.title,
        home_page_url: &feed.page,
        feed_url: format!("{}.json", feed.stem),
        description: &feed.description,
        language: &feed.language,
        authors: authors(&feed.authors),
        items: feed.entries.iter().map(item).collect(),
    };
    // Texts and lists of them always serialize.
    serde_json::to_vec_pretty(&form).unwrap_or_default()
}
