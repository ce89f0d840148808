//! Addresses: relative, for reading from disk, and below a path.

use crate::support::{Site, attributes};

/// Every address on every page of a finished site, with the page that it is on.
fn addresses(outcome: &crate::support::Outcome) -> Vec<(String, String)> {
    let pages = outcome.files().into_iter().filter(|(path, _)| path.ends_with(".html"));
    pages
        .flat_map(|(path, bytes)| {
            let page = String::from_utf8(bytes).unwrap();
            attributes(&page, "href").into_iter().map(|link| (path.clone(), link.to_owned())).collect::<Vec<_>>()
        })
        .filter(|(_, link)| {
            !link.contains("/theme/")
                && !link.contains("/data/")
                && !link.contains("://")
                && !link.starts_with('#')
                && !link.starts_with("mailto:")
        })
        .collect()
}

#[test]
fn links_are_relative_and_end_in_a_slash() {
    let outcome = Site::small().build().succeeds();
    let all = addresses(&outcome);
    assert!(all.len() > 50);
    for (page, link) in all.into_iter().filter(|(page, _)| page != "404.html") {
        let bare = link.split(['#', '?']).next().unwrap();
        assert!(bare.starts_with('.') && (bare.ends_with('/') || bare.ends_with(".css")), "{link} on {page}");
    }
    let page = outcome.page("alliance/index.html");
    assert!(page.contains("href=\"../events/flights/\""), "{page}");
    assert!(outcome.page("events/order/index.html").contains("href=\"../../entities/"), "two folders deep");
}

#[test]
fn links_for_a_disk_name_the_file() {
    let site = Site::small()
        .section("deep", "[home](/) and [it](/alliance/) and [it](/alliance/#where-they-were-held) and [[alliance]]")
        .page("old.md", "---\ntitle: Old\naliases: [/older/, /oldest.html]\n---\n");
    let outcome = site.arg("--file-links").build().succeeds();
    for (page, link) in addresses(&outcome) {
        let bare = link.split(['#', '?']).next().unwrap();
        assert!(bare.ends_with(".html") || bare.ends_with(".css"), "{link} on {page}");
    }
    let page = outcome.page("deep/index.html");
    assert!(page.contains("href=\"../index.html\""), "{page}");
    assert!(page.contains("href=\"../alliance/index.html#where-they-were-held\""), "{page}");
    assert!(outcome.page("older/index.html").contains("url=../old/index.html"));
}

#[test]
fn a_site_below_a_path() {
    let book = "[book]\ntitle = \"T\"\n[site]\nbase-url = \"https://example.org/news/explainer/\"\n";
    let outcome = Site::small().book(book).build().succeeds();
    let canonical = |path: &str| {
        let page = outcome.page(path);
        page.split("<link rel=\"canonical\" href=\"").nth(1).map(|rest| rest[..rest.find('"').unwrap()].to_owned())
    };
    assert_eq!(canonical("index.html").as_deref(), Some("https://example.org/news/explainer/"));
    assert_eq!(canonical("events/order/index.html").as_deref(), Some("https://example.org/news/explainer/events/order/"));
    assert_eq!(canonical("404.html"), None);
    let lost = outcome.page("404.html");
    let links: Vec<_> = attributes(&lost, "href").into_iter().filter(|link| !link.starts_with('#')).collect();
    assert!(!links.is_empty() && links.iter().all(|link| link.starts_with("/news/explainer/")), "{links:?}");
    assert!(outcome.page("alliance/index.html").contains("href=\"../events/flights/\""), "pages stay relative");
}

#[test]
fn the_address_may_be_given_to_the_program() {
    let book = "[book]\ntitle = \"T\"\n[site]\nbase-url = \"https://example.org/news\"\n";
    let outcome = Site::small().book(book).arg("--base-url").arg("http://localhost:8000/preview").build().succeeds();
    assert!(outcome.page("index.html").contains("<link rel=\"canonical\" href=\"http://localhost:8000/preview/\">"));
    assert!(outcome.page("404.html").contains("href=\"/preview/\""));
    let outcome = Site::small().build().succeeds();
    assert!(!outcome.page("index.html").contains("canonical"), "a site without an address has none");
}

