//! Films, sounds and documents as pages show them.

use super::html::Writer;
use super::{View, plain_text};
use crate::base::escape;
use crate::language::tag;
use crate::media::{Captions, Kind, Medium, sized};
use crate::model::{Destination, Linked, address};
use crate::syntax::indices::AddressIx;
use crate::syntax::markdown::{Markdown, Op, Tag};

/// The width of the picture that stands for a film, if it has one that is as wide: twice that of a column on a phone.
const POSTER: u32 = 960;

/// What a figure shows, as a class name.
pub(super) fn class_of(kind: Kind) -> &'static str {
    match kind {
        kind if kind.is_film() => "film",
        kind if kind.is_sound() => "sound",
        Kind::Document => "document",
        _ => "picture",
    }
}

impl<'m> View<'m> {
    /// A film, sound or document that can be shown; `None` for a picture and everything else.
    pub(super) fn film(&self, path: &str) -> Option<&'m Medium> {
        let medium = self.pictures.get(path)?;
        (class_of(medium.kind) != "picture" && medium.fault.is_none()).then_some(medium)
    }

    /// The address of one that a text shows; `None` for everything else.
    #[must_use]
    pub fn film_address(&self, destination: &Destination) -> Option<String> {
        let path = destination.media().filter(|path| self.film(path).is_some())?;
        Some(address::file(&escape::percent_encoded(path)))
    }

    /// Those that a longer text shows outside of blocks: the address of each, and what it shows.
    #[must_use]
    pub fn films_in(&self, linked: Linked<'_>, markdown: &Markdown) -> Vec<(String, String)> {
        let ops = markdown.ops.iter().enumerate();
        let films = ops.filter_map(|(at, op)| {
            let Op::Open(Tag::Picture(index)) = op else { return None };
            let url = self.film_address(&linked.destinations[*index])?;
            let inside = &markdown.ops[at + 1..];
            let end = inside.iter().position(|op| *op == Op::Close(Tag::Picture(*index))).unwrap_or_default();
            let mut words = String::new();
            plain_text::words(&mut words, self, linked, markdown, &inside[..end], &mut |_, _| {});
            Some((url, words))
        });
        films.collect()
    }

    /// Whether a longer text shows one.
    pub(super) fn has_films(&self, linked: Linked<'_>) -> bool {
        let shown = linked.pieces.addresses.iter().zip(linked.destinations);
        shown
            .filter(|(address, _)| address.usage.takes_films())
            .any(|(_, destination)| destination.media().is_some_and(|path| self.film(path).is_some()))
    }

    /// Opens a film, sound or document, up to the words that say what it shows; `part` is the page of a document, or the
    /// time of a film, to open it at.
    pub(super) fn open_film(&self, out: &mut String, path: &str, medium: &Medium, part: Option<&str>) {
        let url = address::file(&escape::percent_encoded(path));
        if medium.kind == Kind::Document {
            out.push_str("<a class=\"document\" href=\"");
            out.push_str(&url);
            push_part(out, part);
            out.push_str("\">");
            return;
        }
        let tag = if medium.kind.is_film() { "<video playsinline" } else { "<audio" };
        out.push_str(&format!("{tag} controls preload=\"none\" src=\"{url}"));
        push_part(out, part);
        out.push('"');
        if let Some((width, height)) = medium.size {
            out.push_str(&format!(" width=\"{width}\" height=\"{height}\""));
            out.push_str(if height > width { " class=\"upright\"" } else { "" });
        }
        if let Some(poster) = self.poster(path) {
            out.push_str(&format!(" poster=\"{poster}\""));
        }
        out.push_str(LABEL);
    }

    /// The address of the picture that stands for a film.
    fn poster(&self, path: &str) -> Option<String> {
        let poster = self.pictures.companions(path)?.poster.as_ref()?;
        let medium = self.pictures.get(poster).filter(|medium| medium.kind.is_picture() && medium.fault.is_none())?;
        let encoded = escape::percent_encoded(poster);
        let widths = medium.widths();
        let width = widths.iter().find(|width| **width >= POSTER).or(widths.last());
        Some(address::file(&width.map_or(encoded.clone(), |width| sized(&encoded, *width))))
    }

    /// Closes what [`Self::open_film`] opened. If it is a figure, a line says what the file is; on paper, also where it is.
    pub(super) fn close_film(&self, out: &mut String, path: &str, medium: &Medium, is_figure: bool) {
        let facts = escape::html_string(&self.facts(medium));
        if medium.kind == Kind::Document {
            out.push_str("</a> <span class=\"media-file\">");
            out.push_str(&facts);
            out.push_str("</span>");
            return;
        }
        // On paper there is nothing to play, so the words are printed.
        let words = out.rfind(LABEL).map(|at| out[at + LABEL.len()..].to_owned()).unwrap_or_default();
        out.push_str("\">");
        self.tracks(out, path);
        out.push_str(if medium.kind.is_film() { "</video>" } else { "</audio>" });
        if is_figure {
            let url = address::file(&escape::percent_encoded(path));
            let public = escape::html_string(&self.public(&url));
            // Whoever listens has only these words, so they are there for everybody.
            let class = if medium.kind.is_film() { "on-paper" } else { "media-title" };
            out.push_str(&format!(
                "\n<p class=\"media-file\"><span class=\"{class}\">{words} </span><a href=\"{url}\" data-address=\"{public}\">{facts}</a></p>\n"
            ));
        }
    }

    /// The captions of a film: each with the name that its language has for itself, if there are several.
    fn tracks(&self, out: &mut String, path: &str) {
        let tracks = self.pictures.companions(path).map(|beside| beside.captions.as_slice()).unwrap_or_default();
        let language = |tag: &str| tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
        for Captions { language: tag, path } in tracks {
            let url = address::file(&escape::percent_encoded(path));
            let tag = tag.as_deref().unwrap_or(self.language());
            // A translation says what is spoken; what is heard besides is only in the captions of the film's own language.
            let kind = if language(tag) == language(self.language()) { "captions" } else { "subtitles" };
            let label = if tracks.len() == 1 { self.words.get("ui.captions") } else { tag::own_name(tag) };
            let [tag, label] = [tag, label].map(escape::html_string);
            out.push_str(&format!("<track kind=\"{kind}\" src=\"{url}\" srclang=\"{tag}\" label=\"{label}\">"));
        }
    }

    /// What a file is: “Video (MP4, 0:42, 1.2 MB).”
    fn facts(&self, medium: &Medium) -> String {
        let word = match class_of(medium.kind) {
            "film" => "ui.film",
            "sound" => "ui.sound",
            _ => "ui.document",
        };
        let format = Some(medium.kind.format()).filter(|_| medium.kind != Kind::Document).map(str::to_owned);
        let size = Some(self.file_size(medium.length));
        let pages = medium.pages.map(|pages| self.words.count("count.document-pages", pages as usize));
        let facts: Vec<String> = [format, medium.seconds.map(clock), size, pages].into_iter().flatten().collect();
        let [open, close, comma] = ["ui.bracket-open", "ui.bracket-close", "ui.comma"].map(|key| self.words.get(key));
        [self.words.get(word), open, &facts.join(comma), close].concat()
    }

    /// “820 KB”, “1.2 MB”, “12 MB”, with the decimals of the language.
    fn file_size(&self, bytes: u64) -> String {
        let tenths = bytes.saturating_add(50_000) / 100_000;
        let (key, number) = match tenths {
            0..10 => ("size.kilobytes", bytes.div_ceil(1000).max(1).to_string()),
            10..100 if !tenths.is_multiple_of(10) => ("size.megabytes", format!("{}.{}", tenths / 10, tenths % 10)),
            _ => ("size.megabytes", (tenths / 10).to_string()),
        };
        self.words.fill(key, &[("n", &self.words.decimal(&number))])
    }
}

/// What precedes the words in the tag of a film or sound.
const LABEL: &str = " aria-label=\"";

/// Appends the part of a document that an address names.
pub(super) fn push_part(out: &mut String, part: Option<&str>) {
    if let Some(part) = part {
        out.push('#');
        escape::html(out, part);
    }
}

/// “0:42”, “1:02:03”.
fn clock(seconds: u32) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

impl<'m> Writer<'_, 'm> {
    /// The path of the film, sound or document at an address, and what it is; `None` if it is a picture or nothing.
    pub(super) fn film_at(&self, at: AddressIx) -> Option<(&'m str, &'m Medium)> {
        let Destination::Media(path) = self.destination(at) else { return None };
        Some((path, self.view().film(path)?))
    }
}
