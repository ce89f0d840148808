//! What many pages repeat, made once: titles, and the entries and names of sources.

use std::sync::OnceLock;

use super::View;
use super::citations::news;
use super::plain_text::Gap;
use crate::base::direction::strays;
use crate::base::escape;
use crate::config::{Config, Direction, direction_of};
use crate::model::read::{Facet, RecordKind};
use crate::model::reader::Reader;
use crate::model::{Link, Linked, RecordIx, Role, SourceIx};
use crate::syntax::indices::PointerIx;
use crate::syntax::markdown::{Markdown, Op, Tag};
use crate::syntax::text::Text;

/// A record's title.
#[derive(Debug)]
pub struct Title {
    /// As HTML without links, so that it can go inside one.
    pub html: String,
    /// Without markup.
    pub plain: String,
    /// What running text says instead, without markup, if that is different.
    pub in_text: Option<Box<str>>,
}

/// The titles of all records, each computed when it is first asked for.
///
/// By kind, in the order of [`RecordIx`].
#[derive(Debug)]
pub struct Titles([Slots; RecordKind::ALL.len()]);

type Slots = Box<[OnceLock<Title>]>;

/// A source, as pages write it.
#[derive(Debug)]
pub struct SourceText {
    /// Its entry in the site's citation style, as HTML.
    pub entry: String,
    /// Its short name, as plain text.
    pub name: String,
}

/// The entries and names of all sources, each computed when it is first asked for.
#[derive(Debug)]
pub struct Sources(Box<[OnceLock<SourceText>]>);

impl Sources {
    /// Room for every source of `model`.
    #[must_use]
    pub fn of(reader: Reader<'_>) -> Self {
        Self(std::iter::repeat_with(OnceLock::new).take(reader.count(RecordKind::Source)).collect())
    }
}

impl Titles {
    /// Room for every title of the site.
    #[must_use]
    pub fn of(reader: Reader<'_>) -> Self {
        Self(RecordKind::ALL.map(|kind| std::iter::repeat_with(OnceLock::new).take(reader.count(kind)).collect()))
    }
}

fn title(reader: Reader<'_>, config: &Config, owner: RecordIx) -> Title {
    let linked = reader.linked(owner);
    let text = match owner {
        RecordIx::Page(at) => reader.item(at).record.fields.front.title.as_ref(),
        RecordIx::Event(at) => Some(&reader.item(at).record.fields.title),
        RecordIx::Entity(at) => Some(&reader.item(at).record.fields.name),
        RecordIx::Claim(at) => Some(&reader.item(at).record.fields.text),
        RecordIx::Term(at) => Some(&reader.item(at).record.fields.term),
        RecordIx::Source(at) => Some(&reader.item(at).record.fields.title.0),
        RecordIx::Author(at) => Some(&reader.item(at).record.fields.name),
    };
    let Some(markdown) = text.map(|text| linked.text(text, reader.language())) else {
        if let RecordIx::Page(at) = owner
            && matches!(reader.role(at), Role::Section | Role::Ordinary)
        {
            // Its front matter can't be read.
            let id = &reader.item(at).record.id.value;
            return Title { html: escape::html_string(id), plain: id.clone(), in_text: None };
        }
        // The front page and the 404 page need no title.
        let title = &config.first().title;
        return Title { html: escape::html_string(title), plain: title.clone(), in_text: None };
    };
    // Two titles may mention each other; using the id stops that.
    let id = |index: PointerIx| &*linked.pieces.pointers[index].id;
    let (html, plain) = (html(markdown, &id), plain(markdown, &id));
    let tag = match owner {
        RecordIx::Source(at) => reader.item(at).record.fields.language.as_ref().map(|tag| tag.0.value.as_str()),
        _ => None,
    };
    let in_text = match owner {
        RecordIx::Entity(at) => reader.item(at).record.fields.name_in_text.as_ref(),
        _ => None,
    };
    let in_text = in_text.map(|text| self::plain(linked.text(text, reader.language()), &id).into());
    Title { html: apart(html, &plain, tag, config), plain, in_text }
}

/// A title as HTML, with its language if it is not the site's, so that screen readers pronounce it correctly. A title that runs
/// the other way is isolated wherever it is shown.
pub(super) fn apart(html: String, plain: &str, tag: Option<&str>, config: &Config) -> String {
    let first = config.first();
    let language = |tag: &str| tag.split('-').next().unwrap_or_default().to_lowercase();
    let is_other = |tag: &&str| language(tag) != language(&first.tag);
    let attributes = tag.filter(is_other).map(|tag| {
        let direction = direction_of(tag);
        let direction = if direction == first.direction { String::new() } else { format!(" dir=\"{}\"", direction.word()) };
        format!(" lang=\"{}\"{direction}", escape::html_string(tag))
    });
    let strays = strays(plain, first.direction == Direction::Rtl);
    match attributes {
        Some(attributes) if strays || attributes.contains("dir=") => format!("<bdi{attributes}>{html}</bdi>"),
        Some(attributes) => format!("<span{attributes}>{html}</span>"),
        None if strays => format!("<bdi>{html}</bdi>"),
        None => html,
    }
}

