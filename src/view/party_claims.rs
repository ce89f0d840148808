//! The claims of a person or organization, by its part in them.

use serde::Serialize;

use super::View;
use super::citations::numbered::Numbering;
use super::claim::ClaimLine;
use super::html::Writer;
use super::record::AssertionView;
use crate::base::paging;
use crate::model::{ClaimIx, EntityIx, Item, Link, RecordIx};
use crate::syntax::kinds::claim::Claim;
use crate::syntax::kinds::common::Assertion;

/// How many answers a claim in a list shows.
const ANSWERS: usize = 2;

/// The claims of an entity, by its part in them.
#[derive(Debug, Default, Serialize, schemars::JsonSchema)]
pub struct PartyClaims {
    /// Those that it makes.
    pub says: Vec<PartyClaim>,
    /// Those that it disputes or qualifies.
    pub disputes: Vec<PartyClaim>,
    /// Others that name it.
    pub about: Vec<PartyClaim>,
}

/// A claim, with what an entity says about it.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct PartyClaim {
    /// The claim.
    pub claim: ClaimLine,
    /// The entity's own words; absent if it has no part in the claim.
    pub own: Option<AssertionView>,
    /// The first who dispute or qualify the claim, so that no allegation is without its answer.
    pub answers: Vec<AssertionView>,
}

impl<'m> View<'m> {
    /// The claims of an entity, as many as a page shows.
    pub fn party_claims(&self, at: EntityIx, numbering: &mut Numbering) -> PartyClaims {
        let owner = RecordIx::Entity(at);
        let own = self.reader.claims(owner);
        let listed = self.by_their_words(own.to_vec());
        let mut out = PartyClaims::default();
        // Numbers follow the order on the page: everything it says comes before everything it disputes.
        for claim in listed.iter().take(paging::PER_PAGE) {
            let item = self.reader.item(*claim);
            if let Some(said) = said_by(item, &item.record.fields.asserted_by, at) {
                out.says.extend(self.party_claim(*claim, owner, Some(said), true, numbering));
            }
        }
        for claim in listed.iter().take(paging::PER_PAGE) {
            let item = self.reader.item(*claim);
            if let Some(said) = said_by(item, &item.record.fields.disputed_by, at) {
                out.disputes.extend(self.party_claim(*claim, owner, Some(said), false, numbering));
            }
        }
        let mut about: Vec<ClaimIx> = self.reader.mentions(owner).iter().filter_map(|link| link.owner.claim()).collect();
        about.sort_unstable();
        about.dedup();
        about.retain(|claim| own.binary_search(claim).is_err());
        for claim in self.by_their_words(about).into_iter().take(paging::PER_PAGE) {
            out.about.extend(self.party_claim(claim, owner, None, true, numbering));
        }
        out
    }

    /// A claim on the page of an entity that says this about it.
    fn party_claim(
        &self,
        at: ClaimIx,
        owner: RecordIx,
        said: Option<&Assertion>,
        with_answers: bool,
        numbering: &mut Numbering,
    ) -> Option<PartyClaim> {
        let claim = self.claim_line(Link::To(at.into()))?;
        let mut writer = Writer::guest(self, at.into(), owner, numbering);
        let own = said.map(|said| self.assertion(said, &mut writer));
        let disputed = &self.reader.item(at).record.fields.disputed_by;
        let answers = disputed.iter().take(if with_answers { ANSWERS } else { 0 });
        let answers = answers.map(|answer| self.assertion(answer, &mut writer)).collect();
        Some(PartyClaim { claim, own, answers })
    }
}

/// What an entity says, among what all of a side say.
fn said_by<'l>(claim: &Item<Claim>, side: &'l [Assertion], by: EntityIx) -> Option<&'l Assertion> {
    side.iter().find(|said| said.by.pointer.and_then(|index| claim.targets[index].entity()) == Some(by))
}
