//! Embeds: what a page has of another site before a reader asks, what its policy allows, and what goes into feeds and data.

use crate::support::{Outcome, SVG, Site, between};

const BOOK: &str = "[book]\ntitle = \"T\"\n[site]\nas-of = \"2025-12-22\"\nbase-url = \"https://a.example/x\"\n[output.data]\ntexts = true\n";
const VIDEO: &str = "```embed\nurl: https://www.youtube.com/watch?v=jNQXAC9IVRw&t=90\ntitle: The *first* video\nstill: media/still.svg\nby: jane\nsources: [ap]\n```\n";

fn site(body: &str) -> Site {
    let site = Site::new().book(BOOK).sourced().section("a", body).section("b", "Words.");
    let jane = "- id: jane\n  kind: person\n  name: Jane Roe\n";
    site.file("content/entities/all.yaml", jane).file("content/media/still.svg", SVG)
}

fn policy(outcome: &Outcome, path: &str) -> String {
    let page = outcome.page(path);
    between(&page, "http-equiv=\"Content-Security-Policy\" content=\"", "\"").replace("&#x2F;", "/").replace("&#39;", "'")
}

#[test]
fn an_embed_is_a_card_with_a_link_until_a_reader_asks() {
    let outcome = site(VIDEO).build().succeeds();
    let page = outcome.page("a/index.html").replace("&#x2F;", "/");
    let figure = between(&page, "<figure class=\"embed\"", "</figure>");
    for words in [
        "id=\"embed--1\"",
        "data-frame=\"https://www.youtube-nocookie.com/embed/jNQXAC9IVRw?start=90\"",
        "data-title=\"The first video\"",
        "data-referrer=\"strict-origin-when-cross-origin\"",
        "data-ratio=\"16 / 9\"",
        "src=\"../media/still.svg\"",
        "<p class=\"embed-title\">The <em>first</em> video</p>",
        "YouTube · By <a class=\"ref ref-entity\" href=\"../entities/jane/\">",
        "Sources: Associated Press",
        "class=\"cite\"",
        "hidden>Show (loads from youtube.com)</button>",
        "<a href=\"https://www.youtube.com/watch?v=jNQXAC9IVRw&amp;t=90\" rel=\"external noopener\">Open on YouTube</a>",
    ] {
        assert!(figure.contains(words), "no {words} in {figure}");
    }
    assert!(!page.contains("<iframe"), "nothing is loaded");
    assert!(page.contains("embeds.") && page.matches("embeds.css").count() == 0, "its style sheet has a fingerprint");
    assert!(outcome.page("entities/jane/index.html").contains("../../a/"), "a record that it names says so");
    assert!(outcome.page("sources/ap/index.html").contains("../../a/"));
}

#[test]
fn only_a_page_with_an_embed_allows_frames_and_only_of_its_host() {
    let outcome = site(VIDEO).build().succeeds();
    let (with, without) = (policy(&outcome, "a/index.html"), policy(&outcome, "b/index.html"));
    assert!(with.ends_with("; frame-src https://www.youtube-nocookie.com"), "{with}");
    assert_eq!(with.matches("https:").count(), 1, "{with}");
    assert!(!without.contains("frame-src") && !without.contains("https:"), "{without}");
    let other = outcome.page("b/index.html");
    assert!(!other.contains("/embeds.") && !other.contains("/films."), "no other page loads anything for it");
    // Two of one host are one place; a link needs none.
    let both = format!(
        "{VIDEO}\n{VIDEO}\n```embed\nurl: https://vimeo.com/76979871\ntitle: B\n```\n\n```embed\nurl: https://c.example/x\ntitle: C\n```\n"
    );
    let outcome = site(&both).build().succeeds();
    let both = policy(&outcome, "a/index.html");
    assert!(both.ends_with("; frame-src https://player.vimeo.com https://www.youtube-nocookie.com"), "{both}");
    let page = outcome.page("a/index.html");
    let link = between(&page, "id=\"embed--4\"", "</figure>");
    assert!(!link.contains("<button") && link.contains("Open on c.example"), "{link}");
}

#[test]
fn records_and_the_front_page_can_embed_too() {
    let site = site("Words.").page("index.md", &format!("---\ntitle: T\n---\n\n{VIDEO}"));
    let event = format!("---\ndate: 2025-04-10\ntitle: E\nsources: [ap]\n---\n\n{VIDEO}");
    let outcome = site.page("events/e.md", &event).build().succeeds();
    for path in ["index.html", "events/e/index.html"] {
        assert!(policy(&outcome, path).contains("frame-src https://www.youtube-nocookie.com"), "{path}");
        assert!(outcome.page(path).contains("class=\"embed-show\""), "{path}");
    }
    assert!(!policy(&outcome, "timeline/index.html").contains("frame-src"));
}

