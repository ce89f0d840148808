//! Events, entities, claims, sources and terms, in YAML.

use super::days::{self, AS_OF, FIRST_DAY, iso, iso_month, soon_after};
use super::random::{Rng, Salt};
use super::{Kind, Plan, text, words};

/// The status that a claim may have.
const STATUSES: &[&str] = &["established", "disputed", "alleged", "false", "unknown"];

/// A record in YAML: an item of a list, or an entry of a map.
pub struct Record(String);

impl Record {
    fn item(id: &str) -> Self {
        Self(format!("- id: {id}\n"))
    }

    fn entry(key: &str) -> Self {
        Self(format!("{key}:\n"))
    }

    fn field(&mut self, key: &str, value: impl std::fmt::Display) {
        self.0.push_str(&format!("  {key}: {value}\n"));
    }

    /// A longer text, folded.
    fn text(&mut self, key: &str, value: &str) {
        self.0.push_str(&format!("  {key}: >-\n{}", folded(value, "    ")));
    }

    /// A list of ids or keys, on one line; nothing if it is empty.
    fn list(&mut self, key: &str, items: &[String]) {
        if !items.is_empty() {
            self.field(key, format!("[{}]", items.join(", ")));
        }
    }

    /// A list of maps, each a list of lines.
    fn maps(&mut self, key: &str, items: &[Vec<String>]) {
        if !items.is_empty() {
            self.0.push_str(&format!("  {key}:\n"));
        }
        for lines in items {
            self.0.push_str(&format!("  - {}\n", lines.join("\n    ")));
        }
    }
}

/// A text in lines of at most 118 characters, each after `indent`.
pub fn folded(value: &str, indent: &str) -> String {
    let mut out = String::from(indent);
    let mut width = indent.len();
    for (at, word) in value.split(' ').enumerate() {
        if at > 0 && width + word.len() >= 118 {
            out.push('\n');
            out.push_str(indent);
            width = indent.len();
        } else if at > 0 {
            out.push(' ');
            width += 1;
        }
        out.push_str(word);
        width += word.len();
    }
    out.push('\n');
    out
}

/// `[@key]`, `[@key, p. 3; @other]` and the like.
pub fn citation(plan: &Plan, sources: &[usize], rng: &mut Rng) -> String {
    let mut items: Vec<_> = sources.iter().map(|at| format!("@{}", plan.sources[*at].key)).collect();
    if rng.chance(20) {
        items[0].push_str(&format!(", p. {}", rng.between(1, 60)));
    }
    format!("[{}]", items.join("; "))
}

fn keys(plan: &Plan, sources: &[usize], rng: &mut Rng) -> Vec<String> {
    let key = |at: &usize| {
        let key = &plan.sources[*at].key;
        if rng.chance(8) { format!("\"{key}, p. {}\"", rng.between(1, 60)) } else { key.clone() }
    };
    sources.iter().map(key).collect()
}

/// A list of keys as the last line of a map.
fn sources_line(plan: &Plan, day: i32, count: usize, rng: &mut Rng) -> String {
    let sources = plan.sources_since(day, count, rng);
    format!("sources: [{}]", keys(plan, &sources, rng).join(", "))
}

fn topics(plan: &Plan, rng: &mut Rng) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for _ in 0..rng.between(1, 2) {
        let topic = &plan.topics[rng.below(plan.topics.len())];
        if !out.contains(topic) {
            out.push(topic.clone());
        }
    }
    out
}

/// The ids of an event's entities: a popular one, and others.
fn entities(plan: &Plan, rng: &mut Rng) -> Vec<String> {
    let mut out: Vec<usize> = vec![plan.popular_entity(rng)];
    for _ in 0..rng.below(3) {
        let at = if rng.chance(50) { plan.popular_entity(rng) } else { rng.below(plan.entities.len()) };
        if !out.contains(&at) {
            out.push(at);
        }
    }
    out.iter().map(|at| plan.entities[*at].id.clone()).collect()
}

/// An event.
pub fn event(plan: &Plan, at: usize) -> String {
    let mut rng = Rng::of(Salt::EventRecord, at);
    let rng = &mut rng;
    let event = &plan.events[at];
    let sources = plan.sources_of(at);
    let mut out = Record::item(&event.id);
    out.field("date", &event.when.written);
    out.field("title", &event.title);
    let mut summary = text::short(rng);
    if rng.chance(35) {
        let entity = &plan.entities[plan.popular_entity(rng)];
        summary = format!("{summary} [[{}|{}]] {}.", entity.id, entity.name, text::predicate(rng));
    } else if rng.chance(50) {
        summary = format!("{summary} {}", text::short(rng));
    }
    out.text("summary", &format!("{summary}{}", citation(plan, &sources[..1], rng)));
    out.list("sections", &[plan.sections[plan.teller(at)].id.clone()]);
    out.list("entities", &entities(plan, rng));
    out.list("topics", &topics(plan, rng));
    if !plan.claims.is_empty() && rng.chance(6) {
        out.list("claims", &[plan.claims[at * plan.claims.len() / plan.events.len()].id.clone()]);
    }
    out.list("sources", &keys(plan, &sources, rng));
    if !plan.places.is_empty() && rng.chance(25) {
        out.field("place", &plan.entities[plan.places[rng.ranked(plan.places.len())]].id);
    }
    if rng.chance(15) {
        out.field("significance", "major");
    }
    event_extras(plan, at, &mut out, rng);
    out.0
}

