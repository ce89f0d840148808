//! Texts that are not read, and what is said about them.

use super::{LONGEST, refused};

/// The rest of level 2 of the specification, with what the help says to write.
#[test]
fn level_2_is_refused_with_a_way_out() {
    for (text, help) in [
        ("Y-17E7", "write `Y-170000000`"),
        ("1950S2", "write `19XX`"),
        ("1950S3", "write `195X`"),
        ("Y171010000S3", "write `Y171010000~`"),
        ("Y3388E2S3", "write `Y338800`"),
        ("2001-34", "write `2001-04/2001-06`"),
        ("2001-25", "write `2001-21`"),
        ("-0005-35", "write `-0005-07/-0005-09`"),
        ("156X-21", "write `156X`"),
        ("2001-25/2002", "write `2001-21/2002`"),
        ("1990-u1-01/1990-02-01", "write `1990/1990-02-01`"),
        ("2001-30", "write `2001-12/2002-02`"),
        ("2001-39", "write `2001-09/2001-12`"),
        ("2001-41", "write `2001-07/2001-12`"),
        ("{1667,1668,1670..1672}", "write one record a date"),
        ("{1960,1961-12}", "write one record a date"),
        ("{..1984}", "write one record a date"),
        ("2004-06~-11", "write `2004-06-11~`"),
        ("2004?-06-11", "write `2004-06-11?`"),
        ("?2004-06-~11", "write `2004-06-11%`"),
        ("2004-%06-11", "write `2004-06-11%`"),
        ("?2004", "write `2004?`"),
        ("156X-12-25", "write `156X`"),
        ("15XX-12-25", "write `15XX`"),
        ("1XXX", "write `[1000..1999]`"),
        ("1984-1X", "write `[1984-10..1984-12]`"),
        ("2004-06-1X", "write `[2004-06-10..2004-06-19]`"),
        ("2004-XX-12", "write `2004-XX-XX`"),
        ("2004-06-~01/2004-06-~20", "write `2004-06-01~/2004-06-20~`"),
        ("2004-06-XX/2004-07-03", "write `2004-06/2004-07-03`"),
        ("202X/2025", "write a year, followed by `~`"),
        ("..2004/2005", "write `../2005`"),
        ("[2004,1984-1X]", "write `[2004,1984-10..1984-12]`"),
    ] {
        let error = refused(text);
        assert!(error.message.contains("level 2") || text.contains('u'), "{text}: {error}");
        let given = error.help.clone().unwrap_or_default();
        assert!(given.starts_with(help), "{text}: {error}");
        assert!(error.at.end <= text.len() && !error.at.is_empty(), "{text}: {error:?}");
    }
    for text in ["X268-XX-XX", "X268-05", "XXXX-12-XX", "1XXX-XX", "1XXX-12", "1XX3", "Y17E12"] {
        assert!(refused(text).message.contains("level 2"), "{text}");
    }
}

#[test]
fn old_edtf_is_answered_with_todays() {
    for (text, help) in [
        ("199u", "write `199X`"),
        ("19uu", "write `19XX`"),
        ("1999-uu", "write `1999-XX`"),
        ("1999-01-uu", "write `1999-01-XX`"),
        ("1984?~", "write `1984%`"),
        ("2004-06?~", "write `2004-06%`"),
        ("unknown/2006", "write `/2006`"),
        ("2004-06-01/unknown", "write `2004-06-01/`"),
        ("2004/open", "write `2004/..`"),
        ("open/2004", "write `../2004`"),
        ("y170000002", "write `Y170000002`"),
        ("y17e7", "write `Y170000000`"),
        ("199x", "write `199X`"),
        ("2025-03-xx", "write `2025-03-XX`"),
        ("2004-06-uu/2004-07-03", "write `2004-06/2004-07-03`"),
        ("uuuu", "leave the date out if nothing is known about its year"),
        ("uuuu-uu-uu", "leave the date out if nothing is known about its year"),
    ] {
        assert_eq!(refused(text).help.as_deref(), Some(help), "{text}: {}", refused(text));
    }
    assert_eq!(refused("199u").message, "this is an outdated way of writing an uncertain date (EDTF before 2019)");
    assert_eq!(refused("199x").message, "a capital letter belongs here (EDTF)");
}

