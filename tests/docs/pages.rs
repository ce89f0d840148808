//! The commands, files and pages that the guide mentions all exist.

use std::process::Command;

use backgrounder::base::similar::nearest;

use super::{read, root};

/// What `--help` says.
fn help(command: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_backgrounder")).args(command).arg("--help").output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn every_command_and_flag_is_in_the_guide() {
    let text = read("docs/guide/cli.md");
    let top = help(&[]);
    let listed = top.split("Commands:\n").nth(1).unwrap().lines().take_while(|line| !line.is_empty());
    let commands: Vec<_> = listed.filter(|line| line.starts_with("  ") && !line.starts_with("   ")).collect();
    let commands: Vec<_> = commands.into_iter().filter_map(|line| line.split_whitespace().next()).collect();
    assert!(commands.contains(&"build"));
    for command in commands {
        let heading = format!("\n## {command}\n");
        let own = text.split(&heading).nth(1).unwrap_or_else(|| panic!("docs/guide/cli.md has no heading for {command}"));
        let own = own.split("\n## ").next().unwrap();
        let shared = text.split("\n## For every command\n").nth(1).expect("what every command takes");
        let shared = shared.split("\n## ").next().unwrap();
        for flag in help(&[command]).split_whitespace().filter(|word| word.starts_with("--") && word.len() > 2) {
            let flag = flag.trim_end_matches([',', '.', ':']);
            let (own, shared) = (own.contains(&format!("`{flag}")), shared.contains(&format!("`{flag}")));
            assert!(own || shared, "docs/guide/cli.md does not speak of {flag} under {command}");
        }
    }
}

/// The pages that are written for people.
fn pages() -> Vec<String> {
    let mut out = vec!["README.md".to_owned(), "CHANGELOG.md".to_owned(), "docs/ARCHITECTURE.md".to_owned()];
    out.extend(["docs/releasing.md", "benches/README.md", "tests/browser/README.md"].map(str::to_owned));
    for entry in std::fs::read_dir(root().join("docs/guide")).unwrap() {
        out.push(format!("docs/guide/{}", entry.unwrap().file_name().to_str().unwrap()));
    }
    out.sort();
    out
}

/// A text without its examples.
pub fn without_code(text: &str) -> String {
    let mut fence: Option<&str> = None;
    let mut out = String::new();
    for line in text.lines() {
        let mark = ["````", "~~~", "```"].into_iter().find(|mark| line.trim_start().starts_with(mark));
        match (fence, mark) {
            (None, Some(mark)) => fence = Some(mark),
            (Some(open), Some(mark)) if open == mark => fence = None,
            (None, None) => {
                // Code within a line, too.
                out.extend(line.split('`').step_by(2));
                out.push('\n');
            }
            (Some(_), _) => {}
        }
    }
    out
}

/// A heading's anchor, as the places where such pages are read make it.
fn anchor(heading: &str) -> String {
    let letters = heading.trim().to_lowercase().replace(' ', "-");
    letters.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).collect()
}

#[test]
fn links_of_the_pages_lead_somewhere() {
    for page in pages() {
        let folder = root().join(&page).parent().unwrap().to_owned();
        let text = read(&page);
        for target in without_code(&text).split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if target.contains("://") {
                continue;
            }
            let (file, heading) = target.split_once('#').map_or((target, None), |(file, heading)| (file, Some(heading)));
            let file = if file.is_empty() { root().join(&page) } else { folder.join(file) };
            assert!(file.exists(), "{page} links to {target}, which is not there");
            if let Some(heading) = heading {
                let text = std::fs::read_to_string(&file).unwrap();
                let anchors: Vec<_> = text
                    .lines()
                    .filter(|line| line.starts_with('#'))
                    .map(|line| anchor(line.trim_start_matches('#')))
                    .collect();
                let near = nearest(heading, anchors.iter().map(String::as_str));
                assert!(anchors.iter().any(|have| have == heading), "{page} links to {target}; nearest: {near:?}");
            }
        }
    }
}

/// Files of the source that the pages name exist.
#[test]
fn named_files_are_there() {
    for page in pages() {
        let text = read(&page);
        for name in text.split('`').skip(1).step_by(2) {
            let is_path = name.starts_with("src/") && !name.contains(['…', ' ', '*', '{', 'N', '\n']);
            assert!(!is_path || root().join(name).exists(), "{page} names {name}, which is not there");
        }
    }
}
