//! Folders of Markdown.

use super::{imported, read, refused};
use crate::support::{SOURCE, SVG, Site};

/// A folder beside a site, with these files.
fn folder(files: &[(&str, &str)]) -> Site {
    files.iter().fold(Site::new(), |site, (path, text)| site.file(&format!("old/{path}"), text))
}

#[track_caller]
fn body(site: &Site, path: &str) -> String {
    let text = read(site, path);
    text.splitn(3, "---\n").nth(2).unwrap_or_else(|| panic!("{text}")).trim().to_owned()
}

#[test]
fn a_book_keeps_its_order_its_parts_and_its_links() {
    let site = folder(&[
        ("book.toml", "[book]\ntitle = \"B\"\n"),
        (
            "src/SUMMARY.md",
            "# Summary\n\n[Introduction](README.md)\n\n# First part\n\n- [One](one.md)\n  - [Two](deep/two.md)\n- [Later]()\n",
        ),
        ("src/README.md", "# Welcome\n\nSee [one](./one.md).\n"),
        (
            "src/one.md",
            "# One\n\nSee [two](deep/two.md#a-heading \"Two\") and ![a map](img/map.svg).\n\n{{#include code.rs}}\n",
        ),
        (
            "src/deep/two.md",
            "# Two\n\n## A heading\n\n[up](../one.md), [gone](../gone.md), [raw](https://a.example.org).\n\n```rust\n[one](../one.md)\n```\n",
        ),
        ("src/orphan.md", "# Orphan\n"),
        ("src/img/map.svg", SVG),
        ("book/index.html", "<p>built</p>"),
    ]);
    let outcome = imported(&site, &["old"]);
    assert_eq!(read(&site, "content/index.md"), "---\ntitle: Welcome\n---\n\nSee [one](one.md).\n");
    let one = read(&site, "content/one.md");
    assert!(one.starts_with("---\ntitle: One\norder: 2\npart: First part\n---\n"), "{one}");
    assert!(one.contains("See [two](two.md#a-heading \"Two\") and ![a map](media/img/map.svg)."), "{one}");
    let two = read(&site, "content/two.md");
    assert!(two.starts_with("---\ntitle: Two\norder: 3\npart: First part\n---\n\n## A heading\n\n[up](one.md), gone, [raw](https://a.example.org)."), "{two}");
    assert!(two.contains("```rust\n[one](../one.md)\n```"), "code stays as it is: {two}");
    assert!(read(&site, "content/orphan.md").contains("draft: true"));
    assert!(site.root().join("content/media/img/map.svg").is_file());
    outcome
        .says("old/src/one.md:5:1: warning[not-imported]: `{{#include code.rs}}` does nothing here")
        .says("old/src/deep/two.md:5:23: warning[not-imported]: the folder has no file `../gone.md`")
        .says("the chapter “Later” has no file yet")
        .says("SUMMARY.md does not name this file");
    let built = site.build();
    assert_eq!(built.code, Some(0), "{}", built.stderr);
    assert!(built.page("two/index.html").contains("A heading"));
    // Once more: all is there.
    let before = crate::support::files_below(site.root());
    imported(&site, &["old"]);
    assert!(crate::support::files_below(site.root()) == before);
}

