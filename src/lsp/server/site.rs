//! The site that a session is about.

use std::path::Path;
use std::sync::Arc;

use crossbeam_channel::{Sender, unbounded};

use super::{Event, JobChange, Server, Told};
use crate::build::pipeline::Request;
use crate::lsp::documents::Documents;
use crate::lsp::engine::{Engine, Job, Snapshot};
use crate::lsp::publish::{self, ByFile, Published};
use crate::serve::Saves;
use crate::source::{Files, OnDisk, Overlay};

/// A site, and what is known about it.
pub(super) struct OpenSite {
    pub(super) documents: Documents,
    jobs: Sender<Job>,
    pub(super) files: Arc<OnDisk>,
    pub(super) snapshot: Option<Arc<Snapshot>>,
    /// What was last found on finished pages.
    late: ByFile,
    published: Published,
}

/// Whether a folder is a site's.
pub(super) fn is_site(folder: &Path) -> bool {
    OnDisk::new(folder).is_ok_and(|files| files.is_inside("book.toml"))
}

impl OpenSite {
    /// Tells the engine about a change.
    pub(super) fn tell(&self, revision: u64, change: JobChange) {
        // The engine lives as long as this.
        let _ = self.jobs.send(Job { revision, change });
    }

    /// Whether a file may be part of the site. A build writes thousands that aren't.
    pub(super) fn may_matter(&self, path: &str) -> bool {
        let site = self.snapshot.as_ref().and_then(|snapshot| snapshot.edition.as_ref()?.read_site());
        let target = site.map_or("site", |site| &site.config.build_dir.value).trim_matches('/');
        let first = path.split('/').next().unwrap_or_default();
        let is_made = path.strip_prefix(target).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        !is_made && !first.starts_with('.')
    }
}

impl Server {
    /// Begins to follow the site in a folder.
    pub(super) fn enter(&mut self, folder: &Path) {
        let Ok(folder) = std::path::absolute(folder) else { return };
        let Ok(files) = OnDisk::new(&folder) else { return };
        let files = Arc::new(files);
        let request = Request { root: folder.clone(), ..self.options.request.clone() };
        let engine = Engine::new(request, Arc::new(Overlay::new(files.clone())), self.options.clock);
        let (jobs, incoming) = unbounded();
        let events = self.events.clone();
        std::thread::spawn(move || {
            engine.run(&incoming, &move |told| {
                let _ = events.send(Event::Told(told));
            });
        });
        let documents = Documents::in_folder(&folder);
        self.site = Some(OpenSite {
            documents,
            jobs,
            files,
            snapshot: None,
            late: ByFile::default(),
            published: Published::default(),
        });
        if !self.client.watches {
            self.watch(folder);
        }
        for document in std::mem::take(&mut self.early).into_values() {
            self.take_in(document);
        }
    }

    /// Watches the files, if the client doesn't.
    fn watch(&self, folder: std::path::PathBuf) {
        let events = self.events.clone();
        std::thread::spawn(move || {
            let Ok(files) = OnDisk::new(&folder) else { return };
            let Ok(saves) = Saves::of(&folder, &files, None, false, |_| {}) else { return };
            for changed in saves {
                if events.send(Event::Saved(changed)).is_err() {
                    return;
                }
            }
        });
    }

    /// Takes in what the engine tells.
    pub(super) fn told(&mut self, told: Told) {
        let Some(site) = &mut self.site else { return };
        match told {
            Told::Updated(snapshot) => {
                let failure = snapshot.failure.clone();
                let old = site.snapshot.replace(snapshot);
                // Dropping a large site takes a while, and somebody may be typing.
                rayon::spawn(move || drop(old));
                failure.iter().for_each(|failure| self.log(failure));
                self.publish();
                self.answer_waiting();
            }
            Told::Checked(number, found) => {
                let edition = site.snapshot.as_ref().and_then(|snapshot| snapshot.edition.clone());
                if let Some(edition) = edition.filter(|edition| edition.number() == number) {
                    site.late = ByFile::new();
                    publish::add(&mut site.late, &found, edition.tree(), &site.documents, self.client.encoding);
                    self.publish();
                }
            }
        }
    }

    /// Tells the client what is new of all findings.
    fn publish(&mut self) {
        let encoding = self.client.encoding;
        let Some(site) = &mut self.site else { return };
        let Some(snapshot) = &site.snapshot else { return };
        let mut now = publish::of_snapshot(snapshot, &site.documents, encoding);
        for (path, found) in &site.late {
            now.entry(path.clone()).or_default().extend(found.iter().cloned());
        }
        let told = site.published.update(now, &site.documents);
        for params in told {
            self.notify("textDocument/publishDiagnostics", &params);
        }
    }

    /// Answers the requests that the site now includes the texts of.
    fn answer_waiting(&mut self) {
        let reached = self.site.as_ref().and_then(|site| site.snapshot.as_ref()).map(|snapshot| snapshot.revision);
        let Some(reached) = reached else { return };
        let (ready, waiting) = std::mem::take(&mut self.waiting).into_iter().partition(|(revision, _)| *revision <= reached);
        self.waiting = waiting;
        let ready: Vec<_> = ready;
        for (revision, request) in ready {
            self.ask_now(revision, request);
        }
    }
}

/// All that is open, laid over the files: the site as it is at this moment.
pub(super) fn overlaid(site: &OpenSite) -> Overlay {
    let overlay = Overlay::new(site.files.clone());
    for (path, document) in &site.documents.open {
        overlay.lay(path, Some(document.text.clone()));
    }
    overlay
}
