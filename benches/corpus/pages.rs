//! `book.toml`, the sections, and the two other pages.

use super::days::{AS_OF, iso, iso_month, soon_after, words};
use super::random::{Rng, Salt};
use super::records::{citation, folded};
use super::{Plan, SECTIONS_IN_A_PART, text};

/// `book.toml`.
pub fn book(plan: &Plan) -> String {
    format!(
        r#"# Made by benches/corpus; see benches/README.md.

[book]
title = "The harbour files"
description = "A made-up explainer in {} sections."
authors = ["The newsroom"]
language = "en"

[site]
as-of = "{}"
# A hundred years: the corpus must not grow stale.
stale-after = 36500

[site.publisher]
name = "The Bench"
url = "https://bench.example/"

[checks]
# They still run: only what they find of these made-up sources is left out.
single-source = "off"
weak-sources = "off"
orphan = "off"
{}"#,
        plan.sections.len(),
        iso(AS_OF),
        super::PAGES_ALONE
    )
}

/// The text of the front page.
pub fn front(plan: &Plan) -> String {
    let mut rng = Rng::of(Salt::Page, 0);
    let rng = &mut rng;
    let mut out = head("The harbour files", "What happened, in order, and what is known of it.", None, AS_OF, AS_OF);
    out.push_str("---\n\n");
    for _ in 0..4 {
        let section = &plan.sections[rng.below(plan.sections.len())];
        out.push_str(&format!("{} See [[{}]].\n", text::sentence(rng), section.id));
    }
    out
}

/// An ordinary page.
pub fn about(plan: &Plan) -> String {
    let mut rng = Rng::of(Salt::Page, 1);
    let rng = &mut rng;
    let mut out = head("About the files", "How they were made.", None, AS_OF, AS_OF);
    out.push_str("kind: page\n---\n\n## How it was made {#making}\n\n");
    out.push_str(&format!("{} {}\n\n", text::sentence(rng), text::sentence(rng)));
    out.push_str(&format!("It begins with [the first section]({}.md).\n", plan.sections[0].id));
    out
}

/// The first lines of front matter, without its end.
fn head(title: &str, summary: &str, order: Option<usize>, published: i32, updated: i32) -> String {
    let mut out = format!("---\ntitle: {title}\nsummary: {summary}\n");
    if let Some(order) = order {
        let part = order / SECTIONS_IN_A_PART;
        let mut rng = Rng::of(Salt::Page, 100 + part);
        let (first, second) = (text::noun(&mut rng), text::noun(&mut rng));
        out.push_str(&format!("order: {}\npart: Part {}, the {first} and the {second}\n", order + 1, part + 1));
    }
    out.push_str(&format!("published: {}\nupdated: {}\nauthors: [The newsroom]\n", iso(published), iso(updated)));
    out
}

/// What a section points at, from which its sentences are written.
struct Cast {
    /// Events: one of its own, one near those and one from anywhere.
    events: Vec<usize>,
    /// A source for each of them.
    sources: Vec<Vec<usize>>,
    entities: Vec<usize>,
    claim: Option<usize>,
}

impl Cast {
    fn of(plan: &Plan, at: usize, rng: &mut Rng) -> Self {
        let all = plan.events.len();
        let own = plan.told_by(at);
        let near = (own.start + rng.below(40)).saturating_sub(20).min(all - 1);
        let mut events: Vec<usize> = own.chain([near, rng.below(all)]).collect();
        events.sort_unstable();
        events.dedup();
        let mut entities = vec![plan.rare_entity(rng)];
        entities.extend((0..2).map(|_| plan.popular_entity(rng)));
        entities.sort_unstable();
        entities.dedup();
        // A claim is shown in its own section, and mentioned in some others.
        let count = plan.claims.len();
        let nearest = (at * count).div_ceil(plan.sections.len()).min(count.saturating_sub(1));
        let home = plan.claims.get(nearest).is_some_and(|claim| claim.section == at);
        let claim = (count > 0 && (home || rng.chance(30))).then_some(nearest);
        Self { sources: events.iter().map(|event| plan.sources_of(*event)).collect(), events, entities, claim }
    }

    /// A citation of one of the sources.
    fn citation(&self, plan: &Plan, rng: &mut Rng) -> String {
        let sources = &self.sources[rng.below(self.sources.len())];
        citation(plan, &sources[..1], rng)
    }
}

