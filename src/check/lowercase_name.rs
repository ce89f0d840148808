//! See [`LowercaseName`].

use super::CheckContext;
use super::rule::{Report, Scope, rule};
use crate::base::similar::Similar;
use crate::base::{Map, Span};
use crate::diagnostics::Fix;
use crate::model::{AnyRecord, EntityIx, Link, Linked, Model, RecordIx};
use crate::syntax::kinds::entity::EntityKind;
use crate::syntax::pieces::{Expects, Pointer};

rule! {
    /// A single lowercase word says who spoke, and is nearly an entity's id, or one of its names.
    ///
    /// `by`, `asserted-by` and `disputed-by` take an entity's id or plain words, so that you can write `by: residents`. A slip in
    /// an id is then a plain word too: readers see “marra”, without a link, and the words are missing on Mara's page.
    ///
    /// The rule fires if the word differs by one letter from an entity's id, drafts included, if it is an entity's name or alias,
    /// or if it is the last name of a person. Words of fewer than four letters must be the whole name.
    ///
    /// Write the id. If you do mean the word, begin it with a capital letter.
    ///
    /// ```yaml
    /// - {id: mara, kind: organization, name: Mara}
    /// - {id: ines-calder, kind: person, name: Ines Calder}
    ///
    /// by: marra           # write mara
    /// by: calder          # write ines-calder
    /// by: residents       # no entity has this name: fine
    /// ```
    LowercaseName: LOWERCASE_NAME, Warning, Scope::Global(check)
}

fn check(site: &CheckContext<'_>, report: &mut Report) {
    let words = words(site.model);
    if words.is_empty() {
        return;
    }
    let entities = Entities::of(site.model);
    // Some words are in hundreds of records.
    let mut known: Map<&str, Option<Meant<'_>>> = Map::default();
    for (span, word) in words {
        let Some(meant) = known.entry(word).or_insert_with(|| entities.meant_by(word)) else { continue };
        let finding = report.add(span, format!("no entity has the id `{word}`, so readers see it as a plain word"));
        let (ids, fix) = match meant {
            Meant { one, other: None } => {
                (format!("`{one}`"), Fix::rename(span, &site.tree.file(span.file).text, word, one))
            }
            Meant { one, other: Some(other) } => (format!("`{one}` or `{other}`"), None),
        };
        finding.help = Some(format!("did you mean {ids}? If you do mean the word, begin it with a capital letter"));
        finding.fix = fix.map(Box::new);
    }
}

/// The plain words that could be ids, and where they are.
fn words(model: &Model) -> Vec<(Span, &str)> {
    let mut words = Vec::new();
    for at in model.records() {
        let AnyRecord { origin, linked, .. } = model.record(at);
        words.extend(unknown(model, linked).map(|pointer| (origin.span(pointer.range), &*pointer.id)));
        let RecordIx::Page(page) = at else { continue };
        for (_, variant) in &model[page].variants {
            let origin = variant.record.origin;
            words.extend(unknown(model, variant.linked()).map(|pointer| (origin.span(pointer.range), &*pointer.id)));
        }
    }
    words
}

/// The single words that name nobody whom the site knows. Of other ids that lead nowhere, resolving has told the author.
fn unknown<'m>(model: &'m Model, linked: Linked<'m>) -> impl Iterator<Item = &'m Pointer> {
    let is_word = |(pointer, target): &(&Pointer, &Link)| {
        pointer.expects == Expects::Party && **target == Link::Unknown && !pointer.id.contains('-')
    };
    let pointers = linked.pieces.pointers.iter().zip(linked.targets).filter(is_word).map(|(pointer, _)| pointer);
    // A record that has errors of its own may be the one meant.
    pointers.filter(|pointer| !model.is_unreadable(&pointer.id))
}

/// The ids of those whom an author may have meant: one, and another if there are several.
#[derive(Clone, Copy)]
struct Meant<'m> {
    one: &'m str,
    other: Option<&'m str>,
}

/// The entities of a site, by what a hurried author may call them.
struct Entities<'m> {
    ids: Similar<'m>,
    /// By name, by alias and by the last names of people, all in lowercase.
    names: Map<String, Meant<'m>>,
}

impl<'m> Entities<'m> {
    fn of(model: &'m Model) -> Self {
        let mut names: Map<String, Meant<'_>> = Map::default();
        for at in EntityIx::first(model.entities.len()) {
            let record = &model[at].item.record;
            let id = &*record.id.value;
            let mut add = |name: &str| {
                let known = names.entry(name.to_lowercase()).or_insert(Meant { one: id, other: None });
                known.other = known.other.or(Some(id).filter(|id| *id != known.one));
            };
            for name in &record.fields.name.variants {
                let name = record.pieces.proses[*name].markdown.characters().trim();
                add(name);
                if record.fields.kind == EntityKind::Person {
                    name.split_whitespace().next_back().into_iter().for_each(&mut add);
                }
            }
            record.fields.common.aliases.iter().for_each(|alias| add(alias.value.trim()));
        }
        let shown = model.entities.iter().map(|entity| entity.item.id());
        // A slip in a draft's id would publish nearly the id. Of what kind a draft is, the model doesn't know.
        let hidden = model.hidden.iter().filter(|hidden| !hidden.is_source).map(|hidden| hidden.id.as_str());
        Self { ids: Similar::new(shown.chain(hidden)), names }
    }

    /// Whom an author may have meant by a word that is nobody's id.
    fn meant_by(&self, word: &str) -> Option<Meant<'m>> {
        let slip = || self.ids.one_slip_from(word).filter(|_| word.chars().count() > 3);
        self.names.get(word).copied().or_else(|| Some(Meant { one: slip()?, other: None }))
    }
}
