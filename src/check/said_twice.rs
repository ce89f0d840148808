//! See [`SaidTwice`].

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::LocalContext;
use super::rule::{Report, Scope, label, rule};
use crate::base::{Origin, TextRange};
use crate::model::RecordIx;
use crate::syntax::Record;
use crate::syntax::kinds::blocks::Block;
use crate::syntax::kinds::page::Page;
use crate::syntax::text::Text;

rule! {
    /// A key point, a topic or an item of a `known` block appears twice.
    ///
    /// Usually someone copied a line and forgot to change the copy, so something else is missing. In a `known` block, the same
    /// words may even be under both `known` and `unknown`, and only one of them is true.
    ///
    /// The rule compares what you type, but ignores capitals, spaces, quotation marks around a whole item and the period at its
    /// end.
    ///
    /// Delete one of the two, or write what it should have said.
    ///
    /// ```yaml
    /// key-points:
    ///   - The bridge shut on March 12.
    ///   - A crack was found in 2019.
    ///   - The bridge shut on March 12.     # said twice
    /// ```
    SaidTwice: SAID_TWICE, Warning, Scope::Local(check)
}

fn check(site: &LocalContext<'_>, owner: RecordIx, report: &mut Report) {
    match owner {
        RecordIx::Page(at) => {
            let variants = site.reader.variants(at).iter().map(|(_, item)| &item.record);
            std::iter::once(&site.reader.item(at).record).chain(variants).for_each(|page| of_page(site, page, report));
        }
        RecordIx::Event(at) => {
            let record = &site.reader.item(at).record;
            topics(site, &record.fields.topics, record.origin, report);
        }
        RecordIx::Claim(_) | RecordIx::Entity(_) | RecordIx::Author(_) | RecordIx::Term(_) | RecordIx::Source(_) => {}
    }
}

fn of_page(site: &LocalContext<'_>, page: &Record<Page>, report: &mut Report) {
    let front = &page.fields.front;
    let ranges = |texts: &[Text]| -> Vec<TextRange> {
        let first = texts.iter().filter_map(|text| text.variants.first());
        first.map(|at| page.pieces.proses[*at].range).collect()
    };
    let mut list = List::new(site, page.origin);
    list.add("key-points", ranges(&front.key_points), report);
    topics(site, &front.topics, page.origin, report);
    for block in page.blocks() {
        let Block::Known(known) = block else { continue };
        let mut list = List::new(site, page.origin);
        for (field, texts) in [("known", &known.known), ("unknown", &known.unknown), ("contested", &known.contested)] {
            list.add(field, ranges(texts), report);
        }
    }
}

fn topics(site: &LocalContext<'_>, topics: &[crate::base::At<String>], origin: Origin, report: &mut Report) {
    List::new(site, origin).add("topics", topics.iter().map(|topic| topic.range), report);
}

/// The items so far, with their places and lists.
struct List<'l> {
    file: &'l str,
    origin: Origin,
    said: HashMap<String, (&'static str, TextRange)>,
}

impl<'l> List<'l> {
    fn new(site: &LocalContext<'l>, origin: Origin) -> Self {
        Self { file: &site.tree.file(origin.file).text, origin, said: HashMap::new() }
    }

    /// Adds the items of a list, and reports each that repeats another.
    fn add(&mut self, field: &'static str, items: impl IntoIterator<Item = TextRange>, report: &mut Report) {
        for range in items {
            let span = self.origin.span(range);
            let typed = plain(self.file.get(span.range.bytes()).unwrap_or_default());
            if typed.is_empty() {
                continue;
            }
            match self.said.entry(typed) {
                Entry::Vacant(free) => {
                    free.insert((field, range));
                }
                Entry::Occupied(first) => {
                    let (list, first) = *first.get();
                    let message = if list == field {
                        format!("this appears twice in `{field}`")
                    } else {
                        format!("this appears in both `{list}` and `{field}`")
                    };
                    let finding = report.add(span, message);
                    finding.labels.push(label(self.origin.span(first), "first here"));
                    finding.help = Some("delete one of the two, or write what it should have said".to_owned());
                }
            }
        }
    }
}

/// What is typed, without the differences that don't count.
fn plain(typed: &str) -> String {
    let words = typed.trim().trim_matches(['"', '\'']).trim_end_matches('.');
    words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
