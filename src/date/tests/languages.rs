//! Every form of a date in the words of every language but English, read as a copy editor of a newspaper in that language
//! would. English stands in `examples.rs`.

use super::{Catalogue, Day, date, show};
use crate::date::{Run, show_below_year};

const ARABIC: &str = "
1985-04-12 | 12 أبريل 1985
1985-04 | أبريل 1985
1985 | 1985
2025-03-15T07:05:00 | 15 مارس 2025، 7:05 ص
2025-03-15T19:25:00-04:00 | 15 مارس 2025، 7:25 م (غرينتش \u{200e}−4)
2025-03-15T12:30:07Z | 15 مارس 2025، 12:30:07 م (بتوقيت غرينتش)
2025-03-12/2025-03-15 | 12–15 مارس 2025
2025-02-28/2025-03-03 | 28 فبراير – 3 مارس 2025
2024-12-31/2025-01-02 | 31 ديسمبر 2024 – 2 يناير 2025
2025-03/2025-04 | مارس–أبريل 2025
2004-06/2006-08 | يونيو 2004 – أغسطس 2006
2019/2021 | 2019–2021
2025-03-15/2025-04 | 15 مارس 2025 – أبريل 2025
2025-21/2025-22 | ربيع 2025 – صيف 2025
2004-06-11~ | حوالي 11 يونيو 2004
2004-06-11? | ربما في 11 يونيو 2004
2004-06-11% | ربما حوالي 11 يونيو 2004
2004-06~ | حوالي يونيو 2004
2004-06? | ربما في يونيو 2004
1984~ | حوالي عام 1984
1984? | ربما عام 1984
1984% | ربما حوالي عام 1984
2025-21~ | حوالي ربيع 2025
2025-21? | ربما في ربيع 2025
201X | العقد 2010–2019
20XX | بين عامي 2000 و2099
200X~ | حوالي 2000–2009
201X~ | حوالي العقد 2010–2019
201X? | ربما العقد 2010–2019
2004-XX | أحد أشهر عام 2004
1985-04-XX | أحد أيام أبريل 1985
1985-XX-XX | أحد أيام عام 1985
2001-21 | ربيع 2001
2001-22 | صيف 2001
2001-23 | خريف 2001
2003-24 | شتاء 2003–2004
1999-24 | شتاء 1999–2000
1985-04-12/.. | منذ 12 أبريل 1985 (مستمر حتى 22 ديسمبر 2025)
1985-04/.. | منذ أبريل 1985 (مستمر حتى 22 ديسمبر 2025)
1985/.. | منذ عام 1985 (مستمر حتى 22 ديسمبر 2025)
2026-01-05/.. | اعتبارًا من 5 يناير 2026
2026-03/.. | اعتبارًا من مارس 2026
1985%/.. | ربما منذ حوالي عام 1985 (مستمر حتى 22 ديسمبر 2025)
../1985-04-12 | حتى 12 أبريل 1985
../1985-04 | حتى أبريل 1985
../1985 | حتى عام 1985
../1985-04-12? | ربما حتى 12 أبريل 1985
1985-04-12/ | بدءًا من 12 أبريل 1985؛ تاريخ الانتهاء غير معروف
1985-04/ | بدءًا من أبريل 1985؛ تاريخ الانتهاء غير معروف
1985/ | بدءًا من عام 1985؛ تاريخ الانتهاء غير معروف
1985-04-12~/ | بدءًا من حوالي 12 أبريل 1985؛ تاريخ الانتهاء غير معروف
/1985-04-12 | حتى 12 أبريل 1985؛ تاريخ البدء غير معروف
/1985 | حتى عام 1985؛ تاريخ البدء غير معروف
1984~/2004-06 | حوالي عام 1984 – يونيو 2004
1984?/2004% | ربما 1984 – ربما حوالي عام 2004
2004-06-11~/2004-06-12? | حوالي 11 يونيو 2004 – ربما 12 يونيو 2004
[1667,1668,1670..1672] | 1667 أو 1668 أو بين عامي 1670 و1672
[..1760-12-03] | 3 ديسمبر 1760 أو قبل ذلك
[1760-12..] | ديسمبر 1760 أو بعد ذلك
[..1984?] | ربما 1984 أو قبل ذلك
[2025-04-04,2025-04-07] | 4 أو 7 أبريل 2025
[2025-04-07,2025-04-08] | 7 أو 8 أبريل 2025
[2025-04-04,2025-05-03] | 4 أبريل أو 3 مايو 2025
[2025-09,2025-10] | سبتمبر أو أكتوبر 2025
[2025-03,2025-04,2025-06] | مارس أو أبريل أو يونيو 2025
[2024-12-31,2025-01-01] | 31 ديسمبر 2024 أو 1 يناير 2025
[2025-04-04..2025-04-07] | بين 4 و7 أبريل 2025
[2025-04-04..2025-05-07] | بين 4 أبريل و7 مايو 2025
[2024-12-31..2025-01-02] | بين 31 ديسمبر 2024 و2 يناير 2025
[2025-03..2025-05] | بين مارس ومايو 2025
[2024-12..2025-02] | بين ديسمبر 2024 وفبراير 2025
[2019..2021] | بين عامي 2019 و2021
[2025-04-04~,2025-04-07] | حوالي 4 أبريل 2025 أو 7 أبريل 2025
[202X,2031-05-XX] | العقد 2020–2029 أو أحد أيام مايو 2031
0000 | 1 ق.م
-0043-03-15 | 15 مارس 44 ق.م
0079-10-24 | 24 أكتوبر 79 م
-0043/0014 | 44 ق.م – 14 م
00XX | بين عامي 1 ق.م و99 م
Y170000002 | 170,000,002
";

