use super::*;
use crate::base::{At, TextRange};
use crate::date::Day;
use crate::language::Catalogue;

fn number(text: &str) -> Option<Number> {
    (!text.is_empty()).then(|| super::number::read(text).unwrap())
}

fn dates(count: usize) -> Points {
    let year = |at: usize| crate::date::parse(&format!("{}", 1700 + at)).unwrap();
    Points::Dates((0..count).map(year).collect())
}

fn names(count: usize) -> Points {
    let name = |at: usize| format!("Name {at} of something with a rather long description, and Donaudampfschifffahrt{at}");
    Points::Names((0..count).map(name).collect())
}

/// Values that go up and down, below zero too if asked, with every seventh missing.
fn values(count: usize, seed: usize, negative: bool) -> Vec<Option<Number>> {
    let value = |at: usize| {
        let wave = ((at * 37 + seed * 101) % 97) as f64 * 13.7 - if negative { 600.0 } else { 0.0 };
        (at % 7 != 3).then(|| Number { value: wave, written: super::number::written(wave, 1) })
    };
    (0..count).map(value).collect()
}

fn drawn(kind: ChartKind, figures: &Figures, panels: bool, events: &[EventMark], room: Room) -> Drawing {
    let words = Catalogue::load("en");
    draw(&Look { kind, figures, from: None, panels, events, words: &words }, room)
}

#[track_caller]
fn is_sound(what: &str, drawing: &Drawing, room: Room) {
    let frames = &drawing.frames;
    assert!(!frames.is_empty(), "{what} has texts");
    for (at, one) in frames.iter().enumerate() {
        let inside = one.left >= -1.0
            && one.top >= -1.0
            && one.left + one.width <= room.width() + 1.0
            && one.top + one.height <= drawing.height + 1.0;
        assert!(inside, "{what}: {one:?} is outside of {} x {}", room.width(), drawing.height);
        for other in &frames[at + 1..] {
            assert!(!one.overlaps(other), "{what}: {one:?} covers {other:?}");
        }
    }
}

fn marks(days: &[&str]) -> Vec<EventMark> {
    let mark = |(at, day): (usize, &&str)| {
        let day = Day::from_iso(day).unwrap();
        EventMark { number: at + 1, days: Bounds { first: day, last: day }, url: "events/a/".to_owned() }
    };
    days.iter().enumerate().map(mark).collect()
}