/// What few events have.
fn event_extras(plan: &Plan, at: usize, out: &mut Record, rng: &mut Rng) {
    let when = &plan.events[at].when;
    if rng.chance(3) {
        out.field("status", "disputed");
        let account = |rng: &mut Rng| {
            let by = plan.entities[plan.popular_entity(rng)].id.clone();
            let day = soon_after(when.last, 20, rng);
            let says = format!("says that {}", text::clause(rng));
            vec![
                format!("by: {by}"),
                format!("says: {says}"),
                format!("date: {}", iso(day)),
                sources_line(plan, day, 1, rng),
            ]
        };
        out.maps("accounts", &[account(rng), account(rng)]);
    } else if rng.chance(4) {
        out.field("status", "reported");
    }
    if rng.chance(2) {
        out.field("known-from", iso(soon_after(when.last, 60, rng)));
    }
    if rng.chance(10) && when.last < AS_OF {
        let mut day = when.last;
        let mut steps = Vec::new();
        for _ in 0..rng.between(1, 2) {
            day = soon_after(day + 1, 120, rng);
            let text = text::short(rng);
            steps.push(vec![format!("date: {}", iso(day)), format!("text: {text}"), sources_line(plan, day, 1, rng)]);
        }
        out.maps("later", &steps);
    }
    for (key, percent) in [("after", 8), ("caused-by", 4)] {
        let earlier = at.saturating_sub(rng.between(5, 60));
        if rng.chance(percent) && plan.events[earlier].when.last < when.first {
            out.list(key, &[plan.events[earlier].id.clone()]);
        }
    }
    if rng.chance(2) {
        out.field("order", rng.between(1, 3));
    }
    if rng.chance(3) {
        out.field("note", text::short(rng));
    }
    if rng.chance(3) {
        out.field("desk-note", text::short(rng));
    }
}

/// An entity.
pub fn entity(plan: &Plan, at: usize) -> String {
    let mut rng = Rng::of(Salt::EntityRecord, at);
    let rng = &mut rng;
    let entity = &plan.entities[at];
    let day = FIRST_DAY + rng.below(super::span() as usize) as i32;
    let mut out = Record::item(&entity.id);
    let (kind, what) = match entity.kind {
        Kind::Person => {
            ("person", rng.pick(&["Adviser", "Editor", "Engineer", "Judge", "Lawyer", "Minister", "Senator", "Writer"]))
        }
        Kind::Organization => ("organization", "Body"),
        Kind::Place => ("place", "Town"),
        Kind::Facility => ("facility", "Building"),
        Kind::Law => ("law", "Law"),
        Kind::Case => ("case", "Case"),
    };
    out.field("kind", kind);
    out.field("name", &entity.name);
    if rng.chance(20) {
        out.list("aliases", &[format!("{} {}", rng.pick(words::PLACE_HEADS), entity.name)]);
    }
    out.field("description", format!("{what} that {}.", text::predicate(rng)));
    if entity.kind == Kind::Person && rng.chance(60) {
        let to = if rng.chance(70) { "..".to_owned() } else { iso(soon_after(day + 30, 1_500, rng)) };
        let title = format!("{} of the {} {}", what, text::title_case(text::noun(rng)), rng.pick(words::BODIES));
        let from = if rng.chance(50) { iso(day) } else { iso_month(day) };
        let from = if to == ".." || day + 30 < AS_OF { from } else { iso_month(FIRST_DAY) };
        out.maps(
            "roles",
            &[vec![
                format!("title: {title}"),
                format!("from: {from}"),
                format!("to: {to}"),
                sources_line(plan, day, 1, rng),
            ]],
        );
    }
    if rng.chance(30) {
        out.list("same-as", &[format!("https://www.wikidata.org/wiki/Q{}", 100_000 + at)]);
    }
    let accused = entity.kind == Kind::Person && rng.chance(5);
    if accused {
        out.field("accused", true);
    }
    if accused || entity.kind == Kind::Case {
        out.maps("status", &proceedings(plan, day, rng));
    }
    let sources = plan.sources_since(day, rng.between(1, 2), rng);
    out.list("sources", &keys(plan, &sources, rng));
    out.0
}