#[test]
fn other_notations_are_answered_with_edtf() {
    for (text, edtf) in [
        ("March 15, 2025", "2025-03-15"),
        ("Mar. 15 2025", "2025-03-15"),
        ("15 March 2025", "2025-03-15"),
        ("Saturday, the 15th of March 2025", "2025-03-15"),
        ("Sept 2025", "2025-09"),
        ("May 2025", "2025-05"),
        ("spring 2025", "2025-21"),
        ("circa 2025", "2025~"),
        ("c. March 2025", "2025-03~"),
        ("perhaps 2025", "2025?"),
        ("the 2020s", "202X"),
        ("15.3.2025", "2025-03-15"),
        ("3/15/2025", "2025-03-15"),
        ("15/3/2025", "2025-03-15"),
        ("4/4/2025", "2025-04-04"),
        ("2025/03/15", "2025-03-15"),
        ("2025-3-5", "2025-03-05"),
        ("2025/03", "2025-03"),
        ("2025-3", "2025-03"),
        ("03/2025", "2025-03"),
        ("20250315", "2025-03-15"),
        ("2012-2013", "2012/2013"),
        ("2012–2013", "2012/2013"),
        ("2025-03-15 19:25", "2025-03-15T19:25:00"),
        ("2025-03-15T19:25Z", "2025-03-15T19:25:00Z"),
        ("2025-03-15T19:25:11.250-0400", "2025-03-15T19:25:11-04:00"),
        ("2025-03-15t9:25:00z", "2025-03-15T09:25:00Z"),
        ("2022/present", "2022/.."),
        ("March 2022 to present", "2022-03/.."),
        ("1 March 2022 – 3 April 2022", "2022-03-01/2022-04-03"),
        ("2025-03-01..2025-03-05", "2025-03-01/2025-03-05"),
        (" 2025-03 ", "2025-03"),
    ] {
        let error = refused(text);
        assert_eq!(error.help.as_deref(), Some(&*format!("write `{edtf}`")), "{text}: {error}");
        assert_eq!(error.at, 0..text.len());
    }
    let help = "write `2025-02-03` for February 3, or `2025-03-02` for March 2";
    assert_eq!(refused("2/3/2025").help.as_deref(), Some(help));
    assert_eq!(refused("March 15").help.as_deref(), Some("write the year, too: `YYYY-03-15`"));
    for text in ["March 32, 2025", "soon", "30/30/2025", "12", "March March 2025"] {
        let help = refused(text).help.unwrap_or_default();
        assert!(help.starts_with("dates are written"), "{text}: {help}");
    }
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table of faults")]
fn faults_are_named_and_placed() {
    for (text, at, message, help) in [
        ("2025-02-30", 8..10, "February 2025 has 28 days", ""),
        ("2024-02-30~", 8..10, "February 2024 has 29 days", ""),
        ("-0001-02-29", 9..11, "February -0001 has 28 days", ""),
        ("2025-04-31/2025-05", 8..10, "April 2025 has 30 days", ""),
        ("2025-04/2025-06-31", 16..18, "June 2025 has 30 days", ""),
        ("[2025-04-04,2025-04-31]", 20..22, "April 2025 has 30 days", ""),
        ("[2025-04-04..2025-04-31]", 21..23, "April 2025 has 30 days", ""),
        ("2025-13", 5..7, "there is no month 13", ""),
        ("2025-42", 5..7, "there is no month 42", ""),
        ("2025-15-03", 5..7, "there is no month 15", "write `2025-03-15` if 15 is the day"),
        ("2025-00", 5..7, "there is no month 00", "write `2025-XX` if the month is not known"),
        ("2025-00-00", 5..7, "there is no month 00", "write `2025-XX` if the month is not known"),
        ("2025-03-00", 8..10, "there is no day 00", "write `2025-03-XX` if the day is not known"),
        ("2025-21-03", 8..10, "a season has no day", "write `2025-21`"),
        ("2025/2024", 5..9, "the interval ends (2024) before it starts (2025)", "write `2024/2025`"),
        (
            "2025-03-15/2025-03-14~",
            11..22,
            "the interval ends (2025-03-14~) before it starts (2025-03-15)",
            "write `2025-03-14~/2025-03-15`",
        ),
        ("[2025..2024]", 7..11, "the interval ends (2024) before it starts (2025)", "write `[2024..2025]`"),
        ("2025-03-15T25:00:00Z", 11..13, "there is no hour 25", ""),
        ("2025-03-15T24:00:00", 11..13, "there is no hour 24", "midnight is `00:00:00` of the next day"),
        ("2025-03-15T23:61:00", 14..16, "there is no minute 61", ""),
        ("2025-02-30T23:01:00", 8..10, "February 2025 has 28 days", ""),
        (
            "2025-03-15T23:00:00+15:00",
            19..25,
            "this is not an offset from UTC",
            "an offset is `Z`, or hours and minutes such as `-04:00`, at most 14 hours from UTC",
        ),
        ("2025-03-15T10:00:00/2025-03-16", 0..30, "an interval has no times of day", "write `2025-03-15/2025-03-16`"),
        ("2025-03-15T10:00:00/2025-03-15T12:00:00", 0..39, "an interval has no times of day", "write `2025-03-15`"),
        ("Y2147483648", 0..11, "a year has at most nine digits", ""),
        (
            "..",
            0..2,
            "there is no date in this interval",
            "write the side that is known: `2022-03-27/..` (ongoing), `2022-03-27/` (end not known)",
        ),
        (
            "",
            0..0,
            "a date is missing",
            "dates are written `2025`, `2025-03`, `2025-03-15` or `2025-03-15/2025-04-10` (EDTF)",
        ),
    ] {
        let error = refused(text);
        assert_eq!((error.at, &*error.message, error.help.as_deref().unwrap_or("")), (at, message, help), "{text}");
    }
    assert!(refused(&"2".repeat(LONGEST + 1)).message.contains("at most 200 bytes"));
    for text in [
        "-0000",
        "2025-03-15T10:00:00-00:00",
        "Y1985",
        "20255",
        "202",
        "2025-",
        "[]",
        "[2025",
        "2025/2026/2027",
        "😀",
        "2025–",
        "[2025,]",
    ] {
        let error = refused(text);
        assert!(text.is_char_boundary(error.at.start) && text.is_char_boundary(error.at.end), "{text}");
    }
}

/// What people write, with what is wrong where and what they are told to write.
#[test]
#[expect(clippy::too_many_lines, reason = "a table of slips")]
fn slips_are_answered_with_what_was_meant() {
    let here = "this is not how dates are written here";
    for (text, at, message, help) in [
        ("3–5 March 2026", 0.., here, "write `2026-03-03/2026-03-05`"),
        ("3 – 5 March 2026", 0.., here, "write `2026-03-03/2026-03-05`"),
        ("March 3-5, 2025", 0.., here, "write `2025-03-03/2025-03-05`"),
        ("March 12-15, 2025", 0.., here, "write `2025-03-12/2025-03-15`"),
        ("March–April 2025", 0.., here, "write `2025-03/2025-04`"),
        ("30 March – 2 April 2025", 0.., here, "write `2025-03-30/2025-04-02`"),
        ("March 30–April 2, 2025", 0.., here, "write `2025-03-30/2025-04-02`"),
        ("from 3 to 5 March 2026", 0.., here, "write `2026-03-03/2026-03-05`"),
        ("4 or 7 April 2025", 0.., here, "write `[2025-04-04,2025-04-07]`"),
        ("between 4 and 7 April 2025", 0.., here, "write `[2025-04-04..2025-04-07]`"),
        ("since March 2026", 0.., here, "write `2026-03/..`"),
        ("Since 15 March 2026", 0.., here, "write `2026-03-15/..`"),
        ("from spring 2025 on", 0.., here, "write `2025-21/..`"),
        ("2022-present", 0.., here, "write `2022/..`"),
        ("until March 2026", 0.., here, "write `../2026-03`"),
        ("before March 2026", 0.., here, "write `[..2026-02]`"),
        ("before 2026", 0.., here, "write `[..2025]`"),
        ("before 1 March 2024", 0.., here, "write `[..2024-02-29]`"),
        ("after 31 December 2025", 0.., here, "write `[2026-01-01..]`"),
        ("by 2025-03-15", 0.., here, "write `[..2025-03-15]`"),
        ("44 BC", 0.., here, "write `-0043`"),
        ("15 March 44 B.C.", 0.., here, "write `-0043-03-15`"),
        ("c. 44 BCE", 0.., here, "write `-0043~`"),
        ("1 BC", 0.., here, "write `0000`"),
        ("AD 79", 0.., here, "write `0079`"),
        ("24 October 79 CE", 0.., here, "write `0079-10-24`"),
        ("44–40 BC", 0.., here, "write `-0043/-0039`"),
        ("2026-03-03 7:25 p.m.", 0.., here, "write `2026-03-03T19:25:00`"),
        ("March 3, 2026, 7:25 p.m.", 0.., here, "write `2026-03-03T19:25:00`"),
        ("3 March 2026 at 12:05am EDT", 0.., here, "write `2026-03-03T00:05:00-04:00`"),
        ("7 pm, March 3, 2026", 0.., here, "write `2026-03-03T19:00:00`"),
        ("7:25 p.m.", 0.., "the day is missing", "write the day before it: `YYYY-MM-DDT19:25:00`"),
        ("early March", 0.., "the year is missing", "write the year, too: `YYYY-03`"),
        ("15 March", 0.., "the year is missing", "write the year, too: `YYYY-03-15`"),
        (
            "early March 2026",
            0..,
            "there is no way to write part of a month, year or decade here",
            "write `2026-03`, or `[2026-03-01..2026-03-10]` for one of its first days",
        ),
        (
            "mid-2025",
            0..,
            "there is no way to write part of a month, year or decade here",
            "write `2025`, or `[2025-05..2025-08]` for one of its middle months",
        ),
        (
            "the end of February 2024",
            0..,
            "there is no way to write part of a month, year or decade here",
            "write `2024-02`, or `[2024-02-21..2024-02-29]` for one of its last days",
        ),
        (
            "late 2020s",
            0..,
            "there is no way to write part of a month, year or decade here",
            "write `202X`, or `[2027..2029]` for one of its last years",
        ),
        (
            "present",
            0..,
            "this is not a date",
            "write something ongoing from its beginning: `2022-03-27/..`; an open end by itself is `..`",
        ),
        ("2026‑03‑03", 0.., "the hyphens here are not the plain `-`", "write `2026-03-03`"),
        ("2026−03", 0.., "the hyphens here are not the plain `-`", "write `2026-03`"),
        ("March 3‑5, 2025", 0.., "the hyphens here are not the plain `-`", "write `2025-03-03/2025-03-05`"),
        ("“2026-03-03”", 0.., "the quotation marks are read as part of the date", "write `2026-03-03`"),
        ("‘March 2026’", 0.., "the quotation marks are read as part of the date", "write `2026-03`"),
        ("2026-03-\u{200b}03", 0.., "there is a character in this date that can’t be seen", "write `2026-03-03`"),
        ("２０２６-03", 0.., "the digits here are not the plain `0` to `9`", "write `2026-03`"),
        ("[1667, 1668]", 0.., "a set has no spaces", "write `[1667,1668]`"),
        ("1XXX", 0.., "an unspecified digit (`X`) here can't be read here (EDTF level 2)", "write `[1000..1999]`"),
        ("-01XX", 0.., "years before 0 have no unspecified digits (`X`) in EDTF", "write `[-0199..-0100]`"),
        ("-012X", 0.., "years before 0 have no unspecified digits (`X`) in EDTF", "write `[-0129..-0120]`"),
        ("-0001-12-04T00:14:00", 11.., "a year before 0 can’t have a time of day (EDTF)", "write `-0001-12-04`"),
        ("-0001-12-04T00:14:00/0000-02-10T08:00", 0.., "an interval has no times of day", "write `-0001-12-04/0000-02-10`"),
        ("2025-03-15/2025-03-16T08:00", 0.., "an interval has no times of day", "write `2025-03-15/2025-03-16`"),
    ] {
        let error = refused(text);
        let found = (error.at.clone(), &*error.message, error.help.as_deref().unwrap_or(""));
        assert_eq!(found, (at.start..text.len(), message, help), "{text}");
        let spelled = help.strip_prefix("write `").filter(|rest| rest.ends_with('`')).map(|rest| rest.trim_end_matches('`'));
        assert_eq!(error.instead.as_deref(), spelled, "{text}: what is certain is a fix as well");
    }
    let error = refused("-0000-03");
    assert_eq!((error.at, &*error.message), (0..5, "there is no year -0000"));
    assert_eq!(error.help.as_deref(), Some("write `0000-03` if 1 BCE is meant"));
}
