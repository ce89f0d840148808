//! The files of the search: what is in them, where it leads, and that the same site has the same ones.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::support::{Outcome, Site};

/// What a file hands to the script.
fn data(name: &str, text: &str) -> Value {
    let json = text.strip_prefix(&format!("backgrounderSearch.got(\"{name}\",")).and_then(|rest| rest.strip_suffix(")\n"));
    serde_json::from_str(json.unwrap_or_else(|| panic!("{name} is {text}"))).unwrap()
}

/// Every file of the search in a folder, by number.
fn all(outcome: &Outcome, folder: &str) -> Vec<Value> {
    let count = outcome.files().keys().filter(|path| path.starts_with(&format!("search/{folder}/"))).count();
    (0..count)
        .map(|at| {
            let name = format!("{folder}/{at}");
            data(&name, &outcome.page(&format!("search/{name}.js")))
        })
        .collect()
}

/// Each word with the sentences that it leads to.
fn index(outcome: &Outcome) -> BTreeMap<String, Vec<String>> {
    let names = data("names", &outcome.page("search/names.js"));
    let pages = names["pages"].as_u64().unwrap();
    let texts = all(outcome, "texts");
    let [few, many] = [0, 1].map(|at| names["inOne"][at].as_u64().unwrap());
    let sentence = |record: u64, at: u64| {
        let (file, place) = match record.checked_sub(pages) {
            None => (record / few, record % few),
            Some(other) => (pages.div_ceil(few) + other / many, other % many),
        };
        let found = &texts[file as usize][place as usize];
        let text = if at == 0 { &found[1] } else { &found[5][at as usize - 1] };
        format!("{}: {}", found[2].as_str().unwrap(), text.as_str().unwrap())
    };
    let mut out = BTreeMap::new();
    for shard in all(outcome, "words") {
        for entry in shard.as_array().unwrap() {
            let mut record = 0;
            let mut places = Vec::new();
            for place in entry[1].as_array().unwrap().chunks(2) {
                record += place[0].as_u64().unwrap();
                places.push(sentence(record, place[1].as_u64().unwrap()));
            }
            assert!(out.insert(entry[0].as_str().unwrap().to_owned(), places).is_none(), "{entry} is in two files");
        }
    }
    out
}

#[test]
fn names_are_those_of_all_records_by_kind() {
    let outcome = Site::small()
        .file(
            "content/entities/more.yaml",
            "- {id: noem, kind: person, name: Kristi Noem, name-in-text: the secretary, aliases: [Secretary Noem, /old/]}\n",
        )
        .build()
        .succeeds();
    let names = data("names", &outcome.page("search/names.js"));
    let rows: Vec<_> = names["rows"].as_array().unwrap().iter().map(|row| (row[1].clone(), row[2].clone())).collect();
    let expected = [
        ("Habeas corpus", "glossary/#habeas-corpus"),
        ("Kristi Noem", "entities/noem/"),
        ("Nayib Bukele", "entities/nayib-bukele/"),
        ("CECOT", "entities/cecot/"),
        ("The alliance", "alliance/"),
        ("The Abrego case", "abrego/"),
        ("About", "about/"),
        ("Three flights leave", "events/flights/"),
        ("The court rules", "events/order/"),
        ("It was an error.", "claims/claim-error/"),
    ];
    for (name, address) in expected {
        assert!(rows.contains(&(name.into(), address.into())), "{name} in {rows:#?}");
    }
    let place = |name: &str| rows.iter().position(|(own, _)| own == name).unwrap();
    assert!(place("Habeas corpus") < place("Kristi Noem") && place("CECOT") < place("The alliance"));
    // Major events come before others, because a long list is cut.
    assert!(place("Three flights leave") < place("The court rules") && place("The court rules") < place("It was an error."));
    let noem = names["rows"].as_array().unwrap().iter().find(|row| row[1] == "Kristi Noem").unwrap();
    assert_eq!(noem.as_array().unwrap()[4..], ["Secretary Noem", "the secretary"], "an old address is no name");
    assert_eq!(names["kinds"][1], "Person");
    let flights = names["rows"].as_array().unwrap().iter().find(|row| row[1] == "Three flights leave").unwrap();
    assert_eq!(flights[3], "March 15, 2025");
}

