//! Films, sounds and documents: how pages show them, and what is published.

use crate::films::{FILM, Mp4, mp3, pdf, picture, webm};
use crate::support::{SVG, Site, between};

const VTT: &str = "WEBVTT\n\n00:01.000 --> 00:04.000\nGood evening.\n";
const BOOK: &str = "[book]\ntitle = \"T\"\n[site]\nas-of = \"2025-12-22\"\nbase-url = \"https://a.example/x\"\n";

#[test]
fn a_film_has_its_size_captions_and_poster() {
    let site = Site::new().book(BOOK).section("a", "![A *hearing*](media/x.mp4 \"The court\")\n").section("b", "Words.");
    let site = site.file("content/media/x.mp4", FILM.bytes(false)).file("content/media/x.vtt", VTT);
    let outcome = site.file("content/media/x.png", picture()).build().succeeds();
    let page = outcome.page("a/index.html");
    let figure = between(&page, "<figure class=\"picture film\">", "</figure>");
    for words in [
        "<video playsinline controls preload=\"none\" src=\"../media/x.mp4\" width=\"640\" height=\"360\" poster=\"../media/x.png\" aria-label=\"A hearing\">",
        "<track kind=\"captions\" src=\"../media/x.vtt\" srclang=\"en\" label=\"Captions\"></video>",
        "<span class=\"on-paper\">A hearing </span><a href=\"../media/x.mp4\" data-address=\"https://a.example/x/media/x.mp4\">Video (MP4, 0:42, 21 KB)</a>",
        "<figcaption>The court</figcaption>",
    ] {
        assert!(figure.contains(words), "no {words} in {figure}");
    }
    let media: Vec<String> = outcome.files().into_keys().filter(|path| path.starts_with("media/")).collect();
    assert_eq!(media, ["media/x.mp4", "media/x.png", "media/x.vtt"]);
    assert_eq!(outcome.files()["media/x.mp4"], FILM.bytes(false), "a film is published as it is");
    assert!(page.contains("/films.") && !outcome.page("b/index.html").contains("/films."));
    assert!(!page.contains("frame-src") && page.contains("media-src &#39;self&#39;") || page.contains("media-src 'self'"));
}

#[test]
fn captions_can_be_in_several_languages() {
    let film = || Site::new().section("a", "![A](media/x.mp4)").file("content/media/x.mp4", FILM.bytes(false));
    let tracks = |page: &str| between(page, "aria-label=\"A\">", "</video>").to_owned();
    let site =
        film().file("content/media/x.vtt", VTT).file("content/media/x.es.vtt", VTT).file("content/media/x.pt-BR.vtt", VTT);
    let outcome = site.build().succeeds();
    assert_eq!(
        tracks(&outcome.page("a/index.html")),
        "<track kind=\"captions\" src=\"../media/x.vtt\" srclang=\"en\" label=\"English\">\
         <track kind=\"subtitles\" src=\"../media/x.es.vtt\" srclang=\"es\" label=\"Español\">\
         <track kind=\"subtitles\" src=\"../media/x.pt-BR.vtt\" srclang=\"pt-BR\" label=\"Português\">"
    );
    assert!(outcome.files().contains_key("media/x.pt-BR.vtt"));
    // A film may be in another language than the site.
    let page = film().file("content/media/x.es.vtt", VTT).build().succeeds().page("a/index.html");
    assert_eq!(tracks(&page), "<track kind=\"subtitles\" src=\"../media/x.es.vtt\" srclang=\"es\" label=\"Captions\">");
    // Other files that begin alike are none of its captions.
    let page =
        film().file("content/media/x.vtt", VTT).file("content/media/x2.vtt", "none").build().succeeds().page("a/index.html");
    assert_eq!(tracks(&page).matches("<track").count(), 1);

    let named = film().file("content/media/x.Spanish.vtt", VTT).build();
    named.fails_at("bad-captions", "content/media/x.Spanish.vtt", 1, 1).says("write `es`");
    let broken =
        film().file("content/media/x.vtt", VTT).file("content/media/x.es.vtt", "WEBVTT\n\n00:01,000 --> 00:04.000\nA\n");
    broken.build().fails_at("bad-captions", "content/media/x.es.vtt", 3, 1);
}

