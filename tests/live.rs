//! A site that is followed: its editions, what they show, and what is reported about them.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;

use backgrounder::build::edition::Edition;
use backgrounder::build::live::{Change, Live};
use backgrounder::build::pipeline::Request;
use backgrounder::diagnostics::{self, code};
use backgrounder::source::Files;
use backgrounder::source::files::{InMemory, Listing};

use crate::support::{Site, lenient};

/// Files in memory that can be written while a site is followed.
#[derive(Clone, Default)]
pub struct SiteFiles(Arc<Mutex<InMemory>>);

impl SiteFiles {
    pub fn write(&self, path: &str, text: &str) {
        self.0.lock().unwrap().0.insert(path.to_owned(), text.as_bytes().to_vec());
    }

    pub fn write_bytes(&self, path: &str, bytes: Vec<u8>) {
        self.0.lock().unwrap().0.insert(path.to_owned(), bytes);
    }

    pub fn remove(&self, path: &str) {
        self.0.lock().unwrap().0.remove(path);
    }

    pub fn files(&self) -> std::collections::BTreeMap<String, Vec<u8>> {
        self.0.lock().unwrap().0.clone()
    }
}

impl Files for SiteFiles {
    fn list(&self, folder: &str) -> Listing {
        self.0.lock().unwrap().list(folder)
    }

    fn is_inside(&self, path: &str) -> bool {
        self.0.lock().unwrap().is_inside(path)
    }

    fn read(&self, path: &str) -> std::io::Result<Vec<u8>> {
        self.0.lock().unwrap().read(path)
    }

    fn has_folder(&self, path: &str) -> bool {
        self.0.lock().unwrap().has_folder(path)
    }

    fn folders(&self) -> Vec<String> {
        self.0.lock().unwrap().folders()
    }
}

/// The request of every test.
pub fn request() -> Request {
    Request {
        root: PathBuf::from("nowhere"),
        output: None,
        base_url: None,
        drafts: true,
        file_links: false,
        now: crate::support::NOW.parse().unwrap(),
        strict: false,
        published: None,
    }
}

fn desk() -> SiteFiles {
    let desk = SiteFiles::default();
    desk.write("book.toml", &lenient("[book]\ntitle = \"T\"\n[site]\nas-of = \"2025-12-22\"\n"));
    desk.write("content/a.md", "---\ntitle: First\n---\nSee [[b]].\n");
    desk.write("content/b.md", "---\ntitle: Second\n---\nText.\n");
    desk
}

fn open(desk: &SiteFiles) -> Live {
    Live::open(request(), Arc::new(desk.clone())).unwrap()
}

fn update(live: &mut Live, path: &str) -> Arc<Edition> {
    live.update(&Change::Paths(BTreeSet::from([path.to_owned()])), request().now)
}

fn text(edition: &Edition, path: &str) -> String {
    String::from_utf8(edition.page(path).unwrap().unwrap().bytes.clone()).unwrap()
}

#[test]
fn a_changed_title_shows_wherever_it_is_used() {
    let desk = desk();
    let mut live = open(&desk);
    let first = live.edition();
    assert!(text(&first, "a/index.html").contains(">Second</a>"));
    desk.write("content/b.md", "---\ntitle: Changed\n---\nText.\n");
    let second = update(&mut live, "content/b.md");
    assert_eq!(second.number(), first.number() + 1);
    assert!(text(&second, "a/index.html").contains(">Changed</a>"));
    assert!(text(&first, "a/index.html").contains(">Second</a>"));
    assert!(second.page("c/index.html").is_none());
}

#[test]
fn an_error_in_the_content_is_shown_at_its_place_and_stops_nothing() {
    let desk = desk();
    let mut live = open(&desk);
    let body =
        "See [[nobody|the man]], [@none], [this](none.md) and ![that](media/none.jpg).\n\n```claim\nid: nothing\n```\n";
    desk.write("content/a.md", &format!("---\ntitle: First\n---\n{body}"));
    let edition = update(&mut live, "content/a.md");
    assert_eq!(edition.diagnostics().len(), 5);
    assert!(edition.blocked().is_none());
    let page = text(&edition, "a/index.html");
    for shown in [
        "<span class=\"unresolved\" title=\"There is no “nobody”\">the man</span>",
        "<sup class=\"cite unresolved\" title=\"There is no source “none”\">none</sup>",
        "<span class=\"unresolved\" title=\"Nothing is at “none.md”\">this</span>",
        "<span class=\"unresolved\" title=\"Nothing is at “media/none.jpg”\">",
        "<p class=\"unresolved\">There is no “nothing”</p>",
    ] {
        assert!(page.contains(shown), "{shown} in {page}");
    }
    desk.write("content/a.md", "---\ntitle: First\n---\nSee [[b]].\n");
    assert!(update(&mut live, "content/a.md").diagnostics().is_empty());
}

