//! The guide to the theme lists every context and template.

use std::path::Path;

use backgrounder::language::Catalogue;
use backgrounder::output::templates::TEMPLATES;

use super::{cell, holds, read, root, table};

/// Lists of texts that are HTML although their names do not say so.
const LISTS_OF_HTML: &[&str] = &["key_points", "known", "unknown", "contested"];

/// A structure of the theme's interface, as its source states it.
struct Context {
    name: String,
    /// Name, type, meaning.
    fields: Vec<(String, String, String)>,
}

/// Every serialisable structure of `src/view`.
fn contexts() -> Vec<Context> {
    let entries =
        ["src/view", "src/view/citations", "src/view/lists"].map(|folder| std::fs::read_dir(root().join(folder)).unwrap());
    let mut files: Vec<_> = entries.into_iter().flatten().map(|entry| entry.unwrap().path()).collect();
    // What lies elsewhere is no template's business.
    files.retain(|file| file.extension().is_some_and(|extension| extension == "rs"));
    files.sort();
    let mut out: Vec<Context> = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(file).unwrap();
        let (mut serialized, mut inside, mut doc) = (false, false, String::new());
        for line in text.lines() {
            if let Some(words) = line.trim_start().strip_prefix("/// ") {
                doc.push_str(words);
                doc.push(' ');
            } else if line.starts_with("#[derive(") {
                serialized = line.contains("Serialize");
            } else if let Some(rest) = line.strip_prefix("pub struct ") {
                inside = serialized && rest.ends_with('{');
                if inside {
                    let name = rest.split(['<', ' ']).next().unwrap().to_owned();
                    out.push(Context { name, fields: Vec::new() });
                }
                (serialized, doc) = (false, String::new());
            } else if line == "}" {
                inside = false;
            } else if let (true, Some(rest)) = (inside, line.strip_prefix("    pub ")) {
                let (name, kind) = rest.trim_end_matches(',').split_once(": ").unwrap();
                let field = (name.to_owned(), kind.to_owned(), std::mem::take(&mut doc));
                out.last_mut().unwrap().fields.push(field);
            } else {
                doc.clear();
            }
        }
    }
    out
}

/// A type of Rust in the words of the guide.
fn kind(name: &str, kind: &str) -> String {
    let inner = |outer: &str| kind.strip_prefix(outer).and_then(|rest| rest.strip_suffix('>'));
    if let Some(of) = inner("Option<") {
        return format!("{}, or nothing", self::kind(name, of));
    }
    if let Some(of) = inner("Vec<") {
        let html = of == "String" && LISTS_OF_HTML.contains(&name);
        return format!("list of {}", if html { "HTML".to_owned() } else { self::kind(name, of) });
    }
    match kind {
        "String" | "&'static str" | "&'m str" if name.ends_with("html") => "HTML".to_owned(),
        "&'static str" => "word".to_owned(),
        "&'m str" => "text".to_owned(),
        "String" => "text".to_owned(),
        "bool" => "true or false".to_owned(),
        "usize" | "u8" | "u32" | "i32" => "number".to_owned(),
        "[String; 2]" => "two texts".to_owned(),
        "std::collections::BTreeMap<String, String>" => "table of texts".to_owned(),
        other => {
            let name = other.rsplit("::").next().unwrap().split('<').next().unwrap();
            format!("[{name}](#{})", name.to_lowercase())
        }
    }
}

#[test]
fn the_theme_is_given_what_the_guide_says() {
    let contexts = contexts();
    assert!(contexts.len() > 30, "{}", contexts.len());
    let described = |context: &Context| {
        let row = |(name, of, doc): &(String, String, String)| vec![format!("`{name}`"), kind(name, of), cell(doc)];
        table(&["field", "what it is", "meaning"], context.fields.iter().map(row))
    };
    let mut parts: Vec<_> = contexts.iter().map(|context| ("context", context.name.as_str(), described(context))).collect();
    let words = Catalogue::load("en");
    let ui = words.iter().filter_map(|(key, text)| Some((key.strip_prefix("ui.")?.replace('-', "_"), text)));
    let rows = ui.map(|(key, text)| vec![format!("`words.{key}`"), cell(text)]);
    parts.push(("words", "ui", table(&["name", "in English"], rows)));
    holds("docs/guide/theme.md", &parts);
}

/// Every template below a folder, by its path from `templates/`.
fn templates(folder: &Path, prefix: &str, out: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{prefix}{}", entry.file_name().to_str().unwrap());
        if entry.path().is_dir() {
            templates(&entry.path(), &format!("{name}/"), out);
        } else if name.ends_with(".html") {
            out.push(name);
        }
    }
}

#[test]
fn every_template_is_in_the_guide() {
    let text = read("docs/guide/theme.md");
    let mut names = Vec::new();
    templates(&root().join("templates"), "", &mut names);
    assert!(names.len() > 20);
    for name in names {
        assert!(text.contains(&format!("`{name}`")), "docs/guide/theme.md does not speak of the template `{name}`");
    }
}

#[test]
fn the_guide_says_which_context_each_template_is_given() {
    let text = read("docs/guide/theme.md");
    assert!(TEMPLATES.len() > 20);
    for (template, context) in TEMPLATES {
        let given = match context.split(['<', ' ']).next().unwrap() {
            "OrdinaryPage" => "[SectionPage](#sectionpage)".to_owned(),
            "Masthead" | "Looks" => "nothing".to_owned(),
            name => format!("[{name}](#{})", name.to_lowercase()),
        };
        let row = text.lines().find(|line| line.starts_with(&format!("| `{template}` |")));
        let row = row.unwrap_or_else(|| panic!("docs/guide/theme.md has no row for `{template}`"));
        assert!(row.contains(&given), "docs/guide/theme.md does not say that `{template}` is given {given}");
    }
}
