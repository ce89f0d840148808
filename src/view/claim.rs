//! Claims: as a line in lists, as a block in texts, and on their own pages.

use serde::Serialize;

use super::citations::numbered::Numbering;
use super::html::Writer;
use super::mentions::MentionView;
use super::page::BodyPart;
use super::record::{AssertionView, FootView, StepView};
use super::timeline::{Anchors, IN_A_SECTION, TimelineView};
use super::{Head, LinkView, View};
use crate::base::paging;
use crate::language::collation::Collation;
use crate::model::{ClaimIx, Link, RecordIx};
use crate::syntax::kinds::claim::Claim;

/// How many voices of each side a claim shows before it folds the rest.
const VOICES: usize = 3;

/// A claim in a list.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct ClaimLine {
    /// The statement.
    pub text_html: String,
    /// Its page.
    pub url: String,
    /// Its status, as authors type it.
    pub status: &'static str,
    /// Its status, in words.
    pub status_word: String,
}

/// A claim with who makes and disputes it.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct ClaimView {
    /// Its id.
    pub id: String,
    /// The statement; its first paragraph, if it has several.
    pub text_html: String,
    /// The other paragraphs of the statement.
    pub more_html: Vec<String>,
    /// The statement without markup.
    pub text: String,
    /// Its page.
    pub url: String,
    /// Its status, as authors type it.
    pub status: &'static str,
    /// Its status, in words.
    pub status_word: String,
    /// How many make it and how many dispute it: “8 say so, 6 dispute or qualify it”.
    pub voices: String,
    /// Who makes it.
    pub asserted_by: Vec<AssertionView>,
    /// “5 more”: how many of them come after the first three.
    pub more_asserted: Option<String>,
    /// Who disputes it.
    pub disputed_by: Vec<AssertionView>,
    /// “5 more”: how many of them come after the first three.
    pub more_disputed: Option<String>,
    /// How the evidence changed; oldest first.
    pub history: Vec<StepView>,
    /// Citations of the claim as a whole.
    pub marks_html: String,
    /// A public note, paragraph by paragraph, if the claim is in another page's text.
    pub note_html: Vec<String>,
}

/// A claim's own page.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct ClaimPage<'m> {
    /// What the page says about itself.
    pub page: Head,
    /// The claim.
    pub claim: ClaimView,
    /// Its longer text, in parts: HTML and blocks. Empty unless the claim is a Markdown file.
    pub body: Vec<BodyPart<'m>>,
    /// Sections that it belongs to.
    pub sections: Vec<LinkView>,
    /// Events related to it.
    pub timeline: TimelineView<'m>,
    /// Where it is mentioned.
    pub mentions: Vec<MentionView>,
    /// More mentions, if they fill more than a page.
    pub more_mentions: Option<LinkView>,
    /// Note, updates and sources.
    pub foot: FootView,
}

impl<'m> View<'m> {
    /// A claim in a list; `None` if the target isn't a claim.
    #[must_use]
    pub fn claim_line(&self, target: Link) -> Option<ClaimLine> {
        let Link::To(RecordIx::Claim(at)) = target else {
            return None;
        };
        let status = self.reader.claim_status(at).word();
        let link = self.link(target);
        Some(ClaimLine { text_html: link.title_html, url: link.url, status, status_word: self.word("claim-status", status) })
    }

    /// The claims that name a page, or that an entity makes or disputes, as many as a page shows, in the order of their
    /// words.
    #[must_use]
    pub fn claim_lines(&self, of: RecordIx) -> Vec<ClaimLine> {
        let claims = self.by_their_words(self.reader.claims(of).to_vec());
        claims.into_iter().take(paging::PER_PAGE).filter_map(|claim| self.claim_line(claim.into())).collect()
    }

    /// Claims in the order of their words.
    pub(super) fn by_their_words(&self, mut claims: Vec<ClaimIx>) -> Vec<ClaimIx> {
        let collation = Collation::of(self.language());
        claims.sort_by_cached_key(|claim| (collation.key(self.title_of((*claim).into())), *claim));
        claims
    }