const GERMAN: &str = "
1985-04-12 | 12. April 1985
1985-04 | April 1985
1985 | 1985
2025-03-15T07:05:00 | 15. März 2025, 07:05 Uhr
2025-03-15T19:25:00-04:00 | 15. März 2025, 19:25 Uhr (UTC−4)
2025-03-15T12:30:07Z | 15. März 2025, 12:30:07 Uhr (UTC)
2025-03-12/2025-03-15 | 12.–15. März 2025
2025-02-28/2025-03-03 | 28. Februar – 3. März 2025
2024-12-31/2025-01-02 | 31. Dezember 2024 – 2. Januar 2025
2025-03/2025-04 | März–April 2025
2004-06/2006-08 | Juni 2004 – August 2006
2019/2021 | 2019–2021
2025-03-15/2025-04 | 15. März 2025 – April 2025
2025-21/2025-22 | Frühjahr 2025 – Sommer 2025
2004-06-11~ | um den 11. Juni 2004
2004-06-11? | möglicherweise am 11. Juni 2004
2004-06-11% | möglicherweise um den 11. Juni 2004
2004-06~ | etwa Juni 2004
2004-06? | möglicherweise im Juni 2004
1984~ | um 1984
1984? | möglicherweise 1984
1984% | möglicherweise um 1984
2025-21~ | etwa Frühjahr 2025
2025-21? | möglicherweise im Frühjahr 2025
201X | 2010er-Jahre
20XX | zwischen 2000 und 2099
200X~ | etwa 2000–2009
201X~ | etwa in den 2010er-Jahren
201X? | möglicherweise in den 2010er-Jahren
2004-XX | ein Monat im Jahr 2004
1985-04-XX | ein Tag im April 1985
1985-XX-XX | ein Tag im Jahr 1985
2001-21 | Frühjahr 2001
2001-22 | Sommer 2001
2001-23 | Herbst 2001
2003-24 | Winter 2003/04
1999-24 | Winter 1999/2000
1985-04-12/.. | seit dem 12. April 1985 (andauernd, Stand: 22. Dezember 2025)
1985-04/.. | seit April 1985 (andauernd, Stand: 22. Dezember 2025)
1985/.. | seit 1985 (andauernd, Stand: 22. Dezember 2025)
2026-01-05/.. | ab dem 5. Januar 2026
2026-03/.. | ab März 2026
1985%/.. | möglicherweise seit etwa 1985 (andauernd, Stand: 22. Dezember 2025)
../1985-04-12 | bis zum 12. April 1985
../1985-04 | bis April 1985
../1985 | bis 1985
../1985-04-12? | möglicherweise bis zum 12. April 1985
1985-04-12/ | ab dem 12. April 1985; Ende unbekannt
1985-04/ | ab April 1985; Ende unbekannt
1985/ | ab 1985; Ende unbekannt
1985-04-12~/ | ab etwa 12. April 1985; Ende unbekannt
/1985-04-12 | bis zum 12. April 1985; Beginn unbekannt
/1985 | bis 1985; Beginn unbekannt
1984~/2004-06 | etwa 1984 – Juni 2004
1984?/2004% | möglicherweise 1984 – möglicherweise etwa 2004
2004-06-11~/2004-06-12? | etwa 11. Juni 2004 – möglicherweise 12. Juni 2004
[1667,1668,1670..1672] | 1667, 1668 oder zwischen 1670 und 1672
[..1760-12-03] | 3. Dezember 1760 oder früher
[1760-12..] | Dezember 1760 oder später
[..1984?] | möglicherweise 1984 oder früher
[2025-04-04,2025-04-07] | 4. oder 7. April 2025
[2025-04-07,2025-04-08] | 7. oder 8. April 2025
[2025-04-04,2025-05-03] | 4. April oder 3. Mai 2025
[2025-09,2025-10] | September oder Oktober 2025
[2025-03,2025-04,2025-06] | März, April oder Juni 2025
[2024-12-31,2025-01-01] | 31. Dezember 2024 oder 1. Januar 2025
[2025-04-04..2025-04-07] | zwischen dem 4. und 7. April 2025
[2025-04-04..2025-05-07] | zwischen dem 4. April und dem 7. Mai 2025
[2024-12-31..2025-01-02] | zwischen dem 31. Dezember 2024 und dem 2. Januar 2025
[2025-03..2025-05] | zwischen März und Mai 2025
[2024-12..2025-02] | zwischen Dezember 2024 und Februar 2025
[2019..2021] | zwischen 2019 und 2021
[2025-04-04~,2025-04-07] | etwa 4. April 2025 oder 7. April 2025
[202X,2031-05-XX] | 2020er-Jahre oder ein Tag im Mai 2031
0000 | 1 v. Chr.
-0043-03-15 | 15. März 44 v. Chr.
0079-10-24 | 24. Oktober 79 n. Chr.
-0043/0014 | 44 v. Chr. – 14 n. Chr.
00XX | zwischen 1 v. Chr. und 99 n. Chr.
Y170000002 | 170.000.002
";

