//! Days and how to write them, in EDTF and in words.

use super::random::Rng;

/// January 1, 2014, in days since 1970.
pub const FIRST_DAY: i32 = 16_071;

/// December 22, 2025, the site's as-of day.
pub const AS_OF: i32 = 20_444;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Year, month and day of the month. After Howard Hinnant's `civil_from_days`, for days since 1970.
fn civil(day: i32) -> (i32, usize, i32) {
    let z = day + 719_468;
    let era = z / 146_097;
    let of_era = z % 146_097;
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year_of_era + era * 400 + i32::from(month <= 2), month as usize, of_year - (153 * shifted + 2) / 5 + 1)
}

/// `2025-03-15`.
pub fn iso(day: i32) -> String {
    let (year, month, of_month) = civil(day);
    format!("{year}-{month:02}-{of_month:02}")
}

/// `2025-03`.
pub fn iso_month(day: i32) -> String {
    iso(day)[..7].to_owned()
}

/// `15 March 2025`.
pub fn words(day: i32) -> String {
    let (year, month, of_month) = civil(day);
    format!("{of_month} {} {year}", MONTHS[month - 1])
}

/// The year of a day.
pub fn year(day: i32) -> i32 {
    civil(day).0
}

/// The day of record `at` out of `count`, which are spread over the site's years, the later ones closer together.
pub fn along(at: usize, count: usize) -> i32 {
    // Square roots are exact by IEEE 754, but `powf` differs between systems.
    let part = (at as f64 / count as f64).sqrt();
    FIRST_DAY + (f64::from(super::span()) * part * part.sqrt()) as i32
}

/// A day of `from` or up to `days` later, but never after the site's.
pub fn soon_after(from: i32, days: usize, rng: &mut Rng) -> i32 {
    (from + rng.below(days + 1) as i32).min(AS_OF)
}

/// When something happened, more or less precisely.
pub struct When {
    /// In EDTF.
    pub written: String,
    /// The first day of its bounds.
    pub first: i32,
    /// The last.
    pub last: i32,
    /// In words, if the day is known: `15 March 2025`.
    pub words: Option<String>,
}

impl When {
    /// A date around `day`. None extends beyond the site's as-of day.
    pub fn new(day: i32, rng: &mut Rng) -> Self {
        let (year, month, of_month) = civil(day);
        let exact = |written: String| Self { written, first: day, last: day, words: Some(words(day)) };
        // The site would not write a month whose end it hasn't seen.
        let kind = if day + 31 > AS_OF { 0 } else { rng.below(100) };
        match kind {
            0..68 => exact(iso(day)),
            68..72 => exact(format!("{}T{:02}:{:02}:00-05:00", iso(day), rng.between(7, 21), rng.below(12) * 5)),
            72..84 => {
                let first = day - of_month + 1;
                let length = if month == 2 { 28 } else { 30 };
                // A day more or less at the end doesn't matter here: `last` is only compared with much later days.
                Self { written: iso_month(day), first, last: first + length, words: None }
            }
            84..94 => {
                let last = day + rng.between(1, 20) as i32;
                Self { written: format!("{}/{}", iso(day), iso(last)), first: day, last, words: None }
            }
            94..98 => Self { written: format!("{}~", iso(day)), first: day, last: day, words: None },
            _ => Self { written: format!("{year}-{month:02}~"), first: day - of_month + 1, last: day + 31, words: None },
        }
    }
}
