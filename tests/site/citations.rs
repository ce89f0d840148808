//! Numbered sources, backlinks, and blocks in the text.

use crate::support::{Site, attributes, between};

#[test]
fn numbers_follow_the_order_of_first_citation() {
    let outcome = Site::new()
        .file("content/sources/s.yaml", "one:\n  title: First\ntwo:\n  title: Second\nthree:\n  title: Third\n")
        .section("a", "A.[@two] B.[@one; see @two, p. 7] C.[@two] D.[-@three, §§ 3-4] E.[@two] F.[@two]")
        .build()
        .succeeds();
    let page = outcome.page("a/index.html");
    let ids: Vec<_> = attributes(&page, "id").into_iter().filter(|id| id.starts_with("cite--")).collect();
    assert_eq!(ids, ["cite--1-1", "cite--2-1", "cite--1-2", "cite--1-3", "cite--3-1", "cite--1-4", "cite--1-5"]);
    let sources: Vec<_> = attributes(&page, "id").into_iter().filter(|id| id.starts_with("source--")).collect();
    assert_eq!(sources, ["source--two", "source--one", "source--three"]);
    let links = attributes(&page, "href");
    for number in 1..=3 {
        assert!(links.contains(&format!("#cite--{number}-1").as_str()), "way back to source {number}");
    }
    let ways: Vec<_> = links.iter().filter(|link| link.starts_with("#cite--")).collect();
    assert_eq!(ways.len(), 3, "one way back a source: {ways:?}");
    assert!(page.contains(">cited 5 times</a>") && page.contains(">cited once</a>"), "{page}");
    let first = between(&page, "id=\"cite--1-1\"", "</sup>");
    assert!(first.contains(">1</a>"), "{first}");
    let second = between(&page, "id=\"cite--1-2\"", "</sup>");
    assert!(second.contains(">1</span>, p. 7"), "{second}");
    let third = between(&page, "id=\"cite--3-1\"", "</sup>");
    assert!(third.contains(">3, §§ 3"), "{third}");
    // Adjacent marks are one link, which names all of its sources.
    assert!(
        page.contains("aria-label=\"2, see 1, p. 7 (Source 2: First; Source 1: Second)\">2, see <span id=\"cite--1-2\""),
        "{page}"
    );
}

/// As in Pandoc, the comma before a page is optional.
#[test]
fn a_page_needs_no_comma_before_it() {
    let body = "A.[@ap p. 3] B.[@ap, p. 3] C.[see @ap pp. 3-4; @order-pdf § 2]";
    let page = Site::small().section("c", body).build().succeeds().page("c/index.html");
    let text = between(&page, "<p>A.", "</p>");
    let bare: String = text.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text)).collect();
    assert_eq!(bare, "1, p. 3 B.1, p. 3 C.see 1, pp. 3-4; 2, § 2", "{text}");
}

#[test]
fn numbers_side_by_side_are_told_apart() {
    let body = "A.[@ap][@ap, p. 2][@order-pdf] B.[@ap]";
    let page = Site::small().section("c", body).build().succeeds().page("c/index.html");
    let text = between(&page, "<p>A.", "</p>");
    let bare: String = text.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text)).collect();
    assert_eq!(bare, "1, 1, p. 2; 2 B.1", "{text}");
}

#[test]
fn key_points_and_blocks_are_numbered_with_the_body() {
    let outcome = Site::new()
        .file("content/sources/s.yaml", "one:\n  title: First\ntwo:\n  title: Second\nthree:\n  title: Third\n")
        .page("a.md", "---\ntitle: A\nkey-points: [\"P.[@three]\"]\n---\nA.[@two]\n\n```known\nknown: [\"K.[@one]\"]\n```\n\nB.[@three]\n")
        .build()
        .succeeds();
    let page = outcome.page("a/index.html");
    let sources: Vec<_> = attributes(&page, "id").into_iter().filter(|id| id.starts_with("source--")).collect();
    assert_eq!(sources.len(), 3);
    assert_eq!(sources[0], "source--three");
    assert!(page.contains("cite--1-2"), "{page}");
}

