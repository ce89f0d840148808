//! See [`LostUrl`].

use std::collections::BTreeSet;

use super::CheckContext;
use super::rule::{Rule, Scope, rule};
use super::waivers::has_expired;
use crate::base::similar::nearest;
use crate::config;
use crate::diagnostics::{Diagnostic, code};

rule! {
    /// A published address no longer exists, and nothing redirects from it.
    ///
    /// Readers have bookmarked it, other sites link to it, archives and courts cite it. All of them would get “not found”.
    ///
    /// The rule runs only if `--published` says what was published. It checks pages, old addresses that redirected, feeds
    /// and other data. Pictures, style sheets and other parts of a page may come and go.
    ///
    /// In the record that replaces it, add the old address to `aliases`, or write both into `[output.html.redirect]`. If the
    /// page is gone for good and nothing replaces it, say so; here `at` is the address:
    ///
    /// ```toml
    /// [[checks.allow]]
    /// code = "lost-url"
    /// at = "/events/sealed-indictment/"
    /// reason = "Taken down by order of the court, December 22, 2025"
    /// ```
    LostUrl: LOST_URL, Warning, Scope::Published
}

/// Files that readers or programs return to by their address. Only pages refer to pictures and the theme's files.
const ADDRESSED: &[&str] = &["html", "xml", "json", "csv", "ics", "pdf"];

/// For how many addresses we look for a similar new one. Each search goes through all new addresses.
const LIKENED: usize = 20;

/// Addresses in `published` that are not in `planned`. Both are paths of files, relative to the site's root.
///
/// This is a function and not part of the rule, because it runs late, once the site is planned. So it applies the site's
/// settings itself: severity, and waivers by address.
#[must_use]
pub fn lost_urls(site: &CheckContext<'_>, published: &BTreeSet<&str>, planned: &BTreeSet<&str>) -> Vec<Diagnostic> {
    let Some(severity) = config::severity(site.config, code::LOST_URL, LostUrl.default_severity()) else {
        return Vec::new();
    };
    let waivers = site.config.checks.allow.iter().filter(|waiver| waiver.code.value == code::LOST_URL.0);
    let holding = waivers.filter(|waiver| !has_expired(waiver, site.model.today, &site.model.zone));
    let allowed: BTreeSet<&str> = holding.map(|waiver| waiver.at.value.trim_matches('/')).collect();
    let is_addressed = |path: &str| path.rsplit_once('.').is_some_and(|(_, kind)| ADDRESSED.contains(&kind));
    let gone = published.difference(planned).copied().filter(|path| is_addressed(path)).map(address);
    let fresh: Vec<String> = planned.difference(published).copied().filter(|path| is_addressed(path)).map(address).collect();
    let lost = gone.filter(|address| !allowed.contains(address.trim_matches('/'))).enumerate();
    lost.map(|(at, address)| {
        let near = (at < LIKENED).then(|| nearest(&address, fresh.iter().map(String::as_str))).flatten();
        let help = match near {
            _ if !is_page(&address) => "put the file into static/ to keep it, or set up a redirect at your host".to_owned(),
            Some(near) => format!("if {near} replaces it, write `aliases: [{address}]` there"),
            None => format!(
                "write `aliases: [{address}]` in the record that replaces it, or redirect it in `[output.html.redirect]`"
            ),
        };
        let message = format!("{address} was published, but no longer exists");
        Diagnostic { severity, ..Diagnostic::placeless(code::LOST_URL, message) }.help(help)
    })
    .collect()
}

/// Whether an old address can be redirected: only a page can.
fn is_page(address: &str) -> bool {
    address.ends_with('/') || address.ends_with(".html")
}

/// The address of a file.
fn address(path: &str) -> String {
    match path.strip_suffix("index.html") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => format!("/{folder}"),
        _ => format!("/{path}"),
    }
}
