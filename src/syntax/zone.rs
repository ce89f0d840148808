//! The site's time zone, as far as parsing needs it: to say how to write a time that lacks its offset.

/// The name of a time zone, in place, so that [`super::Options`] can be copied.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ZoneName {
    bytes: [u8; Self::MOST],
    length: u8,
}

impl ZoneName {
    /// The longest IANA name has 32 letters.
    const MOST: usize = 64;

    /// The name of a zone; `None` if no zone can have that name.
    #[must_use]
    pub fn new(name: &str) -> Option<Self> {
        let mut bytes = [0; Self::MOST];
        bytes.get_mut(..name.len())?.copy_from_slice(name.as_bytes());
        Some(Self { bytes, length: name.len() as u8 })
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // It was made from a text.
        std::str::from_utf8(&self.bytes[..usize::from(self.length)]).unwrap_or_default()
    }

    /// A local time in this zone, with its offset from UTC.
    #[must_use]
    pub fn with_offset(&self, time: jiff::civil::DateTime) -> Option<String> {
        let zone = jiff::tz::TimeZoneDatabase::bundled().get(self.as_str()).ok()?;
        let zoned = time.to_zoned(zone).ok()?;
        Some(format!("{}{}", zoned.datetime(), zoned.strftime("%:z")))
    }
}

impl std::fmt::Debug for ZoneName {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.as_str().fmt(out)
    }
}

/// Abbreviations of time zones that newsrooms write, with their UTC offset if they have only one. Others, such as `IST`, are used
/// in several places.
const ABBREVIATIONS: &[(&str, &str)] = &[
    ("EST", "-05:00"),
    ("EDT", "-04:00"),
    ("CST", "-06:00"),
    ("CDT", "-05:00"),
    ("MST", "-07:00"),
    ("MDT", "-06:00"),
    ("PST", "-08:00"),
    ("PDT", "-07:00"),
    ("AKST", "-09:00"),
    ("AKDT", "-08:00"),
    ("HST", "-10:00"),
    ("GMT", "+00:00"),
    ("UTC", "+00:00"),
    ("WET", "+00:00"),
    ("CET", "+01:00"),
    ("CEST", "+02:00"),
    ("EET", "+02:00"),
    ("EEST", "+03:00"),
    ("JST", "+09:00"),
    ("ET", ""),
    ("CT", ""),
    ("MT", ""),
    ("PT", ""),
    ("IST", ""),
    ("BST", ""),
];

/// Splits a time that ends with the abbreviation of a zone into the time and the abbreviation, and adds its UTC offset, if it has
/// only one.
#[must_use]
pub fn abbreviated(written: &str) -> Option<(&str, &'static str, Option<&'static str>)> {
    let start = written.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let name = &written[start.len()..];
    let (name, offset) = ABBREVIATIONS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name))?;
    Some((start.trim_end(), name, Some(*offset).filter(|offset| !offset.is_empty())))
}

#[cfg(test)]
mod tests {
    use super::{ZoneName, abbreviated};

    #[test]
    fn an_abbreviation_has_one_offset_or_none() {
        assert_eq!(abbreviated("2026-12-05 09:00 EST"), Some(("2026-12-05 09:00", "EST", Some("-05:00"))));
        assert_eq!(abbreviated("2026-12-05T09:00cet"), Some(("2026-12-05T09:00", "CET", Some("+01:00"))));
        assert_eq!(abbreviated("9 a.m. ET"), Some(("9 a.m.", "ET", None)));
        assert_eq!(abbreviated("2026-12-05T09:00Z"), None);
        assert_eq!(abbreviated("2026-12-05T09:00"), None);
    }

    #[test]
    fn a_time_gets_the_offset_of_its_season() {
        let zone = ZoneName::new("America/New_York").unwrap();
        let time = |text: &str| zone.with_offset(text.parse().unwrap()).unwrap();
        assert_eq!(time("2026-12-05T09:00"), "2026-12-05T09:00:00-05:00");
        assert_eq!(time("2026-07-05T09:00"), "2026-07-05T09:00:00-04:00");
        assert_eq!(ZoneName::new(&"x".repeat(65)), None);
    }
}