const SPANISH: &str = "
1985-04-12 | 12 de abril de 1985
1985-04 | abril de 1985
1985 | 1985
2025-03-15T07:05:00 | 15 de marzo de 2025, 07:05
2025-03-15T19:25:00-04:00 | 15 de marzo de 2025, 19:25 (UTC−4)
2025-03-15T12:30:07Z | 15 de marzo de 2025, 12:30:07 (UTC)
2025-03-12/2025-03-15 | 12–15 de marzo de 2025
2025-02-28/2025-03-03 | 28 de febrero – 3 de marzo de 2025
2024-12-31/2025-01-02 | 31 de diciembre de 2024 – 2 de enero de 2025
2025-03/2025-04 | marzo–abril de 2025
2004-06/2006-08 | junio de 2004 – agosto de 2006
2019/2021 | 2019–2021
2025-03-15/2025-04 | 15 de marzo de 2025 – abril de 2025
2025-21/2025-22 | primavera de 2025 – verano de 2025
2004-06-11~ | alrededor del 11 de junio de 2004
2004-06-11? | quizá el 11 de junio de 2004
2004-06-11% | quizá alrededor del 11 de junio de 2004
2004-06~ | alrededor de junio de 2004
2004-06? | quizá en junio de 2004
1984~ | alrededor de 1984
1984? | quizá en 1984
1984% | quizá alrededor de 1984
2025-21~ | aproximadamente en primavera de 2025
2025-21? | quizá en primavera de 2025
201X | década de 2010
20XX | entre 2000 y 2099
200X~ | alrededor de 2000–2009
201X~ | alrededor de la década de 2010
201X? | quizá en la década de 2010
2004-XX | un mes de 2004
1985-04-XX | un día de abril de 1985
1985-XX-XX | un día de 1985
2001-21 | primavera de 2001
2001-22 | verano de 2001
2001-23 | otoño de 2001
2003-24 | invierno de 2003–04
1999-24 | invierno de 1999–2000
1985-04-12/.. | desde el 12 de abril de 1985 (en curso al 22 de diciembre de 2025)
1985-04/.. | desde abril de 1985 (en curso al 22 de diciembre de 2025)
1985/.. | desde 1985 (en curso al 22 de diciembre de 2025)
2026-01-05/.. | a partir del 5 de enero de 2026
2026-03/.. | a partir de marzo de 2026
1985%/.. | quizá desde alrededor de 1985 (en curso al 22 de diciembre de 2025)
../1985-04-12 | hasta el 12 de abril de 1985
../1985-04 | hasta abril de 1985
../1985 | hasta 1985
../1985-04-12? | quizá hasta el 12 de abril de 1985
1985-04-12/ | desde el 12 de abril de 1985; se desconoce el final
1985-04/ | desde abril de 1985; se desconoce el final
1985/ | desde 1985; se desconoce el final
1985-04-12~/ | desde alrededor del 12 de abril de 1985; se desconoce el final
/1985-04-12 | hasta el 12 de abril de 1985; se desconoce el inicio
/1985 | hasta 1985; se desconoce el inicio
1984~/2004-06 | alrededor de 1984 – junio de 2004
1984?/2004% | quizá 1984 – quizá alrededor de 2004
2004-06-11~/2004-06-12? | alrededor del 11 de junio de 2004 – quizá 12 de junio de 2004
[1667,1668,1670..1672] | 1667, 1668 o entre 1670 y 1672
[..1760-12-03] | 3 de diciembre de 1760 o antes
[1760-12..] | diciembre de 1760 o después
[..1984?] | quizá 1984 o antes
[2025-04-04,2025-04-07] | 4 o 7 de abril de 2025
[2025-04-07,2025-04-08] | 7 u 8 de abril de 2025
[2025-04-04,2025-05-03] | 4 de abril o 3 de mayo de 2025
[2025-09,2025-10] | septiembre u octubre de 2025
[2025-03,2025-04,2025-06] | marzo, abril o junio de 2025
[2024-12-31,2025-01-01] | 31 de diciembre de 2024 o 1 de enero de 2025
[2025-04-04..2025-04-07] | entre el 4 y el 7 de abril de 2025
[2025-04-04..2025-05-07] | entre el 4 de abril y el 7 de mayo de 2025
[2024-12-31..2025-01-02] | entre el 31 de diciembre de 2024 y el 2 de enero de 2025
[2025-03..2025-05] | entre marzo y mayo de 2025
[2024-12..2025-02] | entre diciembre de 2024 y febrero de 2025
[2019..2021] | entre 2019 y 2021
[2025-04-04~,2025-04-07] | alrededor del 4 de abril de 2025 o 7 de abril de 2025
[202X,2031-05-XX] | década de 2020 o un día de mayo de 2031
0000 | 1 a. C.
-0043-03-15 | 15 de marzo de 44 a. C.
0079-10-24 | 24 de octubre de 79 d. C.
-0043/0014 | 44 a. C. – 14 d. C.
00XX | entre 1 a. C. y 99 d. C.
Y170000002 | 170.000.002
";

