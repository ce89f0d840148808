//! What formats see of a site while they plan its files.
//!
//! A plan is a function of its [`Outline`] only, because formats get nothing else: equal outlines have equal plans. So
//! a preview plans again only after a save that adds or removes a file. If you let formats see more, add it to
//! [`Outline::fingerprint`] too, which is in this file for that reason.

use std::collections::BTreeMap;
use std::hash::{BuildHasher as _, Hash as _, Hasher as _};

use rayon::prelude::*;

use super::RenderContext;
use crate::base::{At, Hash, Span, paging};
use crate::config::Config;
use crate::media::{Companions, Medium};
use crate::model::{AuthorIx, Destination, PageIx, Period, RecordIx, RecordKey, Role};
use crate::source::layers::Static;
use crate::source::tree::BOOK;
use crate::syntax::kinds::source::SourceKind;
use crate::syntax::pieces::{Address, Use};

/// Seeds are fixed, because nothing here comes from a stranger.
const HASHER: ahash::RandomState = ahash::RandomState::with_seeds(17, 29, 61, 83);

/// How many records one task looks at.
const AT_ONCE: usize = 1024;

/// How a site's records use a file.
#[derive(Clone, Copy)]
pub(super) struct MediaUse {
    /// The first place that does.
    pub(super) span: Span,
    /// Whether a link leads to it, for readers who want the whole file.
    pub(super) is_linked: bool,
}

/// The parts of a site that decide which files there are.
#[derive(Clone, Copy)]
pub struct Outline<'s> {
    site: RenderContext<'s>,
}

impl<'s> Outline<'s> {
    /// The outline of a site.
    #[must_use]
    pub fn of(site: RenderContext<'s>) -> Self {
        Self { site }
    }

