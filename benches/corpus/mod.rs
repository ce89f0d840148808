//! A made-up site of any size, the same bytes every time.
//!
//! Every record draws from its own generator, seeded by its kind and number, so that we can ask for it again (another
//! section's headings, an event's sources) without keeping its text. The proportions are those of a large explainer:
//! three events for each section, an entity for ten events, a source for five, a claim for thirty.

mod days;
pub mod kept;
mod pages;
mod random;
mod records;
mod text;
mod words;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use days::{AS_OF, FIRST_DAY, When};
use random::{Rng, Salt};

/// Change this whenever the bytes change, so that a kept corpus is recognized as outdated.
pub const VERSION: u32 = 7;

/// The end of `book.toml` for a site with only pages.
pub const PAGES_ALONE: &str = "\n[output.data]\nenable = false\n\n[output.html.search]\nenable = false\n";

/// Sections in one `part`.
const SECTIONS_IN_A_PART: usize = 25;

/// Records in one YAML file.
const RECORDS_IN_A_FILE: usize = 300;

/// What was written.
#[derive(Clone, Copy, Debug, Default)]
pub struct Figures {
    /// The number of files, including `book.toml`.
    pub files: usize,
    /// Their bytes.
    pub bytes: u64,
}

/// Writes a site with this many sections and events to the folder `root`, and creates that if it is missing.
///
/// # Errors
/// Any error from the file system.
pub fn write(root: &Path, sections: usize, events: usize) -> io::Result<Figures> {
    let plan = Plan::new(sections, events);
    let mut folder = Folder { root: root.to_owned(), figures: Figures::default() };
    folder.file("book.toml", &pages::book(&plan))?;
    folder.file("content/index.md", &pages::front(&plan))?;
    folder.file("content/about.md", &pages::about(&plan))?;
    for at in 0..plan.sections.len() {
        folder.file(&format!("content/{}.md", plan.sections[at].id), &pages::section(&plan, at))?;
    }
    folder.records("events", plan.events.len(), |at| records::event(&plan, at))?;
    folder.records("entities", plan.entities.len(), |at| records::entity(&plan, at))?;
    folder.records("claims", plan.claims.len(), |at| records::claim(&plan, at))?;
    folder.records("sources", plan.sources.len(), |at| records::source(&plan, at))?;
    let terms: Vec<_> = (0..plan.terms.len()).map(|at| records::term(&plan, at)).collect();
    folder.file("content/glossary.yaml", &terms.join("\n"))?;
    Ok(folder.figures)
}

/// A folder that counts what is written to it.
struct Folder {
    root: PathBuf,
    figures: Figures,
}

impl Folder {
    fn file(&mut self, path: &str, text: &str) -> io::Result<()> {
        let path = self.root.join(path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, text)?;
        self.figures.files += 1;
        self.figures.bytes += text.len() as u64;
        Ok(())
    }

    fn records(&mut self, kind: &str, count: usize, record: impl Fn(usize) -> String) -> io::Result<()> {
        for (number, from) in (0..count).step_by(RECORDS_IN_A_FILE).enumerate() {
            let to = count.min(from + RECORDS_IN_A_FILE);
            let records: Vec<_> = (from..to).map(&record).collect();
            self.file(&format!("content/{kind}/{number:03}.yaml"), &records.join("\n"))?;
        }
        Ok(())
    }
}

/// Everything that records need to know about each other: ids, names and days.
struct Plan {
    sections: Vec<Section>,
    events: Vec<Event>,
    entities: Vec<Entity>,
    /// Indices of the entities where something can happen.
    places: Vec<usize>,
    sources: Vec<Source>,
    claims: Vec<Claim>,
    terms: Vec<Term>,
    topics: Vec<String>,
}

struct Section {
    id: String,
    title: String,
    headings: Vec<Heading>,
}

struct Heading {
    title: String,
    anchor: String,
    /// Whether the anchor is written out; otherwise it is the title's slug.
    explicit: bool,
}

struct Event {
    id: String,
    title: String,
    when: When,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Person,
    Organization,
    Place,
    Facility,
    Law,
    Case,
}

struct Entity {
    id: String,
    name: String,
    kind: Kind,
}

struct Source {
    key: String,
    /// The day it was published.
    day: i32,
}

struct Claim {
    id: String,
    /// The section that it belongs to.
    section: usize,
    /// The event that it is about.
    event: usize,
}

struct Term {
    id: String,
    word: String,
}

impl Plan {
    fn new(sections: usize, events: usize) -> Self {
        // Every record needs a source, and most point at an entity or a term.
        let (entities, sources, claims) = ((events / 10).max(20), (events / 5).max(8), events / 30);
        // The number of topics grows with the site, so that a topic's list doesn't.
        let topics = (events / 125).clamp(12, 400);
        let terms = (sections / 5).clamp(20, 200);
        let entities: Vec<_> = (0..entities).map(plan_entity).collect();
        let is_place = |at: &usize| matches!(entities[*at].kind, Kind::Place | Kind::Facility);
        Self {
            sections: (0..sections).map(plan_section).collect(),
            events: (0..events).map(|at| plan_event(at, events)).collect(),
            places: (0..entities.len()).filter(is_place).collect(),
            entities,
            sources: (0..sources).map(|at| plan_source(at, sources)).collect(),
            claims: (0..claims).map(|at| plan_claim(at, claims, sections, events)).collect(),
            terms: (0..terms).map(plan_term).collect(),
            topics: (0..topics).map(topic).collect(),
        }
    }

    /// The events that name section `at`: they are close in time.
    fn told_by(&self, at: usize) -> std::ops::Range<usize> {
        let (sections, events) = (self.sections.len(), self.events.len());
        at * events / sections..(at + 1) * events / sections
    }

