//! What a place in a file means: a record, a field, a date.

use std::ops::Range;

use super::area::{self, Area};
use super::card::card;
use super::dates;
use super::fields::{self, allowed};
use super::standing::named;
use super::toml;
use super::yaml::{self, Part, Spot, Step};
use crate::base::FileId;
use crate::build::edition::ReadSite;
use crate::syntax::{Field, Shape};

/// What a place means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meaning {
    /// The bytes that it is about.
    pub range: Range<usize>,
    /// What to know, in Markdown.
    pub text: String,
}

/// What is at the byte `at` of a file of the site.
#[must_use]
pub fn meaning(site: ReadSite<'_>, file: FileId, at: usize) -> Option<Meaning> {
    if let Some(named) = named(site, file, at as u32) {
        return Some(Meaning { range: named.span.range.bytes(), text: card(site, named.at).markdown() });
    }
    let source = site.tree.file(file);
    let text = source.text.as_str();
    let (spot, shape) = match area::area(&source.path, &site.config.src, text, at)? {
        Area::Yaml(range, shape) => (yaml::spot(text, &range, at)?, shape),
        Area::Toml(shape) => (toml::spot(text, at)?, shape),
        Area::Prose | Area::Code => return None,
    };
    field(site, text, &spot, &shape)
}

fn field(site: ReadSite<'_>, text: &str, spot: &Spot<'_>, shape: &Shape) -> Option<Meaning> {
    let range = spot.token.range.clone();
    if range.is_empty() {
        return None;
    }
    let written = &text[range.clone()];
    if spot.token.part == Part::Value {
        let found = allowed(shape, &spot.token.path, spot.kind);
        let words = fields::takes_date(&found.shapes).then(|| dates::words(written, site, &site.config.catalogue()))?;
        return words.map(|text| Meaning { range, text });
    }
    let path: Vec<Step<'_>> = spot.token.path.iter().copied().chain([Step::Key(written)]).collect();
    let records = allowed(shape, &spot.token.path, spot.kind);
    let field = fields::fields(&records.shapes).into_iter().find(|field| field.key == written);
    let field = field.or_else(|| allowed(shape, &path, spot.kind).field)?;
    Some(Meaning { range, text: described(&field) })
}

/// What a field means and takes.
fn described(field: &Field) -> String {
    format!("`{}`: {}\n\n{}", field.key, field.takes, fields::help(field))
}
