//! Suggests what pointers that lead nowhere were meant to be. All of them are answered at once, when all records are
//! known, and each distinct name once, so that renaming one record costs no more in a large site than in a small one.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use rayon::prelude::*;

use super::destinations::relative;
use super::pointers::{self, described};
use super::{Link, Model, PageIx, RecordIx};
use crate::base::Map;
use crate::base::similar::Similar;
use crate::base::slug::is_id;
use crate::diagnostics::{Diagnostic, Fix};
use crate::source::SourceTree;
use crate::syntax::markdown::citation::{parse_group, split_key};
use crate::syntax::pieces::{Expects, TextField};

/// A diagnostic, and what its pointer asked for, if that doesn't exist.
pub(super) struct Found {
    pub(super) diagnostic: Diagnostic,
    pub(super) asked: Option<Asked>,
}

impl From<Diagnostic> for Found {
    fn from(diagnostic: Diagnostic) -> Self {
        Self { diagnostic, asked: None }
    }
}

/// What a pointer asked for that doesn't exist.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Asked {
    /// A record.
    Id(Expects, Box<str>),
    /// A source.
    Key(Box<str>),
    /// A heading of a page.
    Heading(u32, Box<str>),
    /// A file, by its path below the content folder; the folder it is named from; and whether it is a picture.
    File { path: Box<str>, from: Box<str>, is_picture: bool },
}

impl Asked {
    /// The name as written.
    fn name(&self) -> &str {
        match self {
            Self::Id(_, name) | Self::Key(name) | Self::Heading(_, name) | Self::File { path: name, .. } => name,
        }
    }
}

/// What to type instead: in words, and the name itself if a name is all it takes.
#[derive(Clone)]
struct Answer {
    help: String,
    name: Option<String>,
}

impl Answer {
    fn meant(name: &str) -> Self {
        Self { help: format!("did you mean `{name}`?"), name: Some(name.to_owned()) }
    }

    fn words(help: impl Into<String>) -> Self {
        Self { help: help.into(), name: None }
    }
}

/// The diagnostics, each with its suggestion.
pub(super) fn answer(found: Vec<Found>, model: &Model, tree: &SourceTree) -> Vec<Diagnostic> {
    let asked: BTreeSet<&Asked> = found.iter().filter_map(|found| found.asked.as_ref()).collect();
    if asked.is_empty() {
        return found.into_iter().map(|found| found.diagnostic).collect();
    }
    let known = Known::new(model, tree);
    let asked: Vec<&Asked> = asked.into_iter().collect();
    let answers: Vec<Option<Answer>> = asked.par_iter().map(|asked| known.answer(asked)).collect();
    let answers: Map<Asked, Option<Answer>> = asked.into_iter().cloned().zip(answers).collect();
    let answered = |Found { diagnostic, asked }: Found| {
        let answer = asked.as_ref().and_then(|asked| answers.get(asked)?.clone());
        if let (Some(Asked::Id(Expects::Author, name)), None | Some(Answer { name: None, .. })) = (&asked, &answer) {
            return pointers::taken_as_name(diagnostic, name);
        }
        let Some((answer, asked)) = answer.zip(asked) else { return diagnostic };
        let span = diagnostic.span.filter(|_| !matches!(asked, Asked::Heading(..)));
        let fix = span
            .zip(answer.name.as_ref())
            .and_then(|(span, name)| Fix::rename(span, &tree.file(span.file).text, asked.name(), name));
        diagnostic.maybe_help(Some(answer.help)).fix(fix)
    };
    found.into_iter().map(answered).collect()
}

/// Every name of the site, sorted on first use.
struct Known<'m> {
    model: &'m Model,
    tree: &'m SourceTree,
    ids: OnceLock<Similar<'m>>,
    keys: OnceLock<Similar<'m>>,
    names: OnceLock<Map<String, RecordIx>>,
    /// All files below the content folder, and just the pictures.
    files: [OnceLock<Similar<'m>>; 2],
    /// Files other than pages, by file name alone.
    places: OnceLock<Map<&'m str, &'m str>>,
    headings: Vec<OnceLock<Similar<'m>>>,
}

impl<'m> Known<'m> {
    fn new(model: &'m Model, tree: &'m SourceTree) -> Self {
        Self {
            model,
            tree,
            ids: OnceLock::new(),
            keys: OnceLock::new(),
            names: OnceLock::new(),
            files: [OnceLock::new(), OnceLock::new()],
            places: OnceLock::new(),
            headings: model.pages.iter().map(|_| OnceLock::new()).collect(),
        }
    }

    fn answer(&self, asked: &Asked) -> Option<Answer> {
        match asked {
            Asked::Id(expects, id) => self.id(*expects, id),
            Asked::Key(key) => Some(self.key(key)),
            Asked::Heading(page, anchor) => Some(self.heading(PageIx(*page), anchor)),
            Asked::File { path, from, is_picture } => Some(self.file(path, from, *is_picture)),
        }
    }

