//! Pictures and other files of the content folder, without their metadata, and the sizes of pictures.

#[cfg(feature = "pictures")]
use std::collections::BTreeSet;

use super::outline::MediaUse;
use super::{Format, Outline, Plan, Recipe, RenderContext, RenderError};
use crate::base::Hash;
use crate::diagnostics::{Diagnostic, code};
use crate::media::{Medium, published};
use crate::source::files::plain_words;

/// The files that public records show or link to. The rest of the content folder belongs to the newsroom.
pub struct Pictures;

impl Format for Pictures {
    fn plan(&self, site: &Outline<'_>, plan: &mut Plan) {
        // By path, with the first place that uses each.
        for (path, used) in site.media() {
            // What can't be published has an error of its own, and is in no preview either.
            let Some(medium) = site.medium(path).filter(|medium| medium.fault.is_none()) else { continue };
            plan.add(path.to_owned(), whole(path, medium, used).for_place(used.span));
            #[cfg(feature = "pictures")]
            for (width, file) in crate::media::paths(medium, path) {
                plan.add(file, size(path, width).for_place(used.span));
            }
        }
        #[cfg(feature = "pictures")]
        add_shared(site, plan);
    }
}

/// The pictures that appear with links to their records' pages elsewhere. Several records may have the same.
#[cfg(feature = "pictures")]
fn add_shared(site: &Outline<'_>, plan: &mut Plan) {
    let shared: BTreeSet<&str> = site.records().filter_map(|owner| site.shared_picture(owner)).collect();
    for path in shared {
        let Some((width, _)) = site.medium(path).and_then(Medium::shared_size) else { continue };
        let (keyed, made) = (path.to_owned(), path.to_owned());
        let key = move |site: &RenderContext<'_>| site.view.pictures.key(&keyed, "shared");
        let make = move |site: &RenderContext<'_>| {
            site.view.pictures.shared(&made, width).map_err(|why| undrawn(site, &made, &why))
        };
        plan.add(crate::media::shared(path, width), Recipe::keyed(Box::new(key), Box::new(make)));
    }
}

/// The file at its own address. A picture that is only shown is no larger than pages show it; one that is linked to is
/// whole.
fn whole(path: &str, medium: &Medium, used: MediaUse) -> Recipe {
    let own = path.to_owned();
    let Some(hash) = medium.hash else {
        return Recipe::fallible(Box::new(move |site| read(site, &own)));
    };
    #[cfg(feature = "pictures")]
    if medium.is_reduced() && !used.is_linked {
        let (keyed, made) = (own.clone(), own);
        let key = move |site: &RenderContext<'_>| site.view.pictures.key(&keyed, "reduced");
        let make =
            move |site: &RenderContext<'_>| site.view.pictures.reduced(&made).map_err(|why| undrawn(site, &made, &why));
        return Recipe::keyed(Box::new(key), Box::new(make));
    }
    let _ = used;
    let key = Hash::of(format!("published-1 {hash}").as_bytes());
    let make = move |site: &RenderContext<'_>| {
        let bytes = read(site, &own)?;
        Ok(site.view.pictures.get(&own).map(|medium| published(medium, bytes)).unwrap_or_default())
    };
    Recipe::keyed(Box::new(move |_| key), Box::new(make))
}

#[cfg(feature = "pictures")]
fn size(path: &str, width: u32) -> Recipe {
    let (keyed, made) = (path.to_owned(), path.to_owned());
    let key = move |site: &RenderContext<'_>| site.view.pictures.key(&keyed, &width.to_string());
    let make =
        move |site: &RenderContext<'_>| site.view.pictures.sized(&made, width).map_err(|why| undrawn(site, &made, &why));
    Recipe::keyed(Box::new(key), Box::new(make))
}

fn read(site: &RenderContext<'_>, path: &str) -> Result<Vec<u8>, RenderError> {
    let file = format!("{}/{path}", site.config.src);
    site.files.read(&file).map_err(|error| {
        let message = format!("the file {path} can't be read: {}", plain_words(&error));
        RenderError::File(Diagnostic::placeless(code::UNREADABLE, message))
    })
}

#[cfg(feature = "pictures")]
fn undrawn(site: &RenderContext<'_>, path: &str, why: &str) -> RenderError {
    let message = format!("`{}/{path}` is damaged: {why}", site.config.src);
    let help = "save or download it again, and look at it in another program";
    RenderError::File(Diagnostic::placeless(code::BAD_MEDIA, message).help(help))
}
