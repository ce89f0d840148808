//! What of each record can be searched: its title, and its texts sentence by sentence, each below its heading.

use super::Kind;
use crate::base::sentences::sentences;
use crate::model::address::{INDEX, ROOT};
use crate::model::{ClaimIx, EntityIx, EventIx, PageIx, RecordIx, Role, SourceIx, TermIx};
use crate::output::RenderContext;
use crate::output::data::Maker;
use crate::syntax::kinds::blocks::Block;
use crate::syntax::text::Text;
use crate::view::View;
use crate::view::plain_text;

/// A record as the search knows it.
pub struct Found {
    /// What it is.
    pub kind: Kind,
    /// What it is called.
    pub title: String,
    /// Where it is, from the site's root.
    pub address: String,
    /// What else identifies it: a date, a publisher.
    pub detail: String,
    /// Headings: the number of the first sentence below each, its words, its anchor.
    pub headings: Vec<(usize, String, String)>,
    /// The sentences, numbered from one: number zero is the title.
    pub sentences: Vec<String>,
}

/// Takes in a record's texts.
struct Taker<'s> {
    site: &'s RenderContext<'s>,
    view: View<'s>,
    owner: RecordIx,
    found: Found,
}

/// What can be searched of a record; `None` for the page that is shown for broken addresses.
pub fn found(site: &RenderContext<'_>, owner: RecordIx) -> Option<Found> {
    let view = site.view;
    let kind = Kind::of(site.model, owner)?;
    let found = Found {
        kind,
        title: view.record_title(owner),
        address: address(site, owner),
        detail: detail(site, &view, owner),
        headings: Vec::new(),
        sentences: Vec::new(),
    };
    let mut taker = Taker { site, view, owner, found };
    match owner {
        RecordIx::Page(at) => taker.page(at),
        RecordIx::Event(at) => taker.event(at),
        RecordIx::Claim(at) => taker.claim(at),
        RecordIx::Entity(at) => taker.entity(at),
        RecordIx::Term(at) => taker.term(at),
        // Their own pages say little more than their names do.
        RecordIx::Source(_) | RecordIx::Author(_) => {}
    }
    taker.body();
    taker.note();
    Some(taker.found)
}

/// A record's address from the site's root.
pub fn address(site: &RenderContext<'_>, owner: RecordIx) -> String {
    let index = if site.file_links { "index.html" } else { "" };
    site.model.record_address(owner).replace(ROOT, "").replace(INDEX, index)
}

/// What else identifies a record.
pub fn detail(site: &RenderContext<'_>, view: &View<'_>, owner: RecordIx) -> String {
    match owner {
        RecordIx::Event(at) => view.date(site.model[at].date()).text,
        RecordIx::Source(at) => source_detail(site, view, at),
        _ => String::new(),
    }
}

fn source_detail(site: &RenderContext<'_>, view: &View<'_>, at: SourceIx) -> String {
    let fields = &site.model[at].item.record.fields;
    let publisher = view.plain_text(at.into(), fields.publisher.0.as_ref());
    let date = fields.date.as_ref().map(|date| view.date(&date.value).text).unwrap_or_default();
    let both = [publisher, date];
    both.iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join(" · ")
}

impl Taker<'_> {
    /// Adds the sentences of a plain text.
    fn add(&mut self, text: &str) {
        let ranges = sentences(text, self.view.language());
        self.found.sentences.extend(ranges.into_iter().map(|range| text[range].to_owned()));
    }

    fn text(&mut self, text: &Text) {
        let text = self.view.plain_text(self.owner, Some(text));
        self.add(&text);
    }

    fn maker(&self) -> Maker<'_> {
        Maker { model: self.site.model, view: self.view, texts: true }
    }

    fn page(&mut self, at: PageIx) {
        let front = &self.site.model[at].item.record.fields.front;
        front.summary.iter().chain(&front.now).for_each(|text| self.text(text));
        front.numbers.iter().for_each(|number| self.text(&number.text));
        front.where_it_stands.iter().for_each(|standing| self.text(&standing.text));
        front.key_points.iter().for_each(|text| self.text(text));
    }

    /// Adds the longer text of a record, below its headings.
    fn body(&mut self) {
        let linked = self.site.model.linked(self.owner);
        let Some(body) = linked.body else { return };
        let markdown = body.markdown(linked.pieces);
        let mut pieces = Vec::new();
        let maker = self.maker();
        let block = |at| block_text(&maker, self.owner, &body.blocks[at]);
        plain_text::blocks(&self.view, linked, markdown, &block, true, &mut |heading, text| {
            pieces.push((heading, text.to_owned()));
        });
        for (heading, text) in pieces {
            match heading {
                Some(heading) => {
                    // A heading is found like a sentence, and stands above those that follow it.
                    self.found.sentences.push(text.clone());
                    let anchor = markdown.parts().headings[heading].anchor.to_string();
                    self.found.headings.push((self.found.sentences.len(), text, anchor));
                }
                None => self.add(&text),
            }
        }
    }

    fn event(&mut self, at: EventIx) {
        let fields = &self.site.model[at].item.record.fields;
        fields.summary.iter().for_each(|text| self.text(text));
        fields.accounts.iter().for_each(|account| self.said(account));
        fields.later.iter().for_each(|later| self.text(&later.text));
    }

    fn claim(&mut self, at: ClaimIx) {
        let fields = &self.site.model[at].item.record.fields;
        fields.asserted_by.iter().chain(&fields.disputed_by).for_each(|one| self.said(one));
        fields.history.iter().filter_map(|step| step.note.as_ref()).for_each(|note| self.text(note));
    }

    fn entity(&mut self, at: EntityIx) {
        let fields = &self.site.model[at].item.record.fields;
        fields.description.iter().for_each(|text| self.text(text));
        fields.roles.iter().for_each(|role| self.text(&role.title));
        fields.status.iter().for_each(|step| self.text(&step.is));
    }

    fn term(&mut self, at: TermIx) {
        let fields = &self.site.model[at].item.record.fields;
        self.text(&fields.definition);
    }

    /// Adds who says something, and what.
    fn said(&mut self, one: &crate::syntax::kinds::common::Assertion) {
        let (_, by) = self.maker().party(self.owner, &one.by);
        let says = self.view.plain_text(self.owner, one.says.as_ref());
        let whole = if says.is_empty() { by } else { format!("{by}: {says}") };
        self.add(&whole);
    }

    fn note(&mut self) {
        if let Some(note) = &self.site.model.common(self.owner).note {
            self.text(note);
        }
    }
}

/// The text of one of our blocks. A claim is found at its own place.
fn block_text(maker: &Maker<'_>, owner: RecordIx, block: &Block) -> String {
    if matches!(block, Block::Claim(_)) { String::new() } else { maker.block(owner, block) }
}

impl Kind {
    /// What a record is, if it can be found.
    pub(super) fn of(model: &crate::model::Model, owner: RecordIx) -> Option<Self> {
        Some(match owner {
            RecordIx::Page(at) => match model[at].role {
                Role::Section => Self("section"),
                Role::Ordinary | Role::Front => Self("page"),
                Role::NotFound => return None,
            },
            RecordIx::Event(_) => Self("event"),
            RecordIx::Claim(_) => Self("claim"),
            RecordIx::Entity(at) => Self(model[at].item.record.fields.kind.word()),
            RecordIx::Term(_) => Self("term"),
            RecordIx::Source(_) => Self("source"),
            RecordIx::Author(_) => Self("author"),
        })
    }
}
