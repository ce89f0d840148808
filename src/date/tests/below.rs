//! Dates below a heading that names their year, where a date may drop it, and dates that lines don't break.

use super::{Catalogue, Day, date, show};
use crate::date::{Run, show_below_year};

/// Dates below the heading `2025`: EDTF, then the words in English, British English, Arabic, German, Spanish and Chinese.
const BELOW: &str = "
2025-04-14 | April 14 | 14 April | 14 أبريل | 14. April | 14 de abril | 4月14日
2025-04 | April | April | أبريل | April | abril | 4月
2025 | 2025 | 2025 | 2025 | 2025 | 2025 | 2025年
2025-04-XX | a day in April | a day in April | أحد أيام أبريل | ein Tag im April | un día de abril | 4月某日
2025-23 | fall | autumn | خريف | Herbst | otoño | 秋季
2025-24 | winter 2025–26 | winter 2025–26 | شتاء 2025–2026 | Winter 2025/26 | invierno de 2025–26 | 2025–2026年冬季
2025-04-14~ | about April 14 | about 14 April | حوالي 14 أبريل | um den 14. April | alrededor del 14 de abril | 4月14日前后
2025-04-14? | perhaps April 14 | perhaps 14 April | ربما في 14 أبريل | möglicherweise am 14. April | quizá el 14 de abril | 可能是4月14日
2025-03-15T19:25:00-04:00 | March 15, 7:25 p.m. (UTC−4) | 15 March, 19:25 (UTC−4) | 15 مارس، 7:25 م (غرينتش \u{200e}−4) | 15. März, 19:25 Uhr (UTC−4) | 15 de marzo, 19:25 (UTC−4) | 3月15日 19:25（UTC−4）
2025-03-12/2025-03-15 | March 12–15 | 12–15 March | 12–15 مارس | 12.–15. März | 12–15 de marzo | 3月12日至15日
2025-02-28/2025-03-03 | February 28 – March 3 | 28 February – 3 March | 28 فبراير – 3 مارس | 28. Februar – 3. März | 28 de febrero – 3 de marzo | 2月28日至3月3日
2025-03/2025-04 | March–April | March–April | مارس–أبريل | März–April | marzo–abril | 3月至4月
[2025-04-04,2025-04-07] | April 4 or 7 | 4 or 7 April | 4 أو 7 أبريل | 4. oder 7. April | 4 o 7 de abril | 4月4日或7日
[2025-04-04,2025-05-03] | April 4 or May 3 | 4 April or 3 May | 4 أبريل أو 3 مايو | 4. April oder 3. Mai | 4 de abril o 3 de mayo | 4月4日或5月3日
[2025-09,2025-10] | September or October | September or October | سبتمبر أو أكتوبر | September oder Oktober | septiembre u octubre | 9月或10月
";

fn below(text: &str, tag: &str, year: i32) -> String {
    let as_of = Day::from_iso("2025-12-22").unwrap();
    let runs = show_below_year(&date(text), &Catalogue::load(tag), Some(&as_of), year);
    runs.iter().map(|run: &Run| run.text.as_str()).collect()
}

#[test]
fn below_a_heading_the_year_goes_without_saying() {
    for line in BELOW.lines().filter(|line| !line.is_empty()) {
        let cells: Vec<&str> = line.split(" | ").collect();
        let words = ["en", "en-GB", "ar", "de", "es", "zh"].map(|tag| below(cells[0], tag, 2025));
        assert_eq!(words, cells[1..], "{}", cells[0]);
    }
}

#[test]
fn the_year_is_said_wherever_another_could_be_meant() {
    let as_of = Day::from_iso("2025-12-22").unwrap();
    for (text, year) in [
        ("2025-04-14", 2024),
        ("2024-12-31/2025-01-02", 2024),
        ("2025-04-14~/2025-05-01", 2025),
        ("2025-04-14/..", 2025),
        ("2025-04-14/", 2025),
        ("../2025-04-14", 2025),
        ("2026-01-01T03:00:00+09:00", 2025),
        ("[2025-12-31,2026-01-01]", 2025),
        ("[2025-04-14..]", 2025),
        ("202X", 2020),
        ("0079-10-24", 79),
        ("-0043-03-15", -43),
    ] {
        for tag in Catalogue::languages() {
            let whole = show(&date(text), &Catalogue::load(tag), Some(&as_of));
            assert_eq!(below(text, tag, year), whole, "{text} below {year} in {tag}");
        }
    }
    let iso = Catalogue::load("en").with_date_format("iso");
    let runs = show_below_year(&date("2025-04-14"), &iso, None, 2025);
    assert_eq!(runs, [Run { text: "2025-04-14".to_owned(), is_unbroken: true }]);
}

#[test]
fn lines_break_between_dates_and_not_in_them() {
    let shown = |text: &str, tag: &str| {
        let runs = crate::date::show_runs(&date(text), &Catalogue::load(tag), None);
        let run = |run: &Run| if run.is_unbroken { format!("[{}]", run.text) } else { run.text.clone() };
        runs.iter().map(run).collect::<String>()
    };
    for (text, tag, words) in [
        ("2025-09-30", "es", "[30 de septiembre de 2025]"),
        ("2025-09-30~", "en", "about [September 30, 2025]"),
        ("2025-03-15T19:25:00-04:00", "en", "[March 15, 2025,] [7:25 p.m.] (UTC−4)"),
        ("2025-03-12/2025-03-15", "en", "[March 12–15, 2025]"),
        ("2025-02-28/2025-03-03", "en", "[February 28 –] [March 3, 2025]"),
        ("2025-02-28/2025-03-03", "zh", "[2025年2月28日至3月3日]"),
        ("2025-09-28/2025-10-13", "zh", "[2025年9月28日至][10月13日]"),
        ("2024-12-31/2025-01-02", "de", "[31. Dezember 2024] – [2. Januar 2025]"),
        ("[2025-04-04,2025-05-03]", "en", "[April 4 or May 3, 2025]"),
        ("[2025-09-29,2025-11-03]", "es", "[29 de septiembre o] [3 de noviembre de 2025]"),
        ("1985-04-12/..", "en", "since [April 12, 1985] (ongoing)"),
        ("20XX", "en", "[between 2000 and 2099]"),
    ] {
        assert_eq!(shown(text, tag), words, "{text} in {tag}");
    }
}
