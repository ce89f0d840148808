//! Finds texts that take more room than there is for them, for rules about headlines and summaries.

use super::LocalContext;
use super::reading::Reading;
use super::rule::Report;
use crate::language::length::room;
use crate::model::{RecordIx, Role};
use crate::syntax::Record;
use crate::syntax::kinds::page::{FrontMatter, Page};
use crate::syntax::text::Text;

/// Reports each language's version of a text that takes more than `most` characters, with the message that `tell` makes of
/// “111 characters long”.
pub(super) fn look<T>(
    record: &Record<T>,
    text: Option<&Text>,
    most: usize,
    help: &str,
    tell: impl Fn(&str) -> String,
    report: &mut Report,
) {
    for at in text.iter().flat_map(|text| &text.variants) {
        let prose = &record.pieces.proses[*at];
        let markdown = &prose.markdown;
        // No character has more room than bytes, and operations add one at most.
        if markdown.characters().len() + markdown.ops.len() <= most {
            continue;
        }
        let words = Reading::of(markdown).text;
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let taken = room(&words);
        if taken > most {
            let is_wide = taken > words.chars().count();
            let long = if is_wide { format!("as wide as {taken} letters") } else { format!("{taken} characters long") };
            report.add(record.span(prose.range), tell(&long)).help = Some(help.to_owned());
        }
    }
}

/// Calls `each` with a page in each of its languages, if it is one that readers share.
pub(super) fn each_page<'m>(
    site: &LocalContext<'m>,
    owner: RecordIx,
    mut each: impl FnMut(&'m Record<Page>, &'m FrontMatter),
) {
    let RecordIx::Page(at) = owner else { return };
    if site.reader.role(at) == Role::NotFound {
        return;
    }
    let variants = site.reader.variants(at).iter().map(|(_, item)| &item.record);
    std::iter::once(&site.reader.item(at).record).chain(variants).for_each(|record| each(record, &record.fields.front));
}
