//! For programs: all findings as one JSON document, described by [`SCHEMA`].

use serde::Serialize;

use super::{Places, Position, Texts};
use crate::base::Span;
use crate::diagnostics::{Diagnostic, Severity};

/// The document's JSON Schema (draft 2020-12).
pub const SCHEMA: &str = include_str!("findings.schema.json");

/// Goes up when a field changes its meaning or is removed; new fields don't change it.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'d> {
    version: u32,
    program: Program,
    counts: Counts,
    findings: Vec<Finding<'d>>,
}

#[derive(Serialize)]
struct Program {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct Counts {
    errors: usize,
    warnings: usize,
    infos: usize,
}

#[derive(Serialize)]
struct Finding<'d> {
    code: &'static str,
    severity: &'static str,
    message: &'d str,
    help: Option<&'d str>,
    place: Option<JsonLocation<'d>>,
    labels: Vec<Label<'d>>,
    fix: Option<JsonFix<'d>>,
}

#[derive(Serialize)]
struct JsonFix<'d> {
    safe: bool,
    edits: Vec<Edit<'d>>,
}

#[derive(Serialize)]
struct Edit<'d> {
    text: &'d str,
    place: JsonLocation<'d>,
}

#[derive(Serialize)]
struct Label<'d> {
    message: &'d str,
    place: JsonLocation<'d>,
}

#[derive(Serialize)]
struct JsonLocation<'d> {
    file: &'d str,
    start: Position,
    end: Position,
    bytes: [u32; 2],
}

/// The document, ending in a line feed. File paths are relative to the site's folder.
#[must_use]
pub fn render(diagnostics: &[Diagnostic], texts: &dyn Texts) -> String {
    let mut places = Places::new(texts);
    let mut place = |span: Span| {
        let super::Location { path, start, end } = places.of(span);
        JsonLocation { file: path, start, end, bytes: [span.range.start, span.range.end] }
    };
    let findings = diagnostics.iter().map(|diagnostic| Finding {
        code: diagnostic.code.0,
        severity: diagnostic.severity.word(),
        message: &diagnostic.message,
        help: diagnostic.help.as_deref(),
        place: diagnostic.span.map(&mut place),
        labels: diagnostic.labels.iter().map(|l| Label { message: &l.message, place: place(l.span) }).collect(),
        fix: diagnostic.fix.as_ref().map(|fix| JsonFix {
            safe: fix.safe,
            edits: fix.edits.iter().map(|edit| Edit { text: &edit.text, place: place(edit.span) }).collect(),
        }),
    });
    let count = |severity| diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count();
    let document = Document {
        version: VERSION,
        program: Program { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
        counts: Counts { errors: count(Severity::Error), warnings: count(Severity::Warning), infos: count(Severity::Info) },
        findings: findings.collect(),
    };
    // Structures of strings and numbers always serialize.
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    #[test]
    fn a_document_contains_everything() {
        let (findings, texts) = super::super::tests::findings();
        let document: Value = serde_json::from_str(&super::render(&findings, &texts)).unwrap();
        assert_eq!(document["counts"], json!({"errors": 2, "warnings": 1, "infos": 0}));
        assert_eq!(
            document["findings"][0],
            json!({
                "code": "unknown-id", "severity": "error", "message": "there is no record `nobody`",
                "help": "did you mean `noboby`?",
                "place": {"file": "content/a.md", "start": {"line": 4, "column": 5}, "end": {"line": 4, "column": 15}, "bytes": [22, 32]},
                "labels": [{"message": "100 %, named: here", "place":
                    {"file": "content/a.md", "start": {"line": 2, "column": 1}, "end": {"line": 2, "column": 9}, "bytes": [4, 13]}}],
                "fix": {"safe": false, "edits": [{"text": "noboby", "place":
                    {"file": "content/a.md", "start": {"line": 4, "column": 7}, "end": {"line": 4, "column": 13}, "bytes": [24, 30]}}]}
            })
        );
        assert_eq!(document["findings"][2]["place"], Value::Null);
    }

    #[test]
    fn the_schema_names_every_key_and_no_other() {
        let (findings, texts) = super::super::tests::findings();
        let document: Value = serde_json::from_str(&super::render(&findings, &texts)).unwrap();
        let schema: Value = serde_json::from_str(super::SCHEMA).unwrap();
        let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<std::collections::BTreeSet<_>>();
        let finding = &document["findings"][0];
        for (described, is) in [
            (&schema, &document),
            (&schema["$defs"]["finding"], finding),
            (&schema["$defs"]["place"], &finding["place"]),
            (&schema["$defs"]["position"], &finding["place"]["start"]),
            (&schema["$defs"]["fix"], &finding["fix"]),
            (&schema["$defs"]["edit"], &finding["fix"]["edits"][0]),
        ] {
            assert_eq!(keys(&described["properties"]), keys(is));
            let required: std::collections::BTreeSet<_> =
                described["required"].as_array().unwrap().iter().map(|key| key.as_str().unwrap().to_owned()).collect();
            assert_eq!(required, keys(is));
        }
    }
}
