//! For people at a terminal, in rustc's style: the line, a caret below it, and how to fix it.

use std::collections::BTreeMap;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::Texts;
use crate::base::{FileId, LineIndex, Span};
use crate::diagnostics::{Code, Diagnostic, Severity};

/// How many errors and warnings are shown. The rest is only counted.
const SHOWN: usize = 200;

/// How many infos of one code are shown. They are hints, of which a sound site may have hundreds.
const HINTS: usize = 3;

/// The longest excerpt of a line. A ten-megabyte section on a single line must not flood the terminal.
const WIDEST: usize = 400;

/// Renders `diagnostics`, most of them with the line that they are about. `color` turns terminal colors on.
#[must_use]
pub fn render(diagnostics: &[Diagnostic], texts: &dyn Texts, color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii);
    let mut indices: BTreeMap<FileId, LineIndex> = BTreeMap::new();
    let mut out = String::new();
    let mut hints: BTreeMap<Code, usize> = BTreeMap::new();
    let is_shown = |diagnostic: &&Diagnostic| {
        let count = (diagnostic.severity == Severity::Info).then(|| hints.entry(diagnostic.code).or_default());
        count.is_none_or(|count| {
            *count += 1;
            *count <= HINTS
        })
    };
    let shown: Vec<&Diagnostic> = diagnostics.iter().filter(is_shown).collect();
    for diagnostic in shown.iter().take(SHOWN) {
        let one = one(diagnostic, texts, &renderer, &mut indices);
        // The renderer replaces most control characters; these are terminal commands too.
        out.extend(one.chars().map(|c| if matches!(c, '\u{80}'..='\u{9f}') { '\u{fffd}' } else { c }));
        out.push_str("\n\n");
    }
    if shown.len() > SHOWN {
        out.push_str(&format!("… and {} more\n\n", shown.len() - SHOWN));
    }
    let more: Vec<_> = hints.into_iter().filter(|(_, count)| *count > HINTS).collect();
    for (code, count) in &more {
        out.push_str(&format!("… and {} more of info[{code}]\n", count - HINTS));
    }
    if !more.is_empty() {
        out.push_str("`backgrounder check --format short` lists them all\n\n");
    }
    out
}

fn one(
    diagnostic: &Diagnostic,
    texts: &dyn Texts,
    renderer: &Renderer,
    indices: &mut BTreeMap<FileId, LineIndex>,
) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let mut group = Group::with_title(level.primary_title(&diagnostic.message).id(diagnostic.code.0));
    // The windows must outlive the group that borrows them.
    let mut windows = Vec::new();
    if let Some(span) = diagnostic.span {
        windows.push((window(span, texts, indices), AnnotationKind::Primary, None));
    }
    for label in &diagnostic.labels {
        windows.push((window(label.span, texts, indices), AnnotationKind::Context, Some(label.message.as_str())));
    }
    for (window, kind, label) in &windows {
        let mut annotation = kind.span(window.range.clone());
        if let Some(label) = label {
            annotation = annotation.label(*label);
        }
        let snippet = Snippet::source(window.text).path(window.path).line_start(window.line).annotation(annotation);
        group = group.element(snippet);
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help));
    }
    let mut out = renderer.render(&[group]);
    for (window, ..) in &windows {
        if let Some((shown, real)) = window.columns {
            let at = |column: usize| format!("{}:{}:{column}", window.path, window.line);
            out = out.replacen(&at(shown), &at(real), 1);
        }
    }
    out
}

/// The lines around a position, cut out of a text that may be long.
struct Window<'a> {
    path: &'a str,
    text: &'a str,
    line: usize,
    range: std::ops::Range<usize>,
    /// If the line is cut at its beginning: the column in the excerpt, and the column in the file.
    columns: Option<(usize, usize)>,
}

fn window<'a>(span: Span, texts: &'a dyn Texts, indices: &mut BTreeMap<FileId, LineIndex>) -> Window<'a> {
    let text = texts.text(span.file);
    let index = indices.entry(span.file).or_insert_with(|| LineIndex::new(text));
    let bytes = span.range.bytes();
    let start = floor(text, bytes.start);
    let end = floor(text, bytes.end.min(start + WIDEST)).max(start);
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let from = if start - line_start > WIDEST { floor(text, start - WIDEST / 4) } else { line_start };
    // Columns don't count a byte-order mark, so the excerpt leaves it out.
    let from = if from == 0 && text.starts_with('\u{feff}') { 3.min(start) } else { from };
    let line_end = text[end..].find('\n').map_or(text.len(), |at| end + at);
    let to = floor(text, line_end.min(end + WIDEST));
    let (line, column) = index.line_column(text, start as u32);
    let columns = (from > line_start).then(|| (text[from..start].chars().count() + 1, column));
    let columns = columns.filter(|(shown, real)| shown != real);
    let end = if end == start { text[start..to].chars().next().map_or(start, |c| start + c.len_utf8()) } else { end };
    Window { path: texts.path(span.file), text: &text[from..to], line, range: start - from..end - from, columns }
}

/// The nearest character boundary at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
