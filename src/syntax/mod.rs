//! Parses a file's text into what it says, without knowing any other file.
//!
//! YAML and TOML become one located tree ([`node`]); the decoder ([`decode`]) turns it into records and collects
//! everything that is wrong. Markdown becomes a flat list of operations ([`markdown`]). Everything that points
//! elsewhere is collected in the record's [`pieces`], and the model resolves it later.
//!
//! Knows nothing about other files, a site's settings beyond [`Options`], HTML, or the disk.

pub mod body;
pub mod decode;
pub mod edited;
pub mod empty;
mod entities;
mod fields;
pub mod file;
mod file_name;
pub mod front_matter;
pub mod indices;
pub mod json;
pub mod kinds;
pub mod markdown;
mod merge;
pub mod node;
pub mod pieces;
pub mod record;
mod record_file;
pub mod references;
mod reuse;
pub mod schema;
pub mod shape;
mod slips;
pub mod source_map;
#[cfg(test)]
mod tests;
pub mod text;
mod toml;
mod toml_slips;
mod written;
mod yaml;
mod zone;

pub use body::Body;
pub use decode::{Decode, Decoder};
pub use file::{Parsed, parse_file};
pub use pieces::References;
pub use record::{Content, Record};
pub use shape::{Field, Lines, RecordShape, Shape};
pub use toml::{line_of, parse as parse_toml};
pub use written::Written;
pub use yaml::parse as parse_yaml;
pub use zone::ZoneName;

use crate::language::quotes::Quotes;

/// The few settings of a site that change what a text says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Straight quotes and double hyphens become typographic ones.
    pub smart_punctuation: bool,
    /// The site's time zone, if it names one; for messages about times without an offset.
    pub zone: Option<ZoneName>,
    /// What straight quotes become in texts without a language.
    pub quotes: Quotes,
}

impl Default for Options {
    fn default() -> Self {
        Self { smart_punctuation: true, zone: None, quotes: Quotes::ENGLISH }
    }
}
