//! Markdown texts as HTML.
//!
//! We write HTML from the flat operations rather than with the Markdown crate, because citations, mentions, footnotes
//! and alerts are our own.

mod links;
mod marks;

use super::View;
use super::citations::numbered::Numbering;
use super::plain_text::Gap;
use crate::base::escape;
use crate::model::{Destination, Linked, RecordIx};
use crate::syntax::indices::{AddressIx, BlockIx, ColumnIx, FootnoteIx, OpIx, TableIx};
use crate::syntax::markdown::{Alignment, Markdown, Op, Tag};
use crate::syntax::text::Text;

/// How one record's texts are written.
pub struct Writer<'v, 'm> {
    view: &'v View<'m>,
    linked: Linked<'m>,
    own: Option<RecordIx>,
    anchors: bool,
    numbering: Option<&'v mut Numbering>,
    /// The table being written, and whether we are in its header.
    table: (TableIx, bool),
    /// Whether a picture's alt text is being written, which has no markup.
    in_picture: bool,
    /// Whether the picture being written has a caption below it.
    in_figure: bool,
    /// The blank before a citation that is left out.
    gap: Gap,
}

/// A piece of a body.
pub enum Part {
    /// Finished HTML.
    Html(String),
    /// A block of the record.
    Block(BlockIx),
}

