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

/// The name that a language has for itself, for readers who choose among several; the tag itself if we don't know it.
#[must_use]
pub fn own_name(tag: &str) -> &str {
    let own = |tag: &str| OWN_NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(tag)).map(|(_, name)| *name);
    own(tag).or_else(|| own(tag.split('-').next()?)).unwrap_or(tag)
}

/// Names of languages in themselves, as in Unicode's CLDR but with a capital where the script has one.
const OWN_NAMES: &[(&str, &str)] = &[
    ("am", "አማርኛ"),
    ("ar", "العربية"),
    ("bn", "বাংলা"),
    ("ca", "Català"),
    ("cs", "Čeština"),
    ("da", "Dansk"),
    ("de", "Deutsch"),
    ("el", "Ελληνικά"),
    ("en", "English"),
    ("es", "Español"),
    ("fa", "فارسی"),
    ("fi", "Suomi"),
    ("fr", "Français"),
    ("he", "עברית"),
    ("hi", "हिन्दी"),
    ("ht", "Kreyòl ayisyen"),
    ("hu", "Magyar"),
    ("id", "Indonesia"),
    ("it", "Italiano"),
    ("ja", "日本語"),
    ("ko", "한국어"),
    ("nl", "Nederlands"),
    ("no", "Norsk"),
    ("pl", "Polski"),
    ("pt", "Português"),
    ("ro", "Română"),
    ("ru", "Русский"),
    ("sv", "Svenska"),
    ("sw", "Kiswahili"),
    ("th", "ไทย"),
    ("tl", "Tagalog"),
    ("tr", "Türkçe"),
    ("uk", "Українська"),
    ("ur", "اردو"),
    ("vi", "Tiếng Việt"),
    ("zh", "中文"),
    ("zh-Hans", "简体中文"),
    ("zh-Hant", "繁體中文"),
];
