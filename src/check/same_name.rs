//! See [`SameName`].

use std::collections::BTreeMap;

use super::CheckContext;
use super::rule::{Report, Scope, label, rule};
use crate::base::TextRange;
use crate::model::reader::Reader;
use crate::model::{EntityIx, RecordIx};
use crate::syntax::kinds::entity::EntityKind;
use crate::syntax::text::Text;

rule! {
    /// Two entities of the same kind have the same name, and lists don't tell them apart.
    ///
    /// Readers see two links that look alike, and can't know which of two people is meant; if one of them is accused of
    /// something, that harms the other. Or the two are really one, and each page has half of what is known.
    ///
    /// Names in `aliases` count as well, and capitals make no difference. Lists show a name with its `description`, so it is
    /// enough if both have one and the two differ.
    ///
    /// If they are the same, keep one record, and move the other's fields into it. If not, describe both, or change one of the
    /// names.
    ///
    /// ```yaml
    /// - {id: john-smith, kind: person, name: John Smith, description: Mayor of Wendle since 2019.}
    /// - {id: john-smith-judge, kind: person, name: John Smith}     # add a description, or write `name: Judge John Smith`
    /// ```
    SameName: SAME_NAME, Warning, Scope::Global(check)
}

/// An entity with one of its names, and where that is written.
struct Bearer {
    at: EntityIx,
    name: String,
    range: TextRange,
    description: Option<String>,
}

fn check(site: &CheckContext<'_>, report: &mut Report) {
    let reader = Reader::untracked(site.model);
    let mut bearers: BTreeMap<(EntityKind, String), Vec<Bearer>> = BTreeMap::new();
    for record in reader.records() {
        let RecordIx::Entity(at) = record else { continue };
        let item = reader.item(at);
        let (linked, fields) = (item.linked(), &item.record.fields);
        let words = |text: &Text| linked.text(text, reader.language()).characters().to_owned();
        let description = fields.description.as_ref().map(words);
        let name = fields.name.variants.first().map(|name| (words(&fields.name), item.record.pieces.proses[*name].range));
        // An alias that is an address is an old address of the page.
        let aliases = fields.common.aliases.iter().filter(|alias| !alias.value.starts_with('/'));
        let aliases = aliases.map(|alias| (alias.value.clone(), alias.range));
        for (name, range) in name.into_iter().chain(aliases) {
            let known = bearers.entry((fields.kind, plain(&name))).or_default();
            if known.last().is_none_or(|last| last.at != at) {
                known.push(Bearer { at, name, range, description: description.clone() });
            }
        }
    }
    for (_, bearers) in bearers.iter().filter(|((_, name), bearers)| bearers.len() > 1 && !name.is_empty()) {
        // Each is compared with the first that it could be mistaken for; there may be too many pairs to report all.
        let mut undescribed: Option<&Bearer> = None;
        let mut described: BTreeMap<&str, &Bearer> = BTreeMap::new();
        for bearer in bearers {
            let description = bearer.description.as_deref().map(str::trim).filter(|words| !words.is_empty());
            let twin = match description {
                Some(words) => described.get(words).copied().or(undescribed),
                None => undescribed.or(described.values().next().copied()),
            };
            if let Some(twin) = twin {
                tell(&reader, twin, bearer, report);
            }
            match description {
                Some(words) => {
                    described.entry(words).or_insert(bearer);
                }
                None => undescribed = undescribed.or(Some(bearer)),
            }
        }
    }
}

fn tell(reader: &Reader<'_>, one: &Bearer, other: &Bearer, report: &mut Report) {
    let (first, second) = (&reader.item(one.at).record, &reader.item(other.at).record);
    // The finding is at the later one in the files.
    let (first, second) = match (first.span(one.range), second.span(other.range)) {
        (a, b) if a <= b => ((first, a), (second, b)),
        (a, b) => ((second, b), (first, a)),
    };
    let message = format!(
        "`{}` has the same name as `{}`, and lists don't tell them apart: “{}”",
        second.0.id.value, first.0.id.value, other.name
    );
    let finding = report.add(second.1, message);
    finding.labels.push(label(first.1, format!("`{}`", first.0.id.value)));
    finding.help = Some(
        "if they are the same, keep one record; if not, give each its own `description`, or change one of the names"
            .to_owned(),
    );
}

/// A name as people compare it.
fn plain(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
