//! See [`StrayMarkup`].

mod blocks;
mod brackets;
mod emphasis;
mod marks;
mod other_tools;
mod tags;

use super::LocalContext;
use super::reading::{Reading, Texts, each_texts};
use super::rule::{Report, Scope, rule};
use crate::base::TextRange;
use crate::model::RecordIx;
use crate::syntax::pieces::{Prose, TextField};
use marks::{Found, Words};

rule! {
    /// Readers would see markup that has no effect: `**bold **`, `[text] (address)`, `##Heading`, `{% tag %}`.
    ///
    /// Markdown prints whatever it does not understand. A space in the wrong place is enough, and so is the markup of other
    /// tools: shortcodes, `==marked==`, notes in `^[…]`, HTML tags, bullets from a word processor. A fence named `timelines`
    /// shows the lines of the block as code, `[herald]` cites nothing, and `[mayor-smith]` is no link. A link's title is plain
    /// text: `[[id]]` in one leads nowhere.
    ///
    /// The rule looks at the words of every text as readers see them, and each finding says what to write instead. It skips
    /// code, and anything after a backslash: `\*\*` means two asterisks. The one exception is `\[\[id\]\]`, because some
    /// editors add such backslashes to pasted text.
    ///
    /// These work: `<br>`, `<sub>`, `<sup>`, `<kbd>`, `<mark>`, `<bdi>` and `<abbr title="words">`; bare addresses, which
    /// become links; and `> [!NOTE] Title`, an alert with a title.
    ///
    /// Write what the help says. If you mean the signs, put a backslash before the first, or put them in backticks.
    ///
    /// ```markdown
    /// **It shut in March. **                write **It shut in March.**
    /// [the report] (https://a.example)      write [the report](https://a.example)
    /// It shut.[@herald, @courier]           write It shut.[@herald; @courier]
    /// ```
    StrayMarkup: STRAY_MARKUP, Warning, Scope::Local(check)
}

fn check(site: &LocalContext<'_>, owner: RecordIx, report: &mut Report) {
    each_texts(site.reader, owner, |texts| {
        let file = site.tree.file(texts.origin.file);
        let text = Looked { site, texts, file: &file.text };
        for prose in &texts.pieces.proses {
            text.blocks(prose, report);
            // Nearly every text ends here: most have none of the signs that markup is made of.
            if marks::may_hold(prose.markdown.characters()) {
                text.words(prose, report);
            }
        }
        text.titles(report);
        text.pointers(report);
    });
}

/// The texts of a record while they are checked.
struct Looked<'l, 'm> {
    site: &'l LocalContext<'l>,
    texts: &'l Texts<'m>,
    /// The file that contains them.
    file: &'l str,
}

impl Looked<'_, '_> {
    /// What the author typed in a range of the record.
    fn written(&self, range: TextRange) -> &str {
        self.file.get(self.texts.origin.span(range).range.bytes()).unwrap_or_default()
    }

    fn add(&self, range: TextRange, message: String, help: String, report: &mut Report) {
        report.add(self.texts.origin.span(range), message).help = Some(help);
    }

    /// Markup among the words of a text.
    fn words(&self, prose: &Prose, report: &mut Report) {
        let reading = Reading::of(&prose.markdown);
        let text = reading.without_code();
        // The file before and after a byte; empty if that can't be told.
        let typed = |at: usize| {
            let range = reading.place(&(at..at + 1));
            let start = self.texts.origin.span(range).range.bytes().start;
            self.file.split_at_checked(start).filter(|_| range != prose.range)
        };
        let is_typed = |at: usize| {
            let Some((before, behind)) = typed(at) else { return true };
            let backslashes = before.bytes().rev().take_while(|byte| *byte == b'\\').count();
            backslashes % 2 == 0 && behind.as_bytes().first() == text.as_bytes().get(at)
        };
        let written = |range: &std::ops::Range<usize>| self.written(reading.place(range)).to_owned();
        let has_record = |id: &str| self.site.reader.has_record(id);
        let has_source = |key: &str| self.site.reader.has_source(key);
        let words = Words {
            text: &text,
            is_body: prose.field == TextField::Body,
            is_typed: &is_typed,
            typed_before: &|at| typed(at)?.0.chars().next_back(),
            written: &written,
            has_source: &has_source,
            has_record: &has_record,
        };
        for Found { range, message, help } in marks::find(&words) {
            self.add(reading.place(&range), message, help, report);
        }
    }
}
