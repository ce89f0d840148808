//! Pictures: what pages say of them, and what is published.

use std::collections::BTreeMap;

use crate::support::{Outcome, SVG, Site, between};

const SECRET: &str = "GPS 13.5N 89.2W";

/// A PNG in which every column has another color, with a text that nobody means to publish.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.add_text_chunk("Comment".to_owned(), SECRET.to_owned()).unwrap();
    let row = (0..width).flat_map(|x| [(x * 255 / width) as u8, 80, 120]);
    let pixels: Vec<u8> = (0..height).flat_map(|_| row.clone()).collect();
    encoder.write_header().unwrap().write_image_data(&pixels).unwrap();
    out
}

fn has(bytes: &[u8], needle: &str) -> bool {
    bytes.windows(needle.len()).any(|part| part == needle.as_bytes())
}

/// The published files below `media/`.
fn media(outcome: &Outcome) -> BTreeMap<String, Vec<u8>> {
    outcome.files().into_iter().filter(|(path, _)| path.starts_with("media/")).collect()
}

#[test]
fn a_picture_has_its_size_and_says_nothing_of_its_camera() {
    let site =
        Site::new().section("a", "![A wall](media/wall.png \"The wall\")\n").file("content/media/wall.png", png(300, 200));
    let outcome = site.build().succeeds();
    let page = outcome.page("a/index.html");
    let figure = between(&page, "<figure class=\"picture\">", "</figure>");
    assert!(figure.contains("src=\"../media/wall.png\" width=\"300\" height=\"200\""), "{figure}");
    assert!(figure.contains("alt=\"A wall\"") && figure.ends_with("<figcaption>The wall</figcaption>"), "{figure}");
    assert!(!figure.contains("loading") && !figure.contains("title="), "the first picture is loaded at once: {figure}");
    for (path, bytes) in outcome.files() {
        assert!(!has(&bytes, SECRET), "{path}");
    }
}

#[test]
fn only_the_first_picture_of_a_page_is_loaded_at_once() {
    let body = "![A](media/x.svg)\n\nText ![B](media/x.svg \"b\") goes on.\n\n```figure\nsrc: media/x.svg\nalt: C\ncredit: D\n```\n";
    let outcome = Site::new().section("a", body).file("content/media/x.svg", SVG).build().succeeds();
    let page = outcome.page("a/index.html");
    let pictures: Vec<&str> = page.split("<img ").skip(1).filter_map(|rest| rest.split('>').next()).collect();
    let lazy: Vec<bool> = pictures.iter().map(|picture| picture.contains("loading=\"lazy\"")).collect();
    assert_eq!(lazy, [false, true, true], "{pictures:?}");
    assert!(pictures.iter().all(|picture| picture.contains("width=\"40\" height=\"20\"")), "{pictures:?}");
    assert!(pictures[1].contains("title=\"b\""), "inside a paragraph, a caption is a title: {pictures:?}");
}

#[test]
fn blocks_show_captions_credits_and_licenses() {
    let body = "```figure\nsrc: media/x.svg\nalt: A *door*\ncaption: The door of [[b]].[@ap]\ncredit: Jane Doe\nlicense: CC0\nwidth: wide\n```\n\n\
        ```gallery\nlayout: compare\npictures:\n  - {src: media/x.svg, alt: Before, caption: \"2019\"}\n  - {src: media/y.svg, alt: After}\ncaption: A bridge.\ncredit: John Roe\n```\n";
    let site = Site::new().sourced().section("a", body).section("b", "").file("content/media/x.svg", SVG);
    let outcome = site.file("content/media/y.svg", SVG).build().succeeds();
    let page = outcome.page("a/index.html");
    let figure = between(&page, "<figure class=\"block-figure picture wide\">", "</figure>");
    assert!(figure.contains("alt=\"A door\"") && figure.contains("href=\"../b/\""), "{figure}");
    assert!(figure.contains("class=\"cite\"") && figure.contains("<p class=\"credit\">Jane Doe (CC0)</p>"), "{figure}");
    let gallery = between(&page, "<figure class=\"block-gallery compare\"", "<script");
    assert!(
        gallery.contains("data-label=\"Compare the two pictures\"") && gallery.matches("<img ").count() == 2,
        "{gallery}"
    );
    assert!(gallery.contains("<figcaption>2019</figcaption>") && gallery.contains("<p>A bridge.</p>"), "{gallery}");
    assert!(page.contains("compare."), "the script of the slider");
    assert_eq!(media(&outcome).len(), 2);
    assert!(outcome.page("data/site.json").contains("The door of"));
}

