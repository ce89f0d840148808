//! Adding a record: with an id made from its title, its date read as people type dates, next to others of its kind.

use super::place::NewRecord;
use super::typed::{Unfit, typed_date, value};
use super::{Changes, Desk, refused, web_page};
use crate::base::similar::nearest;
use crate::base::slug::is_id;
use crate::build::Failure;
use crate::config::RecordForm;
use crate::date;
use crate::edit::records::markdown_file;
use crate::edit::{Document, Step, Value};
use crate::model::registry;
use crate::source::ContentKind;
use crate::syntax::kinds::author::Author;
use crate::syntax::kinds::claim::Claim;
use crate::syntax::kinds::common::Common;
use crate::syntax::kinds::entity::{Entity, EntityKind};
use crate::syntax::kinds::event::Event;
use crate::syntax::kinds::page::FrontMatter;
use crate::syntax::kinds::source::Source;
use crate::syntax::kinds::term::Term;
use crate::syntax::markdown::citation;
use crate::syntax::{Field, Shape};

/// The kind of thing to add.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewKind {
    /// A section.
    Section,
    /// An ordinary page.
    Page,
    /// An event.
    Event,
    /// An entity of some kind.
    Entity(EntityKind),
    /// An author.
    Author,
    /// A source.
    Source,
    /// A claim.
    Claim,
    /// A term.
    Term,
    /// An entry in the `updates` of an existing record.
    Correction,
}

/// What to add.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Its kind.
    pub kind: NewKind,
    /// Its title; for a claim, the statement; for a correction, what was corrected.
    pub title: String,
    /// Its id, if it shouldn't be made from the title; for a correction, the record's id.
    pub id: Option<String>,
    /// Other fields: keys, and what was typed for them.
    pub fields: Vec<(String, String)>,
    /// Its sources, as in `sources`: each may have a locator.
    pub sources: Vec<String>,
    /// How to store it, if that was asked for.
    pub form: Option<RecordForm>,
    /// The day of a correction without a date.
    pub today: date::Day,
}

/// A field to ask the user for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    /// The field.
    pub key: &'static str,
    /// What to ask.
    pub words: &'static str,
    /// Whether an answer is required.
    pub required: bool,
    /// The kinds of records whose names are wanted, if that is what is asked for.
    pub names: &'static [ContentKind],
}