/// The steps of a case; the first one is on `day`.
fn proceedings(plan: &Plan, mut day: i32, rng: &mut Rng) -> Vec<Vec<String>> {
    let mut steps = Vec::new();
    for _ in 0..rng.between(1, 3) {
        let is =
            rng.pick(&["filed; a hearing is pending", "heard in the first instance", "charged; denies it", "under appeal"]);
        steps.push(vec![format!("date: {}", iso(day)), format!("is: {is}"), sources_line(plan, day, 1, rng)]);
        day = soon_after(day + 10, 200, rng);
    }
    steps
}

/// A claim.
pub fn claim(plan: &Plan, at: usize) -> String {
    let mut rng = Rng::of(Salt::ClaimRecord, at);
    let rng = &mut rng;
    let claim = &plan.claims[at];
    let mut day = plan.events[claim.event].when.last.min(AS_OF - 40);
    let mut out = Record::item(&claim.id);
    out.text("text", &text::sentence(rng));
    for key in ["asserted-by", "disputed-by"] {
        let mut parties = Vec::new();
        for _ in 0..rng.between(1, 3) {
            let entity = plan.entities[plan.popular_entity(rng)].id.clone();
            let by = if rng.chance(70) { entity } else { text::someone(rng) };
            let says = format!("{} that {}", if key == "asserted-by" { "says" } else { "denies" }, text::clause(rng));
            let day = soon_after(day, 30, rng);
            let mut lines = vec![format!("by: {by}"), format!("says: {says}"), format!("date: {}", iso(day))];
            lines.push(sources_line(plan, day, 1, rng));
            parties.push(lines);
        }
        out.maps(key, &parties);
    }
    if rng.chance(60) {
        let mut steps = Vec::new();
        for _ in 0..rng.between(2, 4) {
            let status = rng.pick(STATUSES);
            let mut lines = vec![format!("date: {}", iso(day)), format!("status: {status}")];
            lines.push(format!("note: {}", text::short(rng)));
            lines.push(sources_line(plan, day, 1, rng));
            steps.push(lines);
            let next = soon_after(day + 1, 150, rng);
            // The corpus has no day after its last one, and two statuses on the same day are an error.
            if next <= day {
                break;
            }
            day = next;
        }
        out.maps("history", &steps);
    } else {
        out.field("status", rng.pick(STATUSES));
    }
    let sources = plan.sources_since(plan.events[claim.event].when.first, 2, rng);
    out.list("sources", &keys(plan, &sources, rng));
    out.list("sections", &[plan.sections[claim.section].id.clone()]);
    out.0
}

/// A source.
pub fn source(plan: &Plan, at: usize) -> String {
    let mut rng = Rng::of(Salt::SourceRecord, at);
    let rng = &mut rng;
    let source = &plan.sources[at];
    let title = text::headline(rng);
    let mut out = Record::entry(&source.key);
    out.field("type", rng.pick(&["web", "web", "web", "web", "report", "newspaper"]));
    out.field("title", &title);
    if rng.chance(30) {
        out.field("title-is", "description");
    }
    if rng.chance(25) {
        out.field("author", format!("{}, {}", rng.pick(words::FAMILY), rng.pick(words::GIVEN)));
    }
    out.field("publisher", text::publisher(at));
    match rng.below(20) {
        0 => {}
        1 => out.field("date", iso_month(source.day)),
        _ => out.field("date", iso(source.day)),
    }
    let kind = rng.pick(&["news", "news", "news", "wire", "wire", "official", "primary", "legal", "ngo", "commentary"]);
    out.field("kind", kind);
    let host = text::slug(&text::publisher(at));
    let url = format!("https://{host}.example/{}/{}-{at}", iso(source.day).replace('-', "/"), text::slug(&title));
    if rng.chance(80) {
        out.field("url", &url);
    } else {
        out.field("url", format!("{{value: {url:?}, date: {}}}", iso(soon_after(source.day, 90, rng))));
    }
    if rng.chance(10) {
        out.field("via", text::publisher(at + 5));
    }
    if rng.chance(95) {
        out.field("archive-url", format!("https://archive.example/{}/{host}-{at}", days::year(source.day)));
        out.field("archived", iso(soon_after(source.day, 90, rng)));
    }
    if rng.chance(10) {
        out.field("access", "paywall");
    }
    out.0
}

/// A term.
pub fn term(plan: &Plan, at: usize) -> String {
    let mut rng = Rng::of(Salt::TermRecord, at);
    let rng = &mut rng;
    let term = &plan.terms[at];
    let mut out = Record::item(&term.id);
    out.field("term", text::title_case(&term.word));
    out.text("definition", &format!("{} {}", text::sentence(rng), text::short(rng)));
    let sources = plan.sources_since(FIRST_DAY + rng.below(super::span() as usize) as i32, 1, rng);
    out.list("sources", &keys(plan, &sources, rng));
    out.0
}
