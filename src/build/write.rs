//! Writes the output to disk, so that no reader ever sees half of it, even if a build is killed.
//!
//! Every file is first written to a folder next to the target. The target changes only when all files are there and every
//! link works. A new site is moved into place as a whole. An old one is replaced file by file; a manifest of old and new
//! files is written first, so that a build that is killed in between leaves no orphans.

#![expect(clippy::disallowed_methods, reason = "this is where a site is written to disk")]

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::findings::findings;
use super::limits;
use super::lock::Lock;
use super::manifest::{self, Manifest, Stamp};
use super::{FILES_AT_ONCE, Failure};
use crate::base::Hash;
use crate::check;
use crate::config;
use crate::diagnostics::Diagnostic;
use crate::linkcheck::{self, Links};
use crate::output::{Output, RenderContext, RenderError};
use crate::source::files::read_file;

/// What a build did to the output folder.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WriteSummary {
    /// How many files the site has.
    pub files: usize,
    /// How many of them were written.
    pub written: usize,
    /// How many old ones were removed.
    pub removed: usize,
}

/// The folder that a build writes to, inspected before anything is made.
pub struct Target {
    folder: PathBuf,
    staging: PathBuf,
    /// Its current contents; `None` if it does not exist.
    old: Option<Manifest>,
    /// The state of the folder at that time.
    stamp: Option<Stamp>,
}

impl Target {
    /// Inspects `folder`. `protected` are the author's folders, which the output must not contain, be inside, or be.
    ///
    /// # Errors
    /// If the folder is the author's, contains files that we did not make, or can't be read.
    pub fn open(folder: &Path, root: &Path, protected: &[String]) -> Result<Self, Failure> {
        let folder = absolute(folder)?;
        let root = absolute(root)?;
        let shown = folder.display();
        if root.starts_with(&folder) {
            return Err(Failure::Usage(format!(
                "the site can't be written to {shown}: that folder contains the site's own source files"
            )));
        }
        for name in protected {
            let own = absolute(&root.join(name))?;
            if folder.starts_with(&own) || own.starts_with(&folder) {
                return Err(Failure::Usage(format!(
                    "the site can't be written to {shown}: `{name}/` contains the site's own source files"
                )));
            }
        }
        let Some(name) = folder.file_name() else {
            return Err(Failure::Usage(format!("the site can't be written to {shown}")));
        };
        let staging = folder.with_file_name(format!(".{}.backgrounder-{}", name.to_string_lossy(), std::process::id()));
        if config::is_kept_by_versions(&folder.to_string_lossy()) {
            return Err(Failure::Usage(format!(
                "the site can't be written to {shown}: that folder belongs to version control"
            )));
        }
        let stamp = manifest::stamp(&folder);
        let old = old_site(&folder)?;
        Ok(Self { folder, staging, old, stamp })
    }

    /// Inspects the folder again, now that nobody else writes to it.
    fn refresh(&mut self) -> Result<(), Failure> {
        let stamp = manifest::stamp(&self.folder);
        if stamp != self.stamp {
            self.old = old_site(&self.folder)?;
            self.stamp = stamp;
        }
        Ok(())
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

/// The site in a folder; `None` if there is nothing.
fn old_site(folder: &Path) -> Result<Option<Manifest>, Failure> {
    let shown = folder.display();
    match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Failure::io(format!("{shown} can't be read"))(error)),
        Ok(mut entries) => {
            if entries.next().is_none() {
                return Ok(None);
            }
        }
    }
    let manifest = Manifest::read(folder).map_err(Failure::io(format!("the manifest of {shown} can't be read")))?;
    let foreign = || {
        Failure::Usage(format!(
            "{shown} is not empty, and this program did not make its contents: choose another folder with -d, or empty it"
        ))
    };
    manifest.ok_or_else(foreign).map(Some)
}

/// The folder that `path` means, with links and `..` resolved as far as it exists.
fn absolute(path: &Path) -> Result<PathBuf, Failure> {
    let full = std::path::absolute(path).map_err(Failure::io(format!("{} is not a folder", path.display())))?;
    let mut missing = Vec::new();
    let mut there = full.as_path();
    loop {
        match there.canonicalize() {
            Ok(mut real) => {
                for name in missing.iter().rev() {
                    // A path that does not exist yet has no links, so its `..` can be resolved by name.
                    if *name == OsStr::new("..") {
                        real.pop();
                    } else {
                        real.push(name);
                    }
                }
                return Ok(real);
            }
            Err(_) => match (there.parent(), there.components().next_back()) {
                (Some(parent), Some(last)) => {
                    missing.push(last.as_os_str());
                    there = parent;
                }
                _ => return Ok(full),
            },
        }
    }
}