#[test]
fn a_page_whose_head_can_not_be_read_is_still_a_page() {
    let desk = desk();
    let mut live = open(&desk);
    for head in ["---\ntitle: \"Second\n---\n", "---\n- title\n---\n", "---\n[\n---\n", "---\ntitle: \"Second\n\n"] {
        desk.write("content/b.md", &format!("{head}Still here.\n"));
        let edition = update(&mut live, "content/b.md");
        let found = edition.diagnostics();
        assert!(found.len() == 1 && edition.blocked().is_none(), "{head}: {found:?}");
        let page = text(&edition, "b/index.html");
        assert!(page.contains("Still here.") && page.contains("<title>b"), "{page}");
        assert!(text(&edition, "a/index.html").contains(">b</a>"));
        // Readers of the site as it would be published see it too, since nothing says to hold it back.
        assert!(edition.as_published().has("b/index.html"));
    }
    desk.write("content/b.md", "---\ntitle: Second\norder: : 1\ndraft:true\n---\nStill here.\n");
    let edition = update(&mut live, "content/b.md");
    let page = text(&edition, "b/index.html");
    assert!(page.contains("<title>") && page.contains("Second"), "what can be read of the head is kept: {page}");
    assert!(!edition.as_published().has("b/index.html"), "what may be a draft is kept back");
    desk.write("content/b.md", "---\ntitle: Second\n---\nText.\n");
    assert!(update(&mut live, "content/b.md").diagnostics().is_empty());
}

#[test]
fn broken_settings_and_a_broken_theme_keep_the_last_site() {
    let desk = desk();
    let mut live = open(&desk);
    let sound = text(&live.edition(), "a/index.html");
    let book = "[book]\ntitle = \"T\"\n[site]\nas-of = \"2025-12-22\"\n";
    for (path, broken, mended) in [("book.toml", "[book\n", Some(book)), ("templates/section.html", "{% if %}", None)] {
        desk.write(path, broken);
        let edition = update(&mut live, path);
        let why = edition.blocked().unwrap();
        assert!(!why.is_empty(), "{path}");
        assert_eq!(text(&edition, "a/index.html"), sound, "{path}");
        match mended {
            Some(text) => desk.write(path, text),
            None => desk.remove(path),
        }
        assert!(update(&mut live, path).blocked().is_none(), "{path}");
    }
    desk.remove("book.toml");
    let edition = update(&mut live, "book.toml");
    assert!(edition.blocked().unwrap()[0].message.contains("book.toml"));
    assert_eq!(text(&edition, "a/index.html"), sound);
}

#[test]
fn a_slip_in_a_template_is_told_at_once_and_blocks_nothing() {
    let desk = desk();
    let mut live = open(&desk);
    let head = "{% block head %}{% if false %}{{ page.titel }}{% endif %}<!-- mine -->{% endblock head %}";
    desk.write("templates/section.html", &format!("{{% extends \"default/section.html\" %}}{head}"));
    let edition = update(&mut live, "templates/section.html");
    desk.write("content/b.md", "---\ntitle: Second\n---\nText that is new.\n");
    for edition in [edition, update(&mut live, "content/b.md")] {
        assert!(edition.blocked().is_none());
        let told: Vec<_> = edition.diagnostics().iter().map(|fault| fault.message.as_str()).collect();
        assert_eq!(told, ["`page` has no field `titel`"]);
        assert!(text(&edition, "a/index.html").contains("<!-- mine -->"), "a page that does not come by it is made");
    }
    assert!(text(&live.edition(), "b/index.html").contains("Text that is new."));
    desk.remove("templates/section.html");
    assert!(update(&mut live, "templates/section.html").diagnostics().is_empty());
}

#[test]
fn broken_settings_at_the_beginning_leave_nothing_to_show() {
    let desk = desk();
    desk.write("book.toml", "[book\n");
    let edition = open(&desk).edition();
    assert!(edition.blocked().is_some());
    assert!(edition.page("index.html").is_none());
}

#[test]
fn finished_pages_are_checked_unless_somebody_stops_it() {
    let desk = desk();
    desk.write("content/b.md", "---\ntitle: Second\n---\n[Lost](/no/where/)\n");
    let edition = open(&desk).edition();
    assert!(edition.diagnostics().is_empty());
    assert!(edition.finished(&AtomicBool::new(true)).is_none());
    let found = edition.finished(&AtomicBool::new(false)).unwrap();
    assert_eq!(found.iter().map(|found| found.code).collect::<Vec<_>>(), [code::BROKEN_LINK]);
}

