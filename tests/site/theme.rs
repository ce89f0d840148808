//! Overrides of the built-in theme.

use crate::support::{Site, between};

#[test]
fn a_whole_file_overrides() {
    let outcome = Site::small()
        .file("templates/page.html", "<h1>{{ section.title_html | safe }}</h1> mine {{ words.sections }}")
        .build()
        .succeeds();
    assert_eq!(outcome.page("about/index.html"), "<h1>About</h1> mine Sections");
    assert!(outcome.page("alliance/index.html").contains("<!doctype html>"), "other pages keep theirs");
}

#[test]
fn an_override_may_extend_what_it_overrides() {
    let outcome = Site::small()
        .file(
            "templates/section.html",
            "{% extends \"default/section.html\" %}\n{% block head %}<meta name=\"mine\">{% endblock head %}",
        )
        .build()
        .succeeds();
    let page = outcome.page("alliance/index.html");
    assert!(page.contains("<meta name=\"mine\">") && page.contains("<h1>The alliance</h1>"), "{page}");
}

#[test]
fn components_and_layouts_are_overridden_for_all_pages() {
    let outcome = Site::small()
        .file("templates/components/footer.html", "<footer>My foot</footer>")
        .file(
            "templates/layout.html",
            "{% extends \"default/layout.html\" %}{% block head %}<meta name=\"mine\">{% endblock head %}",
        )
        .build()
        .succeeds();
    for path in ["index.html", "alliance/index.html", "events/flights/index.html", "timeline/index.html", "404.html"] {
        let page = outcome.page(path);
        assert!(page.contains("<footer>My foot</footer>"), "{path}");
    }
    assert!(outcome.page("alliance/index.html").contains("<meta name=\"mine\">"));
}

#[test]
fn shared_parts_are_made_once_and_mark_the_current_page() {
    let mast =
        "<header><a href=\"{{ site.url }}\">{{ site.title }}</a> <a href=\"{{ site.lists.changes }}\">New</a></header>";
    let outcome = Site::small().file("templates/components/masthead.html", mast).build().succeeds();
    assert!(outcome.page("changes/index.html").contains("<a href=\"../changes/\" aria-current=\"page\">New</a>"));
    assert!(outcome.page("timeline/index.html").contains("<a href=\"../changes/\">New</a>"));
    assert!(outcome.page("index.html").contains("<header><a href=\"./\">"), "the site's title is no entry of a list");
    // It is on all pages, so it can't look at one of them.
    for name in ["masthead", "look"] {
        let path = format!("templates/components/{name}.html");
        let outcome = Site::small().file(&path, "{% if page.kind == \"index\" %}x{% endif %}").build();
        assert_eq!(outcome.code, Some(1));
        assert!(outcome.stderr.contains("`page` is not defined"), "{}", outcome.stderr);
        assert!(outcome.stderr.contains(&format!("{path}:1:7")), "{}", outcome.stderr);
    }
}

/// A template that no page of the site uses, one that all pages use, and one of the site's own that both include: each
/// has a slip in a branch that no page takes.
#[test]
fn slips_in_templates_are_told_before_anything_is_rendered() {
    let site = Site::small()
        .file("templates/parts/place.html", "<p>\n{% if place.descripton %}{{ place.titel }}{% endif %}</p>")
        .file(
            "templates/event.html",
            "{% extends \"default/event.html\" %}\n{% block head %}{% for place in event.entities %}\
             {% include \"parts/place.html\" %}{% endfor %}{% endblock head %}",
        )
        .file("templates/mentions.html", "{% if false %}{{ off.url }}{% endif %}{{ of.title_html | safe }}")
        .file("templates/components/footer.html", "{% set s = site %}{% if s.titel %}{{ nothing.of_that }}{% endif %}")
        .file("static/theme/css/footer.css", ".a { background: url(gone.png); }\n");
    let told = [
        "error[template]: `place` has no field `descripton`",
        "--> templates/parts/place.html:2:13",
        "its fields are `title_html`, `url`",
        "error[template]: `place` has no field `titel`",
        "--> templates/parts/place.html:2:35",
        "did you mean `title_html`?",
        "error[template]: `off` is not defined for `mentions.html`",
        "--> templates/mentions.html:1:18",
        "error[template]: `s` has no field `titel`",
        "--> templates/components/footer.html:1:27",
        "did you mean `title`?",
        "error[template]: `nothing` is not defined for `index.html`",
        "--> templates/components/footer.html:1:38",
        "there is no file `gone.png` in the theme",
        "6 errors",
    ];
    for outcome in [site.build(), site.check()] {
        assert_eq!(outcome.code, Some(1));
        assert!(!outcome.stderr.contains("while rendering"), "{}", outcome.stderr);
        let missing: Vec<_> = told.iter().filter(|said| !outcome.stderr.contains(**said)).collect();
        assert_eq!(missing, [&""; 0], "{}", outcome.stderr);
    }
    // Along with a fault that stops Tera.
    let outcome = site.file("templates/page.html", "{% if %}").build().fails();
    outcome.says("--> templates/page.html:1:7").says("--> templates/mentions.html:1:18").says("7 errors");
}

