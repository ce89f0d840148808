//! See [`BadMedia`].

use std::collections::HashSet;

use super::CheckContext;
use super::rule::{Report, Scope, rule};
use crate::base::Origin;
use crate::media::{Kind, Medium};
use crate::model::Linked;
use crate::syntax::indices::AddressIx;
use crate::syntax::kinds::blocks::Block;
use crate::syntax::kinds::pictures::PageNumber;
use crate::syntax::markdown::{Op, Tag};
use crate::syntax::pieces::{Address, Use};

rule! {
    /// A picture, or another file that a page uses, can't be published.
    ///
    /// It would be a hole in the page, or worse. Browsers can't show pictures in HEIC, TIFF and BMP. A file that isn't what
    /// its name says was saved under the wrong name, or is a web page that was downloaded in place of a picture. A drawing in
    /// SVG that runs scripts or loads parts from elsewhere would do so on your site. A file that ends too early shows half a
    /// picture, and one of more than 100 megapixels stops the browsers of phones. Films in AVI, MOV or HEVC, and sounds in
    /// AIFF, play in some browsers only. A film from a phone may say where it was recorded, to a few yards. A link to page 40 of a document of 12 pages opens the wrong page.
    ///
    /// The message says what the file is, and what to do: save it in another format, rename it, convert it to sRGB, or save
    /// it smaller. Only files that a page shows or links to are looked at. Films, sounds and documents belong in longer texts,
    /// and not in a field such as `summary`, which other pages show too.
    ///
    /// ```text
    /// media/court.heic      save it as JPEG
    /// media/court.jpg       is a PNG: rename it to court.png
    /// media/raid.avi        convert it to MP4
    /// ```
    BadMedia: BAD_MEDIA, Error, Scope::Global(check)
}

fn check(site: &CheckContext<'_>, report: &mut Report) {
    for owner in site.model.illustrated().iter().copied() {
        look_at(site, site.model.origin(owner), site.model.linked(owner), report);
    }
}

/// What a record shows and links to.
fn look_at(site: &CheckContext<'_>, origin: Origin, linked: Linked<'_>, report: &mut Report) {
    let mut in_body = None;
    for (index, address) in linked.pieces.addresses.indices().zip(&linked.pieces.addresses) {
        let Some(path) = linked.destinations[index].media() else { continue };
        let Some(medium) = site.media.get(path) else { continue };
        let place = origin.span(address.range);
        if let Some(fault) = medium.fault.as_ref().or(medium.unplayable.as_ref().filter(|_| address.usage.is_shown())) {
            report.add(place, fault.message.clone()).help = Some(fault.help.clone());
            continue;
        }
        let full = format!("{}/{path}", site.tree.content);
        let is_whole = address.usage == Use::Picture
            && !medium.kind.is_picture()
            && in_body.get_or_insert_with(|| shown_in_body(linked)).contains(&index);
        if let Some((message, help)) = misplaced(address, medium, &full, is_whole) {
            report.add(place, message).help = Some(help);
        }
        if let Some((message, help)) = wrong_page(address, medium, &full) {
            report.add(place, message).help = Some(help);
        }
        let poster = site.media.companions(path).and_then(|beside| beside.poster.as_ref());
        if let Some(fault) = poster.filter(|_| address.usage.is_shown()).and_then(|at| site.media.get(at)?.fault.as_ref()) {
            report.add(place, format!("{}; it is the poster of `{full}`", fault.message)).help = Some(fault.help.clone());
        }
    }
    for figure in linked.blocks().filter_map(Block::figure) {
        let Some(PageNumber(page)) = &figure.highlight else { continue };
        let Some((path, medium)) =
            linked.destinations[figure.src.0].media().and_then(|path| Some((path, site.media.get(path)?)))
        else {
            continue;
        };
        let place = origin.span(page.range);
        if medium.kind != Kind::Document {
            let message = format!("`highlight` names a page, and `{path}` has none");
            report.add(place, message).help = Some("remove it, or show a document in PDF".to_owned());
        } else if let Some(pages) = medium.pages.filter(|pages| page.value > *pages) {
            report.add(place, beyond(path, pages)).help = Some(format!("write a page from 1 to {pages}"));
        }
    }
}

/// The pictures, films and others in the longer text itself, and not in a field or block.
fn shown_in_body(linked: Linked<'_>) -> HashSet<AddressIx> {
    let ops = linked.body.iter().flat_map(|body| &body.markdown(linked.pieces).ops);
    let shown = ops.filter_map(|op| if let Op::Open(Tag::Picture(index)) = op { Some(*index) } else { None });
    shown.collect()
}

/// Why a file can't be shown where it is; `is_whole` says that it is in a longer text.
fn misplaced(address: &Address, medium: &Medium, path: &str, is_whole: bool) -> Option<(String, String)> {
    let kind = medium.kind;
    if !address.usage.is_shown() || kind.is_picture() {
        return None;
    }
    let is_known = kind.is_film() || kind.is_sound() || kind == Kind::Document;
    if is_known && address.usage == Use::Picture && !is_whole {
        let message = format!("`{path}` is {kind}, which can be shown only in a longer text");
        return Some((message, "move it to the text of a page, or of a record that is a Markdown file".to_owned()));
    }
    if is_known && address.usage.takes_films() {
        return None;
    }
    let kind = if kind == Kind::Other { "no picture".to_owned() } else { format!("{kind}, not a picture") };
    let message = format!("`{path}` is {kind}, so it can't be shown here");
    Some((message, format!("link to it: `[words]({})`", address.target)))
}

/// Why an address can't lead to a part of a document.
fn wrong_page(address: &Address, medium: &Medium, path: &str) -> Option<(String, String)> {
    let (_, part) = address.target.split_once('#').filter(|_| medium.kind == Kind::Document)?;
    let Some(page) = page_of(part) else {
        let message = format!("a document has pages, and no part named `{part}`");
        return Some((message, "write the number of a page, as in `#page=3`".to_owned()));
    };
    let pages = medium.pages.filter(|pages| page > *pages)?;
    Some((beyond(path, pages), format!("write a page from 1 to {pages}")))
}

fn beyond(path: &str, pages: u32) -> String {
    format!("`{path}` has only {pages} {}", if pages == 1 { "page" } else { "pages" })
}

/// The page that an address names.
fn page_of(part: &str) -> Option<u32> {
    let digits = part.strip_prefix("page=")?;
    digits.parse().ok().filter(|page| digits.bytes().all(|b| b.is_ascii_digit()) && *page > 0)
}
