//! For GitHub Actions: workflow commands, which show each finding on its line in the list of changed files.
//!
//! The format is that of `actions/toolkit`: `::error file=…,line=…::message`. Characters that would end a part are escaped
//! as
//! `%25`, `%0D`, `%0A`, and in properties also as `%3A` and `%2C`.

use super::{Places, Texts, one_line};
use crate::base::Hash;
use crate::diagnostics::{Diagnostic, Severity};

/// How many findings of each severity GitHub shows for a step. It silently drops the rest, so we don't send them.
pub const SHOWN: usize = 10;

/// The commands for `diagnostics`. `prefix` is the path from the repository's root to the site's folder: empty, or ending in
/// a slash.
#[must_use]
pub fn render(diagnostics: &[Diagnostic], texts: &dyn Texts, prefix: &str) -> String {
    let mut places = Places::new(texts);
    let mut out = String::new();
    for severity in [Severity::Error, Severity::Warning, Severity::Info] {
        let of_kind = diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity);
        for diagnostic in of_kind.clone().take(SHOWN) {
            out.push_str(&command(diagnostic, &mut places, prefix));
        }
        let rest = of_kind.count().saturating_sub(SHOWN);
        if rest > 0 {
            let word = word(severity);
            out.push_str(&format!(
                "… and {rest} more {word} annotations. GitHub shows only {SHOWN} of each kind; see the job summary and the log\n"
            ));
        }
    }
    out
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    }
}

fn command(diagnostic: &Diagnostic, places: &mut Places<'_>, prefix: &str) -> String {
    let mut properties = Vec::new();
    if let Some(span) = diagnostic.span {
        let place = places.of(span);
        properties.push(format!("file={}", property(&format!("{prefix}{}", place.path))));
        properties.push(format!("line={}", place.start.line));
        // GitHub shows a finding below its last line. A finding over many lines still belongs at its first one.
        properties.push(format!("endLine={}", place.start.line));
        if place.end.line == place.start.line {
            properties.push(format!("col={}", place.start.column));
            properties.push(format!("endColumn={}", place.end.column));
        }
    }
    properties.push(format!("title={}", property(diagnostic.code.0)));
    let mut message = diagnostic.message.clone();
    for label in &diagnostic.labels {
        let place = places.of(label.span);
        message.push_str(&format!("\n{prefix}{}:{}: {}", place.path, place.start.line, label.message));
    }
    if let Some(help) = &diagnostic.help {
        message.push_str(&format!("\nhelp: {help}"));
    }
    failure_or(word(diagnostic.severity), &properties.join(","), &message)
}

/// A command that says why the program could not run.
#[must_use]
pub fn failure(message: &str) -> String {
    failure_or("error", "", message)
}

fn failure_or(word: &str, properties: &str, message: &str) -> String {
    let space = if properties.is_empty() { "" } else { " " };
    format!("::{word}{space}{properties}::{}\n", data(message))
}

/// `log`, fenced so that GitHub runs no line of it as a command, whatever authors wrote. The fence stops commands, and only
/// a certain word turns them on again. That word is derived from the log, so the log can't contain it.
#[must_use]
pub fn fenced(log: &str) -> String {
    if log.is_empty() {
        return String::new();
    }
    let word = format!("log-{}", Hash::of(log.as_bytes()));
    format!("::stop-commands::{word}\n{log}::{word}::\n")
}

fn data(text: &str) -> String {
    let lines: Vec<_> = text.lines().map(one_line).collect();
    lines.join("\n").replace('%', "%25").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_escaped_and_on_their_lines() {
        let (findings, texts) = super::super::tests::findings();
        assert_eq!(
            render(&findings, &texts, "sites/a, b/"),
            "::error file=sites/a%2C b/content/a.md,line=4,endLine=4,col=5,endColumn=15,title=unknown-id::there is no record \
             `nobody`%0Asites/a, b/content/a.md:2: 100 %25, named: here%0Ahelp: did you mean `noboby`?\n\
             ::error title=template::a template failed\n\
             ::warning file=sites/a%2C b/content/a.md,line=1,endLine=1,col=1,endColumn=4,title=placeholder::two%0Alines, 50 %25\n"
        );
        assert_eq!(failure("a\r\nb: 1,%"), "::error::a%0Ab: 1,%25\n");
    }

    #[test]
    fn ten_of_each_kind() {
        let (findings, texts) = super::super::tests::findings();
        let many: Vec<_> = (0..12).flat_map(|_| findings[..2].to_vec()).collect();
        let out = render(&many, &texts, "");
        assert_eq!(out.matches("::error ").count(), SHOWN);
        assert_eq!(out.matches("::warning ").count(), SHOWN);
        assert!(out.contains("… and 2 more error annotations") && out.contains("… and 2 more warning annotations"), "{out}");
    }

    #[test]
    fn a_log_gives_no_commands() {
        let log = "  ::error::forged\n";
        let fenced = fenced(log);
        let lines: Vec<_> = fenced.lines().collect();
        let word = lines[0].strip_prefix("::stop-commands::").unwrap();
        assert_eq!(lines[2], format!("::{word}::"));
        assert!(!log.contains(word));
        assert_eq!(super::fenced(""), "");
    }
}
