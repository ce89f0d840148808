//! How one file of the site is made.

use std::sync::Arc;

use super::RenderContext;
use crate::base::{Hash, Span};
use crate::diagnostics::Diagnostic;
use crate::model::RecordKey;
use crate::model::read::ReadLog;
use crate::theme::TemplateFault;

/// What makes a file's bytes.
pub type Make = Box<dyn Fn(&RenderContext<'_>) -> Result<Vec<u8>, RenderError> + Send + Sync>;

/// What makes something that is added to a page.
pub(super) type Addition = Box<dyn Fn(&RenderContext<'_>) -> Vec<u8> + Send + Sync>;

/// Why a file can't be made.
#[derive(Clone, Debug)]
pub enum RenderError {
    /// A template has a fault.
    Template(TemplateFault),
    /// What the file is made from can't be read, or can't be drawn.
    File(Diagnostic),
}

impl From<TemplateFault> for RenderError {
    fn from(fault: TemplateFault) -> Self {
        Self::Template(fault)
    }
}

impl From<RenderError> for Diagnostic {
    fn from(error: RenderError) -> Self {
        match error {
            RenderError::Template(fault) => fault.into(),
            RenderError::File(diagnostic) => diagnostic,
        }
    }
}

/// What tells whether a file would come out the same.
pub type Key = Box<dyn Fn(&RenderContext<'_>) -> Hash + Send + Sync>;

/// How to make a file.
pub struct Recipe {
    /// What makes its bytes.
    make: Make,
    /// What kind of file it is.
    pub kind: FileKind,
    /// The thing in the author's files that the file exists for, if there is exactly one.
    pub made_for: Option<MadeFor>,
    /// Whether it is a page that redirects from an old address. If so, its only link is what the author wrote there.
    pub is_redirect: bool,
    /// The path from the site's root of the author's file that is published unchanged, if it is one.
    pub file: Option<String>,
}

/// The thing in the author's files that a file of the site exists for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MadeFor {
    /// A record, wherever it is by now.
    Record(Arc<RecordKey>),
    /// What is written at this place.
    Place(Span),
}

/// What a build and a check need to do for a file.
pub enum FileKind {
    /// A page: its links are checked. It is amended if something was added to it that its template doesn't see.
    Page {
        /// Whether something was added.
        is_amended: bool,
    },
    /// Any other file that may fail to be made. A check makes it to look for faults.
    Fallible,
    /// A file that can always be made. A check doesn't need to make it.
    Infallible,
    /// A file that can always be made, but slowly, with a hash of everything that goes into it. A build doesn't make it
    /// again if the file from last time has the same hash, and a check doesn't make it at all.
    Keyed(Key),
}

impl Recipe {
    /// A page.
    #[must_use]
    pub fn page(make: Make) -> Self {
        Self { make, kind: FileKind::Page { is_amended: false }, made_for: None, is_redirect: false, file: None }
    }

    /// A page that redirects from the old address written at `origin`.
    #[must_use]
    pub fn redirect(make: Make, origin: Span) -> Self {
        Self { is_redirect: true, ..Self::page(make).for_place(origin) }
    }

    /// A file that may fail to be made, such as one that is read from the disk.
    #[must_use]
    pub fn fallible(make: Make) -> Self {
        Self { make, kind: FileKind::Fallible, made_for: None, is_redirect: false, file: None }
    }

    /// A file made from what is known already.
    pub fn infallible(make: impl Fn(&RenderContext<'_>) -> Vec<u8> + Send + Sync + 'static) -> Self {
        Self {
            make: Box::new(move |site| Ok(make(site))),
            kind: FileKind::Infallible,
            made_for: None,
            is_redirect: false,
            file: None,
        }
    }

    /// A file that is slow to make, with a hash of everything that goes into it.
    #[must_use]
    pub fn keyed(key: Key, make: Make) -> Self {
        Self { make, kind: FileKind::Keyed(key), made_for: None, is_redirect: false, file: None }
    }

    /// The same, for what is written at this place.
    #[must_use]
    pub fn for_place(self, place: Span) -> Self {
        Self { made_for: Some(MadeFor::Place(place)), ..self }
    }

    /// The same, for a record, if it is for one.
    #[must_use]
    pub fn for_record(self, record: Option<Arc<RecordKey>>) -> Self {
        Self { made_for: record.map(MadeFor::Record), ..self }
    }

    /// Where in the author's files the thing is that the file exists for; `of_record` knows where records are.
    pub fn place(&self, of_record: impl FnOnce(&RecordKey) -> Span) -> Option<Span> {
        self.made_for.as_ref().map(|made_for| match made_for {
            MadeFor::Record(record) => of_record(record),
            MadeFor::Place(place) => *place,
        })
    }

    /// The same, for one of the author's files that is published unchanged, if it is one.
    #[must_use]
    pub fn of_file(self, path: Option<&str>) -> Self {
        Self { file: path.map(str::to_owned), ..self }
    }

    /// Whether it makes a page.
    #[must_use]
    pub fn is_page(&self) -> bool {
        matches!(self.kind, FileKind::Page { .. })
    }

    /// The hash of everything that goes into a file that is slow to make.
    #[must_use]
    pub fn key(&self, site: &RenderContext<'_>) -> Option<Hash> {
        match &self.kind {
            FileKind::Keyed(key) => Some(key(site)),
            FileKind::Page { .. } | FileKind::Fallible | FileKind::Infallible => None,
        }
    }

    /// Makes the file.
    ///
    /// # Errors
    /// A fault in a template, its own or that of a part it shows, or a file that can't be read.
    pub fn evaluate(&self, site: &RenderContext<'_>) -> Result<Vec<u8>, RenderError> {
        self.evaluate_logging(site, &ReadLog::of_faults())
    }

    /// [`Self::evaluate`], recording what it reads in `log`.
    ///
    /// # Errors
    /// As [`Self::evaluate`].
    pub fn evaluate_logging(&self, site: &RenderContext<'_>, log: &ReadLog) -> Result<Vec<u8>, RenderError> {
        let bytes = (self.make)(&site.logging(log))?;
        match log.faulty_entry().and_then(|event| site.entries.fault(event)) {
            Some(fault) => Err(fault.clone().into()),
            None => Ok(bytes),
        }
    }

    /// Puts additions, in their order, at the end of the page's main text, wherever a template has that. It adds them
    /// all at once: with thousands, adding each separately would copy the page each time.
    pub(super) fn amend(&mut self, additions: Vec<Addition>) {
        let make = std::mem::replace(&mut self.make, Box::new(|_| Ok(Vec::new())));
        self.make = Box::new(move |site| {
            let page = make(site)?;
            let ends = [&b"</main>"[..], b"</body>"].into_iter().find_map(|end| memchr::memmem::rfind(&page, end));
            let (before, behind) = page.split_at(ends.unwrap_or(page.len()));
            let mut out = before.to_vec();
            additions.iter().for_each(|addition| out.extend(addition(site)));
            out.extend_from_slice(behind);
            Ok(out)
        });
        self.kind = FileKind::Page { is_amended: true };
    }
}
