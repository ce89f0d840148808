//! “Did you mean”: finds the known word nearest to an unknown one.

use super::Map;

/// The candidate most like `word`, if one is close enough to be a typo. Use it for a few candidates, such as the keys of a
/// record. To search many candidates repeatedly, see [`Similar`].
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let slip = Slip::of(word)?;
    let near = candidates.into_iter().filter_map(|candidate| Some((slip.distance(candidate)?, candidate)));
    near.min().map(|(_, candidate)| candidate)
}

/// A word that may be a typo.
struct Slip {
    lower: String,
    /// How many letters may differ.
    allowed: usize,
}

impl Slip {
    /// `None` if the word is empty, or too long to look for.
    fn of(word: &str) -> Option<Self> {
        // A suggestion for a very long word costs more than it helps.
        if word.is_empty() || word.len() > 100 {
            return None;
        }
        let lower = word.to_lowercase();
        let letters = lower.chars().count();
        // Any two words of one or two letters are near each other, so that means nothing.
        (letters >= 3).then(|| Self { lower, allowed: (letters / 3).clamp(1, 4) })
    }

    /// By how many letters a candidate differs, if not by too many.
    fn distance(&self, candidate: &str) -> Option<usize> {
        // A candidate whose length differs by more than the allowed edits can't be near. That rules out most of them.
        if candidate.len().abs_diff(self.lower.len()) > self.allowed * 2 {
            return None;
        }
        let distance = strsim::damerau_levenshtein(&self.lower, &candidate.to_lowercase());
        (distance <= self.allowed).then_some(distance)
    }
}

/// Many words, to be searched many times for the one most like another.
///
/// Similar words share pairs of letters. So we compare only the words that share the most and rarest pairs, and never more
/// than [`COMPARED`] of them, however many words there are.
pub struct Similar<'a> {
    words: Vec<&'a str>,
    /// Which words contain a pair of letters.
    with: Map<[u8; 2], Vec<u32>>,
}

/// How many words are compared with the one asked about.
const COMPARED: usize = 24;

/// How many words are looked up by their pairs of letters.
const LOOKED_UP: usize = 1_000;

impl<'a> Similar<'a> {
    /// Indexes the words, in any order.
    pub fn new(words: impl IntoIterator<Item = &'a str>) -> Self {
        let mut words: Vec<&str> = words.into_iter().collect();
        words.sort_unstable();
        words.dedup();
        let mut with: Map<[u8; 2], Vec<u32>> = Map::default();
        for (at, word) in words.iter().enumerate() {
            for pair in pairs(&word.to_lowercase()) {
                with.entry(pair).or_default().push(at as u32);
            }
        }
        Self { words, with }
    }

    /// The word most like `word` among those that are `wanted`, if one is close enough.
    pub fn nearest(&self, word: &str, wanted: impl Fn(&str) -> bool) -> Option<&'a str> {
        let slip = Slip::of(word)?;
        let mut lists: Vec<&Vec<u32>> = pairs(&slip.lower).iter().filter_map(|pair| self.with.get(pair)).collect();
        lists.sort_by_key(|list| (list.len(), list.first().copied()));
        let mut shared: Map<u32, u32> = Map::default();
        let mut rest = LOOKED_UP;
        for list in lists {
            let list = &list[..list.len().min(rest)];
            list.iter().for_each(|at| *shared.entry(*at).or_default() += 1);
            rest -= list.len();
        }
        let mut best: Vec<(u32, u32)> = shared.into_iter().map(|(at, count)| (u32::MAX - count, at)).collect();
        best.sort_unstable();
        let words = best.into_iter().map(|(_, at)| self.words[at as usize]).filter(|word| wanted(word)).take(COMPARED);
        words.filter_map(|word| Some((slip.distance(word)?, word))).min().map(|(_, word)| word)
    }

    /// A word that differs from `word` by one letter: one more, one less, another, or two neighbors swapped. Use it where `word`
    /// may well be right.
    #[must_use]
    pub fn one_slip_from(&self, word: &str) -> Option<&'a str> {
        // A letter has at most four bytes: most candidates are too long or too short to be compared.
        let is_near = |candidate: &str| candidate.len().abs_diff(word.len()) <= 4;
        self.nearest(word, |candidate| is_near(candidate) && strsim::damerau_levenshtein(word, candidate) == 1)
    }
}

/// Each distinct pair of neighboring bytes of a word, including its start and end.
fn pairs(word: &str) -> Vec<[u8; 2]> {
    let bytes: Vec<u8> = [b"^", word.as_bytes(), b"$"].concat();
    let mut pairs: Vec<[u8; 2]> = bytes.windows(2).map(|pair| [pair[0], pair[1]]).collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

#[cfg(test)]
mod tests {
    use super::{Similar, nearest};

    #[test]
    fn finds_slips_and_leaves_strangers_alone() {
        let known = ["summary", "sources", "sections"];
        assert_eq!(nearest("sumary", known), Some("summary"));
        assert_eq!(nearest("Sources", known), Some("sources"));
        assert_eq!(nearest("zebra", known), None);
        assert_eq!(nearest("b", ["s"]), None);
    }

    #[test]
    fn many_words_give_the_same_as_few() {
        let known = ["summary", "sources", "sections", "wendle-water-board", "bridge-shuts", "abc", "αβγδ"];
        let many = Similar::new(known);
        let words = [
            "sumary",
            "Sources",
            "zebra",
            "b",
            "wendel-water-bord",
            "bridge_shut",
            "shuts-bridge",
            "acb",
            "xabc",
            "αβδ",
            "",
        ];
        for word in words {
            assert_eq!(many.nearest(word, |_| true), nearest(word, known), "{word}");
        }
        assert_eq!(many.nearest("sumary", |word| word != "summary"), None);
    }

    #[test]
    fn one_slip_is_one_letter() {
        let many = Similar::new(["mara", "presidents", "bay-city"]);
        for (word, expected) in [
            ("marra", Some("mara")),
            ("mra", Some("mara")),
            ("amra", Some("mara")),
            ("maro", Some("mara")),
            ("baycity", Some("bay-city")),
            ("residents", Some("presidents")),
            ("resident", None),
            ("mara", None),
        ] {
            assert_eq!(many.one_slip_from(word), expected, "{word}");
        }
    }

    #[test]
    fn a_slip_is_found_among_ten_thousand() {
        let known: Vec<String> = (0..10_000).map(|at| format!("event-number-{at}")).collect();
        let many = Similar::new(known.iter().map(String::as_str));
        assert_eq!(many.nearest("evnt-number-1234", |_| true), Some("event-number-1234"));
    }
}