    /// The section that event `at` names.
    fn teller(&self, at: usize) -> usize {
        // The inverse of `told_by`, which rounds down.
        ((at + 1) * self.sections.len()).div_ceil(self.events.len()) - 1
    }

    /// The sources of event `at`: published on its first day or later, by different publishers.
    fn sources_of(&self, at: usize) -> Vec<usize> {
        let mut rng = Rng::of(Salt::EventSources, at);
        let count = match rng.below(100) {
            0..2 => 1,
            2..70 => 2,
            _ => 3,
        };
        self.sources_since(self.events[at].when.first, count, &mut rng)
    }

    /// Up to `count` sources, the first of which was published on `day` or soon after.
    fn sources_since(&self, day: i32, count: usize, rng: &mut Rng) -> Vec<usize> {
        let last = self.sources.len() - 1;
        let first = self.sources.partition_point(|source| source.day < day).min(last);
        let mut out = vec![(first + rng.below(3)).min(last)];
        while out.len() < count.min(self.sources.len()) {
            let mut next = (first + rng.below(6)).min(last);
            while out.contains(&next) {
                // Near the end of the site's days there are few to choose from, so an older one has to do.
                next = if next < last { next + 1 } else { last.saturating_sub(6) };
            }
            out.push(next);
        }
        out
    }

    /// An entity; the first ones are much more popular than the last.
    fn popular_entity(&self, rng: &mut Rng) -> usize {
        rng.ranked(self.entities.len())
    }

    /// An entity that few events mention.
    fn rare_entity(&self, rng: &mut Rng) -> usize {
        let half = self.entities.len() / 2;
        half + rng.below(self.entities.len() - half)
    }
}

fn plan_section(at: usize) -> Section {
    let mut rng = Rng::of(Salt::Section, at);
    let (first, second) = (text::noun(&mut rng), text::noun(&mut rng));
    let title = match rng.below(3) {
        0 => format!("The {} {first} and the {second}", text::adjective(&mut rng)),
        1 => format!("How the {first} {}ed the {second}", text::verb(&mut rng)),
        _ => format!("The {first}, the {second} and the {}", text::noun(&mut rng)),
    };
    let mut headings: Vec<Heading> = Vec::new();
    let wanted = rng.between(5, 7);
    while headings.len() < wanted {
        let title = text::heading(&mut rng);
        let explicit = rng.chance(55);
        let anchor = if explicit { text::noun(&mut rng).to_owned() } else { text::slug(&title) };
        if headings.iter().all(|heading| heading.anchor != anchor) {
            headings.push(Heading { title, anchor, explicit });
        }
    }
    Section { id: format!("{first}-{second}-{at:05}"), title, headings }
}

fn plan_event(at: usize, count: usize) -> Event {
    let mut rng = Rng::of(Salt::Event, at);
    let title = text::headline(&mut rng);
    let day = (days::along(at, count) + rng.below(4) as i32).min(AS_OF);
    let id = format!("{}-{at}", text::slug(&title.split(' ').take(3).collect::<Vec<_>>().join(" ")));
    Event { id, title, when: When::new(day, &mut rng) }
}

fn plan_entity(at: usize) -> Entity {
    let mut rng = Rng::of(Salt::Entity, at);
    let kind = match rng.below(100) {
        0..40 => Kind::Person,
        40..70 => Kind::Organization,
        70..82 => Kind::Place,
        82..90 => Kind::Facility,
        90..95 => Kind::Law,
        _ => Kind::Case,
    };
    let name = match kind {
        Kind::Person => text::person(at),
        Kind::Organization => {
            format!("{} {} {}", text::place(at), text::title_case(text::noun(&mut rng)), rng.pick(words::BODIES))
        }
        Kind::Place => text::place(at),
        Kind::Facility => format!("{} {}", text::place(at), rng.pick(words::BUILDINGS)),
        Kind::Law => {
            let (first, second) = (text::noun(&mut rng), text::noun(&mut rng));
            format!("{} and {} Act", text::title_case(first), text::title_case(second))
        }
        Kind::Case => format!("{} v. {}", rng.pick(words::FAMILY), rng.pick(words::FAMILY)),
    };
    Entity { id: format!("{}-{at}", text::slug(&name)), name, kind }
}

fn plan_source(at: usize, count: usize) -> Source {
    // The last one is from the last day, so that every event has one that isn't older.
    let day = if at + 1 == count { AS_OF } else { days::along(at + 1, count).min(AS_OF) };
    Source { key: format!("{}-{}-{at}", text::slug(&text::publisher(at)), days::year(day)), day }
}

fn plan_claim(at: usize, count: usize, sections: usize, events: usize) -> Claim {
    let mut rng = Rng::of(Salt::Claim, at);
    let id = format!("claim-{}-{}-{at}", text::noun(&mut rng), text::noun(&mut rng));
    Claim { id, section: at * sections / count, event: at * events / count }
}

fn plan_term(at: usize) -> Term {
    let word = format!("{} {}", words::ADJECTIVES[at % words::ADJECTIVES.len()], words::NOUNS[at * 7 % words::NOUNS.len()]);
    Term { id: format!("term-{}", text::slug(&word)), word }
}

fn topic(at: usize) -> String {
    let (nouns, adjectives) = (words::NOUNS, words::ADJECTIVES);
    match at.checked_sub(nouns.len()) {
        None => nouns[at].to_owned(),
        Some(rest) => {
            // Each round takes other pairs than the one before, so that no two topics have one name.
            let noun = (rest / adjectives.len() + rest * 31) % nouns.len();
            format!("{} {}", adjectives[rest % adjectives.len()], nouns[noun])
        }
    }
}

/// The days that the whole site spans.
fn span() -> i32 {
    AS_OF - FIRST_DAY
}
