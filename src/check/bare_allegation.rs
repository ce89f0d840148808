//! See [`BareAllegation`].

mod hedges;

use super::LocalContext;
use super::linking::{Block, Linking, each_linking};
use super::reading::{MENTION, Texts, each_texts};
use super::rule::{Report, Scope, rule};
use super::told::language;
use crate::model::RecordIx;
use crate::syntax::kinds::claim::ClaimStatus;
use crate::syntax::pieces::TextField;

rule! {
    /// A sentence links a claim that is alleged or disputed, and none of its words says so.
    ///
    /// The sentence then states as a fact what the claim's own page calls contested. That can do harm, above all to a person
    /// who is accused of something. It usually happens when a sentence is shortened: “officials say” goes first.
    ///
    /// The rule reads English, Arabic, Chinese, German and Spanish. It looks for a word such as “alleged”, “according to”,
    /// “said”, “denies” or “whether” anywhere in the sentence, and leaves questions alone, and what others say in quotation
    /// marks. It skips `unknown` and `contested` in a `known` block, where the heading says it, and `says`, which has a name
    /// before it. A link without words of its own, as in `see [[claim-warned]]`, counts only where it is a whole key point or
    /// something that is `known`.
    ///
    /// Say who makes the claim, or that it is disputed. If the claim is settled, change its status.
    ///
    /// ```markdown
    /// The state [[claim-warned|ignored two warnings]].              write
    /// The city says the state [[claim-warned|ignored two warnings]], which the state denies.
    /// ```
    BareAllegation: BARE_ALLEGATION, Warning, Scope::Local(check)
}

const HELP: &str = "say who says so, or that it is alleged or disputed";

fn check(site: &LocalContext<'_>, owner: RecordIx, report: &mut Report) {
    let status = |record: RecordIx| match site.reader.claim_status(record.claim()?) {
        ClaimStatus::Alleged => Some("alleged"),
        ClaimStatus::Disputed => Some("disputed"),
        ClaimStatus::Established | ClaimStatus::False | ClaimStatus::Unknown => None,
    };
    each_texts(site.reader, owner, |texts| {
        let is_contested = |record| status(record).is_some();
        let may = |block: Block| {
            may_state(owner, texts.pieces.proses[block.text].field) && hedges::of(language(texts, block.text)).is_some()
        };
        each_linking(texts, is_contested, may, |block, sentence| {
            let Some(hedges) = hedges::of(sentence.language) else { return };
            let words = &sentence.reading.text[sentence.range.clone()];
            if hedges.has(words) {
                return;
            }
            let stated = sentence.links.iter().filter(|(link, _)| {
                let is_bare = sentence.reading.text[link.words.clone()].starts_with(MENTION);
                sentence.is_told(&link.words) && (!is_bare || is_whole(texts, block, sentence))
            });
            for (link, claim) in stated {
                let message = format!(
                    "`{}` is {}, but this sentence states it as a fact",
                    site.reader.id(*claim),
                    status(*claim).unwrap_or_default()
                );
                let place = texts.pieces.pointers[link.pointer].range;
                report.add(texts.origin.span(place), message).help = Some(HELP.to_owned());
            }
        });
    });
}

/// Whether a field states facts. What is listed as unknown or contested is not stated, `says` is what someone else says, and
/// the text of a claim has its status beside it.
fn may_state(owner: RecordIx, field: TextField) -> bool {
    match field {
        TextField::Unknown | TextField::Contested | TextField::Says => false,
        TextField::Other("text") => owner.claim().is_none(),
        _ => true,
    }
}

/// Whether a sentence is nothing but a link, and its text a list's item that is a fact.
fn is_whole(texts: &Texts<'_>, block: Block, sentence: &Linking<'_, '_>) -> bool {
    let field = texts.pieces.proses[block.text].field;
    let words = &sentence.reading.text[sentence.range.clone()];
    matches!(field, TextField::KeyPoints | TextField::Known) && !words.contains(char::is_alphanumeric)
}
