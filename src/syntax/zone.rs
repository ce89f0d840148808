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

#[cfg(test)]
mod tests {
    use super::ZoneName;

    #[test]
    fn a_time_gets_the_offset_of_its_season() {
        let zone = ZoneName::new("America/New_York").unwrap();
        let time = |text: &str| zone.with_offset(text.parse().unwrap()).unwrap();
        assert_eq!(time("2026-12-05T09:00"), "2026-12-05T09:00:00-05:00");
        assert_eq!(time("2026-07-05T09:00"), "2026-07-05T09:00:00-04:00");
        assert_eq!(ZoneName::new(&"x".repeat(65)), None);
    }
}
