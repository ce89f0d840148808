//! See [`UnintroducedEntity`].

use std::collections::BTreeSet;

use super::LocalContext;
use super::people::Named;
use super::reading::{Reading, Texts, each_texts};
use super::rule::{Report, Scope, label, rule};
use super::told::{Told, language};
use crate::base::{Map, TextRange};
use crate::diagnostics::Fix;
use crate::model::backlinks::Reference;
use crate::model::{EntityIx, RecordIx, Role};
use crate::syntax::indices::TextIx;
use crate::syntax::kinds::entity::EntityKind;
use crate::syntax::markdown::{Op, Tag};

rule! {
    /// A section names a person and doesn't say who that is: the record has no description or role, or the name is no link.
    ///
    /// Readers come from a search and begin in the middle. A link opens a card that says who somebody is, so a first mention
    /// without a link, or a link to an empty card, leaves them with a name that means nothing.
    ///
    /// The rule fires at a record of `kind: person` that a section links and that has no `description`, no `roles` and no text
    /// of its own; and at the first full name in a section's text, as the record has it, if nothing on the page has linked that
    /// person before. It leaves names in headings, quotations, code and emphasis alone, names of a single word, and names that
    /// two people have.
    ///
    /// Describe the person in a few words, or link the name. Later mentions need no link.
    ///
    /// ```markdown
    /// The inspector, Ines Calder, called her office.              write
    /// The inspector, [[ines-calder|Ines Calder]], called her office.
    /// ```
    UnintroducedEntity: UNINTRODUCED_ENTITY, Info, Scope::Names(check)
}

fn check(site: &LocalContext<'_>, owner: RecordIx, report: &mut Report) {
    match owner {
        RecordIx::Entity(at) => described(site, at, report),
        RecordIx::Page(at) if is_section(site.reader.role(at)) => {
            each_texts(site.reader, owner, |texts| linked(site, texts, report));
        }
        _ => {}
    }
}

fn is_section(role: Role) -> bool {
    matches!(role, Role::Section | Role::Front)
}

/// Reports a person about whom the site says nothing, if a section names them.
fn described(site: &LocalContext<'_>, at: EntityIx, report: &mut Report) {
    let record = &site.reader.item(at).record;
    let fields = &record.fields;
    let has_text = record.body.as_ref().is_some_and(|body| body.length.words > 0);
    if fields.kind != EntityKind::Person || fields.description.is_some() || !fields.roles.is_empty() || has_text {
        return;
    }
    // What can't be read was reported, and may be just that.
    if ["description", "roles"].iter().any(|field| record.pieces.has_unread(field)) {
        return;
    }
    let is_section = |owner: RecordIx| owner.page().is_some_and(|page| is_section(site.reader.role(page)));
    let Some(mention) = site.reader.mentions(at.into()).iter().find(|mention| is_section(mention.owner)) else { return };
    let message = format!("a section names `{}`, and nothing says who that is", record.id.value);
    let finding = report.add(record.id_span(), message);
    if let Reference::Pointer(pointer) = mention.by {
        let place = site.reader.linked(mention.owner).pieces.pointers[pointer].range;
        finding.labels.push(label(site.reader.origin(mention.owner).span(place), "named here"));
    }
    finding.help = Some("say it in a `description`, such as `description: An engineer of the state.`".to_owned());
}

/// Reports the people whose names a page's body has before any link to them.
fn linked(site: &LocalContext<'_>, texts: &Texts<'_>, report: &mut Report) {
    let Some(body) = texts.body else { return };
    let markdown = body.markdown(texts.pieces);
    if !site.people.may_be_in(markdown) {
        return;
    }
    let reading = Reading::of(markdown);
    let named = site.people.find(&reading);
    if named.is_empty() {
        return;
    }
    let told = Told::of(&reading, language(texts, body.text));
    let mut links: Map<EntityIx, TextRange> = Map::default();
    for (pointer, target) in texts.pieces.pointers.iter().zip(texts.targets) {
        if let Some(person) = target.entity() {
            links.entry(person).or_insert(pointer.range);
        }
    }
    let mut seen = BTreeSet::new();
    for named in named.iter().filter(|named| told.holds(&named.words) && reading.is_unmarked(&named.words)) {
        if !seen.insert(named.person) {
            continue;
        }
        let (place, link) = (reading.place(&named.words), links.get(&named.person).copied());
        if link.is_none_or(|link| place.start < link.start) {
            tell(site, texts, body.text, named, (place, link), report);
        }
    }
}

fn tell(
    site: &LocalContext<'_>,
    texts: &Texts<'_>,
    body: TextIx,
    named: &Named,
    (place, link): (TextRange, Option<TextRange>),
    report: &mut Report,
) {
    let span = texts.origin.span(place);
    let written = site.tree.file(span.file).text.get(span.range.bytes()).unwrap_or_default();
    let id = site.reader.id(named.person);
    let message = format!("`{id}` is named here before any link to that record");
    let finding = report.add(span, message);
    finding.labels.extend(link.map(|link| label(texts.origin.span(link), "linked only here")));
    let markup = |c: char| !(c.is_alphanumeric() || matches!(c, ' ' | '.' | '-' | '\'' | '’'));
    // In a table, a bar would begin another cell.
    let is_plain = !written.is_empty() && !written.contains(markup) && !in_table(texts, body, place);
    if is_plain {
        let text = format!("[[{id}|{written}]]");
        finding.help = Some(format!("write `{text}`"));
        finding.fix = Some(Box::new(Fix::guess(span, text)));
    } else {
        finding.help = Some(format!("link the name to `{id}`"));
    }
}

/// Whether a place is in a line of a table.
fn in_table(texts: &Texts<'_>, body: TextIx, place: TextRange) -> bool {
    let markdown = &texts.pieces.proses[body].markdown;
    let mut is_table = false;
    markdown.ops.iter().any(|op| {
        match op {
            Op::Open(Tag::Table(_)) => is_table = true,
            Op::Close(Tag::Table(_)) => is_table = false,
            Op::Text(slice) if is_table => {
                let here = markdown.place_of(*slice);
                return here.start <= place.start && place.start < here.end;
            }
            _ => {}
        }
        false
    })
}
