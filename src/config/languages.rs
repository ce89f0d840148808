//! The languages of a site.

use super::{Direction, Language, Languages, value};
use crate::base::direction::is_right_to_left;
use crate::base::{At, TextRange};
use crate::diagnostics::code;
use crate::language::tag;
use crate::syntax::Decoder;

/// All languages of a site, its first one first.
pub(super) fn all(
    tag: Option<At<String>>,
    title: Option<At<String>>,
    description: Option<At<String>>,
    direction: Option<Direction>,
    further: Languages,
    d: &mut Decoder,
) -> Vec<Language> {
    let tag = tag.unwrap_or_else(|| At::new("en".to_owned(), TextRange::default()));
    let mut out = vec![Language {
        direction: direction.unwrap_or_else(|| direction_of(&tag.value)),
        tag: tag.value.clone(),
        title: value(title).unwrap_or_default(),
        description: value(description).unwrap_or_default(),
    }];
    let mut tags = vec![tag];
    for (tag, table) in further.0 {
        if tags.iter().any(|known| known.value == tag.value) {
            d.error(code::DUPLICATE_ID, tag.range, format!("`{}` is a language of the site already", tag.value));
            continue;
        }
        out.push(Language {
            direction: direction_of(&tag.value),
            tag: tag.value.clone(),
            title: value(table.title).unwrap_or_else(|| out[0].title.clone()),
            description: value(table.description).unwrap_or_else(|| out[0].description.clone()),
        });
        tags.push(tag);
    }
    for tag in tags {
        if let Some(help) = tag::instead_of(&tag.value) {
            let message = format!("`{}` is not a language tag", tag.value);
            d.error(code::BAD_VALUE, tag.range, message).help = Some(help);
        }
    }
    out
}

/// Which way a language runs.
#[must_use]
pub fn direction_of(tag: &str) -> Direction {
    if is_right_to_left(tag) { Direction::Rtl } else { Direction::Ltr }
}
