//! See [`RoleAnachronism`].

mod held;
mod titles;

use std::ops::Range;

use super::LocalContext;
use super::linking::{Block, Linking, each_linking};
use super::reading::{Reading, Texts, each_texts};
use super::rule::{Report, Scope, label, rule};
use super::told::{Told, language};
use super::written_date::{self, Written};
use crate::base::At;
use crate::base::sentences::sentences;
use crate::date::{Bounds, Date};
use crate::model::{EntityIx, EventIx, RecordIx};
use crate::syntax::indices::{PointerIx, TextIx};
use crate::syntax::kinds::entity::EntityKind;
use crate::syntax::markdown::{Op, Tag};
use crate::syntax::pieces::TextField;
use held::{Gap, certain_days, gap};
use titles::Grammar;

rule! {
    /// An event gives a person a role that the person's record dates differently: “President” years before the election.
    ///
    /// Whoever edits a timeline knows people by the office that they hold today. A reader who sees “President” in an event of 2015
    /// believes that a president acted, when it was a mayor.
    ///
    /// The rule looks at the title and the summary of an event, at what it says happened `later`, and at sentences such as
    /// `President Roe [[law-signed|signed the law]]` elsewhere. It compares the date with the `roles` of people who are linked
    /// or named in full there, if the role is right beside the name or in the link's words.
    ///
    /// It fires only if it is certain. Dates that are rough or open count as possible. A sentence is left alone if it has another
    /// date or a word such as “former”, “then”, “future” or “later”, and so is a short title that people hold in several places,
    /// such as “Judge” or “Senator”. After the end of a role, when people may be named for what they once did, the person has to be
    /// the one who acts. The rule reads English, German and Spanish.
    ///
    /// Write what the person was at the time, or say “former” or “future”. If the person did hold the role, correct its dates,
    /// or add the role that is missing.
    ///
    /// ```yaml
    /// - id: mall-opens
    ///   date: 2015-05-04
    ///   title: A mall opens
    ///   summary: President [[jane-roe]] cuts the ribbon.      # write: Mayor [[jane-roe]]
    ///   entities: [jane-roe]                                  # roles: [{title: President of Wendle, from: 2019-06-01}]
    ///   sources: [herald-mall]
    /// ```
    RoleAnachronism: ROLE_ANACHRONISM, Warning, Scope::Names(check)
}

const HELP: &str = "write what the person was at the time, or add `former` or `future`; or correct the dates";

fn check(site: &LocalContext<'_>, owner: RecordIx, report: &mut Report) {
    if let RecordIx::Event(at) = owner {
        each_texts(site.reader, owner, |texts| of_event(site, at, texts, report));
    }
    each_texts(site.reader, owner, |texts| {
        let may = |block: Block| {
            block.ops(texts).iter().any(|op| mentioned(*op).is_some_and(|at| person(site, texts, at).is_some()))
        };
        each_linking(
            texts,
            |record| record.event().is_some(),
            may,
            |_, sentence| beside_link(site, texts, sentence, report),
        );
    });
}

/// What an operation mentions.
fn mentioned(op: Op) -> Option<PointerIx> {
    match op {
        Op::Mention(at) | Op::Open(Tag::Mention(at)) => Some(at),
        _ => None,
    }
}

/// The person that a pointer leads to, if that has roles.
fn person(site: &LocalContext<'_>, texts: &Texts<'_>, at: PointerIx) -> Option<EntityIx> {
    texts.targets.get(at)?.entity().filter(|at| has_roles(site, *at))
}

fn has_roles(site: &LocalContext<'_>, at: EntityIx) -> bool {
    let record = &site.reader.item(at).record;
    let is_read = !record.pieces.has_unread("roles");
    record.fields.kind == EntityKind::Person && !record.fields.roles.is_empty() && is_read
}

/// A person in a sentence, and when that is.
struct Scene<'s> {
    reading: &'s Reading<'s>,
    sentence: Range<usize>,
    grammar: &'static Grammar,
    person: EntityIx,
    /// The person's name, or a link.
    name: Range<usize>,
    date: &'s At<Date>,
    /// The event that has this date.
    event: EventIx,
    /// Whether the event lists the person, or the sentence says that the person did it.
    is_involved: bool,
}

/// Looks at what an event says itself.
fn of_event(site: &LocalContext<'_>, at: EventIx, texts: &Texts<'_>, report: &mut Report) {
    let fields = &site.reader.item(at).record.fields;
    let dated = |text: TextIx| match texts.pieces.proses[text].field {
        TextField::Title | TextField::Summary => Some(&fields.date),
        _ => fields.later.iter().find(|later| later.text.variants.contains(&text)).map(|later| &later.date),
    };
    let is_involved = |person: EntityIx| {
        let mut entities = fields.entities.iter().filter_map(|entity| texts.targets.get(entity.0)?.entity());
        entities.any(|entity| entity == person)
    };
    for (text, prose) in texts.pieces.proses.indices().zip(&texts.pieces.proses) {
        let (Some(date), Some(grammar)) = (dated(text), titles::grammar(language(texts, text))) else { continue };
        let mut mentions = prose.markdown.ops.iter().filter_map(|op| mentioned(*op));
        if !mentions.any(|at| person(site, texts, at).is_some()) && !site.people.may_be_in(&prose.markdown) {
            continue;
        }
        let reading = Reading::of(&prose.markdown);
        let told = Told::of(&reading, language(texts, text));
        let people = people(site, texts, &reading);
        for sentence in sentences(&reading.text, language(texts, text)) {
            let is_here = |words: &Range<usize>| sentence.start <= words.start && words.end <= sentence.end;
            let is_event = |at: PointerIx| texts.targets.get(at).is_some_and(|target| target.event().is_some());
            // It may tell of that event.
            if reading.links.iter().any(|link| is_here(&link.words) && is_event(link.pointer)) {
                continue;
            }
            for (name, person) in people.iter().filter(|(name, _)| is_here(name) && told.holds(name)) {
                let (person, name, is_involved) = (*person, name.clone(), is_involved(*person));
                let (reading, sentence) = (&reading, sentence.clone());
                let scene = Scene { reading, sentence, grammar, person, name, date, event: at, is_involved };
                look(site, texts, &scene, report);
            }
        }
    }
}

