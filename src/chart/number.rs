//! Numbers as people write them into tables.

/// A number, and its digits as written.
#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    /// Its value.
    pub value: f64,
    /// Its digits with a point for decimals: `-1234.50`.
    pub written: String,
}

/// No chart needs larger ones, and a slip of the keyboard makes them.
const MOST: f64 = 1e15;

/// Reads a number.
///
/// # Errors
/// What is wrong with it, and what to write instead.
pub fn read(text: &str) -> Result<Number, (String, String)> {
    let plain = text.replace('\u{2212}', "-");
    let digits = plain.strip_prefix('-').unwrap_or(&plain);
    let is_plain = digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.ends_with(|c: char| c.is_ascii_digit())
        && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && digits.matches('.').count() <= 1;
    match plain.parse::<f64>() {
        Ok(value) if is_plain && value.abs() <= MOST => Ok(Number { value, written: plain }),
        Ok(_) if is_plain => {
            Err((format!("`{text}` is larger than any chart can show"), "check it, or count in millions".to_owned()))
        }
        _ => Err((format!("`{text}` is not a number"), help(text))),
    }
}

/// What to write instead of something that is not a number.
fn help(text: &str) -> String {
    const NOTHING: [&str; 12] = ["-", "–", "—", ".", "..", "...", "…", "na", "n/a", "null", "none", "?"];
    let lower = text.to_lowercase();
    if NOTHING.contains(&lower.as_str()) {
        return "leave the cell empty where there is no figure".to_owned();
    }
    let bare = text.trim_end_matches(['%', '€', '$', ' ']).trim_start_matches(['$', '€', '£', ' ', '+']);
    if bare != text && read(bare).is_ok() {
        return format!("write `{bare}`, and say in `measure` what the figures count");
    }
    let grouped: String = bare.chars().filter(|c| !matches!(c, ',' | ' ' | '\u{a0}' | '\u{202f}' | '\'' | '’')).collect();
    let is_decimal_comma = bare.matches(',').count() == 1 && bare.rsplit(',').next().is_some_and(|last| last.len() != 3);
    if is_decimal_comma {
        let point = bare.replace('.', "").replace(',', ".");
        if read(&point).is_ok() {
            return format!("write `{point}`, with a point before the decimals");
        }
    }
    if grouped != bare && read(&grouped).is_ok() {
        return format!("write `{grouped}`, without marks between the digits; pages show them as the language does");
    }
    "write digits, such as `1234` or `12.5`, or leave the cell empty where there is no figure".to_owned()
}

/// A number of a scale, with this many decimals.
#[must_use]
pub fn written(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    if text.trim_start_matches('-').bytes().all(|b| b == b'0' || b == b'.') { text.replace('-', "") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_plain_numbers_and_says_how_to_write_others() {
        for (text, value) in [("0", 0.0), ("12", 12.0), ("-3.50", -3.5), ("−4", -4.0)] {
            assert!((read(text).unwrap().value - value).abs() < 1e-9, "{text}");
        }
        assert_eq!(read("-3.50").unwrap().written, "-3.50");
        for (text, words) in [
            ("1,234", "write `1234`"),
            ("1 234", "write `1234`"),
            ("12,5", "write `12.5`"),
            ("12%", "write `12`"),
            ("n/a", "leave the cell empty"),
            ("1e5", "write digits"),
            ("inf", "write digits"),
            ("1.", "write digits"),
            ("9999999999999999", "count in millions"),
        ] {
            assert!(read(text).unwrap_err().1.contains(words), "{text}: {:?}", read(text));
        }
    }

    #[test]
    fn zero_has_no_sign() {
        assert_eq!(written(-0.0, 1), "0.0");
        assert_eq!(written(-0.25, 2), "-0.25");
    }
}