#[test]
fn a_blog_brings_its_front_matter() {
    let site = folder(&[
        ("config.toml", "base_url = \"https://b.example.org\"\n"),
        ("content/_index.md", "+++\ntitle = \"Home\"\n+++\nHello.\n"),
        (
            "content/posts/2024-05-16-bridge.md",
            "+++\ntitle = \"The *bridge*\"\ndescription = \"Why it closed.\"\ndate = 2024-05-16T08:00:00Z\nupdated = \"2024-06-01\"\nweight = 3\ndraft = false\nslug = \"bridge\"\naliases = [\"/old/bridge\"]\nauthors = [\"Jane Doe\"]\ntemplate = \"post.html\"\n\n[taxonomies]\ntags = [\"bridges\", \"courts\"]\n\n[extra]\nhero = \"x.png\"\n+++\nRead [the other](@/posts/other.md) and [that](/posts/other/).\n\n{{ youtube(id=\"abc\") }}\n\n{{< figure src=\"/img/a.png\" alt=\"A\" caption=\"The \\\"a\\\"\" >}}\n",
        ),
        (
            "content/posts/other.md",
            "---\nTitle: Other\nDate: 2024-05-17\nTags: a, b\nDraft: true\nAuthor: John Roe\n---\nText {{< ref \"posts/2024-05-16-bridge.md\" >}} and [x]({{< relref \"2024-05-16-bridge.md\" >}}).\n",
        ),
        ("static/img/a.png", "png"),
        ("themes/x/README.md", "# No\n"),
    ]);
    let outcome = imported(&site, &["old"]);
    let bridge = read(&site, "content/bridge.md");
    assert!(
        bridge.starts_with(
            "---\ntitle: The \\*bridge\\*\nsummary: Why it closed.\norder: 3\npublished: 2024-05-16\nupdated: 2024-06-01\nauthors: [Jane Doe]\ntopics: [bridges, courts]\naliases: [/old/bridge/]\n---\n"
        ),
        "{bridge}"
    );
    assert!(
        bridge.contains("Read [the other](other.md) and [that](other.md).") && bridge.contains("![A](media/img/a.png"),
        "{bridge}"
    );
    let other = read(&site, "content/other.md");
    assert!(
        other.contains("draft: true") && other.contains("topics: [a, b]") && other.contains("[x](bridge.md)"),
        "{other}"
    );
    assert!(!site.root().join("content/no.md").exists() && read(&site, "content/index.md").contains("Hello."));
    outcome
        .says("old/content/posts/2024-05-16-bridge.md:16:2: warning[not-imported]")
        .says("`extra` was left out (a map of fields)")
        .says("`{{ youtube(id=\"abc\") }}` does nothing here");
    let built = site.run(&["build", "--now", crate::support::NOW]);
    assert!(built.code == Some(0) || built.stderr.contains("points-at-hidden"), "{}", built.stderr);
}

#[test]
fn films_and_posts_of_other_sites_become_embeds() {
    let site = folder(&[(
        "post.md",
        "# A post\n\nBefore.\n\n{{< youtube jNQXAC9IVRw >}}\n\n{{ youtube(id=\"dQw4w9WgXcQ\") }}\n\n{{< x user=\"jack\" id=\"20\" >}}\n\n<iframe width=\"560\" src=\"//player.vimeo.com/video/1084537\" title=\"A hare: the film\"></iframe>\n\nIn a line: {{< youtube jNQXAC9IVRw >}}.\n\n<iframe src=\"https://charts.example.org/1\"></iframe>\n\n{{< youtube wrong >}}\n",
    )]);
    let outcome = imported(&site, &["old"]);
    let post = read(&site, "content/post.md");
    let block = |url: &str, title: &str| format!("\n\n```embed\nurl: {url}\ntitle: {title}\n```\n\n");
    for (url, title) in [
        ("https://www.youtube.com/watch?v=jNQXAC9IVRw", "On YouTube"),
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", "On YouTube"),
        ("https://x.com/jack/status/20", "On X"),
        ("https://player.vimeo.com/video/1084537", "\"A hare: the film\""),
    ] {
        assert!(post.contains(&block(url, title)), "{url} is not in {post}");
    }
    assert_eq!(post.matches("```embed").count(), 4, "{post}");
    outcome
        .says("post.md:5:1: warning[not-imported]: what this is was not said, so its title is “On YouTube”")
        .says("`{{< youtube jNQXAC9IVRw >}}` does nothing here")
        .says("`<iframe>` was replaced by a link to its address")
        .says("`{{< youtube wrong >}}` does nothing here");
    let built = site.build();
    assert_eq!(built.code, Some(0), "{}", built.stderr);
}

#[test]
fn the_title_of_a_shortcode_becomes_that_of_its_embed() {
    let site = folder(&[("talk.md", "# A post\n\n{{< youtube id=\"jNQXAC9IVRw\" title=\"A day at the zoo\" >}}\n")]);
    let outcome = imported(&site, &["old"]);
    let talk = read(&site, "content/talk.md");
    assert!(talk.ends_with("url: https://www.youtube.com/watch?v=jNQXAC9IVRw\ntitle: A day at the zoo\n```\n"), "{talk}");
    assert!(!outcome.stderr.contains("what this is was not said"), "{}", outcome.stderr);
}

