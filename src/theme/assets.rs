//! Prepares the theme's own files for publishing: one style sheet, names that change with a file's content, the script
//! that is in every page, and the policy that allows this script and little else.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::color::{Color, token};
use super::style;
use crate::base::hash::allowed_script;
use crate::base::{At, Hash};
use crate::config::{self, ThemeTable};
use crate::diagnostics::{Diagnostic, code};
use crate::source::layers::THEME;

/// The sheet that imports all others.
const SHEET: &str = "theme.css";
/// The script in the head of every page, so that the reader's choice of theme applies before the first paint.
const SCRIPT: &str = "head.js";
/// The contrast that text needs to be readable (WCAG 2.2, 1.4.3).
const READABLE: f64 = 4.5;

/// The theme's files, ready to publish.
#[derive(Debug, Default)]
pub struct Assets {
    /// Bytes by path in the output.
    pub files: BTreeMap<String, Cow<'static, [u8]>>,
    /// The path in the output of every file, by its path below `static/theme/`; the joined sheet is under `theme.css`.
    pub paths: BTreeMap<String, String>,
    /// The script for the head of every page.
    pub script: String,
    /// The Content-Security-Policy (Level 3) of every page: the site's own files, that script, and nothing else. It is
    /// in two parts; a page's own additions go between them.
    pub policy: [String; 2],
    /// The colors of the paper, for the frame that browsers draw around a page: light, then dark.
    pub paper: Option<[String; 2]>,
}

/// The name of a file, which changes with its content, so that browsers may cache it forever.
fn fingerprinted(path: &str, bytes: &[u8]) -> String {
    let hash = Hash::of(bytes).to_string();
    let (stem, extension) = path.rsplit_once('.').unwrap_or((path, ""));
    format!("{THEME}{stem}.{}.{extension}", &hash[..10])
}

/// Whether a file keeps its name: licenses, which people look for.
fn keeps_name(path: &str) -> bool {
    !matches!(path.rsplit_once('.'), Some((_, "woff2" | "woff" | "ttf" | "otf" | "svg" | "png" | "ico" | "js" | "css")))
}

/// Prepares the theme's files. `files` are their bytes by path below `static/theme/`; `is_static` says whether the site
/// has a static file at a path.
#[must_use]
pub fn assets(
    files: &BTreeMap<String, Cow<'static, [u8]>>,
    settings: &ThemeTable,
    is_static: &dyn Fn(&str) -> bool,
) -> (Assets, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let mut out = Assets::default();
    let text = |path: &str| files.get(path).map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    let address = |path: &str| {
        let bytes = files.get(path)?;
        // Addresses in the sheet are relative to the sheet's own folder.
        Some(fingerprinted(path, bytes).trim_start_matches(THEME).to_owned())
    };
    let joined = style::join(SHEET, &text, &address).unwrap_or_else(|faults| {
        diagnostics.extend(faults.into_iter().map(|fault| {
            let place = format!("static/theme/{}, line {}, column {}", fault.path, fault.line, fault.column);
            Diagnostic::placeless(code::TEMPLATE, format!("in {place}: {}", fault.message))
        }));
        style::Joined::default()
    });
    let mut sheet = joined.text;
    let paper = token(&sheet, "paper");
    sheet.push_str(&settings_sheet(settings, paper, is_static, &mut diagnostics));
    out.paper = paper.map(|both| both.map(|color| color.to_string()));
    let mut inlined: BTreeSet<&str> = joined.files.iter().map(String::as_str).collect();
    inlined.insert(SCRIPT);
    for (path, bytes) in files.iter().filter(|(path, _)| !inlined.contains(path.as_str())) {
        let bytes = published(path, bytes).map_or_else(|| bytes.clone(), Cow::Owned);
        let address = if keeps_name(path) { format!("{THEME}{path}") } else { fingerprinted(path, &bytes) };
        out.paths.insert(path.clone(), address.clone());
        out.files.insert(address, bytes);
    }
    let path = fingerprinted(SHEET, sheet.as_bytes());
    out.paths.insert(SHEET.to_owned(), path.clone());
    out.files.insert(path, Cow::Owned(sheet.into_bytes()));
    out.script = compact(&text(SCRIPT).unwrap_or_default());
    out.policy = policy(&out.script);
    (out, diagnostics)
}

