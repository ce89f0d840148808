//! People's names: in which order one is written, and which part is the family name.
//!
//! No rule reliably tells a name from other words. When in doubt, this code leaves a name as it is written, because a name
//! in the wrong order is somebody else's.

/// A name in spoken order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spoken {
    /// The name, given names first.
    pub name: String,
    /// What a comma or semicolon in it may mean, if that is anyone's guess. In that case the name is left as written.
    pub doubt: Option<Doubt>,
}

/// Why a name is ambiguous.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// Two people, or one person's family name and given names.
    TwoPeople(String, String),
    /// Several people, or one name that contains commas or semicolons.
    Several,
}

/// Puts a name in spoken order: `Doe, Jane` is “Jane Doe”.
#[must_use]
pub fn spoken(written: &str) -> Spoken {
    let written = written.split_whitespace().collect::<Vec<_>>().join(" ");
    let sure = |name: String| Spoken { name, doubt: None };
    let parts: Vec<&str> = written.split(',').map(str::trim).collect();
    let doubt = match parts[..] {
        _ if written.contains(';') => Doubt::Several,
        [_] => return sure(written),
        // `Martin Luther King, Jr.`, `Jane Doe, MD, PhD`, `Acme, Inc.`
        [name, ref titles @ ..] if !name.is_empty() && titles.iter().all(|title| is_suffix(title)) => return sure(written),
        [family, given] if is_name(family) && is_name(given) => {
            let are_initials = given.split(' ').any(is_initials);
            let could_be_two = core(family).count() > 1 && core(given).count() > 1 && !are_initials;
            let is_agency = core(family).count() > 1 && is_acronym(given);
            if !could_be_two && !is_agency {
                return sure(format!("{given} {family}"));
            }
            Doubt::TwoPeople(family.to_owned(), given.to_owned())
        }
        // `King, Martin Luther, Jr.`, `King, Jr., Martin Luther`
        [family, given, suffix] | [family, suffix, given]
            if is_suffix(suffix) && !is_suffix(given) && is_name(family) && is_name(given) =>
        {
            let mark = if is_of_family(suffix) { "" } else { "," };
            return sure(format!("{given} {family}{mark} {suffix}"));
        }
        _ => Doubt::Several,
    };
    Spoken { name: written, doubt: Some(doubt) }
}

/// Whether a list alternates between family names and given names: `[Ferreira, Ana, Okoro, Ben]`. In such a list, the commas
/// split people in two.
#[must_use]
pub fn in_turn(names: &[&str]) -> bool {
    let is_one = |name: &str| is_name(name) && core(name).count() == 1 && !name.split(' ').all(is_acronym);
    let is_given = |name: &str| {
        let mut words = name.split(' ').filter(|word| !is_initials(word));
        is_name(name) && words.by_ref().take(1).count() <= 1 && words.next().is_none() && !is_acronym(name)
    };
    !names.is_empty()
        && names.len().is_multiple_of(2)
        && names.chunks_exact(2).all(|pair| is_one(pair[0].trim()) && is_given(pair[1].trim()))
}

/// The word that a person is sorted by: the last word of the family name, or the whole name in languages that put the family
/// name first.
#[must_use]
pub fn listed_by<'n>(name: &'n str, language: &str) -> &'n str {
    let primary = language.split(['-', '_']).next().unwrap_or_default();
    if ["hu", "ja", "ko", "zh"].iter().any(|tag| tag.eq_ignore_ascii_case(primary)) {
        return name;
    }
    let name = name.split(',').next().unwrap_or(name);
    let mut words = name.split_whitespace().rev();
    words.by_ref().find(|word| !is_suffix(word)).unwrap_or(name)
}

/// Whether some words look like a name, or a part of one.
fn is_name(words: &str) -> bool {
    let last = words.rsplit(' ').next().unwrap_or(words);
    let is_good = |word: &str| is_capitalized(word) && !is_of_bodies(word);
    is_good(last) && words.split(' ').all(|word| is_particle(word) || is_good(word)) && core(words).count() <= 3
}

/// The words of a name that are not particles. The last word never is one: Ben and Van are given names, too.
fn core(name: &str) -> impl Iterator<Item = &str> {
    let last = name.split(' ').count().saturating_sub(1);
    name.split(' ').enumerate().filter(move |(at, word)| *at == last || !is_particle(word)).map(|(_, word)| word)
}

