//! A site's settings, before anything else of it is read.

use super::Failure;
use super::pipeline::Request;
use crate::base::{Span, TextRange};
use crate::config::{self, Config};
use crate::diagnostics::{Diagnostic, code};
use crate::source::tree::BOOK;
use crate::source::{Files, SourceTree};

/// The time zone of a site; UTC if its settings can't be read, which is an error later on.
#[must_use]
pub fn time_zone(files: &dyn Files) -> jiff::tz::TimeZone {
    let text = files.read("book.toml").ok().and_then(|bytes| String::from_utf8(bytes).ok());
    text.and_then(|text| config::read(&text, None).0).map_or(jiff::tz::TimeZone::UTC, |config| config.time_zone)
}

/// Reads `book.toml`, and returns a tree with it alone.
pub(super) fn settings(
    request: &Request,
    files: &dyn Files,
) -> Result<(SourceTree, Option<Config>, Vec<Diagnostic>), Failure> {
    if !files.is_inside("book.toml") && files.read("book.toml").is_ok() {
        return Err(Failure::Usage(
            "book.toml is a link that leads outside the site: copy the file into the site".to_owned(),
        ));
    }
    let bytes = files.read("book.toml").map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => Failure::Usage(format!(
            "there is no book.toml in {}: name the folder of a site, or create a book.toml there that says\n\n    [book]\n    title = \"The site's title\"\n",
            request.root.display()
        )),
        _ => Failure::io("book.toml can't be read")(error),
    })?;
    let text = String::from_utf8_lossy(&bytes);
    let tree = SourceTree::new(&text);
    let (config, mut diagnostics) = config::read(&text, request.base_url.as_deref());
    if let Err(error) = std::str::from_utf8(&bytes) {
        let start = error.valid_up_to();
        let span = Span { file: BOOK, range: TextRange::new(start, start + 1) };
        let message = "book.toml is not UTF-8";
        diagnostics.push(Diagnostic::error(code::INVALID_UTF8, span, message).help("save it as UTF-8 in your editor"));
        return Ok((tree, None, diagnostics));
    }
    Ok((tree, config, diagnostics))
}

/// The error that the content folder does not exist. That is a mistake, not an empty site.
pub(super) fn no_content(config: &Config, files: &dyn Files) -> Diagnostic {
    let src = &config.src;
    let named_otherwise = |name: &String| name.to_lowercase() == src.to_lowercase();
    let help = match files.folders().into_iter().find(named_otherwise) {
        Some(name) => format!("rename the folder `{name}` to `{src}`; names are case-sensitive"),
        None => {
            format!("create the folder `{src}` and put a Markdown file in it, or set `src` under [book] to another folder")
        }
    };
    let message = format!("the content folder `{src}` does not exist");
    Diagnostic::error(code::UNREADABLE, config::book_span(config.src_range), message).help(help)
}