/// A script as it is published, without what only people need; `None` for what is published as it is.
fn published(path: &str, bytes: &[u8]) -> Option<Vec<u8>> {
    let script = std::str::from_utf8(bytes).ok().filter(|script| path.ends_with(".js") && !spans_lines(script))?;
    Some((compact(script) + "\n").into_bytes())
}

/// Whether a text in a script may go on in the next line, where blanks and what looks like a comment are part of it.
fn spans_lines(script: &str) -> bool {
    let goes_on = |line: &str| line.matches('`').count() % 2 == 1 || line.contains("${`") || line.ends_with('\\');
    script.lines().any(goes_on)
}

/// A script without its comment lines and indentation. We remove nothing else: changing a line takes knowing the
/// language.
fn compact(script: &str) -> String {
    let is_comment = |line: &str| line.starts_with("//") || line.starts_with("/**") && line.ends_with("*/");
    let lines: Vec<&str> = script.lines().map(str::trim).filter(|line| !line.is_empty() && !is_comment(line)).collect();
    lines.join("\n")
}

/// The policy of a page with `script` in its head, in two parts around the page's own additions.
fn policy(script: &str) -> [String; 2] {
    let script = allowed_script(script);
    [
        format!("default-src 'none'; script-src 'self' {script}"),
        "; style-src 'self'; img-src 'self' data:; font-src 'self'; media-src 'self'; connect-src 'self'; \
         manifest-src 'self'; base-uri 'none'; form-action 'none'"
            .to_owned(),
    ]
}

