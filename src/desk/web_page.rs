//! Reads the metadata of a saved web page: its title, its publisher, its date and its address.
//!
//! Publishers often give these in several ways, and the most formal one wins: metadata for libraries (`citation_…`), structured
//! data (JSON-LD), Open Graph, then the page itself.

use serde_json::Value;

use super::html::{Tag, tags, unescaped};
use super::import::plain;
use crate::base::slug::slug;
use crate::date;

/// What a page says about itself. Anything it doesn't say is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// Its headline.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// The day it was published, in EDTF.
    pub date: String,
    /// Its address.
    pub url: String,
    /// The address of an archived copy, if that is what was read.
    pub archive_url: String,
    /// The day that it was archived, in EDTF.
    pub archived: String,
}

impl About {
    /// The fields of a source, as an author would type them.
    #[must_use]
    pub fn fields(&self) -> Vec<(String, String)> {
        let mut out = vec![("type", "web".to_owned())];
        out.extend(self.authors.iter().map(|author| ("author", author.clone())));
        out.extend(
            [
                ("publisher", &self.publisher),
                ("date", &self.date),
                ("url", &self.url),
                ("archive-url", &self.archive_url),
                ("archived", &self.archived),
            ]
            .map(|(key, text)| (key, text.clone())),
        );
        out.into_iter().filter(|(_, text)| !text.is_empty()).map(|(key, text)| (key.to_owned(), text)).collect()
    }
}

impl About {
    /// Its title as Markdown, with special characters escaped.
    #[must_use]
    pub fn marked_title(&self) -> String {
        plain::inline(&self.title)
    }

    /// Sets its address from where it was asked for and where it was found. An address in its metadata wins if it is on the same
    /// host. For a copy in an archive, this is the original's address.
    pub fn stands_at(&mut self, asked: &str, found: &str) {
        let found = if found.is_empty() { asked } else { found };
        for address in [asked, found, &self.url.clone()] {
            if let Some((day, original)) = archived(address) {
                address.clone_into(&mut self.archive_url);
                self.archived = day;
                original.clone_into(&mut self.url);
                return;
            }
        }
        let host = |address: &str| address.split('/').nth(2).map(str::to_lowercase);
        if !found.is_empty() && (self.url.is_empty() || host(&self.url) != host(found)) {
            found.clone_into(&mut self.url);
        }
    }
}

/// The day of a copy in the Internet Archive and the original's address: `https://web.archive.org/web/20250315120000/https://…`.
fn archived(address: &str) -> Option<(String, &str)> {
    let (_, rest) = address.split_once("://web.archive.org/web/")?;
    let (moment, original) = rest.split_once('/')?;
    let digits = moment.trim_end_matches(|c: char| c.is_ascii_lowercase() || c == '_');
    let is_moment = digits.len() >= 8 && digits.bytes().all(|b| b.is_ascii_digit());
    let day = is_moment.then(|| format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..8]))?;
    (original.starts_with("http") && date::parse(&day).is_ok()).then_some((day, original))
}

/// The words to make a source's key from: its publisher and date if they are known, and otherwise its title.
#[must_use]
pub fn key_words(title: &str, fields: &[(String, String)]) -> String {
    let typed =
        |name: &str| fields.iter().find(|(key, text)| key == name && !text.is_empty()).map(|(_, text)| text.as_str());
    match (typed("publisher"), typed("date")) {
        (Some(publisher), Some(date)) => {
            let date = super::typed::typed_date(date).unwrap_or_else(|_| date.to_owned());
            format!("{publisher} {date}")
        }
        (Some(publisher), None) => {
            let words: Vec<String> = slug(title).split('-').take(4).map(str::to_owned).collect();
            format!("{publisher} {}", words.join("-"))
        }
        _ => title.to_owned(),
    }
}

/// Reads a page.
#[must_use]
pub fn read(html: &str) -> About {
    let page = Page::of(html);
    let day = page.meta(&["citation_publication_date", "citation_date"]).or_else(|| page.data("datePublished"));
    let day = day.or_else(|| page.meta(DAYS)).or_else(|| page.first("time", "datetime"));
    let url = page.meta(&["citation_public_url"]).or_else(|| page.canonical());
    let url = url.or_else(|| page.meta(&["og:url"])).or_else(|| page.data("url"));
    let title = page.meta(&["citation_title"]).or_else(|| page.data("headline"));
    let title = title.or_else(|| page.meta(&["og:title", "twitter:title", "dc.title"]));
    let publisher = page.meta(&["citation_publisher", "citation_journal_title"]).or_else(|| page.data("publisher"));
    let publisher = publisher.or_else(|| page.meta(&["og:site_name", "dc.publisher", "application-name"]));
    let publisher = publisher.unwrap_or_default();
    let title = title.or_else(|| page_title(html)).map(|title| without_name(&title, &publisher)).unwrap_or_default();
    About {
        title,
        publisher,
        authors: page.authors(),
        date: day.and_then(|day| edtf(&day)).unwrap_or_default(),
        url: url.filter(|url| url.starts_with("http")).unwrap_or_default(),
        archive_url: String::new(),
        archived: String::new(),
    }
}

