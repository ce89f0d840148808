//! Which way text runs.

/// Whether a language is written from right to left. Its tag tells: by the script it names, or by the language's usual
/// script.
#[must_use]
pub fn is_right_to_left(tag: &str) -> bool {
    const SCRIPTS: &[&str] = &["adlm", "arab", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa"];
    const LANGUAGES: &[&str] =
        &["ar", "arc", "ckb", "dv", "fa", "glk", "he", "iw", "ji", "ks", "mzn", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"];
    let tag = tag.replace('_', "-").to_lowercase();
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default();
    match parts.find(|part| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_lowercase())) {
        Some(script) => SCRIPTS.contains(&script),
        None => LANGUAGES.contains(&language),
    }
}

/// Whether a text has letters that run against those of its page. Such text must be isolated, or it scrambles its line.
#[must_use]
pub fn strays(text: &str, is_page_right_to_left: bool) -> bool {
    if is_page_right_to_left {
        return text.contains(|c: char| c.is_alphabetic() && !is_right_to_left_letter(c));
    }
    !text.is_ascii() && text.contains(is_right_to_left_letter)
}

fn is_right_to_left_letter(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_go_before_languages() {
        for tag in ["ar", "ar-EG", "he", "FA_IR", "az-Arab", "ur"] {
            assert!(is_right_to_left(tag), "{tag}");
        }
        for tag in ["en", "ks-Deva", "az", "zh-Hant", "de-1996", ""] {
            assert!(!is_right_to_left(tag), "{tag}");
        }
    }

    #[test]
    fn only_letters_against_the_page_stray() {
        assert!(strays("See وزارة", false) && strays("وزارة BBC", true));
        assert!(!strays("Ángel 12, “x”", false) && !strays("وزارة 12!", true) && !strays("12", true));
    }
}
