//! What many pages repeat, made once: titles, sources' entries and names.

use std::sync::OnceLock;

use super::View;
use super::citations::news;
use crate::base::escape;
use crate::config::Config;
use crate::model::backlinks::owner_of;
use crate::model::{Model, Owner, Role, SourceIx, Target};
use crate::syntax::markdown::{Markdown, Op, Tag};

/// A record's title.
#[derive(Debug)]
pub struct Title {
    /// As HTML without links, so that it can stand inside one.
    pub html: String,
    /// Without markup.
    pub plain: String,
}

/// The titles of all records, each worked out when it is first asked for.
#[derive(Debug)]
pub struct Titles {
    pages: Slots,
    events: Slots,
    entities: Slots,
    claims: Slots,
    terms: Slots,
    sources: Slots,
}

type Slots = Box<[OnceLock<Title>]>;

/// A source, as pages write it.
#[derive(Debug)]
pub struct SourceText {
    /// Its entry in the site's style, as HTML.
    pub entry: String,
    /// Its name in a few words, plain.
    pub name: String,
}

/// The entries and names of all sources, each worked out when it is first asked for.
#[derive(Debug)]
pub struct Sources(Box<[OnceLock<SourceText>]>);

impl Sources {
    /// Room for every source of `model`.
    #[must_use]
    pub fn of(model: &Model) -> Self {
        Self(std::iter::repeat_with(OnceLock::new).take(model.sources.len()).collect())
    }
}

impl Titles {
    /// Room for every title of `model`.
    #[must_use]
    pub fn of(model: &Model) -> Self {
        let slots = |count: usize| std::iter::repeat_with(OnceLock::new).take(count).collect();
        Self {
            pages: slots(model.pages.len()),
            events: slots(model.events.len()),
            entities: slots(model.entities.len()),
            claims: slots(model.claims.len()),
            terms: slots(model.terms.len()),
            sources: slots(model.sources.len()),
        }
    }
}

fn title(model: &Model, config: &Config, owner: Owner) -> Title {
    let linked = model.linked(owner);
    let text = match owner {
        Owner::Page(at) => model.pages[at.at()].item.record.fields.front.title.as_ref(),
        Owner::Event(at) => Some(&model.events[at.at()].item.record.fields.title),
        Owner::Entity(at) => Some(&model.entities[at.at()].item.record.fields.name),
        Owner::Claim(at) => Some(&model.claims[at.at()].item.record.fields.text),
        Owner::Term(at) => Some(&model.terms[at.at()].record.fields.term),
        Owner::Source(at) => Some(&model.sources[at.at()].item.record.fields.title.0),
    };
    let Some(markdown) = text.map(|text| linked.text(text, &model.language)) else {
        if let Owner::Page(at) = owner
            && matches!(model.pages[at.at()].role, Role::Section | Role::Ordinary)
        {
            // Its head can't be read.
            let id = &model.pages[at.at()].item.record.id.value;
            return Title { html: escape::html_string(id), plain: id.clone() };
        }
        // The front page and the 404 page need no title of their own.
        let title = &config.first().title;
        return Title { html: escape::html_string(title), plain: title.clone() };
    };
    // Two titles may mention each other; the id ends that.
    let id = |index: u32| &*linked.pieces.pointers[index as usize].id;
    Title { html: html(markdown, &id), plain: plain(markdown, &id) }
}

fn html<'m>(markdown: &Markdown, id: &dyn Fn(u32) -> &'m str) -> String {
    let mut out = String::with_capacity(markdown.characters().len() + 8);
    for op in &markdown.ops {
        match *op {
            Op::Text(slice) => escape::html(&mut out, markdown.str(slice)),
            Op::Code(slice) => {
                out.push_str("<code>");
                escape::html(&mut out, markdown.str(slice));
                out.push_str("</code>");
            }
            Op::SoftBreak | Op::HardBreak => out.push(' '),
            Op::Open(Tag::Emphasis) => out.push_str("<em>"),
            Op::Close(Tag::Emphasis) => out.push_str("</em>"),
            Op::Open(Tag::Strong) => out.push_str("<strong>"),
            Op::Close(Tag::Strong) => out.push_str("</strong>"),
            Op::Mention(index) => escape::html(&mut out, id(index)),
            _ => {}
        }
    }
    out
}

fn plain<'m>(markdown: &Markdown, id: &dyn Fn(u32) -> &'m str) -> String {
    let mut out = String::with_capacity(markdown.characters().len());
    for op in &markdown.ops {
        match *op {
            Op::Text(slice) | Op::Code(slice) => out.push_str(markdown.str(slice)),
            Op::SoftBreak | Op::HardBreak => out.push(' '),
            Op::Mention(index) => out.push_str(id(index)),
            _ => {}
        }
    }
    out
}

impl<'m> View<'m> {
    /// A record's title.
    #[must_use]
    pub fn title(&self, owner: Owner) -> &'m Title {
        let slot = match owner {
            Owner::Page(at) => &self.titles.pages[at.at()],
            Owner::Event(at) => &self.titles.events[at.at()],
            Owner::Entity(at) => &self.titles.entities[at.at()],
            Owner::Claim(at) => &self.titles.claims[at.at()],
            Owner::Term(at) => &self.titles.terms[at.at()],
            Owner::Source(at) => &self.titles.sources[at.at()],
        };
        slot.get_or_init(|| title(self.model, self.config, owner))
    }

    /// A source's entry and name.
    #[must_use]
    pub fn source_text(&self, at: SourceIx) -> &'m SourceText {
        self.sources.0[at.at()].get_or_init(|| SourceText { entry: news::entry(self, at), name: news::name(self, at) })
    }

    /// A record's title without markup; `None` for what has no record in this build.
    #[must_use]
    pub fn plain_title(&self, target: Target) -> Option<&'m str> {
        Some(self.title(owner_of(target)?).plain.as_str())
    }

    /// The title of a record without markup, lent.
    #[must_use]
    pub fn title_of(&self, owner: Owner) -> &'m str {
        &self.title(owner).plain
    }

    /// The title of a record without markup.
    #[must_use]
    pub fn owner_title(&self, owner: Owner) -> String {
        self.title(owner).plain.clone()
    }

    /// The title of a record as its own page shows it, as HTML without links.
    #[must_use]
    pub fn owner_title_html(&self, owner: Owner) -> String {
        self.title(owner).html.clone()
    }
}