#[test]
fn title_and_link_are_in_feeds_search_and_data() {
    let dated =
        format!("---\ntitle: A\npublished: 2025-04-01\n---\n{}", VIDEO.replace("title: The", "title: Zebrafilm, the"));
    let outcome = site("").page("a.md", &dated).build().succeeds();
    let feed = outcome.page("feed.xml");
    assert!(feed.contains("watch?v=jNQXAC9IVRw") && feed.contains("Zebrafilm"), "{feed}");
    assert!(!feed.contains("<iframe") && !feed.contains("nocookie"));
    assert!(outcome.page("data/site.json").contains("Zebrafilm"));
    let search: String = outcome
        .files()
        .into_iter()
        .filter(|(path, _)| path.starts_with("search/"))
        .map(|(_, bytes)| String::from_utf8(bytes).unwrap())
        .collect();
    assert!(search.contains("Zebrafilm"));
}

#[test]
fn a_draft_publishes_nothing_of_its_embed() {
    let draft = format!("---\ntitle: Secret\ndraft: true\n---\n\n{VIDEO}");
    let outcome = site("Words.").page("draft.md", &draft).build().succeeds();
    for (path, bytes) in outcome.files().into_iter().filter(|(path, _)| !path.starts_with("theme/")) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(!text.contains("jNQXAC9IVRw") && !text.contains("frame-src"), "{path}");
    }
    assert!(!outcome.has("media/still.svg"));
}

#[test]
fn a_frame_of_the_sites_own_host_has_an_origin_of_its_own() {
    let block = |host: &str| format!("```embed\nurl: https://{host}/chart/\ntitle: A\nframe: true\n```\n");
    let sandbox = |host: &str| {
        let page = site(&block(host)).build().succeeds().page("a/index.html");
        between(&page, "data-sandbox=\"", "\"").to_owned()
    };
    assert_eq!(sandbox("a.example"), "allow-scripts allow-popups");
    assert!(sandbox("b.example").contains("allow-same-origin"));
}

#[test]
fn what_is_wrong_with_an_embed_is_told_where_it_is() {
    let with = |url: &str| site(&format!("```embed\nurl: {url}\ntitle: A\n```\n")).build();
    let at = |outcome: Outcome, code: &str| outcome.fails_at(code, "content/a.md", 5, 6);
    at(with("javascript:alert(1)"), "bad-address").says("https://");
    at(with("data:text/html,x"), "bad-address");
    at(with("https://u:p@youtu.be/jNQXAC9IVRw"), "bad-address").says("user name or password");
    at(with("//youtu.be/jNQXAC9IVRw"), "bad-address");
    at(with("youtu.be/jNQXAC9IVRw"), "bad-address");
    at(with("http://youtu.be/jNQXAC9IVRw"), "bad-embed").says("try https://youtu.be/jNQXAC9IVRw");
    at(with("https://youtu.be/short"), "bad-embed").says("but not that of a video");
    with("https://c.example/embed/1").warns_of("unframed-embed").says("frame: true");
    site("```embed\nurl: https://youtu.be/jNQXAC9IVRw\n```\n").build().fails_at("missing-field", "content/a.md", 5, 1);
    site("```embed\nurl: https://youtu.be/jNQXAC9IVRw\ntitle: A\ntitel: B\n```\n").build().fails_at(
        "unknown-field",
        "content/a.md",
        7,
        1,
    );
    let video = |more: &str| site(&format!("```embed\nurl: https://youtu.be/jNQXAC9IVRw\ntitle: A\n{more}\n```\n")).build();
    video("still: media/none.svg").fails_at("broken-link", "content/a.md", 7, 8);
    video("still: https://i.ytimg.com/x.jpg").fails_at("broken-link", "content/a.md", 7, 8).says("contact no other site");
    video("by: jane-roe").warns_or_fails("unknown-id");
    video("sources: [none]").fails_at("unknown-id", "content/a.md", 7, 11);
    video("frame: yes").fails_at("wrong-type", "content/a.md", 7, 8);
    // A page as published has nothing of a block that is wrong, and a preview shows the rest of the page.
}

impl Outcome {
    /// Asserts that this is found.
    #[track_caller]
    fn warns_or_fails(self, code: &str) -> Self {
        assert!(self.findings().iter().any(|finding| finding.code == code), "{}", self.stderr);
        self
    }
}
