//! The stages of a build, for measuring them or showing progress.

/// A stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Reads files.
    Read,
    /// Parses each file on its own.
    Parse,
    /// Resolves pointers, and makes the model.
    Resolve,
    /// Runs the rules and, in a preview, checks the finished pages.
    Check,
    /// Compiles the theme; formats plan the files.
    Plan,
    /// Makes pages for a check only.
    Pages,
    /// Makes and writes files.
    Write,
}

impl Stage {
    /// The stage's name, as printed next to its time.
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

/// A callback for the end of each stage.
pub type OnStage<'a> = dyn FnMut(Stage) + 'a;
