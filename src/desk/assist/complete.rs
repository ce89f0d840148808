//! What may be written at a place in a file.

use std::ops::Range;

use super::area::{self, Area};
use super::fields::{self, Allowed, allowed};
use super::find::{Wanted, find};
use super::standing;
use super::toml;
use super::typed::{Typed, typed};
use super::yaml::{self, Part, Spot};
use crate::build::edition::ReadSite;
use crate::model::Linked;
use crate::syntax::references::Expects;
use crate::syntax::{Field, Shape};

/// The most records that are offered at once. Nobody reads more; whoever looks for another types another letter.
const MOST: usize = 100;

/// What an offer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfferKind {
    /// A field.
    Field,
    /// One of a few words.
    Word,
    /// A record.
    Record(crate::model::RecordIx),
    /// A heading.
    Heading,
    /// A file.
    File,
}

/// Something that may be written.
#[derive(Clone, Debug)]
pub struct Offer {
    /// What it is.
    pub kind: OfferKind,
    /// What it is called: an id, a field's name, a word.
    pub name: String,
    /// What it means, in a few words: a title and a date, or what a field takes.
    pub detail: String,
    /// What it means, in a sentence or more; may be empty.
    pub help: String,
    /// What is written if it is chosen.
    pub text: String,
}

/// What may be written at a place.
#[derive(Clone, Debug, Default)]
pub struct Offers {
    /// The bytes that the chosen one replaces.
    pub range: Range<usize>,
    /// The offers, the best first.
    pub offers: Vec<Offer>,
    /// Whether these are all there are for what is typed so far.
    pub is_complete: bool,
}

/// What may be written at the byte `at` of the file at `path`, whose text may be newer than the site; `None` if anything may.
#[must_use]
pub fn complete(site: ReadSite<'_>, path: &str, text: &str, at: usize) -> Option<Offers> {
    if at > text.len() || !text.is_char_boundary(at) {
        return None;
    }
    match area::area(path, &site.config.src, text, at)? {
        Area::Code => None,
        Area::Prose => pointer(site, path, text, at),
        Area::Yaml(range, shape) => {
            let Some(spot) = yaml::spot(text, &range, at) else { return pointer(site, path, text, at) };
            let found = allowed(&shape, &spot.token.path, spot.kind);
            let is_text = found.shapes.is_empty() || found.shapes.iter().any(|shape| matches!(shape, Shape::Markdown));
            let typed = if is_text && spot.token.part != Part::Key { pointer(site, path, text, at) } else { None };
            typed.or_else(|| written(site, text, at, &spot, &found))
        }
        Area::Toml(shape) => {
            let spot = toml::spot(text, at)?;
            let found = allowed(&shape, &spot.token.path, None);
            let mut offers = written(site, text, at, &spot, &found)?;
            for offer in &mut offers.offers {
                // TOML has no words without quotation marks, except for these two.
                if offer.kind == OfferKind::Word && !matches!(offer.text.as_str(), "true" | "false") {
                    offer.text = format!("\"{}\"", offer.text);
                }
            }
            Some(offers)
        }
    }
}

/// The records for a pointer or citation that is being typed.
fn pointer(site: ReadSite<'_>, path: &str, text: &str, at: usize) -> Option<Offers> {
    match typed(text, at)? {
        Typed::Pointer { range, is_closed } => {
            let close = if is_closed { "" } else { "]]" };
            Some(records(site, Wanted::Record(Expects::Any), &text[range.start..at], range, &|id| format!("{id}{close}")))
        }
        Typed::Citation { range, is_closed } => {
            let close = if is_closed { "" } else { "]" };
            Some(records(site, Wanted::Source, &text[range.start..at], range, &|key| format!("{key}{close}")))
        }
        Typed::Heading { id, range, is_closed } => {
            let close = if is_closed { "" } else { "]]" };
            let linked = match id {
                Some(id) => site.model.linked(site.model.target(&text[id])?.record()?),
                None => own(site, path)?,
            };
            let headings = linked.body?.headings(linked.pieces).iter();
            let offers = headings.map(|heading| Offer {
                kind: OfferKind::Heading,
                name: heading.anchor.to_string(),
                detail: heading.text.to_string(),
                help: String::new(),
                text: format!("{}{close}", heading.anchor),
            });
            Some(Offers { range, offers: offers.collect(), is_complete: true })
        }
    }
}

/// The record whose longer text is in a file.
fn own<'m>(site: ReadSite<'m>, path: &str) -> Option<Linked<'m>> {
    let readings = site.model.records().flat_map(|at| standing::readings(site, at));
    let mut here = readings.filter(|(_, origin)| site.tree.file(origin.file).path == path);
    here.find(|(linked, _)| linked.body.is_some()).map(|(linked, _)| linked)
}