#[test]
fn a_template_sees_the_record_and_not_the_machine() {
    let outcome = Site::small().file("templates/event.html", "{{ __tera_context }}").build();
    let shown = match outcome.code {
        Some(0) => outcome.page("events/flights/index.html"),
        _ => String::new(),
    };
    assert!(!shown.contains(outcome.site.root().to_str().unwrap()), "{shown}");
}

#[test]
fn a_sites_static_theme_overrides_file_by_file() {
    let outcome = Site::small()
        .file("static/theme/css/tokens.css", ":root { --paper: light-dark(#ffffff, #000000); --mine: 1px }")
        .file("static/theme/OWN.txt", "terms")
        .build()
        .succeeds();
    let sheet = sheet(&outcome);
    assert!(sheet.contains(":root{--paper: light-dark(#ffffff,#000000);--mine: 1px}"), "{}", &sheet[..200]);
    assert!(sheet.contains(".site-foot{"), "the other components are still there");
    assert_eq!(outcome.page("theme/OWN.txt"), "terms");
    assert!(outcome.page("index.html").contains("content=\"#ffffff\""), "browsers are told the paper's color");
}

/// The joined style sheet, by the address that pages use.
fn sheet(outcome: &crate::support::Outcome) -> String {
    let page = outcome.page("index.html");
    let address = between(&page, "<link rel=\"stylesheet\" href=\"./", "\"");
    outcome.page(address)
}

#[test]
fn faults_in_style_sheets_say_where_they_are() {
    Site::small()
        .file("static/theme/css/footer.css", ".a {\n  background: url(gone.png);\n}\n")
        .build()
        .fails()
        .says("static/theme/css/footer.css, line 2, column 15: there is no file `gone.png` in the theme");
}

#[test]
fn settings_for_looks_stand_in_the_sheet() {
    let book = "[book]\ntitle = \"T\"\n[output.html.theme]\naccent = \"#0b5d4b\"\nfont-text = \"Georgia, serif\"\nlogo = \"l.svg\"\n";
    let outcome = Site::small().book(book).file("static/l.svg", "<svg/>").build().succeeds();
    let sheet = sheet(&outcome);
    assert!(sheet.contains(":root{--accent:light-dark(#0b5d4b,#"), "a color for dark paper is made");
    assert!(sheet.ends_with(":root{--font-text:Georgia, serif}"));
    let page = outcome.page("index.html");
    assert!(page.contains("<img src=\"./l.svg\" alt=\"\">"));
    assert!(!page.contains("newsreader-text-core"), "a font that is not shown is not fetched ahead");
}

#[test]
fn settings_that_cannot_be_read_are_refused_with_the_numbers() {
    let book = "[book]\ntitle = \"T\"\n[output.html.theme]\naccent = \"#9ec9be\"\naccent-dark = \"dark red\"\nfont-text = \"x;}\"\nlogo = \"no.svg\"\n";
    Site::small()
        .file("book.toml", book)
        .build()
        .fails()
        .says("#9ec9be is too hard to read on the light paper #fcfaf5: its contrast is 1.7")
        .says("book.toml:4:10")
        .says("`dark red` is not a color")
        .says("`x;}` is not a list of fonts")
        .says("there is no file `static/no.svg`");
}

#[test]
fn the_policy_allows_the_script_of_the_head_and_no_other() {
    use base64::Engine as _;
    use sha2::Digest as _;
    let outcome = Site::small().build().succeeds();
    let page = outcome.page("events/flights/index.html");
    let script = between(&page, "<script>", "</script>");
    let hash = base64::engine::general_purpose::STANDARD.encode(sha2::Sha256::digest(script));
    let policy = between(&page, "http-equiv=\"Content-Security-Policy\" content=\"", "\"").replace("&#39;", "'");
    assert!(policy.contains(&format!("script-src 'self' 'sha256-{hash}'")), "{policy}");
    assert!(script.len() < 1024, "{} bytes", script.len());
    assert_eq!(page.matches("<script>").count(), 1, "all others are files");
    assert_eq!(page.matches("<script").count() - 1, page.matches("<script defer src=").count(), "{page}");
    assert!(!page.contains(" style="), "the policy forbids styles in pages");
}

#[test]
fn a_mark_says_section_weight_and_what_is_open() {
    let more = "- {id: a, date: 2025-05~, title: A, sections: [abrego, alliance], sources: [ap]}\n\
                - {id: b, date: 2025-05/.., title: B, status: disputed, sources: [ap]}\n";
    let outcome = Site::small().file("content/events/more.yaml", more).build().succeeds();
    let page = outcome.page("timeline/index.html");
    let mark = |id: &str| between(&page, &format!("id=\"t--{id}\" class=\""), "\"").to_owned();
    assert_eq!(mark("flights"), "event major s1", "the first section that mentions it");
    assert_eq!(mark("order"), "event minor s1", "the section that it names, though another mentions it");
    assert_eq!(mark("a"), "event minor s2 soft");
    assert_eq!(mark("b"), "event minor s0 open disputed");
}
