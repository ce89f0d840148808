//! Markdown texts as HTML.
//!
//! The HTML is written over the flat operations rather than by the Markdown crate, because citations, mentions, footnotes
//! and alerts are ours to write.

use super::View;
use super::citations::numbered::Numbering;
use crate::base::{Ix as _, escape};
use crate::model::{Destination, Link, Linked, RecordIx, address};
use crate::syntax::indices::{AddressIx, BlockIx, CitationIx, ColumnIx, FootnoteIx, OpIx, PointerIx, TableIx};
use crate::syntax::kinds::common::SourceRef;
use crate::syntax::markdown::{Alignment, Markdown, Op, Tag};
use crate::syntax::pieces::RefLocation;
use crate::syntax::text::Text;

/// How one record's texts are written.
pub struct Writer<'v, 'm> {
    view: &'v View<'m>,
    linked: Linked<'m>,
    own: Option<RecordIx>,
    anchors: bool,
    numbering: Option<&'v mut Numbering>,
    /// The table that is being written, and whether its head is.
    table: (TableIx, bool),
    /// Whether a picture's alternative text is being written, which has no markup.
    in_picture: bool,
}

/// A piece of a body.
pub enum Part {
    /// Finished HTML.
    Html(String),
    /// A block of the record.
    Block(BlockIx),
}

impl<'v, 'm> Writer<'v, 'm> {
    /// For a fragment that may stand on many pages: no anchors, and sources are left out.
    #[must_use]
    pub fn fragment(view: &'v View<'m>, linked: Linked<'m>) -> Self {
        Self { view, linked, own: None, anchors: false, numbering: None, table: (TableIx::new(0), false), in_picture: false }
    }

    /// For the page of `own`, whose sources are numbered.
    #[must_use]
    pub fn page(view: &'v View<'m>, own: RecordIx, numbering: &'v mut Numbering) -> Self {
        let linked = view.reader.linked(own);
        let anchors = matches!(own, RecordIx::Page(_));
        Self {
            view,
            linked,
            own: Some(own),
            anchors,
            numbering: Some(numbering),
            table: (TableIx::new(0), false),
            in_picture: false,
        }
    }

    /// For a record shown on another one's page, such as a claim in a section: its sources count among that page's.
    #[must_use]
    pub fn guest(view: &'v View<'m>, guest: RecordIx, host: RecordIx, numbering: &'v mut Numbering) -> Self {
        let linked = view.reader.linked(guest);
        Self {
            view,
            linked,
            own: Some(host),
            anchors: false,
            numbering: Some(numbering),
            table: (TableIx::new(0), false),
            in_picture: false,
        }
    }

    /// An inline text.
    pub fn inline(&mut self, markdown: &'m Markdown) -> String {
        let mut out = String::with_capacity(markdown.characters().len() + 64);
        self.run(&mut out, markdown, &markdown.ops);
        out
    }

    /// A field's text in the site's first language.
    pub fn text(&mut self, text: &Text) -> String {
        let markdown = self.linked.text(text, self.view.language());
        self.inline(markdown)
    }

    /// A field that may be absent.
    pub fn maybe(&mut self, text: Option<&Text>) -> Option<String> {
        text.map(|text| self.text(text))
    }

    /// A field's words without markup.
    #[must_use]
    pub fn plain(&self, text: &Text) -> String {
        let mut out = String::new();
        let markdown = self.linked.text(text, self.view.language());
        super::plain_text::plain(&mut out, self.view, self.linked, markdown);
        out
    }

    /// The marks of a list of sources, as they would stand behind a sentence.
    pub fn marks(&mut self, sources: &[SourceRef]) -> String {
        let mut out = String::new();
        for source in sources {
            self.cite(&mut out, source.0, 1);
        }
        out
    }