fn is_capitalized(word: &str) -> bool {
    const ARTICLES: &[&str] = &["d'", "d’", "l'", "l’", "al-", "el-", "ad-", "an-", "ar-", "as-", "ash-", "at-"];
    let word = ARTICLES.iter().find_map(|article| word.strip_prefix(article)).unwrap_or(word);
    // Letters of scripts without capitals count as capitals.
    word.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase())
        && word.chars().all(|c| c.is_alphabetic() || is_mark(c) || matches!(c, '-' | '‐' | '\'' | '’' | 'ʼ' | '.' | '·'))
}

/// Whether a character is a combining accent.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// `J.`, `J.R.`, `JR`: initials of given names.
fn is_initials(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let is_upper = word.chars().all(|c| c.is_uppercase() || matches!(c, '.' | '-'));
    is_upper && (letters == 1 || letters <= 4 && word.contains('.') || letters == 2)
}

/// `AP`, `AFP`: two or more capitals without periods.
fn is_acronym(word: &str) -> bool {
    word.chars().count() > 1 && word.chars().all(char::is_uppercase)
}

/// Whether a word is a particle: it comes before a family name and is not a name by itself.
fn is_particle(word: &str) -> bool {
    const PARTICLES: &[&str] = &[
        "af", "al", "av", "bin", "ben", "bint", "d'", "d’", "da", "dal", "de", "degli", "dei", "del", "della", "den", "der",
        "des", "di", "do", "dos", "das", "du", "e", "el", "i", "ibn", "la", "las", "le", "los", "op", "san", "st.", "ten",
        "ter", "van", "von", "vom", "y", "zu", "zum", "zur", "'t", "’t",
    ];
    PARTICLES.contains(&word.to_lowercase().as_str())
}

/// Whether a word follows a name: `Jr.`, `III`, `PhD`, `Inc.`
fn is_suffix(word: &str) -> bool {
    const SUFFIXES: &[&str] = &[
        "esq", "md", "phd", "jd", "llm", "ma", "mba", "msc", "ba", "bsc", "rn", "cpa", "qc", "kc", "mp", "obe", "cbe",
        "mbe", "sj", "op", "osb", "inc", "ltd", "llc", "llp", "lp", "plc", "pllc", "co", "corp", "gmbh", "ag", "sa", "sl",
        "srl", "spa", "bv", "nv", "ab", "oy", "kg", "sarl", "sas", "sadecv",
    ];
    let bare: String = word.chars().filter(|c| !matches!(c, '.' | ' ')).collect();
    // `Sa` is a name, `SA` is not; `Co.` is short for something.
    let is_marked = word.contains('.') || bare.chars().skip(1).any(char::is_uppercase);
    is_of_family(word)
        || SUFFIXES.contains(&bare.to_lowercase().as_str())
            && (is_marked || ["Inc", "Ltd", "Corp", "Esq"].contains(&bare.as_str()))
}

/// Whether a suffix tells people with the same name apart.
fn is_of_family(suffix: &str) -> bool {
    let bare = suffix.trim_end_matches('.');
    matches!(bare, "Jr" | "Sr" | "jr" | "sr" | "II" | "III" | "IV")
}

/// Words that occur in the names of institutions and publishers.
const OF_BODIES: &str = "\
    a academy administration agence agencia agency alliance an army assembly \
    associated association authority axios bank bloomberg board bureau center centre \
    church city coalition college commission committee company congress corporation \
    council county court daily department division editors embassy federation foundation \
    fund gazette government group guardian herald hospital house institute institut \
    instituto international journal justice league library magazine media ministerio \
    ministry museum news newsroom newspaper network office organization organisation \
    party police politico post press program programme radio reuters review school \
    secretariat secretary senate service society staff state states telegraph television \
    the times treasury tribune trust union united universidad université university \
    universität weekly";