impl NewKind {
    /// Every kind, by the word for it.
    pub const ALL: &'static [(&'static str, Self)] = &[
        ("section", Self::Section),
        ("page", Self::Page),
        ("event", Self::Event),
        ("person", Self::Entity(EntityKind::Person)),
        ("organization", Self::Entity(EntityKind::Organization)),
        ("place", Self::Entity(EntityKind::Place)),
        ("facility", Self::Entity(EntityKind::Facility)),
        ("law", Self::Entity(EntityKind::Law)),
        ("case", Self::Entity(EntityKind::Case)),
        ("author", Self::Author),
        ("source", Self::Source),
        ("claim", Self::Claim),
        ("term", Self::Term),
        ("correction", Self::Correction),
    ];

    /// The kind with this word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == word).map(|(_, kind)| *kind)
    }

    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(_, kind)| *kind == self).map_or("record", |(word, _)| word)
    }

    /// The kind of file it goes into.
    #[must_use]
    pub fn content(self) -> Option<ContentKind> {
        Some(match self {
            Self::Section | Self::Page => ContentKind::Page,
            Self::Event => ContentKind::Events,
            Self::Entity(_) | Self::Author => ContentKind::Entities,
            Self::Source => ContentKind::Sources,
            Self::Claim => ContentKind::Claims,
            Self::Term => ContentKind::Terms,
            Self::Correction => return None,
        })
    }

    /// The questions to ask besides the title, in order.
    #[must_use]
    pub fn questions(self) -> &'static [Question] {
        const fn must(key: &'static str, words: &'static str) -> Question {
            Question { key, words, required: true, names: &[] }
        }
        const fn may(key: &'static str, words: &'static str) -> Question {
            Question { key, words, required: false, names: &[] }
        }
        const fn names(key: &'static str, words: &'static str, names: &'static [ContentKind]) -> Question {
            Question { key, words, required: false, names }
        }
        const SOURCES: Question = names("sources", "Its sources, by key or words in their titles", &[ContentKind::Sources]);
        match self {
            Self::Section | Self::Page => const { &[may("summary", "Summary, in a sentence")] },
            Self::Event => {
                const {
                    &[
                        must("date", "When did it happen? For example: March 5, 2025"),
                        may("summary", "Summary, in one to three sentences"),
                        names("entities", "Who and what is involved, by id or name", &[ContentKind::Entities]),
                        SOURCES,
                    ]
                }
            }
            Self::Entity(_) => const { &[may("description", "Who or what is it, in a sentence?")] },
            Self::Author => {
                const {
                    &[
                        may("role", "What is the job? For example: Courts reporter"),
                        may("bio", "Who is it, in a few sentences?"),
                        may("contact", "How do readers write? An address or a page"),
                    ]
                }
            }
            Self::Source => {
                const {
                    &[
                        may("publisher", "Who published it?"),
                        may("date", "When was it published?"),
                        may("url", "Its address"),
                    ]
                }
            }
            Self::Claim => const { &[may("asserted-by", "Who says so? An entity's id, or a name"), SOURCES] },
            Self::Term => const { &[must("definition", "What does it mean?")] },
            Self::Correction => &[],
        }
    }

    /// The fields of the record, in the format's order.
    #[must_use]
    pub fn fields(self) -> Vec<&'static Field> {
        let own: &[Field] = match self {
            Self::Section | Self::Page => FrontMatter::FIELDS,
            Self::Event => Event::FIELDS,
            Self::Entity(_) => Entity::FIELDS,
            Self::Author => Author::FIELDS,
            Self::Source => Source::FIELDS,
            Self::Claim => Claim::FIELDS,
            Self::Term => Term::FIELDS,
            Self::Correction => &[],
        };
        own.iter().chain(Common::FIELDS).collect()
    }

    /// The field that holds the title.
    pub(super) fn title_key(self) -> &'static str {
        match self {
            Self::Entity(_) | Self::Author => "name",
            Self::Claim => "text",
            Self::Term => "term",
            _ => "title",
        }
    }
}

/// Adds a record or correction; returns the changes, and the name of the record.
///
/// # Errors
/// If a required field is missing, or a value is invalid.
pub fn new(desk: &Desk, wanted: &Wanted) -> Result<(Changes, String), Failure> {
    if wanted.kind == NewKind::Correction {
        return correction(desk, wanted);
    }
    let name = name(desk, wanted)?;
    let mut typed = vec![(wanted.kind.title_key().to_owned(), wanted.title.clone())];
    typed.extend(wanted.fields.iter().cloned());
    let missing = wanted.kind.questions().iter().find(|question| {
        question.required && !typed.iter().any(|(key, value)| key == question.key && !value.trim().is_empty())
    });
    if let Some(missing) = missing {
        let option = match missing.key {
            "date" => "--date \"March 5, 2025\"".to_owned(),
            key => format!("--set {key}=\"…\""),
        };
        return Err(Failure::Usage(format!("the field `{}` is missing: give it with {option}", missing.key)));
    }
    let mut fields = values(wanted.kind, &typed)?;
    if !wanted.sources.is_empty() {
        let item = |text: &String| value("sources", &Shape::Citation, text.trim());
        let items = wanted.sources.iter().map(item).collect::<Result<Vec<_>, _>>().map_err(Unfit::failure)?;
        match fields.iter_mut().find(|(key, _)| key == "sources") {
            Some((_, Value::List(have))) => have.extend(items),
            _ => fields.push(("sources".to_owned(), Value::List(items))),
        }
    }
    add(desk, wanted, name, fields, "")
}