/// A finished file.
struct RenderedFile {
    hash: Hash,
    size: u64,
    key: Option<Hash>,
    links: Option<Arc<Links>>,
    changed: bool,
}

/// Makes every file and writes those that differ. `fails` says which findings forbid that; then nothing is written, and the
/// target does not change. The manifest describes the site as made.
///
/// # Errors
/// If the system refuses, or a file of someone else's is in the way.
pub fn write(
    output: &Output,
    site: &RenderContext<'_>,
    target: &mut Target,
    fails: &dyn Fn(&[Diagnostic]) -> bool,
) -> Result<(Option<WriteSummary>, Manifest, Vec<Diagnostic>), Failure> {
    let parent = target.staging.parent().unwrap_or(&target.staging);
    fs::create_dir_all(parent).map_err(Failure::io(format!("{} can't be created", parent.display())))?;
    let _lock = Lock::wait(&target.folder)?;
    target.refresh()?;
    sweep(target);
    let result = stage(output, site, target, fails);
    // Whatever happened, nobody needs what is left in the staging folder.
    if target.staging.exists() {
        let removed = fs::remove_dir_all(&target.staging);
        if result.is_ok() {
            removed.map_err(Failure::io(format!("{} can't be removed", target.staging.display())))?;
        }
    }
    result
}