fn records(site: ReadSite<'_>, wanted: Wanted, typed: &str, range: Range<usize>, text: &dyn Fn(&str) -> String) -> Offers {
    let search = find(site, wanted, typed, MOST);
    let offers = search.found.into_iter().map(|found| Offer {
        kind: OfferKind::Record(found.at),
        detail: if found.date.is_empty() { found.title } else { format!("{} · {}", found.title, found.date) },
        help: found.kind,
        text: text(&found.id),
        name: found.id,
    });
    Offers { range, offers: offers.collect(), is_complete: search.is_complete }
}

/// The fields and values for a place in YAML.
fn written(site: ReadSite<'_>, text: &str, at: usize, spot: &Spot<'_>, found: &Allowed) -> Option<Offers> {
    let range = spot.token.range.clone();
    let mut out = Offers { range: range.clone(), offers: Vec::new(), is_complete: true };
    if spot.token.part != Part::Value {
        let sign = if spot.is_toml { '=' } else { ':' };
        let has_sign = text[range.end..].trim_start_matches(['"', '\'', ' ']).starts_with(sign);
        let end = match (has_sign, spot.is_toml) {
            (true, _) => "",
            (false, true) => " = ",
            (false, false) => ": ",
        };
        out.offers = keys(spot, &fields::fields(&found.shapes), end);
    }
    if spot.token.part != Part::Key {
        let typed = &text[range.start..at.clamp(range.start, range.end)];
        for shape in &found.shapes {
            value(site, spot, typed, shape, &mut out);
        }
    }
    (!out.offers.is_empty()).then_some(out)
}

/// The fields that a map doesn't have yet, required ones first.
fn keys(spot: &Spot<'_>, fields: &[Field], end: &str) -> Vec<Offer> {
    let mut new: Vec<&Field> = fields.iter().filter(|field| !spot.siblings.contains(&field.key)).collect();
    new.sort_by_key(|field| !field.required);
    let offer = |field: &Field| Offer {
        kind: OfferKind::Field,
        name: field.key.to_owned(),
        detail: field.takes.to_owned(),
        help: fields::help(field),
        text: format!("{}{end}", field.key),
    };
    new.into_iter().map(offer).collect()
}

/// The values of one shape.
fn value(site: ReadSite<'_>, spot: &Spot<'_>, typed: &str, shape: &Shape, out: &mut Offers) {
    let plain = |text: &str| text.to_owned();
    match shape {
        Shape::Maybe(of) | Shape::ByLanguage(of) => value(site, spot, typed, of, out),
        Shape::OneOf(shapes) => shapes.iter().for_each(|shape| value(site, spot, typed, shape, out)),
        Shape::Choice(words) => offer_words(words, out),
        Shape::Bool => offer_words(&["true", "false"], out),
        Shape::False => offer_words(&["false"], out),
        Shape::Pointer(expects) => offer_records(site, Wanted::Record(*expects), typed, &plain, out),
        Shape::Citation | Shape::SourceKey => {
            offer_records(site, Wanted::Source, typed.trim_start_matches('@'), &plain, out);
        }
        Shape::Path => {
            let prefix = format!("{}/", site.config.src);
            let files = site.tree.media.iter().filter_map(|file| file.strip_prefix(&prefix));
            out.offers.extend(files.filter(|file| file.contains(typed)).take(MOST).map(|file| Offer {
                kind: OfferKind::File,
                name: file.to_owned(),
                detail: String::new(),
                help: String::new(),
                text: file.to_owned(),
            }));
        }
        Shape::LanguageTag => {
            let tags: Vec<&str> = site.config.languages.iter().map(|language| language.tag.as_str()).collect();
            offer_words(&tags, out);
        }
        // A list that hasn't begun: the first item brings its brackets or its hyphen along.
        Shape::List(of) if !spot.token.in_flow && !spot.is_toml => {
            let is_first = spot.token.is_first;
            let before = out.offers.len();
            value(site, spot, typed, of, out);
            for offer in out.offers.iter_mut().skip(before) {
                offer.text = if is_first { format!("- {}", offer.text) } else { format!("[{}]", offer.text) };
            }
        }
        _ => {}
    }
}

fn offer_words(words: &[&str], out: &mut Offers) {
    let new = words.iter().filter(|word| out.offers.iter().all(|offer| offer.name != **word)).map(|word| Offer {
        kind: OfferKind::Word,
        name: (*word).to_owned(),
        detail: String::new(),
        help: String::new(),
        text: (*word).to_owned(),
    });
    let new: Vec<Offer> = new.collect();
    out.offers.extend(new);
}

fn offer_records(site: ReadSite<'_>, wanted: Wanted, typed: &str, text: &dyn Fn(&str) -> String, out: &mut Offers) {
    let found = records(site, wanted, typed, 0..0, text);
    out.is_complete &= found.is_complete;
    out.offers.extend(found.offers);
}
