//! Claims: contested statements, who makes and who disputes them, and where they stand.

use super::common::{Assertion, Common, Id, SectionRef, SourceRef};
use crate::base::At;
use crate::date::Date;
use crate::syntax::text::Text;
use crate::{choice, record};

choice! {
    /// Where a claim stands.
    pub enum ClaimStatus {
        /// It is borne out.
        Established = "established",
        /// It is contradicted with reasons.
        Disputed = "disputed",
        /// It is made, and neither borne out nor contradicted.
        Alleged = "alleged",
        /// It is refuted.
        False = "false",
        /// Nobody can say.
        Unknown = "unknown",
    }
}

record! {
    /// A claim.
    pub struct Claim = "a claim" {
        /// its id
        "id" id: Id, required;
        /// the statement
        "text" text: Text => paragraphs, required;
        /// who makes it
        "asserted-by" asserted_by: Vec<Assertion>;
        /// who disputes it
        "disputed-by" disputed_by: Vec<Assertion>;
        /// where it stands
        "status" status: Option<At<ClaimStatus>>;
        /// how what is known changed, instead of `status`; in the order of its dates
        "history" history: Vec<ClaimStep>;
        /// sections that it belongs to
        "sections" sections: Vec<SectionRef>;
        ..common: Common;
    }
}

impl crate::syntax::Decode for At<ClaimStatus> {
    const SHAPE: &'static str = ClaimStatus::SHAPE;

    fn shape() -> crate::syntax::Shape {
        ClaimStatus::shape()
    }

    fn decode(node: &crate::syntax::node::Node, d: &mut crate::syntax::Decoder) -> Option<Self> {
        ClaimStatus::decode(node, d).map(|status| Self::new(status, node.range))
    }
}

record! {
    /// One step in what is known of a claim.
    pub struct ClaimStep = "a step of a history" {
        /// since when
        "date" date: At<Date>, required;
        /// where the claim stood
        "status" status: ClaimStatus, required;
        /// why
        "note" note: Option<Text> => paragraphs;
        /// where that can be read
        "sources" sources: Vec<SourceRef>;
    }
}
