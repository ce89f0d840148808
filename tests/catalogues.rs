//! The catalogues: every language says everything, with the same values to fill in, in all of its plural forms, and as CLDR
//! has it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use backgrounder::language::Catalogue;
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_decimal::options::DecimalFormatterOptions;
use icu_list::ListFormatter;
use icu_list::options::ListFormatterOptions;
use icu_locale_core::Locale;
use icu_plurals::{PluralCategory, PluralRules};

/// Languages with a file that is whole. A variant such as British English has only what differs.
const WHOLE: [&str; 5] = ["ar", "de", "en", "es", "zh"];

/// Messages that only one language has, because only it has two words for “and”, and for “or”.
const ONLY: [(&str, &str); 2] = [("es", "list.last-before-i"), ("es", "either.last-before-o")];

/// Messages without a word, which need no translation: patterns of numbers, and what switches something.
fn is_neutral(key: &str, english: &str) -> bool {
    let switches = ["date.years", "date.whole-dates", "news.comma-in-quotes"];
    let is_pattern = || !without_names(english).contains(char::is_alphabetic);
    key.starts_with("date-format.") || switches.contains(&key) || key.starts_with("date.utc") || is_pattern()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// A language's own messages, by dotted key.
fn own(tag: &str) -> BTreeMap<String, String> {
    fn flatten(prefix: &str, table: toml::Table, out: &mut BTreeMap<String, String>) {
        for (name, value) in table {
            let key = if prefix.is_empty() { name } else { format!("{prefix}.{name}") };
            match value {
                toml::Value::Table(table) => flatten(&key, table, out),
                value => drop(out.insert(key, value.as_str().expect("a text").to_owned())),
            }
        }
    }
    let text = std::fs::read_to_string(root().join(format!("src/language/{tag}.toml"))).unwrap();
    let mut out = BTreeMap::new();
    flatten("", text.parse().unwrap(), &mut out);
    out
}

fn locale(tag: &str) -> Locale {
    // Arabic newsrooms write 0 to 9 on the web; CLDR has ٠ to ٩ first.
    Locale::try_from_str(if tag == "ar" { "ar-u-nu-latn" } else { tag }).unwrap()
}

/// The plural forms of a language, by CLDR.
fn forms(tag: &str) -> BTreeSet<&'static str> {
    let rules = PluralRules::try_new_cardinal((&locale(tag)).into()).unwrap();
    let name = |category| match category {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    };
    rules.categories().map(name).collect()
}

/// A message that counts, if the key is of one of its forms.
fn counted(key: &str) -> Option<(&str, &str)> {
    let (message, form) = key.rsplit_once('.')?;
    let others = [
        "preview.errors",
        "preview.warnings",
        "preview.kept",
        "preview.found",
        "preview.view-found",
        "timeline.shown",
        "timeline.show",
    ];
    let counts = message.starts_with("count.") || others.contains(&message);
    counts.then_some((message, form))
}

/// What a message is filled with.
fn names(message: &str) -> BTreeSet<&str> {
    message.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0)).collect()
}

fn without_names(message: &str) -> String {
    message.split('{').map(|rest| rest.split_once('}').map_or(rest, |(_, behind)| behind)).collect()
}

/// The message of `[date]` that a variant such as `date.with-day.until` stands for.
fn general(key: &str) -> String {
    match key.strip_prefix("date.with-").and_then(|rest| rest.split_once('.')) {
        Some((_, message)) => format!("date.{message}"),
        None => key.to_owned(),
    }
}

#[test]
fn every_language_says_everything() {
    let tags: BTreeSet<_> = Catalogue::languages().collect();
    assert_eq!(tags, WHOLE.into_iter().chain(["en-GB"]).collect());
    let english = own("en");
    for tag in tags {
        let own = own(tag);
        for key in own.keys() {
            let known = english.contains_key(&general(key)) || ONLY.contains(&(tag, key.as_str()));
            assert!(known || counted(key).is_some(), "{tag} has {key}, which English lacks");
        }
        if !WHOLE.contains(&tag) {
            continue;
        }
        for (key, message) in &english {
            let is_there = own.contains_key(key) || counted(key).is_some() || is_neutral(key, message);
            assert!(is_there, "{tag} lacks {key}: {message}");
        }
    }
}

