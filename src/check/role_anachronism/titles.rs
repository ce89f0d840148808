//! Whether a sentence gives a person a role, by the words right beside the name.

use std::ops::Range;

use super::super::told::primary;

/// How a language writes roles beside names.
pub(super) struct Grammar {
    /// The language.
    pub(super) tag: &'static str,
    /// What is between an office and where it is held: “President of El Salvador”.
    joints: &'static [&'static str],
    /// Offices that say enough without that. People seldom hold two of them.
    lone: &'static [&'static str],
    /// Words that make an office of several words one that is held in several places.
    ranks: &'static str,
    /// What may be between the two if they change places, as in “Texas governor”; `None` if they can't.
    swaps: Option<&'static [&'static str]>,
    /// Short for other words.
    short: &'static [(&'static str, &'static str)],
    articles: &'static str,
    /// What may be before a role that is written small.
    before: &'static str,
    /// What makes the role behind it another one.
    modifiers: &'static str,
    /// How words begin that say that a sentence is about another time, or that a role is not yet or no longer held.
    other_times: &'static str,
    /// Such words as a whole.
    other_time: &'static str,
}

static ENGLISH: Grammar = Grammar {
    tag: "en",
    joints: &[",", " of ", " for ", " from ", " at ", " in ", " to ", " on ", " under "],
    lone: &["president", "vice president", "chancellor", "governor", "mayor", "premier", "pope", "king", "queen"],
    ranks: "acting assistant associate chief circuit deputy district interim junior magistrate managing principal senior state \
        vice",
    swaps: Some(&[" of ", " for "]),
    short: &[("gov", "governor"), ("lt", "lieutenant"), ("sen", "senator"), ("rep", "representative")],
    articles: "the a an",
    before: "the by with and or to from that as for of on in at between against while when where because whether",
    modifiers: "acting assistant associate deputy former future interim junior late sometime then under vice",
    other_times: "becom elect eventual former histor inaugurat incoming nomin outgoing predecess previous retire success",
    other_time: "acting ago before became candidate current currently decade decades earlier era ex future had honor \
        honors interim late later legacy memory now once resigned since sworn tenure then today until would years",
};

static GERMAN: Grammar = Grammar {
    tag: "de",
    joints: &[",", " von ", " vom ", " der ", " des ", " für ", " im ", " in ", " am ", " an ", " beim "],
    lone: &[
        "präsident",
        "präsidentin",
        "vizepräsident",
        "vizepräsidentin",
        "bundespräsident",
        "bundeskanzler",
        "bundeskanzlerin",
        "kanzler",
        "kanzlerin",
        "außenminister",
        "außenministerin",
        "premierminister",
        "premierministerin",
        "gouverneur",
        "gouverneurin",
        "bürgermeister",
        "bürgermeisterin",
        "papst",
        "könig",
        "königin",
    ],
    ranks: "stellvertretende stellvertretender leitende leitender",
    swaps: None,
    short: &[],
    articles: "der die dem den des",
    before: "",
    modifiers: "alt ex",
    other_times: "amtierend bisherig damalig designiert ehemalig früher geschäftsführend gewählt heutig historisch interim jetzig \
        kandidat kommissarisch künftig nachfolger nachmalig scheidend spätere stellvertret vereidig vormalig vorgänger zukünftig",
    other_time: "alt ex einst einstige einstigen heute hatte hatten jahrzehnte nun seit später verstorbene verstorbenen wahl \
        zuvor",
};

static SPANISH: Grammar = Grammar {
    tag: "es",
    joints: &[",", " de ", " del ", " para ", " en ", " por "],
    lone: &[
        "presidente",
        "presidenta",
        "vicepresidente",
        "vicepresidenta",
        "canciller",
        "gobernador",
        "gobernadora",
        "alcalde",
        "alcaldesa",
        "papa",
        "rey",
        "reina",
    ],
    ranks: "adjunto adjunta interino interina jefe jefa primer primera segundo segunda",
    swaps: None,
    short: &[],
    articles: "el la al del",
    before: "el la al del y e con de por a que",
    modifiers: "entonces ex futuro futura",
    other_times: "actual anterior antigu candidat elect elegid fallecid futur histór interin poster predeces suces",
    other_time: "ahora años antes después difunto difunta entonces ex había habían hoy luego tarde ya",
};