    /// A body, cut at its blocks.
    pub fn body(&mut self, markdown: &'m Markdown) -> Vec<Part> {
        let mut parts = Vec::new();
        let mut out = String::with_capacity(markdown.characters().len() * 2);
        let mut footnotes: Vec<(FootnoteIx, &[Op])> = Vec::new();
        let mut at = 0;
        while at < markdown.ops.len() {
            match markdown.ops[at] {
                Op::Block(block) => {
                    parts.push(Part::Html(std::mem::take(&mut out)));
                    parts.push(Part::Block(block));
                }
                Op::Open(Tag::Footnote(index)) => {
                    let whole = markdown.block(OpIx::new(at));
                    footnotes.push((index, &whole[1..whole.len().saturating_sub(1).max(1)]));
                    at += whole.len() - 1;
                }
                op => self.op(&mut out, markdown, op),
            }
            at += 1;
        }
        self.footnotes(&mut out, markdown, footnotes);
        parts.push(Part::Html(out));
        parts.retain(|part| !matches!(part, Part::Html(html) if html.is_empty()));
        parts
    }

    fn run(&mut self, out: &mut String, markdown: &'m Markdown, ops: &[Op]) {
        for op in ops {
            self.op(out, markdown, *op);
        }
    }

    /// The texts of footnotes, with ways back.
    fn footnotes(&mut self, out: &mut String, markdown: &'m Markdown, mut footnotes: Vec<(FootnoteIx, &[Op])>) {
        if footnotes.is_empty() {
            return;
        }
        footnotes.sort_by_key(|(index, _)| *index);
        out.push_str("<section class=\"footnotes\" aria-label=\"");
        escape::html(out, self.view.words.get("ui.footnotes"));
        out.push_str("\"><ol>");
        for (index, ops) in footnotes {
            let number = index.position() + 1;
            out.push_str(&format!("<li id=\"fn--{number}\" value=\"{number}\">"));
            self.run(out, markdown, ops);
            out.push_str(&format!(" <a class=\"back\" href=\"#fnref--{number}\" aria-label=\""));
            escape::html(out, self.view.words.get("ui.back-to-text"));
            out.push_str("\">↩</a></li>");
        }
        out.push_str("</ol></section>");
    }

    fn op(&mut self, out: &mut String, markdown: &'m Markdown, op: Op) {
        if self.in_picture {
            match op {
                Op::Text(slice) | Op::Code(slice) => escape::html(out, markdown.str(slice)),
                Op::SoftBreak | Op::HardBreak => out.push(' '),
                Op::Close(Tag::Picture(index)) => self.end_picture(out, index),
                _ => {}
            }
            return;
        }
        match op {
            Op::Open(tag) => self.open(out, markdown, tag),
            Op::Close(tag) => self.close(out, markdown, tag),
            // Sites can't allow raw HTML yet; nothing is parsed into it, and if it were it would stay text.
            Op::Text(slice) => escape::html(out, markdown.str(slice)),
            Op::Code(slice) => {
                out.push_str("<code>");
                escape::html(out, markdown.str(slice));
                out.push_str("</code>");
            }
            Op::SoftBreak => out.push('\n'),
            Op::HardBreak => out.push_str("<br>"),
            Op::Rule => out.push_str("<hr>"),
            Op::Task(done) => out.push_str(if done { "☑ " } else { "☐ " }),
            Op::Mention(index) => {
                self.mention(out, index);
                match self.view.plain_title(self.linked.targets[index]) {
                    Some(title) => escape::html(out, title),
                    None => escape::html(out, &self.linked.pieces.pointers[index].id),
                }
                self.close_mention(out, index);
            }
            Op::Cite(first, count) => self.cite(out, first, count),
            Op::FootnoteMark(index, is_first) => {
                let number = index.position() + 1;
                // The way back leads to the first mark.
                let id = if is_first { format!(" id=\"fnref--{number}\"") } else { String::new() };
                out.push_str(&format!("<sup class=\"footnote\"><a{id} href=\"#fn--{number}\">{number}</a></sup>"));
            }
            // Bodies are cut at their blocks before this; inline texts have none.
            Op::Block(_) => {}
        }
    }