#[test]
fn aliases_lead_on() {
    let outcome = Site::small()
        .page("new.md", "---\ntitle: New\naliases: [/old/, old/er, /x/page.html]\n---\n")
        .file("content/events/more.yaml", "- {id: e, date: 2025, title: E, sources: [ap], aliases: [/events/former/]}\n")
        .file("content/entities/more.yaml", "- {id: p, kind: person, name: P, aliases: [Pete, /people/pete/]}\n")
        .book("[output.html.redirect]\n\"/gone/\" = \"/alliance/\"\n\"/away.html\" = \"https://a.example/?a=1&b=2\"\n\"/up/\" = \"/alliance/#where-they-were-held\"\n")
        .build()
        .succeeds();
    let leads = |path: &str, to: &str| {
        let page = outcome.page(path);
        assert!(page.contains(&format!("content=\"0; url={to}\"")) && page.contains("noindex"), "{path}: {page}");
    };
    leads("old/index.html", "../new/");
    leads("old/er/index.html", "../../new/");
    leads("x/page.html", "../new/");
    leads("events/former/index.html", "../../events/e/");
    leads("people/pete/index.html", "../../entities/p/");
    leads("gone/index.html", "../alliance/");
    leads("up/index.html", "../alliance/#where-they-were-held");
    leads("away.html", "https://a.example/?a=1&amp;b=2");
    assert!(outcome.words("entities/p/index.html").contains("Pete"));
    Site::small()
        .book("[output.html.redirect]\n\"/gone/\" = \"/nowhere/\"\n")
        .build()
        .fails()
        .says("redirects to /nowhere/, which doesn't exist");
}

#[test]
fn links_by_path_and_by_id_lead_to_one_place() {
    let outcome = Site::small()
        .section("deep", "")
        .page("folder/x.md", "---\ntitle: X\n---\n[a](../alliance.md#where-they-were-held) [b](../deep.md) [c](#here)\n\n## Here\n\n[[x#here]] [[alliance#where-they-were-held|d]]\n")
        .build()
        .succeeds();
    let page = outcome.page("x/index.html");
    assert_eq!(page.matches("href=\"../alliance/#where-they-were-held\"").count(), 2, "{page}");
    assert!(page.contains("href=\"../deep/\""), "{page}");
    assert!(page.matches("href=\"#here\"").count() >= 2, "{page}");
}

#[test]
fn the_present_page_is_marked_in_the_navigation() {
    let outcome = Site::small().build().succeeds();
    let page = outcome.page("alliance/index.html");
    assert_eq!(page.matches("aria-current=\"page\"").count(), 1);
    assert!(page.contains("href=\"../alliance/\" aria-current=\"page\""), "{page}");
    assert_eq!(outcome.page("about/index.html").matches("aria-current=\"page\"").count(), 0);
}

#[test]
fn every_text_of_a_page_may_point_and_be_pointed_back_at() {
    let texts = "title: \"T [[cecot]] [[flights]]\"\nsummary: \"S [[cecot]] [[flights]].[@ap]\"\npart: \"P [[cecot]].[@ap]\"\nkey-points: [\"K [[cecot]].[@ap]\"]\nnote: \"N [[cecot]].[@ap]\"\n\
                 updates: [{date: 2025-01-01, kind: update, text: \"U [[cecot]].[@ap]\"}]\n";
    let body = "\n## H [[cecot]]\n\nB [[cecot]] [[flights]].[@ap]\n\n```known\nknown: [\"K [[cecot]].[@order-pdf]\"]\n```\n\n```quote\ntext: Q [[cecot]].[@ap]\nby: \"By [[cecot]] x\"\n```\n\nF.[^1]\n\n[^1]: F [[cecot]].[@ap]\n";
    let page = format!("---\n{texts}---\n{body}");
    for (name, more) in [("x.md", ""), ("p.md", "kind: page\n"), ("index.md", ""), ("404.md", "")] {
        Site::small().page(name, &page.replacen("---\n", &format!("---\n{more}"), 1)).build().succeeds();
    }
    let outcome = Site::small().page("x.md", &page).build().succeeds();
    let entity = outcome.page("entities/cecot/index.html");
    assert!(entity.contains("href=\"../../x/\"") && entity.contains("href=\"../../x/#m--cecot\""), "{entity}");
    let own = outcome.page("x/index.html");
    assert!(own.contains("href=\"#m--flights\""), "from the timeline to the text: {own}");
}
