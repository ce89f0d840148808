//! The numbers of a page's sources, and the way back to where each is cited.

use serde::Serialize;

use crate::base::Map;
use crate::model::{RecordIx, SourceIx, address};
use crate::view::View;

/// The sources that a page cites, in order of first citation.
#[derive(Debug, Default)]
pub struct Numbering {
    order: Vec<SourceIx>,
    /// Number, from one, and how many times cited.
    seen: Map<SourceIx, (usize, usize)>,
    /// Whether the page has a picture.
    has_picture: bool,
}

/// One citation: what to print and where it is.
pub struct Mark {
    /// The source's number on this page.
    pub number: usize,
    /// The anchor of this citation.
    pub anchor: String,
    /// The anchor of the source's entry.
    pub source: String,
}

impl Numbering {
    /// Whether the page has no picture yet; from now on, it has one.
    pub fn is_first_picture(&mut self) -> bool {
        !std::mem::replace(&mut self.has_picture, true)
    }

    /// Numbers one more citation.
    pub fn cite(&mut self, view: &View<'_>, source: SourceIx) -> Mark {
        let next = self.order.len() + 1;
        let (number, times) = self.seen.entry(source).or_insert((next, 0));
        *times += 1;
        if *number == next {
            self.order.push(source);
        }
        let slug = view.reader.slug(source);
        Mark { number: *number, anchor: anchor("", *number, *times), source: address::source_anchor(slug) }
    }

    /// Whether a source has a number.
    #[must_use]
    pub fn has(&self, source: SourceIx) -> bool {
        self.seen.contains_key(&source)
    }

    /// The list at the end of the page.
    #[must_use]
    pub fn entries(&self, view: &View<'_>) -> Vec<SourceEntryView> {
        let entry = |source: &SourceIx| {
            let (number, times) = self.seen[source];
            let own = number.to_string();
            SourceEntryView {
                number,
                anchor: address::source_anchor(view.reader.slug(*source)),
                html: view.shown_entry_html(*source),
                url: view.reader.record_address(RecordIx::Source(*source)),
                back: {
                    // Languages have a word for two where they have no plural form for it.
                    let twice = || view.words.get("phrase.cited-twice").to_owned();
                    let text = if times == 2 { twice() } else { view.words.count("count.cited", times) };
                    let name = view.words.fill("phrase.way-back", &[("cited", &text), ("source", &own)]);
                    BackView { url: anchor("#", number, 1), text, name }
                },
            }
        };
        self.order.iter().map(entry).collect()
    }
}

/// The anchor of the `time`th citation of source `number` on its page, after `sign`. Every citation has one, so we build
/// it without the formatter.
fn anchor(sign: &str, number: usize, time: usize) -> String {
    let mut out = String::with_capacity(24);
    out.push_str(sign);
    out.push_str("cite--");
    push_number(&mut out, number);
    out.push('-');
    push_number(&mut out, time);
    out
}

fn push_number(out: &mut String, number: usize) {
    if number >= 10 {
        push_number(out, number / 10);
    }
    out.push(char::from(b'0' + (number % 10) as u8));
}

/// A source in the list at the end of a page.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct SourceEntryView {
    /// Its number on this page.
    pub number: usize,
    /// Its anchor.
    pub anchor: String,
    /// Its text in the site's citation style.
    pub html: String,
    /// Its own page.
    pub url: String,
    /// The way back to its first citation.
    pub back: BackView,
}

/// The way back from a source to where the page cites it.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct BackView {
    /// Where it leads.
    pub url: String,
    /// How often it is cited: “cited 5 times”.
    pub text: String,
    /// Its accessible name.
    pub name: String,
}
