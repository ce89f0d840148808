//! Whether a date in a sentence is certainly said to be that of a link in it.

use std::ops::Range;

use super::super::reading::MENTION;
use super::super::told::primary;

/// What a language has before a day or a month in which something happened, in lower case; and before that, what makes it
/// another day.
fn prepositions(tag: &str) -> (&'static str, &'static str) {
    match tag {
        "en" => ("on in", BLOCKERS),
        "de" => ("am im", "ab bis nach seit vor"),
        "es" => ("el en", "ante antes desde después entre hasta para tras"),
        _ => ("", ""),
    }
}

/// Between a date and a verb, these say that the verb speaks of another time, or that somebody else does the telling.
const BLOCKERS: &str = "\
    about after ago although and around as because before but by could dated due earlier following from had has have \
    if later may might must never nor not or per published shall should since than that though through till until \
    whether when where which while who whom whose will would";

/// Verbs of saying and planning, in the past. What follows them may have another date than they have.
const TELLING: &str = "\
    acknowledged admitted agreed alleged announced approved argued asked authorized claimed conceded concluded \
    confirmed decided declared demanded denied described disclosed expected hoped mentioned ordered planned pledged \
    promised proposed recalled reported requested revealed ruled said scheduled stated suggested testified threatened \
    told urged vowed warned wrote";

/// Verbs in the past that don't end in “ed”.
const IRREGULAR: &str = "\
    ate beat became began blew bought broke brought built came caught chose cut did died drew drove fell fled flew \
    forbade fought found froze gave got grew held hit kept knew laid led left let lost made met paid put quit ran read \
    rode rose said sank saw sent set shook shot shut sold sought spent split spoke stole stood struck sued swore threw \
    told took upheld was went were withdrew won wrote";

/// Behind these, and behind an owner, a word such as “disputed” is no verb.
const BEFORE_NOUNS: &str = "\
    a about against all an any at by each every for from her his in into its many more most no of on other our over \
    several some such that the their these this those to under with without";

/// Forms of “be”, behind which a participle is no verb of its own.
const PASSIVE: &str = "was were been be is are got";

/// Words behind which “to” leads to a thing, and not to a verb.
const DETERMINERS: &str = "a an her his its our the their this that these those";

/// Whether a date is certainly said to be that of a link. Both are ranges of `sentence`.
pub(super) fn is_attached(sentence: &str, date: &Range<usize>, link: &Range<usize>, language: &str) -> bool {
    let tag = primary(language);
    let (prepositions, blockers) = prepositions(&tag);
    let grammar = Grammar { prepositions, blockers, is_english: tag == "en" };
    if link.start <= date.start && date.end <= link.end {
        return grammar.inside(&sentence[link.start..date.start], &sentence[date.end..link.end]);
    }
    let words = &sentence[link.clone()];
    if date.end <= link.start {
        let (before, between, behind) = (&sentence[..date.start], &sentence[date.end..link.start], &sentence[link.end..]);
        return grammar.before(before, between, words, behind);
    }
    if link.end <= date.start {
        let (before, between, behind) = (&sentence[..link.start], &sentence[link.end..date.start], &sentence[date.end..]);
        return grammar.behind(before, words, between, behind);
    }
    false
}

/// Whether a sentence tells of somebody who says something, on a day that may be that of the saying.
pub(super) fn is_report(sentence: &str) -> bool {
    words(sentence).iter().any(|word| is_one_of(word, TELLING))
}

struct Grammar {
    prepositions: &'static str,
    blockers: &'static str,
    is_english: bool,
}

impl Grammar {
    /// “[ruled on April 10]”, “[April 10]”, “[the bridge shut on March 12]”
    fn inside(&self, before: &str, behind: &str) -> bool {
        let head = words(before);
        let Some((last, head)) = head.split_last() else {
            // “[April 10 ruling]”, but not “[April 4 order is upheld]”.
            return words(behind).len() <= 1;
        };
        if !self.is_preposition(last) {
            return false;
        }
        if !self.is_english {
            return head.len() <= 1 && !head.iter().any(|word| is_one_of(word, self.blockers));
        }
        if head.is_empty() {
            return !words(behind).iter().any(|word| is_one_of(word, BLOCKERS) || is_one_of(word, TELLING));
        }
        is_one_clause(head)
    }

