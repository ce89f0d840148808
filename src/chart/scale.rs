//! Scales: from values and days to places, and the ticks between them.

use crate::date::{Bounds, Date, Day, show_month, show_short, show_year};
use crate::language::Catalogue;

/// From values to places, in a straight line.
#[derive(Clone, Copy, Debug)]
pub struct Scale {
    low: f64,
    high: f64,
    from: f64,
    to: f64,
}

impl Scale {
    /// `low` is at `from`, and `high` at `to`.
    #[must_use]
    pub fn new((low, high): (f64, f64), (from, to): (f64, f64)) -> Self {
        Self { low, high, from, to }
    }

    /// Where a value is.
    #[must_use]
    pub fn at(&self, value: f64) -> f64 {
        let width = self.high - self.low;
        if width <= 0.0 { self.from } else { self.from + (value - self.low) / width * (self.to - self.from) }
    }

    /// Where the middle of some days is.
    #[must_use]
    pub fn middle(&self, days: Bounds) -> f64 {
        f64::midpoint(self.at(days.first.number() as f64), self.at(days.last.number() as f64 + 1.0))
    }
}

/// Round values on an axis, the lowest and highest included.
#[derive(Clone, Debug, PartialEq)]
pub struct Ticks {
    /// The values, from low to high.
    pub values: Vec<f64>,
    /// How many decimals they have.
    pub decimals: usize,
}

impl Ticks {
    /// Ticks that cover `low` to `high`, about `most` of them. If the axis begins at `from`, so do they.
    #[must_use]
    pub fn of(low: f64, high: f64, most: usize, is_whole: bool) -> Self {
        let high = if high > low { high } else { low + 1.0 };
        let rough = (high - low) / most.max(1) as f64;
        let power = 10f64.powf(rough.log10().floor());
        let steps = [1.0, 2.0, 2.5, 5.0, 10.0].map(|step| step * power);
        let is_usable = |step: &f64| *step >= rough * 0.999 && (!is_whole || (step.fract().abs() < 1e-9 && *step >= 1.0));
        let step = steps.into_iter().find(is_usable).unwrap_or_else(|| (10.0 * power).max(1.0));
        let (first, last) = ((low / step + 1e-9).floor(), (high / step - 1e-9).ceil());
        let count = ((last - first).round() as usize).min(100);
        let values = (0..=count).map(|at| (first + at as f64) * step).collect();
        let decimals = (0..12).find(|places| is_round(step * 10f64.powi(*places))).unwrap_or(0);
        Self { values, decimals: decimals as usize }
    }

    /// The lowest and highest.
    #[must_use]
    pub fn ends(&self) -> (f64, f64) {
        (self.values.first().copied().unwrap_or(0.0), self.values.last().copied().unwrap_or(1.0))
    }
}

fn is_round(value: f64) -> bool {
    (value - value.round()).abs() < 1e-6
}

/// A year, month or day on a time axis.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeTick {
    /// Its days.
    pub days: Bounds,
    /// What it is called.
    pub name: String,
}

/// A step from one tick to the next.
#[derive(Clone, Copy, Debug)]
enum Step {
    Days(i64),
    Months(i32),
    Years(i32),
}

const STEPS: [Step; 16] = [
    Step::Days(1),
    Step::Days(2),
    Step::Days(7),
    Step::Days(14),
    Step::Months(1),
    Step::Months(2),
    Step::Months(3),
    Step::Months(6),
    Step::Years(1),
    Step::Years(2),
    Step::Years(5),
    Step::Years(10),
    Step::Years(20),
    Step::Years(50),
    Step::Years(100),
    Step::Years(1000),
];

/// More than this many names never fit.
const MOST_TICKS: usize = 40;

/// The finest ticks for these days that `fit`. `finest` is how many days the shortest of the dates has: an axis names no days if
/// only months are known.
#[must_use]
pub fn time_ticks(days: Bounds, finest: i64, words: &Catalogue, fit: impl Fn(&[TimeTick]) -> bool) -> Vec<TimeTick> {
    let is_known = |step: &&Step| match step {
        Step::Days(_) => finest < 28,
        Step::Months(_) => finest < 360,
        Step::Years(_) => true,
    };
    let ticks = STEPS.iter().filter(is_known).filter_map(|step| ticks(days, *step, words)).find(|ticks| fit(ticks));
    ticks.unwrap_or_default()
}

