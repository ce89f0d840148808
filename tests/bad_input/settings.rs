//! `book.toml` and the site's own templates.

use crate::support::Site;

#[test]
fn an_unknown_key_of_the_settings() {
    let book = |text: &str| Site::new().book(text).section("a", "").build();
    book("[book]\ntitel = \"T\"\n").fails_at("unknown-field", "book.toml", 2, 1).says("did you mean `title`?");
    book("[output.html]\nsite-ulr = \"/x/\"\n")
        .fails_at("unknown-field", "book.toml", 2, 1)
        .says("did you mean `site-url`?");
    book("[checks]\nunsourced-evnt = \"off\"\n").fails_at("unknown-field", "book.toml", 2, 1).says("`unsourced-event`");
    book("[checks]\nunsourced-event = \"loud\"\n").fails_at("bad-value", "book.toml", 2, 19);
    book("[book\n").fails().says("invalid-syntax");
    book("[book]\ntitle = 1\n\n[site]\nas-of = \"2025\"\n").finds("bad-date", "book.toml", 5, 9).fails();
}

#[test]
fn a_setting_that_says_nothing() {
    Site::new().book("[site]\nas-of = \"\"\n").section("a", "").build().fails_at("bad-date", "book.toml", 2, 9);
}

#[test]
fn a_slip_in_the_settings_hides_none_in_the_content() {
    let event = "- id: a\n  date: 2025-13-01\n  titel: A\n";
    let site = Site::new().book("[site]\nas-of = \"2025-13-01\"\n").section("a", "See [[nothing]].");
    let outcome = site.file("content/events/all.yaml", event).build();
    let outcome = outcome.finds("bad-date", "book.toml", 2, 15).finds("bad-date", "content/events/all.yaml", 2, 14);
    let outcome = outcome.finds("unknown-field", "content/events/all.yaml", 3, 3).fails();
    // What a pointer leads to depends on the settings.
    assert!(!outcome.stderr.contains("nothing]]"), "{}", outcome.stderr);
}

#[test]
fn two_addresses_that_disagree() {
    let book = |path: &str| {
        let text = format!("[output.html]\nsite-url = \"{path}\"\n\n[site]\nbase-url = \"https://example.org/explainer\"\n");
        Site::new().book(&text).section("a", "").build()
    };
    book("/other/").fails_at("bad-value", "book.toml", 2, 12).says("`/explainer/`");
    book("/explainer/").succeeds();
}

#[test]
fn raw_html_can_not_be_allowed() {
    Site::new().book("[site]\nraw-html = true\n").build().fails_at("bad-value", "book.toml", 2, 12);
    Site::new().book("[site]\nraw-html = false\n").section("a", "").build().succeeds();
}

#[test]
fn settings_that_leave_the_site() {
    for (key, table) in [("additional-css", "output.html"), ("additional-js", "output.html")] {
        for path in ["../x.css", "/etc/passwd", "a/../../x.css"] {
            let outcome = Site::new().book(&format!("[{table}]\n{key} = [\"{path}\"]\n")).section("a", "").build();
            outcome.fails_at("outside-site", "book.toml", 2, key.len() + 5);
        }
    }
    Site::new().book("[book]\nsrc = \"../x\"\n").build().fails_at("outside-site", "book.toml", 2, 7);
    Site::new().book("[output.html]\nadditional-css = [\"x.css\"]\n").build().fails_at("broken-link", "book.toml", 2, 19);
    Site::new().book("[output.html.redirect]\n\"/../x\" = \"/\"\n").build().fails_at("outside-site", "book.toml", 2, 1);
}

#[test]
fn a_host_name_is_one_line() {
    Site::new().book("[output.html]\ncname = \"a.example\\nb\"\n").build().fails_at("bad-value", "book.toml", 2, 9);
}

#[test]
fn a_template_that_does_not_parse() {
    Site::new()
        .section("a", "")
        .file("templates/section.html", "<p>\n{% if %}\n</p>\n")
        .build()
        .fails()
        .says("error[template]")
        .says("--> templates/section.html:2:");
}

#[test]
fn a_template_that_fails_on_a_page() {
    Site::new()
        .section("alliance", "")
        .file(
            "templates/section.html",
            "{% extends \"default/section.html\" %}\n{% block main %}\n<p>{{ section.title_html + 1 }}</p>\n{% endblock main %}\n",
        )
        .build()
        .fails()
        .says("error[template]")
        .says("while rendering /alliance")
        .says("--> templates/section.html:3:");
}

#[test]
fn a_template_that_fails_on_every_page_names_one_that_readers_see() {
    let layout = "{% extends \"default/layout.html\" %}{% block head %}{{ page.title * 2 }}{% endblock head %}";
    let outcome = Site::new().section("alliance", "").file("templates/layout.html", layout).build().fails();
    let outcome = outcome.says("while rendering /");
    assert!(!outcome.stderr.contains("/404"), "{}", outcome.stderr);
}

#[test]
fn a_template_that_writes_a_dead_link() {
    Site::new()
        .section("alliance", "")
        .file("templates/section.html", "<p><a href=\"/nowhere/\">x</a><a href=\"#nothing\">y</a></p>")
        .build()
        .fails()
        .says("the finished page /alliance/index.html links to `/nowhere/`")
        .says("`#nothing`, but that page has no such anchor");
}