    /// “April 9: [the bridge shut]”, “On April 9 [bridge-shuts].”, “On April 9, the court [ordered his return].”
    fn before(&self, before: &str, between: &str, link: &str, behind: &str) -> bool {
        let lead = words(before);
        let is_first = lead.is_empty() || lead.len() == 1 && self.is_preposition(lead[0]);
        if !is_first {
            return false;
        }
        match between.trim() {
            ":" | "–" | "—" | "-" => return true,
            "" | "," => {
                let ends = words(behind).is_empty();
                let pauses = link.starts_with(MENTION) && behind.trim_start().starts_with([',', ';', ':', '(', '—', '–']);
                return ends || pauses;
            }
            _ => {}
        }
        let between_words = words(between);
        let is_free = !between.contains([';', ':', '(', '“', '"'])
            && !between_words.iter().any(|word| is_one_of(word, self.blockers) || is_verb(word));
        self.is_english && !lead.is_empty() && is_free && has_verb_first(between, link)
    }

    /// “the [raid] (March 12)”, “[met him in San Salvador] on April 17”, “[bridge-shuts] on April 9”
    fn behind(&self, before: &str, link: &str, between: &str, behind: &str) -> bool {
        let between = between.trim();
        if between == "(" {
            return behind.trim_start().starts_with(')');
        }
        if !self.is_preposition(between) {
            return false;
        }
        let is_title = link.starts_with(MENTION) && words(before).is_empty();
        is_title || self.is_english && has_verb_first(before, link) && is_one_clause(&words(link))
    }

    fn is_preposition(&self, word: &str) -> bool {
        is_one_of(word, self.prepositions)
    }
}

/// Whether the words of a link begin with a verb in the past, as far as those before it tell.
fn has_verb_first(before: &str, link: &str) -> bool {
    let is_owner = |word: &str| word.ends_with("'s") || word.ends_with("’s") || word.ends_with(['\'', '’']);
    let before = words(before);
    let makes_noun = before.last().is_some_and(|word| is_one_of(word, BEFORE_NOUNS) || is_owner(word));
    !makes_noun && words(link).first().is_some_and(|first| is_verb(first))
}

/// Whether a date behind these words is that of all of them: they have a single verb, and nothing that leads elsewhere.
fn is_one_clause(all: &[&str]) -> bool {
    let leads_away = all.iter().any(|word| is_one_of(word, BLOCKERS) && !is_one_of(word, "about and as had"));
    let infinitive = all
        .windows(2)
        .any(|pair| pair[0] == "to" && pair[1].starts_with(char::is_lowercase) && !is_one_of(pair[1], DETERMINERS));
    let verbs: Vec<usize> = (0..all.len()).filter(|at| is_verb(all[*at])).collect();
    let is_passive = |at: usize| at > 0 && is_one_of(all[at - 1], PASSIVE);
    let own = verbs.iter().filter(|at| !is_one_of(all[**at], PASSIVE) || **at + 1 == all.len());
    let second = own.skip(1).any(|at| !is_passive(*at));
    // “announced on April 13” and “told the court on April 12”, but not “announced the flights on April 13”.
    let telling = all.iter().position(|word| is_one_of(word, TELLING)).map_or(0, |at| all.len() - at - 1);
    let tells_more = telling > 2 || telling > 0 && !is_one_of(all[0], "told");
    !(leads_away || infinitive || second || tells_more)
}

fn is_verb(word: &str) -> bool {
    let is_regular = word.len() > 4 && word.ends_with("ed") && word.starts_with(|c: char| c.is_ascii_lowercase());
    is_regular || IRREGULAR.split(' ').any(|known| known == word)
}

/// Whether a word is one of a list, which has spaces between them.
fn is_one_of(word: &str, list: &str) -> bool {
    list.split(' ').any(|known| known.eq_ignore_ascii_case(word))
}

