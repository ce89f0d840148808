//! Nothing that is kept out of a build is in any byte of it: pages, feeds, data, cards, sitemaps.

use std::collections::BTreeMap;

use crate::support::Site;
use crate::switches::every_format;

use super::shown::with_hidden;

/// Every format, turned on.
fn all() -> String {
    let own = "\
[book]
title = \"Test site\"

[site]
as-of = \"2025-12-22\"
base-url = \"https://example.org/x\"

[site.publisher]
name = \"The newsroom\"

[output.html.redirect]
\"/old/\" = \"/alliance/\"

";
    own.to_owned() + &every_format()
}

/// The bytes of a file as its readers get them: compressed ones unpacked as well.
fn unpacked(path: &str, bytes: &[u8]) -> Vec<u8> {
    let mut all = bytes.to_vec();
    if path.ends_with(".png") {
        let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut pixels).unwrap();
        all.extend(pixels);
        for text in &reader.info().utf8_text {
            all.extend(text.get_text().unwrap().into_bytes());
        }
    }
    all
}

fn found(files: &BTreeMap<String, Vec<u8>>, words: &[&str]) -> Vec<String> {
    let holds =
        |bytes: &[u8], word: &str| bytes.to_ascii_lowercase().windows(word.len()).any(|window| window == word.as_bytes());
    let mut out = Vec::new();
    for (path, bytes) in files {
        let bytes = unpacked(path, bytes);
        out.extend(
            words.iter().filter(|word| path.contains(*word) || holds(&bytes, word)).map(|word| format!("{word} in {path}")),
        );
    }
    out
}

#[test]
fn nothing_hidden_is_in_any_byte_of_the_output() {
    let words = ["zebra", "hidden-"];
    let open = Site::small().book(&all()).build().succeeds().files();
    for how in ["draft: true", "embargo: 2025-12-22T13:00:00Z"] {
        let outcome = with_hidden(how).book(&all()).build().succeeds();
        assert_eq!(found(&outcome.files(), &words), [""; 0], "{how}");
        assert_eq!(outcome.files(), open, "{how}: not by its absence either");
    }
    // The search does find things: the same site with its drafts.
    let shown = with_hidden("draft: true").book(&all()).arg("--drafts").build().succeeds().files();
    for path in [
        "hidden-page/index.html",
        "feed.xml",
        "feed.json",
        "sitemap.xml",
        "data/site.json",
        "data/events.csv",
        "data/events.ics",
        "alliance/feed.json",
        "alliance/events.ics",
        "entities/hidden-entity/feed.xml",
        "authors/hidden-author/index.html",
        "search/names.js",
    ] {
        let file = BTreeMap::from([(path.to_owned(), shown[path].clone())]);
        assert!(!found(&file, &words).is_empty(), "{path}");
    }
    // In which file a word is depends on its letters.
    for folder in ["search/words/", "search/texts/"] {
        let files = shown.iter().filter(|(path, _)| path.starts_with(folder));
        let files = files.map(|(path, bytes)| (path.clone(), bytes.clone())).collect();
        assert!(!found(&files, &words).is_empty(), "{folder}");
    }
    #[cfg(feature = "cards")]
    assert!(shown.contains_key("events/hidden-event/card.png") && !open.contains_key("events/hidden-event/card.png"));
}

#[test]
fn no_file_of_the_output_is_a_link_or_tells_when_or_where_it_was_built() {
    let site = with_hidden("draft: true").book(&all());
    let first = site.clone().now("2025-12-22T12:00:00Z").build().succeeds();
    let root = first.site.root().to_str().unwrap().to_owned();
    for (path, bytes) in first.files() {
        assert!(!bytes.windows(root.len()).any(|window| window == root.as_bytes()), "{path}");
        assert!(!first.folder().join(&path).is_symlink(), "{path}");
    }
    let mut before = first.files();
    let mut after = site.now("2025-12-29T12:00:00Z").build().succeeds().files();
    // Only the news depends on the time of the build.
    for files in [&mut before, &mut after] {
        files.remove("news-sitemap.xml");
        files.remove(".backgrounder.json");
    }
    assert_eq!(before, after);
}