/// What `[output.html.theme]` adds to the sheet.
fn settings_sheet(
    settings: &ThemeTable,
    paper: Option<[Color; 2]>,
    is_static: &dyn Fn(&str) -> bool,
    diagnostics: &mut Vec<Diagnostic>,
) -> String {
    let mut out = String::new();
    let mut refuse = |at: &At<String>, message: String, help: String| {
        diagnostics.push(Diagnostic::error(code::BAD_VALUE, config::book_span(at.range), message).help(help));
    };
    // A sheet that doesn't define paper colors is taken to be black on white.
    let [light, dark] = paper.unwrap_or([Color([255; 3]), Color([0; 3])]);
    let mut color = |at: Option<&At<String>>, paper: Color, name: &str| {
        let at = at?;
        let Some(color) = Color::parse(&at.value) else {
            refuse(at, format!("`{}` is not a color", at.value), "write six hexadecimal digits, such as #a3271b".to_owned());
            return None;
        };
        let contrast = color.contrast(paper);
        if contrast < READABLE {
            let message = format!("{color} is too hard to read on the {name} paper {paper}: its contrast is {contrast:.2}");
            refuse(
                at,
                message,
                format!("text needs {READABLE} (WCAG 2.2, 1.4.3): choose a color that differs more from the paper's"),
            );
            return None;
        }
        Some(color)
    };
    let accent = color(settings.accent.as_ref(), light, "light");
    let accent_dark = color(settings.accent_dark.as_ref(), dark, "dark");
    match (accent, accent_dark) {
        (Some(light), given) => {
            let dark = given.unwrap_or_else(|| light.lightened(dark, READABLE));
            out.push_str(&format!(":root{{--accent:light-dark({light},{dark})}}"));
        }
        (None, Some(_)) if settings.accent.is_none() => {
            if let Some(at) = &settings.accent_dark {
                let message = "`accent-dark` needs `accent`".to_owned();
                refuse(at, message, "set `accent` too, the color on light paper".to_owned());
            }
        }
        _ => {}
    }
    for (at, property) in [(&settings.font_text, "--font-text"), (&settings.font_label, "--font-label")] {
        let Some(at) = at else { continue };
        if at.value.chars().any(|c| matches!(c, ';' | '{' | '}' | '<' | '\\' | '/' | '(') || c.is_control()) {
            let message = format!("`{}` is not a list of fonts", at.value);
            refuse(at, message, "write it the way CSS does: Georgia, \"Times New Roman\", serif".to_owned());
            continue;
        }
        out.push_str(&format!(":root{{{property}:{}}}", at.value));
    }
    if let Some(at) = &settings.logo
        && !is_static(&at.value)
    {
        let message = format!("there is no file `static/{}`", at.value);
        refuse(at, message, "put the picture in static/, and write its path from there".to_owned());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(files: &[(&str, &'static str)]) -> BTreeMap<String, Cow<'static, [u8]>> {
        files.iter().map(|(path, text)| ((*path).to_owned(), Cow::Borrowed(text.as_bytes()))).collect()
    }

    #[test]
    fn a_changed_font_changes_the_sheets_name() {
        let make = |font| {
            let files = files(&[("theme.css", "a{b:url(f.woff2)}"), ("f.woff2", font), ("OFL.txt", "terms")]);
            assets(&files, &ThemeTable::default(), &|_| false).0
        };
        let (one, two) = (make("1"), make("2"));
        assert_ne!(one.paths["theme.css"], two.paths["theme.css"]);
        assert_eq!(one.paths["OFL.txt"], "theme/OFL.txt");
        let sheet = String::from_utf8_lossy(&one.files[&one.paths["theme.css"]]).into_owned();
        assert_eq!(format!("theme/{}", sheet.trim_start_matches("a{b:url(").trim_end_matches(")}")), one.paths["f.woff2"]);
    }

    #[test]
    fn scripts_are_published_without_what_only_people_need() {
        let published = |script: &'static str| {
            let (assets, _) = assets(&files(&[("a.js", script)]), &ThemeTable::default(), &|_| false);
            String::from_utf8_lossy(&assets.files[&assets.paths["a.js"]]).into_owned()
        };
        let script = "// What it is.\n/** @param {string} a */\nfunction f(a) {\n  return a; // as it is\n}\n\nf(\"// no comment\");\n";
        assert_eq!(published(script), "function f(a) {\nreturn a; // as it is\n}\nf(\"// no comment\");\n");
        // Texts that go on in the next line mean every blank in them.
        for script in ["a = `\n  // b\n`;\n", "a = `${`\n  b`}`;\n", "a = \"x\\\n  // y\";\n"] {
            assert_eq!(published(script), script);
        }
    }

    #[test]
    fn the_theme_has_no_script_that_must_stay_as_it_is() {
        for entry in include_dir::include_dir!("$CARGO_MANIFEST_DIR/static/theme").files() {
            let path = entry.path().to_string_lossy();
            if path.ends_with(".js") {
                assert!(!spans_lines(entry.contents_utf8().unwrap()), "{path} has a text on several lines");
            }
        }
    }

    #[test]
    fn the_built_in_tokens_can_be_read_in_both_themes() {
        let sheet = include_str!("../../static/theme/css/tokens.css");
        let paper = token(sheet, "paper").unwrap();
        let ground = token(sheet, "ground").unwrap();
        let names = ["ink", "ink-2", "accent", "s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8"];
        for name in names {
            let both = token(sheet, name).unwrap_or_else(|| panic!("no token {name}"));
            for theme in 0..2 {
                for (on, under) in [("paper", paper[theme]), ("ground", ground[theme])] {
                    let contrast = both[theme].contrast(under);
                    assert!(contrast >= READABLE, "--{name} on --{on}, theme {theme}: {contrast:.2}");
                }
            }
        }
        for (line, paper) in token(sheet, "line").unwrap().iter().zip(paper) {
            let line = line.contrast(paper);
            assert!(line >= 3.0, "--line says where time runs, and needs 3 (WCAG 2.2, 1.4.11): {line:.2}");
        }
    }
}
