//! The job summary, in GitHub's Markdown: counts, findings, and which pages are new, changed or removed since the site was
//! published.

use crate::base::escape;
use crate::build::manifest::SiteDiff;
use crate::build::pipeline::Outcome;
use crate::diagnostics::emit::Places;
use crate::diagnostics::{Diagnostic, Severity};

/// How many findings are listed. GitHub accepts one mebibyte per step, and nobody reads that much.
const FINDINGS: usize = 100;

/// How many pages of each kind are listed.
const PAGES: usize = 30;

/// The summary of `outcome`. `prefix` is the path from the repository's root to the site, `files` is the address at which
/// its files can be viewed, and `records` and `found` are the counts of records and findings in words.
pub(super) fn render(outcome: &Outcome, prefix: &str, files: Option<&str>, records: &str, found: &str) -> String {
    let title = outcome.model.as_ref().map_or_else(String::new, |_| format!("{records}: "));
    let mark = match outcome.diagnostics.iter().map(|diagnostic| diagnostic.severity).max() {
        Some(Severity::Error) => "❌",
        Some(Severity::Warning) => "⚠️",
        Some(Severity::Info) | None => "✅",
    };
    let found = if found.is_empty() { "no problems found" } else { found };
    let mut out = format!("### {mark} {title}{found}\n\n");
    findings(&mut out, outcome, prefix, files);
    if let Some(changes) = &outcome.changes {
        out.push_str(&published(changes));
    }
    out
}

fn findings(out: &mut String, outcome: &Outcome, prefix: &str, files: Option<&str>) {
    if outcome.diagnostics.is_empty() {
        return;
    }
    let mut places = Places::new(&outcome.tree);
    // Worst first; otherwise in the order of files.
    let mut worst_first: Vec<&Diagnostic> = outcome.diagnostics.iter().collect();
    worst_first.sort_by_key(|diagnostic| std::cmp::Reverse(diagnostic.severity));
    out.push_str("| | Where | What | Code |\n|---|---|---|---|\n");
    for diagnostic in worst_first.iter().take(FINDINGS) {
        let place = diagnostic.span.map_or_else(String::new, |span| {
            let place = places.of(span);
            let shown = text(&format!("{}:{}", place.path, place.start.line));
            match files {
                Some(files) => {
                    let path = escape::percent_encoded(&format!("{prefix}{}", place.path));
                    format!("[{shown}]({files}{path}#L{})", place.start.line)
                }
                None => shown,
            }
        });
        let help = diagnostic.help.as_ref().map_or_else(String::new, |help| format!("<br>{}", text(help)));
        let message = text(&diagnostic.message);
        out.push_str(&format!("| {} | {place} | {message}{help} | `{}` |\n", diagnostic.severity.word(), diagnostic.code));
    }
    if worst_first.len() > FINDINGS {
        out.push_str(&format!("\n… and {} more; see the log.\n", worst_first.len() - FINDINGS));
    }
    out.push('\n');
}

/// The pages of each kind of change. Only pages are listed: their pictures and data change with them.
fn pages(changes: &SiteDiff) -> [(&'static str, Vec<&str>); 3] {
    [("new", &changes.new), ("changed", &changes.changed), ("removed", &changes.gone)]
        .map(|(kind, paths)| (kind, paths.iter().map(String::as_str).filter(|path| path.ends_with(".html")).collect()))
}

/// How many pages are new, changed or removed, in words.
pub(super) fn counts(changes: &SiteDiff) -> String {
    let files = changes.new.len() + changes.changed.len() + changes.gone.len();
    let kinds = pages(changes);
    let counts: Vec<_> = kinds.iter().map(|(kind, pages)| format!("{} {kind}", pages.len())).collect();
    let others = match files - kinds.iter().map(|(_, pages)| pages.len()).sum::<usize>() {
        0 => String::new(),
        1 => "; 1 other file differs".to_owned(),
        others => format!("; {others} other files differ"),
    };
    format!("{}{others}", counts.join(", "))
}

fn published(changes: &SiteDiff) -> String {
    let mut out = format!("**Pages changed since the site was published:** {}\n\n", counts(changes));
    for (kind, pages) in pages(changes).iter().filter(|(_, pages)| !pages.is_empty()) {
        out.push_str(&format!("<details><summary>{} {kind}</summary>\n\n", pages.len()));
        for page in pages.iter().take(PAGES) {
            out.push_str(&format!("- /{}\n", text(page.strip_suffix("index.html").unwrap_or(page))));
        }
        if pages.len() > PAGES {
            out.push_str(&format!("- … and {} more\n", pages.len() - PAGES));
        }
        out.push_str("\n</details>\n\n");
    }
    out
}

/// A text for a table cell: on one line, with everything escaped that Markdown or HTML would interpret. What an author put
/// in backticks stays code.
fn text(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let code = line.matches('`').count() % 2 == 0;
    let mut out = String::new();
    for (at, piece) in line.split('`').enumerate() {
        if at > 0 {
            out.push_str(if code { "`" } else { "\\`" });
        }
        let inside = code && at % 2 == 1;
        for c in piece.chars() {
            match c {
                // A vertical bar ends a cell even in code.
                '|' => out.push_str("\\|"),
                '<' if !inside => out.push_str("&lt;"),
                '&' if !inside => out.push_str("&amp;"),
                '\\' | '*' | '_' | '[' | ']' | '~' | '#' | '!' | '@' if !inside => {
                    out.push('\\');
                    out.push(c);
                }
                c if c.is_control() => out.push('\u{fffd}'),
                c => out.push(c),
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn texts_stay_texts() {
        assert_eq!(super::text("a|b\n<i>*x* `[[no|body]]` @y"), "a\\|b &lt;i>\\*x\\* `[[no\\|body]]` \\@y");
        assert_eq!(super::text("one ` alone <b>"), "one \\` alone &lt;b>");
    }
}