#[test]
fn notes_of_a_vault_become_pages_that_link_to_each_other() {
    let site = folder(&[
        (".obsidian/app.json", "{}"),
        (
            "Harlow Bridge.md",
            "---\naliases: [The Bridge, \"HB\"]\ntags:\n  - bridges\ncssclasses: wide\n---\nSee [[Ana Okoro]], [[Ana Okoro|the mayor]], [[ana okoro#Her Years]], [[HB]], [[Nobody]] and [[#Here]].\n\n## Here\n\n==Marked [[HB|x]]== and %%hidden%% words. ^block-1\n\n> [!danger]- Take *care*\n> A warning.\n\n> [!note]\n> Fine.\n\n> [!info] About\n> x\n\n![[pier.svg|300]] ![[Ana Okoro]] ![[pier.svg|A pier]]\n\nA note.^[Said by [[HB]].] `[[code]] ==x==` and [@ap, p. 2].\n\n| a | b |\n|---|---|\n| [[Ana Okoro\\|Ana]] | 2 |\n\n```dataview\nlist\n```\n",
        ),
        ("People/Ana Okoro.md", "# Ana Okoro\n\n## Her Years\n\nOn the [[Harlow Bridge#^block-1]], see [the bridge](../Harlow%20Bridge.md) and <https://a.example.org> and <b>bold</b> <font color=red>red</font>.\n"),
        ("attachments/pier.svg", SVG),
    ])
    .file("content/sources/all.yaml", SOURCE);
    let outcome = imported(&site, &["old"]);
    assert_eq!(
        body(&site, "content/harlow-bridge.md"),
        "See [[ana-okoro]], [[ana-okoro|the mayor]], [[ana-okoro#her-years]], [[harlow-bridge]], Nobody and [[#here]].\n\n## Here\n\n<mark>Marked [[harlow-bridge|x]]</mark> and <!--hidden--> words. \n\n> [!CAUTION] Take *care*\n> A warning.\n\n> [!NOTE]\n> Fine.\n\n> [!NOTE] About\n> x\n\n![](media/attachments/pier.svg) [[ana-okoro]] ![A pier](media/attachments/pier.svg)\n\nA note.[^imported-1] `[[code]] ==x==` and [@ap, p. 2].\n\n| a | b |\n|---|---|\n| [[ana-okoro|Ana]] | 2 |\n\n```dataview\nlist\n```\n\n[^imported-1]: Said by [[harlow-bridge]]."
    );
    assert!(read(&site, "content/harlow-bridge.md").starts_with("---\ntitle: Harlow Bridge\ntopics: [bridges]\n---\n"));
    assert_eq!(
        body(&site, "content/ana-okoro.md"),
        "## Her Years\n\nOn the [[harlow-bridge]], see [the bridge](harlow-bridge.md) and <https://a.example.org> and **bold** red."
    );
    outcome
        .says("old/Harlow Bridge.md:7:78: warning[not-imported]")
        .says("nothing is named “Nobody”, so this is not a link")
        .says("the picture's width was dropped")
        .says("notes can't be embedded, so “Ana Okoro” is linked instead")
        .says("the block id `^block-1` was dropped")
        .says("the tag `<font>` was dropped, and its text kept")
        .says("`dataview` blocks don't run here");
    // A vault has no words for those who don't see its pictures.
    site.build().fails_at("missing-alt", "content/harlow-bridge.md", 21, 1);
    let site = site.book("[book]\ntitle = \"B\"\n[checks]\nmissing-alt = \"warn\"\n");
    let built = site.build();
    assert_eq!(built.code, Some(0), "{}", built.stderr);
    assert!(built.words("harlow-bridge/index.html").contains("Said by"));
}

