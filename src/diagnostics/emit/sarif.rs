//! For code scanning: the Static Analysis Results Interchange Format, SARIF 2.1.0 (OASIS, with errata 01).

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Places, Texts};
use crate::base::{Span, escape};
use crate::diagnostics::{Code, Diagnostic, Edit, Fix, Severity, code};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The base of all file addresses: the repository's root.
const ROOT: &str = "%SRCROOT%";

#[derive(Serialize)]
struct Log<'d> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'d>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'d> {
    tool: Tool<'d>,
    /// Our columns count code points, which is not the default in SARIF.
    column_kind: &'static str,
    results: Vec<Finding<'d>>,
}

#[derive(Serialize)]
struct Tool<'d> {
    driver: Driver<'d>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver<'d> {
    name: &'static str,
    semantic_version: &'static str,
    rules: Vec<Rule<'d>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule<'d> {
    id: &'static str,
    short_description: Words<'d>,
    help: Help<'d>,
}

#[derive(Serialize)]
struct Words<'d> {
    text: &'d str,
}

/// The same text twice: the format requires `text`, but tools show the other.
#[derive(Serialize)]
struct Help<'d> {
    text: &'d str,
    markdown: &'d str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Finding<'d> {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Message,
    locations: [Location<'d>; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location<'d>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<SarifFix<'d>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifFix<'d> {
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<Words<'d>>,
    artifact_changes: Vec<Change<'d>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Change<'d> {
    artifact_location: Artifact,
    replacements: [Replacement<'d>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement<'d> {
    deleted_region: Region,
    inserted_content: Words<'d>,
}

#[derive(Serialize)]
struct Message {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'d> {
    physical_location: Physical,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Words<'d>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    region: Region,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Artifact {
    uri: String,
    uri_base_id: &'static str,
}

#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_column: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_column: Option<usize>,
}

/// The log, ending in a line feed. `prefix` is the path from the repository's root to the site's folder: empty, or ending in
/// a slash. `documentation` returns a code's long explanation in Markdown, if there is one.
#[must_use]
pub fn render(
    diagnostics: &[Diagnostic],
    texts: &dyn Texts,
    prefix: &str,
    documentation: &dyn Fn(Code) -> Option<&'static str>,
) -> String {
    let mut codes: BTreeMap<Code, usize> = diagnostics.iter().map(|diagnostic| (diagnostic.code, 0)).collect();
    codes.values_mut().enumerate().for_each(|(at, index)| *index = at);
    let rules = codes.keys().map(|code| {
        let meaning = code::ALL.iter().find(|(known, _)| known == code).map_or(code.0, |(_, meaning)| meaning.trim());
        let help = documentation(*code).map_or(meaning, str::trim);
        Rule { id: code.0, short_description: Words { text: meaning }, help: Help { text: help, markdown: help } }
    });
    let mut places = Places::new(texts);
    let mut location = |span: Option<Span>| {
        let Some(place) = span.map(|span| places.of(span)) else {
            // Code scanning rejects a finding without a location; `book.toml` represents the site as a whole.
            return physical(&format!("{prefix}book.toml"), Region { start_line: 1, ..Region::default() });
        };
        let region = Region {
            start_line: place.start.line,
            start_column: Some(place.start.column),
            end_line: Some(place.end.line),
            end_column: Some(place.end.column),
        };
        physical(&format!("{prefix}{}", place.path), region)
    };
    let results = diagnostics.iter().map(|diagnostic| Finding {
        rule_id: diagnostic.code.0,
        rule_index: codes[&diagnostic.code],
        level: match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "note",
        },
        message: Message {
            text: match &diagnostic.help {
                Some(help) => format!("{}\n{help}", diagnostic.message),
                None => diagnostic.message.clone(),
            },
        },
        locations: [Location { physical_location: location(diagnostic.span), message: None }],
        related_locations: diagnostic
            .labels
            .iter()
            .map(|label| Location {
                physical_location: location(Some(label.span)),
                message: Some(Words { text: &label.message }),
            })
            .collect(),
        fixes: diagnostic.fix.iter().map(|fix| changes(fix, diagnostic.help.as_deref(), &mut location)).collect(),
    });
    let results = results.collect();
    let driver = Driver { name: "Backgrounder", semantic_version: env!("CARGO_PKG_VERSION"), rules: rules.collect() };
    let run = Run { tool: Tool { driver }, column_kind: "unicodeCodePoints", results };
    // Structures of strings and numbers always serialize.
    let mut text = serde_json::to_string_pretty(&Log { schema: SCHEMA, version: "2.1.0", runs: [run] }).unwrap_or_default();
    text.push('\n');
    text
}

/// A fix. Each of its edits becomes a separate change.
fn changes<'d>(fix: &'d Fix, help: Option<&'d str>, place: &mut dyn FnMut(Option<Span>) -> Physical) -> SarifFix<'d> {
    let change = |edit: &'d Edit| {
        let Physical { artifact_location, region } = place(Some(edit.span));
        let replacement = Replacement { deleted_region: region, inserted_content: Words { text: &edit.text } };
        Change { artifact_location, replacements: [replacement] }
    };
    let description = help.map(|text| Words { text });
    SarifFix { description, artifact_changes: fix.edits.iter().map(change).collect() }
}

fn physical(path: &str, region: Region) -> Physical {
    Physical { artifact_location: Artifact { uri: escape::percent_encoded(path), uri_base_id: ROOT }, region }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn a_log_has_rules_results_and_places() {
        let (findings, texts) = super::super::tests::findings();
        let about = |code: Code| (code == code::UNKNOWN_ID).then_some("At *length*.\n");
        let log: Value = serde_json::from_str(&render(&findings, &texts, "my site/", &about)).unwrap();
        assert_eq!(log["version"], "2.1.0");
        let run = &log["runs"][0];
        let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
        assert_eq!(rules.len(), 3);
        let results = run["results"].as_array().unwrap();
        for result in results {
            assert_eq!(rules[result["ruleIndex"].as_u64().unwrap() as usize]["id"], result["ruleId"]);
        }
        assert_eq!(rules[2]["help"], json!({"text": "At *length*.", "markdown": "At *length*."}));
        assert_eq!(
            results[0]["locations"][0]["physicalLocation"],
            json!({
                "artifactLocation": {"uri": "my%20site/content/a.md", "uriBaseId": "%SRCROOT%"},
                "region": {"startLine": 4, "startColumn": 5, "endLine": 4, "endColumn": 15}
            })
        );
        assert_eq!(results[0]["relatedLocations"][0]["message"]["text"], "100 %, named: here");
        assert_eq!(
            results[0]["fixes"],
            json!([{
                "description": {"text": "did you mean `noboby`?"},
                "artifactChanges": [{
                    "artifactLocation": {"uri": "my%20site/content/a.md", "uriBaseId": "%SRCROOT%"},
                    "replacements": [{
                        "deletedRegion": {"startLine": 4, "startColumn": 7, "endLine": 4, "endColumn": 13},
                        "insertedContent": {"text": "noboby"}
                    }]
                }]
            }])
        );
        assert_eq!(results[1]["fixes"], Value::Null);
        assert_eq!(results[1]["level"], "warning");
        let settings = json!({"artifactLocation": {"uri": "my%20site/book.toml", "uriBaseId": "%SRCROOT%"}, "region": {"startLine": 1}});
        assert_eq!(results[2]["locations"][0]["physicalLocation"], settings);
    }
}
