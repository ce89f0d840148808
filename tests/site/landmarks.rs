//! How people who listen to a page find their way: its landmarks have names that tell them apart. Also what its head
//! tells machines that show its picture.

use std::collections::BTreeSet;

use crate::support::{Site, attributes};

/// A site whose pages have as many landmarks as possible.
fn site() -> Site {
    let known = "```known\nknown: [One thing.]\nunknown: [Another.]\n```\n\n";
    let timeline = "```timeline\nentities: [nayib-bukele]\n```\n\n";
    let body = format!("## First\n\nText.[^1]\n\n{known}{timeline}## Second\n\n{known}{timeline}[^1]: A note.\n");
    let events = (0..450).map(|at| {
        let year = 1990 + at / 15;
        format!(
            "- {{id: e-{at}, date: {year}-02-{:02}, title: Number {at}, entities: [nayib-bukele], sources: [ap]}}\n",
            1 + at % 15
        )
    });
    Site::small()
        .page("index.md", &format!("---\ntitle: Front\n---\n{known}{known}{timeline}"))
        .page("long.md", &format!("---\ntitle: Long\norder: 3\n---\n{body}"))
        .file("content/events/more.yaml", events.collect::<String>())
}

/// The role and name of every landmark, in order.
fn landmarks(page: &str) -> Vec<(&str, &str)> {
    let tags = page.split('<').filter_map(|rest| rest.split_once('>').map(|(tag, _)| tag));
    let mut out = Vec::new();
    for tag in tags {
        let word = tag.split([' ', '\n']).next();
        let name = attributes(tag, "aria-label").first().copied().unwrap_or("");
        let role = attributes(tag, "role").first().copied();
        let own = ["nav", "aside", "main", "search", "form", "section"].into_iter().find(|own| word == Some(*own));
        match (role, own) {
            // A section or form without a name isn't a landmark.
            (None, Some("section" | "form")) if name.is_empty() => {}
            (None, Some(own)) => out.push((own, name)),
            (Some(role @ ("region" | "complementary" | "navigation" | "search" | "form" | "main")), _) => {
                out.push((role, name));
            }
            _ => {}
        }
    }
    out
}

#[test]
fn landmarks_of_a_page_have_names_that_tell_them_apart() {
    let outcome = site().build().succeeds();
    let mut roles = BTreeSet::new();
    for (path, bytes) in outcome.files().into_iter().filter(|(path, _)| path.ends_with(".html")) {
        let page = String::from_utf8(bytes).unwrap();
        let found = landmarks(&page);
        let different: BTreeSet<_> = found.iter().collect();
        assert_eq!(different.len(), found.len(), "{path}: {found:?}");
        roles.extend(found.iter().map(|(role, _)| (*role).to_owned()));
    }
    assert!(roles.contains("nav") && roles.contains("main") && roles.contains("section"), "{roles:?}");
    let long = outcome.page("long/index.html");
    assert_eq!(long.matches("role=\"note\" aria-label=\"What is known\"").count(), 2, "{long}");
    assert_eq!(long.matches("role=\"note\" aria-label=\"Timeline\"").count(), 2);
}

#[test]
fn search_engines_may_show_a_large_picture_of_every_page_that_they_are_to_find() {
    let site = Site::small()
        .book("[book]\ntitle = \"T\"\n[site]\nas-of = \"2025-12-22\"\n[output.html.redirect]\n\"/old/\" = \"/alliance/\"\n");
    let outcome = site.build().succeeds();
    let mut pages = 0;
    for (path, bytes) in outcome.files().into_iter().filter(|(path, _)| path.ends_with(".html")) {
        let page = String::from_utf8(bytes).unwrap();
        let said: Vec<_> =
            page.split("<meta name=\"robots\" content=\"").skip(1).map(|rest| rest.split('"').next()).collect();
        let is_found = path != "404.html" && path != "old/index.html";
        assert_eq!(said, [Some(if is_found { "max-image-preview:large" } else { "noindex" })], "{path}");
        pages += usize::from(is_found);
    }
    assert!(pages > 10, "{pages}");
}