/// Puts a record with this name and these fields where it belongs, after adding what follows from its kind.
pub(super) fn add(
    desk: &Desk,
    wanted: &Wanted,
    name: String,
    mut fields: Vec<(String, Value)>,
    body: &str,
) -> Result<(Changes, String), Failure> {
    let mut changes = Changes::default();
    complete(desk, wanted.kind, &mut fields, &mut changes);
    let order: Vec<&str> = wanted.kind.fields().iter().map(|field| field.key).collect();
    fields.sort_by_key(|(key, _)| order.iter().position(|known| known == key));
    match wanted.kind {
        NewKind::Section | NewKind::Page => {
            let path = format!("{}/{name}.md", desk.config.src);
            changes.create(&path, markdown_file(&fields, body));
        }
        kind => {
            let entity = if let NewKind::Entity(entity) = kind { Some(entity) } else { None };
            let kind = kind.content().unwrap_or(ContentKind::Events);
            let record = NewRecord { kind, entity, name: &name, fields, body };
            desk.put(record, wanted.form, &mut changes)?;
        }
    }
    Ok((changes, name))
}

/// The new record's name: as typed, or made from the title.
pub(super) fn name(desk: &Desk, wanted: &Wanted) -> Result<String, Failure> {
    let (ids, keys) = desk.names();
    let is_source = wanted.kind == NewKind::Source;
    let taken = if is_source { &keys } else { &ids };
    let Some(id) = &wanted.id else {
        let words = if is_source { web_page::key_words(&wanted.title, &wanted.fields) } else { wanted.title.clone() };
        return desk.free_name(&words, taken).ok_or_else(|| {
            Failure::Usage(format!("`{}` has no letters to make an id from: give one with --id", wanted.title))
        });
    };
    let sound = if is_source { citation::split_key(id).is_some_and(|(_, rest)| rest.is_empty()) } else { is_id(id) };
    if !sound {
        let help = crate::syntax::kinds::common::refuse_id(id, "use");
        return Err(Failure::Usage(format!("`{id}` can't be an id: {help}")));
    }
    if taken.contains(id) {
        let near = desk.free_name(id, taken).map(|free| format!("; `{free}` is free")).unwrap_or_default();
        return Err(Failure::Usage(format!("the id `{id}` is taken{near}")));
    }
    if let Some(why) = registry::reserved(id, &desk.tags()).filter(|_| !is_source) {
        return Err(Failure::Usage(format!("`{id}` can't be an id: {why}")));
    }
    Ok(id.clone())
}

/// The values to write for what was typed.
fn values(kind: NewKind, typed: &[(String, String)]) -> Result<Vec<(String, Value)>, Failure> {
    let known = kind.fields();
    let mut out: Vec<(String, Value)> = Vec::new();
    for (key, text) in typed.iter().filter(|(_, text)| !text.trim().is_empty()) {
        let Some(field) = known.iter().find(|field| field.key == key) else {
            let near = nearest(key, known.iter().map(|field| field.key));
            let near = near.map(|near| format!(": did you mean `{near}`?")).unwrap_or_default();
            return Err(Failure::Usage(format!("there is no field `{key}`{near}")));
        };
        if field.key == "id" {
            return Err(Failure::Usage("give the id with --id".to_owned()));
        }
        let value = value(key, &(field.shape)(), text.trim()).map_err(Unfit::failure)?;
        match out.iter_mut().find(|(have, _)| have == key) {
            Some((_, Value::List(items))) => items.extend(if let Value::List(more) = value { more } else { vec![value] }),
            // Each author is typed separately.
            Some((_, have)) if matches!(field.key, "author" | "editor") => {
                let before = std::mem::replace(have, Value::List(Vec::new()));
                *have = Value::List(vec![before, value]);
            }
            Some((_, have)) => *have = value,
            None => out.push((key.clone(), value)),
        }
    }
    Ok(out)
}