    fn open(&mut self, out: &mut String, markdown: &'m Markdown, tag: Tag) {
        match tag {
            Tag::Paragraph => out.push_str("<p>"),
            Tag::Heading(index) => {
                let heading = &markdown.headings[index];
                out.push_str(&format!("<h{} id=\"{}\">", heading_level(heading.level), heading.anchor));
            }
            Tag::Quote => out.push_str("<blockquote>"),
            Tag::Alert(kind) => {
                let kind = kind.word();
                out.push_str(&format!("<div class=\"alert alert-{kind}\" role=\"note\"><p class=\"alert-title\">"));
                escape::html(out, self.view.words.get(&format!("alert.{kind}")));
                out.push_str("</p>");
            }
            Tag::CodeBlock(language) => {
                out.push_str("<pre tabindex=\"0\"><code");
                let language = markdown.str(language);
                if !language.is_empty() {
                    out.push_str(" class=\"language-");
                    escape::html(out, language);
                    out.push('"');
                }
                out.push('>');
            }
            Tag::List(None) => out.push_str("<ul>"),
            Tag::List(Some(1)) => out.push_str("<ol>"),
            Tag::List(Some(first)) => out.push_str(&format!("<ol start=\"{first}\">")),
            Tag::Item => out.push_str("<li>"),
            Tag::Footnote(_) => {}
            Tag::DefinitionList => out.push_str("<dl>"),
            Tag::DefinitionTerm => out.push_str("<dt>"),
            Tag::Definition => out.push_str("<dd>"),
            Tag::Table(index) => {
                self.table = (index, false);
                out.push_str("<div class=\"table\" tabindex=\"0\"><table>");
            }
            Tag::TableHead => {
                self.table.1 = true;
                out.push_str("<thead><tr>");
            }
            Tag::TableRow => out.push_str("<tr>"),
            Tag::TableCell(column) => self.cell(out, markdown, column),
            Tag::Emphasis => out.push_str("<em>"),
            Tag::Strong => out.push_str("<strong>"),
            Tag::Strikethrough => out.push_str("<del>"),
            Tag::Superscript => out.push_str("<sup>"),
            Tag::Subscript => out.push_str("<sub>"),
            Tag::Mention(index) => self.mention(out, index),
            Tag::Link(index) => self.link(out, index),
            Tag::Picture(index) => self.begin_picture(out, index),
        }
    }

    fn close(&mut self, out: &mut String, markdown: &Markdown, tag: Tag) {
        match tag {
            Tag::Paragraph => out.push_str("</p>\n"),
            Tag::Heading(index) => {
                let level = heading_level(markdown.headings[index].level);
                out.push_str(&format!("</h{level}>\n"));
            }
            Tag::Quote => out.push_str("</blockquote>\n"),
            Tag::Alert(_) => out.push_str("</div>\n"),
            Tag::CodeBlock(_) => out.push_str("</code></pre>\n"),
            Tag::List(None) => out.push_str("</ul>\n"),
            Tag::List(Some(_)) => out.push_str("</ol>\n"),
            Tag::Item => out.push_str("</li>\n"),
            Tag::Footnote(_) => {}
            Tag::DefinitionList => out.push_str("</dl>\n"),
            Tag::DefinitionTerm => out.push_str("</dt>"),
            Tag::Definition => out.push_str("</dd>\n"),
            Tag::Table(_) => out.push_str("</tbody></table></div>\n"),
            Tag::TableHead => {
                self.table.1 = false;
                out.push_str("</tr></thead><tbody>");
            }
            Tag::TableRow => out.push_str("</tr>\n"),
            Tag::TableCell(_) => out.push_str(if self.table.1 { "</th>" } else { "</td>" }),
            Tag::Emphasis => out.push_str("</em>"),
            Tag::Strong => out.push_str("</strong>"),
            Tag::Strikethrough => out.push_str("</del>"),
            Tag::Superscript => out.push_str("</sup>"),
            Tag::Subscript => out.push_str("</sub>"),
            Tag::Mention(index) => self.close_mention(out, index),
            Tag::Link(index) => match self.linked.destinations[index] {
                Destination::Broken | Destination::Hidden(_) => out.push_str("</span>"),
                Destination::Page(page, _) => self.view.close_link(out, RecordIx::Page(page)),
                _ => out.push_str("</a>"),
            },
            Tag::Picture(_) => {}
        }
    }

