//! Overrides of the built-in theme.

use crate::support::Site;

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
    let outcome = Site::small().file("static/theme/own.css", "body {}").build().succeeds();
    assert_eq!(outcome.page("theme/own.css"), "body {}");
}

#[test]
fn every_error_of_a_template_names_the_page() {
    let outcome = Site::small()
        .file(
            "templates/event.html",
            "{% if event.title_html == \"The court rules\" %}\n\n{{ event.nosuch.deep }}{% endif %}",
        )
        .build()
        .fails();
    outcome.says("templates/event.html:3:").says("while rendering /events/order");
}
