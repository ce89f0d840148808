//! Configurations of tools in which editors write: Sveltia CMS, Decap CMS, Pages CMS, and Front Matter for VS Code. Each is made from
//! the tables that parse records, so it knows what a field takes, which are required, and which records an id may name.
//!
//! The tools edit [records in files of their own](crate::syntax::kinds::record_file_shape). What a tool can't show of a record is
//! left out, and stays in the file; [`misfits`] finds what is written in a way that a tool would show wrongly.

mod front_matter;
mod input;
mod misfits;
mod pages;
mod sveltia;

pub use misfits::misfits;

use input::{Input, Named};

use crate::choice;
use crate::edit::Value;
use crate::source::ContentKind;
use crate::syntax::kinds::record_file_shape;
use crate::syntax::{RecordShape, Shape};

choice! {
    /// A tool.
    pub enum Tool {
        /// Sveltia CMS.
        Sveltia = "sveltia",
        /// Decap CMS, formerly Netlify CMS.
        Decap = "decap",
        /// Pages CMS.
        Pages = "pages",
        /// Front Matter, an extension for VS Code.
        FrontMatter = "frontmatter",
    }
}

/// What a configuration says of the site.
#[derive(Clone, Debug, Default)]
pub struct Site {
    /// The folder of the content.
    pub content: String,
    /// The site's absolute address, if it has one.
    pub base_url: Option<String>,
    /// Where its source can be read, if the settings say so.
    pub repository: Option<String>,
}

/// Records of one kind, each in a file of its own.
struct Collection {
    name: &'static str,
    /// What they are called: several, and one.
    labels: [&'static str; 2],
    /// Their folder below that of the content.
    folder: &'static str,
    /// The field that says what one of them is called.
    title: &'static str,
    /// Further fields that tell records apart in a list.
    beside: &'static [&'static str],
    fields: Vec<Named>,
}

impl Collection {
    /// Whether its records have their id in the file; the others have it in the file's name alone.
    fn has_id(&self) -> bool {
        self.fields.first().is_some_and(|field| field.key == "id")
    }

    /// The path of its folder.
    fn path(&self, site: &Site) -> String {
        [site.content.as_str(), self.folder].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/")
    }
}

/// The configuration of a tool for a site.
#[must_use]
pub fn configuration(tool: Tool, site: &Site) -> String {
    match tool {
        Tool::Sveltia | Tool::Decap => sveltia::configuration(tool, site),
        Tool::Pages => pages::configuration(site),
        Tool::FrontMatter => front_matter::configuration(site),
    }
}

/// Where a tool looks for its configuration, from the site's folder.
#[must_use]
pub fn place(tool: Tool) -> &'static str {
    match tool {
        Tool::Sveltia | Tool::Decap => "static/admin/config.yml",
        Tool::Pages => ".pages.yml",
        Tool::FrontMatter => "frontmatter.json",
    }
}

/// Everything that a tool edits.
fn collections() -> Vec<Collection> {
    let record = |kind: ContentKind, name: Option<&str>| {
        let shape = record_file_shape(kind);
        let fits = |record: &&RecordShape| name.is_none_or(|name| record.name == name);
        let found = match &shape {
            Shape::Record(record) => Some(record).filter(fits).cloned(),
            Shape::OneOf(shapes) => {
                let mut records =
                    shapes.iter().filter_map(|shape| if let Shape::Record(record) = shape { Some(record) } else { None });
                records.find(fits).cloned()
            }
            _ => None,
        };
        found.map(|record| with_id(kind, input::fields(&record))).unwrap_or_default()
    };
    let collection =
        |name, labels, folder, title, beside, fields| Collection { name, labels, folder, title, beside, fields };
    vec![
        collection("pages", ["Sections and pages", "Section or page"], "", "title", &[], record(ContentKind::Page, None)),
        collection("events", ["Events", "Event"], "events", "title", &["date"], record(ContentKind::Events, None)),
        collection(
            "entities",
            ["People, organizations, places", "Person, organization or place"],
            "entities",
            "name",
            &["kind"],
            record(ContentKind::Entities, Some("EntityFile")),
        ),
        collection(
            "authors",
            ["Authors", "Author"],
            "entities/authors",
            "name",
            &["role"],
            record(ContentKind::Entities, Some("AuthorFile")),
        ),
        collection(
            "sources",
            ["Sources", "Source"],
            "sources",
            "title",
            &["publisher", "date"],
            record(ContentKind::Sources, None),
        ),
        collection("claims", ["Claims", "Claim"], "claims", "text", &["status"], record(ContentKind::Claims, None)),
        collection("terms", ["Glossary", "Term"], "glossary", "term", &[], record(ContentKind::Terms, None)),
    ]
}

/// The fields of a record's file: its id has to be typed, because the tools make other names for files than this format takes; and
/// an author is nothing else.
fn with_id(kind: ContentKind, mut fields: Vec<Named>) -> Vec<Named> {
    for field in &mut fields {
        if field.key == "id" {
            field.required = true;
            let what = if kind == ContentKind::Sources { "What citations call it" } else { "What links call it" };
            field.hint = format!("{what}, and the name of its file. It can't be changed later.");
        }
        // Its file is named after it.
        field.required |= field.key == "title" && kind == ContentKind::Page;
        if let Input::Choice(words) = field.input
            && let [only] = words
        {
            field.input = Input::Fixed(only);
        }
    }
    fields
}

/// The fields of a group. In one that may be left out, the tools would ask for what a group has to have, whether it is there or not.
fn inner(fields: &[Named], is_asked: bool) -> Vec<Named> {
    fields.iter().map(|field| Named { required: field.required && is_asked, ..field.clone() }).collect()
}

/// A word of a configuration.
fn plain(text: impl Into<String>) -> Value {
    Value::Plain(text.into())
}

fn text(text: impl Into<String>) -> Value {
    Value::Text(text.into())
}

fn pair(key: &str, value: Value) -> (String, Value) {
    (key.to_owned(), value)
}
