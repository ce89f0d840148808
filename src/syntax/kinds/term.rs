//! Glossary terms.

use super::common::{Common, Id};
use crate::record;
use crate::syntax::text::Text;

record! {
    /// A term.
    pub struct Term = "a term" {
        /// its id
        "id" id: Id, required;
        /// the term itself
        "term" term: Text, required;
        /// what it means
        "definition" definition: Text => paragraphs, required;
        ..common: Common;
    }
}