#[test]
fn a_source_says_what_rests_on_it() {
    let outcome = Site::small().build().succeeds();
    let page = outcome.page("sources/ap/index.html");
    assert!(page.contains("href=\"../../alliance/#source--ap\""), "{page}");
    assert!(page.contains("href=\"../../events/flights/\""), "{page}");
    assert!(page.contains("They left despite an order."), "the words around the citation");
}

#[test]
fn no_page_has_two_anchors_of_one_name() {
    let site = Site::small().section(
        "everything",
        "One[^f] two[^f].[@ap] [[alliance]] and [[alliance]]. ## No heading\n\n## Same\n\n## Same\n\n```timeline\nentities: [nayib-bukele]\n```\n\n```timeline\nentities: [cecot]\n```\n\n\
         ```claim\nid: claim-error\n```\n\n```claim\nid: claim-error\n```\n\n```quote\ntext: So[[flights]].[@ap]\nby: nayib-bukele\nsources: [ap]\n```\n\n[^f]: See [[flights]].[@ap]",
    );
    let outcome = site.build().succeeds();
    for (path, bytes) in outcome.files().into_iter().filter(|(path, _)| path.ends_with(".html")) {
        let page = String::from_utf8(bytes).unwrap();
        let mut ids = attributes(&page, "id");
        ids.sort_unstable();
        let twice: Vec<_> = ids.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
        assert!(twice.is_empty(), "{path}: {twice:?}");
    }
}

#[test]
fn a_claim_block_shows_the_claim_and_its_history() {
    let outcome = Site::small()
        .file(
            "content/claims/more.yaml",
            "- id: claim-history\n  text: He was deported by mistake.\n  asserted-by:\n    - {by: nayib-bukele, says: \"denies it\", date: 2025-04-14, sources: [ap]}\n  disputed-by: [\"Some officials\"]\n  history:\n    - {date: 2025-03-31, status: alleged, note: At first., sources: [ap]}\n    - {date: 2025-04-10, status: established, note: Then ruled., sources: [order-pdf]}\n  sources: [ap]\n",
        )
        .section("c", "Words.\n\n```claim\nid: claim-history\n```\n\nMore words.")
        .build()
        .succeeds();
    let page = outcome.page("c/index.html");
    let block = between(&page, "<div class=\"block-claim\"", "</details>");
    for words in [
        "He was deported by mistake.",
        "status-established",
        "denies it",
        "Some officials",
        "At first.",
        "Then ruled.",
        "cite--1-1",
    ] {
        assert!(block.contains(words), "{words} in {block}");
    }
    assert!(block.contains("href=\"../claims/claim-history/\""), "{block}");
}

#[test]
fn known_and_quote_blocks() {
    let body = "```known\nknown: [\"*Surely*.[@ap]\"]\nunknown: [Whether.]\ncontested: [\"If [[cecot]].\"]\nas-of: 2025-12-01\n```\n\n\
                ```quote\ntext: el dictador <más> cool\nby: nayib-bukele\non: 2021-09\nsources: [\"ap, p. 3\"]\nlang: es\n```\n\n```quote\ntext: Unnamed words\nby: A clerk\nsources: [ap]\n```";
    let page = Site::small().section("c", body).build().succeeds().page("c/index.html");
    let known = between(&page, "<aside class=\"block-known\"", "</aside>");
    for words in ["<em>Surely</em>", "Whether.", "CECOT</a>", "December 1, 2025"] {
        assert!(known.contains(words), "{words} in {known}");
    }
    let quote = between(&page, "<figure class=\"block-quote\">", "</figure>");
    for words in ["lang=\"es\"", "el dictador &lt;más&gt; cool", "Nayib Bukele</a>", "September 2021", ", p. 3"] {
        assert!(quote.contains(words), "{words} in {quote}");
    }
    assert!(page.contains("A clerk"), "{page}");
}

#[test]
fn an_empty_block_is_no_fault_of_the_program() {
    let outcome = Site::small().section("c", "```known\n```\n\n```timeline\n```").build();
    assert!(matches!(outcome.code, Some(0 | 1)), "{}", outcome.stderr);
}

#[test]
fn a_footnote_that_nothing_marks_is_told_at_its_place() {
    let outcome = Site::small().section("c", "Words.\n\n[^lost]: Never marked.").build();
    outcome.fails().finds("broken-link", "content/c.md", 6, 1);
}