/// Removes what killed builds left next to the target. The folder of a build that still runs stays; on systems without
/// `/proc`, where we can't tell, nothing is removed.
fn sweep(target: &Target) {
    let (Some(parent), Some(own)) = (target.staging.parent(), target.staging.file_name().and_then(OsStr::to_str)) else {
        return;
    };
    let Some((stem, _)) = own.rsplit_once('-') else { return };
    if !Path::new("/proc/self").exists() {
        return;
    }
    for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let process = name.to_str().and_then(|name| name.strip_prefix(stem)?.strip_prefix('-')?.parse::<u32>().ok());
        if process.is_some_and(|process| !Path::new(&format!("/proc/{process}")).exists()) {
            // If it can't be removed, the build goes on anyway.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

fn stage(
    output: &Output,
    site: &RenderContext<'_>,
    target: &Target,
    fails: &dyn Fn(&[Diagnostic]) -> bool,
) -> Result<(Option<WriteSummary>, Manifest, Vec<Diagnostic>), Failure> {
    if let Some(foreign) = foreign(output, target) {
        return Err(Failure::Usage(format!(
            "{} is in the way, and this program did not make it: move it somewhere else",
            foreign.display()
        )));
    }
    let RenderedSite { mut manifest, changed, diagnostics } = make_all(output, site, Some(target))?;
    manifest.sections = check::wordings(site.model);
    if fails(&diagnostics) {
        return Ok((None, manifest, diagnostics));
    }
    let removed = put_in_place(target, &manifest, &changed)?;
    let written = WriteSummary { files: manifest.files.len(), written: changed.len(), removed };
    Ok((Some(written), manifest, diagnostics))
}

/// How many finished files may wait to be written: enough to keep everyone busy, few enough to save memory.
const WAITING: usize = 256;

/// Every file of a site, finished.
#[derive(Default)]
struct RenderedSite<'o> {
    manifest: Manifest,
    /// The staged files, which differ from those in place.
    changed: Vec<&'o str>,
    /// Recipes that failed; if none did, broken links.
    diagnostics: Vec<Diagnostic>,
}

/// Evaluates every recipe on all cores, stages what differs from `target`, and checks the links of every page. Without a
/// target, nothing is written.
///
/// Half as many threads as there are cores write files: a file system locks a folder for each new file in it, and threads
/// that write to `events/` at the same time mostly wait for each other.
fn make_all<'o>(output: &'o Output, site: &RenderContext<'_>, target: Option<&Target>) -> Result<RenderedSite<'o>, Failure> {
    let recipes: Vec<_> = output.recipes.iter().collect();
    let (send, receive) = crossbeam_channel::bounded::<(&Target, &str, Vec<u8>)>(WAITING);
    let made: Vec<Result<RenderedFile, RenderError>> = std::thread::scope(|scope| {
        let threads = if target.is_some() { rayon::current_num_threads().div_ceil(2) } else { 0 };
        let writers: Vec<_> = (0..threads)
            .map(|_| {
                let mut waiting = receive.clone().into_iter();
                scope.spawn(move || waiting.try_for_each(|(target, path, bytes)| put(&target.staging.join(path), &bytes)))
            })
            .collect();
        drop(receive);
        let made = recipes
            .par_iter()
            .with_max_len(FILES_AT_ONCE)
            .map_with(send, |send, (path, recipe)| {
                let key = recipe.key(site);
                if let Some((hash, size)) = key.and_then(|key| kept(target, path, key)) {
                    return Ok(RenderedFile { hash, size, key, links: None, changed: false });
                }
                let bytes = recipe.evaluate(site)?;
                let (hash, size) = (Hash::of(&bytes), bytes.len() as u64);
                let links = recipe.is_page().then(|| Arc::new(linkcheck::read(path, &bytes, &site.config.base_path)));
                let differs = target.filter(|target| !is_same(target, path, hash));
                if let Some(target) = differs {
                    // If the receiver is gone, a writer has failed, and reports that below.
                    let _ = send.send((target, path.as_str(), bytes));
                }
                Ok(RenderedFile { hash, size, key, links, changed: differs.is_some() })
            })
            .collect();
        for writer in writers {
            // Pass on a writer's panic.
            writer.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
        }
        Ok(made)
    })?;
    let mut finished = RenderedSite::default();
    let sizes = recipes.iter().zip(&made).filter_map(|((path, _), made)| Some((path.as_str(), made.as_ref().ok()?.size)));
    let too_large = limits::check(sizes);
    let mut found = Vec::with_capacity(made.len());
    for ((path, _), made) in recipes.into_iter().zip(made) {
        if let Ok(made) = &made {
            finished.manifest.files.insert(path.clone(), made.hash);
            finished.manifest.made_from.extend(made.key.map(|key| (path.clone(), key)));
            if made.changed {
                finished.changed.push(path);
            }
        }
        found.push((path.as_str(), made.map(|made| made.links).map_err(Box::new)));
    }
    finished.diagnostics = findings(output, site, found, None);
    finished.diagnostics.extend(too_large);
    Ok(finished)
}

/// Makes every file and checks the links of every page without writing; returns the manifest that the site would have.
///
/// # Errors
/// If the system refuses.
pub fn rehearse(output: &Output, site: &RenderContext<'_>) -> Result<(Manifest, Vec<Diagnostic>), Failure> {
    let RenderedSite { manifest, diagnostics, .. } = make_all(output, site, None)?;
    Ok((manifest, diagnostics))
}

/// A file at an output path that is not in any manifest of ours.
fn foreign(output: &Output, target: &Target) -> Option<PathBuf> {
    let old = target.old.as_ref()?;
    output.recipes.keys().filter(|path| !old.files.contains_key(*path)).map(|path| target.folder.join(path)).find(|path| {
        // A link counts as a file, wherever it leads.
        path.symlink_metadata().is_ok_and(|there| !there.is_dir())
    })
}

/// The hash and size of a file in the target that was made from the same input, and need not be made again. Without a
/// target, nobody would see the file at all.
fn kept(target: Option<&Target>, path: &str, key: Hash) -> Option<(Hash, u64)> {
    let Some(target) = target else { return Some((key, 0)) };
    let old = target.old.as_ref().filter(|old| old.made_from.get(path) == Some(&key))?;
    let hash = old.files.get(path).copied().filter(|hash| is_same(target, path, *hash))?;
    Some((hash, fs::metadata(target.folder.join(path)).ok()?.len()))
}

/// Whether the file in the target already has these bytes. It is read, since someone may have changed it.
fn is_same(target: &Target, path: &str, hash: Hash) -> bool {
    let known = target.old.as_ref().and_then(|old| old.files.get(path));
    known == Some(&hash) && read_file(&target.folder.join(path), u64::MAX).is_ok_and(|bytes| Hash::of(&bytes) == hash)
}

fn put(file: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let failed = || Failure::io(format!("{} can't be written", file.display()));
    if let Some(folder) = file.parent() {
        // One call is enough for almost every page; only the first in a folder has to create folders.
        match fs::create_dir(folder) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(_) => fs::create_dir_all(folder).map_err(failed())?,
        }
    }
    fs::write(file, bytes).map_err(failed())
}

