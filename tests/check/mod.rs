//! Every rule is documented, fires where it should and at the right place, and stays quiet where it should.
//!
//! `RULE/fires/` and `RULE/quiet/` are small sites; `fires/expect` lists the findings, each as `path:line:column code`.

mod random;
mod settle;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use backgrounder::base::FileId;
use backgrounder::base::{LineIndex, Map};
use backgrounder::check::{self, CheckContext, RULES, Scope};
use backgrounder::config::{self, Config};
use backgrounder::diagnostics::{self, Diagnostic, Severity, code};
use backgrounder::media::Media;
use backgrounder::model::visibility::Visibility;
use backgrounder::model::{Model, captions, chart_data, map_data, resolve};
use backgrounder::source::files::InMemory;
use backgrounder::source::{Files, OnDisk, SourceTree};
use backgrounder::syntax::parse_file;

/// A site, and its findings before any setting or waiver applies.
struct Found {
    tree: SourceTree,
    config: Config,
    model: Model,
    media: Media,
    diagnostics: Vec<Diagnostic>,
}

impl Found {
    fn site(&self) -> CheckContext<'_> {
        CheckContext { model: &self.model, config: &self.config, tree: &self.tree, media: &self.media }
    }

    /// `path:line:column code`.
    fn line(&self, finding: &Diagnostic) -> String {
        let span = finding.span.expect("every finding of these stages has a place");
        let file = self.tree.file(span.file);
        let (line, column) = LineIndex::new(&file.text).line_column(&file.text, span.range.start);
        format!("{}:{line}:{column} {}", file.path, finding.code)
    }

    fn lines(&self) -> Vec<String> {
        self.diagnostics.iter().map(|finding| self.line(finding)).collect()
    }

    fn messages(&self) -> Vec<&str> {
        self.diagnostics.iter().map(|finding| finding.message.as_str()).collect()
    }
}

#[track_caller]
fn find(files: &dyn Files) -> Found {
    let book = String::from_utf8(files.read("book.toml").unwrap()).unwrap();
    let (config, wrong) = config::read(&book, None);
    assert_eq!(wrong, [], "book.toml is sound");
    let config = config.unwrap();
    let mut tree = SourceTree::new(&book);
    let mut diagnostics = tree.read_content(files, &config.src);
    let mut parsed = Vec::new();
    for (at, file) in tree.files.iter().enumerate() {
        if let Some(kind) = file.kind {
            let one = parse_file(&file.path, kind, &file.text, config.options, None);
            let id = FileId::new(at);
            diagnostics.append(&mut one.diagnostics(id));
            parsed.push((id, Arc::new(one)));
        }
    }
    let mut data = chart_data::wanted(parsed.iter().map(|(_, file)| &**file), &tree);
    data.extend(map_data::wanted(parsed.iter().map(|(_, file)| &**file), &config, &tree));
    data.extend(captions::wanted(parsed.iter().map(|(id, file)| (*id, &**file)), &tree));
    diagnostics.append(&mut tree.read_data(files, data));
    let visibility = Visibility { drafts: false, now: "2025-12-22T12:00:00Z".parse().unwrap() };
    let (model, mut found) = resolve::resolve(&parsed, &tree, &config, visibility, None);
    diagnostics.append(&mut found);
    let media = Media::read(&model.media(), &config.src, files, &tree.media, &Map::default());
    diagnostics.extend(check::run(&CheckContext { model: &model, config: &config, tree: &tree, media: &media }));
    diagnostics::sort(&mut diagnostics);
    Found { tree, config, model, media, diagnostics }
}

/// The findings of a rule's own site. Infos of other rules are left out: they are hints, such as that nothing cites a source,
/// and are true of nearly every site as small as these.
#[track_caller]
fn find_for(rule: &dyn check::Rule, root: &Path) -> Found {
    let mut found = find(&OnDisk::new(root).unwrap_or_else(|error| panic!("{}: {error}", root.display())));
    found.diagnostics.retain(|finding| finding.code == rule.code() || finding.severity > Severity::Info);
    found
}

fn fixture(rule: &str, which: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/check").join(rule).join(which)
}

/// What the program finds in a fixture, together with the manifest of what was published, as [`Found::lines`] formats
/// it.
fn published(root: &Path) -> Vec<String> {
    let command = ["check", "--format", "short", "--published", "published.json"];
    let output = assert_cmd::Command::new(crate::support::PROGRAM)
        .args(command)
        .args(["--now", crate::support::NOW])
        .current_dir(root)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let found = String::from_utf8(output.stdout).unwrap();
    // An address that is gone has no place in the author's files; its line is the message's first words.
    found.lines().map(|line| line.split(" was published").next().unwrap().to_owned()).collect()
}

#[test]
fn rules_of_the_published_site_fire_where_they_should() {
    for rule in RULES.iter().filter(|rule| matches!(rule.scope(), Scope::Published)) {
        let expected = std::fs::read_to_string(fixture(rule.code().0, "fires/expect")).unwrap();
        assert_eq!(published(&fixture(rule.code().0, "fires")), expected.lines().collect::<Vec<_>>());
        assert_eq!(published(&fixture(rule.code().0, "quiet")), [""; 0]);
    }
}

