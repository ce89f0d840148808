//! What is wrong with a site, as data: a code, a location, and what to type instead. The emitters print it.

pub mod code;
pub mod emit;
mod fix;

use crate::base::{FileId, Span, TextRange};
pub use code::Code;
pub use fix::{Edit, Fix};

/// How bad it is. Errors make a build fail; so do warnings with `--strict`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing; never fails anything.
    Info,
    /// Fails with `--strict`.
    Warning,
    /// Fails a build.
    Error,
}

impl Severity {
    /// The word to print.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A second location that explains the first: “first defined here”.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What it says.
    pub message: String,
}

/// One problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Its stable code.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, as a sentence without a period.
    pub message: String,
    /// Where it is; `None` if none of the author's files is at fault.
    pub span: Option<Span>,
    /// Further locations.
    pub labels: Vec<Label>,
    /// How to fix it.
    pub help: Option<String>,
    /// The fix as edits to files, if the help says exactly what to write.
    pub fix: Option<Box<Fix>>,
}

impl Diagnostic {
    /// An error at `span`.
    pub fn error(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self { span: Some(span), ..Self::placeless(code, message) }
    }

    /// A warning at `span`.
    pub fn warning(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, span, message) }
    }

    /// An error that is not in any of the author's files.
    pub fn placeless(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            message: message.into(),
            span: None,
            labels: Vec::new(),
            help: None,
            fix: None,
        }
    }

    /// Adds help.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds help, if there is any.
    #[must_use]
    pub fn maybe_help(mut self, help: Option<String>) -> Self {
        self.help = help.or(self.help);
        self
    }

    /// Adds a fix, if there is one.
    #[must_use]
    pub fn fix(mut self, fix: impl Into<Option<Fix>>) -> Self {
        self.fix = fix.into().map(Box::new);
        self
    }

    /// Adds another location.
    #[must_use]
    pub fn label(mut self, span: Span, message: impl Into<String>) -> Self {
        self.labels.push(Label { span, message: message.into() });
        self
    }

    /// Asks whether the author meant `near` instead of everything at the span.
    pub fn did_you_mean(&mut self, near: &str) {
        self.help = Some(format!("did you mean `{near}`?"));
        self.fix = self.span.map(|span| Box::new(Fix::guess(span, near)));
    }

    /// Moves every span into `file`, shifted by `by` bytes: from the record's coordinates to the file's.
    pub fn relocate(&mut self, file: FileId, by: u32) {
        let moved = |range: TextRange| Span { file, range: range.shifted(by) };
        self.span = self.span.map(|span| moved(span.range));
        for label in &mut self.labels {
            label.span = moved(label.span.range);
        }
        for edit in self.fix.iter_mut().flat_map(|fix| &mut fix.edits) {
            edit.span = moved(edit.span.range);
        }
    }
}

/// Sorts diagnostics for display, by file, position and code, and removes duplicates.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| {
        (a.span, a.code, &a.message, b.severity, &a.labels).cmp(&(b.span, b.code, &b.message, a.severity, &b.labels))
    });
    diagnostics.dedup();
}

/// How many errors there are.
#[must_use]
pub fn errors(diagnostics: &[Diagnostic]) -> usize {
    diagnostics.iter().filter(|d| d.severity == Severity::Error).count()
}

/// How many warnings there are.
#[must_use]
pub fn warnings(diagnostics: &[Diagnostic]) -> usize {
    diagnostics.iter().filter(|d| d.severity == Severity::Warning).count()
}
