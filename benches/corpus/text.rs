//! Words, headlines and sentences.

use super::random::Rng;
use super::words::{
    ADJECTIVES, ADVERBS, BODIES, FAMILY, GIVEN, JOINTS, NOUNS, PAPER_HEADS, PAPER_TAILS, PLACE_HEADS, PLACE_TAILS, TAILS,
    VERBS,
};

pub fn noun(rng: &mut Rng) -> &'static str {
    rng.pick(NOUNS)
}

pub fn verb(rng: &mut Rng) -> &'static str {
    rng.pick(VERBS)
}

pub fn adjective(rng: &mut Rng) -> &'static str {
    rng.pick(ADJECTIVES)
}

/// With the first letter capitalized.
pub fn title_case(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// The slug of a text in ASCII, as the program makes it.
pub fn slug(text: &str) -> String {
    let words: Vec<_> = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join("-").to_lowercase()
}

/// A person's name, a different one for each of the first 4,000 numbers.
pub fn person(at: usize) -> String {
    let mixed = at * 7_919 % (GIVEN.len() * FAMILY.len());
    format!("{} {}", GIVEN[mixed % GIVEN.len()], FAMILY[mixed / GIVEN.len()])
}

/// A place's name; names repeat with a word before them.
pub fn place(at: usize) -> String {
    let all = PLACE_HEADS.len() * PLACE_TAILS.len();
    let mixed = at * 7_919 % all;
    let side = ["", "Upper ", "Lower ", "New ", "Old ", "Great ", "Little "][at / all % 7];
    format!("{side}{}{}", PLACE_HEADS[mixed % PLACE_HEADS.len()], PLACE_TAILS[mixed / PLACE_HEADS.len()])
}

/// The publisher of source `at`; neighboring sources have different ones.
pub fn publisher(at: usize) -> String {
    format!("{} {}", PAPER_HEADS[at % PAPER_HEADS.len()], PAPER_TAILS[at % PAPER_TAILS.len()])
}

/// Someone unnamed, in words.
pub fn someone(rng: &mut Rng) -> String {
    format!("{} of the {}", rng.pick(&["Lawyers", "Officials", "Members", "Residents"]), rng.pick(BODIES))
}

/// An event's title: “Council rejects northern harbour plan after audit”.
pub fn headline(rng: &mut Rng) -> String {
    let mut out = format!("{} {} {}s {}", title_case(adjective(rng)), noun(rng), verb(rng), noun(rng));
    if rng.chance(70) {
        out = format!("{out} {} {} {}", rng.pick(TAILS), adjective(rng), noun(rng));
    }
    out
}

/// A section's heading. A single word could clash with one of the page's own headings.
pub fn heading(rng: &mut Rng) -> String {
    match rng.below(5) {
        0 => format!("How the {} {}ed", noun(rng), verb(rng)),
        1 => format!("What the {} {}ed", noun(rng), verb(rng)),
        2 => format!("The {} {}", adjective(rng), noun(rng)),
        3 => format!("The {} of the {}", noun(rng), noun(rng)),
        _ => format!("Who {}ed the {}?", verb(rng), noun(rng)),
    }
}

/// “the northern harbour”, “the harbour of the council”, “three harbours”.
fn thing(rng: &mut Rng) -> String {
    match rng.below(8) {
        0..3 => format!("the {}", noun(rng)),
        3..6 => format!("the {} {}", adjective(rng), noun(rng)),
        6 => format!("the {} of the {}", noun(rng), noun(rng)),
        _ => format!("{} {}s", rng.between(2, 90), noun(rng)),
    }
}

/// What follows a subject: “rejected the plan after the audit”.
pub fn predicate(rng: &mut Rng) -> String {
    let mut out = format!("{}ed {}", verb(rng), thing(rng));
    if rng.chance(45) {
        out = format!("{out} {} {}", rng.pick(TAILS), thing(rng));
    }
    if rng.chance(15) {
        out = format!("{out} {}", rng.pick(ADVERBS));
    }
    out
}

/// A clause without a capital or a period.
pub fn clause(rng: &mut Rng) -> String {
    format!("the {} {} {}", adjective(rng), noun(rng), predicate(rng))
}

/// A sentence of about 6 to 40 words.
pub fn sentence(rng: &mut Rng) -> String {
    let mut out = title_case(&clause(rng));
    for _ in 0..[0, 0, 0, 1, 1, 1, 1, 2][rng.below(8)] {
        out = format!("{out}{} {}", rng.pick(JOINTS), clause(rng));
    }
    out + "."
}

/// A short sentence, for summaries, notes and cells.
pub fn short(rng: &mut Rng) -> String {
    format!("{}.", title_case(&clause(rng)))
}
