//! What to know about a record at a glance.

use std::fmt::Write;

use super::find::{date_of, kind_word};
use super::words;
use crate::build::edition::ReadSite;
use crate::date;
use crate::model::RecordIx;
use crate::syntax::kinds::event::EventStatus;

/// What to know about a record at a glance.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Card {
    /// What kind of record it is, in a word.
    pub kind: String,
    /// What it is called.
    pub title: String,
    /// Its date in words; empty if it has none.
    pub date: String,
    /// What is said of its certainty; empty if nothing is.
    pub status: String,
    /// What it says in short; empty if it says nothing.
    pub summary: String,
    /// Where it can be read: the address of a source, or the path of its page on the site.
    pub address: String,
    /// Whether builds leave it out for now.
    pub is_withheld: bool,
}

/// What to know about a record.
#[must_use]
pub fn card(site: ReadSite<'_>, at: RecordIx) -> Card {
    let (model, catalogue) = (site.model, site.config.catalogue());
    let linked = model.linked(at);
    let summary = match at {
        RecordIx::Page(at) => model[at].item.record.fields.front.summary.as_ref(),
        RecordIx::Event(at) => model[at].item.record.fields.summary.as_ref(),
        RecordIx::Entity(at) => model[at].item.record.fields.description.as_ref(),
        RecordIx::Term(at) => Some(&model[at].item.record.fields.definition),
        RecordIx::Author(at) => model[at].item.record.fields.role.as_ref(),
        RecordIx::Source(at) => model[at].item.record.fields.publisher.0.as_ref(),
        RecordIx::Claim(_) => None,
    };
    let status = match at {
        RecordIx::Event(at) => match model[at].item.record.fields.status {
            EventStatus::Confirmed => String::new(),
            status => catalogue.get(&format!("event-status.{}", status.word())).to_owned(),
        },
        RecordIx::Claim(at) => catalogue.get(&format!("claim-status.{}", model[at].status.word())).to_owned(),
        _ => String::new(),
    };
    let url = at.source().and_then(|at| model[at].item.record.fields.url.as_ref()).map(|url| url.value.0.value.clone());
    let title = match at {
        // All of a claim's text is its title, and too long for one.
        RecordIx::Claim(_) => model.record(at).id.to_owned(),
        _ => words::title(site, at),
    };
    let summary = match at {
        RecordIx::Claim(_) => words::title(site, at),
        _ => summary.map(|text| words::text(site, linked, text)).unwrap_or_default(),
    };
    Card {
        kind: catalogue.get(kind_word(site, at)).to_owned(),
        title,
        date: date_of(site, at).map(|date| date::show(date, &catalogue, Some(&model.today))).unwrap_or_default(),
        status,
        summary,
        address: url.unwrap_or_else(|| format!("{}/", model.path_of(at)).trim_start_matches('/').to_owned()),
        is_withheld: model.withheld(at).is_some(),
    }
}

impl Card {
    /// The card in Markdown.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut out = format!("**{}**\n\n{}", escaped(&self.title), escaped(&self.kind));
        for part in [&self.date, &self.status] {
            if !part.is_empty() {
                let _ = write!(out, " · {}", escaped(part));
            }
        }
        if self.is_withheld {
            out.push_str(" · draft");
        }
        if !self.summary.is_empty() {
            let _ = write!(out, "\n\n{}", escaped(&self.summary));
        }
        if self.address.starts_with("http") {
            let _ = write!(out, "\n\n<{}>", self.address);
        } else if !self.address.is_empty() {
            let _ = write!(out, "\n\n`{}`", self.address);
        }
        out
    }
}

/// Words that look the same after Markdown has been read.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '&' | '~') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_is_readable_markdown() {
        let card = Card {
            kind: "Event".to_owned(),
            title: "A *raid*".to_owned(),
            date: "March 15, 2025".to_owned(),
            status: "disputed".to_owned(),
            summary: "It began.".to_owned(),
            address: "events/raid/".to_owned(),
            is_withheld: false,
        };
        assert_eq!(card.markdown(), "**A \\*raid\\***\n\nEvent · March 15, 2025 · disputed\n\nIt began.\n\n`events/raid/`");
    }
}