/// Adds the fields that follow from the kind of record.
fn complete(desk: &Desk, kind: NewKind, fields: &mut Vec<(String, Value)>, changes: &mut Changes) {
    let has = |fields: &[(String, Value)], name: &str| fields.iter().any(|(key, _)| key == name);
    match kind {
        NewKind::Section => {
            let last = desk.parsed.iter().filter_map(|(_, file)| file.page.as_ref()?.0.fields.front.order).max();
            if !has(fields, "order") {
                fields.push(("order".to_owned(), Value::plain((last.unwrap_or(0) + 1).to_string())));
            }
        }
        NewKind::Page => fields.push(("kind".to_owned(), Value::plain("page"))),
        NewKind::Entity(entity) => fields.push(("kind".to_owned(), Value::plain(entity.word()))),
        NewKind::Author => fields.push(("kind".to_owned(), Value::plain("author"))),
        NewKind::Claim if !has(fields, "status") && !has(fields, "history") => {
            fields.push(("status".to_owned(), Value::plain("alleged")));
        }
        _ => {}
    }
    // Without sources it isn't ready for readers, and the checks would complain.
    let lacks: Vec<&str> = match kind {
        NewKind::Event => vec!["sources"],
        NewKind::Claim => vec!["asserted-by", "sources"],
        _ => Vec::new(),
    };
    let lacks: Vec<_> = lacks.into_iter().filter(|key| !has(fields, key)).map(|key| format!("`{key}`")).collect();
    if !lacks.is_empty() && !has(fields, "draft") {
        fields.push(("draft".to_owned(), Value::plain("true")));
        changes.notes.push(format!("it is a draft until it has {}: add that, then delete `draft`", lacks.join(" and ")));
    }
}

/// Adds an entry to a record's updates.
fn correction(desk: &Desk, wanted: &Wanted) -> Result<(Changes, String), Failure> {
    let name = wanted.id.clone().unwrap_or_default();
    let Some(record) = desk.record(&name) else {
        let (mut ids, keys) = desk.names();
        ids.extend(keys);
        let near = nearest(&name, ids.iter().map(String::as_str));
        let near = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
        return Err(Failure::Usage(format!("there is no record `{name}`{near}")));
    };
    let typed = |name: &str| wanted.fields.iter().find(|(key, _)| key == name).map(|(_, text)| text.as_str());
    let date = match typed("date") {
        Some(text) => typed_date(text).map_err(Unfit::failure)?,
        None => wanted.today.to_string(),
    };
    let kind = typed("kind").unwrap_or("correction");
    if !["update", "correction", "clarification"].contains(&kind) {
        return Err(Failure::Usage(format!("`{kind}` is not a kind of update: write update, correction or clarification")));
    }
    let item = Value::Map(vec![
        ("date".to_owned(), Value::plain(date)),
        ("kind".to_owned(), Value::plain(kind)),
        ("text".to_owned(), Value::text(wanted.title.clone())),
    ]);
    let mut changes = Changes::default();
    let (path, text) = (&desk.tree.file(record.file).path, &desk.tree.file(record.file).text);
    let document = Document::read(text, desk.form(record.file)).map_err(|why| refused(path, &why))?;
    let steps: Vec<Step> = if desk.is_own_file(&record) { Vec::new() } else { document.record(&name).unwrap_or_default() };
    let order = order(record.kind);
    let edits = document.push(&steps, "updates", &item, &order).map_err(|why| refused(path, &why))?;
    changes.edit(path, text, edits);
    Ok((changes, name))
}

/// The keys of an author, in the format's order.
#[must_use]
pub fn author_order() -> Vec<&'static str> {
    Author::FIELDS.iter().chain(Common::FIELDS).map(|field| field.key).collect()
}

/// The keys of a kind of record, in the format's order.
#[must_use]
pub fn order(kind: ContentKind) -> Vec<&'static str> {
    let own: &[Field] = match kind {
        ContentKind::Front | ContentKind::Page => FrontMatter::FIELDS,
        ContentKind::Events => Event::FIELDS,
        ContentKind::Entities => Entity::FIELDS,
        ContentKind::Sources => Source::FIELDS,
        ContentKind::Claims => Claim::FIELDS,
        ContentKind::Terms => Term::FIELDS,
    };
    own.iter().chain(Common::FIELDS).map(|field| field.key).collect()
}
