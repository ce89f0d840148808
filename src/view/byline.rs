//! Who wrote a page, and who made the site: authors with their own pages, and names.

use super::View;
use crate::base::escape;
use crate::model::{AuthorIx, Link, PageIx};
use crate::syntax::kinds::credit::Credit;

/// Someone in a byline.
#[derive(Clone, Copy)]
pub enum Signed<'m> {
    /// An author.
    Author(AuthorIx),
    /// A name and nothing else: a person or a newsroom.
    Name(&'m str),
}

/// Those who are named, each with what their id leads to. What is kept out of this build is left out here too.
fn signed<'m>(credits: impl Iterator<Item = (&'m Credit, Link)>) -> Vec<Signed<'m>> {
    let one = |(credit, link): (&'m Credit, Link)| match link {
        Link::Hidden(_) => None,
        link => Some(link.author().map_or(Signed::Name(credit.name.as_str()), Signed::Author)),
    };
    credits.filter_map(one).collect()
}

impl<'m> View<'m> {
    /// Who wrote a page, by its byline.
    #[must_use]
    pub fn signed(&self, at: PageIx) -> Vec<Signed<'m>> {
        let item = self.reader.item(at);
        let credits = item.record.fields.front.authors.0.iter();
        signed(credits.map(|credit| (credit, credit.pointer.map_or(Link::Unknown, |at| item.targets[at]))))
    }

    /// Who made the site.
    #[must_use]
    pub fn makers(&self) -> Vec<Signed<'m>> {
        signed(self.config.authors.iter().zip(self.reader.makers().iter().copied()))
    }

    /// What somebody in a byline is called.
    #[must_use]
    pub fn name_of(&self, by: Signed<'m>) -> &'m str {
        match by {
            Signed::Author(at) => self.title_of(at.into()),
            Signed::Name(name) => name,
        }
    }

    /// The names of a byline in a row: “A, B and C”.
    #[must_use]
    pub fn byline_of(&self, by: &[Signed<'m>]) -> String {
        self.words.list(&by.iter().map(|by| self.isolated(self.name_of(*by)).into_owned()).collect::<Vec<_>>())
    }

    /// The same as HTML with links to authors' pages; `None` if nobody among them has one.
    #[must_use]
    pub fn linked_byline(&self, by: &[Signed<'m>]) -> Option<String> {
        let one = |by: &Signed<'m>| match *by {
            Signed::Name(name) => escape::html_string(&self.isolated(name)),
            Signed::Author(at) => {
                let link = self.record_link(at.into());
                format!("<a rel=\"author\" href=\"{}\">{}</a>", link.url, link.title_html)
            }
        };
        let is_linked = by.iter().any(|by| matches!(by, Signed::Author(_)));
        is_linked.then(|| self.words.list_html(&by.iter().map(one).collect::<Vec<_>>()))
    }
}
