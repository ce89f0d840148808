//! Every example of the CommonMark specification, each as the body of a section.
//!
//! The output is what the specification shows, or the example is in [`DIFFERENT`] with a reason. No rule reports anything in an
//! example, unless it is in [`REPORTED`] with a reason. Both lists are exact: an entry that is no longer true fails the test.

mod normal;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use backgrounder::build::edition::Edition;
use backgrounder::build::live::Live;

use crate::live::{SiteFiles, request};
use normal::{addresses, normal};

/// The specification, with its examples between fences.
const SPEC: &str = include_str!("commonmark/spec.txt");

/// Without typographic quotes and dashes, which `tests/site/text.rs` tests.
const BOOK: &str = "[book]\ntitle = \"T\"\n[site]\nas-of = \"2025-12-22\"\n[output.html]\nsmart-punctuation = false\n";

/// Only a section's body, between two marks.
const TEMPLATE: &str = "{% extends \"layout.html\" %}{% block main %}<main-body>{% include \"components/body.html\" %}</main-body>{% endblock main %}";

/// Examples with different output, and why.
const DIFFERENT: &[(&str, &[usize])] = &[
    (
        "HTML is shown as typed",
        &[
            21, 31, 148, 149, 150, 151, 152, 153, 154, 155, 156, 157, 158, 159, 160, 161, 162, 163, 164, 165, 166, 167, 168,
            169, 170, 171, 172, 173, 174, 175, 176, 178, 180, 181, 182, 184, 185, 186, 187, 188, 189, 190, 191, 201, 344,
            475, 476, 477, 491, 494, 524, 536, 613, 614, 615, 616, 617, 623, 630, 631, 642, 643,
        ],
    ),
    ("comments leave no trace", &[177, 179, 183, 308, 309, 625, 626]),
    ("an address that leads nowhere, or out of the content folder, is marked as such", &[200, 484, 485, 486, 487, 502, 567]),
    ("two brackets are a link to a record", &[548, 559, 590]),
    (
        "a picture that has a paragraph to itself is a figure, with its title below it",
        &[520, 572, 573, 574, 575, 576, 577, 578, 580, 581, 582, 583, 584, 585, 586, 588, 589, 591],
    ),
    ("a bare address is a link", &[608, 611]),
    ("this comparison doesn't know quotation marks in addresses", &[507]),
];

/// Examples in which a rule reports something, by rule, and why.
const REPORTED: &[(&str, &str, &[usize])] = &[
    ("bad-address", "an address of a kind that is not allowed on a page", &[500, 596, 598, 599, 601]),
    ("bad-address", "the host of the address is not valid", &[600]),
    ("bad-markdown", "a picture's alt text has a link in it", &[520, 575]),
    ("bad-media", "the files that examples show are empty", &[517, 520, 531, 573, 576, 577, 578, 580]),
    ("missing-alt", "the picture has no words", &[581]),
    ("broken-link", "the address leads nowhere", &[200, 484, 485, 486, 487, 502, 567]),
    (
        "stray-markup",
        "HTML is shown as typed",
        &[
            21, 31, 148, 149, 150, 151, 152, 153, 154, 155, 159, 160, 161, 162, 164, 165, 166, 167, 168, 169, 170, 172, 174,
            175, 176, 178, 184, 185, 186, 187, 188, 189, 190, 191, 344, 475, 613, 614, 615, 616, 619, 620, 622, 623, 624,
            630, 631, 632,
        ],
    ),
    (
        "stray-markup",
        "a link has no words, or is shown as typed",
        &[41, 484, 487, 488, 490, 491, 493, 494, 497, 508, 511, 518, 519, 524, 526, 536, 538, 545, 546, 547, 560],
    ),
    (
        "stray-markup",
        "marks of a heading, of code or of emphasis are shown as typed",
        &[216, 347, 366, 367, 379, 383, 384, 391, 392, 397, 398, 400, 401, 471, 476, 477, 480, 481],
    ),
    ("unclosed-fence", "fenced code is never closed", &[126, 127, 139, 237]),
    ("unknown-id", "two brackets are a link to a record", &[548, 559, 590]),
];

/// One of the specification's examples.
struct Example {
    number: usize,
    markdown: String,
    html: String,
}