/// The rules whose findings need only the site's own files. Those that ask other sites are tried in `tests/external.rs`.
fn rules() -> impl Iterator<Item = &'static &'static dyn check::Rule> {
    RULES.iter().filter(|rule| !matches!(rule.scope(), Scope::Published | Scope::External))
}

#[test]
fn every_rule_fires_where_it_should() {
    for rule in rules() {
        let root = fixture(rule.code().0, "fires");
        let found = find_for(*rule, &root);
        let expected = std::fs::read_to_string(root.join("expect")).unwrap();
        assert_eq!(found.lines(), expected.lines().collect::<Vec<_>>(), "{}: {:?}", rule.code(), found.messages());
        assert!(!found.diagnostics.is_empty(), "{}", rule.code());
        for finding in &found.diagnostics {
            assert_eq!(finding.code, rule.code());
            assert_eq!(finding.severity, rule.default_severity());
            assert!(!finding.message.ends_with('.'), "{}", finding.message);
        }
    }
}

#[test]
fn every_rule_is_quiet_where_it_should_be() {
    for rule in rules() {
        let root = fixture(rule.code().0, "quiet");
        let found = find_for(*rule, &root);
        assert_eq!(found.lines(), [""; 0], "{}: {:?}", rule.code(), found.messages());
    }
}

#[test]
fn every_rule_has_its_own_code_and_explains_it() {
    let codes: BTreeSet<_> = RULES.iter().map(|rule| rule.code()).collect();
    assert_eq!(codes.len(), RULES.len());
    for rule in RULES {
        assert!(code::ALL.iter().any(|(code, _)| *code == rule.code()), "{}", rule.code());
        let documentation = rule.documentation();
        assert!(documentation.lines().count() > 5, "{}", rule.code());
        assert!(documentation.contains("\n```"), "{} has no example", rule.code());
        assert!(!documentation.starts_with(' '), "{}", rule.code());
    }
}

/// The rules that fire in a site with these files.
fn codes(files: &[(&str, &str)]) -> Vec<&'static str> {
    let book = ("book.toml", "[site]\nas-of = \"2025-12-22\"\n");
    let files = files.iter().chain([&book]);
    let found = find(&InMemory(files.map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect()));
    found.diagnostics.iter().map(|finding| finding.code.0).collect()
}

#[test]
fn nothing_is_an_orphan_where_nothing_could_lead_to_it() {
    let event = ("content/events/a.yaml", "- {id: shuts, date: 2025-03-12, title: It shuts, sources: [court]}\n");
    let source = ("content/sources/a.yaml", "court: {title: An order, kind: primary}\n");
    assert_eq!(codes(&[event, source, ("content/a.md", "---\ntitle: A\n---\nWords.\n")]), ["orphan"]);
    // A site without sections is a timeline.
    assert_eq!(codes(&[event, source]), [""; 0]);
    assert_eq!(codes(&[event, source, ("content/a.md", "---\ntitle: A\nkind: page\n---\nWords.\n")]), [""; 0]);
    // The link that leads nowhere may have been meant for it.
    assert_eq!(codes(&[event, source, ("content/a.md", "---\ntitle: A\n---\nIt [[shutz]].\n")]), ["unknown-id"]);
    let uncited = ("content/sources/b.yaml", "paper: {title: A report}\n");
    let page = |text| ("content/a.md", text);
    assert_eq!(codes(&[event, source, uncited, page("---\ntitle: A\n---\n[[shuts]]\n")]), ["orphan"]);
    assert_eq!(codes(&[event, source, uncited, page("---\ntitle: A\n---\n[[shuts]][@papr]\n")]), ["unknown-id"]);
}

#[test]
fn local_runs_make_their_own_findings() {
    for rule in rules() {
        let found = find(&OnDisk::new(&fixture(rule.code().0, "fires")).unwrap());
        let here = check::run(&found.site()).iter().any(|finding| finding.code == rule.code());
        assert_eq!(
            here,
            matches!(rule.scope(), Scope::Local(_) | Scope::Names(_) | Scope::Global(_) | Scope::Alike(_)),
            "{}",
            rule.code()
        );
    }
}

/// What in the demonstration rests on a single publisher, until an editor finds another source for it.
const ALONE: [&str; 5] = [
    "claim-coolest-dictator",
    "crenshaw-orders-hearing",
    "march-30-transfer",
    "noem-cecot-visit",
    "treasury-sanctions-2021",
];

/// The demonstration explainer passes its own rules. Hints, such as pages without an archived copy, don't count.
#[test]
fn the_demonstration_is_clean() {
    let mut found = find(&OnDisk::new(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap());
    let is_known = |finding: &Diagnostic| {
        finding.code == code::SINGLE_SOURCE && ALONE.iter().any(|id| finding.message.starts_with(&format!("`{id}` ")))
    };
    found.diagnostics.retain(|finding| finding.severity > Severity::Info && !is_known(finding));
    assert_eq!(found.lines(), [""; 0], "{:?}", found.messages());
}
