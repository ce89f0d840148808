//! What a page says first: numbers that are news, and where each strand of the story stands.

use serde::Serialize;

use super::html::Writer;
use super::{LinkView, View};
use crate::model::Item;
use crate::syntax::kinds::page::{Number, Page, Standing};

/// A number that is news.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct NumberView {
    /// The number.
    pub number_html: String,
    /// What it counts, and who says so.
    pub text_html: String,
}

/// Where one strand of the story stands.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct StandingView {
    /// The section that tells it.
    pub section: Option<LinkView>,
    /// The section's mark, as a class name; `s0` if there is none.
    pub mark: &'static str,
    /// Where it stands.
    pub text_html: String,
}

impl NumberView {
    pub(super) fn of(number: &Number, writer: &mut Writer<'_, '_>) -> Self {
        Self { number_html: writer.text(&number.number), text_html: writer.text(&number.text) }
    }
}

impl<'m> View<'m> {
    pub(super) fn standing(&self, item: &Item<Page>, standing: &Standing, writer: &mut Writer<'_, 'm>) -> StandingView {
        let section = standing.section.and_then(|section| item.targets[section.0].page());
        StandingView {
            section: section.map(|at| self.record_link(at.into())),
            mark: section.map_or("s0", |at| self.section_mark(at)),
            text_html: writer.text(&standing.text),
        }
    }
}