#[test]
fn words_lead_to_the_sentences_that_have_them() {
    let outcome = Site::small()
        .page("more.md", "---\ntitle: Más\norder: 3\n---\n\nThe U.S. paid $6 million. García’s lawyer said no.\n\n| a | b |\n|---|---|\n| six | seven |\n| eight | nine |\n\n```known\nunknown:\n  - Who signed the memorandum.\n```\n")
        .build()
        .succeeds();
    let index = index(&outcome);
    assert_eq!(index["despite"], ["events/flights/: They left despite an order."]);
    assert_eq!(
        index["began"],
        ["alliance/: How it began.", "alliance/: It began with Three flights leave, and Bukele said so."]
    );
    assert_eq!(index["mas"], ["more/: Más"]);
    assert_eq!(index["us"], ["more/: The U.S. paid $6 million."]);
    assert_eq!(index["garcia"], ["more/: García’s lawyer said no."]);
    assert_eq!([&index["seven"], &index["eight"]], [&["more/: six seven"], &["more/: eight nine"]]);
    assert!(index["memorandum"][0].ends_with("Who signed the memorandum."), "{:?}", index["memorandum"]);
    assert_eq!(index["writ"], ["glossary/#habeas-corpus: A writ."]);
    assert_eq!(index["held"], ["alliance/: Where they were held"]);
    assert!(!index.contains_key("ap") && !index.contains_key("p"), "citations are not words of a text");
    // Below its heading, a sentence leads to the heading.
    let texts = all(&outcome, "texts");
    let alliance = texts.iter().flat_map(|file| file.as_array().unwrap()).find(|found| found[2] == "alliance/").unwrap();
    assert_eq!(alliance[4][0][1], "Where they were held");
    assert_eq!(alliance[4][0][2], "where-they-were-held");
    let below = alliance[4][0][0].as_u64().unwrap() as usize;
    assert_eq!(alliance[5][below], "In CECOT, see Habeas corpus.");
}

#[test]
fn longer_texts_and_where_the_story_stands_are_found() {
    let outcome = Site::small()
        .page("index.md", "---\ntitle: T\nwhere-it-stands: [{section: alliance, text: Talks stalled.}]\n---\n\nWelcome.\n")
        .page("more.md", "---\ntitle: More\norder: 3\nnow: Nobody was charged.\n---\n\nText.\n")
        .file(
            "content/events/raid.md",
            "---\ndate: 2025-05-01\ntitle: The raid\nsections: [alliance]\nsources: [ap]\n---\nPolice came at noon.\n\n## Aftermath\n\nThey left.\n",
        )
        .file("content/glossary/writ.md", "---\nterm: Writ\ndefinition: An order.\n---\nIt summons.[@ap]\n")
        .build()
        .succeeds();
    let index = index(&outcome);
    assert_eq!(index["stalled"], [": Talks stalled."]);
    assert_eq!(index["charged"], ["more/: Nobody was charged."]);
    assert_eq!(index["noon"], ["events/raid/: Police came at noon."]);
    assert_eq!(index["summons"], ["glossary/#writ: It summons."]);
    let texts = all(&outcome, "texts");
    let raid = texts.iter().flat_map(|file| file.as_array().unwrap()).find(|found| found[2] == "events/raid/").unwrap();
    assert_eq!(raid[4], serde_json::json!([[2, "Aftermath", "aftermath"]]));
}

#[test]
fn a_site_on_a_disk_names_its_files() {
    let outcome = Site::small().arg("--file-links").build().succeeds();
    let names = outcome.page("search/names.js");
    assert!(names.contains("\"events/flights/index.html\"") && names.contains("\"glossary/index.html#habeas-corpus\""));
    assert!(outcome.page("events/flights/index.html").contains("data-root=\"../../\""));
    assert!(outcome.page("index.html").contains("data-root=\"./\""));
}

#[test]
fn a_search_can_be_turned_off() {
    let book = "[book]\ntitle = \"T\"\n[site]\nas-of = \"2025-12-22\"\n[output.html.search]\nenable = false\n";
    let outcome = Site::small().book(book).build().succeeds();
    assert!(!outcome.files().keys().any(|path| path.starts_with("search/")));
    assert!(!outcome.page("index.html").contains("page--search"));
    assert!(Site::small().build().succeeds().page("index.html").contains("page--search"));
}

#[test]
fn a_change_leaves_other_files_of_the_search_as_they_are() {
    let site = Site::small();
    let before = site.build().succeeds().files();
    let entities = "- {id: nayib-bukele, kind: person, name: Nayib Bukele, description: Xylophonist.}\n\
                    - {id: cecot, kind: facility, name: CECOT}\n";
    let after = site.file("content/entities/all.yaml", entities).build().succeeds().files();
    let search = |files: &BTreeMap<String, Vec<u8>>| {
        files.clone().into_iter().filter(|(path, _)| path.starts_with("search/")).collect::<BTreeMap<_, _>>()
    };
    let (before, after) = (search(&before), search(&after));
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    let changed: Vec<_> = before.iter().filter(|(path, bytes)| after[*path] != **bytes).map(|(path, _)| path).collect();
    // The word that went, the word that came, the text, and the names, which have the hashes of all others.
    assert!((3..=4).contains(&changed.len()), "{changed:?}");
}
