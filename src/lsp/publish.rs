//! Findings as diagnostics, file by file.

use std::collections::BTreeMap;

use gen_lsp_types::{self as lsp, DiagnosticRelatedInformation, DiagnosticSeverity, PublishDiagnosticsParams};

use super::documents::Documents;
use super::engine::Snapshot;
use super::places::Locator;
use super::position::Encoding;
use crate::diagnostics::{Diagnostic, Severity};
use crate::source::SourceTree;

/// Diagnostics by the path of their file.
pub(super) type ByFile = BTreeMap<String, Vec<lsp::Diagnostic>>;

/// All that is known of a site before its pages are made.
pub(super) fn of_snapshot(snapshot: &Snapshot, documents: &Documents, encoding: Encoding) -> ByFile {
    let mut out = ByFile::new();
    if let Some(edition) = &snapshot.edition {
        add(&mut out, edition.diagnostics(), edition.tree(), documents, encoding);
    }
    if let Some((text, found)) = &snapshot.broken_book {
        // What was found in the earlier settings is of no interest now.
        out.remove("book.toml");
        add(&mut out, found, &SourceTree::new(text), documents, encoding);
    }
    out
}

/// Adds findings.
pub(super) fn add(out: &mut ByFile, found: &[Diagnostic], tree: &SourceTree, documents: &Documents, encoding: Encoding) {
    let mut locator = Locator::new(tree, documents, encoding);
    for finding in found {
        let path = finding.span.and_then(|span| tree.files.get(span.file)).map_or("book.toml", |file| &file.path);
        out.entry(path.to_owned()).or_default().push(diagnostic(finding, &mut locator));
    }
}

/// A finding as a diagnostic. What to do about it is part of its message, because clients show nothing else.
pub(super) fn diagnostic(finding: &Diagnostic, locator: &mut Locator<'_>) -> lsp::Diagnostic {
    let severity = match finding.severity {
        Severity::Error => DiagnosticSeverity::Error,
        Severity::Warning => DiagnosticSeverity::Warning,
        Severity::Info => DiagnosticSeverity::Information,
    };
    let message = match &finding.help {
        Some(help) => format!("{}\n{help}", finding.message),
        None => finding.message.clone(),
    };
    let related = finding.labels.iter().map(|label| DiagnosticRelatedInformation {
        location: locator.location(label.span),
        message: label.message.clone(),
    });
    let related: Vec<_> = related.collect();
    lsp::Diagnostic {
        range: finding.span.map(|span| locator.range(span.file, span.range)).unwrap_or_default(),
        severity: Some(severity),
        code: Some(lsp::Code::String(finding.code.0.to_owned())),
        code_description: None,
        source: Some("backgrounder".to_owned()),
        message: lsp::Message::String(message),
        tags: None,
        related_information: (!related.is_empty()).then_some(related),
        data: None,
    }
}

/// What a client has been told, so that it is told only what is new.
#[derive(Debug, Default)]
pub(super) struct Published(ByFile);

impl Published {
    /// What to tell a client now: each file whose diagnostics are others than before, also those that have none any more.
    pub(super) fn update(&mut self, now: ByFile, documents: &Documents) -> Vec<PublishDiagnosticsParams> {
        let gone = self.0.keys().filter(|path| !now.contains_key(*path)).map(|path| (path.clone(), Vec::new()));
        let gone: Vec<(String, Vec<lsp::Diagnostic>)> = gone.collect();
        let new = now.iter().filter(|(path, found)| self.0.get(*path) != Some(found));
        let new = new.map(|(path, found)| (path.clone(), found.clone()));
        let told: Vec<_> = new
            .chain(gone)
            .map(|(path, diagnostics)| PublishDiagnosticsParams {
                uri: documents.uri(&path),
                version: documents.open.get(&path).map(|document| document.version),
                diagnostics,
            })
            .collect();
        self.0 = now;
        told
    }
}
