//! What a file in the content folder is for, judging by its path.

/// What a content file contains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContentKind {
    /// The text of the front page: the `index.md` directly in the content folder.
    Front,
    /// A section or an ordinary page in Markdown.
    Page,
    /// Events: a list of them, or one.
    Events,
    /// Entities: a list of them, or one.
    Entities,
    /// Sources: a bibliography, or one of them.
    Sources,
    /// Claims: a list of them, or one.
    Claims,
    /// Terms: a list of them, or one.
    Terms,
}

/// What the program does with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileUse {
    /// Its text is read.
    Content(ContentKind),
    /// It is a picture, film, sound or document, or is in a `media` folder: pages may use it.
    Media,
    /// Nothing reads it. A page may still link to it.
    Unread,
    /// It is YAML, but its path doesn't say what kind of records it contains.
    Unplaced,
}

/// Extensions of pictures, films, sounds and documents, which belong next to the texts.
const MEDIA: &[&str] = &[
    "jpg", "jpeg", "jpe", "png", "gif", "webp", "avif", "svg", "heic", "heif", "tif", "tiff", "bmp", "ico", "jxl", "mp4",
    "m4v", "webm", "mov", "ogv", "avi", "mkv", "vtt", "srt", "mp3", "m4a", "ogg", "oga", "opus", "wav", "flac", "aac",
    "pdf",
];

/// A name's extension, in lower case; empty if it has none.
#[must_use]
pub fn ending(name: &str) -> String {
    name.rsplit_once('.').map_or_else(String::new, |(_, ending)| ending.to_ascii_lowercase())
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// A Markdown file's name without its extension, `.md` or `.markdown` in any case; `None` for any other file.
#[must_use]
pub fn markdown_stem(path: &str) -> Option<&str> {
    let (stem, ending) = file_name(path).rsplit_once('.')?;
    let is_markdown = ["md", "markdown"].iter().any(|known| ending.eq_ignore_ascii_case(known));
    (is_markdown && !stem.is_empty()).then_some(stem)
}

/// The name of a file of content without its ending; the name itself for any other file.
#[must_use]
pub fn content_stem(path: &str) -> &str {
    let name = file_name(path);
    markdown_stem(name).or_else(|| yaml_stem(name)).unwrap_or(name)
}

/// A YAML file's name without its extension, in any case; `None` for any other file.
fn yaml_stem(name: &str) -> Option<&str> {
    let (stem, ending) = name.rsplit_once('.')?;
    ["yaml", "yml"].iter().any(|known| ending.eq_ignore_ascii_case(known)).then_some(stem)
}

/// Whether a folder at `path` is named like a file that would be read. In `static/`, folders may have any name.
#[must_use]
pub fn is_named_like_a_file(path: &str, folder: &str) -> bool {
    match folder {
        "static" => false,
        "templates" => ending(path) == "html",
        _ => markdown_stem(path).is_some() || yaml_stem(file_name(path)).is_some(),
    }
}

/// Whether a sync program gave this name to a copy because two people had changed the same file.
#[must_use]
pub fn is_conflict_copy(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.contains(".sync-conflict-") || name.contains("conflicted copy")
}

/// What the file at `path`, relative to the content folder, is for.
#[must_use]
pub fn file_use(path: &str) -> FileUse {
    let (folder, _) = path.split_once('/').unwrap_or(("", path));
    let name = file_name(path);
    if is_conflict_copy(name) {
        return FileUse::Unread;
    }
    let records = |folder: &str| match folder {
        "events" => Some(ContentKind::Events),
        "entities" => Some(ContentKind::Entities),
        "sources" => Some(ContentKind::Sources),
        "claims" => Some(ContentKind::Claims),
        "glossary" => Some(ContentKind::Terms),
        _ => None,
    };
    if let Some(stem) = markdown_stem(path) {
        if let Some(kind) = records(folder) {
            return FileUse::Content(kind);
        }
        let is_front = folder.is_empty() && stem.split('.').next() == Some("index");
        return FileUse::Content(if is_front { ContentKind::Front } else { ContentKind::Page });
    }
    if let Some(stem) = yaml_stem(name).filter(|_| folder != "media") {
        let is_glossary = folder.is_empty() && stem == "glossary";
        let kind = records(folder).or(is_glossary.then_some(ContentKind::Terms));
        return kind.map_or(FileUse::Unplaced, FileUse::Content);
    }
    let is_in_media = path.rsplit_once('/').is_some_and(|(above, _)| above.split('/').any(|part| part == "media"));
    if is_in_media || MEDIA.contains(&ending(name).as_str()) { FileUse::Media } else { FileUse::Unread }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_say_what_a_file_holds() {
        assert_eq!(file_use("a/b/alliance.md"), FileUse::Content(ContentKind::Page));
        assert_eq!(file_use("events/2025/x.yml"), FileUse::Content(ContentKind::Events));
        assert_eq!(file_use("glossary.yaml"), FileUse::Content(ContentKind::Terms));
        assert_eq!(file_use("media/data.yaml"), FileUse::Media);
        assert_eq!(file_use("x.jpg"), FileUse::Media);
        assert_eq!(file_use("event.yaml"), FileUse::Unplaced);
    }

    #[test]
    fn a_record_may_have_its_own_file() {
        assert_eq!(file_use("events/2025/raid.md"), FileUse::Content(ContentKind::Events));
        assert_eq!(file_use("sources/ap.2025.Markdown"), FileUse::Content(ContentKind::Sources));
        assert_eq!(file_use("glossary/index.md"), FileUse::Content(ContentKind::Terms));
        assert_eq!(content_stem("content/sources/ap.2025.yaml"), "ap.2025");
        assert_eq!(content_stem("a/b.MD"), "b");
    }

    #[test]
    fn endings_count_in_any_case() {
        for name in ["x.md", "x.MD", "x.markdown", "x.Markdown", "x.es.MD"] {
            assert_eq!(file_use(name), FileUse::Content(ContentKind::Page), "{name}");
        }
        assert_eq!(file_use("events/x.YAML"), FileUse::Content(ContentKind::Events));
        assert_eq!(file_use("GLOSSARY.YAML"), FileUse::Unplaced, "folder and file names are case-sensitive");
        assert_eq!(file_use("glossary.YML"), FileUse::Content(ContentKind::Terms));
        assert_eq!(file_use("x.JPG"), FileUse::Media);
    }

    #[test]
    fn the_front_page_is_the_index_of_the_top_folder_only() {
        assert_eq!(file_use("index.md"), FileUse::Content(ContentKind::Front));
        assert_eq!(file_use("index.es.markdown"), FileUse::Content(ContentKind::Front));
        assert_eq!(file_use("alliance/index.md"), FileUse::Content(ContentKind::Page));
    }

    #[test]
    fn unread_files_are_known_by_name() {
        for name in [
            "x.mdx",
            "x.md.txt",
            "more.yaml.txt",
            "events.csv",
            "story.docx",
            "refs.bib",
            "md",
            "x",
            ".md",
            "x.sync-conflict-20250101-120000-ABCDEFG.md",
            "events/all (Jane's conflicted copy 2025-01-01).yaml",
        ] {
            assert_eq!(file_use(name), FileUse::Unread, "{name}");
        }
        for name in ["media/events.csv", "alliance/media/story.docx", "media/deep/x.zip", "x.pdf", "x.vtt"] {
            assert_eq!(file_use(name), FileUse::Media, "{name}");
        }
    }
}