    /// The settings.
    pub(super) fn config(&self) -> &'s Config {
        self.site.config
    }

    /// How many sections there are; they are the first pages.
    pub(super) fn sections(&self) -> usize {
        self.site.model.sections
    }

    /// How many records each kind has, in the order of [`RecordIx`].
    pub(super) fn counts(&self) -> [usize; 7] {
        self.site.model.counts()
    }

    /// Every record, in site order.
    pub(super) fn records(&self) -> impl Iterator<Item = RecordIx> + use<> {
        self.site.model.records()
    }

    /// The front page, if it has a text.
    pub(super) fn front(&self) -> Option<PageIx> {
        self.site.model.front().map(|(at, _)| at)
    }

    /// What a page is on the site.
    pub(super) fn role(&self, at: PageIx) -> Role {
        self.site.model[at].role
    }

    /// The path of the folder of a record's page.
    pub(super) fn path(&self, at: RecordIx) -> String {
        self.site.model.path_of(at)
    }

    /// A record's address, as pages hold it.
    pub(super) fn address(&self, at: RecordIx) -> String {
        self.site.model.record_address(at)
    }

    /// The key by which a recipe finds a record.
    pub(super) fn key(&self, at: RecordIx) -> RecordKey {
        RecordKey::of(self.site.model, at)
    }

    /// Where a record's id is in its file. No plan may keep it, because records move within their files.
    pub(super) fn place(&self, record: &RecordKey) -> Span {
        self.site.model.record(record.find(self.site.model)).id_span()
    }

    /// The number of pages that a record's mentions fill.
    pub(super) fn mention_pages(&self, at: RecordIx) -> usize {
        paging::pages(self.site.model.record(at).mentions.len())
    }

    /// How many pages an author's page is, by what they wrote.
    pub(super) fn written_pages(&self, at: AuthorIx) -> usize {
        paging::pages(self.site.model[at].wrote.len())
    }

    /// How many sources there are of each kind.
    pub(super) fn source_kinds(&self) -> BTreeMap<SourceKind, usize> {
        let mut counts = BTreeMap::new();
        for kind in self.site.model.sources.iter().filter_map(|source| source.item.record.fields.kind) {
            *counts.entry(kind).or_default() += 1;
        }
        counts
    }

    /// Whether a section or entity has its own calendar.
    pub(super) fn has_calendar(&self, at: RecordIx) -> bool {
        self.site.view.has_calendar(at)
    }

    /// The path of a record's card for readers; `None` if it has none.
    pub(super) fn record_card_file(&self, at: RecordIx) -> Option<String> {
        self.site.view.record_card_file(at)
    }

    /// The path of a record's own card; `None` if it shows the site's.
    #[cfg(feature = "cards")]
    pub(super) fn card_path(&self, at: RecordIx) -> Option<String> {
        self.site.view.card_path(at)
    }

    /// A record's old addresses and other names, each with its place.
    pub(super) fn aliases(&self, at: RecordIx) -> impl Iterator<Item = (&'s At<String>, Span)> + use<'s> {
        let record = self.site.model.record(at);
        record.common.aliases.iter().map(move |alias| (alias, record.origin.span(alias.range)))
    }

    /// The pictures and other files that records show or link to, each with the first place that does.
    pub(super) fn media(&self) -> BTreeMap<&'s str, MediaUse> {
        let mut used = BTreeMap::new();
        for at in self.records() {
            for (path, address) in self.media_of(at) {
                let is_linked = address.usage == Use::Link;
                let place = || MediaUse { span: self.site.model.origin(at).span(address.range), is_linked };
                used.entry(path).or_insert_with(place).is_linked |= is_linked;
            }
        }
        // What belongs to a film is used where the film is.
        let films = used.iter().filter_map(|(path, film)| Some((self.site.view.pictures.companions(path)?, film.span)));
        let films: Vec<(&Companions, Span)> = films.collect();
        for (companions, span) in films {
            for path in companions.paths() {
                used.entry(path).or_insert(MediaUse { is_linked: false, span });
            }
        }
        used
    }

    fn media_of(&self, at: RecordIx) -> impl Iterator<Item = (&'s str, &'s Address)> + use<'s> {
        let linked = self.site.model.linked(at);
        linked.pieces.addresses.iter().zip(linked.destinations).filter_map(|(address, destination)| match destination {
            Destination::Media(path) => Some((&**path, address)),
            _ => None,
        })
    }

    /// The path of a record's picture, if networks get it in a size of its own.
    pub(super) fn shared_picture(&self, at: RecordIx) -> Option<&'s str> {
        self.site.view.shared_picture(at)
    }

    /// What is known about one of these files.
    pub(super) fn medium(&self, path: &str) -> Option<&'s Medium> {
        self.site.view.pictures.get(path)
    }

    /// The site's timeline in pages.
    pub(super) fn periods(&self) -> impl Iterator<Item = &'s Period> + use<'s> {
        self.site.model.periods.iter()
    }

    /// The number of updates and corrections.
    pub(super) fn changes(&self) -> usize {
        self.site.view.changes_count()
    }

    /// Whether the site has feeds.
    pub(super) fn has_feeds(&self) -> bool {
        self.site.view.has_feeds()
    }

    /// Whether pages tell returning readers what has changed.
    pub(super) fn has_memory(&self) -> bool {
        self.site.view.has_memory() && !self.site.file_links
    }

    /// Whether the site offers its data to others.
    pub(super) fn has_data(&self) -> bool {
        self.site.view.has_data()
    }

    /// Whether the site can be searched.
    pub(super) fn has_search(&self) -> bool {
        self.site.view.has_search()
    }

    /// Whether links to pages appear with a picture.
    #[cfg(feature = "cards")]
    pub(super) fn has_cards(&self) -> bool {
        self.site.view.has_cards()
    }

    /// The paths of the theme's own files.
    pub(super) fn assets(&self) -> impl Iterator<Item = &'s String> + use<'s> {
        self.site.assets.files.keys()
    }

    /// Static files by their path in the output, each with its path in the site; `None` for the theme's.
    pub(super) fn statics(&self) -> impl Iterator<Item = (&'s String, Option<&'s str>)> + use<'s> {
        self.site.statics.iter().map(|(path, file)| match file {
            Static::Site(own) => (path, Some(own.as_str())),
            Static::BuiltIn(_) => (path, None),
        })
    }

    /// Whether there is a static file at a path of the output.
    pub(super) fn has_static(&self, path: &str) -> bool {
        self.site.statics.contains_key(path)
    }

    /// Whether a file that the settings name is inside the site.
    pub(super) fn is_inside(&self, path: &str) -> bool {
        self.site.files.is_inside(path)
    }

    /// Whether a file that the settings name may be published.
    pub(super) fn is_public(&self, path: &str) -> bool {
        self.site.files.is_public(path)
    }

    /// The bytes of a font that the settings name; `None` if it doesn't exist.
    pub(super) fn font(&self, path: &str) -> Option<Vec<u8>> {
        self.site.files.read(path).ok().filter(|_| self.is_inside(path) && !path.starts_with('/'))
    }

    /// A hash of all of the above except [`Self::place`].
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        let records: Vec<RecordIx> = self.records().collect();
        // A sum, because the order of events makes no difference to files.
        let of_some = |records: &[RecordIx]| records.iter().fold(0, |sum: u64, at| sum.wrapping_add(self.of_record(*at)));
        let of_records: u64 = records.par_chunks(AT_ONCE).map(of_some).reduce(|| 0, u64::wrapping_add);
        let mut hasher = HASHER.build_hasher();
        let Config { base_url, base_path, .. } = self.config();
        (&**self.site.view.tree.file(BOOK).text, base_url, base_path).hash(&mut hasher);
        (self.sections(), self.counts(), self.source_kinds(), self.front(), self.changes(), of_records).hash(&mut hasher);
        self.periods().for_each(|period| period.name.hash(&mut hasher));
        (self.assets().collect::<Vec<_>>(), self.statics().collect::<Vec<_>>()).hash(&mut hasher);
        let config = self.config();
        for file in config.additional_css.iter().chain(&config.additional_js) {
            let path = file.value.trim_start_matches("./");
            (self.is_inside(path), self.is_public(path)).hash(&mut hasher);
        }
        let fonts = config.cards.fonts.iter().map(|font| self.font(font.value.trim_start_matches("./")));
        fonts.for_each(|bytes| bytes.map(|bytes| Hash::of(&bytes).to_string()).hash(&mut hasher));
        hasher.finish()
    }

    /// What this says about one record.
    fn of_record(&self, at: RecordIx) -> u64 {
        let hasher = &mut HASHER.build_hasher();
        let record = self.site.model.record(at);
        (self.site.model.place_of(at), record.id).hash(hasher);
        (self.mention_pages(at), self.has_calendar(at), at.page().map(|at| self.role(at))).hash(hasher);
        (at.author().map(|at| self.written_pages(at)), self.shared_picture(at)).hash(hasher);
        // If two want the same address, or show the same picture, the first counts, and only events change their order.
        if at.event().is_none() {
            at.hash(hasher);
        }
        for (alias, span) in self.aliases(at) {
            (at, &alias.value, span).hash(hasher);
        }
        for (path, address) in self.media_of(at) {
            let is_linked = address.usage == Use::Link;
            let companions = self.site.view.pictures.companions(path);
            (at, path, record.origin.span(address.range), is_linked, self.medium(path), companions).hash(hasher);
            for path in companions.into_iter().flat_map(Companions::paths) {
                self.medium(path).hash(hasher);
            }
        }
        hasher.finish()
    }
}