impl<'v, 'm> Writer<'v, 'm> {
    /// For a fragment that may appear on many pages: no anchors, and no sources.
    #[must_use]
    pub fn fragment(view: &'v View<'m>, linked: Linked<'m>) -> Self {
        Self {
            view,
            linked,
            own: None,
            anchors: false,
            numbering: None,
            table: (TableIx::new(0), false),
            in_picture: false,
            in_figure: false,
            gap: Gap::default(),
        }
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
            in_figure: false,
            gap: Gap::default(),
        }
    }

    /// For a record shown on another one's page, such as a claim in a section: its sources join that page's.
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
            in_figure: false,
            gap: Gap::default(),
        }
    }

    /// What everything is made from.
    pub(super) fn view(&self) -> &'v View<'m> {
        self.view
    }

    /// Where an address of the record leads.
    pub(super) fn destination(&self, at: AddressIx) -> &'m Destination {
        &self.linked.destinations[at]
    }

    /// Whether no picture came before on this page; from now on, one has.
    pub(super) fn is_first_picture(&mut self) -> bool {
        self.numbering.as_mut().is_some_and(|numbering| numbering.is_first_picture())
    }

    /// An inline text, its paragraphs one after the other.
    pub fn inline(&mut self, markdown: &'m Markdown) -> String {
        let mut paragraphs = self.paragraphs_of(markdown);
        if paragraphs.len() == 1 { paragraphs.swap_remove(0) } else { paragraphs.join(" ") }
    }

    fn paragraphs_of(&mut self, markdown: &'m Markdown) -> Vec<String> {
        let mut paragraphs = Vec::with_capacity(1);
        let mut out = String::with_capacity(markdown.characters().len() + 64);
        for op in &markdown.ops {
            match op {
                Op::Open(Tag::Paragraph) => {}
                Op::Close(Tag::Paragraph) => {
                    self.gap = Gap::default();
                    paragraphs.push(std::mem::take(&mut out));
                }
                op => self.op(&mut out, markdown, *op),
            }
        }
        self.gap = Gap::default();
        if !markdown.has_paragraphs() {
            paragraphs.push(out);
        }
        paragraphs
    }

    /// A field's text in the site's first language.
    pub fn text(&mut self, text: &Text) -> String {
        let markdown = self.linked.text(text, self.view.language());
        self.inline(markdown)
    }

    /// A field's paragraphs, for a page that has room for them.
    pub fn paragraphs(&mut self, text: &Text) -> Vec<String> {
        let markdown = self.linked.text(text, self.view.language());
        self.paragraphs_of(markdown)
    }

    /// The paragraphs of an optional field.
    pub fn maybe_paragraphs(&mut self, text: Option<&Text>) -> Vec<String> {
        text.map(|text| self.paragraphs(text)).unwrap_or_default()
    }

    /// An optional field.
    pub fn maybe(&mut self, text: Option<&Text>) -> Option<String> {
        text.map(|text| self.text(text))
    }

    /// A field's text without markup.
    #[must_use]
    pub fn plain(&self, text: &Text) -> String {
        let mut out = String::new();
        let markdown = self.linked.text(text, self.view.language());
        super::plain_text::plain(&mut out, self.view, self.linked, markdown);
        out
    }

    /// A body without blocks.
    pub fn whole_body(&mut self, markdown: &'m Markdown) -> String {
        let parts = self.body(markdown).into_iter();
        parts.map(|part| if let Part::Html(html) = part { html } else { String::new() }).collect()
    }

    /// A body, cut at its blocks.
    pub fn body(&mut self, markdown: &'m Markdown) -> Vec<Part> {
        let mut parts = Vec::new();
        let mut out = String::with_capacity(markdown.characters().len() * 2);
        let mut footnotes: Vec<(FootnoteIx, &[Op])> = Vec::new();
        let strays = self.view.strays(markdown.characters());
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
                // The language of a quotation isn't known.
                Op::Open(Tag::Quote) if strays && self.view.strays(&words(markdown, markdown.block(OpIx::new(at)))) => {
                    out.push_str("<blockquote dir=\"auto\">");
                }
                Op::Open(Tag::Paragraph) if self.figure_of(&mut out, markdown, OpIx::new(at)) => {
                    at += markdown.block(OpIx::new(at)).len() - 1;
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

    /// The texts of footnotes, with backlinks.
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
            Op::Cite(..) | Op::Close(_) => {}
            Op::Text(slice) | Op::Code(slice) => self.gap.before(out, markdown.str(slice)),
            Op::SoftBreak | Op::HardBreak => self.gap = Gap::default(),
            _ => self.gap.before(out, ""),
        }
        match op {
            Op::Open(tag) => self.open(out, markdown, tag),
            Op::Close(tag) => self.close(out, markdown, tag),
            // Sites can't allow raw HTML yet. The parser produces none, and if it did, it would stay text.
            Op::Text(slice) => escape::content(out, markdown.str(slice)),
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
                match self.view.title_in_text(self.linked.targets[index]) {
                    Some(title) if self.view.strays(title) => {
                        out.push_str("<bdi>");
                        escape::html(out, title);
                        out.push_str("</bdi>");
                    }
                    Some(title) => escape::content(out, title),
                    None => escape::html(out, &self.linked.pieces.pointers[index].id),
                }
                self.close_mention(out, index);
            }
            Op::Cite(first, count) => self.cite(out, first, count),
            Op::FootnoteMark(index, is_first) => {
                let number = index.position() + 1;
                // The backlink leads to the first mark.
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
                let heading = &markdown.parts().headings[index];
                out.push_str(&format!("<h{} id=\"{}\">", heading_level(heading.level), heading.anchor));
            }
            Tag::Quote => out.push_str("<blockquote>"),
            Tag::Alert(kind, has_title) => {
                let kind = kind.word();
                out.push_str(&format!("<div class=\"alert alert-{kind}\" role=\"note\">"));
                if !has_title {
                    out.push_str("<p class=\"alert-title\">");
                    escape::html(out, self.view.words.get(&format!("alert.{kind}")));
                    out.push_str("</p>");
                }
            }
            Tag::AlertTitle => out.push_str("<p class=\"alert-title\">"),
            Tag::CodeBlock(index) => begin_code(out, markdown.str(markdown.parts().languages[index])),
            Tag::List => out.push_str("<ul>"),
            Tag::NumberedList(1) => out.push_str("<ol>"),
            Tag::NumberedList(first) => out.push_str(&format!("<ol start=\"{first}\">")),
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
            Tag::Keyboard => out.push_str("<kbd>"),
            Tag::Highlight => out.push_str("<mark>"),
            Tag::Isolated => out.push_str("<bdi>"),
            Tag::Abbreviation(index) => {
                out.push_str("<abbr title=\"");
                escape::html(out, &markdown.parts().abbreviations[index]);
                out.push_str("\">");
            }
            Tag::Mention(index) => self.mention(out, index),
            Tag::Link(index) => self.link(out, index),
            Tag::Picture(index) => self.begin_picture(out, index),
        }
    }

    fn close(&mut self, out: &mut String, markdown: &Markdown, tag: Tag) {
        match tag {
            Tag::Paragraph | Tag::AlertTitle => out.push_str("</p>\n"),
            Tag::Heading(index) => {
                let level = heading_level(markdown.parts().headings[index].level);
                out.push_str(&format!("</h{level}>\n"));
            }
            Tag::Quote => out.push_str("</blockquote>\n"),
            Tag::Alert(..) => out.push_str("</div>\n"),
            Tag::CodeBlock(_) => out.push_str("</code></pre>\n"),
            Tag::List => out.push_str("</ul>\n"),
            Tag::NumberedList(_) => out.push_str("</ol>\n"),
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
            Tag::Keyboard => out.push_str("</kbd>"),
            Tag::Highlight => out.push_str("</mark>"),
            Tag::Isolated => out.push_str("</bdi>"),
            Tag::Abbreviation(_) => out.push_str("</abbr>"),
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
        let alignment = markdown.parts().tables[self.table.0].get(column).copied();
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
}

/// The text of some operations, one after the other.
fn words(markdown: &Markdown, ops: &[Op]) -> String {
    let slices = ops.iter().filter_map(|op| match op {
        Op::Text(slice) => Some(markdown.str(*slice)),
        _ => None,
    });
    slices.collect()
}

fn begin_code(out: &mut String, language: &str) {
    out.push_str("<pre tabindex=\"0\"><code");
    if !language.is_empty() {
        out.push_str(" class=\"language-");
        escape::html(out, language);
        out.push('"');
    }
    out.push('>');
}

/// The page's title is its only first-level heading.
#[must_use]
pub fn heading_level(level: u8) -> u8 {
    level.clamp(2, 6)
}
