//! Letters that run from right to left: in lines of the other direction, and on their own pages.

use crate::support::{Site, between};

const ARABIC: &str = "وزارة الصحة";

fn site(language: &str, name: &str) -> Site {
    Site::new()
        .book(&format!("[book]\ntitle = \"T\"\nlanguage = \"{language}\"\n[site]\nas-of = \"2025-12-22\"\n[output.html.redirect]\n\"/old/\" = \"/a/\"\n"))
        .file(
            "content/sources/s.yaml",
            format!("doc:\n  title: {name}\n  publisher: {name}\n  author: [{name}, {name}]\n  via: {name}\n  quote: {name}.\n  date: 2025-03\n"),
        )
        .file(
            "content/entities/e.yaml",
            format!("- {{id: org, kind: organization, name: {name}, aliases: [{name}, {name}]}}\n"),
        )
        .file(
            "content/events/e.yaml",
            format!("- {{id: e, date: 2025-03-15, title: {name}, entities: [org], sources: [doc]}}\n"),
        )
        .page(
            "a.md",
            &format!(
                "---\ntitle: {name}\nauthors: [{name}]\n---\nSee [[org]] and [[e]].[@doc]\n\n> {name}.\n\n```quote\ntext: {name}.\nby: org\nlang: ar\nsources: [doc]\n```\n\n```quote\ntext: {name}.\nby: org\nsources: [doc]\n```\n"
            ),
        )
}

/// Screen readers have to know the language of a title.
#[test]
fn a_title_has_the_language_of_its_source() {
    let outcome = Site::new()
        .file(
            "content/sources/s.yaml",
            "es: {title: El acuerdo, language: es-SV}\nar: {title: The report, language: ar}\nen: {title: The deal, language: en-GB}\nnone: {title: A deal}\n",
        )
        .section("a", "A.[@es; @ar; @en; @none]")
        .build()
        .succeeds();
    for page in ["a/index.html", "sources/index.html", "sources/es/index.html"] {
        let page = outcome.page(page);
        assert!(page.contains("<span lang=\"es-SV\">"), "{page}");
    }
    assert!(outcome.page("sources/ar/index.html").contains("<h1><bdi lang=\"ar\" dir=\"rtl\">The report</bdi></h1>"));
    assert!(outcome.page("sources/es/index.html").contains("<h1><span lang=\"es-SV\">El acuerdo</span></h1>"));
    for page in ["sources/en/index.html", "sources/none/index.html"] {
        assert_eq!(outcome.page(page).matches(" lang=").count(), 1, "the page itself: {page}");
    }
}

#[test]
fn what_runs_the_other_way_is_set_apart_in_a_line() {
    let outcome = site("en", ARABIC).build().succeeds();
    let page = outcome.page("a/index.html");
    assert!(page.starts_with("<!doctype html>\n<html lang=\"en\" dir=\"ltr\">"), "{page}");
    assert!(page.contains(&format!("<h1><bdi>{ARABIC}</bdi></h1>")), "{page}");
    assert!(page.contains(&format!("By \u{2068}{ARABIC}\u{2069}</span>")), "{page}");
    let text = between(&page, "<p>See", "</p>");
    assert_eq!(text.matches(&format!("<bdi>{ARABIC}</bdi></a>")).count(), 2, "{text}");
    assert!(page.contains("<blockquote dir=\"auto\">\n<p>") || page.contains("<blockquote dir=\"auto\"><p>"), "{page}");
    assert!(page.contains(&format!("<blockquote lang=\"ar\" dir=\"rtl\"><p>{ARABIC}.</p>")), "{page}");
    assert_eq!(page.matches("<blockquote dir=\"auto\">").count(), 2, "{page}");
    let entry = between(&page, "id=\"source--doc\"", "</li>");
    let isolated = format!("\u{2068}{ARABIC}\u{2069}");
    assert!(entry.contains(&format!("{isolated} and {isolated}, {isolated}, <bdi>“{ARABIC}”</bdi>, ")), "{entry}");
    assert!(entry.contains(&format!("via {isolated}")), "{entry}");
    let entity = outcome.page("entities/org/index.html");
    assert!(entity.contains(&format!("{isolated}, {isolated}")), "{entity}");
    let source = outcome.page("sources/doc/index.html");
    assert!(source.contains("<blockquote class=\"original\" dir=\"auto\">"), "{source}");
}

#[test]
fn a_site_in_arabic_runs_from_right_to_left() {
    let outcome = site("ar", ARABIC).build().succeeds();
    let page = outcome.page("a/index.html");
    assert!(page.starts_with("<!doctype html>\n<html lang=\"ar\" dir=\"rtl\">"), "{page}");
    assert!(page.contains(&format!("<h1>{ARABIC}</h1>")), "{page}");
    assert!(outcome.page("old/index.html").contains("<html lang=\"ar\" dir=\"rtl\">"));
    let outcome = site("ar", "Agence France").build().succeeds();
    assert!(outcome.page("a/index.html").contains("<h1><bdi>Agence France</bdi></h1>"));
}

#[test]
fn a_page_whose_letters_all_run_one_way_says_nothing_of_it() {
    let outcome = site("en", "Ministry of Health").build().succeeds();
    for path in ["a/index.html", "entities/org/index.html", "events/e/index.html"] {
        let page = outcome.page(path);
        assert!(!page.contains("<bdi>") && !page.contains('\u{2068}'), "{path}");
    }
}

/// Styles that say left stay left on a page that runs the other way, and backgrounds have no start and end.
#[test]
fn the_theme_mirrors() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("static/theme/css");
    let mut files = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let css = std::fs::read_to_string(&path).unwrap();
        for (number, line) in css.lines().enumerate() {
            let place = format!("{}:{}: {line}", path.display(), number + 1);
            for word in [
                "padding-left",
                "padding-right",
                "margin-left",
                "margin-right",
                "border-left",
                "border-right",
                "float: left",
                "float: right",
            ] {
                assert!(!line.contains(word), "{place}");
            }
            let names = line.split([';', '{', '}']).filter_map(|rule| Some(rule.split_once(':')?.0.trim()));
            assert!(names.into_iter().all(|name| !matches!(name, "left" | "right")), "{place}");
            let is_table = line.starts_with(".left ") || line.starts_with(".right ");
            assert!(is_table || !line.contains("text-align: left") && !line.contains("text-align: right"), "{place}");
            // Four values are those of four sides; left and right must be equal.
            for rule in line.split([';', '{', '}']) {
                let Some((name, value)) = rule.split_once(':') else { continue };
                if matches!(name.trim(), "padding" | "margin") {
                    let value = value.replace("calc(var(--", "").replace(", ", ",");
                    let sides: Vec<_> = value.split_whitespace().collect();
                    assert!(sides.len() != 4 || sides[1] == sides[3], "{place}");
                }
            }
        }
        files += 1;
    }
    assert!(files >= 20, "{files}");
}