#[test]
fn a_changed_component_is_looked_for_on_the_pages_that_reach_it() {
    let desk = desk();
    desk.write(
        "templates/section.html",
        "{% extends \"default/section.html\" %}{% block head %}{{ <card title={page.title} /> }}{% endblock head %}",
    );
    desk.write("templates/cards.html", "{% component card(title) %}{{ <line title={title} /> }}{% endcomponent card %}");
    desk.write("templates/lines.html", "{% component line(title) %}<!-- {{ title }} -->{% endcomponent line %}");
    let mut live = open(&desk);
    assert_eq!(live.edition().finished(&AtomicBool::new(false)), Some(&[][..]));
    desk.write("templates/lines.html", "{% component line(title) %}<a href=\"#no\">{{ title }}</a>{% endcomponent line %}");
    let edition = update(&mut live, "templates/lines.html");
    let found = edition.finished(&AtomicBool::new(false)).unwrap();
    let pages: Vec<_> = found.iter().map(|found| found.message.split(" links").next().unwrap()).collect();
    assert_eq!(pages, ["the finished page /a/index.html", "the finished page /b/index.html"]);
}

#[test]
fn a_page_that_failed_for_a_while_is_not_taken_for_what_it_was_before() {
    let desk = desk();
    let whole = "<a href=\"../b/#there\">x</a>{% for part in body %}{{ part.html | safe }}{% endfor %}";
    let [with, without] = ["## There\n", "## Here\n"].map(|body| format!("---\ntitle: Second\n---\n{body}"));
    desk.write("content/b.md", &with);
    desk.write("templates/section.html", whole);
    let mut live = open(&desk);
    let found = |edition: &Edition| edition.finished(&AtomicBool::new(false)).unwrap().len();
    assert_eq!(found(&live.edition()), 0);
    desk.write("content/b.md", &without);
    // Nothing but making the pages tells.
    desk.write("templates/section.html", "{{ section.title_html * 2 }}");
    assert_eq!(found(&live.update(&Change::All, request().now)), 1);
    // Only the template is another than a moment ago.
    desk.write("templates/section.html", whole);
    let edition = update(&mut live, "templates/section.html");
    assert_eq!(found(&edition), 2);
    assert_eq!(edition.stale(), [""; 0]);
}

#[test]
fn an_embargo_that_has_ended_shows_after_a_save_of_a_template_too() {
    let desk = desk();
    desk.write("content/b.md", "---\ntitle: Second\nembargo: 2025-12-22T13:00:00Z\n---\nText.\n");
    desk.write("templates/section.html", "{{ section.title_html | safe }} {{ page.withheld }}");
    let mut live = open(&desk);
    let mut minutes_past = |minutes: i64, template: &str| {
        desk.write("templates/section.html", template);
        let path = "templates/section.html".to_owned();
        let now = request().now + jiff::SignedDuration::from_mins(minutes);
        let edition = live.update(&Change::Paths(BTreeSet::from([path])), now);
        assert!(edition.finished(&AtomicBool::new(false)).is_some_and(<[_]>::is_empty));
        assert_eq!(edition.stale(), [""; 0]);
        text(&edition, "b/index.html")
    };
    let template = "{% if page.withheld %}{{ page.withheld }}{% else %}public{% endif %}";
    assert_eq!(minutes_past(58, template), "Under embargo: not published yet");
    assert_eq!(minutes_past(59, &format!("{template}.")), "Under embargo: not published yet.");
    assert_eq!(minutes_past(61, &format!("{template}!")), "public!");
}

#[test]
fn what_rules_found_is_said_again_after_a_save_of_a_template() {
    let desk = desk();
    desk.write("content/b.md", "---\ntitle: Second\n---\nThe state closed the the bridge.\n");
    let mut live = open(&desk);
    let codes = |edition: &Edition| edition.diagnostics().iter().map(|found| found.code).collect::<Vec<_>>();
    assert_eq!(codes(&live.edition()), [code::DOUBLED_WORD]);
    desk.write("templates/section.html", "{{ section.title_html | safe }}");
    assert_eq!(codes(&update(&mut live, "templates/section.html")), [code::DOUBLED_WORD]);
    // What is found in a template, or in the settings, is said besides.
    desk.write("templates/section.html", "{{ section.nonsense }}");
    assert_eq!(codes(&update(&mut live, "templates/section.html")).len(), 2);
    desk.write("templates/section.html", "{{ section.title_html | safe }}");
    desk.write("book.toml", "[book]\ntitle = \"T\"\n[site]\nas-of = \"2025-12-22\"\n[checks]\ndoubled-word = \"error\"\n");
    let found = live.update(&Change::All, request().now);
    assert_eq!(diagnostics::errors(found.diagnostics()), 1);
    desk.write("content/b.md", "---\ntitle: Second\n---\nThis is none.\n");
    assert_eq!(codes(&update(&mut live, "content/b.md")), []);
}

