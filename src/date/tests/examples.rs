//! Examples with their bounds and words: those of the EDTF specification (Library of Congress,
//! 4 February 2019) and our own.

use super::{Catalogue, Day, date, show};

/// Text, first day, last day and words. `-` for a day is an open bound.
const EXAMPLES: &str = "
# Level 0 of the specification
1985-04-12 | 1985-04-12 | 1985-04-12 | 12 April 1985
1985-04 | 1985-04-01 | 1985-04-30 | April 1985
1985 | 1985-01-01 | 1985-12-31 | 1985
1985-04-12T23:20:30 | 1985-04-12 | 1985-04-12 | 12 April 1985, 23:20:30
1985-04-12T23:20:30Z | 1985-04-12 | 1985-04-12 | 12 April 1985, 23:20:30 (UTC)
1985-04-12T23:20:30-04 | 1985-04-12 | 1985-04-12 | 12 April 1985, 23:20:30 (UTC−4)
1985-04-12T23:20:30+04:30 | 1985-04-12 | 1985-04-12 | 12 April 1985, 23:20:30 (UTC+4:30)
1964/2008 | 1964-01-01 | 2008-12-31 | 1964–2008
2004-06/2006-08 | 2004-06-01 | 2006-08-31 | June 2004 – August 2006
2004-02-01/2005-02-08 | 2004-02-01 | 2005-02-08 | 1 February 2004 – 8 February 2005
2004-02-01/2005-02 | 2004-02-01 | 2005-02-28 | 1 February 2004 – February 2005
2004-02-01/2005 | 2004-02-01 | 2005-12-31 | 1 February 2004 – 2005
2005/2006-02 | 2005-01-01 | 2006-02-28 | 2005 – February 2006

# Level 1 of the specification
Y170000002 | 170000002-01-01 | 170000002-12-31 | 170,000,002
Y-170000002 | -170000002-01-01 | -170000002-12-31 | 170,000,003 BCE
2001-21 | 2001-03-01 | 2001-05-31 | spring 2001
2001-22 | 2001-06-01 | 2001-08-31 | summer 2001
2001-23 | 2001-09-01 | 2001-11-30 | autumn 2001
2003-24 | 2003-12-01 | 2004-02-29 | winter 2003–04
1984? | 1984-01-01 | 1984-12-31 | perhaps 1984
2004-06~ | 2004-06-01 | 2004-06-30 | about June 2004
2004-06-11% | 2004-06-11 | 2004-06-11 | perhaps about 11 June 2004
201X | 2010-01-01 | 2019-12-31 | the 2010s
20XX | 2000-01-01 | 2099-12-31 | between 2000 and 2099
2004-XX | 2004-01-01 | 2004-12-31 | a month in 2004
1985-04-XX | 1985-04-01 | 1985-04-30 | a day in April 1985
1985-XX-XX | 1985-01-01 | 1985-12-31 | a day in 1985
1985-04-12/.. | 1985-04-12 | - | since 12 April 1985 (ongoing)
1985-04/.. | 1985-04-01 | - | since April 1985 (ongoing)
1985/.. | 1985-01-01 | - | since 1985 (ongoing)
../1985-04-12 | - | 1985-04-12 | until 12 April 1985
../1985-04 | - | 1985-04-30 | until April 1985
../1985 | - | 1985-12-31 | until 1985
1985-04-12/ | 1985-04-12 | 1985-04-12 | from 12 April 1985; end unknown
1985-04/ | 1985-04-01 | 1985-04-30 | from April 1985; end unknown
1985/ | 1985-01-01 | 1985-12-31 | from 1985; end unknown
/1985-04-12 | 1985-04-12 | 1985-04-12 | until 12 April 1985; start unknown
/1985-04 | 1985-04-01 | 1985-04-30 | until April 1985; start unknown
/1985 | 1985-01-01 | 1985-12-31 | until 1985; start unknown
1984~/2004-06 | 1984-01-01 | 2004-06-30 | about 1984 – June 2004
1984/2004-06~ | 1984-01-01 | 2004-06-30 | 1984 – about June 2004
1984~/2004~ | 1984-01-01 | 2004-12-31 | about 1984 – about 2004
1984?/2004% | 1984-01-01 | 2004-12-31 | perhaps 1984 – perhaps about 2004
../1985-04-12? | - | 1985-04-12 | perhaps until 12 April 1985
1985-04-12~/ | 1985-04-12 | 1985-04-12 | from about 12 April 1985; end unknown
-1985 | -1985-01-01 | -1985-12-31 | 1986 BCE