/// The words of a text. A link without words is one.
fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’' | MENTION)))
        .filter(|word| !word.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::written_date::{find, language};
    use super::*;

    /// Whether the one date of a sentence belongs to its link, which is in brackets.
    #[track_caller]
    fn belongs(tag: &str, sentence: &str) -> bool {
        let (before, rest) = sentence.split_once('[').unwrap();
        let (words, behind) = rest.split_once(']').unwrap();
        let words = if words.is_empty() { MENTION.to_string() } else { words.to_owned() };
        let text = format!("{before}{words}{behind}");
        let link = before.len()..before.len() + words.len();
        let dates = find(&text, language(tag).unwrap());
        assert_eq!(dates.len(), 1, "{sentence}");
        is_attached(&text, &dates[0].range, &link, tag)
    }

    #[test]
    fn dates_belong_to_a_link_that_has_them() {
        for sentence in [
            "The court [ruled on April 10], with no noted dissent.",
            "On [October 10, 2019], a judge granted it.",
            "In the Oval Office on [April 14], he said no.",
            "His [July 2 filing] says so.",
            "[On March 12 the bridge shut], and nobody knew.",
            "[The bridge shut on March 12].",
            "He was [removed to El Salvador on March 15, 2025].",
            "He [told the court on April 12] that he was alive.",
            "Ten more followed, he [announced on April 13].",
            "The order [was signed on Monday, May 5].",
            "A memo, [released on May 5], says no.",
        ] {
            assert!(belongs("en", sentence), "{sentence}");
        }
    }

    #[test]
    fn dates_belong_to_a_link_beside_them() {
        for sentence in [
            "March 12: [the bridge shuts]",
            "March 12, 2025 – [The closing]",
            "On April 9 [].",
            "On April 9, [], and the state paid.",
            "On April 9, [the bridge shut].",
            "On Monday, April 9, the court [ordered his return].",
            "On March 15 James Boasberg, chief judge of the trial court, [halted removals under the law] and went home.",
            "The senator [met him in San Salvador] on April 17, in a hotel.",
            "It began with the [raid] (March 12).",
            "[] on March 12.",
            "In April 2025 the court [ordered it].",
        ] {
            assert!(belongs("en", sentence), "{sentence}");
        }
    }

    #[test]
    fn dates_of_something_else_are_left_alone() {
        for sentence in [
            "On April 14 Bukele defended [the flights].",
            "On April 9, [the flights] were defended.",
            "On April 9, the board said it had [closed the bridge].",
            "On April 9, two days after [the bridge shut], it met.",
            "On April 9, the court that [ordered his return] met.",
            "On April 9 Bukele defended what it [called a deal].",
            "The court [upheld the order issued on April 4].",
            "The court [upheld the April 4 order].",
            "The court [vacated an order of April 4].",
            "He [agreed to meet on April 14].",
            "He [said the flights left on March 15].",
            "He [announced the flights on April 13].",
            "Officials criticized [the flights] on April 9.",
            "By April 9, the court [ordered it].",
            "Before [the order] of April 9, nobody knew.",
            "The Post reported on October 19 that he [promised it].",
            "It was [the third before April 9].",
            "[April 4 order is upheld by the court].",
            "On April 9 the court's [disputed order] was in force.",
            "Officials criticized the [disputed order] on April 9.",
        ] {
            assert!(!belongs("en", sentence), "{sentence}");
        }
    }

    #[test]
    fn other_languages_have_their_own_words() {
        for (tag, sentence, wanted) in [
            ("de", "Am [10. April] entschied das Gericht.", true),
            ("de", "Das Gericht [entschied am 10. April].", true),
            ("de", "Am 10. April: [Das Urteil]", true),
            ("de", "Am 10. April kritisierte er [das Urteil].", false),
            ("de", "Das Gericht [bestätigte das Urteil vom 4. April].", false),
            ("es", "El tribunal [falló el 10 de abril].", true),
            ("es", "El [10 de abril], el tribunal falló.", true),
            ("es", "El tribunal [confirmó la orden del 4 de abril].", false),
            ("es", "Está preso [desde el 4 de abril].", false),
        ] {
            assert_eq!(belongs(tag, sentence), wanted, "{sentence}");
        }
    }
}