fn html<'m>(markdown: &Markdown, id: &dyn Fn(PointerIx) -> &'m str) -> String {
    let mut out = String::with_capacity(markdown.characters().len() + 8);
    let mut gap = Gap::default();
    for op in &markdown.ops {
        follow(&mut gap, &mut out, markdown, op);
        match *op {
            Op::Text(slice) => escape::content(&mut out, markdown.str(slice)),
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
            Op::Open(Tag::Subscript) => out.push_str("<sub>"),
            Op::Close(Tag::Subscript) => out.push_str("</sub>"),
            Op::Open(Tag::Superscript) => out.push_str("<sup>"),
            Op::Close(Tag::Superscript) => out.push_str("</sup>"),
            Op::Close(Tag::Paragraph) => out.push(' '),
            Op::Mention(index) => escape::html(&mut out, id(index)),
            _ => {}
        }
    }
    without_last_gap(markdown, out)
}

fn plain<'m>(markdown: &Markdown, id: &dyn Fn(PointerIx) -> &'m str) -> String {
    let mut out = String::with_capacity(markdown.characters().len());
    let mut gap = Gap::default();
    for op in &markdown.ops {
        follow(&mut gap, &mut out, markdown, op);
        match *op {
            Op::Text(slice) | Op::Code(slice) => out.push_str(markdown.str(slice)),
            Op::SoftBreak | Op::HardBreak => out.push(' '),
            Op::Close(Tag::Paragraph) => out.push(' '),
            Op::Mention(index) => out.push_str(id(index)),
            _ => {}
        }
    }
    without_last_gap(markdown, out)
}

/// Leaves out the blank before a citation, because titles don't show citations.
fn follow(gap: &mut Gap, out: &mut String, markdown: &Markdown, op: &Op) {
    match *op {
        Op::Cite(..) | Op::FootnoteMark(..) => gap.left_out(out),
        Op::Text(slice) | Op::Code(slice) => gap.before(out, markdown.str(slice)),
        Op::Mention(_) | Op::Open(Tag::Emphasis | Tag::Strong) => gap.before(out, ""),
        Op::SoftBreak | Op::HardBreak | Op::Close(Tag::Paragraph) => *gap = Gap::default(),
        _ => {}
    }
}

/// A text without the blank after its last paragraph.
fn without_last_gap(markdown: &Markdown, mut words: String) -> String {
    if markdown.has_paragraphs() {
        words.truncate(words.trim_end().len());
    }
    words
}

impl<'m> View<'m> {
    /// A record's title.
    #[must_use]
    pub fn title(&self, owner: RecordIx) -> &'m Title {
        self.reader.note(owner, Facet::Title);
        let [pages, events, claims, entities, terms, sources, authors] = &self.prepared.titles.0;
        let slot = match owner {
            RecordIx::Page(at) => &pages[at.position()],
            RecordIx::Event(at) => &events[at.position()],
            RecordIx::Claim(at) => &claims[at.position()],
            RecordIx::Entity(at) => &entities[at.position()],
            RecordIx::Term(at) => &terms[at.position()],
            RecordIx::Source(at) => &sources[at.position()],
            RecordIx::Author(at) => &authors[at.position()],
        };
        slot.get_or_init(|| title(self.reader.without_log(), self.config, owner))
    }

    /// A source's entry and name.
    #[must_use]
    pub fn source_text(&self, at: SourceIx) -> &'m SourceText {
        self.reader.note(at, Facet::Source);
        let view = self.untracked();
        self.prepared.sources.0[at.position()]
            .get_or_init(|| SourceText { entry: news::entry(&view, at), name: news::name(&view, at) })
    }

    /// A text without markup, from its own record alone: mentions become ids.
    pub(super) fn own_words(&self, linked: Linked<'_>, text: &Text) -> String {
        plain(linked.text(text, self.language()), &|index| &*linked.pieces.pointers[index].id)
    }

    /// What running text calls a record that it mentions without words for it; `None` if there is no record in this build.
    #[must_use]
    pub fn title_in_text(&self, target: Link) -> Option<&'m str> {
        let title = self.title(target.record()?);
        Some(title.in_text.as_deref().unwrap_or(&title.plain))
    }

    /// A record's title without markup; `None` if there is no record in this build.
    #[must_use]
    pub fn plain_title(&self, target: Link) -> Option<&'m str> {
        Some(self.title(target.record()?).plain.as_str())
    }

    /// The title of a record without markup, borrowed.
    #[must_use]
    pub fn title_of(&self, owner: RecordIx) -> &'m str {
        &self.title(owner).plain
    }

    /// The title of a record without markup.
    #[must_use]
    pub fn record_title(&self, owner: RecordIx) -> String {
        self.title(owner).plain.clone()
    }

    /// The title of a record as its own page shows it, as HTML without links.
    #[must_use]
    pub fn record_title_html(&self, owner: RecordIx) -> String {
        self.title(owner).html.clone()
    }
}
