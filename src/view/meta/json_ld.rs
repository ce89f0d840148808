//! JSON-LD in the terms of schema.org: one graph for each page.
//!
//! We say nothing for which the vocabulary has no true term. A ruling or a statement isn't an `Event` there; an event
//! with a place and a day that nobody doubts is.

use serde::Serialize;

use super::mentions::{self, Named, Work};
use super::people::{self, Writer};
use crate::base::escape;
use crate::base::hash::allowed_script;
use crate::model::{ClaimIx, EventIx, Link, PageIx, RecordIx, Role, address};
use crate::syntax::kinds::common::{Assertion, UpdateKind, WebAddress};
use crate::syntax::kinds::event::EventStatus;
use crate::view::time::iso;
use crate::view::{Head, View};

#[derive(Serialize)]
struct Document<'m> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@graph")]
    graph: Vec<Node<'m>>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Node<'m> {
    Page(Box<Page<'m>>),
    Breadcrumbs(Breadcrumbs<'m>),
    Site(Website<'m>),
    Publisher(Publisher<'m>),
}

/// A reference to a node by its id.
#[derive(Serialize)]
struct Ref {
    #[serde(rename = "@id")]
    id: String,
}

/// The page that an article is on. Properties that only pages have go here.
#[derive(Serialize)]
struct Host<'m> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "@id")]
    id: &'m str,
    breadcrumb: Ref,
}

/// A page, or the article that it is.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Page<'m> {
    #[serde(rename = "@type")]
    kind: Vec<&'static str>,
    #[serde(rename = "@id")]
    id: String,
    url: &'m str,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[expect(clippy::struct_field_names, reason = "the word is schema.org's")]
    main_entity_of_page: Option<Host<'m>>,
    /// For an article.
    #[serde(skip_serializing_if = "Option::is_none")]
    headline: Option<&'m str>,
    /// For any other page.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'m str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'m str,
    in_language: &'m str,
    is_part_of: Option<Ref>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<Publisher<'m>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Writer<'m>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_modified: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    article_section: Option<&'m str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    keywords: Vec<&'m str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    word_count: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    temporal_coverage: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    license: Option<&'m str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    main_entity: Option<Entity<'m>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    about: Vec<Named<'m>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    mentions: Vec<Named<'m>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    citation: Vec<Work<'m>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    correction: Vec<Correction>,
    #[serde(skip_serializing_if = "Option::is_none")]
    breadcrumb: Option<Ref>,
}

/// The thing that a record's page is about.
#[derive(Serialize)]
#[serde(untagged)]
enum Entity<'m> {
    Thing {
        #[serde(flatten)]
        named: Named<'m>,
        #[serde(skip_serializing_if = "str::is_empty")]
        description: String,
        #[serde(rename = "alternateName", skip_serializing_if = "Vec::is_empty")]
        aliases: Vec<&'m str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        geo: Option<mentions::Coordinates>,
    },
    Happening {
        #[serde(flatten)]
        named: Named<'m>,
        #[serde(rename = "startDate")]
        start: String,
        location: Named<'m>,
        #[serde(rename = "eventStatus", skip_serializing_if = "Option::is_none")]
        status: Option<&'static str>,
    },
    Claim {
        #[serde(flatten)]
        named: Named<'m>,
        #[serde(rename = "creativeWorkStatus")]
        status: String,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        author: Vec<Named<'m>>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        appearance: Vec<Ref>,
    },
    Work(Work<'m>),
    Writer(Box<Writer<'m>>),
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Correction {
    #[serde(rename = "@type")]
    kind: &'static str,
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Breadcrumbs<'m> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "@id")]
    id: String,
    item_list_element: Vec<Crumb<'m>>,
}

#[derive(Serialize)]
struct Crumb<'m> {
    #[serde(rename = "@type")]
    kind: &'static str,
    position: usize,
    name: &'m str,
    item: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Website<'m> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "@id")]
    id: String,
    url: String,
    name: &'m str,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'m str,
    in_language: &'m str,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<Ref>,
}

#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Publisher<'m> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "@id")]
    id: String,
    name: &'m str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'m str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    logo: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<&'m str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    corrections_policy: Option<&'m str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ethics_policy: Option<&'m str>,
}

/// Appends the graph of a page as a script that no browser runs, and returns what the Content-Security-Policy needs to
/// allow it.
pub fn write<'m>(out: &mut String, view: &View<'m>, head: &'m Head, owner: Option<RecordIx>, url: &'m str) -> String {
    let mut graph = Vec::with_capacity(3);
    let mut page = page(view, head, url);
    match owner {
        Some(owner) => of_record(&mut page, view, head, owner, url),
        None if head.kind == "index" => {
            page.kind = vec!["WebPage"];
            graph.push(Node::Site(website(view)));
            graph.extend(publisher(view, true).map(Node::Publisher));
        }
        None => page.kind = vec!["CollectionPage"],
    }
    if let Some(crumbs) = breadcrumbs(view, head, owner, url) {
        let breadcrumb = Ref { id: crumbs.id.clone() };
        match page.headline {
            Some(_) => page.main_entity_of_page = Some(Host { kind: "WebPage", id: url, breadcrumb }),
            None => page.breadcrumb = Some(breadcrumb),
        }
        graph.push(Node::Breadcrumbs(crumbs));
    }
    graph.insert(0, Node::Page(Box::new(page)));
    // Maps with texts as keys always serialize.
    let json = serde_json::to_string(&Document { context: "https://schema.org", graph }).unwrap_or_default();
    // Nothing is escaped in a script, so no text may look like its end or like a comment.
    let json = json.replace('<', "\\u003c");
    out.push_str("<script type=\"application/ld+json\">");
    out.push_str(&json);
    out.push_str("</script>\n");
    // Browsers don't apply the policy to data; checkers do.
    allowed_script(&json)
}

/// What all pages say.
fn page<'m>(view: &View<'m>, head: &'m Head, url: &'m str) -> Page<'m> {
    let license = view.config.publisher.license.as_ref().map(|license| license.value.as_str());
    Page {
        id: url.to_owned(),
        url,
        name: Some(&head.title),
        description: &head.description,
        in_language: &view.config.first().tag,
        is_part_of: Some(Ref { id: site_id(view) }),
        license: license.filter(|license| license.starts_with("http")),
        ..Page::default()
    }
}

