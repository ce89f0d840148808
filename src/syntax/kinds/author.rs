//! Authors: the people who write for the site. They are entered with the entities but aren't part of the story.

use super::common::{Common, Id, WebAddress};
use crate::base::{At, web_address};
use crate::diagnostics::code;
use crate::syntax::decode::{Decode, Decoder};
use crate::syntax::node::Node;
use crate::syntax::shape::Shape;
use crate::syntax::text::Text;
use crate::{choice, record};

choice! {
    /// The `kind` that makes an entity an author.
    pub enum AuthorKind {
        /// Someone who writes for the site.
        Author = "author",
    }
}

record! {
    /// Someone who writes for the site: an entity that is not part of the story.
    pub struct Author = "an author" {
        /// its id, which bylines name
        "id" id: Id, required;
        /// that it is an author
        "kind" kind: AuthorKind, required;
        /// the name, as printed in bylines
        "name" name: Text, required;
        /// the job: `Courts reporter`
        "role" role: Option<Text>;
        /// about the author, in a few sentences
        "bio" bio: Option<Text> => paragraphs;
        /// how readers reach the author
        "contact" contact: Option<Contact>;
        /// subjects the author knows well, as plain labels
        "expertise" expertise: Vec<At<String>>;
        /// what readers should know about the author's ties to the story
        "disclosure" disclosure: Option<Text> => paragraphs;
        /// the same person elsewhere: profiles, a personal site
        "same-as" same_as: Vec<WebAddress>;
        ..common: Common;
    }
}

/// How to reach somebody, as the target of a link.
#[derive(Clone, Debug)]
pub struct Contact(pub At<String>);

/// The start of a link to an email address.
const MAIL: &str = "mailto:";

impl Contact {
    /// The email address, if it is one.
    #[must_use]
    pub fn mail(&self) -> Option<&str> {
        self.0.value.strip_prefix(MAIL)
    }
}

impl Decode for Contact {
    const SHAPE: &'static str = "an email address or a web address";

    fn shape() -> Shape {
        Shape::Text
    }

    fn decode(node: &Node, d: &mut Decoder) -> Option<Self> {
        let written = d.scalar(node, Self::SHAPE)?.trim();
        let bare = written.strip_prefix(MAIL).unwrap_or(written);
        if is_mail(bare) {
            return Some(Self(At::new(format!("{MAIL}{bare}"), node.range)));
        }
        match web_address::public_link(written) {
            Ok(address) => Some(Self(At::new(address.into_owned(), node.range))),
            Err(why) if written.contains("://") => {
                d.error(code::BAD_ADDRESS, node.range, why.message()).help = Some(why.help().to_owned());
                None
            }
            Err(_) => {
                let message = format!("`{written}` is neither an email address nor a web address");
                d.error(code::BAD_ADDRESS, node.range, message).help =
                    Some("write `jane@example.org`, or an address that starts with `https://`".to_owned());
                None
            }
        }
    }
}

/// Whether a text is an email address that needs no escaping in a link.
fn is_mail(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else { return false };
    let is_name = |c: char| c.is_ascii_alphanumeric() || ".!#$*+-/=^_{|}~'".contains(c);
    let is_label = |label: &str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-');
    !name.is_empty() && name.chars().all(is_name) && host.contains('.') && host.split('.').all(is_label)
}

#[cfg(test)]
mod tests {
    use super::is_mail;

    #[test]
    fn email_addresses_are_recognized() {
        for mail in ["jane@example.org", "j.doe+tips@mail.example.co.uk", "o'brien@example.org", "a@bücher.example"] {
            assert!(is_mail(mail), "{mail}");
        }
        for other in [
            "jane",
            "jane@",
            "@example.org",
            "jane@example",
            "jane@a@b.example",
            "jane doe@example.org",
            "a@b..c",
            "a?b@c.d",
        ] {
            assert!(!is_mail(other), "{other}");
        }
    }
}