#[test]
fn what_is_wrong_with_a_gallery_is_told() {
    let block = |text: &str| Site::new().section("a", text).file("content/media/x.svg", SVG).build();
    let one = "{src: media/x.svg, alt: A, credit: B}";
    let all = |count: usize| vec![one; count].join(", ");
    block(&format!("```gallery\npictures: [{}]\n```", all(1))).fails_at("bad-value", "content/a.md", 5, 1).says("`figure`");
    block(&format!("```gallery\npictures: [{}]\n```", all(7)))
        .fails_at("bad-value", "content/a.md", 5, 1)
        .says("at most six");
    let three = format!("```gallery\npictures: [{}]\nlayout: compare\n```", all(3));
    block(&three).fails_at("bad-value", "content/a.md", 5, 1).says("a comparison takes two");
    block(&format!("```gallery\npictures: [{}]\n```", all(6))).succeeds();
    block("```figure\nsrc: media/x.svg\n```").fails();
    block("```figure\nsrc: media/none.svg\nalt: A\n```").fails_at("broken-link", "content/a.md", 5, 6);
}

#[test]
fn files_that_cannot_be_published_stop_a_build_where_they_are_used() {
    let with = |bytes: &[u8]| Site::new().section("a", "One ![A](media/x.png)").file("content/media/x.png", bytes).build();
    let mut bomb = png(1, 1);
    bomb[16..24].copy_from_slice(&[0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff]);
    with(&bomb).fails_at("bad-media", "content/a.md", 4, 5).says("4295 megapixels");
    with(b"<!doctype html>").fails_at("bad-media", "content/a.md", 4, 5).says("is a web page");
    with(&png(9, 9)[..90]).fails_at("bad-media", "content/a.md", 4, 5).says("cut off");
    with(SVG.as_bytes()).fails_at("bad-media", "content/a.md", 4, 5).says("rename it to `x.svg`");
    // Nobody looks at what no public page uses.
    let draft = "---\ntitle: A\ndraft: true\n---\n![A](media/x.png)\n";
    let site = Site::new().page("a.md", draft).section("b", "").file("content/media/x.png", "not a picture");
    assert!(media(&site.build().succeeds()).is_empty());
    site.arg("--drafts").build().fails_at("bad-media", "content/a.md", 5, 1);
}

#[cfg(feature = "pictures")]
mod sizes {
    use super::*;
    use crate::support::attributes;

    /// The width and height of a PNG.
    fn size(bytes: &[u8]) -> (u32, u32) {
        let side = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
        (side(16), side(20))
    }

    /// The addresses in every `srcset` of a page.
    fn offered(page: &str) -> Vec<&str> {
        let sets = attributes(page, "srcset").into_iter();
        sets.flat_map(|set| set.split(", ").filter_map(|one| one.split(' ').next())).collect()
    }

    #[test]
    fn each_size_that_is_offered_is_there_wherever_the_page_is() {
        let site = || {
            let site = Site::new().page(
                "deep/a.md",
                "---\ntitle: A\n---\n![A wall](../media/a wall.png)\n".replace("a wall.png", "a%20wall.png").as_str(),
            );
            site.file("content/media/a wall.png", png(700, 350))
        };
        let outcome = site().build().succeeds();
        let page = outcome.page("a/index.html");
        let names: Vec<_> = media(&outcome).into_keys().collect();
        assert_eq!(
            names,
            ["media/a wall.png", "media/a wall.png.360.webp", "media/a wall.png.640.webp", "media/a wall.png.700.webp"]
        );
        let wanted = ["360", "640", "700"].map(|width| format!("../media/a%20wall.png.{width}.webp"));
        assert_eq!(offered(&page), wanted);
        assert!(page.contains("type=\"image/webp\"") && attributes(&page, "data-tint").len() == 1, "{page}");
        let book = "[book]\ntitle = \"T\"\n[site]\nas-of = \"2025-12-22\"\nbase-url = \"https://a.example/x\"\n";
        let below = site().book(book).build().succeeds();
        assert_eq!(offered(&below.page("a/index.html")), wanted);
        let linked = site().arg("--file-links").build().succeeds();
        assert_eq!(offered(&linked.page("a/index.html")), wanted);
        assert!(media(&below) == media(&outcome) && media(&linked) == media(&outcome));
    }

