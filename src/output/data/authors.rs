//! Those who write for the site, as `data/site.json` has them.

use super::records::AuthorRecord;
use super::site_json::Maker;
use crate::model::{AuthorIx, RecordIx};
use crate::syntax::kinds::author::Author;
use crate::view::byline::Signed;

impl<'s> Maker<'s> {
    /// An author.
    pub fn author(&self, at: AuthorIx) -> AuthorRecord<'s> {
        let owner = RecordIx::Author(at);
        let author = &self.model[at];
        let Author { id: _, kind: _, name: _, role, bio, contact, expertise, disclosure, same_as, common: _ } =
            &author.item.record.fields;
        AuthorRecord {
            id: author.item.id(),
            name: self.view.title_of(owner),
            role: self.maybe(owner, role.as_ref()),
            bio: self.maybe(owner, bio.as_ref()),
            contact: contact.as_ref().map(|contact| contact.0.value.as_str()),
            expertise: expertise.iter().map(|subject| subject.value.as_str()).collect(),
            disclosure: self.maybe(owner, disclosure.as_ref()),
            same_as: same_as.iter().map(|address| address.0.value.as_str()).collect(),
            wrote: author.wrote.iter().map(|at| self.model[*at].item.id()).collect(),
            common: self.common(owner),
        }
    }

    /// The ids of those in a byline who have a record.
    pub fn author_ids(&self, signed: &[Signed<'s>]) -> Vec<&'s str> {
        let id = |by: &Signed<'s>| match *by {
            Signed::Author(at) => Some(self.model[at].item.id()),
            Signed::Name(_) => None,
        };
        signed.iter().filter_map(id).collect()
    }
}
