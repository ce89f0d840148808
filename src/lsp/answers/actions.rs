//! Code actions: fixes, and showing a place in the preview.

use gen_lsp_types::{CodeAction, CodeActionKind, CodeActionParams, CodeActionResponse};
use serde_json::json;

use super::super::edits::workspace_edit;
use super::super::publish;
use super::super::server::show::SHOW;
use super::Answers;
use crate::base::FileId;
use crate::desk::fix::fixes;
use crate::diagnostics::{Diagnostic, Edit, Fix};

/// The kind of the action that applies every safe fix of a file, for those who let their editor do so when they save.
pub(in crate::lsp) const FIX_ALL: &str = "source.fixAll.backgrounder";

/// The kind of the action that shows a place in the preview.
pub(in crate::lsp) const SHOWN: &str = "source.backgrounder.show";

impl Answers<'_> {
    pub(in crate::lsp) fn code_actions(&self, params: &CodeActionParams) -> Option<Vec<CodeActionResponse>> {
        let file = self.file(&params.text_document.uri)?;
        let edition = self.snapshot.edition.as_ref()?;
        let wanted = self.locator().bytes(file, params.range);
        let in_file = |found: &&Diagnostic| found.fix.is_some() && found.span.is_some_and(|span| span.file == file);
        let here: Vec<&Diagnostic> = edition.diagnostics().iter().filter(in_file).collect();
        let mut out = Vec::new();
        if is_asked(params, "quickfix") {
            let touches = |found: &&&Diagnostic| {
                found.span.is_some_and(|span| {
                    let range = span.range.bytes();
                    range.start <= wanted.end && wanted.start <= range.end
                })
            };
            out.extend(here.iter().filter(touches).filter_map(|found| self.fix(found)));
        }
        if is_asked(params, FIX_ALL) {
            out.extend(self.fix_all(file, &here));
        }
        if is_asked(params, SHOWN) {
            out.extend(show(params));
        }
        Some(out.into_iter().map(CodeActionResponse::CodeAction).collect())
    }

    fn fix(&self, found: &Diagnostic) -> Option<CodeAction> {
        let fix = found.fix.as_deref()?;
        let mut action = self.action(self.title(fix)?, CodeActionKind::QuickFix, std::slice::from_ref(found), true)?;
        action.diagnostics = Some(vec![publish::diagnostic(found, &mut self.locator())]);
        action.is_preferred = Some(fix.safe);
        Some(action)
    }

    fn fix_all(&self, file: FileId, here: &[&Diagnostic]) -> Option<CodeAction> {
        let is_own = |fix: &Fix| fix.edits.iter().all(|edit| edit.span.file == file);
        let safe = here.iter().filter(|found| found.fix.as_deref().is_some_and(|fix| fix.safe && is_own(fix)));
        let safe: Vec<Diagnostic> = safe.map(|found| (*found).clone()).collect();
        if safe.is_empty() {
            return None;
        }
        let title = "Apply all safe fixes in this file".to_owned();
        self.action(title, CodeActionKind::Custom(FIX_ALL.into()), &safe, false)
    }

    fn action(&self, title: String, kind: CodeActionKind, found: &[Diagnostic], all: bool) -> Option<CodeAction> {
        let (changes, _) = fixes(self.site.tree, found, all);
        let edit = workspace_edit(&changes, self.documents, self.encoding, self.can)?;
        Some(CodeAction {
            title,
            kind: Some(kind),
            diagnostics: None,
            is_preferred: None,
            disabled: None,
            edit: Some(edit),
            command: None,
            data: None,
            tags: None,
        })
    }

    /// What a fix does, in a few words.
    fn title(&self, fix: &Fix) -> Option<String> {
        let Edit { span, text } = fix.edits.first()?;
        let old = short(span.range.of(&self.site.tree.file(span.file).text));
        let new = short(text);
        let more = if fix.edits.len() > 1 { ", and more" } else { "" };
        Some(match (old.is_empty(), new.is_empty()) {
            (true, _) => format!("Insert `{new}`{more}"),
            (false, true) => format!("Remove `{old}`{more}"),
            (false, false) => format!("Replace `{old}` with `{new}`{more}"),
        })
    }
}

/// The action that shows the place in a running preview.
fn show(params: &CodeActionParams) -> Option<CodeAction> {
    let command = json!({
        "title": "Show in the preview",
        "kind": SHOWN,
        "command": {
            "title": "Show in the preview",
            "command": SHOW,
            "arguments": [params.text_document.uri, params.range.start.line],
        },
    });
    serde_json::from_value(command).ok()
}

/// Whether a client wants actions of this kind.
fn is_asked(params: &CodeActionParams, kind: &str) -> bool {
    let Some(only) = &params.context.only else { return true };
    only.iter().any(|wanted| {
        let wanted: String = wanted.clone().into();
        wanted.is_empty() || kind.strip_prefix(wanted.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    })
}

/// Words for a title: one line, and not long.
fn short(text: &str) -> String {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match flat.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", &flat[..end]),
        None => flat,
    }
}