/// A title without its publisher's name, which many sites append.
fn without_name(title: &str, publisher: &str) -> String {
    let marks = [" | ", " - ", " – ", " — ", " :: ", " · "];
    let cut =
        marks.iter().find_map(|mark| title.strip_suffix(publisher).filter(|_| !publisher.is_empty())?.strip_suffix(mark));
    cut.map_or(title, str::trim).to_owned()
}

/// Names that publishers use for the day of publication.
const DAYS: &[&str] =
    &["article:published_time", "og:published_time", "date", "dc.date", "dcterms.date", "datePublished", "pubdate"];

/// A page's metadata.
struct Page<'h> {
    tags: Vec<Tag<'h>>,
    data: Vec<Value>,
}

impl<'h> Page<'h> {
    fn of(html: &'h str) -> Self {
        let tags = tags(html);
        let data = json_ld(html, &tags);
        Self { tags, data }
    }

    /// The content of the first of these names that isn't empty.
    fn meta(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| {
            let is_it = |tag: &&Tag<'_>| {
                let named = |key: &&str| tag.value(key).is_some_and(|value| value.eq_ignore_ascii_case(name));
                tag.name == "meta" && ["name", "property", "itemprop"].iter().any(named)
            };
            let content = self.tags.iter().find(is_it)?.value("content")?;
            Some(clean(&content)).filter(|text| !text.is_empty())
        })
    }

    /// The article in the structured data.
    fn article(&self) -> Option<&Value> {
        self.data.iter().find(|item| says(item, "headline").is_some())
    }

    /// A property of that article.
    fn data(&self, key: &str) -> Option<String> {
        self.article().and_then(|item| says(&self.whole(item, key), key))
    }

    /// An article in which the value of a key is there, and not just pointed at by its `@id`.
    fn whole(&self, item: &Value, key: &str) -> Value {
        let found = |value: &Value| {
            let id = value.get("@id").filter(|_| value.get("name").is_none())?;
            self.data.iter().find(|other| other.get("@id") == Some(id) && other.get("name").is_some()).cloned()
        };
        let mut item = item.clone();
        match item.get_mut(key) {
            Some(Value::Array(all)) => all.iter_mut().for_each(|one| *one = found(one).unwrap_or_else(|| one.take())),
            Some(one) => *one = found(one).unwrap_or_else(|| one.take()),
            None => {}
        }
        item
    }

    /// An attribute of the first tag with a name.
    fn first(&self, name: &str, key: &str) -> Option<String> {
        self.tags.iter().find(|tag| tag.name == name)?.value(key)
    }

    fn canonical(&self) -> Option<String> {
        let is_it =
            |tag: &&Tag<'_>| tag.name == "link" && tag.value("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical"));
        self.tags.iter().find(is_it)?.value("href")
    }

    fn authors(&self) -> Vec<String> {
        let is_cited = |tag: &&Tag<'_>| tag.name == "meta" && tag.value("name").as_deref() == Some("citation_author");
        let cited = self.tags.iter().filter(is_cited).filter_map(|tag| tag.value("content")).map(|name| clean(&name));
        let named = self.article().map(|item| authors_of(&self.whole(item, "author"))).unwrap_or_default();
        let plain = self.meta(&["author", "article:author", "dc.creator"]).filter(|name| !name.contains("://"));
        let all = [cited.collect(), named, plain.into_iter().collect()];
        all.into_iter().find(|names: &Vec<String>| !names.is_empty()).unwrap_or_default()
    }
}

fn page_title(html: &str) -> Option<String> {
    let start = html.find("<title")?;
    let start = start + html[start..].find('>')? + 1;
    let end = start + html[start..].find("</title")?;
    Some(clean(&unescaped(&html[start..end]))).filter(|title| !title.is_empty())
}