/// A section.
pub fn section(plan: &Plan, at: usize) -> String {
    let mut rng = Rng::of(Salt::SectionBody, at);
    let rng = &mut rng;
    let cast = Cast::of(plan, at, rng);
    let mut out = front_matter(plan, at, &cast, rng);
    let headings = &plan.sections[at].headings;
    let mut special = specials(plan, &cast, rng);
    let mut blocks = blocks(plan, at, &cast, rng);
    let mut left = rng.between(46, 58);
    for _ in 0..2 {
        out.push_str(&text::sentence(rng));
        out.push('\n');
    }
    for (number, heading) in headings.iter().enumerate() {
        let anchor = if heading.explicit { format!(" {{#{}}}", heading.anchor) } else { String::new() };
        out.push_str(&format!("\n## {}{anchor}\n\n", heading.title));
        let parts = headings.len() - number;
        let here = left / parts;
        for sentence in 0..here {
            // The remaining sentences are spread over the remaining paragraphs.
            if rng.below(left - sentence) < special.len() {
                out.push_str(&special.pop().unwrap_or_default());
            } else {
                out.push_str(&text::sentence(rng));
            }
            out.push_str(if sentence + 1 < here && rng.chance(25) { "\n\n" } else { "\n" });
        }
        left -= here;
        if rng.below(parts) < blocks.len() {
            out.push('\n');
            out.push_str(&blocks.pop().unwrap_or_default());
        }
    }
    if rng.chance(5) {
        out.push_str(&format!("\n{}[^1]\n\n[^1]: {}{}\n", text::sentence(rng), text::short(rng), cast.citation(plan, rng)));
    }
    out
}

fn front_matter(plan: &Plan, at: usize, cast: &Cast, rng: &mut Rng) -> String {
    let own = plan.told_by(at);
    let last = own.clone().map(|event| plan.events[event].when.last).max().unwrap_or(AS_OF);
    let published = soon_after(last, 20, rng);
    let updated = soon_after(published, 400, rng);
    let title = &plan.sections[at].title;
    let mut out = head(title, &text::short(rng), Some(at), published, updated);
    // Two that differ: a topic that is named twice would be a finding.
    let first = rng.below(plan.topics.len());
    let second = (first + 1 + rng.below(plan.topics.len() - 1)) % plan.topics.len();
    out.push_str(&format!("topics: [{}, {}]\nkey-points:\n", plan.topics[first], plan.topics[second]));
    for point in 0..rng.between(3, 4) {
        let event = rng.below(cast.events.len());
        let mut text = text::sentence(rng);
        if point == 0 {
            let entity = &plan.entities[cast.entities[0]];
            text = format!("[[{}|{}]] {}.", entity.id, entity.name, text::predicate(rng));
        }
        let citation = citation(plan, &cast.sources[event][..1], rng);
        out.push_str(&format!("  - >-\n{}", folded(&format!("{text}{citation}"), "    ")));
    }
    match rng.below(100) {
        0..3 => out.push_str("timeline: false\n"),
        3..6 => {
            let entity = &plan.entities[plan.rare_entity(rng)].id;
            out.push_str(&format!("timeline: {{entities: [{entity}], from: 2016, significance: major}}\n"));
        }
        _ => {}
    }
    if rng.chance(10) {
        let kind = rng.pick(&["update", "correction", "clarification"]);
        let text = text::short(rng);
        out.push_str(&format!("updates:\n  - {{date: {}, kind: {kind}, text: {text:?}}}\n", iso(updated)));
    }
    out + "---\n\n"
}

/// The sentences that point somewhere, in random order.
fn specials(plan: &Plan, cast: &Cast, rng: &mut Rng) -> Vec<String> {
    let mut out = Vec::new();
    for (event, sources) in cast.events.iter().zip(&cast.sources) {
        let event = &plan.events[*event];
        let cited = if rng.chance(20) { sources.len().min(2) } else { 1 };
        let citation = citation(plan, &sources[..cited], rng);
        let mention = match &event.when.words {
            Some(words) if rng.chance(40) => format!("[[{}|On {words}]] {}", event.id, text::clause(rng)),
            _ if rng.chance(50) => format!("{}, as told under [[{}]]", text::title_case(&text::clause(rng)), event.id),
            _ => format!("[[{}|{}]], and {}", event.id, text::title_case(&text::clause(rng)), text::clause(rng)),
        };
        out.push(format!("{mention}.{citation}"));
    }
    for (number, entity) in cast.entities.iter().enumerate() {
        let entity = &plan.entities[*entity];
        let citation = if number == 0 { cast.citation(plan, rng) } else { String::new() };
        out.push(match rng.below(3) {
            0 => format!("{} for [[{}]].{citation}", text::title_case(&text::clause(rng)), entity.id),
            _ => format!("[[{}|{}]] {}.{citation}", entity.id, entity.name, text::predicate(rng)),
        });
    }
    for _ in 0..rng.between(1, 2) {
        let term = &plan.terms[rng.ranked(plan.terms.len())];
        let shown = if rng.chance(50) { format!("|{}", term.word) } else { String::new() };
        out.push(format!("{}, which is called [[{}{shown}]].", text::title_case(&text::clause(rng)), term.id));
    }
    for number in 0..2 {
        let section = &plan.sections[rng.below(plan.sections.len())];
        let heading = &section.headings[rng.below(section.headings.len())];
        let (id, anchor) = (&section.id, &heading.anchor);
        out.push(match (number, rng.below(4)) {
            (0, 0) => format!("{} See [what came before]({id}.md#{anchor}).", text::sentence(rng)),
            (0, _) => format!("{} See [[{id}#{anchor}|the part on it]].", text::sentence(rng)),
            _ => format!("{}, as [[{id}]] tells.", text::title_case(&text::clause(rng))),
        });
    }
    if let Some(claim) = cast.claim {
        let id = &plan.claims[claim].id;
        let citation = cast.citation(plan, rng);
        out.push(format!("Officials alleged, and others deny, [[{id}|that {}]].{citation}", text::clause(rng)));
    }
    out.push(format!("{}{}", text::sentence(rng), cast.citation(plan, rng)));
    // Fisher and Yates.
    for at in (1..out.len()).rev() {
        out.swap(at, rng.below(at + 1));
    }
    out
}

