//! The order of dates.

use std::cmp::Reverse;

use jiff::tz::TimeZone;

use super::{Date, Day, End, Form, Member, Part, Point};

/// What a date is ordered by. Two dates with equal keys are ordered by what their records say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrderKey {
    // The order of the fields is the order of the comparison.
    first: Day,
    /// How fine the part is that the date begins with: [`Part::rank`].
    rank: u8,
    last: Day,
    /// Seconds since 1970; a day without a time comes first.
    time: Option<i64>,
}

/// What a list of states is ordered by, in which each entry is true from its date on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StateKey {
    // The order of the fields is the order of the comparison.
    /// The day by which it has certainly happened.
    last: Day,
    /// The coarser later: `2025-08` has only certainly happened once August 31 is over.
    rank: Reverse<u8>,
    rest: OrderKey,
}

impl Date {
    /// The key for lists of states, in which the last entry is the one that counts: the last day first, then the finer first.
    /// So `2025-08` comes after `2025-08-08`, unlike in [`Date::order_key`], which puts it at the head of its month. Dates with
    /// equal keys have equal order keys, too.
    #[must_use]
    pub fn state_key(&self, zone: &TimeZone) -> StateKey {
        let rest = self.order_key(zone);
        let last = if self.is_exact_day() { rest.first } else { self.last_stated_day() };
        StateKey { last, rank: Reverse(rest.rank), rest }
    }

    /// The key to order by: the first day of the bounds, then the coarser first, then the last day,
    /// then the moment. So `2025-05` comes before `2025-05-01`, and that before
    /// `2025-05-01/2025-05-03`. A time with its offset is ordered among the days and times of `zone`,
    /// that of the site, by its moment.
    ///
    /// The order agrees with [`Date::days`]: a date whose last day is before the first day of another
    /// comes before it. An interval or a set is as coarse as the part that it begins with.
    #[must_use]
    pub fn order_key(&self, zone: &TimeZone) -> OrderKey {
        let bounds = self.days(zone);
        let (part, time) = match &self.form {
            Form::Point(point) => (point.part, None),
            Form::Moment(point, time) => (point.part, Some(time.instant(*point, zone))),
            Form::Interval(End::At(point), _) | Form::Interval(_, End::At(point)) => (point.part, None),
            // No interval is without a point, and no set without a member.
            Form::Interval(..) => (Part::Century, None),
            Form::OneOf(members) => {
                let starts = members.iter().map(|member| member.start());
                let first = starts.min_by_key(|(day, point)| (*day, point.part.rank()));
                (first.map_or(Part::Century, |(_, point)| point.part), None)
            }
        };
        OrderKey { first: bounds.first, rank: part.rank(), last: bounds.last, time }
    }
}

impl Member {
    /// The first day of the member, and the point that says it.
    fn start(self) -> (Day, Point) {
        match self {
            Member::OrEarlier(point) => (Day::MIN, point),
            Member::At(point) | Member::OrLater(point) | Member::Between(point, _) => (point.bounds().first, point),
        }
    }
}

impl Part {
    /// The place of the part among those that begin on one day: the coarser first, and of two that
    /// are equally long the one that says less.
    pub(super) fn rank(self) -> u8 {
        match self {
            Part::Century => 0,
            Part::Decade => 1,
            Part::Year => 2,
            Part::SomeMonth => 3,
            Part::SomeDayOfYear => 4,
            Part::Season(_) => 5,
            Part::Month(_) => 6,
            Part::SomeDayOfMonth(_) => 7,
            Part::Day(..) => 8,
        }
    }
}