    fn id(&self, expects: Expects, id: &str) -> Option<Answer> {
        let names = &self.model.names;
        let is_any = expects == Expects::Any;
        let bare = id.trim_matches(['[', ']', '/']);
        if let Some(cited) = bare.strip_prefix('@').filter(|_| is_any && parse_group(bare).is_some()) {
            return Some(Answer::words(format!("cite a source with single brackets: [@{cited}]")));
        }
        if bare.contains("://") && is_any {
            return Some(Answer::words(format!("for a web address, write a Markdown link: [link text]({bare})")));
        }
        let wanted = |id: &str| names.ids.get(id).is_some_and(|target| names.is_wanted(expects, *target));
        // With its folder or its extension.
        let last = bare.rsplit('/').next().unwrap_or(bare);
        let last = last.strip_suffix(".md").or_else(|| last.strip_suffix(".html")).unwrap_or(last);
        if last != id && wanted(last) {
            return Some(Answer::meant(last));
        }
        let key = split_key(bare.trim_start_matches('@')).map_or(bare, |(key, _)| key);
        if names.keys.contains_key(key) {
            let help =
                if is_any { format!("`{key}` is a source: cite it with [@{key}]") } else { format!("`{key}` is a source") };
            return Some(Answer::words(help));
        }
        let by_name = self.names.get_or_init(|| self.by_name()).get(&folded(bare)).map(|at| self.model.record(*at).id);
        if let Some(id) = by_name.filter(|id| wanted(id)) {
            return Some(Answer::meant(id));
        }
        let ids = self.ids.get_or_init(|| Similar::new(names.ids.keys().map(|id| &**id)));
        if let Some(near) = ids.nearest(bare, wanted) {
            return Some(Answer::meant(near));
        }
        if expects == Expects::Party {
            return Some(Answer::words("for plain words instead of an id, use a space or a capital letter"));
        }
        let help = "write a record's id, as it is given after `id:`; a page's id is the name of its file";
        (!is_id(id)).then(|| Answer::words(help))
    }

    /// Records by what they are called, if only one is called that.
    fn by_name(&self) -> Map<String, RecordIx> {
        let mut names: Map<String, RecordIx> = Map::default();
        let mut twice = Vec::new();
        for at in self.model.records() {
            let key = match at {
                RecordIx::Page(_) | RecordIx::Event(_) => TextField::Title.key(),
                RecordIx::Entity(_) | RecordIx::Author(_) => "name",
                RecordIx::Term(_) => "term",
                RecordIx::Claim(_) | RecordIx::Source(_) => continue,
            };
            let record = self.model.record(at);
            let proses = &record.linked.pieces.proses;
            let titles = proses.iter().filter(|prose| prose.field.key() == key).map(|prose| prose.markdown.characters());
            let aliases = record.common.aliases.iter().map(|alias| alias.value.as_str());
            for name in titles.chain(aliases).map(folded).filter(|name| !name.starts_with('/')) {
                if names.insert(name.clone(), at).is_some_and(|before| before != at) {
                    twice.push(name);
                }
            }
        }
        twice.iter().for_each(|name| {
            names.remove(name);
        });
        names
    }

    fn key(&self, key: &str) -> Answer {
        let names = &self.model.names;
        if matches!(key, "http" | "https") || key.starts_with("www.") {
            return Answer::words("cite a source by its key; add this one to a file in sources/");
        }
        if let Some(target) = names.ids.get(key).filter(|target| !matches!(target, Link::Hidden(_))) {
            return Answer::words(format!("`{key}` is {}: link to it with [[{key}]]", described(*target)));
        }
        let keys = self.keys.get_or_init(|| Similar::new(names.keys.keys().map(|key| &**key)));
        keys.nearest(key, |_| true).map_or_else(|| Answer::words("add it to a file in sources/"), Answer::meant)
    }

    fn heading(&self, page: PageIx, anchor: &str) -> Answer {
        let headings = super::assemble::headings(&self.model[page].item.record);
        let similar =
            self.headings[page.position()].get_or_init(|| Similar::new(headings.iter().map(|heading| &*heading.anchor)));
        Answer::words(match similar.nearest(anchor, |_| true) {
            Some(near) => format!("did you mean `#{near}`?"),
            None if headings.is_empty() => "it has no headings".to_owned(),
            None => {
                let known: Vec<_> = headings.iter().take(12).map(|heading| format!("#{}", heading.anchor)).collect();
                format!("it has: {}", known.join(", "))
            }
        })
    }

    /// Files other than pages, by their path below the content folder.
    fn media(&self) -> impl Iterator<Item = &'m str> {
        let content = &*self.tree.content;
        self.tree.media.iter().filter_map(move |path| path.strip_prefix(content)?.strip_prefix('/'))
    }

    fn file(&self, path: &str, from: &str, is_picture: bool) -> Answer {
        let bare = path.trim_end_matches('/');
        let page = self.model.names.ids.get(bare).and_then(|target| target.record()?.page());
        if page.is_some() && !is_picture {
            return Answer::words(format!("link to a page by its file, `{bare}.md`, or by its id, [[{bare}]]"));
        }
        let files = self.files[usize::from(is_picture)].get_or_init(|| {
            let pages = self.model.names.page_files().filter(|_| !is_picture);
            Similar::new(pages.chain(self.media()))
        });
        let name_of = |path: &'m str| path.rsplit('/').next().unwrap_or(path);
        let places = self.places.get_or_init(|| self.media().map(|path| (name_of(path), path)).collect());
        // A file with that name in another folder is more likely meant than one with a similar name.
        let at_another_place = places.get(path.rsplit('/').next().unwrap_or(path)).copied();
        let Some(near) = at_another_place.or_else(|| files.nearest(path, |_| true)) else {
            let from = if from.is_empty() { "the content folder".to_owned() } else { format!("the folder `{from}`") };
            return Answer::words(format!("use the path of an existing file, starting from {from}"));
        };
        let help = format!("did you mean `{}`?", relative(from, near));
        let is_case = near.eq_ignore_ascii_case(path);
        Answer::words(if is_case { format!("{help} Upper and lower case matter") } else { help })
    }
}

/// A name in the form used for lookup: letter case and blanks don't matter.
fn folded(name: &str) -> String {
    name.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}