/// Rejects a target with links among its folders: what we write or remove behind one would be elsewhere.
fn refuse_links<'p>(target: &Target, paths: impl Iterator<Item = &'p str>) -> Result<(), Failure> {
    let folders: BTreeSet<&Path> = paths.flat_map(|path| Path::new(path).ancestors().skip(1)).collect();
    let is_link = |folder: &PathBuf| folder.symlink_metadata().is_ok_and(|there| there.is_symlink());
    let inside = folders.into_iter().filter(|folder| !folder.as_os_str().is_empty());
    match inside.map(|folder| target.folder.join(folder)).find(is_link) {
        Some(link) => Err(Failure::Usage(format!("{} is a link where the site needs a folder: remove it", link.display()))),
        None => Ok(()),
    }
}

/// Moves the staged files into the target and removes files that are no longer part of the site.
fn put_in_place(target: &Target, manifest: &Manifest, changed: &[&str]) -> Result<usize, Failure> {
    let name = target.folder.display().to_string();
    let Some(old) = &target.old else {
        put(&target.staging.join(manifest::NAME), manifest.text().as_bytes())?;
        // An empty folder may be in the way.
        let _ = fs::remove_dir(&target.folder);
        fs::rename(&target.staging, &target.folder).map_err(Failure::io(format!("{name} can't be written")))?;
        return Ok(0);
    };
    let stale: Vec<&String> = old.files.keys().filter(|path| !manifest.files.contains_key(*path)).collect();
    if changed.is_empty() && stale.is_empty() && old == manifest {
        return Ok(0);
    }
    refuse_links(target, changed.iter().copied().chain(stale.iter().map(|path| path.as_str())))?;
    let mut union = Manifest { files: old.files.clone(), ..Manifest::default() };
    union.files.extend(manifest.files.iter().map(|(path, hash)| (path.clone(), *hash)));
    put_manifest(target, &union)?;
    // Remove a file first if its name now has to be a folder, or the other way round.
    let mut removed = 0;
    for path in &stale {
        removed += usize::from(fs::remove_file(target.folder.join(path)).is_ok());
    }
    let mut folders: BTreeSet<&Path> = BTreeSet::new();
    for path in &stale {
        folders.extend(Path::new(path).ancestors().skip(1).filter(|folder| !folder.as_os_str().is_empty()));
    }
    for folder in folders.iter().rev() {
        // Folders that contain something else stay.
        let _ = fs::remove_dir(target.folder.join(folder));
    }
    for path in changed {
        let to = target.folder.join(path);
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder).map_err(Failure::io(format!("{} can't be created", folder.display())))?;
        }
        fs::rename(target.staging.join(path), &to).map_err(Failure::io(format!("{} can't be written", to.display())))?;
    }
    put_manifest(target, manifest)?;
    Ok(removed)
}

fn put_manifest(target: &Target, manifest: &Manifest) -> Result<(), Failure> {
    let staged = target.staging.join(manifest::NAME);
    put(&staged, manifest.text().as_bytes())?;
    let to = target.folder.join(manifest::NAME);
    fs::rename(&staged, &to).map_err(Failure::io(format!("{} can't be written", to.display())))
}

/// Removes a site that we made, and nothing else; returns how many files were removed.
///
/// # Errors
/// If the folder is not ours, or the system refuses.
pub fn clean(target: &mut Target) -> Result<usize, Failure> {
    if target.old.is_none() {
        return Ok(0);
    }
    let _lock = Lock::wait(&target.folder)?;
    target.refresh()?;
    let Some(old) = &target.old else {
        return Ok(0);
    };
    refuse_links(target, old.files.keys().map(String::as_str))?;
    let mut removed = 0;
    let mut folders: BTreeSet<PathBuf> = BTreeSet::new();
    for path in old.files.keys() {
        removed += usize::from(fs::remove_file(target.folder.join(path)).is_ok());
        folders.extend(Path::new(path).ancestors().skip(1).map(|folder| target.folder.join(folder)));
    }
    let manifest = target.folder.join(manifest::NAME);
    fs::remove_file(&manifest).map_err(Failure::io(format!("{} can't be removed", manifest.display())))?;
    for folder in folders.iter().rev() {
        let _ = fs::remove_dir(folder);
    }
    Ok(removed)
}