    fn cell(&self, out: &mut String, markdown: &Markdown, column: ColumnIx) {
        let alignment = markdown.tables[self.table.0].get(column).copied();
        let class = match alignment.unwrap_or(Alignment::Natural) {
            Alignment::Natural => "",
            Alignment::Left => " class=\"left\"",
            Alignment::Center => " class=\"center\"",
            Alignment::Right => " class=\"right\"",
        };
        out.push_str(if self.table.1 { "<th scope=\"col\"" } else { "<td" });
        out.push_str(class);
        out.push('>');
    }

    /// Marks what leads nowhere, with what it was to lead to.
    fn open_unresolved(&self, out: &mut String, tag: &str, word: &str, id: &str) {
        out.push('<');
        out.push_str(tag);
        out.push_str(" class=\"unresolved\" title=\"");
        escape::html(out, &self.view.words.fill(word, &[("id", id)]));
        out.push_str("\">");
    }

    fn close_mention(&self, out: &mut String, index: PointerIx) {
        match self.linked.targets[index].record() {
            Some(owner) => self.view.close_link(out, owner),
            None => out.push_str("</span>"),
        }
    }

    /// Opens the link to a record, or marks what leads nowhere.
    fn mention(&self, out: &mut String, index: PointerIx) {
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
        let on_this_page =
            matches!((target, self.own), (Link::To(RecordIx::Page(page)), Some(RecordIx::Page(own))) if page == own);
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

    fn link(&self, out: &mut String, index: AddressIx) {
        let target = &self.linked.pieces.addresses[index].target;
        match &self.linked.destinations[index] {
            Destination::External => {
                out.push_str("<a href=\"");
                escape::html(out, target);
                out.push_str(if target.starts_with("http") { "\" rel=\"external noopener\">" } else { "\">" });
            }
            Destination::Page(page, anchor) => {
                self.view.open_link(out, RecordIx::Page(*page));
                out.push_str("href=\"");
                out.push_str(&address::folder(self.view.reader.page_path(*page)));
                if let Some(anchor) = anchor {
                    out.push('#');
                    escape::html(out, anchor);
                }
                out.push_str("\">");
            }
            Destination::Own(anchor) => {
                out.push_str("<a href=\"#");
                escape::html(out, anchor);
                out.push_str("\">");
            }
            Destination::Media(path) => {
                out.push_str("<a href=\"");
                out.push_str(&address::file(&escape::percent_encoded(path)));
                out.push_str("\">");
            }
            Destination::Root(path) => {
                out.push_str("<a href=\"");
                out.push_str(&address::rooted(path));
                out.push_str("\">");
            }
            Destination::Broken => self.open_unresolved(out, "span", "unresolved.address", target),
            Destination::Hidden(_) => self.open_unresolved(out, "span", "unresolved.hidden", target),
        }
    }

    fn begin_picture(&mut self, out: &mut String, index: AddressIx) {
        let src = match &self.linked.destinations[index] {
            Destination::Media(path) => address::file(&escape::percent_encoded(path)),
            Destination::Root(path) => address::rooted(path),
            _ => {
                let target = &self.linked.pieces.addresses[index].target;
                self.open_unresolved(out, "span", "unresolved.address", target);
                escape::html(out, target);
                out.push_str("</span>");
                String::new()
            }
        };
        out.push_str("<img loading=\"lazy\" src=\"");
        out.push_str(&src);
        out.push_str("\" alt=\"");
        self.in_picture = true;
    }

    fn end_picture(&mut self, out: &mut String, index: AddressIx) {
        self.in_picture = false;
        let title = &self.linked.pieces.addresses[index].title;
        if !title.is_empty() {
            out.push_str("\" title=\"");
            escape::html(out, title);
        }
        out.push_str("\">");
    }

    /// Small numbers that lead to the page's sources, with names that a screen reader can say.
    fn cite(&mut self, out: &mut String, first: CitationIx, count: u32) {
        let Some(numbering) = self.numbering.as_deref_mut() else {
            return;
        };
        for index in first.run(count) {
            let citation = &self.linked.pieces.citations[index];
            let source = match self.linked.cited[index] {
                Link::To(RecordIx::Source(source)) => source,
                unresolved => {
                    let is_hidden = matches!(unresolved, Link::Hidden(_));
                    let word = if is_hidden { "unresolved.hidden" } else { "unresolved.source" };
                    out.push_str("<sup class=\"cite unresolved\" title=\"");
                    escape::html(out, &self.view.words.fill(word, &[("id", &citation.key)]));
                    out.push_str("\">");
                    escape::html(out, &citation.key);
                    out.push_str("</sup>");
                    continue;
                }
            };
            let mark = numbering.cite(self.view, source);
            let number = mark.number.to_string();
            join_marks(out);
            if !citation.prefix.is_empty() {
                escape::html(out, &citation.prefix);
                out.push(' ');
            }
            self.view.open_link(out, RecordIx::Source(source));
            out.push_str("id=\"");
            out.push_str(&mark.anchor);
            out.push_str("\" href=\"#");
            out.push_str(&mark.source);
            out.push_str("\" aria-label=\"");
            let name = self.view.shown_source_name(source);
            escape::html(out, &self.view.words.fill("phrase.source-number", &[("number", &number), ("name", &name)]));
            out.push_str("\">");
            out.push_str(&number);
            out.push_str("</a>");
            if !citation.locator.is_empty() {
                out.push_str(", ");
                escape::html(out, &citation.locator);
            }
            out.push_str("</sup>");
        }
    }
}

/// Begins a citation's mark, or goes on with the one just ended, so that 1 and 2 side by side don't read 12.
fn join_marks(out: &mut String) {
    const BEGIN: &str = "<sup class=\"cite\">";
    const END: &str = "</sup>";
    let last = out.strip_suffix(END).and_then(|before| before.rfind("<sup").filter(|at| before[*at..].starts_with(BEGIN)));
    let Some(last) = last else {
        out.push_str(BEGIN);
        return;
    };
    out.truncate(out.len() - END.len());
    // Behind a page number a comma would go on with the pages.
    out.push_str(if out[last..].ends_with("</a>") { ", " } else { "; " });
}

/// The page's title is its only heading of the first level.
#[must_use]
pub fn heading_level(level: u8) -> u8 {
    level.clamp(2, 6)
}

/// The word for what a mention leads to, in class names.
fn target_word(target: Link) -> &'static str {
    match target {
        Link::To(RecordIx::Page(_)) => "page",
        Link::To(RecordIx::Event(_)) => "event",
        Link::To(RecordIx::Entity(_)) => "entity",
        Link::To(RecordIx::Claim(_)) => "claim",
        Link::To(RecordIx::Term(_)) => "term",
        Link::To(RecordIx::Source(_)) => "source",
        Link::Hidden(_) | Link::Unknown => "none",
    }
}

impl Writer<'_, '_> {
    /// A link to the entity that a party's pointer names; `None` if it names none.
    pub(super) fn party_link(&self, index: PointerIx) -> Option<String> {
        let link = self.view.record_link(self.linked.targets[index].record()?);
        let mut out = String::from("<a class=\"ref ref-entity\" href=\"");
        out.push_str(&link.url);
        out.push_str("\">");
        out.push_str(&link.title_html);
        out.push_str("</a>");
        Some(out)
    }

    /// The marks of those sources in a list that the page has no number for yet.
    pub(super) fn unnumbered_marks(&mut self, sources: &[SourceRef]) -> String {
        let is_new = |source: &&SourceRef| match (self.linked.cited[source.0], &self.numbering) {
            (Link::To(RecordIx::Source(source)), Some(numbering)) => !numbering.has(source),
            _ => false,
        };
        let new: Vec<SourceRef> = sources.iter().filter(is_new).copied().collect();
        self.marks(&new)
    }
}
