//! Where the story stands, for `data/site.json`.

use super::records::StandingRecord;
use super::site_json::Maker;
use crate::model::RecordIx;
use crate::syntax::kinds::page::Standing;

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
}
