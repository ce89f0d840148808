//! See [`LostUrl`].

use std::collections::BTreeSet;

use super::CheckContext;
use super::rule::{Rule, Scope, rule};
use super::waivers::has_expired;
use crate::base::similar::nearest;
use crate::config;
use crate::diagnostics::{Diagnostic, code};

rule! {
    /// An address that was published is gone, and nothing leads on from it.
    ///
    /// Readers have it in their bookmarks, other sites link to it, archives and courts cite it. All of them would find
    /// “not found”.
    ///
    /// This is looked for only where it is said what was published, with `--published`: pages, old addresses that led on,
    /// feeds and other data. Pictures, style sheets and what else a page brings along may come and go.
    ///
    /// Give the record that took its place the old address in `aliases`, or write both into `[output.html.redirect]`. If the
    /// page went for good and nothing took its place, say so; here `at` is the address:
    ///
    /// ```toml
    /// [[checks.allow]]
    /// code = "lost-url"
    /// at = "/events/sealed-indictment/"
    /// reason = "Taken down by order of the court, 22 December 2025"
    /// ```
    LostUrl: LOST_URL, Warning, Scope::Published
}

/// Files that readers or programs come back for by their address. Those of the theme and pictures are named by pages alone.
const ADDRESSED: &[&str] = &["html", "xml", "json", "csv", "ics", "pdf"];

/// For how many addresses a new one that looks like it is searched: each search goes through all that are new.
const LIKENED: usize = 20;

/// What `published` has of addresses and `planned` has not. Both are paths of files, from the site's root.
///
/// It is a function and no part of the rule because it comes late, when the site is planned, and hears the site's settings by
/// itself: severity, and waivers by address.
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
            _ if !is_page(&address) => {
                "put the file into static/ if it should stay, or let your host lead on from there".to_owned()
            }
            Some(near) => format!("if {near} took its place, write `aliases: [{address}]` there"),
            None => format!(
                "write `aliases: [{address}]` in what took its place, or lead on from it in `[output.html.redirect]`"
            ),
        };
        let message = format!("{address} was published, and is gone");
        Diagnostic { severity, ..Diagnostic::placeless(code::LOST_URL, message) }.help(help)
    })
    .collect()
}

/// Whether an old address can lead on from there: only a page can.
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
