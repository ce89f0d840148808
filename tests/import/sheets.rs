//! Spreadsheets, as the programs save them that people have.

use super::{empty, imported, read, refused};
use crate::support::Site;

#[test]
fn rows_become_events_with_their_sources() {
    let site = Site::small().file(
        "events.csv",
        "\u{feff}Date,End date,Headline,Description,Source URL,Publisher,People,Where,Tags,Status\r\n\
         3/15/2025,,\"Flights, three of them\",\"They left at 5* p.m.\r\nSecond paragraph.\",https://herald.example.org/2025/flights,The Herald,Nayib Bukele,CECOT,\"courts; flights\",Confirmed\r\n\
         3/4/2025,ongoing,A march,,ap,,\"Nayib Bukele; Nobody\",,,\r\n\
         \"March 20, 2025\",3/22/2025,A trial,,\"https://herald.example.org/2025/flights; https://b.example.org/x\",,,,,\r\n",
    );
    let outcome = imported(&site, &["events.csv"]);
    assert_eq!(
        read(&site, "content/events/events.yaml"),
        "- id: flights-three-of-them\n  date: 2025-03-15\n  title: Flights, three of them\n  summary: |-\n    They left at 5\\* p.m.\n\n    Second paragraph.\n  entities: [nayib-bukele]\n  topics: [courts, flights]\n  place: cecot\n  status: confirmed\n  sources: [the-herald-herald-example-org-2025]\n\
         \n- id: a-march\n  date: 2025-03-04/..\n  title: A march\n  entities: [nayib-bukele]\n  sources: [ap]\n\
         \n- id: a-trial\n  date: 2025-03-20/2025-03-22\n  title: A trial\n  sources: [the-herald-herald-example-org-2025, b-example-org-x]\n"
    );
    outcome
        .says("events.csv:4:31: warning[not-imported]: nothing is named “Nobody”, so it is left out of `entities`")
        .says("so its address is used instead")
        .says("imported 2 sources, 3 events");
    site.check().succeeds();
}

#[test]
fn rows_may_be_people_or_sources_or_terms() {
    let site = empty()
        .file(
            "people.tsv",
            "Name\tDescription\tWikidata\tSlug\nAna Okoro\tA mayor.\thttps://www.wikidata.org/wiki/Q1\tokoro\n",
        )
        .file("orgs.csv", "Organization;Kind;About\nThe Council;;Eleven members\nHarlow Bridge;Facility;A bridge\n")
        .file(
            "sources.csv",
            "Title,Outlet,Published,Link,By\nBridge closed,The Courier,16-May-24,https://c.example.org/1,Dana Whitlock\n",
        )
        .file("terms.csv", "Term,Meaning\nSpan,What lies between two piers\n");
    imported(&site, &["people.tsv", "--as", "person"]);
    imported(&site, &["orgs.csv", "--as", "organization"]);
    imported(&site, &["sources.csv", "--as", "source"]);
    imported(&site, &["terms.csv", "--as", "term"]);
    assert_eq!(
        read(&site, "content/entities/people.yaml"),
        "- id: okoro\n  kind: person\n  name: Ana Okoro\n  description: A mayor.\n  same-as: [\"https://www.wikidata.org/wiki/Q1\"]\n"
    );
    let orgs = read(&site, "content/entities/orgs.yaml");
    assert!(
        orgs.contains("kind: organization\n  name: The Council") && orgs.contains("kind: facility\n  name: Harlow Bridge"),
        "{orgs}"
    );
    assert_eq!(
        read(&site, "content/sources/sources.yaml"),
        "the-courier-2024-05-16:\n  title: Bridge closed\n  author: Dana Whitlock\n  publisher: The Courier\n  date: 2024-05-16\n  url: https://c.example.org/1\n"
    );
    assert!(read(&site, "content/glossary/terms.yaml").contains("definition: What lies between two piers"));
    let site = site.section("a", "x");
    site.run(&["build", "--now", crate::support::NOW]).succeeds();
}

#[test]
fn dates_that_may_be_two_days_are_asked_for() {
    let site = Site::new().file("in.csv", "Date,Title\n3/4/2025,A\n5/6/2025,B\n");
    refused(
        &site,
        &["in.csv"],
        1,
        &["`3/4/2025` could be 2025-03-04 or 2025-04-03", "in.csv:2:1", "--dates month-first or --dates day-first"],
    );
    imported(&site, &["in.csv", "--dates", "day-first"]);
    assert!(read(&site, "content/events/in.yaml").contains("date: 2025-04-03"));
    let site = Site::new().file("in.csv", "Date,Title\n3/4/2025,A\n3/15/2025,B\n15/3/2025,C\n");
    refused(&site, &["in.csv"], 1, &["the month comes first in `3/15/2025`, but the day does in `15/3/2025`", "in.csv:4:1"]);
    // One date with only one reading settles it for all; so do dots.
    let site = Site::new().file("in.csv", "Date,Title\n3/4/2025,A\n3/15/2025,B\n45731,D\n3.4.2025,E\n");
    imported(&site, &["in.csv"]).says("in.csv:4:1: info[not-imported]: `45731` was read as an Excel day number: 2025-03-15");
    let text = read(&site, "content/events/in.yaml");
    assert!(text.contains("date: 2025-03-04\n  title: A") && text.contains("date: 2025-04-03\n  title: E"), "{text}");
}

