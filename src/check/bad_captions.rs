//! See [`BadCaptions`].

use super::CheckContext;
use super::rule::{Report, Scope, rule};
use crate::base::{Span, TextRange};
use crate::media::captions;

rule! {
    /// The captions beside a film are not in `WebVTT`, or a part of them can't be read.
    ///
    /// Browsers skip what they can't read and say nothing about it, so readers who need the captions miss a sentence, or all of
    /// them. Captions in `SubRip` (`.srt`) that were only renamed are skipped altogether.
    ///
    /// The file begins with `WEBVTT`, and each caption has a line with the times between which it is shown, with a point before
    /// the thousandths of a second. Captions are in the order of their beginnings.
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
        let Some(captions) = site.media.companions(path).and_then(|beside| beside.captions.as_ref()) else { continue };
        let Some(file) = site.tree.data.get(&format!("{}/{captions}", site.tree.content)) else { continue };
        for fault in captions::faults(&site.tree.file(*file).text, medium.seconds) {
            let range = TextRange::new(fault.range.start, fault.range.end);
            report.add(Span { file: *file, range }, fault.message).help = fault.help;
        }
    }
}
