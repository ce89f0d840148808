//! Entities: people, organizations, places, facilities, laws and cases.

use super::common::{Common, Id, Media, SourceRef, WebAddress};
use super::location::Location;
use crate::base::At;
use crate::date::{Date, is_open};
use crate::diagnostics::{Fix, code};
use crate::syntax::decode::{Decode, Decoder};
use crate::syntax::node::{Kind, Node};
use crate::syntax::shape::Shape;
use crate::syntax::text::Text;
use crate::{choice, record};

choice! {
    /// What an entity is.
    pub enum EntityKind beside "author" {
        /// Someone.
        Person = "person",
        /// A group of people: a court, an agency, a party, a gang.
        Organization = "organization",
        /// Somewhere.
        Place = "place",
        /// A building or institution.
        Facility = "facility",
        /// A law, decree or legal protection.
        Law = "law",
        /// A court case.
        Case = "case",
    }
}

record! {
    /// An entity.
    pub struct Entity = "an entity" {
        /// its id
        "id" id: Id, required;
        /// what it is; `author` makes it an author, which has its own fields
        "kind" kind: EntityKind, required;
        /// its name
        "name" name: Text, required;
        /// what lists sort it by, such as `Abrego Garcia, Kilmar`; by default its name, with a person's last word first
        "sort-name" sort_name: Option<At<String>>;
        /// what running text calls it, such as `the U.S. government`; by default its name
        "name-in-text" name_in_text: Option<Text>;
        /// who or what it is, in a sentence
        "description" description: Option<Text> => paragraphs;
        /// offices held, with their dates
        "roles" roles: Vec<Role>;
        /// where it is, for maps
        "location" location: Option<Location>;
        /// the same entity elsewhere, such as in Wikidata
        "same-as" same_as: Vec<WebAddress>;
        /// whether a person is accused of something; then `status` is required
        "accused" accused: bool;
        /// the status of a case or an accused person over time; dated, sourced, in date order
        "status" status: Vec<StatusStep>;
        /// a picture
        "image" image: Option<Box<Media>>;
        ..common: Common;
    }
}

record! {
    /// An office held.
    pub struct Role = "a role" {
        /// the name of the office
        "title" title: Text, required;
        /// from when
        "from" from: Option<At<Date>>;
        /// until when; `..` if still held
        "to" to: Option<RoleEnd>;
        /// sources for it
        "sources" sources: Vec<SourceRef>;
    }
}

/// The end of a role.
#[derive(Debug)]
pub enum RoleEnd {
    /// It is still held.
    Open,
    /// It ended.
    At(At<Date>),
}

impl Decode for RoleEnd {
    const SHAPE: &'static str = "a date in EDTF, or `..` if still held";

    fn shape() -> Shape {
        Shape::OneOf(vec![Shape::Date, Shape::Choice(&[".."])])
    }

    fn decode(node: &Node, d: &mut Decoder) -> Option<Self> {
        match &node.kind {
            Kind::Scalar { text, .. } if text == ".." => Some(Self::Open),
            Kind::Scalar { text, .. } if is_open(text) => {
                let finding = d.error(code::BAD_DATE, node.range, format!("`{text}` is not a date"));
                finding.help = Some("write `..` for an office that is still held".to_owned());
                finding.fix = finding.span.map(|span| Box::new(Fix::safe(span, "..")));
                None
            }
            _ => At::<Date>::decode(node, d).map(Self::At),
        }
    }
}

record! {
    /// One step in the status of a case or an accused person.
    pub struct StatusStep = "a step of a status" {
        /// from when
        "date" date: At<Date>, required;
        /// the status from then on
        "is" is: Text, required;
        /// sources for it
        "sources" sources: Vec<SourceRef>;
    }
}
