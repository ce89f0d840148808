//! Compares the site as last published with the one that is planned and made now.

use std::collections::BTreeSet;
use std::path::Path;

use super::Failure;
use super::manifest::{Manifest, SiteDiff};
use crate::check;
use crate::diagnostics::{self, Diagnostic};
use crate::output::{Output, RenderContext};

/// The published site, if one was named.
pub(super) struct PublishedSite(Option<Manifest>);

impl PublishedSite {
    /// Reads the manifest at `path`, a file or the folder that contains it.
    ///
    /// # Errors
    /// If there is none, or it is invalid.
    pub(super) fn read(path: Option<&Path>) -> Result<Self, Failure> {
        Ok(Self(path.map(Manifest::open).transpose()?))
    }

    /// Its addresses that are no longer planned, and sections whose words changed and that don't say so.
    pub(super) fn findings(&self, site: &RenderContext<'_>, output: &Output) -> Vec<Diagnostic> {
        let Some(published) = &self.0 else { return Vec::new() };
        let before: BTreeSet<&str> = published.files.keys().map(String::as_str).collect();
        let now: BTreeSet<&str> = output.recipes.keys().map(String::as_str).collect();
        let site = check::CheckContext {
            model: site.model,
            config: site.config,
            tree: site.view.tree,
            media: site.view.pictures.media,
        };
        let mut found = check::lost_urls(&site, &before, &now);
        found.extend(check::silent_changes(&site, &published.sections));
        found
    }

    /// What changed since, compared with this manifest. If there were errors, some pages could not be made, which does not
    /// mean that they were removed: then this returns `None`.
    pub(super) fn changes(&self, manifest: &Manifest, found: &[Diagnostic]) -> Option<SiteDiff> {
        let published = self.0.as_ref().filter(|_| diagnostics::errors(found) == 0)?;
        Some(manifest.since(published))
    }
}
