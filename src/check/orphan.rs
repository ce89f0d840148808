//! See [`Orphan`].

use std::collections::HashSet;

use super::CheckContext;
use super::rule::{Report, Scope, rule};
use crate::base::{FileId, Map};
use crate::model::{AnyRecord, Link, Linked, Model, RecordIx};
use crate::syntax::kinds::page::Timeline;
use crate::syntax::pieces::Expects;

rule! {
    /// Nothing leads to an event, an entity, a claim, a term or a source.
    ///
    /// It is on the site, in a list, and no reader who follows the story comes across it. Often a section was cut, or somebody
    /// wrote a record and then forgot to link to it. A source that nothing cites suggests that something rests on it.
    ///
    /// - A source has to be cited somewhere.
    /// - An event has to be in a section or in a timeline: a text links to it, it names the section in `sections`, or it
    ///   matches the query of a timeline. On a site without sections, no event is reported.
    /// - A claim has to be in a text, an event or a section.
    /// - An entity has to be named in a text, an event, a claim or a map, and a term in a text.
    ///
    /// What a record says of itself doesn't count; what a draft says does. While a link or a citation on the site leads nowhere,
    /// the rule waits, because a typo may be all that is wrong.
    ///
    /// Link to it where readers would look for it, or delete it. This is only a hint, and `--strict` doesn't fail because of
    /// it: while you are writing, records come before the texts that use them.
    ///
    /// ```yaml
    /// - id: inquiry-opens
    ///   date: 2025-05-04
    ///   title: The council opens an inquiry
    ///   sections: [bridge]          # without this line, no section has it
    ///   sources: [herald-inquiry]
    /// ```
    Orphan: ORPHAN, Info, Scope::Global(check)
}

fn check(site: &CheckContext<'_>, report: &mut Report) {
    let model = site.model;
    let named = Named::of(model);
    let drafts = NamesInDrafts::of(site);
    for at in model.records().filter(|at| !named.may_have(*at)) {
        let record = model.record(at);
        let Some((message, help)) = complaint(model, at, record.id) else { continue };
        if !drafts.have(&record) {
            report.add(record.id_span(), message).help = Some(help);
        }
    }
}

/// What is wrong with a record that no other names, and what to do.
fn complaint(model: &Model, at: RecordIx, id: &str) -> Option<(String, String)> {
    Some(match at {
        RecordIx::Source(_) => (format!("nothing cites `{id}`"), format!("cite it, `[@{id}]`, or delete it")),
        RecordIx::Event(at) if model.sections > 0 && model[at].sections.is_empty() => (
            format!("no section or timeline has `{id}`"),
            format!("link to it, `[[{id}]]`, or add the section that tells it to its `sections`"),
        ),
        RecordIx::Claim(at) if model[at].item.record.fields.sections.is_empty() => (
            format!("no text, event or section has `{id}`"),
            format!("link to it, `[[{id}]]`, add it to the `claims` of an event, or add a section to its `sections`"),
        ),
        RecordIx::Entity(_) => (
            format!("nothing names `{id}`"),
            format!("link to it, `[[{id}]]`, add it to the `entities` of an event, or delete it"),
        ),
        RecordIx::Term(_) => {
            (format!("no text links to `{id}`"), format!("link to it where a text first has the term: `[[{id}]]`"))
        }
        RecordIx::Event(_) | RecordIx::Claim(_) | RecordIx::Page(_) | RecordIx::Author(_) => return None,
    })
}

/// Which records others name.
struct Named<'m> {
    model: &'m Model,
    /// By their place among all.
    records: Vec<bool>,
    /// Whether a link or an id in a field leads nowhere.
    has_lost_link: bool,
    /// Whether a citation does.
    has_lost_citation: bool,
}

impl<'m> Named<'m> {
    fn of(model: &'m Model) -> Self {
        let records = vec![false; model.counts().iter().sum()];
        let mut named = Self { model, records, has_lost_link: false, has_lost_citation: false };
        for owner in model.records() {
            named.add_all(owner, model.linked(owner));
            for event in model.block_events(owner).iter().flatten() {
                named.add((*event).into());
            }
            let RecordIx::Page(page) = owner else { continue };
            for (_, variant) in &model[page].variants {
                named.add_all(owner, variant.linked());
            }
            // Other timelines hold what the section tells anyway.
            if matches!(model[page].item.record.fields.front.timeline, Timeline::Query(_)) {
                model[page].timeline.iter().for_each(|event| named.add((*event).into()));
            }
        }
        named
    }

    fn add_all(&mut self, owner: RecordIx, linked: Linked<'_>) {
        for (pointer, target) in linked.pieces.pointers.iter().zip(linked.targets) {
            match target {
                Link::To(at) if *at != owner => self.add(*at),
                // Instead of an id, these may be words.
                Link::Unknown => self.has_lost_link |= !matches!(pointer.expects, Expects::Party | Expects::Author),
                Link::To(_) | Link::Hidden(_) => {}
            }
        }
        for cited in linked.cited {
            match cited {
                Link::To(at) if *at != owner => self.add(*at),
                Link::Unknown => self.has_lost_citation = true,
                Link::To(_) | Link::Hidden(_) => {}
            }
        }
    }

    fn add(&mut self, at: RecordIx) {
        self.records[self.model.ordinal(at)] = true;
    }

    fn may_have(&self, at: RecordIx) -> bool {
        let is_lost = if at.source().is_some() { self.has_lost_citation } else { self.has_lost_link };
        is_lost || self.records[self.model.ordinal(at)]
    }
}

/// The names in the files that have drafts, with how often each occurs: all that the model knows about drafts is where they
/// are.
struct NamesInDrafts<'s> {
    files: HashSet<FileId>,
    names: Map<&'s str, usize>,
}

impl<'s> NamesInDrafts<'s> {
    fn of(site: &CheckContext<'s>) -> Self {
        let files: HashSet<FileId> = site.model.hidden.iter().map(|hidden| hidden.span.file).collect();
        let mut names = Map::default();
        for file in &files {
            let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '.');
            for name in site.tree.file(*file).text.split(|c: char| !is_part(c)) {
                *names.entry(name.trim_end_matches([':', '.'])).or_default() += 1;
            }
        }
        Self { files, names }
    }

    /// Whether a draft may name a record. In a file that also has the record, its own `id` names it once.
    fn have(&self, record: &AnyRecord<'_>) -> bool {
        let own = usize::from(self.files.contains(&record.origin.file));
        self.names.get(record.id).is_some_and(|times| *times > own)
    }
}
