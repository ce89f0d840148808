//! What a preview needs to know from `book.toml`.

use std::path::{Path, PathBuf};

use super::scan::{WatchPaths, normal};
use crate::config::{self, Config, Editor};
use crate::language::Catalogue;
use crate::source::Files;

/// The settings that a preview uses. They stay in use while `book.toml` can't be read, like the site itself.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The path that the site lives under, with a slash at both ends.
    pub base: String,
    /// What to watch.
    pub watched: WatchPaths,
    /// Those of its folders that come from `extra-watch-dirs`.
    pub further: Vec<String>,
    /// The command that opens a file.
    pub editor: Option<Editor>,
    /// The texts of the bar.
    pub words: Catalogue,
    /// The tags of the site's languages.
    pub tags: Vec<String>,
    /// The time zone for showing times.
    pub time_zone: jiff::tz::TimeZone,
}

impl Settings {
    /// The settings of the site in `root`, with defaults for what `book.toml` does not say. `None` if it can't be
    /// read.
    #[must_use]
    pub fn read(root: &Path, files: &dyn Files, output: Option<&Path>, base_url: Option<&str>) -> Option<Self> {
        let text = String::from_utf8(files.read("book.toml").ok()?).ok()?;
        let config = config::read(&text, base_url).0?;
        Some(Self {
            base: config.base_path.clone(),
            watched: paths(root, Some(&config), output),
            further: further(&config),
            words: config.catalogue(),
            tags: config.languages.iter().map(|language| language.tag.clone()).collect(),
            editor: config.editor,
            time_zone: config.time_zone,
        })
    }

    /// The settings of a site whose `book.toml` can't be read.
    #[must_use]
    pub fn unknown(root: &Path, output: Option<&Path>) -> Self {
        Self {
            base: "/".to_owned(),
            watched: paths(root, None, output),
            further: Vec::new(),
            editor: None,
            words: Catalogue::load("en"),
            tags: Vec::new(),
            time_zone: jiff::tz::TimeZone::UTC,
        }
    }
}

fn further(config: &Config) -> Vec<String> {
    let folders = config.watched.iter().map(|folder| folder.trim_matches('/').trim_start_matches("./").to_owned());
    folders.filter(|folder| !matches!(folder.as_str(), "" | ".")).collect()
}

fn paths(root: &Path, config: Option<&Config>, output: Option<&Path>) -> WatchPaths {
    let content = config.map_or("content", |config| &config.src);
    let mut folders: Vec<String> = [content, "templates", "static"].map(str::to_owned).to_vec();
    let mut files = vec!["book.toml".to_owned()];
    let build_dir = config.map_or("site", |config| &config.build_dir.value);
    let mut except = vec![root.join(build_dir)];
    except.extend(output.map(Path::to_owned));
    if let Some(config) = config {
        folders.extend(further(config));
        let named = config.additional_css.iter().chain(&config.additional_js);
        files.extend(named.map(|file| file.value.trim_start_matches("./").to_owned()));
    }
    // Both as written and with links followed: messages may use either.
    let real: Vec<PathBuf> = except.iter().filter_map(|folder| folder.canonicalize().ok()).collect();
    let mut except: Vec<_> = except.iter().map(|folder| normal(folder)).chain(real).collect();
    except.sort();
    except.dedup();
    WatchPaths { root: root.to_owned(), folders, files, except }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::files::InMemory;

    #[test]
    fn the_plan_follows_the_settings() {
        let book = "[book]\ntitle = \"T\"\nsrc = \"text\"\n[build]\nbuild-dir = \"out\"\nextra-watch-dirs = [\"data/\", \"../shared\"]\n[output.html]\nadditional-css = [\"./own.css\"]\nsite-url = \"/x/\"\n";
        let files = InMemory([("book.toml".to_owned(), book.into())].into());
        let settings = Settings::read(Path::new("/s"), &files, Some(Path::new("/s/../o")), None).unwrap();
        assert_eq!(settings.base, "/x/");
        assert_eq!(settings.watched.folders, ["text", "templates", "static", "data", "../shared"]);
        assert_eq!(settings.watched.files, ["book.toml", "own.css"]);
        assert_eq!(settings.watched.except, [Path::new("/o"), Path::new("/s/out")]);
        let broken = InMemory([("book.toml".to_owned(), b"[book".to_vec())].into());
        assert!(Settings::read(Path::new("/s"), &broken, None, None).is_none());
        assert_eq!(Settings::unknown(Path::new("/s"), None).watched.folders[0], "content");
    }
}