#[test]
fn every_message_that_counts_has_the_forms_of_its_language() {
    let wanted = [("ar", 6), ("de", 2), ("en", 2), ("es", 3), ("zh", 1)];
    for (tag, count) in wanted {
        let forms = forms(tag);
        assert_eq!(forms.len(), count, "{tag}: {forms:?}");
        let own = own(tag);
        let mut counts: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (message, form) in own.keys().filter_map(|key| counted(key)) {
            counts.entry(message).or_default().insert(form);
        }
        assert_eq!(counts.len(), 21, "{tag}: {:?}", counts.keys());
        for (message, have) in counts {
            assert_eq!(have, forms, "{message} in {tag}");
        }
        // And each number is said in the form that CLDR has for it.
        let rules = PluralRules::try_new_cardinal((&locale(tag)).into()).unwrap();
        let catalogue = Catalogue::load(tag);
        for n in (0..=130).chain([999, 1_000, 1_002, 10_011, 1_000_000]) {
            let form = format!("{:?}", rules.category_for(n)).to_lowercase();
            let message = catalogue.find(&format!("count.events.{form}")).unwrap();
            assert_eq!(catalogue.count("count.events", n), message.replace("{n}", &catalogue.number(n)), "{n} in {tag}");
        }
    }
}

#[test]
fn every_message_is_filled_with_the_same_values() {
    let english = own("en");
    // Ways to say a decade by its last year as well, and a winter without the first.
    let also: BTreeMap<&str, &[&str]> = [("date.decade", &["to"][..])].into();
    for tag in Catalogue::languages() {
        for (key, message) in own(tag) {
            let base = match counted(&key) {
                Some((message, _)) => format!("{message}.other"),
                None if ONLY.contains(&(tag, key.as_str())) => key.rsplit_once("-before").unwrap().0.to_owned(),
                None => general(&key),
            };
            let (have, mut wanted) = (names(&message), names(&english[&base]));
            if counted(&key).is_some_and(|(_, form)| form != "other") {
                // “One event” needs no number.
                assert!(have.is_subset(&wanted), "{key} in {tag}: {message}");
                continue;
            }
            if have != wanted {
                wanted.extend(also.get(&*key).copied().unwrap_or_default());
            }
            assert_eq!(have, wanted, "{key} in {tag}: {message}");
        }
    }
}

#[test]
fn no_message_is_in_vain() {
    let mut code = String::new();
    let mut templates = String::new();
    let mut folders = vec![root().join("src"), root().join("templates")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            match path.extension().and_then(|ending| ending.to_str()) {
                Some("rs" | "js") => code.push_str(&std::fs::read_to_string(path).unwrap()),
                Some("html") => templates.push_str(&std::fs::read_to_string(path).unwrap()),
                _ => {}
            }
        }
    }
    let used: BTreeSet<&str> = code.split('"').collect();
    let printed: BTreeSet<&str> = templates
        .split("words.")
        .skip(1)
        .map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap())
        .collect();
    // Tables whose keys are words that authors type, which the compiler knows.
    let by_choice = [
        "kind",
        "kinds",
        "event-status",
        "claim-status",
        "update",
        "source-kind",
        "source-kinds",
        "alert",
        "withheld",
        "withheld-mark",
        "withheld-name",
        "date-format",
    ];
    for (key, message) in own("en") {
        let (table, rest) = key.split_once('.').unwrap();
        let is_used = match table {
            "ui" => printed.contains(&*rest.replace('-', "_")) || used.contains(&*key),
            "preview" => used.contains(counted(&key).map_or(rest, |(message, _)| message.split_once('.').unwrap().1)),
            "list" | "either" => used.contains(table),
            _ if by_choice.contains(&table) => used.contains(rest) || table == "date-format",
            "date" => used.contains(&*key) || used.contains(rest),
            _ => used.contains(&*key) || counted(&key).is_some_and(|(message, _)| used.contains(message)),
        };
        assert!(is_used, "nothing says {key}: {message}");
    }
}

