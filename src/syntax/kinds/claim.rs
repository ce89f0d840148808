//! Claims: contested statements, who makes and disputes them, and their status.

use super::common::{Assertion, Common, Id, SectionRef, SourceRef};
use crate::base::At;
use crate::date::Date;
use crate::syntax::text::Text;
use crate::{choice, record};

choice! {
    /// The status of a claim.
    pub enum ClaimStatus {
        /// The evidence supports it.
        Established = "established",
        /// It is contradicted, with reasons.
        Disputed = "disputed",
        /// It is made, and neither supported nor contradicted.
        Alleged = "alleged",
        /// It is refuted.
        False = "false",
        /// Nobody knows.
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
        /// its status
        "status" status: Option<At<ClaimStatus>>;
        /// how the evidence changed, instead of `status`; in date order
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
    /// One step in a claim's history.
    pub struct ClaimStep = "a step of a history" {
        /// from when
        "date" date: At<Date>, required;
        /// the claim's status from then on
        "status" status: ClaimStatus, required;
        /// why
        "note" note: Option<Text> => paragraphs;
        /// sources for it
        "sources" sources: Vec<SourceRef>;
    }
}
