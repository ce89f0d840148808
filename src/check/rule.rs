//! What a rule is.

use super::{CheckContext, LocalContext, Unseen};
use crate::base::Span;
use crate::config::Config;
use crate::date::Day;
use crate::diagnostics::{Code, Diagnostic, Label, Severity};
use crate::model::RecordIx;

/// One thing that can be wrong with a site. The macro `rule!` declares one.
pub trait Rule: Sync {
    /// Its unique code.
    fn code(&self) -> Code;

    /// How bad it is, unless the site's settings say otherwise.
    fn default_severity(&self) -> Severity;

    /// What triggers it, why that matters, what to do, and an example, in Markdown: the rule's own doc comment.
    fn documentation(&self) -> &'static str;

    /// What it looks at, and when.
    fn scope(&self) -> Scope;
}

/// Which stage produces a rule's findings. For those that run here, also the function that does.
#[derive(Clone, Copy)]
pub enum Scope {
    /// Parsing: a file is wrong on its own.
    Parse,
    /// Resolving: a pointer leads nowhere, or where it must not.
    Resolve,
    /// The finished pages. Resolving already finds what is certain from the sources.
    Pages,
    /// The planned site, compared with what was published before.
    Published,
    /// What other sites answer, which is asked only if somebody wants to know.
    External,
    /// One record and what it points at.
    Local(fn(&LocalContext<'_>, RecordIx, &mut Report)),
    /// The same, and the names of all people on the site.
    Names(fn(&LocalContext<'_>, RecordIx, &mut Report)),
    /// The whole site, through its indices. Never compares all pairs.
    Global(fn(&CheckContext<'_>, &mut Report)),
    /// Records that are like each other, found through the site's indices. Where such a rule found nothing the last time, it
    /// has to look only at what is like an [`Unseen`] record.
    Alike(fn(&CheckContext<'_>, &Unseen<'_>, &mut Report)),
}

/// Collects a rule's findings. A rule can't report under another rule's code.
pub struct Report {
    code: Code,
    severity: Severity,
    pub(super) found: Vec<Diagnostic>,
}

impl Report {
    pub(super) fn new(rule: &dyn Rule) -> Self {
        Self { code: rule.code(), severity: rule.default_severity(), found: Vec::new() }
    }

    /// Adds a finding at `span`, and returns it so that the rule can add help and labels.
    pub fn add(&mut self, span: Span, message: impl Into<String>) -> &mut Diagnostic {
        self.found.push(Diagnostic { severity: self.severity, ..Diagnostic::error(self.code, span, message) });
        let last = self.found.len() - 1;
        &mut self.found[last]
    }
}

/// Declares a rule: its documentation as doc comments, its type, and its code, severity and scope.
macro_rules! rule {
    ($(#[doc = $doc:literal])+ $Name:ident: $code:ident, $severity:ident, $scope:expr) => {
        $(#[doc = $doc])+
        pub struct $Name;

        impl $crate::check::Rule for $Name {
            fn code(&self) -> $crate::diagnostics::Code {
                $crate::diagnostics::code::$code
            }

            fn default_severity(&self) -> $crate::diagnostics::Severity {
                $crate::diagnostics::Severity::$severity
            }

            fn documentation(&self) -> &'static str {
                static TEXT: std::sync::LazyLock<String> =
                    std::sync::LazyLock::new(|| $crate::check::rule::flush_left(concat!($($doc, "\n"),+)));
                &TEXT
            }

            fn scope(&self) -> $crate::check::Scope {
                $scope
            }
        }
    };
}
pub(super) use rule;

/// Removes the space between the slashes of a doc comment and its text.
pub(super) fn flush_left(doc: &str) -> String {
    let lines: Vec<_> = doc.lines().map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
    lines.join("\n")
}

/// A day that dates are compared with, and what it is: “2025-12-22, the day of this build”. If a site sets no time zone, it
/// also says that the day is in UTC, because the author's clock may already be at tomorrow.
pub(super) fn day_in_words(config: &Config, day: Day, is_as_of: bool) -> String {
    let what = if is_as_of { "the site's as-of date" } else { "the day of this build" };
    let zone = match (config.has_time_zone, is_as_of) {
        (true, _) => "",
        (false, true) => " (in UTC)",
        (false, false) => " (in UTC, since book.toml sets no `time-zone`)",
    };
    format!("{day}, {what}{zone}")
}

/// Another location of a finding.
pub(super) fn label(span: Span, message: impl Into<String>) -> Label {
    Label { span, message: message.into() }
}
