//! Cards: the pictures that appear with a link to a page, 1200 by 630 pixels.
//!
//! [`words`] decides what each one says, [`fit`] breaks titles into lines, [`draw`] makes the picture, and [`fonts`]
//! knows which characters can be drawn. A title with letters that no font has is left out: a card that says less is
//! better than one with boxes.

mod draw;
mod fit;
mod fonts;
mod words;

use std::sync::Arc;

use fonts::Fonts;

use super::{Format, Outline, Plan, Recipe, RenderContext, RenderError};
use crate::base::Hash;
use crate::diagnostics::{Diagnostic, code};
use crate::model::RecordKey;

/// Cards.
pub struct Cards;

/// Raise this with every change to how cards look, so that old ones are drawn again.
const VERSION: &[u8] = b"cards 1";

impl Format for Cards {
    fn plan(&self, site: &Outline<'_>, plan: &mut Plan) {
        if !site.has_cards() {
            return;
        }
        let fonts = Arc::new(fonts(site, plan));
        add(plan, "card.png".to_owned(), None, &fonts);
        for owner in site.records() {
            if let Some(path) = site.card_path(owner) {
                add(plan, path, Some(site.key(owner)), &fonts);
            }
        }
    }
}

/// The program's fonts and the site's own.
fn fonts(site: &Outline<'_>, plan: &mut Plan) -> Fonts {
    let mut fonts = Fonts::built_in();
    for file in &site.config().cards.fonts {
        let path = file.value.trim_start_matches("./");
        if !site.font(path).is_some_and(|bytes| fonts.add(bytes)) {
            let message = format!("`{path}` is not a font that cards can be drawn with");
            plan.report(
                Diagnostic::error(code::BAD_VALUE, crate::config::book_span(file.range), message)
                    .help("use a TrueType or OpenType file (.ttf, .otf), and write its path relative to book.toml"),
            );
        }
    }
    fonts
}

fn add(plan: &mut Plan, path: String, owner: Option<RecordKey>, fonts: &Arc<Fonts>) {
    let owner = Arc::new(owner);
    let drawing = move |site: &RenderContext<'_>, fonts: &Fonts| {
        let owner = (*owner).as_ref().map(|owner| owner.find(site.model));
        draw::svg(&words::card(site, owner), fonts)
    };
    let (own, draw) = (fonts.clone(), drawing.clone());
    let key = move |site: &RenderContext<'_>| {
        let svg = draw(site, &own);
        Hash::of(&[VERSION, own.hash().to_string().as_bytes(), svg.as_bytes()].concat())
    };
    let own = fonts.clone();
    let make = move |site: &RenderContext<'_>| {
        draw::png(&drawing(site, &own), &own, &words::colors(site)).map_err(|error| {
            // The drawing is ours, so only a font can be at fault.
            RenderError::File(Diagnostic::placeless(code::UNREADABLE, format!("a card can't be drawn: {error}")))
        })
    };
    plan.add(path, Recipe::keyed(Box::new(key), Box::new(make)));
}