const CHINESE: &str = "
1985-04-12 | 1985年4月12日
1985-04 | 1985年4月
1985 | 1985年
2025-03-15T07:05:00 | 2025年3月15日 07:05
2025-03-15T19:25:00-04:00 | 2025年3月15日 19:25（UTC−4）
2025-03-15T12:30:07Z | 2025年3月15日 12:30:07（UTC）
2025-03-12/2025-03-15 | 2025年3月12日至15日
2025-02-28/2025-03-03 | 2025年2月28日至3月3日
2024-12-31/2025-01-02 | 2024年12月31日至2025年1月2日
2025-03/2025-04 | 2025年3月至4月
2004-06/2006-08 | 2004年6月至2006年8月
2019/2021 | 2019–2021年
2025-03-15/2025-04 | 2025年3月15日至2025年4月
2025-21/2025-22 | 2025年春季至2025年夏季
2004-06-11~ | 2004年6月11日前后
2004-06-11? | 可能是2004年6月11日
2004-06-11% | 可能是2004年6月11日前后
2004-06~ | 2004年6月前后
2004-06? | 可能是2004年6月
1984~ | 1984年前后
1984? | 可能是1984年
1984% | 可能是1984年前后
2025-21~ | 2025年春季前后
2025-21? | 可能是2025年春季
201X | 2010年代
20XX | 2000年至2099年之间
200X~ | 2000–2009年前后
201X~ | 2010年代前后
201X? | 可能是2010年代
2004-XX | 2004年某月
1985-04-XX | 1985年4月某日
1985-XX-XX | 1985年某日
2001-21 | 2001年春季
2001-22 | 2001年夏季
2001-23 | 2001年秋季
2003-24 | 2003–2004年冬季
1999-24 | 1999–2000年冬季
1985-04-12/.. | 自1985年4月12日起（截至2025年12月22日仍在持续）
1985-04/.. | 自1985年4月起（截至2025年12月22日仍在持续）
1985/.. | 自1985年起（截至2025年12月22日仍在持续）
2026-01-05/.. | 自2026年1月5日起
2026-03/.. | 自2026年3月起
1985%/.. | 可能自1985年前后起（截至2025年12月22日仍在持续）
../1985-04-12 | 至1985年4月12日为止
../1985-04 | 至1985年4月为止
../1985 | 至1985年为止
../1985-04-12? | 可能至1985年4月12日为止
1985-04-12/ | 始于1985年4月12日，结束时间不详
1985-04/ | 始于1985年4月，结束时间不详
1985/ | 始于1985年，结束时间不详
1985-04-12~/ | 始于1985年4月12日前后，结束时间不详
/1985-04-12 | 至1985年4月12日为止，开始时间不详
/1985 | 至1985年为止，开始时间不详
1984~/2004-06 | 1984年前后至2004年6月
1984?/2004% | 可能1984年至可能2004年前后
2004-06-11~/2004-06-12? | 2004年6月11日前后至可能2004年6月12日
[1667,1668,1670..1672] | 1667年、1668年或1670年至1672年之间
[..1760-12-03] | 1760年12月3日或更早
[1760-12..] | 1760年12月或更晚
[..1984?] | 可能1984年或更早
[2025-04-04,2025-04-07] | 2025年4月4日或7日
[2025-04-07,2025-04-08] | 2025年4月7日或8日
[2025-04-04,2025-05-03] | 2025年4月4日或5月3日
[2025-09,2025-10] | 2025年9月或10月
[2025-03,2025-04,2025-06] | 2025年3月、4月或6月
[2024-12-31,2025-01-01] | 2024年12月31日或2025年1月1日
[2025-04-04..2025-04-07] | 2025年4月4日至7日之间
[2025-04-04..2025-05-07] | 2025年4月4日至5月7日之间
[2024-12-31..2025-01-02] | 2024年12月31日至2025年1月2日之间
[2025-03..2025-05] | 2025年3月至5月之间
[2024-12..2025-02] | 2024年12月至2025年2月之间
[2019..2021] | 2019年至2021年之间
[2025-04-04~,2025-04-07] | 2025年4月4日前后或2025年4月7日
[202X,2031-05-XX] | 2020年代或2031年5月某日
0000 | 公元前1年
-0043-03-15 | 公元前44年3月15日
0079-10-24 | 公元79年10月24日
-0043/0014 | 公元前44年至公元14年
00XX | 公元前1年至公元99年之间
Y170000002 | 170,000,002年
";

