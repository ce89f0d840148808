//! `data/site.json`: the public records, and the schema next to it (JSON Schema 2020-12).

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;

use super::each::Each;
use super::records::{AuthorRecord, ClaimRecord, EntityRecord, EventRecord, PageRecord, SourceRecord, TermRecord};
use super::site_json::Maker;
use crate::model::{AuthorIx, ClaimIx, EntityIx, EventIx, PageIx, Role, SourceIx, TermIx, address};
use crate::output::RenderContext;

/// The version of the format.
const VERSION: u32 = 1;

/// A site made by Backgrounder: every public record, in the site's first language, and what each points at. Texts are
/// plain; lists of other records are lists of their ids.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "Site")]
struct Root<'m> {
    /// The schema of this file.
    #[serde(rename = "$schema")]
    schema: &'static str,
    /// The version of this format. A change that may break a reader raises it; new fields do not.
    version: u32,
    /// The site itself.
    site: SiteRecord<'m>,
    /// Sections, in reading order.
    sections: Each<'m, PageRecord<'m>>,
    /// Pages outside the reading order.
    pages: Each<'m, PageRecord<'m>>,
    /// Events, in chronological order.
    events: Each<'m, EventRecord<'m>>,
    /// People, organizations, places, facilities, laws and cases, by id.
    entities: Each<'m, EntityRecord<'m>>,
    /// Claims, by id.
    claims: Each<'m, ClaimRecord<'m>>,
    /// Glossary terms, by id.
    terms: Each<'m, TermRecord<'m>>,
    /// Sources, by key.
    sources: Each<'m, SourceRecord<'m>>,
    /// Those who write for the site, by id. They are no entities: what the site tells is not about them.
    #[serde(skip_serializing_if = "Each::is_empty")]
    authors: Each<'m, AuthorRecord<'m>>,
}

/// The site itself.
#[derive(Serialize, JsonSchema)]
struct SiteRecord<'m> {
    /// What it is called.
    title: &'m str,
    /// What it is, in a sentence.
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'m str,
    /// Its language, as a tag (BCP 47).
    language: &'m str,
    /// Its address, with a trailing slash; absent if it is not known. If it is there, addresses of records are
    /// absolute; otherwise they begin at the site's root.
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    /// The site's as-of day.
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of: Option<String>,
    /// Who made it, by name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<&'m str>,
    /// Those among them who have a record here, by id.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author_ids: Vec<&'m str>,
    /// Who publishes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<&'m str>,
    /// The terms under which its texts may be reused.
    #[serde(skip_serializing_if = "Option::is_none")]
    license: Option<&'m str>,
}

/// The file.
pub fn write(site: &RenderContext<'_>) -> Vec<u8> {
    let model = site.model;
    // Roughly its final size, so that a large file isn't copied again and again while it grows.
    let body = |page: &crate::model::PageItem| {
        let record = &page.item.record;
        record.body.as_ref().map_or(0, |body| body.markdown(&record.pieces).characters().len()) + 2_500
    };
    let records = model.events.len() + model.entities.len() + model.claims.len() + model.terms.len() + model.sources.len();
    let mut out = Vec::with_capacity(model.pages.iter().map(|page| body(page)).sum::<usize>() + records * 800);
    // Texts, numbers and lists of them always serialize, and writing to memory doesn't fail.
    let _ = serde_json::to_writer(&mut out, &root(site));
    out
}

/// The schema of the file, made from the structs that write it.
#[must_use]
pub fn schema() -> Vec<u8> {
    // Fields that are left out when empty are optional.
    let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let mut text = serde_json::to_vec_pretty(&generator.into_root_schema_for::<Root<'_>>()).unwrap_or_default();
    text.push(b'\n');
    text
}

fn root<'s>(site: &RenderContext<'s>) -> Root<'s> {
    let (model, config) = (site.model, site.config);
    let maker = Maker { model: site.model, view: site.view, texts: config.data.texts != Some(false) };
    let makers = site.view.makers();
    let publisher = &config.publisher;
    Root {
        schema: "site.schema.json",
        version: VERSION,
        site: SiteRecord {
            title: &config.first().title,
            description: &config.first().description,
            language: &config.first().tag,
            url: config.base_url.as_ref().map(|_| site.view.absolute(&address::folder(""))),
            as_of: config.as_of.as_ref().map(|day| day.value.to_string()),
            authors: makers.iter().map(|by| site.view.name_of(*by)).collect(),
            author_ids: maker.author_ids(&makers),
            publisher: publisher.name.as_ref().map(|name| name.value.as_str()),
            license: publisher.license.as_ref().map(|license| license.value.as_str()),
        },
        sections: Each::first(model.sections, move |at| maker.page(PageIx(at))),
        pages: Each {
            of: (model.sections..model.pages.len())
                .filter(|at| model.pages[*at].role != Role::NotFound)
                .map(|at| at as u32)
                .collect(),
            make: Box::new(move |at| maker.page(PageIx(at))),
        },
        events: Each::first(model.events.len(), move |at| maker.event(EventIx(at))),
        entities: Each::first(model.entities.len(), move |at| maker.entity(EntityIx(at))),
        claims: Each::first(model.claims.len(), move |at| maker.claim(ClaimIx(at))),
        terms: Each::first(model.terms.len(), move |at| maker.term(TermIx(at))),
        sources: Each::first(model.sources.len(), move |at| maker.source(SourceIx(at))),
        authors: Each::first(model.authors.len(), move |at| maker.author(AuthorIx(at))),
    }
}