    #[test]
    fn a_wide_picture_is_published_whole_only_if_a_link_leads_to_it() {
        let site = |body: &str| Site::new().section("a", body).file("content/media/x.png", png(2200, 40)).build().succeeds();
        let shown = site("![A](media/x.png)\n");
        assert_eq!(size(&media(&shown)["media/x.png"]), (1920, 35));
        let linked = site("![A](media/x.png)\n\n[The whole of it](media/x.png)\n");
        assert_eq!(size(&media(&linked)["media/x.png"]), (2200, 40));
        assert!(!has(&media(&linked)["media/x.png"], SECRET));
    }

    #[test]
    fn what_a_killed_build_left_in_the_cache_is_removed_by_the_next() {
        let site = Site::new().section("a", "![A](media/x.png)\n").file("content/media/x.png", png(500, 200));
        site.build().succeeds();
        let cache = site.root().join(".backgrounder-cache");
        let kept = crate::support::files_below(&cache);
        let beside = |name: &str| {
            let size = kept.keys().find(|path| path.ends_with(".webp")).unwrap();
            format!(".backgrounder-cache/{}", size.replace(".webp", name))
        };
        let (left, live) = (beside(".4711-0.tmp"), beside(".4711-1.tmp"));
        // A build that finds everything in the cache removes it too, and so does a check.
        for run in [Site::build, Site::check] {
            site.write(&left, "half a pict");
            site.write(&live, "half a pict");
            let writer = std::fs::File::options().write(true).open(site.root().join(&live)).unwrap();
            writer.lock().unwrap();
            run(&site).succeeds();
            assert!(!site.root().join(&left).exists(), "{left}");
            assert!(site.root().join(&live).exists(), "what another build is writing stays");
        }
        site.build().succeeds();
        assert_eq!(crate::support::files_below(&cache), kept);
    }

    /// What a page's head says of its picture: address, words, kind, width and height, and how X shows it.
    fn offered_to_networks(page: &str) -> Vec<&str> {
        let names = ["og:image", "og:image:alt", "og:image:type", "og:image:width", "og:image:height", "twitter:card"];
        let content = |name: &str| page.split(&format!("\"{name}\" content=\"")).nth(1)?.split('"').next();
        names.into_iter().filter_map(content).collect()
    }

    /// A site with an event and four entities that have pictures.
    fn with_own_pictures() -> Site {
        let event = "- id: ruling\n  date: 2025-12-11\n  title: A ruling\n  media: {src: media/wide.png, alt: The *court*, credit: A}\n  sources: [ap]\n";
        let entities = "- id: judge\n  kind: person\n  name: A judge\n  image: {src: media/tall.png, alt: Her, credit: A}\n\
            - id: court\n  kind: organization\n  name: A court\n  image: {src: media/wide.png, alt: Its house, credit: A}\n\
            - id: clerk\n  kind: person\n  name: A clerk\n  image: {src: media/small.png, alt: Him, credit: A}\n\
            - id: logo\n  kind: organization\n  name: A party\n  image: {src: media/logo.svg, alt: A flag, credit: A}\n";
        Site::new()
            .sourced()
            .section("a", "")
            .file("content/events/all.yaml", event)
            .file("content/entities/all.yaml", entities)
            .file("content/media/wide.png", png(2400, 1200))
            .file("content/media/tall.png", png(700, 900))
            .file("content/media/small.png", png(500, 400))
            .file("content/media/logo.svg", SVG)
    }