#[test]
fn drafts_are_shown_and_can_be_left_out() {
    let desk = desk();
    desk.write("content/c.md", "---\ntitle: Third\ndraft: true\n---\nText.\n");
    desk.write("content/b.md", "---\ntitle: Second\n---\nSee [[c]].\n");
    let edition = open(&desk).edition();
    assert!(text(&edition, "c/index.html").contains("class=\"withheld\" role=\"note\">Draft: "));
    assert!(text(&edition, "b/index.html").contains("class=\"ref ref-page withheld\""));
    assert!(!text(&edition, "a/index.html").contains("<p class=\"withheld\""));
    let published = edition.as_published();
    assert!(text(&published, "b/index.html").contains("title=\"“c” is not published yet\""));
    assert!(!published.has("c/index.html") && published.has("a/index.html"));
}

#[test]
fn what_an_entity_is_decides_whether_something_can_happen_there() {
    let desk = desk();
    let event = "- {id: flights, date: 2025-03-15, title: Flights, place: cecot, sources: [ap]}\n";
    let entity = |kind: &str| format!("- {{id: cecot, kind: {kind}, name: CECOT}}\n");
    desk.write("content/events/a.yaml", event);
    desk.write("content/sources/a.yaml", "ap: {title: A report, publisher: AP, date: 2025-04-10}\n");
    desk.write("content/entities/a.yaml", &entity("facility"));
    let mut live = open(&desk);
    assert!(live.edition().diagnostics().is_empty(), "{:?}", live.edition().diagnostics());
    desk.write("content/entities/a.yaml", &entity("person"));
    let found = update(&mut live, "content/entities/a.yaml").diagnostics().to_vec();
    assert_eq!(found.iter().map(|found| found.code).collect::<Vec<_>>(), [code::UNKNOWN_ID], "{found:?}");
    desk.write("content/entities/a.yaml", &entity("place"));
    assert!(update(&mut live, "content/entities/a.yaml").diagnostics().is_empty());
}

#[test]
fn a_name_is_taken_even_by_what_is_not_published_yet() {
    let desk = desk();
    let source = |more: &str| format!("ap:\n  title: A report\n  publisher: AP\n  date: 2025-04-10\n{more}");
    desk.write("content/sources/a.yaml", &source(""));
    desk.write("content/sources/b.yaml", &source("  draft: true\n"));
    let edition = open(&desk).edition();
    let published = edition.as_published();
    for edition in [edition, published] {
        let found: Vec<_> = edition.diagnostics().iter().map(|found| (found.code, found.message.as_str())).collect();
        assert_eq!(found, [(code::DUPLICATE_ID, "the key `ap` is taken")]);
    }
    let outcome = Site::new()
        .file("book.toml", "[book]\ntitle = \"T\"\n")
        .file("content/sources/a.yaml", source(""))
        .file("content/sources/b.yaml", source("  draft: true\n"))
        .build();
    assert!(outcome.stderr.contains("error[duplicate-id]: the key `ap` is taken"), "{}", outcome.stderr);
}

#[test]
fn what_other_files_lack_is_said_again_after_each_save() {
    let desk = desk();
    desk.write("content/c.es.md", "---\ntitle: Otra\n---\nTexto.\n");
    desk.write("content/b.md", "---\ntitle: Second\n---\nSee [[nobody]].\n");
    let mut live = open(&desk);
    let said = |edition: &Edition| edition.diagnostics().iter().map(|found| found.message.clone()).collect::<Vec<_>>();
    let first = said(&live.edition());
    assert_eq!(first.len(), 2, "{first:?}");
    for text in ["See [[b]] again.\n", "See [[b]] and [[b]].\n"] {
        desk.write("content/a.md", &format!("---\ntitle: First\n---\n{text}"));
        assert_eq!(said(&update(&mut live, "content/a.md")), first);
    }
}

#[test]
fn a_mention_that_comes_or_goes_shows_on_the_other_page() {
    let desk = desk();
    let mut live = open(&desk);
    // Sections link to each other whatever they mention.
    let links = |edition: &Edition| text(edition, "b/index.html").matches("href=\"../a/").count();
    let first = links(&live.edition());
    desk.write("content/a.md", "---\ntitle: First\n---\nNobody is named.\n");
    assert!(links(&update(&mut live, "content/a.md")) < first);
    desk.write("content/a.md", "---\ntitle: First\n---\nSee [[b]] again.\n");
    assert_eq!(links(&update(&mut live, "content/a.md")), first);
}
