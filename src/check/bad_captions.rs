//! See [`BadCaptions`].

use super::CheckContext;
use super::rule::{Report, Scope, rule};
use crate::base::{Span, TextRange};
use crate::language::tag;
use crate::media::{Captions, captions};

rule! {
    /// The captions beside a film are not in `WebVTT`, or a part of them can't be read.
    ///
    /// Browsers skip what they can't read and say nothing about it, so readers who need the captions miss a sentence, or all of
    /// them. Captions in `SubRip` (`.srt`) that were only renamed are skipped altogether.
    ///
    /// The file begins with `WEBVTT`, and each caption has a line with the times between which it is shown, with a point before
    /// the thousandths of a second. Captions are in the order of their beginnings. What their file's name says before the ending
    /// is their language, as a tag: `hearing.es.vtt`.
    ///
    /// ```text
    /// WEBVTT
    ///
    /// 00:01,000 --> 00:04,000        write 00:01.000 --> 00:04.000
    /// Good evening.
    /// ```
    BadCaptions: BAD_CAPTIONS, Error, Scope::Global(check)
}

fn check(site: &CheckContext<'_>, report: &mut Report) {
    for (path, medium) in site.media.iter() {
        for Captions { language, path } in site.media.companions(path).into_iter().flat_map(|beside| &beside.captions) {
            let Some(file) = site.tree.data.get(&format!("{}/{path}", site.tree.content)) else { continue };
            if let Some((language, help)) =
                language.as_ref().and_then(|language| Some((language, tag::instead_of(language)?)))
            {
                let message = format!("in the name of these captions, `{language}` is not a language tag");
                report.add(Span { file: *file, range: TextRange::default() }, message).help = Some(help);
            }
            for fault in captions::faults(&site.tree.file(*file).text, medium.seconds) {
                let range = TextRange::new(fault.range.start, fault.range.end);
                report.add(Span { file: *file, range }, fault.message).help = fault.help;
            }
        }
    }
}
