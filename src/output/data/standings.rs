//! Numbers that are news and where the story stands, for `data/site.json`.

use super::records::{NumberRecord, StandingRecord};
use super::site_json::Maker;
use crate::model::RecordIx;
use crate::syntax::kinds::page::{Number, Standing};

impl<'s> Maker<'s> {
    /// Where each strand of the story stands.
    pub fn standings(&self, owner: RecordIx, standings: &[Standing]) -> Vec<StandingRecord<'s>> {
        let targets = self.model.linked(owner).targets;
        let record = |standing: &Standing| StandingRecord {
            section: standing.section.and_then(|section| self.id(targets[section.0])),
            text: self.text(owner, &standing.text),
        };
        standings.iter().map(record).collect()
    }

    /// Numbers that are news.
    pub fn numbers(&self, owner: RecordIx, numbers: &[Number]) -> Vec<NumberRecord> {
        let record =
            |one: &Number| NumberRecord { number: self.text(owner, &one.number), text: self.text(owner, &one.text) };
        numbers.iter().map(record).collect()
    }
}