#[test]
fn pictures_elsewhere_become_links() {
    let site = folder(&[
        (
            "a.md",
            "# A\n\n![A pier](https://p.example.org/pier.svg) [![Badge](https://b.example.org/b.svg)](https://c.example.org) ![x][badge]\n\n<img src=\"https://p.example.org/q.png\" alt=\"Q\"> <i class=\"fa\"></i>[a link\nover lines](b.md) and [@jane](https://j.example.org).\n\n[badge]: https://b.example.org/x.svg\n",
        ),
        ("b.md", "# B\n"),
    ]);
    imported(&site, &["old"]).says("old/a.md:3:9: warning[not-imported]: this picture is on another site");
    assert_eq!(
        body(&site, "content/a.md"),
        "[A pier](https://p.example.org/pier.svg) [Badge](https://c.example.org) [x](https://b.example.org/x.svg)\n\n[Q](https://p.example.org/q.png) [a link\nover lines](b.md) and [@jane](https://j.example.org).\n\n[badge]: https://b.example.org/x.svg"
    );
    let built = site.build();
    assert_eq!(built.code, Some(0), "{}", built.stderr);
}

#[test]
fn pages_whose_sources_are_missing_are_drafts() {
    let site = folder(&[("a.md", "# A\n\nSo it was [@doe2025, p. 3].\n")]);
    imported(&site, &["old"])
        .says("old/a.md:3:11: warning[not-imported]: no source has the key doe2025, so the page is a draft");
    assert!(read(&site, "content/a.md").contains("draft: true"));
    let built = site.section("b", "x").build();
    assert_eq!(built.code, Some(0), "{}", built.stderr);
}

#[test]
fn names_that_clash_get_their_folders_name() {
    let site = folder(&[
        ("a/index.md", "# A\n"),
        ("b/notes.md", "# Notes of b\n"),
        ("c/notes.md", "# Notes of c\n[b](../b/notes.md)\n"),
        ("events.md", "# Events\n"),
    ]);
    imported(&site, &["old"]);
    assert!(read(&site, "content/a.md").contains("title: A"));
    assert!(read(&site, "content/notes.md").contains("title: Notes of b"));
    assert!(read(&site, "content/c-notes.md").contains("[b](notes.md)"));
    assert!(read(&site, "content/events-2.md").contains("title: Events"));
    let built = site.build();
    assert_eq!(built.code, Some(0), "{}", built.stderr);
}

#[test]
fn one_note_may_come_alone() {
    let site = Site::new().file("My note.md", "Words, ![](pic.png).\n").file("pic.png", "png");
    imported(&site, &["My note.md"]);
    assert_eq!(read(&site, "content/my-note.md"), "---\ntitle: My note\n---\n\nWords, ![](media/pic.png).\n");
    assert!(site.root().join("content/media/pic.png").is_file());
    let site = folder(&[("a.md", "---\ntitle: [\n---\n"), ("b.md", "+++\ntitle = x\n+++\n"), ("c.md", "---\ntitle: x\n")]);
    refused(&site, &["old"], 1, &["old/a.md:2", "old/b.md:2", "this front matter is never closed", "nothing was written"]);
}

#[test]
fn blocks_and_addresses_of_a_vault_lead_nowhere_wrong() {
    let site = folder(&[
        (
            "Home.md",
            "---\npermalink: /\ncssclasses:\n  - wide\nmobile: true\n---\n# Home\n\nSee [[#^settings|the settings]] and [[#Below]].\n\n## Below\n\nHere. ^settings\n",
        ),
        ("Sync.md", "---\npermalink: sync/basics\n---\nWords.\n"),
        ("Files.md", "---\npermalink: files\n---\nWords.\n"),
    ]);
    let outcome = imported(&site, &["old"]);
    assert_eq!(body(&site, "content/home.md"), "See the settings and [[#below]].\n\n## Below\n\nHere.");
    let home = read(&site, "content/home.md");
    assert!(!home.contains("aliases") && !home.contains("wide"), "{home}");
    assert!(read(&site, "content/sync.md").contains("aliases: [/sync/basics/]"));
    assert!(!read(&site, "content/files.md").contains("aliases"), "it has that address");
    outcome.says("this link to a block is now text");
    assert_eq!(site.build().code, Some(0));
}