/// The people with roles that a text links or names in full.
fn people(site: &LocalContext<'_>, texts: &Texts<'_>, reading: &Reading<'_>) -> Vec<(Range<usize>, EntityIx)> {
    let links = reading.links.iter().filter_map(|link| Some((link.words.clone(), person(site, texts, link.pointer)?)));
    let named = site.people.find(reading).into_iter();
    let named = named.filter(|named| reading.is_unmarked(&named.words) && has_roles(site, named.person));
    links.chain(named.map(|named| (named.words, named.person))).collect()
}

/// Looks at a sentence that links an event, if a person stands right before the link: “President Roe [signed the law]”.
fn beside_link(site: &LocalContext<'_>, texts: &Texts<'_>, sentence: &Linking<'_, '_>, report: &mut Report) {
    let Some(grammar) = titles::grammar(sentence.language) else { return };
    let (text, links) = (&sentence.reading.text, &sentence.reading.links);
    for (link, target) in &sentence.links {
        let is_beside = |name: &Range<usize>| {
            let between = text.get(name.end..link.words.start).unwrap_or_default();
            sentence.range.start <= name.start && !between.is_empty() && between.chars().all(char::is_whitespace)
        };
        // Without a verb, the link doesn't say what the person did.
        if !text[link.words.clone()].starts_with(char::is_lowercase) {
            continue;
        }
        let Some(name) = links.iter().find(|name| is_beside(&name.words)) else { continue };
        let (Some(person), Some(event)) = (person(site, texts, name.pointer), target.event()) else { continue };
        let (reading, name) = (sentence.reading, name.words.clone());
        if sentence.is_told(&name) {
            let (sentence, date) = (sentence.range.clone(), &site.reader.item(event).record.fields.date);
            let scene = Scene { reading, sentence, grammar, person, name, date, event, is_involved: true };
            look(site, texts, &scene, report);
        }
    }
}

/// Reports a role that a sentence gives a person who certainly didn't hold it then.
fn look(site: &LocalContext<'_>, texts: &Texts<'_>, scene: &Scene<'_>, report: &mut Report) {
    let Scene { grammar, sentence: Range { start, end }, .. } = *scene;
    let (sentence, zone) = (&scene.reading.text[start..end], site.reader.zone());
    let record = &site.reader.item(scene.person).record;
    let words = |text: &TextIx| record.pieces.proses[*text].markdown.characters();
    let names: Vec<&str> = record.fields.name.variants.iter().map(words).collect();
    let name = scene.name.start - start..scene.name.end - start;
    let mut titles = record.fields.roles.iter().flat_map(|role| &role.title.variants).map(words);
    let said = titles.find_map(|title| grammar.find(sentence, &name, title, &names));
    let (Some(said), Some(days)) = (said, certain_days(&scene.date.value, zone)) else { return };
    if grammar.is_of_another_time(sentence) || has_other_date(sentence, days, grammar) {
        return;
    }
    // A role in other words, such as “Acting president”, may be the one that is meant.
    let meant =
        record.fields.roles.iter().filter(|role| role.title.variants.iter().map(words).any(|title| said.may_be(title)));
    let gaps: Option<Vec<Gap>> = meant.map(|role| gap(role, days, zone)).collect();
    let Some(gaps) = gaps.filter(|gaps| !gaps.is_empty()) else { return };
    let is_early = gaps.iter().all(|gap| matches!(gap, Gap::Begins(_)));
    let is_certain = is_early || scene.is_involved && grammar.acts(sentence, &said);
    if !is_certain {
        return;
    }
    let place = start + said.words.start..start + said.words.end;
    let (id, date) = (&record.id.value, &scene.date.value);
    let message = format!("this says `{}`, but `{id}` didn't hold that role at the time, {date}", &sentence[said.words]);
    let finding = report.add(texts.origin.span(scene.reading.place(&place)), message);
    finding.labels.extend(gaps.iter().map(|gap| match gap {
        Gap::Begins(range) => label(record.span(*range), "the role began later"),
        Gap::Ended(range) => label(record.span(*range), "the role had ended"),
    }));
    let event = site.reader.origin(scene.event.into());
    if event != texts.origin {
        finding.labels.push(label(event.span(scene.date.range), "the event's date"));
    }
    finding.help = Some(HELP.to_owned());
}

/// Whether a sentence has a date that may not be the event's.
fn has_other_date(sentence: &str, days: Bounds, grammar: &Grammar) -> bool {
    let Some(dates) = written_date::language(grammar.tag) else { return true };
    let is_other = |date: Written| date == Written::Vague || !date.may_be_in(days);
    written_date::find(sentence, dates).iter().any(|found| is_other(found.date))
}
