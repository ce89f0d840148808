//! Dates in a file, with what they mean in words.

use std::ops::Range;

use super::area;
use super::fields::{allowed, takes_date};
use super::yaml::{self, Part, Token};
use crate::build::edition::ReadSite;
use crate::date;
use crate::language::Catalogue;

/// A date in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated {
    /// Where it is written.
    pub range: Range<usize>,
    /// What it means.
    pub words: String,
}

/// The dates that are written in a range of a file, with their words.
#[must_use]
pub fn dates(site: ReadSite<'_>, path: &str, text: &str, wanted: &Range<usize>) -> Vec<Dated> {
    let catalogue = site.config.catalogue();
    let mut out = Vec::new();
    for (area, shape) in area::yaml(path, &site.config.src, text) {
        if area.end < wanted.start || area.start > wanted.end {
            continue;
        }
        let tokens = yaml::tokens(text, &area, wanted);
        let values = tokens.iter().filter(|token| token.part != Part::Key && touches(token, wanted));
        for token in values.filter(|token| takes_date(&allowed(&shape, &token.path, None).shapes)) {
            let written = &text[token.range.clone()];
            out.extend(words(written, site, &catalogue).map(|words| Dated { range: token.range.clone(), words }));
        }
    }
    out
}

fn touches(token: &Token<'_>, wanted: &Range<usize>) -> bool {
    token.range.start <= wanted.end && wanted.start <= token.range.end
}

/// A date in words, if it can be read and the words say more than is written.
#[must_use]
pub fn words(written: &str, site: ReadSite<'_>, catalogue: &Catalogue) -> Option<String> {
    let date = date::parse(written.trim()).ok()?;
    let words = date::show(&date, catalogue, Some(&site.model.today));
    (!words.is_empty() && words != written.trim()).then_some(words)
}