/// What CLDR 48 says, for what is compared without its library: the months, a day with its year, a month with its year, days of
/// one month, days of one year, months of one year.
const CLDR: [(&str, [&str; 12], [&str; 5]); 5] = [
    (
        "ar",
        ["يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"],
        ["14 أبريل 2025", "أبريل 2025", "12–15 مارس 2025", "28 فبراير – 3 مارس 2025", "مارس–أبريل 2025"],
    ),
    (
        "de",
        [
            "Januar",
            "Februar",
            "März",
            "April",
            "Mai",
            "Juni",
            "Juli",
            "August",
            "September",
            "Oktober",
            "November",
            "Dezember",
        ],
        ["14. April 2025", "April 2025", "12.–15. März 2025", "28. Februar – 3. März 2025", "März–April 2025"],
    ),
    (
        "en",
        [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
        ["April 14, 2025", "April 2025", "March 12–15, 2025", "February 28 – March 3, 2025", "March–April 2025"],
    ),
    (
        "es",
        [
            "enero",
            "febrero",
            "marzo",
            "abril",
            "mayo",
            "junio",
            "julio",
            "agosto",
            "septiembre",
            "octubre",
            "noviembre",
            "diciembre",
        ],
        [
            "14 de abril de 2025",
            "abril de 2025",
            "12–15 de marzo de 2025",
            "28 de febrero – 3 de marzo de 2025",
            "marzo–abril de 2025",
        ],
    ),
    (
        "zh",
        ["1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"],
        ["2025年4月14日", "2025年4月", "2025年3月12日至15日", "2025年2月28日至3月3日", "2025年3月至4月"],
    ),
];

#[test]
fn dates_are_those_of_cldr() {
    use backgrounder::date::{parse, show};
    let texts = ["2025-04-14", "2025-04", "2025-03-12/2025-03-15", "2025-02-28/2025-03-03", "2025-03/2025-04"];
    for (tag, months, dates) in CLDR {
        let catalogue = Catalogue::load(tag);
        for (number, name) in (1..).zip(months) {
            assert_eq!(catalogue.get(&format!("date.month.{number:02}")), name, "{tag}");
        }
        assert_eq!(texts.map(|text| show(&parse(text).unwrap(), &catalogue, None)), dates, "{tag}");
    }
}

#[test]
fn numbers_and_lists_are_those_of_cldr() {
    for tag in Catalogue::languages() {
        let catalogue = Catalogue::load(tag);
        let numbers = DecimalFormatter::try_new((&locale(tag)).into(), DecimalFormatterOptions::default()).unwrap();
        for n in [0_u32, 7, 999, 1_000, 1_234, 12_345, 1_234_567] {
            assert_eq!(catalogue.number(n as usize), numbers.format(&Decimal::from(n)).to_string(), "{tag}");
        }
        for written in ["0.5", "1234.50", "-7", "-12345.6"] {
            // CLDR has a hyphen for a minus.
            let wanted = numbers.format(&written.parse().unwrap()).to_string().replace('-', "\u{2212}");
            assert_eq!(catalogue.decimal(written), wanted, "{tag}");
        }
        // Newspapers in American English have no comma before “and” and “or”, as the AP writes; CLDR has one.
        let list = if tag == "en" { "en-GB" } else { tag };
        let options = ListFormatterOptions::default;
        let and = ListFormatter::try_new_and((&locale(list)).into(), options()).unwrap();
        let or = ListFormatter::try_new_or((&locale(list)).into(), options()).unwrap();
        for items in [&["A"][..], &["A", "B"], &["A", "B", "C"], &["A", "B", "C", "D"], &["Ana", "Inés"], &["siete", "ocho"]]
        {
            let own: Vec<String> = items.iter().map(ToString::to_string).collect();
            assert_eq!(catalogue.list(&own), and.format_to_string(items.iter()), "{tag}");
            assert_eq!(catalogue.either(&own), or.format_to_string(items.iter()), "{tag}");
        }
    }
}
