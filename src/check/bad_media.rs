//! See [`BadMedia`].

use super::CheckContext;
use super::rule::{Report, Scope, rule};
use crate::media::Kind;
use crate::syntax::pieces::Use;

rule! {
    /// A picture, or another file that a page uses, can't be published.
    ///
    /// It would be a hole in the page, or worse. Browsers can't show pictures in HEIC, TIFF and BMP. A file that isn't what
    /// its name says was saved under the wrong name, or is a web page that was downloaded in place of a picture. A drawing in
    /// SVG that runs scripts or loads parts from elsewhere would do so on your site. A file that ends too early shows half a
    /// picture, and one of more than 100 megapixels stops the browsers of phones. Films, sounds and documents can be linked to,
    /// and not shown.
    ///
    /// The message says what the file is, and what to do: save it in another format, rename it, convert it to sRGB, or save
    /// it smaller. Only files that a page shows or links to are looked at.
    ///
    /// ```text
    /// media/court.heic      save it as JPEG
    /// media/court.jpg       is a PNG: rename it to court.png
    /// ```
    BadMedia: BAD_MEDIA, Error, Scope::Global(check)
}

fn check(site: &CheckContext<'_>, report: &mut Report) {
    for owner in site.model.records() {
        let linked = site.model.linked(owner);
        for (address, destination) in linked.pieces.addresses.iter().zip(linked.destinations) {
            let Some((path, medium)) = destination.media().and_then(|path| Some((path, site.media.get(path)?))) else {
                continue;
            };
            let place = site.model.origin(owner).span(address.range);
            if let Some(fault) = &medium.fault {
                report.add(place, fault.message.clone()).help = Some(fault.help.clone());
            } else if matches!(address.usage, Use::Picture | Use::Media) && !medium.kind.is_picture() {
                let kind = match medium.kind {
                    Kind::Other => "no picture".to_owned(),
                    kind => format!("{kind}, not a picture"),
                };
                let message = format!("`{}/{path}` is {kind}, so it can't be shown here", site.tree.content);
                report.add(place, message).help = Some(format!("link to it: `[words]({})`", address.target));
            }
        }
    }
}