/// The rows of a table: EDTF and words.
fn rows(table: &str) -> impl Iterator<Item = (&str, &str)> {
    table.lines().filter_map(|line| line.split_once(" | "))
}

#[test]
fn every_form_has_its_words_in_every_language() {
    let as_of = Day::from_iso("2025-12-22").unwrap();
    let mut forms: Vec<Vec<&str>> = Vec::new();
    for (tag, table) in [("ar", ARABIC), ("de", GERMAN), ("es", SPANISH), ("zh", CHINESE)] {
        let catalogue = Catalogue::load(tag);
        for (text, words) in rows(table) {
            assert_eq!(show(&date(text), &catalogue, Some(&as_of)), words, "{text} in {tag}");
        }
        forms.push(rows(table).map(|(text, _)| text).collect());
    }
    assert!(forms.iter().all(|all| *all == forms[0] && all.len() == 80));
    // No day is given: nothing is said of what is known since.
    let ongoing = |tag: &str| show(&date("1985-04-12/.."), &Catalogue::load(tag), None);
    let all = ["ar", "de", "es", "zh"].map(ongoing);
    let words = [
        "منذ 12 أبريل 1985 (مستمر)",
        "seit dem 12. April 1985 (andauernd)",
        "desde el 12 de abril de 1985 (en curso)",
        "自1985年4月12日起（仍在持续）",
    ];
    assert_eq!(all, words);
}

#[test]
fn iso_has_numbers_and_the_words_of_the_language() {
    let iso = |tag: &str, text: &str| show(&date(text), &Catalogue::load(tag).with_date_format("iso"), None);
    for (tag, words) in [
        ("ar", ["1985-04-12", "حوالي 1985-04", "2025-03-12 – 2025-03-15", "حتى 1985-04-12", "1985"]),
        ("de", ["1985-04-12", "etwa 1985-04", "2025-03-12 – 2025-03-15", "bis zum 1985-04-12", "1985"]),
        ("es", ["1985-04-12", "alrededor de 1985-04", "2025-03-12 – 2025-03-15", "hasta el 1985-04-12", "1985"]),
        ("zh", ["1985-04-12", "1985-04前后", "2025-03-12 – 2025-03-15", "至1985-04-12为止", "1985"]),
    ] {
        let texts = ["1985-04-12", "1985-04~", "2025-03-12/2025-03-15", "../1985-04-12", "1985"];
        assert_eq!(texts.map(|text| iso(tag, text)), words, "{tag}");
    }
}

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