/// A section's blocks, tables, lists and alerts.
fn blocks(plan: &Plan, at: usize, cast: &Cast, rng: &mut Rng) -> Vec<String> {
    let mut out = Vec::new();
    if let Some(claim) = cast.claim.filter(|claim| plan.claims[*claim].section == at) {
        out.push(format!("```claim\nid: {}\n```\n", plan.claims[claim].id));
    }
    if rng.chance(15) {
        out.push(known(plan, cast, rng));
    }
    if rng.chance(10) {
        out.push(timeline(plan, at, rng));
    }
    if rng.chance(20) {
        out.push(table(plan, cast, rng));
    }
    if rng.chance(20) {
        let kind = rng.pick(&["NOTE", "NOTE", "IMPORTANT", "WARNING"]);
        let citation = cast.citation(plan, rng);
        out.push(format!("> [!{kind}]\n> {}\n> {}{citation}\n", text::sentence(rng), text::sentence(rng)));
    }
    if rng.chance(15) {
        let items: Vec<_> = (0..rng.between(3, 5)).map(|_| format!("- {}\n", text::short(rng))).collect();
        out.push(items.concat());
    }
    if rng.chance(5) {
        let event = rng.below(cast.events.len());
        let day = plan.events[cast.events[event]].when.last.min(AS_OF);
        let (by, key) = (&plan.entities[cast.entities[0]].id, &plan.sources[cast.sources[event][0]].key);
        out.push(format!("```quote\ntext: {}\nby: {by}\non: {}\nsources: [{key}]\n```\n", text::clause(rng), iso(day)));
    }
    out
}

fn known(plan: &Plan, cast: &Cast, rng: &mut Rng) -> String {
    let mut out = String::from("```known\nknown:\n");
    let event = &plan.events[cast.events[0]];
    let first = citation(plan, &cast.sources[0][..1], rng);
    out.push_str(&format!(
        "  - \"{}, and [[{}|that is recorded]].{first}\"\n",
        text::title_case(&text::clause(rng)),
        event.id
    ));
    out.push_str(&format!("  - \"{}{}\"\n", text::short(rng), cast.citation(plan, rng)));
    out.push_str(&format!("unknown:\n  - \"Whether {}.\"\n", text::clause(rng)));
    out.push_str(&format!("contested:\n  - \"Whether {}.{}\"\n", text::clause(rng), cast.citation(plan, rng)));
    out + &format!("as-of: {}\n```\n", iso(AS_OF))
}

/// A timeline of a few events, whatever the site's size.
fn timeline(plan: &Plan, at: usize, rng: &mut Rng) -> String {
    let event = &plan.events[plan.told_by(at).start.min(plan.events.len() - 1)];
    match rng.below(3) {
        0 => format!("```timeline\nentities: [{}]\nfrom: 2015\n```\n", plan.entities[plan.rare_entity(rng)].id),
        1 => format!("```timeline\nsections: [{}]\n```\n", plan.sections[at].id),
        _ => {
            let topic = &plan.topics[rng.below(plan.topics.len())];
            let (from, to) = (iso_month(event.when.first), iso_month((event.when.first + 120).min(AS_OF)));
            format!("```timeline\ntopics: [{topic}]\nfrom: {from}\nto: {to}\n```\n")
        }
    }
}

fn table(plan: &Plan, cast: &Cast, rng: &mut Rng) -> String {
    let mut out = String::from("| Who | Until | How many | What |\n|---|---|---:|---|\n");
    for entity in &cast.entities {
        let entity = &plan.entities[*entity];
        // In a table the bar must be escaped.
        let who = format!("[[{}\\|{}]]", entity.id, entity.name);
        let until = words(soon_after(plan.events[cast.events[0]].when.first, 90, rng));
        out.push_str(&format!("| {who} | {until} | {} | {} |\n", rng.between(2, 900), text::clause(rng)));
    }
    out.push_str(&format!(
        "| all of them | | {} | {}{} |\n",
        rng.between(900, 4_000),
        text::clause(rng),
        cast.citation(plan, rng)
    ));
    out
}
