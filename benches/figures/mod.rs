//! Summarizes many measurements.

use std::time::Duration;

/// A time in milliseconds.
pub fn ms(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}

/// The minimum, median and maximum of some figures.
pub struct Spread {
    /// The minimum.
    pub min: f64,
    /// The median: the middle one, or the mean of the middle two.
    pub median: f64,
    /// The maximum.
    pub max: f64,
}

impl Spread {
    /// For figures of which there is at least one.
    pub fn of(figures: impl Iterator<Item = f64>) -> Self {
        let mut figures: Vec<f64> = figures.collect();
        figures.sort_by(f64::total_cmp);
        let middle = figures.len() / 2;
        let median = if figures.len().is_multiple_of(2) {
            f64::midpoint(figures[middle - 1], figures[middle])
        } else {
            figures[middle]
        };
        Self { min: figures[0], median, max: figures[figures.len() - 1] }
    }
}
