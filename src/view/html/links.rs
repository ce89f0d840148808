//! Everything that links elsewhere: mentions of records, links, and pictures.

use super::Writer;
use crate::base::escape;
use crate::model::{Destination, Link, RecordIx, address};
use crate::syntax::indices::{AddressIx, OpIx, PointerIx};
use crate::syntax::markdown::{Markdown, Op, Tag};
use crate::syntax::pieces::RefLocation;
use crate::view::film::{class_of, push_part};
use crate::view::picture::Place;

impl<'m> Writer<'_, 'm> {
    /// A link to the entity that a party's pointer names; `None` if it names none.
    pub(in crate::view) fn party_link(&self, index: PointerIx) -> Option<String> {
        let link = self.view.record_link(self.linked.targets[index].record()?);
        let mut out = String::from("<a class=\"ref ref-entity\" href=\"");
        out.push_str(&link.url);
        out.push_str("\">");
        out.push_str(&link.title_html);
        out.push_str("</a>");
        Some(out)
    }

    /// Marks a link that leads nowhere, and what it should lead to.
    fn open_unresolved(&self, out: &mut String, tag: &str, word: &str, id: &str) {
        out.push('<');
        out.push_str(tag);
        out.push_str(" class=\"unresolved\" title=\"");
        escape::html(out, &self.view.words.fill(word, &[("id", id)]));
        out.push_str("\">");
    }

    pub(super) fn close_mention(&self, out: &mut String, index: PointerIx) {
        match self.linked.targets[index].record() {
            Some(owner) => self.view.close_link(out, owner),
            None => out.push_str("</span>"),
        }
    }

    /// Opens the link to a record, or marks a link that leads nowhere.
    pub(super) fn mention(&self, out: &mut String, index: PointerIx) {
        let target = self.linked.targets[index];
        let pointer = &self.linked.pieces.pointers[index];
        let Some(owner) = target.record() else {
            let word = if matches!(target, Link::Hidden(_)) { "unresolved.hidden" } else { "unresolved.record" };
            self.open_unresolved(out, "span", word, &pointer.id);
            return;
        };
        out.push_str("<a class=\"ref ref-");
        out.push_str(target_word(target));
        if self.view.withheld(owner).is_some() {
            out.push_str(" withheld");
        }
        let is_anchored = |place: RefLocation| match place {
            RefLocation::Prose { prose, .. } => self.linked.pieces.proses[prose].has_anchors(),
            RefLocation::Field(_) => false,
        };
        if self.anchors && is_anchored(pointer.place) {
            out.push_str("\" id=\"");
            out.push_str(&address::mention_anchor(&pointer.id, self.linked.nth[index]));
        }
        out.push_str("\" href=\"");
        let on_this_page = self.own == Some(owner);
        match (&pointer.heading, on_this_page) {
            (Some(heading), true) => {
                out.push('#');
                escape::html(out, heading);
            }
            (Some(heading), false) => {
                self.view.reader.write_address(out, owner);
                out.push('#');
                escape::html(out, heading);
            }
            (None, _) => self.view.reader.write_address(out, owner),
        }
        out.push_str("\">");
    }

    pub(super) fn link(&self, out: &mut String, index: AddressIx) {
        let target = &self.linked.pieces.addresses[index].target;
        match &self.linked.destinations[index] {
            Destination::External => {
                out.push_str("<a href=\"");
                escape::html(out, target);
                out.push_str(if target.starts_with("http") { "\" rel=\"external noopener" } else { "" });
            }
            Destination::Page(page, anchor) => {
                self.view.open_link(out, RecordIx::Page(*page));
                out.push_str("href=\"");
                out.push_str(&address::folder(self.view.reader.page_path(*page)));
                if let Some(anchor) = anchor {
                    out.push('#');
                    escape::html(out, anchor);
                }
            }
            Destination::Own(anchor) => {
                out.push_str("<a href=\"#");
                escape::html(out, anchor);
            }
            Destination::Media(path) => {
                out.push_str("<a href=\"");
                out.push_str(&address::file(&escape::percent_encoded(path)));
                if self.film_at(index).is_some() {
                    push_part(out, self.part_of(index));
                }
            }
            Destination::Root(path) => {
                out.push_str("<a href=\"");
                out.push_str(&address::rooted(path));
            }
            Destination::Broken => return self.open_unresolved(out, "span", "unresolved.address", target),
            Destination::Hidden(_) => return self.open_unresolved(out, "span", "unresolved.hidden", target),
        }
        self.title(out, index);
        out.push_str("\">");
    }

    /// The title after an address, as an attribute in a tag whose last attribute is still open.
    fn title(&self, out: &mut String, index: AddressIx) {
        let title = &self.linked.pieces.addresses[index].title;
        if !title.is_empty() {
            out.push_str("\" title=\"");
            escape::html(out, title);
        }
    }

    /// Opens a picture, up to its alternative text.
    pub(super) fn begin_picture(&mut self, out: &mut String, index: AddressIx) {
        self.in_picture = true;
        if let Some((path, medium)) = self.film_at(index) {
            self.view.open_film(out, path, medium, self.part_of(index));
            return;
        }
        let is_first = self.is_first_picture();
        match &self.linked.destinations[index] {
            Destination::Media(path) => self.view.open_picture(out, path, Place::Text, is_first),
            Destination::Root(path) => {
                out.push_str("<img loading=\"lazy\" src=\"");
                out.push_str(&address::rooted(path));
                out.push_str("\" alt=\"");
            }
            _ => {
                let target = &self.linked.pieces.addresses[index].target;
                self.open_unresolved(out, "span", "unresolved.address", target);
                escape::html(out, target);
                out.push_str("</span><img loading=\"lazy\" src=\"\" alt=\"");
            }
        }
    }

    /// The part of a file that an address names.
    fn part_of(&self, index: AddressIx) -> Option<&'m str> {
        self.linked.pieces.addresses[index].target.split_once('#').map(|(_, part)| part)
    }

    pub(super) fn end_picture(&mut self, out: &mut String, index: AddressIx) {
        self.in_picture = false;
        if let Some((path, medium)) = self.film_at(index) {
            return self.view.close_film(out, path, medium, self.in_figure);
        }
        // Below a picture that has a paragraph to itself, the caption is text.
        if !self.in_figure {
            self.title(out, index);
        }
        match &self.linked.destinations[index] {
            Destination::Media(path) => self.view.close_picture(out, path),
            _ => out.push_str("\">"),
        }
    }

    /// Writes a paragraph as a figure if it holds a picture and nothing else; returns whether it does.
    pub(super) fn figure_of(&mut self, out: &mut String, markdown: &'m Markdown, paragraph: OpIx) -> bool {
        let [_, inner @ .., _] = markdown.block(paragraph) else { return false };
        let (Some(Op::Open(Tag::Picture(index))), Some(Op::Close(Tag::Picture(last)))) = (inner.first(), inner.last())
        else {
            return false;
        };
        let is_shown = matches!(self.linked.destinations[*index], Destination::Media(_) | Destination::Root(_));
        if index != last || !is_shown {
            return false;
        }
        self.in_figure = true;
        let class = self.film_at(*index).map_or("", |(_, medium)| class_of(medium.kind));
        let space = if class.is_empty() { "" } else { " " };
        out.push_str(&format!("<figure class=\"picture{space}{class}\">"));
        self.run(out, markdown, inner);
        self.in_figure = false;
        let title = &self.linked.pieces.addresses[*index].title;
        if !title.is_empty() {
            out.push_str("<figcaption>");
            escape::html(out, title);
            out.push_str("</figcaption>");
        }
        out.push_str("</figure>\n");
        true
    }
}

/// The word for what a mention links to, in class names.
fn target_word(target: Link) -> &'static str {
    match target {
        Link::To(RecordIx::Page(_)) => "page",
        Link::To(RecordIx::Event(_)) => "event",
        Link::To(RecordIx::Entity(_)) => "entity",
        Link::To(RecordIx::Claim(_)) => "claim",
        Link::To(RecordIx::Term(_)) => "term",
        Link::To(RecordIx::Source(_)) => "source",
        Link::To(RecordIx::Author(_)) => "author",
        Link::Hidden(_) | Link::Unknown => "none",
    }
}
