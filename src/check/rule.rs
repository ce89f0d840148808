//! What a rule is.

use super::{CheckContext, LocalContext};
use crate::base::Span;
use crate::config::Config;
use crate::date::Day;
use crate::diagnostics::{Code, Diagnostic, Label, Severity};
use crate::model::RecordIx;

/// One thing that can be wrong with a site. The macro `rule!` states one.
pub trait Rule: Sync {
    /// Its code, which no other rule has.
    fn code(&self) -> Code;

    /// How bad it is, unless the site says otherwise.
    fn default_severity(&self) -> Severity;

    /// What fires it, why that matters, what to do, and an example, in Markdown: the rule's own doc comment.
    fn documentation(&self) -> &'static str;

    /// What it looks at, and when.
    fn scope(&self) -> Scope;
}

/// Which stage makes a rule's findings; of the two that are made here, with the function that makes them.
#[derive(Clone, Copy)]
pub enum Scope {
    /// Parsing: a file by itself is wrong.
    Parse,
    /// Resolving: a pointer leads nowhere, or where it must not.
    Resolve,
    /// The finished pages; resolving finds what is certain already from the sources.
    Pages,
    /// The planned site, beside what was published before.
    Published,
    /// One record and what it points at.
    Local(fn(&LocalContext<'_>, RecordIx, &mut Report)),
    /// The whole site by its indices, never all pairs.
    Global(fn(&CheckContext<'_>, &mut Report)),
}

/// Where a rule puts what it finds. It can't speak under another rule's code.
pub struct Report {
    code: Code,
    severity: Severity,
    pub(super) found: Vec<Diagnostic>,
}

impl Report {
    pub(super) fn new(rule: &dyn Rule) -> Self {
        Self { code: rule.code(), severity: rule.default_severity(), found: Vec::new() }
    }

    /// Notes a finding at `span`, and hands it back for a help line and labels.
    pub fn add(&mut self, span: Span, message: impl Into<String>) -> &mut Diagnostic {
        self.found.push(Diagnostic { severity: self.severity, ..Diagnostic::error(self.code, span, message) });
        let last = self.found.len() - 1;
        &mut self.found[last]
    }
}

/// States a rule: its documentation as doc comments, its type, and its code, severity and scope.
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

/// Takes away the space that stands between the slashes of a doc comment and its words.
pub(super) fn flush_left(doc: &str) -> String {
    let lines: Vec<_> = doc.lines().map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
    lines.join("\n")
}

/// A day that dates are compared with, and what it is: “2025-12-22, the day of this build”. A site that names no time zone is
/// told whose midnights count, because it may be tomorrow already where its author sits.
pub(super) fn day_in_words(config: &Config, day: Day, is_as_of: bool) -> String {
    let what = if is_as_of { "the day that the site is true as of" } else { "the day of this build" };
    let zone = match (config.has_time_zone, is_as_of) {
        (true, _) => "",
        (false, true) => " (in UTC)",
        (false, false) => " (in UTC, since book.toml sets no `time-zone`)",
    };
    format!("{day}, {what}{zone}")
}

/// A further place of a finding.
pub(super) fn label(span: Span, message: impl Into<String>) -> Label {
    Label { span, message: message.into() }
}
