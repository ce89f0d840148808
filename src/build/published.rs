//! The site as it was last published, beside the one that is planned and made now.

use std::collections::BTreeSet;
use std::path::Path;

use super::Failure;
use super::manifest::{Manifest, SiteDiff};
use crate::check;
use crate::diagnostics::{self, Diagnostic};
use crate::output::{Output, RenderContext};

/// What was published, if anybody said it.
pub(super) struct PublishedSite(Option<Manifest>);

impl PublishedSite {
    /// Reads the manifest at `path`, a file or the folder that holds it.
    ///
    /// # Errors
    /// If there is none, or it can't be understood.
    pub(super) fn read(path: Option<&Path>) -> Result<Self, Failure> {
        Ok(Self(path.map(Manifest::open).transpose()?))
    }

    /// Addresses that it has, and that are no longer planned.
    pub(super) fn lost(&self, site: &RenderContext<'_>, output: &Output) -> Vec<Diagnostic> {
        let Some(published) = &self.0 else { return Vec::new() };
        let before: BTreeSet<&str> = published.files.keys().map(String::as_str).collect();
        let now: BTreeSet<&str> = output.recipes.keys().map(String::as_str).collect();
        check::lost_urls(
            &check::CheckContext { model: site.model, config: site.config, tree: site.view.tree },
            &before,
            &now,
        )
    }

    /// What is different since, in a site with this manifest. If errors were found, some pages could not be made, which does
    /// not mean that they are gone: then there is no answer.
    pub(super) fn changes(&self, manifest: &Manifest, found: &[Diagnostic]) -> Option<SiteDiff> {
        let published = self.0.as_ref().filter(|_| diagnostics::errors(found) == 0)?;
        Some(manifest.since(published))
    }
}