/// What the page of a record says in addition.
fn of_record<'m>(page: &mut Page<'m>, view: &View<'m>, head: &'m Head, owner: RecordIx, url: &'m str) {
    page.kind = vec!["WebPage"];
    page.date_published = view.reader.published(owner).and_then(|date| view.moment(date));
    page.date_modified = view.reader.changed(owner).and_then(|date| view.moment(date));
    page.image = view.picture(Some(owner)).map(|picture| view.absolute(&address::file(&picture.path)));
    page.citation = mentions::cited(view, owner);
    page.correction = corrections(view, owner);
    match owner {
        RecordIx::Page(at) if view.reader.role(at) == Role::Section => article(page, view, head, at),
        RecordIx::Page(_) | RecordIx::Term(_) => {}
        RecordIx::Event(at) => {
            page.temporal_coverage = mentions::coverage(view.reader.date(at), view.reader.possible_days(at));
            let fields = &view.reader.item(at).record.fields;
            let targets = &view.reader.item(at).targets;
            page.about = fields.entities.iter().filter_map(|index| named(view, targets[index.0])).collect();
            page.main_entity = happening(view, at);
        }
        RecordIx::Entity(at) => {
            let fields = &view.reader.item(at).record.fields;
            let aliases = fields.common.aliases.iter().map(|alias| alias.value.as_str());
            page.main_entity = Some(Entity::Thing {
                named: Named { url: Some(url.to_owned()), ..mentions::entity(view, at) },
                description: view.plain_text(owner, fields.description.as_ref()),
                aliases: aliases.filter(|alias| !alias.starts_with('/')).collect(),
                geo: mentions::coordinates(view, at),
            });
        }
        RecordIx::Claim(at) => page.main_entity = Some(claim(view, at)),
        RecordIx::Source(at) => page.main_entity = Some(Entity::Work(mentions::work(view, at))),
        RecordIx::Author(at) => {
            page.kind = vec!["ProfilePage"];
            page.main_entity = Some(Entity::Writer(Box::new(people::whole(view, at))));
        }
    }
}

/// A section is a background article.
fn article<'m>(page: &mut Page<'m>, view: &View<'m>, head: &'m Head, at: PageIx) {
    let record = &view.reader.item(at).record;
    let front = &record.fields.front;
    page.kind = vec!["NewsArticle", "BackgroundNewsArticle"];
    page.id = mentions::thing_id(view, RecordIx::Page(at));
    page.headline = Some(&head.title);
    page.name = None;
    page.publisher = publisher(view, false);
    page.author = people::writers(view, at);
    page.article_section = view.reader.part(at);
    page.keywords = front.topics.iter().map(|topic| topic.value.as_str()).collect();
    page.word_count = record.body.as_ref().map(|body| body.length.words);
    page.temporal_coverage = mentions::span_of(view, view.reader.timeline(at.into()));
    (page.about, page.mentions) = mentions::of_section(view, RecordIx::Page(at), view.reader.tells(at));
}

/// Something of which only the name is known.
fn unknown(name: &str) -> Named<'_> {
    Named { kind: None, id: None, name, url: None, same_as: Vec::new(), time: None }
}

fn named<'m>(view: &View<'m>, target: Link) -> Option<Named<'m>> {
    match target {
        Link::To(RecordIx::Entity(at)) => Some(mentions::entity(view, at)),
        _ => None,
    }
}