impl Example {
    fn path(&self) -> String {
        format!("content/e-{}.md", self.number)
    }
}

fn examples() -> Vec<Example> {
    let fence = "`".repeat(32);
    let open = format!("{fence} example\n");
    let texts = SPEC.split(&open).skip(1).map(|rest| rest.split_once(&format!("\n{fence}\n")).expect("a fence is closed").0);
    let example = |(at, text): (usize, &str)| {
        // Either side may be empty.
        let (markdown, html) = text.split_once("\n.\n").unwrap_or_else(|| {
            text.strip_suffix("\n.")
                .map(|markdown| (markdown, ""))
                .or(text.strip_prefix(".\n").map(|html| ("", html)))
                .expect("a dot")
        });
        Example { number: at + 1, markdown: markdown.replace('→', "\t") + "\n", html: html.replace('→', "\t") }
    };
    texts.enumerate().map(example).collect()
}

/// A site with a section for each example, in which every address leads somewhere.
fn site(examples: &[Example]) -> Arc<Edition> {
    let desk = SiteFiles::default();
    desk.write("book.toml", BOOK);
    desk.write("templates/section.html", TEMPLATE);
    for example in examples {
        desk.write(&example.path(), &format!("---\ntitle: T\n---\n{}", example.markdown));
        for address in addresses(&example.html) {
            desk.write(&format!("content/{address}"), "");
        }
    }
    Live::open(request(), Arc::new(desk)).unwrap().edition()
}

/// The output of an example.
fn body(edition: &Edition, example: &Example) -> String {
    let page = edition.page(&format!("e-{}/index.html", example.number)).expect("a page").expect("it is made");
    let html = String::from_utf8(page.bytes.clone()).unwrap();
    crate::support::between(&html, "<main-body>", "</main-body>").to_owned()
}

#[test]
fn every_example_comes_out_as_the_specification_says() {
    let examples = examples();
    assert_eq!(examples.len(), 652);
    let edition = site(&examples);
    let known: BTreeMap<usize, &str> =
        DIFFERENT.iter().flat_map(|(why, numbers)| numbers.iter().map(move |number| (*number, *why))).collect();
    assert_eq!(known.len(), DIFFERENT.iter().map(|(_, numbers)| numbers.len()).sum::<usize>(), "an example is listed twice");
    let mut wrong = Vec::new();
    for example in &examples {
        let (wanted, made) = (normal(&example.html), normal(&body(&edition, example)));
        match (wanted == made, known.get(&example.number)) {
            (true, None) | (false, Some(_)) => {}
            (true, Some(why)) => wrong.push(format!("{} no longer differs ({why})", example.number)),
            (false, None) => {
                wrong.push(format!("{}\n{}wanted {wanted}\nmade   {made}\n", example.number, example.markdown));
            }
        }
    }
    assert!(wrong.is_empty(), "{}\n{} in all", wrong.join("\n"), wrong.len());
}

#[test]
fn no_rule_reports_an_example_without_a_reason() {
    let examples = examples();
    let edition = site(&examples);
    let numbers: BTreeMap<String, usize> = examples.iter().map(|example| (example.path(), example.number)).collect();
    let mut reported: BTreeMap<(&str, usize), String> = BTreeMap::new();
    for finding in edition.diagnostics() {
        let span = finding.span.unwrap_or_else(|| panic!("a finding without a place: {}", finding.message));
        // The files that examples link to are empty, and some rules say so.
        if let Some(number) = numbers.get(&edition.tree().file(span.file).path) {
            reported.entry((finding.code.0, *number)).or_insert_with(|| finding.message.clone());
        }
    }
    let known: BTreeSet<(&str, usize)> =
        REPORTED.iter().flat_map(|(code, _, numbers)| numbers.iter().map(move |number| (*code, *number))).collect();
    let new: Vec<_> = reported.iter().filter(|(at, _)| !known.contains(at)).collect();
    let gone: Vec<_> = known.iter().filter(|at| !reported.contains_key(at)).collect();
    assert!(new.is_empty() && gone.is_empty(), "reported, but not listed: {new:#?}\nlisted, but not reported: {gone:?}");
}