#[test]
fn sounds_and_documents_say_what_they_are() {
    let body = "![An interview](media/x.mp3)\n\n![The order](media/x.pdf#page=3 \"Page 3\")\n\nSee ![the order](media/x.pdf), ![a part](media/x.mp3#t=5) and [page 2](media/x.pdf#page=2).\n";
    let site = Site::new().section("a", body).file("content/media/x.mp3", mp3()).file("content/media/x.pdf", pdf(24));
    let page = site.build().succeeds().page("a/index.html");
    assert!(page.contains("src=\"../media/x.mp3#t=5\""), "{page}");
    let sound = between(&page, "<figure class=\"picture sound\">", "</figure>");
    assert!(
        sound.contains("<audio controls preload=\"none\" src=\"../media/x.mp3\" aria-label=\"An interview\"></audio>"),
        "{sound}"
    );
    assert!(sound.contains(">Audio (MP3, 2 KB)</a>"), "{sound}");
    let document = between(&page, "<figure class=\"picture document\">", "</figure>");
    assert!(document.contains("<a class=\"document\" href=\"../media/x.pdf#page=3\">The order</a>"), "{document}");
    assert!(document.contains("PDF (2 KB, 24 pages)</span><figcaption>Page 3</figcaption>"), "{document}");
    assert!(page.contains("See <a class=\"document\" href=\"../media/x.pdf\">the order</a>"), "{page}");
    assert!(page.contains("<a href=\"../media/x.pdf#page=2\">page 2</a>"), "{page}");
}

#[test]
fn a_figure_shows_any_of_them_with_links_and_credit() {
    let body = "```figure\nsrc: media/x.webm\nalt: A march\ncaption: On the way to [[b]].[@ap]\ncredit: Jane Doe\nwidth: wide\n```\n\n\
        ```figure\nsrc: media/x.pdf\nalt: The order\nhighlight: p. 3\n```\n";
    let dated = format!("---\ntitle: A\npublished: 2025-04-01\n---\n{body}\n![An interview](media/x.mp3)\n");
    let site = Site::new().book(BOOK).sourced().page("a.md", &dated).section("b", "").file("content/media/x.pdf", pdf(4));
    let site = site.file("content/media/x.mp3", mp3());
    let outcome = site.file("content/media/x.webm", webm(Some("V_VP9"), None, (1280, 720))).build().succeeds();
    let page = outcome.page("a/index.html");
    let film = between(&page, "<figure class=\"block-figure picture film wide\">", "</figure>");
    assert!(film.contains("width=\"1280\" height=\"720\" aria-label=\"A march\"></video>"), "{film}");
    assert!(film.contains("href=\"../b/\"") && film.contains("<p class=\"credit\">Jane Doe</p>"), "{film}");
    let document = between(&page, "<figure class=\"block-figure picture document\">", "</figure>");
    assert!(document.contains("href=\"../media/x.pdf#page=3\""), "{document}");
    let feed = outcome.page("feed.xml");
    assert!(feed.contains("https://a.example/x/media/x.webm") && feed.contains("A march"), "{feed}");
    assert!(feed.contains("https://a.example/x/media/x.mp3") && feed.contains("An interview"), "{feed}");
}

#[test]
fn sizes_are_in_the_words_of_the_language() {
    let site = Site::new().book("[book]\ntitle = \"T\"\nlanguage = \"de\"\n[site]\nas-of = \"2025-12-22\"\n");
    let film = [Mp4 { sound: None, ..FILM }.bytes(false), b"\0\x12\x4f\x80free".to_vec(), vec![0; 0x12_4f78]].concat();
    let page =
        site.section("a", "![A](media/x.mp4)").file("content/media/x.mp4", film).build().succeeds().page("a/index.html");
    assert!(page.contains("Video (MP4, 0:42, 1,2 MB)"), "{page}");
}

