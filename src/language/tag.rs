//! Language tags (BCP 47).

/// What to write instead of something that is not a language tag; `None` if it looks like one.
#[must_use]
pub fn instead_of(tag: &str) -> Option<String> {
    let is_part = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
    // A language has two or three letters; no language in use has more.
    let is_language = tag.split('-').next().is_some_and(|first| (2..=3).contains(&first.len()));
    if is_language && tag.split('-').all(is_part) {
        return None;
    }
    let dashed = tag.replace('_', "-");
    Some(match NAMES.iter().find(|(name, _)| name.eq_ignore_ascii_case(tag)) {
        Some((_, tag)) => format!("write `{tag}`"),
        None if dashed != tag => format!("write `{dashed}`"),
        None => "write a tag such as `en` or `pt-BR`".to_owned(),
    })
}

/// Names of languages, for authors who write one instead of its tag.
const NAMES: &[(&str, &str)] = &[
    ("English", "en"),
    ("Spanish", "es"),
    ("Español", "es"),
    ("French", "fr"),
    ("Français", "fr"),
    ("German", "de"),
    ("Deutsch", "de"),
    ("Portuguese", "pt"),
    ("Italian", "it"),
    ("Dutch", "nl"),
    ("Polish", "pl"),
    ("Ukrainian", "uk"),
    ("Russian", "ru"),
    ("Arabic", "ar"),
    ("Chinese", "zh"),
    ("Japanese", "ja"),
    ("Korean", "ko"),
    ("Hindi", "hi"),
    ("Turkish", "tr"),
];
