//! What holds of every date, tried on arbitrary ones.

use proptest::prelude::*;

use super::*;
use crate::trials::trials;

/// Any year, more often one of today’s.
fn year() -> impl Strategy<Value = i32> {
    prop_oneof![
        6 => 1990..2040,
        2 => -9999..=9999,
        1 => prop_oneof![10_000..=day::LAST_YEAR, -day::LAST_YEAR..=-10_000],
    ]
}

fn qualifier() -> impl Strategy<Value = Qualifier> {
    prop_oneof![
        3 => Just(Qualifier::None),
        1 => Just(Qualifier::Uncertain),
        1 => Just(Qualifier::Approximate),
        1 => Just(Qualifier::Both),
    ]
}

/// A point that may be part of an interval.
fn specified() -> impl Strategy<Value = Point> {
    (year(), 0..5, 1..=12u8, 1..=31u8, 0..4usize, qualifier()).prop_map(|(year, kind, month, day, season, qualifier)| {
        let part = match kind {
            // Years of more than four digits have no parts.
            _ if year.abs() > 9999 => Part::Year,
            0 => Part::Year,
            1 => Part::Season(Season::ALL[season]),
            2 => Part::Month(month),
            _ => Part::Day(month, day.min(day::days_in_month(year, month))),
        };
        Point { year, part, qualifier }
    })
}

fn point() -> impl Strategy<Value = Point> {
    let unspecified = (0..=9999, 0..5, 1..=12u8, qualifier()).prop_map(|(year, kind, month, qualifier)| {
        let (year, part) = match kind {
            0 => (year - year % 100, Part::Century),
            1 => (year - year % 10, Part::Decade),
            2 => (year, Part::SomeMonth),
            3 => (year, Part::SomeDayOfYear),
            _ => (year, Part::SomeDayOfMonth(month)),
        };
        Point { year, part, qualifier }
    });
    prop_oneof![2 => specified(), 1 => unspecified]
}

fn moment() -> impl Strategy<Value = Form> {
    let offset = prop_oneof![Just(Offset::None), Just(Offset::Utc), (-14 * 60..=14 * 60i16).prop_map(Offset::Minutes),];
    let day = (0..=9999, 1..=12u8, 1..=31u8);
    (day, 0..24u8, 0..60u8, 0..=60u8, offset).prop_map(|((year, month, day), hour, minute, second, offset)| {
        let part = Part::Day(month, day.min(day::days_in_month(year, month)));
        let point = Point { year, part, qualifier: Qualifier::None };
        Form::Moment(point, Time { hour, minute, second, offset })
    })
}

/// Zones with odd offsets, gaps and days that are missing.
fn zone() -> impl Strategy<Value = TimeZone> {
    let names = ["UTC", "America/New_York", "Asia/Kathmandu", "Africa/Monrovia", "Pacific/Apia", "Europe/Amsterdam"];
    prop::sample::select(names.to_vec()).prop_map(|name| jiff::tz::TimeZoneDatabase::bundled().get(name).unwrap())
}

fn interval() -> impl Strategy<Value = Form> {
    (specified(), specified(), 0..6).prop_map(|(one, other, kind)| {
        let (from, to) = if one.bounds().first <= other.bounds().last { (one, other) } else { (other, one) };
        match kind {
            0 => Form::Interval(End::At(from), End::Open),
            1 => Form::Interval(End::At(from), End::Unknown),
            2 => Form::Interval(End::Open, End::At(to)),
            3 => Form::Interval(End::Unknown, End::At(to)),
            _ => Form::Interval(End::At(from), End::At(to)),
        }
    })
}

fn member() -> impl Strategy<Value = Member> {
    let between = (year(), year(), 1..=12u8, 1..=12u8, 0..3).prop_map(|(one, other, from_month, to_month, kind)| {
        let part = |year: i32, month| match kind {
            _ if one.abs().max(other.abs()) > 9999 => Part::Year,
            0 => Part::Year,
            1 => Part::Month(month),
            _ => Part::Day(month, day::days_in_month(year, month)),
        };
        let point = |year, month| Point { year, part: part(year, month), qualifier: Qualifier::None };
        let (one, other) = (point(one, from_month), point(other, to_month));
        if one.bounds().first <= other.bounds().first { Member::Between(one, other) } else { Member::Between(other, one) }
    });
    prop_oneof![
        4 => point().prop_map(Member::At),
        1 => point().prop_map(Member::OrEarlier),
        1 => point().prop_map(Member::OrLater),
        1 => between,
    ]
}

fn any_date() -> impl Strategy<Value = Date> {
    let set = prop::collection::vec(member(), 1..5).prop_map(|members| Form::OneOf(members.into()));
    prop_oneof![3 => point().prop_map(Form::Point), 1 => moment(), 2 => interval(), 2 => set]
        .prop_map(Date::of)
        .prop_filter("longer than is read", |date| date.to_string().len() <= LONGEST)
}

/// The numbers in a text, by their digits.
fn numbers(text: &str) -> Vec<String> {
    let groups = text.replace(',', "");
    groups.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).map(String::from).collect()
}

/// Those of all languages.
static CATALOGUES: std::sync::LazyLock<Vec<Catalogue>> =
    std::sync::LazyLock::new(|| Catalogue::languages().map(Catalogue::load).collect());