#[test]
fn what_is_wrong_with_a_film_stops_a_build_where_it_is_used() {
    let with = |name: &str, bytes: Vec<u8>| {
        Site::new().section("a", &format!("One ![A](media/{name})")).file(&format!("content/media/{name}"), bytes).build()
    };
    let at = |outcome: crate::support::Outcome| outcome.fails_at("bad-media", "content/a.md", 4, 5);
    at(with("x.avi", b"RIFF\0\0\0\0AVI LIST".to_vec())).says("ffmpeg -i x.avi");
    at(with("x.mp4", FILM.bytes(false)[..500].to_vec())).says("cut off");
    at(with("x.mp4", Mp4 { size: (60_000, 2), ..FILM }.bytes(false))).says("60000 × 2");
    at(with("x.webm", FILM.bytes(false))).says("rename it to `x.mp4`");
    with("x.mp4", FILM.bytes(false)).warns_of("no-captions").says("content/media/x.vtt");
    with("x.mp4", Mp4 { sound: None, ..FILM }.bytes(false)).succeeds();
    // A field is shown on other pages too, where a film has no place.
    let page = "---\ntitle: A\nsummary: \"See ![A](media/x.mp4)\"\n---\n";
    let site = Site::new().page("a.md", page).file("content/media/x.mp4", Mp4 { sound: None, ..FILM }.bytes(false));
    site.build().fails_at("bad-media", "content/a.md", 3, 15).says("only in a longer text");
    // A picture of a record can be no film.
    let entity = "- id: b\n  kind: place\n  name: B\n  image: {src: media/x.mp4, alt: A}\n";
    let site = Site::new().section("a", "").file("content/entities/all.yaml", entity);
    let site = site.file("content/media/x.mp4", FILM.bytes(false));
    site.build().fails_at("bad-media", "content/entities/all.yaml", 4, 16).says("can't be shown here");
    let body = "```figure\nsrc: media/x.svg\nalt: A\nhighlight: p. 3\ncredit: B\n```\n";
    let site = Site::new().section("a", body).file("content/media/x.svg", SVG);
    site.build().fails_at("bad-media", "content/a.md", 7, 12).says("`highlight` names a page");
    Site::new().section("a", &body.replace("p. 3", "the end")).file("content/media/x.svg", SVG).build().fails_at(
        "bad-value",
        "content/a.md",
        7,
        12,
    );
    let none = Site::new().section("a", "![A](media/none.mp4)").build();
    none.fails_at("broken-link", "content/a.md", 4, 1);
}

#[test]
fn captions_and_posters_are_checked_where_they_are() {
    let film = Mp4 { sound: None, ..FILM }.bytes(false);
    let site = |name: &str, bytes: &[u8]| {
        Site::new()
            .section("a", "![A](media/x.mp4)")
            .file("content/media/x.mp4", film.clone())
            .file(&format!("content/media/{name}"), bytes)
            .build()
    };
    site("x.vtt", b"WEBVTT\n\n00:01,000 --> 00:04.000\nA\n")
        .fails_at("bad-captions", "content/media/x.vtt", 3, 1)
        .says("`00:01.000`");
    site("x.vtt", b"WEBVTT\n\n00:50.000 --> 00:54.000\nA\n")
        .fails_at("bad-captions", "content/media/x.vtt", 3, 1)
        .says("after the film");
    site("x.vtt", b"WEBVTT\n\xff").fails_at("invalid-utf8", "content/media/x.vtt", 2, 1);
    site("x.jpg", b"not a picture").fails_at("bad-media", "content/a.md", 4, 1).says("the poster of");
    // A draft's film brings nothing with it.
    let draft = "---\ntitle: A\ndraft: true\n---\n![A](media/x.mp4)\n";
    let kept = Site::new()
        .page("a.md", draft)
        .section("b", "")
        .file("content/media/x.mp4", film.clone())
        .file("content/media/x.vtt", VTT);
    assert!(!kept.build().succeeds().files().keys().any(|path| path.starts_with("media/")));
}
