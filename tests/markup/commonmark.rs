//! Every example of the CommonMark specification, each as the body of a section.
//!
//! What comes out is what the specification shows, or the example stands in [`DIFFERENT`] with the reason. A rule speaks up
//! about an example only if [`TOLD`] says so. Both lists are exact: an entry that no longer holds fails the test, so that nobody
//! goes on believing it.

mod normal;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use backgrounder::build::edition::Edition;
use backgrounder::build::live::Live;

use crate::live::{SiteFiles, request};
use normal::{addresses, normal};

/// The specification, with its examples between fences.
const SPEC: &str = include_str!("commonmark/spec.txt");

/// Typographic quotes and dashes are ours; `tests/site/text.rs` looks at them.
const BOOK: &str = "[book]\ntitle = \"T\"\n[site]\nas-of = \"2025-12-22\"\n[output.html]\nsmart-punctuation = false\n";

/// A section's body between two marks, and nothing else of it.
const TEMPLATE: &str = "{% extends \"layout.html\" %}{% block main %}<main-body>{% include \"components/body.html\" %}</main-body>{% endblock main %}";

/// Examples that come out differently, and why.
const DIFFERENT: &[(&str, &[usize])] = &[];

/// Examples about which a rule speaks up, and why.
const TOLD: &[(&str, &str, &[usize])] = &[];

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

/// A site with a section of each example, in which every address leads somewhere.
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

/// What became of an example.
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
    assert_eq!(known.len(), DIFFERENT.iter().map(|(_, numbers)| numbers.len()).sum::<usize>(), "an example stands twice");
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
fn no_rule_speaks_up_about_what_is_sound() {
    let examples = examples();
    let edition = site(&examples);
    let numbers: BTreeMap<String, usize> = examples.iter().map(|example| (example.path(), example.number)).collect();
    let mut told: BTreeSet<(&str, usize)> = BTreeSet::new();
    for finding in edition.diagnostics() {
        let path = finding.span.map(|span| edition.tree().file(span.file).path.clone());
        let number = path.and_then(|path| numbers.get(&path).copied());
        told.insert((finding.code.0, number.unwrap_or_else(|| panic!("{}", finding.message))));
    }
    let known: BTreeSet<(&str, usize)> =
        TOLD.iter().flat_map(|(code, _, numbers)| numbers.iter().map(move |number| (*code, *number))).collect();
    let by_code = |differing: BTreeSet<&(&'static str, usize)>| {
        let mut out: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        differing.into_iter().for_each(|(code, number)| out.entry(code).or_default().push(*number));
        out
    };
    let (new, gone) = (by_code(told.difference(&known).collect()), by_code(known.difference(&told).collect()));
    assert!(new.is_empty() && gone.is_empty(), "told and not known: {new:?}\nknown and not told: {gone:?}");
}