# One-of sets of level 2: those of the specification, and ours
[1667,1668,1670..1672] | 1667-01-01 | 1672-12-31 | 1667, 1668 or between 1670 and 1672
[..1760-12-03] | - | 1760-12-03 | 3 December 1760 or earlier
[1760-12..] | 1760-12-01 | - | December 1760 or later
[1760-01,1760-02,1760-12..] | 1760-01-01 | - | January 1760, February 1760 or December 1760 or later
[1667,1760-12] | 1667-01-01 | 1760-12-31 | 1667 or December 1760
[..1984] | - | 1984-12-31 | 1984 or earlier
[2025] | 2025-01-01 | 2025-12-31 | 2025
[2025-04-04,2025-04-07] | 2025-04-04 | 2025-04-07 | 4 or 7 April 2025
[2025-05-03,2025-04-04] | 2025-04-04 | 2025-05-03 | 3 May or 4 April 2025
[2025-04-04,2025-05-03] | 2025-04-04 | 2025-05-03 | 4 April or 3 May 2025
[2025-03,2025-04,2025-06] | 2025-03-01 | 2025-06-30 | March, April or June 2025
[2024-12-31,2025-01-01] | 2024-12-31 | 2025-01-01 | 31 December 2024 or 1 January 2025
[2025-04-04..2025-04-07] | 2025-04-04 | 2025-04-07 | between 4 and 7 April 2025
[2025-04-04..2025-05-07] | 2025-04-04 | 2025-05-07 | between 4 April and 7 May 2025
[2025-04-04~,2025-04-07] | 2025-04-04 | 2025-04-07 | about 4 April 2025 or 7 April 2025
[202X,2031-05-XX] | 2020-01-01 | 2031-05-31 | the 2020s or a day in May 2031

# Ours
2025-03-15T19:25:00-04:00 | 2025-03-15 | 2025-03-15 | 15 March 2025, 19:25 (UTC−4)
2025-03-15T00:30:00+14:00 | 2025-03-15 | 2025-03-15 | 15 March 2025, 00:30 (UTC+14)
2025-03-15T19:25:00+00:00 | 2025-03-15 | 2025-03-15 | 15 March 2025, 19:25 (UTC)
2016-12-31T23:59:60Z | 2016-12-31 | 2016-12-31 | 31 December 2016, 23:59:60 (UTC)
0000 | 0000-01-01 | 0000-12-31 | 1 BCE
-0043-03-15 | -0043-03-15 | -0043-03-15 | 15 March 44 BCE
0079-10-24 | 0079-10-24 | 0079-10-24 | 24 October 79 CE
00XX | 0000-01-01 | 0099-12-31 | between 1 BCE and 99 CE
000X | 0000-01-01 | 0009-12-31 | between 1 BCE and 9 CE
200X | 2000-01-01 | 2009-12-31 | between 2000 and 2009
202X~ | 2020-01-01 | 2029-12-31 | about the 2020s
2025-24 | 2025-12-01 | 2026-02-28 | winter 2025–26
1999-24 | 1999-12-01 | 2000-02-29 | winter 1999–2000
2025-21/2025-22 | 2025-03-01 | 2025-08-31 | spring 2025 – summer 2025
2024-02-29 | 2024-02-29 | 2024-02-29 | 29 February 2024
2025-03-12/2025-03-15 | 2025-03-12 | 2025-03-15 | 12–15 March 2025
2025-02-28/2025-03-03 | 2025-02-28 | 2025-03-03 | 28 February – 3 March 2025
2024-12-31/2025-01-02 | 2024-12-31 | 2025-01-02 | 31 December 2024 – 2 January 2025
2025-03/2025-04 | 2025-03-01 | 2025-04-30 | March–April 2025
2019/2021 | 2019-01-01 | 2021-12-31 | 2019–2021
2025-03-15/2025-04 | 2025-03-15 | 2025-04-30 | 15 March 2025 – April 2025
-0043/0014 | -0043-01-01 | 0014-12-31 | 44 BCE – 14 CE
2025-03-15/2025-03-15 | 2025-03-15 | 2025-03-15 | 15 March 2025
2022-03-27/ | 2022-03-27 | 2022-03-27 | from 27 March 2022; end unknown
../2020 | - | 2020-12-31 | until 2020
";