/// How the language of a tag does it, if we know.
pub(super) fn grammar(tag: &str) -> Option<&'static Grammar> {
    match primary(tag).as_str() {
        "en" => Some(&ENGLISH),
        "de" => Some(&GERMAN),
        "es" => Some(&SPANISH),
        _ => None,
    }
}

/// A role that a sentence gives somebody.
#[derive(Debug)]
pub(super) struct Said {
    /// Its words.
    pub(super) words: Range<usize>,
    /// These and the name.
    whole: Range<usize>,
    /// The word for the office, such as `president`.
    head: String,
}

impl Said {
    /// Whether a role with this title may be meant.
    pub(super) fn may_be(&self, title: &str) -> bool {
        title.split(|c: char| !c.is_alphanumeric()).any(|word| word.to_lowercase().ends_with(&self.head))
    }
}

/// The words of a text, each with its place.
fn words(text: &str) -> Vec<(usize, &str)> {
    let at = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    text.split_whitespace().map(|word| (at(word), word)).collect()
}

/// A word as it is compared: `us` for “U.S.”.
fn plain(word: &str) -> String {
    word.replace('.', "").replace('’', "'").to_lowercase()
}

/// Whether a word is one of a list, which has spaces between them.
fn is_one_of(word: &str, list: &str) -> bool {
    list.split_whitespace().any(|known| known == word)
}

impl Grammar {
    /// The role with this title, if a sentence gives it to the person whose name or link is at `name`. `names` is what the
    /// person is called.
    pub(super) fn find(&self, sentence: &str, name: &Range<usize>, title: &str, names: &[&str]) -> Option<Said> {
        let title = title.split(" (").next().unwrap_or_default().trim();
        let end = self.joints.iter().filter_map(|joint| title.find(joint)).min().unwrap_or(title.len());
        // “Co-chair” is a chair.
        let head = plain(title[..end].split(|c: char| !c.is_alphanumeric()).rfind(|word| !word.is_empty())?);
        let found = self.wordings(title, end).into_iter().find_map(|wording| {
            let behind =
                || self.behind(&sentence[name.end..], &wording).map(|words| words.start + name.end..words.end + name.end);
            let inside = || self.inside(&sentence[name.clone()], &wording, names);
            let inside = || inside().map(|words| words.start + name.start..words.end + name.start);
            let found = inside().or_else(|| self.before(&sentence[..name.start], &wording));
            found.filter(|words| self.is_whole(&sentence[..words.start], &sentence[words.clone()], title)).or_else(behind)
        })?;
        let whole = found.start.min(name.start)..found.end.max(name.end);
        Some(Said { words: found, whole, head })
    }

    /// How a role may be called, the longest first. Its office ends at `end`.
    fn wordings(&self, title: &str, end: usize) -> Vec<Vec<String>> {
        let office: Vec<String> = title[..end].split_whitespace().map(plain).collect();
        let is_lone = |words: &[String]| {
            let is_rank = words.first().is_some_and(|first| is_one_of(first, self.ranks));
            self.lone.contains(&&*words.join(" ")) || words.len() > 1 && !is_rank
        };
        let mut all = Vec::new();
        if end < title.len() {
            all.push(title.split_whitespace().map(plain).collect());
            let place = self.swaps.into_iter().flatten().find_map(|joint| title[end..].strip_prefix(joint));
            let place = place.into_iter().flat_map(str::split_whitespace).map(plain).filter(|word| word != "the");
            let swapped: Vec<String> = place.chain(office.iter().cloned()).collect();
            if swapped.len() > office.len() {
                all.push(swapped);
            }
        }
        if is_lone(&office) {
            all.push(office);
        }
        all
    }

    fn is_same(&self, written: &str, wanted: &str) -> bool {
        let written = plain(written);
        written == wanted || self.short.iter().any(|(short, long)| *short == written && *long == wanted)
    }

    fn are_same(&self, written: &[(usize, &str)], wanted: &[String]) -> bool {
        written.len() == wanted.len() && written.iter().zip(wanted).all(|((_, one), other)| self.is_same(one, other))
    }

    /// “[the president]”, “[President Bukele]”
    fn inside(&self, link: &str, wording: &[String], names: &[&str]) -> Option<Range<usize>> {
        let words = words(link);
        let skipped = usize::from(words.len() > 1 && is_one_of(&plain(words[0].1), self.articles));
        let role = words.get(skipped..skipped + wording.len()).filter(|role| self.are_same(role, wording))?;
        let is_name = |word: &str| names.iter().any(|name| name.split_whitespace().any(|part| part == word));
        let rest = &words[skipped + wording.len()..];
        rest.iter().all(|(_, word)| is_name(word)).then(|| span(role))
    }