proptest! {
    #![proptest_config(trials(1_000))]

    #[test]
    fn what_is_written_reads_the_same(date in any_date()) {
        prop_assert_eq!(parse(&date.to_string()), Ok(date));
    }

    #[test]
    fn bounds_are_in_order_and_hold_what_is_stated(date in any_date()) {
        let bounds = date.bounds();
        prop_assert!(bounds.first <= bounds.last);
        prop_assert!(bounds.contains(date.last_stated_day()) || date.last_stated_day() == Day::MAX);
        prop_assert!(bounds.overlaps(&bounds));
    }

    #[test]
    fn the_order_is_total_and_agrees_with_days(mut dates in prop::collection::vec(any_date(), 3..8), zone in zone()) {
        dates.sort_by_key(|date| date.order_key(&zone));
        for (index, one) in dates.iter().enumerate() {
            for other in &dates[index..] {
                let (low, high) = (one.order_key(&zone), other.order_key(&zone));
                prop_assert!(low <= high);
                prop_assert_eq!(low.cmp(&high), high.cmp(&low).reverse());
                let (these, those) = (one.days(&zone), other.days(&zone));
                prop_assert!(these.first <= those.first);
                // So a date that ends before another starts never comes after it.
                prop_assert!(those.last >= these.first);
                if these.last < those.first {
                    prop_assert!(low < high);
                }
                if let (Some(this), Some(that)) = (one.moment(), other.moment()) {
                    // But for a leap second, which is the same as the second after it.
                    prop_assert!(this <= that || these.first != those.first && this - that <= 1, "{} {}", one, other);
                }
            }
        }
    }

    #[test]
    fn words_are_never_finer_than_the_date(date in any_date()) {
        let english = Catalogue::load("en");
        let as_of = Day::from_iso("2031-07-04").unwrap();
        prop_assert!(!show(&date, &english, Some(&as_of)).is_empty());
        let words = show(&date, &english, None);
        prop_assert!(!words.is_empty() && !words.contains(['{', '}']), "{}", words);
        for catalogue in CATALOGUES.iter() {
            let words = show(&date, catalogue, Some(&as_of));
            prop_assert!(!words.is_empty() && !words.contains(['{', '}']), "{}", words);
        }
        if let Form::Point(point) = date.form {
            let month = words::MONTHS.iter().map(|key| english.get(key)).any(|name| words.contains(name));
            let numbers = numbers(&words).len();
            match point.part {
                Part::Century => prop_assert!(!month && numbers == 2, "{}", words),
                Part::Decade => prop_assert!(!month && numbers <= 2, "{}", words),
                Part::Season(Season::Winter) => prop_assert!(!month && numbers == 2, "{}", words),
                Part::Year | Part::SomeMonth | Part::SomeDayOfYear | Part::Season(_) => {
                    prop_assert!(!month && numbers == 1, "{}", words);
                }
                Part::Month(_) | Part::SomeDayOfMonth(_) => prop_assert!(month && numbers == 1, "{}", words),
                Part::Day(..) => prop_assert!(month && numbers == 2, "{}", words),
            }
        }
    }

    #[test]
    fn html_dates_are_plain(date in any_date()) {
        if let Some(machine) = date.machine() {
            prop_assert!(!date.is_approximate() && !date.is_uncertain());
            // Two exceptions: years of five digits and more have no `Y`, and a leap second is left out.
            let text = date.to_string();
            prop_assert!(text.trim_start_matches('Y').starts_with(&machine), "{} {}", text, machine);
        }
    }

    #[test]
    fn days_go_there_and_back(number in Day::MIN.number()..=Day::MAX.number(), days in -800_000..800_000i64) {
        let day = Day::from_ymd(1970, 1, 1).unwrap().add_days(number);
        prop_assert_eq!(day.number(), number);
        let (year, month, date) = day.ymd();
        if year.abs() <= day::LAST_YEAR {
            prop_assert_eq!(Day::from_ymd(year, month, date), Some(day));
            let later = day.add_days(days);
            prop_assert!(later == Day::MIN || later == Day::MAX || day.days_until(later) == days);
        }
    }

    #[test]
    fn no_text_panics(text in any::<String>()) {
        check(&text)?;
    }

    #[test]
    fn no_text_of_dates_signs_panics(text in "[0-9XxuYyESTZ+:~?%/.,\\[\\]{} –-]{0,30}") {
        check(&text)?;
    }

    #[test]
    fn no_damaged_date_panics(date in any_date(), at in any::<prop::sample::Index>(), by in "\\PC{0,2}") {
        let mut text = date.to_string();
        let at = at.index(text.len());
        text.replace_range(at..=at, &by);
        check(&text)?;
    }

    #[test]
    fn no_date_in_words_panics(
        text in "(since |before |early |mid-|between )?(March|Sept|c\\.|about|[0-9]{1,4}(th|s)?|spring)([ ,./–-]{1,2}(May|of|[0-9]{1,4}(st|s)?|to|or|and|BC|AD|é|open|pm|EST|[0-9]{1,2}:[0-9]{2})){0,5}"
    ) {
        check(&text)?;
    }
}

/// Reads a text; an error must have a place within it, and a spelling in its help must be a date.
fn check(text: &str) -> Result<(), TestCaseError> {
    let error = match parse(text) {
        Ok(date) => {
            prop_assert_eq!(parse(&date.to_string()), Ok(date));
            return Ok(());
        }
        Err(error) => error,
    };
    prop_assert!(text.get(error.at.clone()).is_some(), "{:?} {:?}", text, error);
    let help = error.help.unwrap_or_default();
    if let Some(spelling) = help.strip_prefix("write `").and_then(|rest| rest.split('`').next()) {
        prop_assert!(parse(spelling).is_ok(), "{:?}: {}", text, help);
    }
    Ok(())
}
