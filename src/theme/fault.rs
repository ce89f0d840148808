//! What is wrong with a template, as data.

use crate::base::Span;
use crate::diagnostics::{Diagnostic, code};

/// A fault in a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateFault {
    /// What is wrong, in Tera's words.
    pub message: String,
    /// Where it is; `None` if Tera doesn't say.
    pub place: Option<TemplatePlace>,
    /// The path of the page being rendered; `None` if the fault appeared before any was.
    pub page: Option<String>,
}

/// A place in a template.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TemplatePlace {
    /// In one of the site's own.
    Own(Span),
    /// In a built-in one.
    BuiltIn {
        /// Its name.
        template: String,
        /// The line, from one.
        line: usize,
    },
}

impl From<TemplateFault> for Diagnostic {
    fn from(TemplateFault { message, place, page }: TemplateFault) -> Self {
        let message = match page {
            Some(page) => format!("{message}, while rendering /{page}"),
            None => message,
        };
        match place {
            Some(TemplatePlace::Own(span)) => {
                Self::error(code::TEMPLATE, span, message).help("the guide's page on themes lists what each template gets")
            }
            Some(TemplatePlace::BuiltIn { template, line }) => {
                Self::placeless(code::TEMPLATE, format!("in the template {template}, line {line}: {message}"))
            }
            None => Self::placeless(code::TEMPLATE, message),
        }
    }
}