    /// “President [Bukele]”, “the president of El Salvador, [Nayib Bukele]”
    fn before(&self, text: &str, wording: &[String]) -> Option<Range<usize>> {
        let text = text.strip_suffix(' ')?;
        let text = text.strip_suffix(',').filter(|_| wording.len() > 2).unwrap_or(text);
        let words = words(text);
        let role = &words[words.len().checked_sub(wording.len())?..];
        self.are_same(role, wording).then(|| span(role))
    }

    /// “[Kristi Noem], the secretary of homeland security,”
    fn behind(&self, text: &str, wording: &[String]) -> Option<Range<usize>> {
        let (comma, rest) = text.split_at_checked(1)?;
        let end = rest.find([',', ';', ':', ')', '—', '.']).unwrap_or(rest.len());
        let words = words(&rest[..end]);
        let skipped = usize::from(words.first().is_some_and(|(_, first)| is_one_of(first, self.articles)));
        let role = words.get(skipped..).filter(|role| comma == "," && self.are_same(role, wording))?;
        let Range { start, end } = span(role);
        Some(start + 1..end + 1)
    }

    /// Whether the words of a role are all of it: not “Vice President” or “council president”.
    fn is_whole(&self, before: &str, role: &str, title: &str) -> bool {
        let Some((_, last)) = words(before).pop() else { return true };
        let word = plain(last.trim_matches(|c: char| !c.is_alphanumeric()));
        if last.ends_with([',', ';', ':', '—', '–', '(']) || is_one_of(&word, self.articles) {
            return true;
        }
        if is_one_of(&word, self.modifiers) || last.contains('-') {
            return false;
        }
        // “told President Bukele”, but not “council president Bukele”.
        let is_small = last.starts_with(char::is_lowercase);
        let is_capital = role.starts_with(char::is_uppercase);
        is_one_of(&word, self.before) || is_small && is_capital || !is_small && is_of_place(&word, title)
    }

    /// Whether a sentence has the person act: “President Bukele offers a prison”.
    pub(super) fn acts(&self, sentence: &str, said: &Said) -> bool {
        let mut before = sentence[..said.whole.start].trim_end();
        if let Some((at, last)) = words(before).pop()
            && (is_one_of(&plain(last), self.articles) || at == 0)
        {
            before = before[..at].trim_end();
        }
        let behind = &sentence[said.whole.end..];
        let is_behind_name = said.words.end == said.whole.end && said.words.start > said.whole.start;
        let behind = behind.strip_prefix(',').filter(|_| is_behind_name).unwrap_or(behind);
        let goes_on = behind.strip_prefix(' ').is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
        (before.is_empty() || before.ends_with(',')) && goes_on
    }

    /// Whether a sentence may be about another time than that of its event, or says that a role isn't held.
    pub(super) fn is_of_another_time(&self, sentence: &str) -> bool {
        let all = sentence.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
        let begins = |word: &str| self.other_times.split_whitespace().any(|stem| word.starts_with(stem));
        all.into_iter().any(|word| is_one_of(&word, self.other_time) || begins(&word))
    }
}

/// From the first of some words to the last.
fn span(words: &[(usize, &str)]) -> Range<usize> {
    let start = words.first().map_or(0, |(at, _)| *at);
    start..words.last().map_or(start, |(at, word)| at + word.len())
}

