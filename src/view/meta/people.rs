//! Who wrote a page, in the words of schema.org.

use serde::Serialize;

use super::mentions::thing_id;
use crate::model::{AuthorIx, PageIx, RecordIx};
use crate::syntax::kinds::author::Contact;
use crate::view::View;
use crate::view::byline::Signed;

/// Someone who wrote a page: an author, or somebody of whom only the name is known, who may be a person or a newsroom.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Writer<'m> {
    #[serde(rename = "@type", skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    #[serde(rename = "@id", skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    name: &'m str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    job_title: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    description: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<&'m str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    knows_about: Vec<&'m str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    same_as: Vec<&'m str>,
}

/// An author, as far as bylines say it.
fn brief<'m>(view: &View<'m>, at: AuthorIx) -> Writer<'m> {
    let owner = RecordIx::Author(at);
    let fields = &view.reader.item(at).record.fields;
    Writer {
        kind: Some("Person"),
        id: Some(thing_id(view, owner)),
        name: view.title_of(owner),
        url: Some(view.public_url(owner)),
        job_title: view.plain_text(owner, fields.role.as_ref()),
        knows_about: fields.expertise.iter().map(|subject| subject.value.as_str()).collect(),
        same_as: fields.same_as.iter().map(|address| address.0.value.as_str()).collect(),
        ..Writer::default()
    }
}

/// An author, as their own page says it.
pub fn whole<'m>(view: &View<'m>, at: AuthorIx) -> Writer<'m> {
    let fields = &view.reader.item(at).record.fields;
    Writer {
        description: view.plain_text(RecordIx::Author(at), fields.bio.as_ref()),
        email: fields.contact.as_ref().and_then(Contact::mail),
        ..brief(view, at)
    }
}

/// Those who wrote a section: who it says, or who made the site.
pub fn writers<'m>(view: &View<'m>, at: PageIx) -> Vec<Writer<'m>> {
    let is_unsigned = view.reader.item(at).record.fields.front.authors.0.is_empty();
    let signed = if is_unsigned { view.makers() } else { view.signed(at) };
    let one = |by: Signed<'m>| match by {
        Signed::Author(at) => brief(view, at),
        Signed::Name(name) => Writer { name, ..Writer::default() },
    };
    signed.into_iter().map(one).collect()
}