/// Text, American words, and words with `date-format = "iso"`.
const FORMATS: &str = "
1985-04-12 | April 12, 1985 | 1985-04-12
1985-09-02 | September 2, 1985 | 1985-09-02
1985-04 | April 1985 | 1985-04
1985 | 1985 | 1985
1985-04-12T23:20:30Z | April 12, 1985, 11:20:30 p.m. (UTC) | 1985-04-12, 23:20:30 (UTC)
2025-03-15T19:25:00-04:00 | March 15, 2025, 7:25 p.m. (UTC−4) | 2025-03-15, 19:25 (UTC−4)
2025-03-15T00:30:00 | March 15, 2025, 12:30 a.m. | 2025-03-15, 00:30
2025-03-15T12:00:00 | March 15, 2025, 12:00 p.m. | 2025-03-15, 12:00
2025-03-15T11:59:00 | March 15, 2025, 11:59 a.m. | 2025-03-15, 11:59
1964/2008 | 1964–2008 | 1964–2008
2025-03-12/2025-03-15 | March 12–15, 2025 | 2025-03-12 – 2025-03-15
2025-02-28/2025-03-03 | February 28 – March 3, 2025 | 2025-02-28 – 2025-03-03
2024-12-31/2025-01-02 | December 31, 2024 – January 2, 2025 | 2024-12-31 – 2025-01-02
2025-03/2025-04 | March–April 2025 | 2025-03 – 2025-04
2001-23 | fall 2001 | fall 2001
2004-06-11% | perhaps about June 11, 2004 | perhaps about 2004-06-11
1985-04-XX | a day in April 1985 | a day in 1985-04
1985-04-12/.. | since April 12, 1985 (ongoing) | since 1985-04-12 (ongoing)
1985-04-12/ | from April 12, 1985; end unknown | from 1985-04-12; end unknown
[2025-04-04,2025-04-07] | April 4 or 7, 2025 | 2025-04-04 or 2025-04-07
[2025-04-04,2025-05-03] | April 4 or May 3, 2025 | 2025-04-04 or 2025-05-03
[2025-03,2025-04,2025-06] | March, April or June 2025 | 2025-03, 2025-04 or 2025-06
[2025-04-04..2025-04-07] | between April 4 and 7, 2025 | between 2025-04-04 and 2025-04-07
[2025-04-04..2025-05-07] | between April 4 and May 7, 2025 | between 2025-04-04 and 2025-05-07
-0043-03-15 | March 15, 44 BCE | -0043-03-15
";

#[test]
fn americans_put_the_month_first_and_iso_the_year() {
    let (american, iso) = (Catalogue::load("en"), Catalogue::load("en").with_date_format("iso"));
    for line in FORMATS.lines().filter(|line| !line.is_empty()) {
        let cells: Vec<&str> = line.split(" | ").collect();
        let read = date(cells[0]);
        assert_eq!(show(&read, &american, None), cells[1], "{}", cells[0]);
        assert_eq!(show(&read, &iso, None), cells[2], "{}", cells[0]);
    }
    let british = Catalogue::load("en").with_date_format("day-first");
    assert_eq!(show(&date("2025-03-15T19:25:00-04:00"), &british, None), "15 March 2025, 19:25 (UTC−4)");
}

fn examples() -> impl Iterator<Item = Vec<&'static str>> {
    let lines = EXAMPLES.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| line.split(" | ").collect())
}

#[test]
fn examples_have_their_bounds_and_are_written_again() {
    assert_eq!(examples().count(), 87);
    for example in examples() {
        let (text, first, last) = (example[0], example[1], example[2]);
        let read = date(text);
        let bounds = read.bounds();
        let shown = |day: Day| match day {
            Day::MIN | Day::MAX => "-".to_string(),
            day => day.to_string(),
        };
        assert_eq!((&*shown(bounds.first), &*shown(bounds.last)), (first, last), "{text}");
        assert!(bounds.first <= bounds.last, "{text}");
        // The hours-only form of an offset is not kept.
        let canonical = match text {
            "1985-04-12T23:20:30-04" => "1985-04-12T23:20:30-04:00",
            text => text,
        };
        assert_eq!(read.to_string(), canonical);
        assert_eq!(date(canonical), read);
    }
}

#[test]
fn examples_are_said_in_words() {
    let english = Catalogue::load("en-GB");
    for example in examples() {
        let (text, words) = (example[0], example[3]);
        assert_eq!(show(&date(text), &english, None), words, "{text}");
    }
}