/// The ticks of a step; `None` if there are too many or none at all.
fn ticks(days: Bounds, step: Step, words: &Catalogue) -> Option<Vec<TimeTick>> {
    let (first_year, first_month, _) = days.first.ymd();
    let last = days.last.number();
    let span = days.first.days_until(days.last) + 1;
    let (length, from) = match step {
        Step::Days(days) => (days, 0),
        Step::Months(months) => (i64::from(months) * 30, (i32::from(first_month) - 1).div_euclid(months) * months),
        Step::Years(years) => (i64::from(years) * 365, first_year.div_euclid(years) * years),
    };
    if span / length > MOST_TICKS as i64 {
        return None;
    }
    let tick = |at: i32| match step {
        Step::Days(length) => {
            let day = days.first.add_days(i64::from(at) * length);
            Some(TimeTick { days: Bounds { first: day, last: day }, name: show_short(&Date::from(day), words) })
        }
        Step::Months(months) => {
            let month = from + at * months;
            let (year, month) = (first_year + month.div_euclid(12), month.rem_euclid(12) as u8 + 1);
            Some(TimeTick { days: month_days(year, month)?, name: month_name(year, month, words) })
        }
        Step::Years(years) => {
            let year = from + at * years;
            let (first, last) = (Day::from_ymd(year, 1, 1)?, Day::from_ymd(year, 12, 31)?);
            Some(TimeTick { days: Bounds { first, last }, name: show_year(year, words) })
        }
    };
    let all = (0..=MOST_TICKS as i32 + 2).map_while(tick).take_while(|tick| tick.days.first.number() <= last);
    let ticks: Vec<_> = all.filter(|tick| tick.days.first >= days.first).collect();
    (!ticks.is_empty()).then_some(ticks)
}

fn month_days(year: i32, month: u8) -> Option<Bounds> {
    let first = Day::from_ymd(year, month, 1)?;
    let next = if month == 12 { Day::from_ymd(year + 1, 1, 1)? } else { Day::from_ymd(year, month + 1, 1)? };
    Some(Bounds { first, last: next.add_days(-1) })
}

fn month_name(year: i32, month: u8, words: &Catalogue) -> String {
    let date = crate::date::parse(&format!("{year:04}-{month:02}"));
    date.map_or_else(|_| show_month(year, month, words), |date| show_short(&date, words))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bounds(first: &str, last: &str) -> Bounds {
        Bounds { first: Day::from_iso(first).unwrap(), last: Day::from_iso(last).unwrap() }
    }

    #[test]
    fn ticks_are_round_and_cover_the_values() {
        for (low, high) in [(0.0, 6656.0), (0.0, 1.0), (-37.5, 12.0), (0.0, 0.003), (-5.0, 0.0), (0.0, 0.0), (0.0, 1e15)] {
            let ticks = Ticks::of(low, high, 5, false);
            let (first, last) = ticks.ends();
            assert!(first <= low + 1e-9 && last >= high - 1e-6, "{low} {high}: {ticks:?}");
            assert!((2..=8).contains(&ticks.values.len()), "{low} {high}: {ticks:?}");
            assert!(low > 0.0 || high < 0.0 || ticks.values.iter().any(|value| value.abs() < 1e-12), "{ticks:?}");
        }
        assert_eq!(Ticks::of(0.0, 6656.0, 4, true).values, [0.0, 2000.0, 4000.0, 6000.0, 8000.0]);
        assert_eq!(Ticks::of(0.0, 2.0, 5, true).values, [0.0, 1.0, 2.0]);
        assert_eq!(Ticks::of(0.0, 1.0, 4, false).decimals, 2);
    }

    #[test]
    fn an_axis_of_years_names_years_and_no_days() {
        let words = Catalogue::load("en");
        let few = |ticks: &[TimeTick]| ticks.len() <= 6;
        let names =
            |days, finest| time_ticks(days, finest, &words, few).into_iter().map(|tick| tick.name).collect::<Vec<_>>();
        assert_eq!(names(bounds("2015-01-01", "2024-12-31"), 365), ["2016", "2018", "2020", "2022", "2024"]);
        assert_eq!(names(bounds("2023-01-01", "2024-12-31"), 365), ["2023", "2024"]);
        assert_eq!(names(bounds("2025-01-01", "2025-03-31"), 28), ["Jan. 2025", "Feb. 2025", "March 2025"]);
        assert_eq!(names(bounds("2025-03-01", "2025-03-02"), 1).len(), 2);
    }

    #[test]
    fn no_span_of_time_is_too_long_or_too_short() {
        let words = Catalogue::load("en");
        for (first, last) in [("0001-01-01", "9999-12-31"), ("2025-12-31", "2025-12-31"), ("2024-02-29", "2024-03-01")] {
            let ticks = time_ticks(bounds(first, last), 1, &words, |ticks| ticks.len() <= 10);
            assert!(!ticks.is_empty(), "{first} {last}");
        }
    }
}
