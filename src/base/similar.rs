//! “Did you mean”: the nearest of some known words.

/// The candidate most like `word`, if one is like enough to be a slip of the finger.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // A suggestion for a very long word costs more than it helps.
    if word.is_empty() || word.len() > 100 {
        return None;
    }
    let lower = word.to_lowercase();
    // Any two words of one or two letters are near each other, and it means nothing.
    if lower.chars().count() < 3 {
        return None;
    }
    let allowed = (lower.chars().count() / 3).clamp(1, 4);
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        // Lengths that differ by more than the allowed edits can't be near, and are most of the candidates.
        if candidate.len().abs_diff(lower.len()) > allowed * 2 {
            continue;
        }
        let distance = strsim::damerau_levenshtein(&lower, &candidate.to_lowercase());
        if distance <= allowed && best.is_none_or(|(least, name)| (distance, candidate) < (least, name)) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn finds_slips_and_leaves_strangers_alone() {
        let known = ["summary", "sources", "sections"];
        assert_eq!(nearest("sumary", known), Some("summary"));
        assert_eq!(nearest("Sources", known), Some("sources"));
        assert_eq!(nearest("zebra", known), None);
        assert_eq!(nearest("b", ["s"]), None);
    }
}
