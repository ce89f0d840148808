//! Sitemaps (<https://www.sitemaps.org/protocol.html>): every page, and when it last changed if its record says so.
//!
//! A record without a date has no `lastmod`: a search engine that sees wrong dates stops believing any.

use std::sync::Arc;

use jiff::{Timestamp, ToSpan};

use super::html::NOT_FOUND_FILE;
use super::xml::Xml;
use super::{Format, Outline, Plan, Recipe, RenderContext};
use crate::base::Map;
use crate::date::Date;
use crate::model::{PageIx, RecordIx, Role};

/// The sitemap. It comes after the pages in the list of formats, and before redirects, which don't belong in it.
pub struct Sitemap;

/// The most addresses that the protocol allows in one file.
const MOST: usize = 50_000;

const NAMESPACE: (&str, &str) = ("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9");

impl Format for Sitemap {
    fn plan(&self, site: &Outline<'_>, plan: &mut Plan) {
        let config = site.config();
        if config.base_url.is_none() || config.sitemap.enable == Some(false) {
            return;
        }
        let pages = plan.pages().into_iter().filter(|path| *path != NOT_FOUND_FILE);
        let pages: Vec<String> = pages.map(|path| path.trim_end_matches("index.html").to_owned()).collect();
        add(plan, pages, MOST);
        if config.sitemap.news {
            plan.add("news-sitemap.xml".to_owned(), Recipe::infallible(news));
        }
    }
}

/// Adds the files for `pages`: one, or as many as it takes with at most `most` addresses each, and an index of them.
fn add(plan: &mut Plan, pages: Vec<String>, most: usize) {
    let pages: Arc<[String]> = pages.into();
    if pages.len() <= most {
        plan.add("sitemap.xml".to_owned(), Recipe::infallible(move |site| part(site, &pages)));
        return;
    }
    let count = pages.len().div_ceil(most);
    plan.add("sitemap.xml".to_owned(), Recipe::infallible(move |site| index(site, count)));
    for number in 1..=count {
        let pages = pages.clone();
        let make = move |site: &RenderContext<'_>| {
            let from = (number - 1) * most;
            part(site, &pages[from..(from + most).min(pages.len())])
        };
        plan.add(format!("sitemap-{number}.xml"), Recipe::infallible(make));
    }
}

fn base<'s>(site: &RenderContext<'s>) -> &'s str {
    site.config.base_url.as_deref().unwrap_or_default()
}

/// One file's addresses.
fn part(site: &RenderContext<'_>, pages: &[String]) -> Vec<u8> {
    let changed = changed(site);
    let mut xml = Xml::new();
    xml.open("urlset", &[NAMESPACE]);
    for page in pages {
        xml.open("url", &[]);
        xml.text("loc", &[], &format!("{}/{page}", base(site)));
        if let Some(day) = changed.get(page) {
            xml.text("lastmod", &[], day);
        }
        xml.close("url");
    }
    xml.close("urlset");
    xml.into_bytes()
}

/// The index of the files.
fn index(site: &RenderContext<'_>, count: usize) -> Vec<u8> {
    let mut xml = Xml::new();
    xml.open("sitemapindex", &[NAMESPACE]);
    for number in 1..=count {
        xml.open("sitemap", &[]);
        xml.text("loc", &[], &format!("{}/sitemap-{number}.xml", base(site)));
        xml.close("sitemap");
    }
    xml.close("sitemapindex");
    xml.into_bytes()
}

/// The date each page last changed, by its address from the root. The front page changes with any section.
fn changed(site: &RenderContext<'_>) -> Map<String, String> {
    let model = site.model;
    let mut out = Map::default();
    let mut latest: Option<&Date> = None;
    for owner in model.records() {
        let Some(date) = model.changed(owner) else { continue };
        let path = crate::model::address::absolute("", &model.record_address(owner));
        let has_page = match owner {
            RecordIx::Term(_) => false,
            RecordIx::Page(at) => model[at].role != Role::NotFound,
            _ => true,
        };
        if let Some(day) = site.view.day_or_coarser(date).filter(|_| has_page) {
            out.insert(path.trim_start_matches('/').to_owned(), day);
        }
        if matches!(owner, RecordIx::Page(_)) && latest.is_none_or(|latest| model.reached(latest) < model.reached(date)) {
            latest = Some(date);
        }
    }
    if let Some(day) = latest.and_then(|date| site.view.day_or_coarser(date)) {
        out.insert(String::new(), day);
    }
    out
}

/// Sections published in the two days before “now”, for news search
/// (<https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap>).
fn news(site: &RenderContext<'_>) -> Vec<u8> {
    let (config, model) = (site.config, site.model);
    let mut xml = Xml::new();
    xml.open("urlset", &[NAMESPACE, ("xmlns:news", "http://www.google.com/schemas/sitemap-news/0.9")]);
    let publisher = config.publisher.name.as_ref().map_or(&config.first().title, |name| &name.value);
    let tag = &config.first().tag;
    // Languages are two letters, except Chinese, which keeps its script.
    let language = if tag.starts_with("zh-") { tag.to_lowercase() } else { tag.split('-').next().unwrap_or(tag).to_owned() };
    for at in PageIx::first(model.sections) {
        let owner = RecordIx::Page(at);
        let Some(published) = model.published(owner) else { continue };
        let Some(written) = site.view.moment(published).filter(|written| is_new(published, written, site.now)) else {
            continue;
        };
        xml.open("url", &[]);
        xml.text("loc", &[], &site.view.absolute(&model.record_address(owner)));
        xml.open("news:news", &[]);
        xml.open("news:publication", &[]);
        xml.text("news:name", &[], publisher);
        xml.text("news:language", &[], &language);
        xml.close("news:publication");
        xml.text("news:publication_date", &[], &written);
        xml.text("news:title", &[], &site.view.record_title(owner));
        xml.close("news:news");
        xml.close("url");
    }
    xml.close("urlset");
    xml.into_bytes()
}

/// Whether a date is in the two days before `now`; for a day without a time, whether any part of it is.
fn is_new(date: &Date, written: &str, now: Timestamp) -> bool {
    let Ok(start) = written.parse::<Timestamp>() else { return false };
    let has_time = date.machine().is_some_and(|machine| machine.contains('T'));
    let end = if has_time { Some(start) } else { start.checked_add(24.hours()).ok() };
    let since = now.checked_sub(48.hours()).unwrap_or(Timestamp::MIN);
    start <= now && end.is_some_and(|end| end > since)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lists_are_split_and_listed() {
        let paths = |count: usize| {
            let mut plan = Plan::default();
            add(&mut plan, (0..count).map(|at| format!("{at}/")).collect(), 2);
            plan.finish(&|_| panic!("no record is planned for")).0.recipes.into_keys().collect::<Vec<_>>()
        };
        assert_eq!(paths(2), ["sitemap.xml"]);
        assert_eq!(paths(5), ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml", "sitemap.xml"]);
    }

    #[test]
    fn news_is_two_days_old_at_most() {
        let now = "2025-12-22T12:00:00Z".parse().unwrap();
        let new = |text: &str| {
            let date = crate::date::parse(text).unwrap();
            let written = if text.contains('T') { text.to_owned() } else { format!("{text}T00:00:00Z") };
            is_new(&date, &written, now)
        };
        assert!(new("2025-12-22") && new("2025-12-21") && new("2025-12-20"));
        assert!(!new("2025-12-19") && !new("2025-12-23"));
        assert!(new("2025-12-20T12:30:00Z") && !new("2025-12-20T11:30:00Z") && !new("2025-12-22T13:00:00Z"));
    }
}