    #[test]
    fn links_to_a_record_appear_with_its_own_picture() {
        let outcome = with_own_pictures().arg("--base-url").arg("https://a.example/x").build().succeeds();
        let of = |path: &str| outcome.page(&format!("{path}/index.html"));
        let (event, court, judge) = (of("events/ruling"), of("entities/court"), of("entities/judge"));
        let at = |path: &str| format!("https://a.example/x/{path}");
        let (wide, tall) = (at("media/wide.png.1200.jpg"), at("media/tall.png.700.jpg"));
        let wanted = [&*wide, "The court", "image/jpeg", "1200", "600", "summary_large_image"];
        assert_eq!(offered_to_networks(&event), wanted);
        assert_eq!(offered_to_networks(&court)[..2], [&*wide, "Its house"]);
        let wanted = [&*tall, "Her", "image/jpeg", "700", "900", "summary"];
        assert_eq!(offered_to_networks(&judge), wanted, "nobody's head is cut off");
        assert!(event.contains(&format!("\"image\":\"{wide}\"")), "JSON-LD names the same");
        for (path, size) in [("media/wide.png.1200.jpg", (1200, 600)), ("media/tall.png.700.jpg", (700, 900))] {
            let bytes = &outcome.files()[path];
            assert!(bytes.starts_with(&[0xff, 0xd8]) && !has(bytes, SECRET), "{path}");
            let found = imagesize::blob_size(bytes).map(|size| (size.width, size.height)).unwrap();
            assert_eq!(found, size, "{path}");
        }
        // What networks can't show, or not well, leaves a page with its card.
        for path in ["entities/clerk", "entities/logo"] {
            let page = of(path);
            let found = offered_to_networks(&page);
            if cfg!(feature = "cards") {
                let card = at(&format!("{path}/card.png"));
                assert_eq!((found[0], found[2], found[5]), (&*card, "image/png", "summary_large_image"));
            } else {
                assert_eq!(found.last(), Some(&"summary"), "{found:?}");
            }
        }
        let cards: Vec<_> = outcome.files().into_keys().filter(|path| path.ends_with("card.png")).collect();
        assert!(!cards.iter().any(|path| path.contains("court") || path.contains("ruling")), "{cards:?}");
    }

    #[test]
    fn without_cards_a_small_picture_is_offered_as_it_is() {
        let book = "[book]\ntitle = \"T\"\n[site]\nas-of = \"2025-12-22\"\nbase-url = \"https://a.example\"\n[output.cards]\nenable = false\n";
        let outcome = with_own_pictures().book(book).build().succeeds();
        let page = outcome.page("entities/clerk/index.html");
        let wanted = ["https://a.example/media/small.png", "Him", "image/png", "500", "400", "summary"];
        assert_eq!(offered_to_networks(&page), wanted);
        assert_eq!(offered_to_networks(&outcome.page("entities/logo/index.html")), ["summary"]);
        assert_eq!(offered_to_networks(&outcome.page("events/ruling/index.html")).len(), 6);
    }

    #[test]
    fn a_site_without_an_address_makes_no_picture_for_networks() {
        let outcome = with_own_pictures().build().succeeds();
        assert!(!outcome.files().keys().any(|path| path.ends_with(".jpg")));
    }

    #[test]
    fn sizes_are_made_once_and_again_when_they_are_lost() {
        let site = Site::new().section("a", "![A](media/x.png)\n").file("content/media/x.png", png(500, 200));
        let first = media(&site.build().succeeds());
        let cache = site.root().join(".backgrounder-cache");
        let kept = crate::support::files_below(&cache);
        assert!(kept.keys().filter(|path| path.ends_with(".webp")).count() == 2, "{:?}", kept.keys());
        // From the cache alone.
        std::fs::remove_dir_all(site.root().join("site")).unwrap();
        assert_eq!(media(&site.build().succeeds()), first);
        assert_eq!(crate::support::files_below(&cache), kept, "nothing is made twice");
        // From the site alone.
        std::fs::remove_dir_all(&cache).unwrap();
        assert_eq!(media(&site.build().succeeds()), first);
        // What is damaged is made again.
        std::fs::remove_dir_all(site.root().join("site")).unwrap();
        for path in kept.keys() {
            site.write(&format!(".backgrounder-cache/{path}"), "damaged");
        }
        assert_eq!(media(&site.build().succeeds()), first);
        // Another picture under the same name.
        site.write("content/media/x.png", png(400, 300));
        let second = site.build().succeeds();
        assert!(second.page("a/index.html").contains("width=\"400\" height=\"300\""));
        assert!(!media(&second).contains_key("media/x.png.500.webp"));
    }
}
