//! See [`DateContradiction`].

mod attached;

use super::LocalContext;
use super::linking::{Block, Linking, each_linking};
use super::reading::{Texts, each_texts};
use super::rule::{Report, Scope, label, rule};
use super::told::language;
use super::written_date::{self, Written};
use crate::date::{Bounds, Date};
use crate::model::{EventIx, RecordIx};
use crate::syntax::kinds::common::Assertion;
use crate::syntax::markdown::Op;

rule! {
    /// A sentence gives an event a date that the event doesn't have: “shut on March 13” links an event of March 12.
    ///
    /// One of the two is wrong, and readers who follow the link see both. The timeline and the sentence often come from
    /// different sources, or only one of them was corrected.
    ///
    /// The rule fires only if it is certain. The sentence has a single date and links a single event, and the two belong
    /// together: the date is in the link's own words, right beside it, or at the beginning of a sentence whose verb is the
    /// link. A date without a year is compared by month and day. An event that is dated roughly, or that has the other date
    /// somewhere else (in `later`, in its accounts, its claims or its texts), is left alone. The rule reads English, and dates
    /// in the words of German and Spanish links.
    ///
    /// Look up the date, and correct the sentence or the event.
    ///
    /// ```markdown
    /// On April 9, the court [[return-order|ordered his return]].      the event is dated 2025-04-10
    /// ```
    DateContradiction: DATE_CONTRADICTION, Warning, Scope::Local(check)
}

fn check(site: &LocalContext<'_>, owner: RecordIx, report: &mut Report) {
    each_texts(site.reader, owner, |texts| {
        // Nearly every paragraph ends here.
        let may = |block: Block| {
            let Some(dates) = written_date::language(language(texts, block.text)) else { return false };
            let markdown = &texts.pieces.proses[block.text].markdown;
            block.ops(texts).iter().any(|op| match op {
                Op::Text(slice) => written_date::may_hold(markdown.str(*slice), dates),
                _ => false,
            })
        };
        let is_event = |record: RecordIx| record.event().is_some();
        each_linking(texts, is_event, may, |_, sentence| look(site, texts, sentence, report));
    });
}

fn look(site: &LocalContext<'_>, texts: &Texts<'_>, sentence: &Linking<'_, '_>, report: &mut Report) {
    let Some(dates) = written_date::language(sentence.language) else { return };
    let ([(link, target)], start) = (&*sentence.links, sentence.range.start) else { return };
    let words = &sentence.reading.text[sentence.range.clone()];
    let found = written_date::find(words, dates);
    let ([date], Some(event)) = (&*found, target.event()) else { return };
    let place = start + date.range.start..start + date.range.end;
    if may_be(site, event, date.date) || !sentence.is_told(&place) || !sentence.is_told(&link.words) {
        return;
    }
    let link = link.words.start - start..link.words.end - start;
    let is_attached = attached::is_attached(words, &date.range, &link, sentence.language);
    let written = &words[date.range.clone()];
    let is_report = attached::is_report(words) && is_of_source(site, event, date.date);
    if !is_attached || is_report || has_elsewhere(site, event, date.date, written) {
        return;
    }
    let record = &site.reader.item(event).record;
    let own = &record.fields.date;
    let message = format!("this says `{written}`, but `{}` is dated {}", record.id.value, own.value);
    let finding = report.add(texts.origin.span(sentence.reading.place(&place)), message);
    finding.labels.push(label(record.span(own.range), "the event's date"));
    finding.help = Some("look up the date, and correct the sentence or the event".to_owned());
}

/// Whether a written date may be that of an event.
fn may_be(site: &LocalContext<'_>, event: EventIx, written: Written) -> bool {
    let date = site.reader.date(event);
    // An end that is not known may be any day.
    let is_rough = date.is_approximate() || date.is_uncertain() || date.end_unknown() || date.start_unknown();
    is_rough || is_of(site, date, written)
}

/// Whether a written date may be a date, as that is written or by the site's clocks.
fn is_of(site: &LocalContext<'_>, date: &Date, written: Written) -> bool {
    let clocks: Bounds = date.days(site.reader.zone());
    written.may_be_in(date.bounds()) || written.may_be_in(clocks)
}

/// Whether a source of an event has this date: the day on which somebody reported the event.
fn is_of_source(site: &LocalContext<'_>, event: EventIx, date: Written) -> bool {
    let mut sources = site.reader.item(event).cited.iter().filter_map(|cited| cited.source());
    sources.any(|source| {
        let published = &site.reader.item(source).record.fields.date;
        published.as_ref().is_some_and(|published| is_of(site, &published.value, date))
    })
}

/// Whether what is known about an event has this date too: then the sentence may speak of that.
fn has_elsewhere(site: &LocalContext<'_>, event: EventIx, date: Written, words: &str) -> bool {
    let item = site.reader.item(event);
    let (record, fields) = (&item.record, &item.record.fields);
    let said =
        |said: &[Assertion]| said.iter().filter_map(|said| said.date.as_ref()).any(|said| is_of(site, &said.value, date));
    let claims = fields.claims.iter().filter_map(|claim| item.targets.get(claim.0)?.claim());
    let mut of_claims = claims.map(|claim| &site.reader.item(claim).record.fields);
    // “March 13” is in “March 13, 2025” too.
    let short =
        words.split_once(',').filter(|(day, _)| day.contains(|c: char| c.is_ascii_digit())).map_or(words, |(day, _)| day);
    fields.later.iter().any(|later| is_of(site, &later.date.value, date))
        || fields.published.iter().chain(&fields.known_from).any(|day| is_of(site, &day.value, date))
        || said(&fields.accounts)
        || record.pieces.proses.iter().any(|prose| prose.markdown.characters().contains(short))
        || of_claims.any(|claim| {
            claim.history.iter().any(|step| is_of(site, &step.date.value, date))
                || said(&claim.asserted_by)
                || said(&claim.disputed_by)
        })
}