/// Whether a word before a role says where it is held, as its title does: “Salvadoran”, “U.S.”
fn is_of_place(word: &str, title: &str) -> bool {
    let places = || title.split_whitespace().skip(1).filter(|word| word.starts_with(char::is_uppercase)).map(plain);
    let initials: String = places().filter_map(|place| place.chars().next()).collect();
    let alike = |place: String| word.chars().zip(place.chars()).take_while(|(one, other)| one == other).count();
    initials.len() > 1 && initials == word || places().any(|place| alike(place) >= 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words that give the person in brackets a role.
    fn found(tag: &str, sentence: &str, title: &str) -> Option<String> {
        let (before, rest) = sentence.split_once('[').unwrap();
        let (name, behind) = rest.split_once(']').unwrap();
        let text = format!("{before}{name}{behind}");
        let said = grammar(tag).unwrap().find(&text, &(before.len()..before.len() + name.len()), title, &["Jane Roe"])?;
        Some(text[said.words].to_owned())
    }

    #[test]
    fn roles_are_found_beside_names() {
        for (sentence, title, wanted) in [
            ("President [Jane Roe] opened it.", "President of El Salvador", "President"),
            ("The court told President [Roe] to stop.", "President of El Salvador", "President"),
            ("Salvadoran President [Roe] left.", "President of El Salvador", "President"),
            ("U.S. President [Roe] left.", "President of the United States (first term)", "President"),
            ("He met the president, [Jane Roe].", "President", ""),
            ("The president of Wendle, [Jane Roe], left.", "President of Wendle", "president of Wendle"),
            ("[President Roe] left.", "President of Wendle", "President"),
            ("[The president] left.", "President of Wendle", "president"),
            ("Gov. [Jane Roe] left.", "Governor of Texas", "Gov."),
            ("Homeland Security Secretary [Roe] left.", "Secretary of homeland security", "Homeland Security Secretary"),
            ("[Jane Roe], the secretary of state, left.", "Secretary of state", "secretary of state"),
            ("Foreign Minister [Roe] left.", "Foreign minister of Wendle", "Foreign Minister"),
        ] {
            assert_eq!(found("en", sentence, title).unwrap_or_default(), wanted, "{sentence}");
        }
        assert_eq!(found("de", "Der salvadorianische Präsident [Roe] ging.", "Präsident von Wendle").unwrap(), "Präsident");
        assert_eq!(found("es", "Abrió el presidente [Jane Roe].", "Presidente de Wendle").unwrap(), "presidente");
    }

    #[test]
    fn other_roles_are_left_alone() {
        for (sentence, title) in [
            ("Vice President [Jane Roe] left.", "President of Wendle"),
            ("The council president [Jane Roe] left.", "President of Wendle"),
            ("The Council President [Jane Roe] left.", "President of Wendle"),
            ("Then-President [Jane Roe] left.", "President of Wendle"),
            ("Judge [Jane Roe] left.", "Judge, U.S. Court of Appeals for the Third Circuit"),
            ("Deputy Minister [Roe] left.", "Deputy minister of Justice"),
            ("Secretary [Roe] left.", "Secretary of State"),
            ("[Jane Roe], president of the bank, left.", "President of Wendle"),
            ("[President Doe] left.", "President of Wendle"),
            ("The president saw [Jane Roe].", "President of Wendle"),
        ] {
            assert_eq!(found("en", sentence, title), None, "{sentence}");
        }
        assert_eq!(found("de", "Vizepräsident [Roe] ging.", "Präsident von Wendle"), None);
        assert_eq!(found("es", "El entonces presidente [Roe] salió.", "Presidente de Wendle"), None);
    }

    #[test]
    fn a_role_is_the_one_that_is_meant() {
        for title in ["Co-chair of the board", "Foreign minister of Wendle", "Lt. governor of Wendle"] {
            let text = format!("{} Roe left.", title.split(" of ").next().unwrap());
            let name = text.find("Roe").unwrap();
            let said = ENGLISH.find(&text, &(name..name + 3), title, &["Roe"]);
            assert!(said.is_none_or(|said| said.may_be(title)), "{title}");
        }
    }

    #[test]
    fn people_act_at_the_beginning_of_a_clause() {
        let acts = |sentence: &str| {
            let name = sentence.find("Roe").unwrap();
            let said = ENGLISH.find(sentence, &(name..name + 3), "President of Wendle", &["Roe"]).unwrap();
            ENGLISH.acts(sentence, &said)
        };
        assert!(acts("President Roe opens it."));
        assert!(acts("In the city, President Roe opens it."));
        assert!(!acts("President Roe's order is revoked."));
        assert!(!acts("The court revokes an order of President Roe from that time."));
        assert!(!acts("The predecessor, President Roe, opened it."));
    }

    #[test]
    fn other_times_are_known_by_a_word() {
        assert!(ENGLISH.is_of_another_time("It is the mall that President Roe later closed."));
        assert!(ENGLISH.is_of_another_time("Ex-President Roe left."));
        assert!(GERMAN.is_of_another_time("Der damalige Präsident ging."));
        assert!(SPANISH.is_of_another_time("El futuro presidente salió."));
        assert!(!ENGLISH.is_of_another_time("President Roe signs the order."));
    }
}
