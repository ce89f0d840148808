//! One walk over all addresses of the demonstration site, under a sub-path: everything that names a page uses the same
//! address, and the page exists. The program itself checks links within pages, and so does `tests/browser/links.mjs`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::support::{Outcome, Site, attributes};

use super::same::demonstration;

const BASE: &str = "https://example.org/explainer/";

/// Every format, and a redirect of each kind.
const MORE: &str = "
[output.html.redirect]
\"/gone/\" = \"/alliance/#offer\"
\"/gone.html\" = \"/events/march-2025-flights/\"
\"/outside/\" = \"https://elsewhere.example/\"

[output.feeds]
sections = true
entities = true
";

struct Walk {
    files: BTreeMap<String, Vec<u8>>,
    faults: Vec<String>,
    checked: usize,
}

impl Walk {
    fn text(&self, path: &str) -> &str {
        std::str::from_utf8(&self.files[path]).unwrap()
    }

    /// The file that an absolute address of the site leads to; an address of another site leads to none.
    fn leads(&mut self, from: &str, address: &str) -> Option<String> {
        let address = address.replace("&amp;", "&").replace("&#39;", "'");
        if !address.starts_with("http://") && !address.starts_with("https://") {
            self.faults.push(format!("{from}: `{address}` is not whole"));
            return None;
        }
        let rest = address.strip_prefix(BASE)?;
        self.checked += 1;
        let (path, anchor) = rest.split_once('#').map_or((rest, None), |(path, anchor)| (path, Some(anchor)));
        let file = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
        let Some(bytes) = self.files.get(&file) else {
            self.faults.push(format!("{from}: nothing is at {address}"));
            return None;
        };
        // Names of things, such as `#entity`, come from a page's address and aren't anchors.
        let is_name = ["article", "entity", "event", "claim", "source", "website", "publisher", "breadcrumb"];
        if let Some(anchor) = anchor.filter(|anchor| !is_name.contains(anchor)) {
            let id = format!(" id=\"{anchor}\"");
            if !bytes.windows(id.len()).any(|window| window == id.as_bytes()) {
                self.faults.push(format!("{from}: no anchor at {address}"));
            }
        }
        Some(file)
    }

    #[track_caller]
    fn same<T: PartialEq + std::fmt::Debug>(&mut self, what: &str, one: &T, other: &T) {
        if one != other {
            self.faults.push(format!("{what}: {one:?} and {other:?}"));
        }
    }

    /// Every address of the site inside JSON.
    fn json(&mut self, from: &str, value: &Value) {
        match value {
            Value::String(text) if text.starts_with(BASE) => {
                self.leads(from, text);
            }
            Value::Array(items) => items.iter().for_each(|item| self.json(from, item)),
            Value::Object(fields) => fields.values().for_each(|field| self.json(from, field)),
            _ => {}
        }
    }
}

/// The value of an attribute of the only tag that begins like this.
fn of_tag<'p>(page: &'p str, tag: &str, attribute: &str) -> Vec<&'p str> {
    let tags = page.split(tag).skip(1).filter_map(|rest| rest.split('>').next());
    tags.filter_map(|tag| attributes(tag, attribute).first().copied()).collect()
}

fn property<'p>(page: &'p str, name: &str) -> Vec<&'p str> {
    of_tag(page, &format!("<meta property=\"{name}\""), "content")
}

fn texts(xml: &str, name: &str) -> Vec<String> {
    let open = format!("<{name}>");
    xml.split(&open).skip(1).filter_map(|rest| rest.split("</").next()).map(|text| text.replace("&amp;", "&")).collect()
}

fn urls(items: &Value) -> Vec<String> {
    items.as_array().unwrap().iter().map(|item| item["url"].as_str().unwrap().to_owned()).collect()
}

fn built() -> Outcome {
    let site: Site = demonstration();
    let book = std::fs::read_to_string(site.root().join("book.toml")).unwrap();
    // The demonstration may have its own tables for these.
    let more: Vec<&str> = MORE.split("\n[").filter(|table| !table.trim().is_empty()).collect();
    let more: String = more
        .into_iter()
        .filter(|table| !book.contains(&format!("[{}]", table.split(']').next().unwrap())))
        .map(|table| format!("\n[{table}"))
        .collect();
    site.write("book.toml", book + &more);
    site.arg("--base-url").arg(BASE.trim_end_matches('/')).build().succeeds()
}

