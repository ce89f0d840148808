//! A long timeline in pages: by year, and by month if a year is long.

use std::ops::Range;

use jiff::tz::TimeZone;

use super::Item;
use crate::date::Day;
use crate::syntax::kinds::event::Event;

/// The most events that a timeline shows on one page.
pub const ON_ONE_PAGE: usize = 500;

/// A page of the site's timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// `2025` or `2025-03`; `earlier` for events without a known first day or before the year 1; empty for the one page
    /// of a short timeline.
    pub name: String,
    /// Year, and month if the year is divided; `None` for the two kinds without a name.
    pub first: Option<(i32, Option<u8>)>,
    /// Its events: indices into the model's list.
    pub events: Range<usize>,
}

impl Period {
    /// The path of its page.
    #[must_use]
    pub fn path(&self) -> String {
        if self.name.is_empty() { "timeline".to_owned() } else { format!("timeline/{}", self.name) }
    }
}

/// Divides events, which are in order, by the first day that each may have happened, in the site's time zone. `item` gives an event.
#[must_use]
pub fn divide<T>(events: &[T], item: impl Fn(&T) -> &Item<Event>, zone: &TimeZone) -> Vec<Period> {
    let all = 0..events.len();
    if events.len() <= ON_ONE_PAGE {
        return vec![Period { name: String::new(), first: None, events: all }];
    }
    let first_day = |event: &T| item(event).record.fields.date.value.days(zone).first;
    let first = |at: usize| first_day(&events[at]);
    // The end of the run of equal keys that begins here; keys grow from here on.
    let run = |from: usize, end: usize, key: fn(Day) -> i32| {
        let own = key(first(from));
        from + events[from..end].partition_point(|event| key(first_day(event)) <= own)
    };
    let year = |at: usize| first(at).year();
    let mut periods = Vec::new();
    let mut at = events.partition_point(|event| first_day(event).year() < 1);
    if at > 0 {
        periods.push(Period { name: "earlier".to_owned(), first: None, events: 0..at });
    }
    while at < events.len() {
        let end = run(at, events.len(), Day::year);
        if end - at <= ON_ONE_PAGE {
            periods.push(Period { name: format!("{:04}", year(at)), first: Some((year(at), None)), events: at..end });
        } else {
            let mut from = at;
            while from < end {
                let to = run(from, end, |day| i32::from(day.month()));
                let month = first(from).month();
                let name = format!("{:04}-{month:02}", year(from));
                periods.push(Period { name, first: Some((year(from), Some(month))), events: from..to });
                from = to;
            }
        }
        at = end;
    }
    periods
}
