//! The quotation marks of languages.

/// The marks around words that are quoted, and around those that are quoted within them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotes {
    /// Outer marks, opening and closing.
    pub double: [&'static str; 2],
    /// Inner ones.
    pub single: [&'static str; 2],
}

impl Quotes {
    /// English ones, which most languages share.
    pub const ENGLISH: Self = Self { double: ["“", "”"], single: ["‘", "’"] };

    /// Those of the language of a BCP 47 tag.
    #[must_use]
    pub fn of(tag: &str) -> Self {
        let tag = tag.replace('_', "-").to_lowercase();
        let mut parts = tag.split('-');
        let (primary, rest) = (parts.next().unwrap_or_default(), parts.collect::<Vec<_>>());
        let marks = |double, single| Self { double, single };
        match primary {
            "de" | "fr" | "it" if rest.iter().any(|part| matches!(*part, "ch" | "li")) => marks(["«", "»"], ["‹", "›"]),
            "de" | "cs" | "sk" | "sl" | "is" | "lt" => marks(["„", "“"], ["‚", "‘"]),
            "bg" | "ka" | "mk" | "sr" => marks(["„", "“"], ["’", "’"]),
            "et" => marks(["„", "“"], ["«", "»"]),
            "pl" | "ro" => marks(["„", "”"], ["«", "»"]),
            "hu" => marks(["„", "”"], ["»", "«"]),
            "hr" | "bs" => marks(["„", "”"], ["‘", "’"]),
            "fr" if rest.contains(&"ca") => marks(["«\u{a0}", "\u{a0}»"], ["“", "”"]),
            "fr" => marks(["«\u{202f}", "\u{202f}»"], ["“", "”"]),
            "ru" | "uk" | "be" => marks(["«", "»"], ["„", "“"]),
            "es" | "it" | "ca" | "gl" | "eu" | "el" | "hy" | "sq" => marks(["«", "»"], ["“", "”"]),
            "pt" if rest.contains(&"pt") => marks(["«", "»"], ["“", "”"]),
            "no" | "nb" | "nn" => marks(["«", "»"], ["‘", "’"]),
            // As newspapers write them; the inner ones are the other way around on a line that runs from right to left.
            "ar" => marks(["«", "»"], ["”", "“"]),
            "fa" | "ps" => marks(["«", "»"], ["‹", "›"]),
            "sv" | "fi" | "he" => marks(["”", "”"], ["’", "’"]),
            "ja" => marks(["「", "」"], ["『", "』"]),
            "zh" if rest.iter().any(|part| matches!(*part, "hant" | "tw" | "hk" | "mo")) => {
                marks(["「", "」"], ["『", "』"])
            }
            _ => Self::ENGLISH,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Quotes;

    #[test]
    fn regions_may_differ_from_their_language() {
        for (tag, double) in [
            ("en-GB", ["“", "”"]),
            ("de", ["„", "“"]),
            ("de_CH", ["«", "»"]),
            ("fr", ["«\u{202f}", "\u{202f}»"]),
            ("pt-BR", ["“", "”"]),
            ("pt-PT", ["«", "»"]),
            ("zh-Hant", ["「", "」"]),
            ("zh-CN", ["“", "”"]),
            ("ar", ["«", "»"]),
            ("", ["“", "”"]),
        ] {
            assert_eq!(Quotes::of(tag).double, double, "{tag}");
        }
    }
}
