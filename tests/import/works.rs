//! Bibliographies: BibTeX, CSL-JSON and RIS.

use super::{imported, read, refused};
use crate::support::Site;

const BIB: &str = r#"% A bibliography
@string{nyt = "The New York Times"}
@comment{not {this}}
@article{doe2025,
  author  = {Doe, Jane and van der Berg, Jan and {The Bridge Board} and others},
  title   = {The {B}ridge: a \emph{report} on 5\% of it},
  journal = nyt, year = 2025, month = mar, day = {15},
  volume = 3, number = 2, pages = {12--14},
  url = {https://nyt.example.org/a_b%20c}, urldate = {2025-04-01},
  doi = {10.1000/1}, keywords = {bridges}, file = {x.pdf}
}
@book{roe,
  author = "Garc{\'\i}a M{\"a}rz, Jr., Ana",
  title = "Piers", subtitle = "A History", publisher = "Allen \& Unwin", address = {London}, date = {1998-05/1999},
  isbn = {978-0}, note = {Second printing}, langid = {ngerman}, foo = {bar}
}
@misc{odd key!, title = {A letter}, howpublished = {\url{https://a.example.org}}, year = {c. 1990}}
@techreport(nameless, institution = {City of Harlow}, year = {2024})
"#;

#[test]
fn bibtex_becomes_sources() {
    let site = Site::new().section("a", "[@doe2025, p. 12; @roe]").file("refs.bib", BIB);
    let outcome = imported(&site, &["refs.bib"]);
    assert_eq!(
        read(&site, "content/sources/refs.yaml"),
        "doe2025:\n  type: article\n  title: \"The Bridge: a *report* on 5% of it\"\n  author: [\"Doe, Jane\", {name: Berg, given-name: Jan, prefix: van der}, The Bridge Board]\n  publisher: The New York Times\n  date: 2025-03-15\n  url: {value: \"https://nyt.example.org/a_b%20c\", date: 2025-04-01}\n  parent: {type: periodical, title: The New York Times, volume: 3, issue: 2}\n  page-range: 12-14\n  serial-number: {doi: 10.1000/1}\n\
         \nroe:\n  type: book\n  title: \"Piers: A History\"\n  author: {name: García März, given-name: Ana, suffix: Jr.}\n  publisher: Allen & Unwin\n  date: 1998-05/1999\n  location: London\n  serial-number: {isbn: \"978-0\"}\n  language: de\n  note: Second printing\n\
         \nodd-key:\n  type: misc\n  title: A letter\n  date: 1990~\n  url: https://a.example.org\n\
         \nnameless:\n  type: report\n  title: Untitled\n  publisher: City of Harlow\n  date: 2024\n  title-is: description\n"
    );
    outcome
        .says("refs.bib:15:65: warning[not-imported]: the field `foo` was left out: bar")
        .says("refs.bib:18:13")
        .says("`nameless` has no title")
        .says("imported 4 sources");
    let built = site.build();
    assert_eq!(built.code, Some(0), "{}", built.stderr);
    assert!(built.words("a/index.html").contains("The New York Times"));
}

#[test]
fn all_mistakes_of_a_bibliography_are_told() {
    let site = Site::new().file("refs.bib", "@book{a, title {x}}\n@book{b, title = {fine}}\n@book{c, title = {open\n");
    refused(
        &site,
        &["refs.bib"],
        1,
        &["`=` is expected here", "refs.bib:1:16", "this brace is never closed", "refs.bib:3:18", "2 errors"],
    );
}

#[test]
fn cross_references_are_followed() {
    let site = Site::new().file(
        "refs.bib",
        "@inproceedings{part, title = {A part}, author = {Jane Doe}, crossref = {whole}}\n@proceedings{whole, title = {The whole}, publisher = {Press}, year = 2020}\n",
    );
    imported(&site, &["refs.bib"]);
    let text = read(&site, "content/sources/refs.yaml");
    assert!(text.contains("publisher: Press") && text.contains("parent: {type: proceedings, title: The whole}"), "{text}");
    site.check().succeeds();
}

#[test]
fn csl_json_becomes_sources() {
    let json = r#"[
  {"id": "doe", "type": "article-newspaper", "title": "The <i>Bridge</i> &amp; us", "container-title": "The Courier",
   "author": [{"family": "Doe", "given": "Jane"}, {"literal": "The Bridge Board"}],
   "issued": {"date-parts": [[2025, 3, 15]]}, "accessed": {"date-parts": [["2025", "4"]]}, "URL": "https://c.example.org/1",
   "language": "en-US", "page": "12–14", "custom": {"a": 1}},
  {"id": "http://zotero.org/users/1/items/ABC", "type": "webpage", "title": "A page", "author": [{"family": "Roe", "given": "R."}],
   "issued": {"raw": "March 2024"}},
  {"id": 7, "type": "report", "title": "Range", "issued": {"date-parts": [[2020], [2021, 2]], "circa": true}}
]"#;
    let site = Site::new().section("a", "[@doe]").file("refs.json", json);
    imported(&site, &["refs.json"])
        .says("refs.json:5:42: warning[not-imported]: the field `custom` was left out: a map of fields");
    assert_eq!(
        read(&site, "content/sources/refs.yaml"),
        "doe:\n  type: article\n  title: The *Bridge* & us\n  author: [\"Doe, Jane\", The Bridge Board]\n  publisher: The Courier\n  date: 2025-03-15\n  url: {value: \"https://c.example.org/1\", date: 2025-04}\n  parent: {type: newspaper, title: The Courier}\n  page-range: 12-14\n  language: en-US\n\
         \nroe-2024:\n  type: web\n  title: A page\n  author: Roe, R.\n  date: 2024-03\n\
         \n7:\n  type: report\n  title: Range\n  date: 2020~/2021-02~\n"
    );
    site.build().succeeds();
}

#[test]
fn ris_becomes_sources() {
    let ris = "\u{feff}TY  - NEWS\r\nID  - doe2025\r\nAU  - Doe, Jane\r\nAU  - Roe, R. S.\r\nTI  - The bridge: a view\r\nT2  - The Courier\r\nPY  - 2025\r\nDA  - 2025/03/15/\r\nUR  - https://c.example.org/1\r\nSP  - 12\r\nEP  - 14\r\nAB  - A long\r\nabstract\r\nKW  - bridges\r\nC1  - x\r\nER  - \r\n\r\nTY  - RPRT\nTI  - Piers\nPB  - City\nPY  - 1998\nER  -\n";
    let site = Site::new().section("a", "[@doe2025]").file("refs.ris", ris);
    imported(&site, &["refs.ris"]).says("refs.ris:15:1: warning[not-imported]: the tag `C1` was left out: x");
    assert_eq!(
        read(&site, "content/sources/refs.yaml"),
        "doe2025:\n  type: article\n  title: \"The bridge: a view\"\n  author: [\"Doe, Jane\", \"Roe, R. S.\"]\n  publisher: The Courier\n  date: 2025-03-15\n  url: https://c.example.org/1\n  parent: {type: newspaper, title: The Courier}\n  page-range: 12-14\n  abstract: A long abstract\n\
         \npiers-1998:\n  type: report\n  title: Piers\n  publisher: City\n  date: 1998\n"
    );
    site.build().succeeds();
    let site = Site::new().file("refs.ris", "hello\nTY  - NEWS\nTI  - x\n");
    refused(&site, &["refs.ris"], 1, &["this is not a line of RIS", "refs.ris:1:1", "this work has no end", "refs.ris:2:1"]);
}

#[test]
fn keys_that_are_there_stay_whose_they_are() {
    let site = Site::new().sourced().section("a", "[@ap]").file("refs.bib", "@misc{ap, title = {Another}, year = 2020}\n");
    imported(&site, &["refs.bib"])
        .says("refs.bib:1:7: warning[not-imported]: `ap` is taken or can't be used, so this is now `ap-2`");
    assert!(read(&site, "content/sources/refs.yaml").starts_with("ap-2:\n"));
    site.build().succeeds();
}
