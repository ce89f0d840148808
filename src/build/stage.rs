//! The stages of a build, for whoever measures or shows how far it is.

/// A stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Files are read.
    Read,
    /// Each is parsed by itself.
    Parse,
    /// Pointers are resolved, and the model is made.
    Resolve,
    /// The rules are asked, and in a preview the finished pages as well.
    Check,
    /// The theme is compiled, and formats say which files there will be.
    Plan,
    /// Pages are made for the check alone.
    Pages,
    /// Files are made and written.
    Write,
}

impl Stage {
    /// Its name, as it is printed beside its time.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Parse => "parse",
            Self::Resolve => "resolve",
            Self::Check => "check",
            Self::Plan => "plan",
            Self::Pages => "pages",
            Self::Write => "write",
        }
    }
}

/// Whoever is told of each stage that has ended.
pub type OnStage<'a> = dyn FnMut(Stage) + 'a;
