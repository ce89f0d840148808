//! How one file of the site comes about.

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
    /// What the file is made of can't be read, or not drawn.
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

/// What tells whether a file would come out as it is.
pub type Key = Box<dyn Fn(&RenderContext<'_>) -> Hash + Send + Sync>;

/// How a file comes about.
pub struct Recipe {
    /// What makes its bytes.
    make: Make,
    /// What kind of file that is.
    pub kind: FileKind,
    /// What in the author's files the file is there for, if there is one thing.
    pub made_for: Option<MadeFor>,
    /// Whether it is a page that leads on from an old address: then its only link is what stands at that place.
    pub is_redirect: bool,
    /// The author's file that is published as it is, by its path from the site's root, if it is one.
    pub file: Option<String>,
}

/// What in the author's files a file of the site is there for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MadeFor {
    /// A record, wherever it stands by now.
    Record(Arc<RecordKey>),
    /// What stands at this place.
    Place(Span),
}

/// What a build and a check have to do for a file.
pub enum FileKind {
    /// A page: its links are checked. It is amended if something was added to it that its template does not see.
    Page {
        /// Whether it is.
        is_amended: bool,
    },
    /// Any other file that can't always be made. A check makes it to look for faults.
    Fallible,
    /// A file that can always be made. A check need not make it.
    Infallible,
    /// A file that takes long to make and can always be made, with the hash of all that goes into it. A build that finds the
    /// file made of the same does not make it again, and a check does not make it at all.
    Keyed(Key),
}

impl Recipe {
    /// A page.
    #[must_use]
    pub fn page(make: Make) -> Self {
        Self { make, kind: FileKind::Page { is_amended: false }, made_for: None, is_redirect: false, file: None }
    }

    /// A page that leads on from the old address that stands at `origin`.
    #[must_use]
    pub fn redirect(make: Make, origin: Span) -> Self {
        Self { is_redirect: true, ..Self::page(make).for_place(origin) }
    }

    /// A file that can't always be made, such as one that is read from the disk.
    #[must_use]
    pub fn fallible(make: Make) -> Self {
        Self { make, kind: FileKind::Fallible, made_for: None, is_redirect: false, file: None }
    }

    /// A file that is written of what is known already.
    pub fn infallible(make: impl Fn(&RenderContext<'_>) -> Vec<u8> + Send + Sync + 'static) -> Self {
        Self {
            make: Box::new(move |site| Ok(make(site))),
            kind: FileKind::Infallible,
            made_for: None,
            is_redirect: false,
            file: None,
        }
    }

    /// A file that takes long to make, with the hash of all that goes into it.
    #[must_use]
    pub fn keyed(key: Key, make: Make) -> Self {
        Self { make, kind: FileKind::Keyed(key), made_for: None, is_redirect: false, file: None }
    }

    /// The same, for what stands at this place.
    #[must_use]
    pub fn for_place(self, place: Span) -> Self {
        Self { made_for: Some(MadeFor::Place(place)), ..self }
    }

    /// The same, for a record, if it is for one.
    #[must_use]
    pub fn for_record(self, record: Option<Arc<RecordKey>>) -> Self {
        Self { made_for: record.map(MadeFor::Record), ..self }
    }

    /// Where in the author's files stands what the file is there for; `of_record` knows where records do.
    pub fn place(&self, of_record: impl FnOnce(&RecordKey) -> Span) -> Option<Span> {
        self.made_for.as_ref().map(|made_for| match made_for {
            MadeFor::Record(record) => of_record(record),
            MadeFor::Place(place) => *place,
        })
    }

    /// The same, for a file of the author's that is published as it is, if it is one.
    #[must_use]
    pub fn of_file(self, path: Option<&str>) -> Self {
        Self { file: path.map(str::to_owned), ..self }
    }

    /// Whether it makes a page.
    #[must_use]
    pub fn is_page(&self) -> bool {
        matches!(self.kind, FileKind::Page { .. })
    }

    /// The hash of all that goes into a file that takes long to make.
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
    /// The fault of a template, its own or that of a part that it shows, or of a file that can't be read.
    pub fn evaluate(&self, site: &RenderContext<'_>) -> Result<Vec<u8>, RenderError> {
        self.evaluate_logging(site, &ReadLog::of_faults())
    }

    /// [`Self::evaluate`], which keeps in `log` what it reads.
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

    /// Puts additions, in their order, at the end of the page's own text, wherever a template has that. All at once: each of
    /// thousands by itself would copy the page again.
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
