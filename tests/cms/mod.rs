//! Editing tools: the configurations that the program prints for them, and sites whose files they have written.

mod written;

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::Site;

/// The configuration of a tool for a site.
#[track_caller]
fn configuration(site: &Site, tool: &str) -> Value {
    let outcome = site.run(&["cms", tool]);
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    let options = serde_yaml::options! { strict_booleans: true };
    serde_yaml::from_str_with_options(&outcome.stdout, options)
        .unwrap_or_else(|why| panic!("{tool}: {why}\n{}", outcome.stdout))
}

/// Every map in a value.
fn maps<'v>(value: &'v Value, out: &mut Vec<&'v serde_json::Map<String, Value>>) {
    match value {
        Value::Object(map) => {
            out.push(map);
            map.values().for_each(|value| maps(value, out));
        }
        Value::Array(items) => items.iter().for_each(|item| maps(item, out)),
        _ => {}
    }
}

fn field<'v>(collection: &'v Value, name: &str) -> &'v Value {
    let fields = collection["fields"].as_array().unwrap();
    fields.iter().find(|field| field["name"] == name).unwrap_or_else(|| panic!("no {name} in {collection}"))
}

fn collection<'v>(all: &'v Value, name: &str) -> &'v Value {
    all.as_array().unwrap().iter().find(|one| one["name"] == name).unwrap_or_else(|| panic!("no {name}"))
}

#[test]
fn sveltia_and_decap_know_every_kind_of_record() {
    let book = "[book]\ntitle = \"T\"\n[site]\nbase-url = \"https://paper.example/x\"\n[output.html]\ngit-repository-url = \"https://github.com/paper/x\"\n";
    let site = Site::small().book(book);
    for tool in ["sveltia", "decap"] {
        let all = configuration(&site, tool);
        assert_eq!((&all["backend"]["name"], &all["backend"]["repo"]), (&"github".into(), &"paper/x".into()));
        assert_eq!(all["site_url"], "https://paper.example/x");
        let collections = &all["collections"];
        let names: BTreeSet<_> = collections.as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
        assert_eq!(names, ["authors", "claims", "entities", "events", "pages", "sources", "terms"].into());
        let events = collection(collections, "events");
        assert_eq!((&events["folder"], &events["slug"]), (&"content/events".into(), &"{{id}}".into()));
        // Ids are chosen by names, texts are left as they are typed, and what is required is.
        let entities = field(events, "entities");
        assert_eq!(
            (&entities["widget"], &entities["collection"], &entities["multiple"]),
            (&"relation".into(), &"entities".into(), &true.into())
        );
        assert_eq!(field(events, "summary")["widget"], "text");
        assert_eq!(
            (&field(events, "body")["widget"], &field(events, "body")["modes"]),
            (&"markdown".into(), &serde_json::json!(["raw"]))
        );
        assert!(field(events, "title").get("required").is_none() && field(events, "summary")["required"] == false);
        assert_eq!(field(collection(collections, "authors"), "kind")["default"], "author");
        assert_eq!(field(collection(collections, "entities"), "kind")["options"][0], "person");
        assert_eq!(field(collection(collections, "claims"), "status")["options"][3], "false");
        // Every relation leads to a collection, and to a field in it.
        let mut every = Vec::new();
        maps(collections, &mut every);
        let relations: Vec<_> = every.iter().filter(|map| map.get("widget") == Some(&"relation".into())).collect();
        assert!(relations.len() >= 8);
        for relation in relations {
            let target = collection(collections, relation["collection"].as_str().unwrap());
            field(target, relation["display_fields"][0].as_str().unwrap());
        }
        // Names of fields are unique where they stand.
        for map in every.iter().filter_map(|map| map.get("fields")) {
            let names: Vec<_> = map.as_array().unwrap().iter().map(|field| field["name"].as_str().unwrap()).collect();
            assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "{names:?}");
        }
    }
}

#[test]
fn patterns_take_what_the_format_takes() {
    let all = configuration(&Site::small(), "decap");
    let events = collection(&all["collections"], "events");
    let pattern = |field: &Value| regex_lite::Regex::new(field["pattern"][0].as_str().unwrap()).unwrap();
    let date = pattern(field(events, "date"));
    assert!(date.is_match("2025-03~") && date.is_match("2025-03-12/..") && !date.is_match("March 2025"));
    let citation = pattern(&field(events, "sources")["field"]);
    assert!(citation.is_match("ap-2025, p. 2") && !citation.is_match("two words"));
    let people = collection(&all["collections"], "entities");
    let roles = field(people, "roles");
    let end = pattern(roles["fields"].as_array().unwrap().iter().find(|field| field["name"] == "to").unwrap());
    assert!(end.is_match("..") && end.is_match("2025-03") && !end.is_match("now") && !end.is_match("ab"));
}

#[test]
fn pages_cms_and_front_matter_have_the_same_fields() {
    let site = Site::small();
    let pages = configuration(&site, "pages");
    let events = collection(&pages["content"], "events");
    assert_eq!((&events["path"], &events["filename"]), (&"content/events".into(), &"{fields.id}.md".into()));
    let entities = field(events, "entities");
    assert_eq!(
        (&entities["type"], &entities["options"]["collection"], &entities["options"]["multiple"]),
        (&"reference".into(), &"entities".into(), &true.into())
    );
    assert_eq!((&field(events, "sections")["type"], &field(events, "sections")["list"]), (&"string".into(), &true.into()));
    assert_eq!(field(events, "body")["options"]["language"], "markdown");
    assert_eq!(field(events, "date")["required"], true);
    let front = configuration(&site, "frontmatter");
    let types = &front["frontMatter.taxonomy.contentTypes"];
    let events = collection(types, "events");
    assert_eq!(field(events, "status")["choices"][1], "reported");
    // It would add a field of its own to each item.
    assert!(events["fields"].as_array().unwrap().iter().all(|field| field["name"] != "later"));
    assert_eq!(front["frontMatter.content.pageFolders"][1]["path"], "[[workspace]]/content/events");
}

#[test]
fn what_a_tool_does_not_show_is_said() {
    let site = Site::small().file(
        "content/sources/report.md",
        "---\ntitle: {value: A report, short: Report}\nauthor: Doe, Jane\nurl: https://a.example/x\n---\n",
    );
    let outcome = site.run(&["cms", "decap"]);
    for said in [
        "save this as static/admin/config.yml",
        "content/sources/report.md: `title` is a map of fields, and the tool shows text",
        "content/sources/report.md: `author` is text, and the tool shows a list",
        "7 records are in lists",
        "`backgrounder format --to files`",
    ] {
        assert!(outcome.stderr.contains(said), "{said}: {}", outcome.stderr);
    }
    assert!(!outcome.stderr.contains("`url`"));
    site.run(&["cms", "decp"]).refuses("there is no tool decp: did you mean decap?");
}
