//! Commands that write what authors would type: at the edge where people use them, the files and the site that comes of them.

use crate::support::{Outcome, SOURCE, Site, files_below, lenient};

/// A folder with nothing in it.
fn empty() -> Site {
    let site = Site::new();
    site.remove("book.toml");
    std::fs::remove_dir(site.root().join("content")).unwrap();
    site
}

#[track_caller]
fn read(site: &Site, path: &str) -> String {
    std::fs::read_to_string(site.root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Runs a command that has to go well.
#[track_caller]
fn done(site: &Site, arguments: &[&str]) -> Outcome {
    let outcome = site.run(arguments);
    assert_eq!(outcome.code, Some(0), "{arguments:?}: {}", outcome.stderr);
    outcome
}

#[test]
fn a_new_site_builds_without_a_warning() {
    let site = empty();
    done(&site, &["init"]).says("see it with `backgrounder serve --open`");
    let outcome = site.run(&["build", "--strict"]).succeeds();
    assert!(outcome.stderr.contains("3 sections, 10 events"), "{}", outcome.stderr);
    let front = outcome.page("index.html");
    for words in ["The crack", "A city in two halves", "Who pays", "Harlow Bridge"] {
        assert!(front.contains(words), "{words}");
    }
    assert!(outcome.has("claims/claim-warned/index.html") && outcome.has("about/index.html"));
    for path in [".gitignore", ".vscode/settings.json", ".vscode/schemas/events.json", ".github/workflows/pages.yml"] {
        assert!(site.root().join(path).is_file(), "{path}");
    }
    let settings: serde_json::Value = serde_json::from_str(&read(&site, ".vscode/settings.json")).unwrap();
    for schema in settings["yaml.schemas"].as_object().unwrap().keys() {
        let schema: serde_json::Value = serde_json::from_str(&read(&site, schema)).unwrap();
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    }
    // Its workflow is the one in the guide.
    let guide = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/guide/ci.md")).unwrap();
    assert!(guide.contains(read(&site, ".github/workflows/pages.yml").trim_end()));
    // Whatever it cites is plainly made up.
    let urls: Vec<_> =
        files_below(&site.root().join("content")).into_values().map(|bytes| String::from_utf8(bytes).unwrap()).collect();
    let urls = urls.iter().flat_map(|text| text.split("https://").skip(1));
    assert!(
        urls.clone().count() >= 8 && urls.into_iter().all(|url| url.split('/').next().unwrap().ends_with("example.org"))
    );
    // Fields are in the format's order.
    done(&site, &["format", "--dry-run"]).says("nothing to change");
}

#[test]
fn a_new_site_overwrites_nothing() {
    let site = empty().file(".gitignore", "mine\n").file("content/about.md", "mine\n");
    done(&site, &["init"]).says(".gitignore already exists, so it was left alone");
    assert_eq!((read(&site, ".gitignore"), read(&site, "content/about.md")), ("mine\n".to_owned(), "mine\n".to_owned()));
    let before = files_below(site.root());
    site.run(&["init"]).refuses(". already has a site");
    assert_eq!(files_below(site.root()), before);
    done(&site, &["init", "deep/other"]);
    assert!(site.root().join("deep/other/book.toml").is_file());
}

#[test]
fn new_records_of_every_kind_are_valid() {
    let site = Site::new().file("content/sources/all.yaml", SOURCE);
    for arguments in [
        &["section", "Déjà vu — the “deal”"][..],
        &["page", "About us"],
        &["event", "A raid: dawn", "--date", "March 5, 2025", "--source", "ap, p. 2", "--summary", "At 5 a.m. # sharp"],
        &["event", "A raid: dawn", "--date", "since May 2025", "--source", "ap"],
        &["event", "No source", "--date", "about 1990"],
        &["event", "A trial", "--date", "March 2025 to June 2025", "--set", "topics=courts, law", "--source", "ap"],
        &["person", "Ana Ōkoro", "--summary", "A mayor."],
        &["organization", "The Council"],
        &["place", "Port Ellery"],
        &["facility", "Harlow Bridge"],
        &["author", "Jane Doe", "--set", "role=Courts reporter", "--summary", "Jane covers the courts."],
        &["law", "Bridge Act"],
        &["case", "City v. State"],
        &[
            "source",
            "A report",
            "--set",
            "publisher=The Herald",
            "--date",
            "April 2, 2025",
            "--set",
            "url=https://herald.example.org/1",
        ],
        &["claim", "It was 2025: an error", "--source", "ap"],
        &["claim", "It was the mayor", "--source", "ap", "--set", "asserted-by=ana-okoro, The opposition"],
        &["term", "Habeas corpus", "--set", "definition=A writ."],
    ] {
        done(&site, &[&["new"], arguments].concat());
    }
    site.run(&["check", "--strict", "--now", "2026-01-01"]).succeeds();
    let events = read(&site, "content/events/events.yaml");
    assert_eq!(
        events.lines().take(12).collect::<Vec<_>>().join("\n"),
        "- id: a-raid-dawn\n  date: 2025-03-05\n  title: \"A raid: dawn\"\n  summary: \"At 5 a.m. # sharp\"\n  sources: [\"ap, p. 2\"]\n\
         - id: a-raid-dawn-2\n  date: 2025-05/..\n  title: \"A raid: dawn\"\n  sources: [ap]\n\
         - id: no-source\n  date: 1990~\n  title: No source"
    );
    assert!(
        events.contains("  draft: true\n")
            && events.contains("date: 2025-03/2025-06\n  title: A trial\n  topics: [courts, law]\n"),
        "{events}"
    );
    assert!(read(&site, "content/deja-vu-the-deal.md").starts_with("---\ntitle: Déjà vu — the “deal”\norder: 1\n---\n"));
    assert!(read(&site, "content/entities/people.yaml").starts_with("- id: ana-okoro\n  kind: person\n  name: Ana Ōkoro\n"));
    let author =
        "- id: jane-doe\n  kind: author\n  name: Jane Doe\n  role: Courts reporter\n  bio: Jane covers the courts.\n";
    assert!(read(&site, "content/entities/people.yaml").contains(author), "all entities of a site may stand in one list");
    let sources = read(&site, "content/sources/all.yaml");
    assert!(sources.starts_with(SOURCE), "what is there stays");
    assert!(sources.ends_with("the-herald-2025-04-02:\n  title: A report\n  publisher: The Herald\n  date: 2025-04-02\n  url: https://herald.example.org/1\n"), "{sources}");
}

#[test]
fn records_go_with_others_of_their_kind_or_where_asked() {
    let site = Site::new()
        .sourced()
        .file("content/events/2025.yaml", "# 2025\r\n- id: a\r\n  date: 2025\r\n  title: A\r\n  sources: [ap]\r\n\r\n- id: b\r\n  date: 2025\r\n  title: B\r\n  sources: [ap]\r\n");
    done(&site, &["new", "event", "C", "--date", "2025", "--source", "ap"]);
    let text = read(&site, "content/events/2025.yaml");
    assert!(
        text.ends_with("  sources: [ap]\r\n\r\n- id: c\r\n  date: 2025\r\n  title: C\r\n  sources: [ap]\r\n"),
        "{text:?}"
    );
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    done(&site, &["new", "event", "D", "--date", "2025", "--source", "ap", "--in", "file"]);
    assert_eq!(read(&site, "content/events/d.md"), "---\ndate: 2025\ntitle: D\nsources: [ap]\n---\n");
    site.write("book.toml", lenient("[book]\ntitle = \"T\"\n[desk]\nrecords = \"files\"\n"));
    done(&site, &["new", "person", "Ana Okoro"]);
    assert!(read(&site, "content/entities/ana-okoro.md").contains("name: Ana Okoro"));
    done(&site, &["new", "source", "A map"]);
    assert_eq!(read(&site, "content/sources/a-map.yaml"), "title: A map\n");
    site.check().succeeds();
    let before = files_below(site.root());
    let diff = done(&site, &["new", "event", "E", "--date", "2025", "--dry-run"]).stdout;
    assert!(diff.contains("+++ content/events/e.md") || diff.contains("+- id: e"), "{diff}");
    assert_eq!(files_below(site.root()), before);
}

#[test]
fn missing_or_wrong_input_is_reported_and_nothing_is_written() {
    let site = Site::small();
    let before = files_below(site.root());
    for (arguments, words) in [
        (&["event", "A raid"][..], "the field `date` is missing: give it with --date"),
        (&["event"], "give it a title"),
        (&["event", "A raid", "--date", "one day"], "`one day` is not a date"),
        (&["event", "A raid", "--date", "2025", "--source", "app"], "there is no source `app`: did you mean `ap`?"),
        (&["event", "A raid", "--date", "2025", "--set", "titel=x"], "there is no field `titel`: did you mean `title`?"),
        (&["event", "A raid", "--date", "2025", "--set", "significance=huge"], "`huge` is not a valid `significance`"),
        (&["event", "A raid", "--date", "2025", "--id", "flights"], "the id `flights` is taken; `flights-2` is free"),
        (&["event", "A raid", "--date", "2025", "--id", "A B"], "`A B` can't be an id"),
        (&["page", "x", "--id", "timeline"], "`timeline` can't be an id"),
        (&["page", "—"], "give one with --id"),
        (&["term", "x"], "the field `definition` is missing"),
        (&["source", "https://"], "https:// is not an address"),
        (&["correction", "aliance", "It was wrong."], "there is no record `aliance`; did you mean `alliance`?"),
    ] {
        site.run(&[&["new"], arguments].concat()).refuses(words);
    }
    assert_eq!(files_below(site.root()), before);
}

#[test]
fn a_source_is_filled_from_a_saved_page() {
    let page = "<html><head><meta property=\"og:title\" content=\"Bridge closed\"><meta property=\"og:site_name\" content=\"The Courier\">\
                <meta name=\"citation_author\" content=\"Dana Whitlock\"><meta name=\"citation_author\" content=\"Lee, Sam\">\
                <meta property=\"article:published_time\" content=\"2024-05-16T18:00:00Z\">\
                <link rel=canonical href=https://courier.example.org/1></head></html>";
    let site = Site::new().section("a", "x").file("saved.html", page);
    done(&site, &["new", "source", "saved.html"]).says("refer to it as [@the-courier-2024-05-16]");
    assert_eq!(
        read(&site, "content/sources/sources.yaml"),
        "the-courier-2024-05-16:\n  type: web\n  title: Bridge closed\n  author: [Dana Whitlock, \"Lee, Sam\"]\n  publisher: The Courier\n  date: 2024-05-16\n  url: https://courier.example.org/1\n"
    );
    site.check().succeeds();
}

#[test]
fn corrections_are_added_to_records_as_written() {
    let site = Site::small();
    let run = ["new", "correction", "alliance", "It was: \"another\" court.", "--date", "April 14, 2025"];
    done(&site, &run);
    let text = read(&site, "content/alliance.md");
    assert!(
        text.contains("updates: [{date: 2025-04-14, kind: correction, text: 'It was: \"another\" court.'}]\n---\n")
            || text.contains("updates:\n"),
        "{text}"
    );
    done(&site, &["new", "correction", "flights", "Three, not two.", "--date", "2025-04-20", "--set", "kind=update"]);
    done(&site, &["new", "correction", "flights", "Four.", "--date", "2025-04-21"]);
    let outcome = site.build().succeeds();
    assert!(outcome.words("events/flights/index.html").contains("Three, not two."));
    assert!(outcome.words("changes/index.html").contains("another"));
}

#[test]
fn a_record_is_renamed_everywhere() {
    let site = Site::small()
        .page("more.md", "---\ntitle: More\n---\nSee [[flights|the flights]], [[flights]], [x](alliance.md#where-they-were-held) and [@order-pdf; see @ap, p. 2].\n\n```timeline\nsections: [alliance]\n```\n")
        .page("alliance.es.md", "---\ntitle: La alianza\n---\n[[alliance]]\n")
        .book("[book]\ntitle = \"T\"\n[site]\nas-of = \"2025-12-22\"\n[site.languages.es]\ntitle = \"S\"\n[[checks.allow]]\ncode = \"unsourced-event\"\nat = \"flights\"\nreason = \"x\"\n");
    let before = files_below(site.root());
    let diff = done(&site, &["rename", "flights", "three-flights", "--dry-run"]).stdout;
    assert!(diff.contains("-See [[flights|the flights]]") && diff.contains("+- id: three-flights"), "{diff}");
    assert_eq!(files_below(site.root()), before);
    done(&site, &["rename", "flights", "three-flights"]);
    done(&site, &["rename", "alliance", "the-deal"]);
    done(&site, &["rename", "ap", "associated-press"]);
    done(&site, &["rename", "nayib-bukele", "bukele"]);
    let all: String =
        files_below(&site.root().join("content")).into_values().map(|bytes| String::from_utf8(bytes).unwrap()).collect();
    for gone in [
        "[[flights",
        "[flights]",
        "id: flights",
        "@ap",
        "[ap]",
        "nayib-bukele]",
        "id: nayib-bukele",
        "alliance.md",
        "[alliance]",
    ] {
        assert!(!all.contains(gone), "`{gone}` is left in\n{all}");
    }
    assert!(site.root().join("content/the-deal.md").is_file() && site.root().join("content/the-deal.es.md").is_file());
    assert!(read(&site, "book.toml").contains("at = \"three-flights\""));
    let outcome = site.run(&["build", "--now", "2025-12-22T12:00:00Z"]);
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    for old in
        ["alliance/index.html", "events/flights/index.html", "entities/nayib-bukele/index.html", "sources/ap/index.html"]
    {
        assert!(outcome.page(old).contains("http-equiv=\"refresh\""), "{old} leads nowhere");
    }
    site.run(&["rename", "nobody", "x"]).refuses("there is no record `nobody`");
    site.run(&["rename", "bukele", "cecot"]).refuses("the id `cecot` is taken");
    site.run(&["rename", "bukele", "events"]).refuses("`events` can't be an id");
}

#[test]
fn a_record_that_is_a_file_is_renamed_with_it() {
    let site = Site::new().sourced().section("deal", "[[raid]]").file(
        "content/events/2025/raid.md",
        "---\nid: raid # the first\ndate: 2025\ntitle: A raid\nsources: [ap]\n---\nText.\n",
    );
    done(&site, &["rename", "raid", "dawn-raid"])
        .says("renamed content/events/2025/raid.md to content/events/2025/dawn-raid.md");
    assert_eq!(
        read(&site, "content/events/2025/dawn-raid.md"),
        "---\nid: dawn-raid # the first\ndate: 2025\ntitle: A raid\nsources: [ap]\naliases: [/events/raid/]\n---\nText.\n"
    );
    assert!(!site.root().join("content/events/2025/raid.md").exists());
    site.build().succeeds();
}

#[test]
fn lists_become_files_and_lists_again() {
    let site = Site::small();
    let first = site.build().succeeds().files();
    let site = site.page("x.md", "---\ntitle: X\nkind: page\n---\n");
    let pages = |outcome: Outcome| {
        let files = outcome.files().into_iter().filter(|(path, _)| path.ends_with(".html"));
        files.collect::<Vec<_>>()
    };
    let before = pages(site.build().succeeds());
    assert!(first.len() > 5);
    // Elsewhere than on a terminal nothing is written unless it is said.
    let shown = done(&site, &["format", "--to", "files"]);
    assert!(
        shown.stderr.contains("add --yes to write this") && shown.stdout.contains("+++ content/events/flights.md"),
        "{}",
        shown.stdout
    );
    assert!(!site.root().join("content/events/flights.md").exists());
    done(&site, &["format", "--to", "files", "--yes"]);
    assert!(
        site.root().join("content/events/flights.md").is_file() && !site.root().join("content/events/all.yaml").exists()
    );
    assert_eq!(pages(site.build().succeeds()), before);
    done(&site, &["format", "--to", "lists", "--yes"]);
    assert!(!site.root().join("content/events/flights.md").exists());
    assert_eq!(pages(site.build().succeeds()), before);
}

#[test]
fn fields_are_put_in_order_with_their_remarks() {
    let site = Site::new().sourced().section("deal", "x").file(
        "content/events/all.yaml",
        "# Top.\n- title: A raid\n  # about the sources\n  sources: [ap]\n  date: 2025 # here\n  summary: |\n    One.\n  id: raid\n\n- {title: B, id: b, date: 2025, sources: [ap]}\n",
    );
    done(&site, &["format", "--yes"]);
    assert_eq!(
        read(&site, "content/events/all.yaml"),
        "# Top.\n- id: raid\n  date: 2025 # here\n  title: A raid\n  summary: |\n    One.\n  # about the sources\n  sources: [ap]\n\n- {title: B, id: b, date: 2025, sources: [ap]}\n"
    );
    site.check().succeeds();
    done(&site, &["format", "--yes"]).says("nothing to change");
}

#[test]
fn fixes_are_done_if_they_are_certain_or_wanted() {
    let site = Site::new()
        .sourced()
        .section("deal", "See [[raids]].")
        .file("content/events/all.yaml", "- id: raid\n  date: 2025\n  title: A raid\n  topics: courts\n  sources: [ap]\n");
    let shown = done(&site, &["fix"]);
    let before = read(&site, "content/deal.md");
    assert!(shown.stderr.contains("only guesses") || shown.stderr.contains("only a guess"), "{}", shown.stderr);
    done(&site, &["fix", "--all", "--yes"]);
    assert_ne!(read(&site, "content/deal.md"), before);
    assert!(read(&site, "content/deal.md").contains("[[raid]]"));
    done(&site, &["fix", "--all", "--yes"]);
    done(&site, &["fix"]).says("nothing to change");
}

#[test]
fn schemas_are_printed_by_name() {
    let site = Site::new();
    let names = done(&site, &["schema"]).stdout;
    for name in names.lines().map(|line| line.split_whitespace().next().unwrap()) {
        let schema: serde_json::Value = serde_json::from_str(&done(&site, &["schema", name]).stdout).unwrap();
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema", "{name}");
    }
    site.run(&["schema", "evnts"]).refuses("there is no schema evnts: did you mean events?");
}

/// Ends the program while it writes, again and again: each file is the old one or the new one.
#[cfg(unix)]
#[test]
fn killing_the_program_loses_nothing() {
    use std::process::{Command, Stdio};
    use std::time::Duration;
    let many: String = (0..400)
        .map(|at| format!("- id: e-{at}\n  date: 2025\n  title: E {at}\n  sources: [ap]\n  note: See [[raid]].\n"))
        .collect();
    let site = Site::new()
        .sourced()
        .section("deal", "[[raid]]")
        .file("content/events/all.yaml", &many)
        .file("content/events/raid.md", "---\ndate: 2025\ntitle: A raid\nsources: [ap]\n---\nText.\n");
    for number in 0..24u64 {
        let (old, new) =
            if site.root().join("content/events/raid.md").is_file() { ("raid", "dawn") } else { ("dawn", "raid") };
        let mut child = Command::new(crate::support::PROGRAM)
            .args(["rename", old, new])
            .current_dir(site.root())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(2 * number));
        child.kill().unwrap();
        child.wait().unwrap();
        let events = read(&site, "content/events/all.yaml");
        assert_eq!(events.matches("- id: e-").count(), 400);
        let names = [events.matches("[[raid]]").count(), events.matches("[[dawn]]").count()];
        assert!(names.contains(&400), "{names:?}");
        let own = ["raid", "dawn"].map(|name| site.root().join(format!("content/events/{name}.md")));
        assert_eq!(own.iter().filter(|path| path.is_file()).count(), 1, "the record is gone, or there are two");
    }
}

/// Runs the program on a terminal, on which these lines are typed.
#[cfg(target_os = "linux")]
fn on_a_terminal(site: &Site, arguments: &str, typed: &str) -> String {
    use std::io::Write;
    use std::process::{Command, Stdio};
    let mut child = Command::new("script")
        .args(["-qec", &format!("{} {arguments}", crate::support::PROGRAM), "/dev/null"])
        .current_dir(site.root())
        .env("NO_COLOR", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.as_mut().unwrap().write_all(typed.as_bytes()).unwrap();
    let done = child.wait_with_output().unwrap();
    let said = String::from_utf8(done.stdout).unwrap();
    assert!(done.status.success(), "{said}");
    said
}

#[cfg(target_os = "linux")]
#[test]
fn on_a_terminal_words_of_titles_find_ids() {
    let site = Site::small();
    let said = on_a_terminal(
        &site,
        "new event",
        "A trial\none day\nMarch 5, 2025\nIt began.\nbukéle\nnobody\nCECOT\n\nap\norder\n\n",
    );
    assert!(said.contains("`one day` is not a date") && said.contains("nothing is named “nobody”"), "{said}");
    assert!(said.contains("nayib-bukele  Nayib Bukele"), "{said}");
    let events = read(&site, "content/events/all.yaml");
    assert!(
        events.ends_with("- id: a-trial\n  date: 2025-03-05\n  title: A trial\n  summary: It began.\n  entities: [nayib-bukele, cecot]\n  sources: [ap, order-pdf]\n"),
        "{events}"
    );
    // Several are listed, and a number picks one.
    let said = on_a_terminal(&site, "new correction --date 2025-04-20", "order\nThe date was wrong.\n");
    assert!(said.contains("Which record?"), "{said}");
    let said = on_a_terminal(&site, "new claim 'It was lawful.'", "Some officials\n?\n2\n\n");
    assert!(said.contains("  1  ap  A report  (2025-04-10)") && said.contains("  2  order-pdf  The order"), "{said}");
    let claims = read(&site, "content/claims/all.yaml");
    assert!(
        claims
            .contains("text: It was lawful.\n  asserted-by: [Some officials]\n  status: alleged\n  sources: [order-pdf]\n"),
        "{claims}"
    );
    site.check().succeeds();
}