/// The structured data of a page, with lists and graphs flattened.
fn json_ld(html: &str, tags: &[Tag<'_>]) -> Vec<Value> {
    fn flat(value: Value, out: &mut Vec<Value>) {
        match value {
            Value::Array(items) => items.into_iter().for_each(|item| flat(item, out)),
            Value::Object(mut fields) => {
                if let Some(graph) = fields.remove("@graph") {
                    flat(graph, out);
                }
                out.push(Value::Object(fields));
            }
            _ => {}
        }
    }
    let mut out = Vec::new();
    let is_data = |tag: &&Tag<'_>| tag.name == "script" && tag.value("type").as_deref() == Some("application/ld+json");
    for tag in tags.iter().filter(is_data) {
        let text = html[tag.end..].split("</script").next().unwrap_or_default();
        if let Ok(value) = serde_json::from_str(text.trim()) {
            flat(value, &mut out);
        }
    }
    out
}

/// The text of a property: the text itself, or the name of the thing it describes.
fn says(item: &Value, key: &str) -> Option<String> {
    let text = match item.get(key)? {
        Value::String(text) => text.clone(),
        Value::Array(items) => return items.first().and_then(|first| says(&serde_json::json!({ key: first }), key)),
        value => value.get("name").or_else(|| value.get("@id"))?.as_str()?.to_owned(),
    };
    Some(clean(&text)).filter(|text| !text.is_empty())
}

/// Who wrote an article.
fn authors_of(item: &Value) -> Vec<String> {
    let Some(author) = item.get("author") else { return Vec::new() };
    let all = if let Value::Array(all) = author { all.clone() } else { vec![author.clone()] };
    let name = |one: &Value| match one {
        Value::String(name) => Some(name.clone()),
        one => one.get("name")?.as_str().map(str::to_owned),
    };
    // Some write the byline there.
    let bare = |name: String| clean(name.trim_start().strip_prefix("By ").unwrap_or(&name));
    all.iter().filter_map(name).map(bare).filter(|name| !name.is_empty() && !name.contains("://")).collect()
}

/// The day of a date or time, in EDTF.
fn edtf(text: &str) -> Option<String> {
    let day = text.trim().replace('/', "-");
    let day = day.get(..10).unwrap_or(&day);
    if date::parse(day).is_ok() {
        return Some(day.to_owned());
    }
    super::typed::typed_date(text.trim()).ok()
}

/// A text without line breaks or repeated spaces.
fn clean(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_formal_metadata_wins() {
        let html = r#"<!doctype html><html><head><title>A raid | The Herald</title>
            <!-- <meta property="og:title" content="Not this"> -->
            <meta property="og:title" content="A raid &amp; what came of it"><meta content='The Herald' property='og:site_name'>
            <meta property="article:published_time" content="2025-03-15T08:00:00-04:00">
            <link rel="canonical" href="https://herald.example.org/2025/raid">
            <script>var x = "<meta property='og:url' content='https://wrong.example.org/'>";</script>
            <script type="application/ld+json">{"@graph": [{"@type": "WebSite"}, {"@type": "NewsArticle",
            "headline": "A raid at dawn", "author": [{"name": "Jane Doe"}, {"name": "John Roe"}], "publisher": {"name": "Daily Herald"}}]}</script>"#;
        let about = read(html);
        assert_eq!(about.title, "A raid at dawn");
        assert_eq!(about.publisher, "Daily Herald");
        assert_eq!(about.authors, ["Jane Doe", "John Roe"]);
        assert_eq!(about.date, "2025-03-15");
        assert_eq!(about.url, "https://herald.example.org/2025/raid");
        assert_eq!(key_words(&about.title, &about.fields()), "Daily Herald 2025-03-15");
    }

    #[test]
    fn graphs_and_archives_are_followed() {
        let mut about = read(
            r##"<title>A raid - The Herald</title><script type="application/ld+json">{"@graph": [
            {"@type": "NewsArticle", "headline": "A *raid*", "author": [{"@id": "#j"}, {"name": "By Sam Lee"}], "publisher": {"@id": "#h"}},
            {"@id": "#j", "name": "Jane Doe"}, {"@id": "#h", "name": "The Herald"}]}</script>"##,
        );
        assert_eq!((about.authors.join(", ").as_str(), about.publisher.as_str()), ("Jane Doe, Sam Lee", "The Herald"));
        assert_eq!(about.marked_title(), "A \\*raid\\*");
        about.stands_at("https://web.archive.org/web/20250316120000id_/https://herald.example.org/1", "");
        assert_eq!((about.url.as_str(), about.archived.as_str()), ("https://herald.example.org/1", "2025-03-16"));
        let mut plain = read(
            "<title>A raid | The Herald</title><meta property=og:site_name content=\"The Herald\"><link rel=canonical href=https://other.example.org/>",
        );
        assert_eq!(plain.title, "A raid");
        plain.stands_at("http://herald.example.org/1", "https://herald.example.org/1");
        assert_eq!(plain.url, "https://herald.example.org/1");
        for odd in [
            "https://web.archive.org/web/é/https://a",
            "https://web.archive.org/web/2025/",
            "://web.archive.org/web/99999999/http://a",
        ] {
            About::default().stands_at(odd, odd);
        }
    }

    #[test]
    fn missing_metadata_stays_empty() {
        let about = read("<TITLE>x</TITLE><title>\n A  page\n</title><time datetime=\"2025-04\">April</time>");
        assert_eq!((about.title.as_str(), about.date.as_str(), about.publisher.as_str()), ("A page", "2025-04", ""));
        assert_eq!(read(""), About::default());
        assert_eq!(read("<meta name=citation_title content=\"Old &#8220;law&#x201D;\"><meta").title, "Old “law”");
        let cited = read(
            "<meta name=\"citation_author\" content=\"Doe, Jane\"><meta name=\"citation_author\" content=\"Roe, R.\"><meta name=\"citation_date\" content=\"2025/03/15\">",
        );
        assert_eq!((cited.authors.len(), cited.date.as_str()), (2, "2025-03-15"));
        for odd in [
            "<meta name",
            "<meta name=\"x",
            "<script type=\"application/ld+json\">{",
            "<<<>",
            "<time datetime=>",
            "é<meta é=\"é\">",
        ] {
            let _ = read(odd);
        }
    }
}