/// An event in schema.org's sense: on a day, at a place, and not in doubt.
fn happening<'m>(view: &View<'m>, at: EventIx) -> Option<Entity<'m>> {
    let item = view.reader.item(at);
    let fields = &item.record.fields;
    let date = view.reader.date(at);
    let sure = matches!(fields.status, EventStatus::Confirmed | EventStatus::Scheduled);
    let start = iso(date).filter(|_| sure && date.is_exact_day())?;
    let location = named(view, item.targets[fields.place?.0])?;
    let owner = RecordIx::Event(at);
    let named = Named {
        kind: Some("Event"),
        id: Some(mentions::thing_id(view, owner)),
        url: Some(view.absolute(&view.reader.record_address(owner))),
        ..unknown(view.title_of(owner))
    };
    let status = (fields.status == EventStatus::Scheduled).then_some("https://schema.org/EventScheduled");
    Some(Entity::Happening { named, start, location, status })
}

fn claim<'m>(view: &View<'m>, at: ClaimIx) -> Entity<'m> {
    let owner = RecordIx::Claim(at);
    let item = view.reader.item(at);
    let (fields, targets) = (&item.record.fields, &item.targets);
    let by = |assertion: &Assertion| named(view, targets[assertion.by.pointer?]);
    let thing_of = |record: RecordIx| mentions::thing_id(view, record);
    let section = |target: Link| match target {
        Link::To(page @ RecordIx::Page(_)) => Some(Ref { id: thing_of(page) }),
        _ => None,
    };
    Entity::Claim {
        named: Named {
            kind: Some("Claim"),
            id: Some(mentions::thing_id(view, owner)),
            url: Some(view.absolute(&view.reader.record_address(owner))),
            ..unknown(view.title_of(owner))
        },
        status: view.word("claim-status", view.reader.claim_status(at).word()),
        author: fields.asserted_by.iter().filter_map(by).collect(),
        appearance: fields.sections.iter().filter_map(|index| section(targets[index.0])).collect(),
    }
}

fn corrections(view: &View<'_>, owner: RecordIx) -> Vec<Correction> {
    let updates = view.reader.newest_first(&view.reader.common(owner).updates);
    let updates = updates.into_iter().filter(|update| update.kind != UpdateKind::Update);
    let correction = |update: &crate::syntax::kinds::common::Update| Correction {
        kind: "CorrectionComment",
        text: view.plain_text(owner, Some(&update.text)),
        date_published: view.moment(&update.date.value),
    };
    updates.map(correction).collect()
}

fn site_id(view: &View<'_>) -> String {
    view.absolute(&address::folder("")) + "#website"
}

fn website<'m>(view: &View<'m>) -> Website<'m> {
    let language = view.config.first();
    Website {
        kind: "WebSite",
        id: site_id(view),
        url: view.absolute(&address::folder("")),
        name: &language.title,
        description: &language.description,
        in_language: &language.tag,
        publisher: publisher(view, false).map(|publisher| Ref { id: publisher.id }),
    }
}

/// Who publishes the site, in full on its front page.
fn publisher<'m>(view: &View<'m>, in_full: bool) -> Option<Publisher<'m>> {
    fn web(value: Option<&WebAddress>) -> Option<&str> {
        value.map(|address| address.0.value.as_str())
    }
    let table = &view.config.publisher;
    let brief = Publisher {
        kind: "NewsMediaOrganization",
        id: view.absolute(&address::folder("")) + "#publisher",
        name: &table.name.as_ref()?.value,
        url: web(table.url.as_ref()),
        ..Publisher::default()
    };
    if !in_full {
        return Some(brief);
    }
    let logo = |path: &str| {
        let own = || view.absolute(&address::file(&escape::percent_encoded(path.trim_start_matches('/'))));
        if path.contains("://") { path.to_owned() } else { own() }
    };
    let contact = table.contact.as_ref().map(|contact| contact.value.trim_start_matches("mailto:"));
    Some(Publisher {
        logo: table.logo.as_ref().map(|path| logo(&path.value)),
        email: contact.filter(|contact| contact.contains('@') && !contact.contains("://")),
        corrections_policy: web(table.corrections_policy.as_ref()),
        ethics_policy: web(table.ethics_policy.as_ref()),
        ..brief
    })
}

/// The path from the front page to this one; the front page has none.
fn breadcrumbs<'m>(view: &View<'m>, head: &'m Head, owner: Option<RecordIx>, url: &str) -> Option<Breadcrumbs<'m>> {
    if head.kind == "index" {
        return None;
    }
    let mut steps: Vec<(&'m str, String)> = vec![(&view.config.first().title, view.absolute(&address::folder("")))];
    steps.extend(owner.and_then(|owner| mentions::list_of(view, owner)));
    steps.push((&head.title, url.to_owned()));
    let steps = steps.into_iter().enumerate();
    Some(Breadcrumbs {
        kind: "BreadcrumbList",
        id: format!("{url}#breadcrumb"),
        item_list_element: steps
            .map(|(at, (name, item))| Crumb { kind: "ListItem", position: at + 1, name, item })
            .collect(),
    })
}