    /// A claim in full, with sources numbered by `writer`; on its own page, or in another page's text.
    pub fn claim(&self, at: ClaimIx, writer: &mut Writer<'_, 'm>, is_guest: bool) -> ClaimView {
        let fields = &self.reader.item(at).record.fields;
        let status = self.reader.claim_status(at).word();
        let mut more_html = writer.paragraphs(&fields.text);
        let mut text_html = if more_html.is_empty() { String::new() } else { more_html.remove(0) };
        if is_guest {
            self.mark_withheld(&mut text_html, RecordIx::Claim(at));
        }
        ClaimView {
            id: self.reader.id(at).to_owned(),
            text_html,
            more_html,
            text: self.record_title(RecordIx::Claim(at)),
            url: self.reader.record_address(RecordIx::Claim(at)),
            status,
            status_word: self.word("claim-status", status),
            voices: self.voices(fields),
            asserted_by: fields.asserted_by.iter().map(|by| self.assertion(by, writer)).collect(),
            more_asserted: self.more_voices(fields.asserted_by.len(), fields),
            disputed_by: fields.disputed_by.iter().map(|by| self.assertion(by, writer)).collect(),
            more_disputed: self.more_voices(fields.disputed_by.len(), fields),
            history: self
                .reader
                .oldest_first(&fields.history)
                .into_iter()
                .map(|step| StepView {
                    date: self.date_text(&step.date.value),
                    status: Some(self.word("claim-status", step.status.word())),
                    status_id: Some(step.status.word()),
                    text_html: writer.maybe(step.note.as_ref()),
                    marks_html: writer.marks(&step.sources),
                })
                .collect(),
            marks_html: if fields.history.is_empty() {
                writer.unnumbered_marks(&fields.common.sources)
            } else {
                String::new()
            },
            note_html: if is_guest { writer.maybe_paragraphs(fields.common.note.as_ref()) } else { Vec::new() },
        }
    }

    /// How many make a claim and how many dispute it.
    #[must_use]
    pub fn voices(&self, claim: &Claim) -> String {
        let sides = [("count.say-so", claim.asserted_by.len()), ("count.dispute-it", claim.disputed_by.len())];
        let counts = sides.into_iter().filter(|(_, count)| *count > 0).map(|(key, count)| self.words.count(key, count));
        counts.collect::<Vec<_>>().join(self.words.get("list.separator"))
    }

    /// How many voices of a side with `count` a page folds. Both sides show as many, or one would seem to have less to say;
    /// where neither has more than one further voice, folding it would save no room.
    fn more_voices(&self, count: usize, claim: &Claim) -> Option<String> {
        let most = claim.asserted_by.len().max(claim.disputed_by.len());
        let more = count.saturating_sub(VOICES);
        (more > 0 && most > VOICES + 1).then(|| self.words.count("count.more-voices", more))
    }

    /// A claim's own page.
    #[must_use]
    pub fn claim_page(&self, at: ClaimIx) -> ClaimPage<'m> {
        let owner = RecordIx::Claim(at);
        let item = self.reader.item(at);
        let fields = &item.record.fields;
        let mut numbering = Numbering::default();
        let view = self.claim(at, &mut Writer::page(self, owner, &mut numbering), false);
        let body = self.body(owner, &mut numbering);
        let foot = self.foot(owner, &fields.common, &mut numbering);
        let path = self.reader.path_of(owner);
        let description = self.labeled(self.words.get("ui.claim"), &view.status_word);
        ClaimPage {
            page: self.record_head("claim", owner, description, &path),
            claim: view,
            body,
            sections: fields.sections.iter().map(|section| self.link(item.targets[section.0])).collect(),
            timeline: self.timeline(self.reader.timeline(owner), IN_A_SECTION, None, Anchors::Events),
            mentions: self.first_mentions(owner),
            more_mentions: self.more_mentions(owner, &path),
            foot,
        }
    }
}
