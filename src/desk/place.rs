//! Where a new record goes: into a file with others of its kind, or into its own file.

use super::{Changes, Desk, Known, refused};
use crate::build::Failure;
use crate::config::RecordForm;
use crate::edit::records::{list_file, map_file, markdown_file, yaml_file};
use crate::edit::{Document, Form, Value};
use crate::source::ContentKind;
use crate::syntax::kinds::entity::EntityKind;

/// The folder and name of the list for the first record of a kind.
pub(super) fn home(kind: ContentKind, entity: Option<EntityKind>) -> (&'static str, &'static str) {
    match (kind, entity) {
        (ContentKind::Events, _) => ("events", "events"),
        (ContentKind::Sources, _) => ("sources", "sources"),
        (ContentKind::Claims, _) => ("claims", "claims"),
        (ContentKind::Terms, _) => ("", "glossary"),
        (ContentKind::Entities, Some(EntityKind::Person)) => ("entities", "people"),
        (ContentKind::Entities, Some(EntityKind::Organization)) => ("entities", "organizations"),
        (ContentKind::Entities, Some(EntityKind::Place | EntityKind::Facility)) => ("entities", "places"),
        (ContentKind::Entities, Some(EntityKind::Law)) => ("entities", "laws"),
        (ContentKind::Entities, Some(EntityKind::Case)) => ("entities", "cases"),
        (ContentKind::Entities, None) => ("entities", "authors"),
        (ContentKind::Front | ContentKind::Page, _) => ("", ""),
    }
}

/// A new record.
pub(super) struct NewRecord<'r> {
    pub(super) kind: ContentKind,
    pub(super) entity: Option<EntityKind>,
    /// Its id or key.
    pub(super) name: &'r str,
    /// Its fields in order, without the id.
    pub(super) fields: Vec<(String, Value)>,
    /// Its body, which it can have only in its own file.
    pub(super) body: &'r str,
}

impl Desk {
    /// Writes a new record where it belongs, and returns the path of its file. `form` is what the command line asks for.
    pub(super) fn put(
        &self,
        record: NewRecord<'_>,
        form: Option<RecordForm>,
        changes: &mut Changes,
    ) -> Result<String, Failure> {
        let form = form.or(self.config.records).unwrap_or_else(|| self.usual_form(&record));
        if form == RecordForm::Files || !record.body.is_empty() {
            return self.put_in_file(&record, changes);
        }
        let NewRecord { kind, entity, name, fields, .. } = record;
        let with_id = || {
            let id = ("id".to_owned(), Value::plain(name));
            std::iter::once(id).chain(fields.clone()).collect::<Vec<_>>()
        };
        let path = self.list_for(kind, entity);
        let Some(file) = self.tree.files.iter().find(|file| file.path == path) else {
            let text = if kind == ContentKind::Sources { map_file(name, &fields) } else { list_file(&with_id()) };
            changes.create(&path, text);
            return Ok(path);
        };
        let document = Document::read(&file.text, Form::Yaml).map_err(|why| refused(&path, &why))?;
        let edits = match kind {
            ContentKind::Sources => document.add_to_map(name, &fields),
            _ => document.add_to_list(&with_id()),
        };
        changes.edit(&path, &file.text, edits.map_err(|why| refused(&path, &why))?);
        Ok(path)
    }

    fn put_in_file(&self, record: &NewRecord<'_>, changes: &mut Changes) -> Result<String, Failure> {
        let (folder, _) = home(record.kind, record.entity);
        let folder = if record.kind == ContentKind::Terms { "glossary" } else { folder };
        let is_markdown = !matches!(record.kind, ContentKind::Sources | ContentKind::Terms) || !record.body.is_empty();
        let ending = if is_markdown { "md" } else { "yaml" };
        let path = format!("{}/{folder}/{}.{ending}", self.config.src, record.name);
        if self.tree.files.iter().any(|file| file.path == path) {
            return Err(Failure::Usage(format!("{path} already exists")));
        }
        let text = if is_markdown { markdown_file(&record.fields, record.body) } else { yaml_file(&record.fields) };
        changes.create(&path, text);
        Ok(path)
    }

    /// How most records of the same kind are stored.
    fn usual_form(&self, new: &NewRecord<'_>) -> RecordForm {
        let kin: Vec<Known<'_>> = self.records().filter(|record| record.kind == new.kind).collect();
        let files = kin.iter().filter(|record| self.is_own_file(record)).count();
        if files * 2 > kin.len() { RecordForm::Files } else { RecordForm::Lists }
    }

    /// The list that holds most records of a kind, or the one to create for the first.
    pub(super) fn list_for(&self, kind: ContentKind, entity: Option<EntityKind>) -> String {
        let (folder, name) = home(kind, entity);
        let alone = [&*self.config.src, folder, &format!("{name}.yaml")];
        let path = alone.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/");
        let mut counts: Vec<(usize, &str)> = Vec::new();
        for record in self.records().filter(|record| record.kind == kind && !self.is_own_file(record)) {
            // A new person goes where the people are, if there are any.
            let weight = if record.entity == entity { 1_000 } else { 1 };
            let file = self.tree.file(record.file).path.as_str();
            match counts.iter_mut().find(|(_, known)| *known == file) {
                Some((count, _)) => *count += weight,
                None => counts.push((weight, file)),
            }
        }
        let most = counts.iter().map(|(count, _)| *count).max().unwrap_or(0);
        let is_only = counts.len() == 1;
        let kin = counts.into_iter().find(|(count, _)| *count == most).map(|(_, file)| file.to_owned());
        // If all entities are in one list, entities of every kind go there.
        let is_of_many = kind == ContentKind::Entities;
        kin.filter(|_| most >= 1_000 || is_only || !is_of_many).unwrap_or(path)
    }
}
