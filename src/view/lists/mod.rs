//! The site's timeline and every list: one file each.

mod changes;
mod claims;
mod entities;
pub mod filter;
mod glossary;
mod mentions;
mod not_found;
mod order;
mod sections;
mod sources;
mod timeline;

pub use changes::{Change, ChangeView, ChangesPage};
pub use claims::ClaimsPage;
pub use entities::{EntitiesPage, EntityLine};
pub use filter::{ChoiceView, ChoicesView, FilterView};
pub use glossary::GlossaryPage;
pub use mentions::MentionsPage;
pub use not_found::NotFoundPage;
pub use order::{KnownOrders, Orders};
pub use sections::{NavView, SECTIONS_SHOWN, SectionLine, SectionsPage};
pub use sources::{KindCount, SourcesPage, kind_path};
pub use timeline::TimelinePage;

use super::{Head, PagingView, View, paged_path};
use crate::base::paging;
use crate::model::address;

impl View<'_> {
    #[expect(clippy::unused_self, reason = "it belongs to the others of its kind")]
    pub(super) fn paging(&self, path: &str, number: usize, entries: usize) -> PagingView {
        let of = paging::pages(entries);
        let page = |number: usize| address::folder(&paged_path(path, number));
        PagingView {
            number,
            of,
            previous: (number > 1).then(|| page(number - 1)),
            next: (number < of).then(|| page(number + 1)),
        }
    }

    pub(super) fn list_head(&self, kind: &'static str, word: &str, path: &str, number: usize) -> Head {
        let title = self.words.get(word).to_owned();
        let description = self.about_list(&title);
        self.head(kind, title, description, &paged_path(path, number))
    }

    /// What a list tells search engines about itself: its name, and what the site is about.
    pub(super) fn about_list(&self, title: &str) -> String {
        let site = self.config.first();
        let about = if site.description.is_empty() { &site.title } else { &site.description };
        self.words.fill("phrase.about-list", &[("list", title), ("site", about)])
    }
}
