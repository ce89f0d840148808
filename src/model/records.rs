//! All records of a site on their way into the model, with what each one points at, before backlinks are known.

use super::{Item, Role};
use crate::syntax::kinds::author::Author;
use crate::syntax::kinds::claim::Claim;
use crate::syntax::kinds::entity::Entity;
use crate::syntax::kinds::event::Event;
use crate::syntax::kinds::page::Page;
use crate::syntax::kinds::source::Source;
use crate::syntax::kinds::term::Term;

/// All records of a site with what they point at, each kind in its order.
pub(super) struct Records {
    pub(super) pages: Vec<(Item<Page>, Role)>,
    pub(super) events: Vec<Item<Event>>,
    pub(super) entities: Vec<Item<Entity>>,
    pub(super) claims: Vec<Item<Claim>>,
    pub(super) terms: Vec<Item<Term>>,
    pub(super) sources: Vec<Item<Source>>,
    pub(super) authors: Vec<Item<Author>>,
}