/// Whether a word occurs in the names of institutions and publishers rather than people.
fn is_of_bodies(word: &str) -> bool {
    let word = word.to_lowercase();
    OF_BODIES.split(' ').any(|other| other == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn reads(written: &str, name: &str, is_doubtful: bool) {
        let read = spoken(written);
        assert_eq!((read.name.as_str(), read.doubt.is_some()), (name, is_doubtful), "{written}");
    }

    #[test]
    fn one_comma_parts_the_names_of_one_person() {
        for (written, name) in [
            ("Doe, Jane", "Jane Doe"),
            (" Doe ,  Jane ", "Jane Doe"),
            ("Doe, J. R.", "J. R. Doe"),
            ("Doe, JR", "JR Doe"),
            ("Okoro, Ben", "Ben Okoro"),
            ("de la Cruz, Juan Carlos", "Juan Carlos de la Cruz"),
            ("Van Hollen, Chris", "Chris Van Hollen"),
            ("García Márquez, Gabriel", "Gabriel García Márquez"),
            ("Abrego Garcia, Kilmar A.", "Kilmar A. Abrego Garcia"),
            ("O’Brien-Smith, Mary Kate", "Mary Kate O’Brien-Smith"),
            ("Zoe\u{308}, A\u{301}ngel", "A\u{301}ngel Zoe\u{308}"),
            ("al-Assad, Bashar", "Bashar al-Assad"),
            ("d’Alembert, Jean", "Jean d’Alembert"),
            ("Иванова, Анна", "Анна Иванова"),
            ("King, Martin Luther, Jr.", "Martin Luther King Jr."),
            ("King, Jr., Martin Luther", "Martin Luther King Jr."),
            ("Doe, Jane, PhD", "Jane Doe, PhD"),
        ] {
            reads(written, name, false);
        }
    }

    #[test]
    fn fields_in_order_stay_in_order() {
        for written in [
            "Jane Doe",
            "newsroom",
            "Martin Luther King, Jr.",
            "Martin Luther King, Jr",
            "Harry Doe, III",
            "Jane Doe, MD, Ph.D.",
            "Acme, Inc.",
            "Doe & Roe, LLP",
            "Jane Doe and John Roe",
            "",
        ] {
            reads(written, written, false);
        }
    }

    #[test]
    fn possibly_several_people_are_shown_as_written() {
        for written in [
            "Jane Doe, John Roe",
            "García Márquez, Gabriel José",
            "Ministry of Health, Labour and Welfare",
            "Jane Doe, John Roe, Ann Poe",
            "Jane Doe, John Roe and Ann Poe",
            "Doe, Jane; Roe, John",
            "Jane Doe; John Roe",
            "Doe, Jane and Roe, John",
            "Jane Doe, AP",
            "Jane Doe, Reuters",
            "Washington Post, The",
            "Doe, Jane Mary Ann Beth",
            "Agent 7, Jane",
            "Doe,",
            ", Doe",
            ",",
            "Doe, jane",
        ] {
            reads(written, written, true);
        }
        let two = Doubt::TwoPeople("Jane Doe".to_owned(), "John Roe".to_owned());
        assert_eq!(spoken("Jane Doe, John Roe").doubt, Some(two));
    }

    #[test]
    fn names_that_a_list_takes_apart_are_seen() {
        assert!(in_turn(&["Ferreira", "Ana", "Okoro", "Ben"]));
        assert!(in_turn(&["van Dyk", "Ana J.", "Okoro", "B. J."]));
        assert!(in_turn(&["Doe", "Jane"]));
        for names in [
            &["Jane Doe", "John Roe"][..],
            &["AP", "AFP"],
            &["Reuters", "Axios"],
            &["Ferreira", "Ana", "Okoro"],
            &["newsroom", "Ana"],
            &[],
        ] {
            assert!(!in_turn(names), "{names:?}");
        }
    }

    #[test]
    fn people_are_listed_by_the_last_word_of_their_name() {
        for (name, word) in [
            ("Nayib Bukele", "Bukele"),
            ("Charles de Gaulle", "Gaulle"),
            ("Martin Luther King, Jr.", "King"),
            ("Martin Luther King Jr.", "King"),
            ("Harry Doe III", "Doe"),
            ("Madonna", "Madonna"),
            ("", ""),
        ] {
            assert_eq!(listed_by(name, "en"), word);
        }
        assert_eq!(listed_by("Nagy Imre", "hu"), "Nagy Imre");
    }
}
