//! The limits of GitHub Pages: no file over 100 MiB, and no site over 1 GB.
//!
//! <https://docs.github.com/en/pages/getting-started-with-github-pages/github-pages-limits>; for files, the limit of the
//! repository that would contain them.

use crate::diagnostics::{Diagnostic, Severity, code};
use crate::media::Kind;
use crate::output::SITE_JSON;
use crate::source::kinds::ending;

/// The largest file, in bytes.
const FILE: u64 = 100 << 20;
/// From how many bytes on a film, sound or document is told to be heavy: readers on phones wait for it.
const HEAVY: u64 = 50_000_000;
/// The largest site, in bytes.
const SITE: u64 = 1_000_000_000;
/// The percentage of that limit from which on a site gets a warning.
const NEAR: u64 = 80;

/// Reports what is too large, or soon will be, given the files with their sizes.
pub fn check<'p>(files: impl Iterator<Item = (&'p str, u64)>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut whole = 0;
    for (path, size) in files {
        whole += size;
        if size > FILE {
            let message = format!("/{path} is {} MB, but GitHub Pages accepts no file over 100 MiB", size / 1_000_000);
            found.push(Diagnostic::placeless(code::TOO_LARGE, message).help(help(path)));
        } else if size > HEAVY && is_played(path) {
            let message = format!("/{path} is {} MB, which readers on phones wait for", size / 1_000_000);
            let mut diagnostic = Diagnostic::placeless(code::TOO_LARGE, message)
                .help("export it smaller, such as 1280 by 720 pixels, or host it elsewhere and link to it");
            diagnostic.severity = Severity::Warning;
            found.push(diagnostic);
        }
    }
    if whole > SITE / 100 * NEAR {
        let message = format!("the site is {} MB, and GitHub Pages accepts at most 1,000 MB", whole / 1_000_000);
        let mut diagnostic = Diagnostic::placeless(code::TOO_LARGE, message)
            .help("publish fewer or smaller pictures, or turn off cards or data under [output.cards] and [output.data]");
        // A warning only: other hosts accept more, and someone with so large a site may well have chosen one.
        diagnostic.severity = Severity::Warning;
        found.push(diagnostic);
    }
    found
}

/// Whether a file is called like a film, sound or document.
fn is_played(path: &str) -> bool {
    let kind = Kind::promised_by(&ending(path));
    kind.is_some_and(|kind| kind.is_film() || kind.is_sound() || kind == Kind::Document)
}

fn help(path: &str) -> &'static str {
    if path == SITE_JSON {
        "leave texts out of the data: set `texts = false` under [output.data]"
    } else {
        "host it elsewhere and link to it, or make it smaller"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(sizes: &[u64]) -> Vec<(Severity, String)> {
        let found = check(sizes.iter().map(|size| ("x", *size)));
        found.into_iter().map(|diagnostic| (diagnostic.severity, diagnostic.message)).collect()
    }

    #[test]
    fn a_film_that_phones_wait_for_is_told() {
        for (path, severity) in
            [("media/x.mp4", Some(Severity::Warning)), ("media/x.PDF", Some(Severity::Warning)), ("data/x.json", None)]
        {
            let found = check([(path, HEAVY + 1)].into_iter());
            assert_eq!(found.first().map(|finding| finding.severity), severity, "{path}");
            assert!(check([(path, HEAVY)].into_iter()).is_empty());
        }
    }

    #[test]
    fn oversized_files_are_reported() {
        assert!(said(&[FILE, 5]).is_empty());
        assert!(matches!(&said(&[FILE + 1])[..], [(Severity::Error, message)] if message.contains("104 MB")));
        let many = vec![90_000_000; 9];
        assert!(matches!(&said(&many)[..], [(Severity::Warning, message)] if message.contains("810 MB")));
        assert!(matches!(&said(&[many, vec![100_000_000; 2]].concat())[..], [(Severity::Warning, _)]));
    }
}
