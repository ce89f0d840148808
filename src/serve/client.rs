//! What the preview adds to a page in the browser: a script and its files. A build never contains them.

use axum::body::Bytes;

use super::address::OWN;
use crate::base::escape;
use crate::language::Catalogue;

/// The program's own files, by name.
const FILES: &[(&str, &str)] = &[
    ("preview.js", include_str!("client/preview.js")),
    ("pointed.js", include_str!("client/pointed.js")),
    ("patch.js", include_str!("client/patch.js")),
    ("bar.js", include_str!("client/bar.js")),
    ("parts.js", include_str!("client/parts.js")),
    ("desk.js", include_str!("client/desk.js")),
    ("form.js", include_str!("client/form.js")),
    ("from-page.js", include_str!("client/from-page.js")),
    ("places.js", include_str!("client/places.js")),
    ("room.js", include_str!("client/room.js")),
    ("fields.js", include_str!("client/fields.js")),
    ("picker.js", include_str!("client/picker.js")),
    ("base.css", include_str!("client/base.css")),
    ("desk.css", include_str!("client/desk.css")),
    ("bar.css", include_str!("client/bar.css")),
    ("view.js", include_str!("client/view.js")),
    ("view.css", include_str!("client/view.css")),
];

/// The file with this name; `words` are the texts of the bar.
#[must_use]
pub fn file(name: &str, words: &Catalogue) -> Option<Bytes> {
    match name {
        "words.js" => return Some(words_file(words).into()),
        "view.html" => return Some(view(words).into()),
        _ => {}
    }
    FILES.iter().find(|(own, _)| *own == name).map(|(_, text)| Bytes::from_static(text.as_bytes()))
}

/// The texts of the bar as a module.
fn words_file(words: &Catalogue) -> String {
    let own: serde_json::Map<_, _> =
        words.iter().filter_map(|(key, text)| Some((key.strip_prefix("preview.")?.to_owned(), text.into()))).collect();
    format!("export default {};\n", serde_json::Value::Object(own))
}

/// The page that shows another as readers on other devices see it.
fn view(words: &Catalogue) -> String {
    let mut title = String::new();
    escape::html(&mut title, words.get("preview.see-as"));
    format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n<link rel=\"stylesheet\" href=\"view.css\">\n<script type=\"module\" src=\"view.js\"></script>\n</head>\n<body>\n</body>\n</html>\n",
        words.tag()
    )
}

/// Adds the script to a page. `version` is that of the page; a page that stands in for another has none.
///
/// The script comes first in the head, so it runs before the theme's scripts and sees the page as it was sent.
#[must_use]
pub fn inject(page: &[u8], version: &str) -> Vec<u8> {
    let script = format!("<script type=\"module\" src=\"{OWN}preview.js\" data-version=\"{version}\"></script>");
    let at = head(page).unwrap_or(0);
    let mut out = Vec::with_capacity(page.len() + script.len());
    out.extend_from_slice(&page[..at]);
    out.extend_from_slice(script.as_bytes());
    out.extend_from_slice(&page[at..]);
    out
}

/// The position where the head of a page begins. Without a head, it is after the doctype, because nothing may precede that.
fn head(page: &[u8]) -> Option<usize> {
    let end = |at: usize| memchr::memchr(b'>', &page[at..]).map(|end| at + end + 1);
    let open = memchr::memmem::find_iter(page, "<head").find(|at| matches!(page.get(at + 5), Some(b'>' | b' ' | b'\n')));
    match open {
        Some(at) => end(at),
        None => page.get(..9).filter(|start| start.eq_ignore_ascii_case(b"<!doctype")).and_then(|_| end(0)),
    }
}

/// A page to show as long as there is no site: its script says why.
#[must_use]
pub fn waiting(words: &Catalogue) -> Vec<u8> {
    let mut text = String::new();
    escape::html(&mut text, words.get("preview.waiting"));
    let page = format!(
        "<!doctype html>\n<html lang=\"{}\" data-waiting>\n<head>\n<meta charset=\"utf-8\">\n<title>{text}</title>\n</head>\n<body>\n<main><h1>{text}</h1></main>\n</body>\n</html>\n",
        words.tag()
    );
    inject(page.as_bytes(), "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_comes_first_in_the_head() {
        let with = |page: &str| String::from_utf8(inject(page.as_bytes(), "v")).unwrap();
        let script = "<script type=\"module\" src=\"/.backgrounder/preview.js\" data-version=\"v\"></script>";
        assert_eq!(with("<!doctype html><head><meta>"), format!("<!doctype html><head>{script}<meta>"));
        assert_eq!(with("<head lang=\"en\">x"), format!("<head lang=\"en\">{script}x"));
        assert_eq!(with("<header>x</header>"), format!("{script}<header>x</header>"));
        assert_eq!(with("<!DOCTYPE html><p>x"), format!("<!DOCTYPE html>{script}<p>x"));
        assert_eq!(with(""), script);
    }

    #[test]
    fn the_bar_has_its_words() {
        let words = Catalogue::load("en");
        let bytes = file("words.js", &words).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        let script: String = FILES.iter().map(|(_, text)| *text).collect();
        let have: serde_json::Value =
            serde_json::from_str(text.trim().trim_start_matches("export default ").trim_end_matches(';')).unwrap();
        let have = have.as_object().unwrap();
        let said = |call: &str| {
            let calls = script.split(call).skip(1).filter_map(|rest| rest.split('"').next());
            calls.map(str::to_owned).collect::<Vec<_>>()
        };
        let counted = said("count(\"").into_iter().flat_map(|key| [format!("{key}.one"), format!("{key}.other")]);
        // And the texts that the program itself assembles.
        let own = ["draft", "embargo", "waiting", "view-phone", "view-wide", "view-paper", "view-plain"].map(str::to_owned);
        let mut wanted: Vec<_> = said("word(\"").into_iter().chain(counted).chain(own).collect();
        wanted.sort();
        wanted.dedup();
        assert_eq!(have.keys().collect::<std::collections::BTreeSet<_>>(), wanted.iter().collect());
        assert!(file("../Cargo.toml", &words).is_none());
    }
}