#[test]
fn all_mistakes_are_told_at_once_and_nothing_is_written() {
    let site =
        Site::new().file("in.csv", "Date,Title,Significance\nsoon,A,\n2025-13-01,B,\n2025-03-01,,\n2025-03-02,D,huge\n");
    refused(
        &site,
        &["in.csv"],
        1,
        &[
            "`soon` is not a date",
            "in.csv:2:1",
            "in.csv:3:1",
            "this row has no `title`",
            "in.csv:4:1",
            "`huge` is not a valid `significance`",
            "in.csv:5:14",
            "4 errors; nothing was written",
        ],
    );
    let site = Site::new().file("in.csv", "Wann,Was\n2025-03-15,\"never closed\n");
    refused(&site, &["in.csv"], 1, &["this quotation mark is never closed", "in.csv:2:12"]);
    let site = Site::new().file("in.csv", "Wann,Was\n2025-03-15,A\n").file("empty.csv", "");
    refused(
        &site,
        &["in.csv"],
        1,
        &["there is no column for `date` or `title`; the columns are `Wann`, `Was`", "in.csv:1:1", "--columns"],
    );
    refused(&site, &["empty.csv"], 1, &["the file is empty"]);
}

#[test]
fn a_file_says_what_columns_mean() {
    let site = Site::new()
        .file("in.csv", "Wann;Was;Intern;Mehr\n15.03.2025;Die R\u{e4}umung;geheim;x\n")
        .file("columns.toml", "# Columns\n\"Wann\" = \"date\"\n\"was\" = \"title\"\n\"Intern\" = \"\"\n");
    let outcome = imported(&site, &["in.csv", "--columns", "columns.toml"])
        .says("in.csv:1:17: warning[not-imported]: no field is named `Mehr`, so this column is left out (1 cell)");
    assert!(!outcome.stderr.contains("Intern"));
    assert_eq!(
        read(&site, "content/events/in.yaml"),
        "- id: die-raumung\n  date: 2025-03-15\n  title: Die Räumung\n  draft: true\n"
    );
    site.write("columns.toml", "\"Wann\" = [1]\n");
    refused(&site, &["in.csv", "--columns", "columns.toml"], 1, &["this is not the name of a field", "columns.toml:1:10"]);
    site.write("columns.toml", "\"Wann\" = \n");
    refused(&site, &["in.csv", "--columns", "columns.toml"], 1, &["columns.toml:1"]);
}

#[test]
fn letters_of_windows_are_read_and_told() {
    let site = Site::new().file("in.csv", b"Date;Title\n2025-03-15;\x93Caf\xe9\x94 closes\n");
    imported(&site, &["in.csv"])
        .says("in.csv:1:1: info[not-imported]: this file isn't UTF-8, so it was read as Windows-1252");
    assert!(read(&site, "content/events/in.yaml").contains("title: “Café” closes"));
    let wide: Vec<u8> =
        [0xff, 0xfe].into_iter().chain("Date\tTitle\r\n2025\tÄ\r\n".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let site = Site::new().file("in.txt", wide);
    imported(&site, &["in.txt"]);
    assert!(read(&site, "content/events/in.yaml").contains("title: Ä"));
}

#[test]
fn records_come_as_files_where_that_is_wanted() {
    let site = Site::new().sourced().file("in.csv", "Date,Title\n2025-03-15,A raid\n");
    imported(&site, &["in.csv", "--in", "file", "--source", "ap, p. 2"]);
    assert_eq!(
        read(&site, "content/events/a-raid.md"),
        "---\ndate: 2025-03-15\ntitle: A raid\nsources: [\"ap, p. 2\"]\n---\n"
    );
    let site = Site::new()
        .sourced()
        .book("[book]\ntitle = \"T\"\n[desk]\nrecords = \"files\"\n")
        .file("in.csv", "Date,Title\n2025-03-15,A raid\n");
    imported(&site, &["in.csv"]);
    assert!(read(&site, "content/events/a-raid.md").contains("draft: true"));
    // A file that holds nothing that can be read is not taken for the record.
    site.write("content/events/b.md", "---\n{\n---\n");
    site.write("in.csv", "Date,Title\n2025-03-15,B\n");
    let before = read(&site, "content/events/b.md");
    let _ = site.run(&["import", "in.csv"]);
    assert_eq!(read(&site, "content/events/b.md"), before);
}

#[test]
fn words_of_cells_are_words_on_the_page() {
    let titles = [
        "2 * 3 * 4",
        "*stars*",
        "[a](b)",
        "[[nobody]]",
        "[@nobody]",
        "<b>bold</b>",
        "a `b`",
        "1. May",
        "# one",
        "~~x~~",
        "AT&amp;T",
        "x_y_z",
        "a: b # c",
        "'q'",
        "a\\*",
    ];
    let rows: String = titles.iter().map(|title| format!("2025-03-15,\"{title}\"\n")).collect();
    let site = Site::new().sourced().file("in.csv", format!("Date,Title\n{rows}"));
    imported(&site, &["in.csv", "--source", "ap"]);
    let outcome = site.book("[book]\ntitle = \"T\"\n[output.html]\nsmart-punctuation = false\n").build();
    let marks = [("&lt;", "<"), ("&gt;", ">"), ("&#39;", "'"), ("&quot;", "\""), ("&amp;", "&")];
    let shown = marks.iter().fold(outcome.words("timeline/index.html"), |text, (mark, sign)| text.replace(mark, sign));
    for title in titles {
        assert!(shown.contains(title), "`{title}` is not in {shown}");
    }
}
