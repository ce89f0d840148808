//! The theme: templates in layers, and their faults as data, found before anything is rendered if possible
//! ([`interface`]); and its style sheets and fonts, ready to publish ([`assets`]).
//!
//! Built-in templates are registered as `default/NAME` and a site's own as `NAME`. Names are looked up among the site's
//! templates first, so that a whole file overrides a built-in one; `default/NAME` always means the built-in one, so
//! that an override can extend it. None of our filters and functions reads files, the network or the clock.
//!
//! Knows nothing about the model: it sees what `view` made, as serializable values.

pub mod assets;
pub mod color;
mod dependencies;
mod fault;
pub mod interface;
pub mod style;

use std::collections::BTreeMap;

pub use fault::{TemplateFault, TemplatePlace};
use interface::{Given, Interface};
use schemars::JsonSchema;
use serde::Serialize;
use tera::{Context, ErrorKind, Kwargs, State, Tera, Value};

use crate::base::{FileId, Span, TextRange, fingerprint};
use crate::diagnostics::Diagnostic;
use crate::language::Catalogue;
use crate::source::layers::{Layer, Template};

/// All templates, ready to render.
pub struct Theme {
    tera: Tera,
    /// The site's own templates, by name: where faults in them are reported.
    own: BTreeMap<String, (FileId, std::sync::Arc<String>)>,
    /// By name without its layer, a fingerprint of each template, everything that it can reach, and what all templates
    /// see.
    fingerprints: BTreeMap<String, u64>,
    /// What is wrong with templates that can still be rendered, up to that point.
    faults: Vec<Diagnostic>,
}

/// A finished piece of HTML that goes to many pages without being copied.
#[derive(Clone, Debug)]
pub struct Html {
    value: Value,
    fingerprint: u64,
}

impl Html {
    /// A piece with this text.
    #[must_use]
    pub fn new(html: &str) -> Self {
        Self { value: Value::safe_string(html), fingerprint: fingerprint(html) }
    }

    /// The piece with `insert` at the byte `at` of its text; `by` is a fingerprint of what the change depends on.
    #[must_use]
    pub fn with(&self, at: usize, insert: &str, by: &str) -> Self {
        let (before, behind) = self.as_str().split_at(at);
        let value = Value::safe_string(&[before, insert, behind].concat());
        Self { value, fingerprint: fingerprint(&(self.fingerprint, by)) }
    }

    /// Its text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.value.as_str().unwrap_or_default()
    }

    /// Its fingerprint.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        self.fingerprint
    }
}

/// The prefix of built-in templates.
const BUILT_IN: &str = "default/";
/// The prefix of a named theme's templates.
const NAMED: &str = "theme/";

impl Theme {
    /// Compiles every template, and checks it against `interface`, which says what each one gets. `site` is what all of
    /// them see under `site`; the catalog's `ui` table is `words`.
    ///
    /// # Errors
    /// The first fault that prevents compiling a template, because Tera stops there, and everything else that the check
    /// finds.
    pub fn load<S: Serialize + JsonSchema>(
        templates: &[Template],
        site: &S,
        words: &Catalogue,
        interface: Interface,
    ) -> Result<Self, Vec<Diagnostic>> {
        let (named, own) = named(templates);
        let mut theme = Self { tera: Tera::new(), own, fingerprints: BTreeMap::new(), faults: Vec::new() };
        let ui: BTreeMap<String, &str> =
            words.iter().filter_map(|(key, text)| Some((key.strip_prefix("ui.")?.replace('-', "_"), text))).collect();
        theme.faults = theme.check::<S>(&named, &ui, interface);
        if let Err(error) = theme.compile(&named, site, &ui) {
            let mut faults = vec![theme.fault(&error, None).into()];
            faults.append(&mut theme.faults);
            return Err(faults);
        }
        let globals = fingerprint(&(site, words.tag()));
        let reach = dependencies::fingerprints(&named, theme.tera.get_component_names());
        theme.fingerprints = reach.into_iter().map(|(name, reach)| (name, fingerprint(&(globals, reach)))).collect();
        Ok(theme)
    }

    fn compile(
        &mut self,
        named: &[(String, String)],
        site: &impl Serialize,
        words: &BTreeMap<String, &str>,
    ) -> tera::TeraResult<()> {
        // Each `include` of each page tries them in turn.
        let is_used = |prefix: &&str| named.iter().any(|(name, _)| name.starts_with(prefix));
        self.tera.set_fallback_prefixes([NAMED, BUILT_IN].into_iter().filter(is_used))?;
        self.tera.register_filter("safe", safe);
        self.tera.global_context().insert("site", site);
        self.tera.global_context().insert("words", words);
        self.tera.add_raw_templates(named.iter().map(|(name, text)| (name, text)))
    }