#[test]
fn all_addresses_agree_and_exist() {
    let outcome = built();
    let mut walk = Walk { files: outcome.files(), faults: Vec::new(), checked: 0 };
    let pages: Vec<String> = walk.files.keys().filter(|path| path.ends_with(".html")).cloned().collect();
    let mut canonical = BTreeSet::new();
    let mut redirects = 0;
    for path in &pages {
        let page = walk.text(path).to_owned();
        let address = format!("{BASE}{}", path.trim_end_matches("index.html"));
        if path == "404.html" {
            // It is shown at any depth, so its addresses begin at the host, and no list includes it.
            let own: Vec<_> = attributes(&page, "href").into_iter().filter(|href| !href.contains(':')).collect();
            assert!(own.iter().all(|href| href.starts_with("/explainer/") || href.starts_with('#')), "{own:?}");
            assert!(page.contains("name=\"robots\" content=\"noindex\"") && !page.contains("rel=\"canonical\""));
            continue;
        }
        if page.contains("http-equiv=\"refresh\"") {
            redirects += 1;
            assert!(page.contains("name=\"robots\" content=\"noindex\""), "{path}");
            let to = of_tag(&page, "<link rel=\"canonical\"", "href")[0].to_owned();
            walk.leads(path, &to);
            continue;
        }
        walk.same(path, &of_tag(&page, "<link rel=\"canonical\"", "href"), &vec![address.as_str()]);
        walk.same(path, &property(&page, "og:url"), &vec![address.as_str()]);
        let images = property(&page, "og:image");
        walk.same(path, &images.len(), &usize::from(cfg!(feature = "cards")));
        for image in images {
            walk.leads(path, image);
        }
        for alternate in of_tag(&page, "<link rel=\"alternate\"", "href") {
            walk.leads(path, alternate);
        }
        let script = page.split("<script type=\"application/ld+json\">").nth(1).unwrap().split("</script>").next().unwrap();
        let graph: Value = serde_json::from_str(script).unwrap();
        walk.same(path, &graph["@graph"][0]["url"], &Value::from(address.clone()));
        walk.json(path, &graph);
        canonical.insert(address);
    }
    assert!(redirects >= 3, "{redirects}");

    // The sitemap lists the pages, all of them and nothing else.
    let listed: BTreeSet<String> = texts(walk.text("sitemap.xml"), "loc").into_iter().collect();
    walk.same("sitemap", &listed, &canonical);
    let robots = walk.text("robots.txt").to_owned();
    let sitemap = robots.lines().find_map(|line| line.strip_prefix("Sitemap: ")).unwrap();
    walk.leads("robots.txt", sitemap);

    // Each feed says the same in both formats.
    let feeds: Vec<String> =
        walk.files.keys().filter(|path| path.ends_with("feed.json") || *path == "updates.json").cloned().collect();
    assert!(feeds.len() > 50, "{}", feeds.len());
    for path in feeds {
        let feed: Value = serde_json::from_str(walk.text(&path)).unwrap();
        walk.same(&path, &feed["feed_url"], &Value::from(format!("{BASE}{path}")));
        walk.leads(&path, feed["home_page_url"].as_str().unwrap());
        let atom_path = path.replace(".json", ".xml");
        let atom = walk.text(&atom_path).to_owned();
        walk.same(&path, &of_tag(&atom, "<link rel=\"self\"", "href"), &vec![format!("{BASE}{atom_path}").as_str()]);
        let items = urls(&feed["items"]);
        let entries: Vec<String> =
            of_tag(&atom, "<link rel=\"alternate\"", "href").into_iter().skip(1).map(str::to_owned).collect();
        walk.same(&path, &items, &entries);
        for item in feed["items"].as_array().unwrap() {
            walk.leads(&path, item["url"].as_str().unwrap());
            for link in attributes(item["content_html"].as_str().unwrap(), "href") {
                walk.leads(&path, link);
            }
        }
    }

    // The data names the pages by their addresses.
    let site: Value = serde_json::from_str(walk.text("data/site.json")).unwrap();
    walk.json("data/site.json", &site);
    for kind in ["sections", "pages", "events", "entities", "claims", "sources"] {
        let own = urls(&site[kind]);
        assert!(!own.is_empty(), "{kind}");
        for url in own.iter().filter(|url| !canonical.contains(*url)) {
            walk.faults.push(format!("data/site.json: {url} is no page"));
        }
    }
    let events = urls(&site["events"]);
    let table = walk.text("data/events.csv").to_owned();
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let in_table: Vec<String> = reader.records().map(|row| row.unwrap().iter().next_back().unwrap().to_owned()).collect();
    walk.same("data/events.csv", &in_table, &events);
    let calendar = walk.text("data/events.ics").replace("\r\n ", "");
    let in_calendar: Vec<String> =
        calendar.lines().filter_map(|line| line.strip_prefix("URL:")).map(|line| line.trim().to_owned()).collect();
    walk.same("data/events.ics", &in_calendar, &events);

    assert!(walk.faults.is_empty(), "{:#?}", walk.faults);
    assert!(walk.checked > 3_000, "only {} addresses were looked at", walk.checked);
}