#[test]
fn no_text_covers_another_or_leaves_the_drawing() {
    use ChartKind::{Area, Bar, Dot, Line, Step};
    for count in [1, 2, 3, 30, 300] {
        for negative in [false, true] {
            for many in [1, 2, 5] {
                let series = |at: usize| Series {
                    name: format!("Series {at} with a long name, as tables have them"),
                    values: values(count, at, negative),
                };
                let series: Vec<Series> = (0..many).map(series).collect();
                for (points, kinds) in [(dates(count), &[Line, Step, Dot, Area, Bar][..]), (names(count), &[Line, Bar, Dot])]
                {
                    let figures = Figures { points, heading: "x".to_owned(), series: series.clone() };
                    for kind in kinds {
                        for room in [Room::Wide, Room::Narrow] {
                            let what = format!("{kind:?} {count} {negative} {many} {room:?}");
                            is_sound(&what, &drawn(*kind, &figures, false, &[], room), room);
                            if many > 1 && matches!(figures.points, Points::Dates(_)) {
                                is_sound(&what, &drawn(*kind, &figures, true, &[], room), room);
                            }
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn events_stand_beside_each_other_and_above_all_figures() {
    let figures = Figures {
        points: dates(30),
        heading: "x".to_owned(),
        series: vec![Series { name: "a".to_owned(), values: values(30, 1, false) }],
    };
    let events = marks(&["1702-01-01", "1702-02-01", "1702-02-01", "1710-05-05", "1711-01-01", "1731-01-01"]);
    for room in [Room::Wide, Room::Narrow] {
        let drawing = drawn(ChartKind::Line, &figures, false, &events, room);
        is_sound("events", &drawing, room);
        assert_eq!(drawing.events.len(), 6);
        let links = drawing.links(&events).unwrap();
        assert_eq!(links.matches("<a href=\"events/a/\" tabindex=\"-1\">").count(), 6);
    }
}

#[test]
fn a_gap_is_left_where_a_figure_is_missing() {
    let values: Vec<_> = ["1", "2", "", "4", "5"].iter().map(|text| number(text)).collect();
    let figures =
        Figures { points: dates(5), heading: "x".to_owned(), series: vec![Series { name: "a".to_owned(), values }] };
    let drawing = drawn(ChartKind::Line, &figures, false, &[], Room::Wide);
    assert_eq!(drawing.inner.matches("class=\"line c1\"").count(), 2);
    assert_eq!(drawing.inner.matches("class=\"mark c1\"").count(), 4);
}

#[test]
fn a_date_in_doubt_is_drawn_with_its_reach() {
    let points = Points::Dates(["2020", "2021~", "2022-XX"].iter().map(|text| crate::date::parse(text).unwrap()).collect());
    let values = ["1", "2", "3"].iter().map(|text| number(text)).collect();
    let figures = Figures { points, heading: "x".to_owned(), series: vec![Series { name: "a".to_owned(), values }] };
    let drawing = drawn(ChartKind::Line, &figures, false, &[], Room::Wide);
    assert_eq!(drawing.inner.matches("class=\"doubt c1\"").count(), 2);
    assert_eq!(drawing.inner.matches("class=\"mark soft c1\"").count(), 2);
}

#[test]
fn a_person_is_a_mark() {
    let points = Points::Names(["one", "two"].map(str::to_owned).to_vec());
    let values = ["137", "23"].iter().map(|text| number(text)).collect();
    let figures = Figures { points, heading: "x".to_owned(), series: vec![Series { name: "a".to_owned(), values }] };
    for (room, rows) in [(Room::Wide, [3, 1]), (Room::Narrow, [6, 1])] {
        let drawing = drawn(ChartKind::Unit, &figures, false, &[], room);
        is_sound("unit", &drawing, room);
        assert_eq!(drawing.inner.matches("unit unit-1").count(), rows[0]);
        assert_eq!(drawing.inner.matches("unit unit-2").count(), rows[1]);
    }
}

#[test]
fn columns_begin_at_zero() {
    let values = ["50", "-25"].iter().map(|text| number(text)).collect();
    let figures =
        Figures { points: dates(2), heading: "x".to_owned(), series: vec![Series { name: "a".to_owned(), values }] };
    let drawing = drawn(ChartKind::Bar, &figures, false, &[], Room::Wide);
    let heights: Vec<f64> =
        drawing.inner.split("height=\"").skip(1).map(|rest| rest.split('"').next().unwrap().parse().unwrap()).collect();
    assert_eq!(heights.len(), 2);
    assert!((heights[0] - 2.0 * heights[1]).abs() < 0.2, "{heights:?}");
}

#[test]
fn a_sheet_of_rows_has_the_columns_of_all_rows() {
    let cell = |text: &str| At::new(text.to_owned(), TextRange::default());
    let row = |cells: &[(&str, &str)]| {
        crate::syntax::kinds::chart::Cells(cells.iter().map(|(key, value)| (cell(key), cell(value))).collect())
    };
    let sheet = sheet_of(&[row(&[("x", "a"), ("y", "1")]), row(&[("x", "b"), ("z", "2")])]);
    assert_eq!(sheet.columns.iter().map(|column| &*column.value).collect::<Vec<_>>(), ["x", "y", "z"]);
    assert_eq!(sheet.rows[1].iter().map(|cell| &*cell.value).collect::<Vec<_>>(), ["b", "", "2"]);
}

#[test]
fn a_drawing_has_a_name_and_a_description() {
    let figures = Figures {
        points: dates(3),
        heading: "x".to_owned(),
        series: vec![Series { name: "a".to_owned(), values: values(3, 1, false) }],
    };
    let svg = drawn(ChartKind::Line, &figures, false, &[], Room::Wide).svg("c", "A & B", "It <falls>");
    assert!(svg.contains("role=\"img\"") && svg.contains("<title id=\"c-title\">A &amp; B</title>"), "{svg}");
    assert!(svg.contains("<desc id=\"c-desc\">It &lt;falls&gt;</desc>"), "{svg}");
}