    fn check<S: JsonSchema>(
        &self,
        named: &[(String, String)],
        words: &BTreeMap<String, &str>,
        interface: Interface,
    ) -> Vec<Diagnostic> {
        let file = |name: &str| self.own.get(name).map(|(file, _)| *file);
        let sources = named.iter().map(|(name, text)| interface::Source { name, text, file: file(name) });
        interface::check::<S>(interface, &sources.collect::<Vec<_>>(), words.keys().cloned())
    }

    /// What is wrong with templates that compile: names in them that lead to nothing. A page that uses one of them
    /// can't be rendered.
    #[must_use]
    pub fn faults(&self) -> &[Diagnostic] {
        &self.faults
    }

    /// A fingerprint of everything that [`Self::load`] gets, including the places of faults.
    #[must_use]
    pub fn input(templates: &[Template], site: &impl Serialize, words: &Catalogue) -> u64 {
        fn each(template: &Template) -> (u8, &str, &str, Option<u32>) {
            (template.layer as u8, &template.name, &*template.text, template.file.map(|file| file.0))
        }
        fingerprint(&(templates.iter().map(each).collect::<Vec<_>>(), site, words.tag()))
    }

    /// A fingerprint of everything that goes into a page made with `template` besides the page's own context: the
    /// template, those that it can reach, and what all of them see. `None` if there is no such template, because then
    /// no page can be made.
    #[must_use]
    pub fn fingerprint(&self, template: &str) -> Option<u64> {
        self.fingerprints.get(template).copied()
    }

    /// Renders the template of a view.
    ///
    /// # Errors
    /// The fault, with the template, its line, and `page`, the path of what was being rendered.
    pub fn render<V: Given>(&self, view: &V, page: &str) -> Result<String, TemplateFault> {
        let mut out = Vec::with_capacity(1024);
        self.render_into(&mut out, view, &[], page)?;
        String::from_utf8(out).map_err(|_| TemplateFault {
            message: format!("the template {} made no UTF-8", V::TEMPLATE),
            place: None,
            page: Some(page.to_owned()),
        })
    }

    /// [`Self::render`] into `out`, with named pieces that are HTML already, such as the navigation.
    ///
    /// # Errors
    /// As [`Self::render`].
    pub fn render_into<V: Given>(
        &self,
        out: &mut impl std::io::Write,
        view: &V,
        pieces: &[(&'static str, Html)],
        page: &str,
    ) -> Result<(), TemplateFault> {
        let fault = |error: &tera::Error| self.fault(error, Some(page));
        let mut context = Context::from_serialize(view).map_err(|error| fault(&error))?;
        for (name, html) in pieces {
            context.insert_value(*name, html.value.clone());
        }
        self.tera.render_to(V::TEMPLATE, &context, out).map_err(|error| fault(&error))
    }

    /// A fault as data: with its place in one of the site's own templates, with name and line in a built-in one.
    fn fault(&self, error: &tera::Error, page: Option<&str>) -> TemplateFault {
        let page = page.map(str::to_owned);
        let (ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report)) = error.kind() else {
            return TemplateFault { message: error.to_string(), place: None, page };
        };
        let at = report.span();
        let place = match self.own.get(report.filename()) {
            Some((file, text)) => {
                let start = offset(text, at.start_line, at.start_col);
                let end = offset(text, at.end_line, at.end_col).max(start);
                TemplatePlace::Own(Span { file: *file, range: TextRange::new(start, end) })
            }
            None => TemplatePlace::BuiltIn { template: report.filename().to_owned(), line: at.start_line },
        };
        TemplateFault { message: report.message().to_owned(), place: Some(place), page }
    }
}

/// Templates by their full names, with their texts.
type Named = Vec<(String, String)>;

/// All templates under their full names, and the places of the site's own.
fn named(templates: &[Template]) -> (Named, BTreeMap<String, (FileId, std::sync::Arc<String>)>) {
    let mut own = BTreeMap::new();
    let mut named = Vec::with_capacity(templates.len());
    for template in templates {
        let name = match template.layer {
            Layer::Site => template.name.clone(),
            Layer::Theme => format!("{NAMED}{}", template.name),
            Layer::BuiltIn => format!("{BUILT_IN}{}", template.name),
        };
        if let Some(file) = template.file {
            own.insert(name.clone(), (file, template.text.clone()));
        }
        named.push((name, template.text.to_string()));
    }
    (named, own)
}

/// Tera's `safe`, without its copy of every body, and strict: an undefined value is an error here too.
fn safe(value: Value, _: Kwargs, _: &State<'_>) -> tera::TeraResult<Value> {
    if value.is_undefined() {
        return Err(tera::Error::message("`safe` needs a variable that is defined"));
    }
    Ok(value.mark_safe())
}

/// The byte at a line (from one) and a column (from zero, in characters).
fn offset(text: &str, line: usize, column: usize) -> usize {
    let mut start = 0;
    for (number, content) in text.split_inclusive('\n').enumerate() {
        if number + 1 == line {
            return start + content.char_indices().nth(column).map_or(content.trim_end().len(), |(at, _)| at);
        }
        start += content.len();
    }
    text.len()
}
