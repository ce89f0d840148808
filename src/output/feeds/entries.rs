//! What a feed contains, whatever its format.

use std::cmp::Reverse;

use crate::base::escape;
use crate::date::{Date, Day, OrderKey};
use crate::model::dated::{nth_of_its_date, oldest_first};
use crate::model::{EventIx, Model, PageIx, RecordIx, address};
use crate::output::{RenderContext, names};
use crate::syntax::indices::BlockIx;
use crate::syntax::kinds::author::Contact;
use crate::syntax::kinds::blocks::Block;
use crate::view::View;
use crate::view::byline::Signed;
use crate::view::chart::chart_anchor;
use crate::view::html::Writer;
use crate::view::map::map_anchor;

/// Which feed.
#[derive(Clone, Debug)]
pub enum Which {
    /// New sections and events.
    News,
    /// Updates and corrections.
    Updates,
    /// Everything new or changed about a section or entity, whose folder is given.
    Of(RecordIx, String),
}

impl Which {
    /// The path of its files, without the extension.
    #[must_use]
    pub fn stem(&self) -> String {
        match self {
            Self::News => "feed".to_owned(),
            Self::Updates => "updates".to_owned(),
            Self::Of(_, folder) => format!("{folder}/feed"),
        }
    }
}

/// A feed.
pub struct Feed {
    /// Its permanent id.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// What it is, in a sentence; may be empty.
    pub description: String,
    /// The page that it belongs to.
    pub page: String,
    /// The address of its file, without the extension.
    pub stem: String,
    /// The latest change of any entry.
    pub updated: String,
    /// Who made it.
    pub authors: Vec<Person>,
    /// The terms under which its text may be reused.
    pub license: Option<String>,
    /// Its language's tag.
    pub language: String,
    /// Newest first.
    pub entries: Vec<Entry>,
}

/// An entry.
pub struct Entry {
    /// Its permanent id.
    pub id: String,
    /// Where to read it.
    pub url: String,
    /// What it is called, as plain text.
    pub title: String,
    /// What it says, in a sentence, as plain text; may be empty.
    pub summary: String,
    /// What it says, as HTML with absolute addresses.
    pub html: String,
    /// When it was first published.
    pub published: String,
    /// When it last changed.
    pub updated: String,
    /// Who wrote it, if that is said.
    pub authors: Vec<Person>,
    /// Topics.
    pub topics: Vec<String>,
}

/// Someone who wrote or made something.
pub struct Person {
    /// The name.
    pub name: String,
    /// Their own page.
    pub url: Option<String>,
    /// Their email address.
    pub email: Option<String>,
}

impl Person {
    /// Somebody in a byline.
    fn of<'m>(view: &View<'m>, by: Signed<'m>) -> Self {
        let name = view.name_of(by).to_owned();
        let Signed::Author(at) = by else { return Self { name, url: None, email: None } };
        let contact = view.reader.item(at).record.fields.contact.as_ref();
        let email = contact.and_then(Contact::mail).map(str::to_owned);
        Self { name, url: Some(view.public_url(at.into())), email }
    }
}

/// What an entry is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Item {
    /// A new record.
    New(RecordIx),
    /// One of a record's updates, by index.
    Change(RecordIx, usize),
}

/// The feed's content.
pub(super) fn feed(site: &RenderContext<'_>, which: &Which) -> Feed {
    let (view, config) = (&site.view, site.config);
    let name = &config.first().title;
    let (title, description, folder) = match which {
        Which::News => (name.clone(), config.first().description.clone(), ""),
        Which::Updates => (view.words.fill("feed.updates", &[("site", name)]), String::new(), "changes"),
        Which::Of(owner, folder) => {
            let title = view.words.fill("feed.of", &[("title", &view.record_title(*owner)), ("site", name)]);
            (title, String::new(), folder.as_str())
        }
    };
    let mut items = items(site.model, view, which);
    // What became known on the same day: sections in their order, then events, latest first.
    let place = |item: &Item| match *item {
        Item::New(RecordIx::Event(at)) => (1, -i64::from(at.0)),
        Item::New(_) => (0, 0),
        Item::Change(..) => (2, 0),
    };
    items.sort_unstable_by_key(|(date, item)| (*date, place(item), *item));
    let entries: Vec<Entry> =
        items.into_iter().filter_map(|(_, item)| entry(site, item)).take(config.feed_entries).collect();
    // An empty feed needs a time too. The site's as-of day changes only when its content does; a build's time always
    // would.
    let since = config.as_of.as_ref().and_then(|day| view.moment(&Date::from(day.value)));
    let latest = entries.iter().filter_map(|entry| Some((entry.updated.parse::<jiff::Timestamp>().ok()?, &entry.updated)));
    let updated = latest.max_by_key(|(time, _)| *time).map(|(_, written)| written.clone()).or(since);
    let publisher = config.publisher.name.as_ref().map(|name| name.value.clone());
    let mut authors: Vec<Person> = view.makers().into_iter().map(|by| Person::of(view, by)).collect();
    if authors.is_empty() {
        authors.push(Person { name: publisher.unwrap_or_else(|| name.clone()), url: None, email: None });
    }
    Feed {
        id: names::permanent(site, &["feed", &which.stem()]),
        title,
        description,
        page: view.absolute(&address::folder(folder)),
        stem: view.absolute(&address::file(&which.stem())),
        updated: updated.unwrap_or_else(|| "1970-01-01T00:00:00Z".to_owned()),
        authors,
        license: config.publisher.license.as_ref().map(|license| license.value.clone()),
        language: config.first().tag.clone(),
        entries,
    }
}

/// Everything that a feed may contain, with its sort key.
fn items(model: &Model, view: &View<'_>, which: &Which) -> Vec<(Reverse<(Day, OrderKey)>, Item)> {
    let mut out = Vec::new();
    let new = |owner: RecordIx| Some((Reverse(model.reached(&model.known(owner)?)), Item::New(owner)));
    match which {
        Which::News => {
            out.extend(PageIx::first(model.sections).filter_map(|at| new(at.into())));
            out.extend(EventIx::first(model.events.len()).filter_map(|at| new(at.into())));
        }
        Which::Updates => {
            let date = |owner: RecordIx, index: usize| &model.common(owner).updates[index].date.value;
            let changes = view.all_changes().iter().map(|change| (change.of, change.index));
            out.extend(changes.map(|(owner, at)| (Reverse(model.reached(date(owner, at))), Item::Change(owner, at))));
        }
        Which::Of(owner, _) => {
            let events: &[EventIx] = match owner {
                RecordIx::Page(at) => &model[*at].tells,
                RecordIx::Entity(at) => &model[*at].timeline,
                _ => &[],
            };
            for owner in std::iter::once(*owner).chain(events.iter().map(|at| RecordIx::Event(*at))) {
                out.extend(new(owner));
                let changes = model.common(owner).updates.iter().enumerate();
                out.extend(
                    changes.map(|(index, update)| (Reverse(model.reached(&update.date.value)), Item::Change(owner, index))),
                );
            }
        }
    }
    out
}

fn entry(site: &RenderContext<'_>, item: Item) -> Option<Entry> {
    match item {
        Item::New(owner) => new(site, owner),
        Item::Change(owner, index) => change(site, owner, index),
    }
}

fn new(site: &RenderContext<'_>, owner: RecordIx) -> Option<Entry> {
    let (view, model) = (&site.view, site.model);
    let known = model.known(owner)?;
    let [kind, name] = names::of_record(model, owner);
    let mut html = String::new();
    let mut writer = Writer::fragment(view, model.linked(owner));
    let (summary, authors, topics, last) = match owner {
        RecordIx::Page(at) => {
            let front = &model[at].item.record.fields.front;
            if let Some(summary) = writer.maybe(front.summary.as_ref()) {
                html.push_str(&format!("<p>{summary}</p>"));
            }
            if !front.key_points.is_empty() {
                let points: String =
                    front.key_points.iter().map(|point| format!("<li>{}</li>", writer.text(point))).collect();
                html.push_str(&format!("<ul>{points}</ul>"));
            }
            (front.summary.as_ref(), view.signed(at), &front.topics[..], None)
        }
        RecordIx::Event(at) => {
            let event = &model[at];
            let fields = &event.item.record.fields;
            html.push_str(&format!("<p>{}</p>", view.date_text(event.date()).html));
            if let Some(summary) = writer.maybe(fields.summary.as_ref()) {
                html.push_str(&format!("<p>{summary}</p>"));
            }
            let later = oldest_first(&fields.later, &model.zone);
            for later in &later {
                let (date, text) = (view.date_text(&later.date.value).html, writer.text(&later.text));
                html.push_str(&format!("<p>{}</p>", view.labeled(&date, &text)));
            }
            let sources = escape::html_string(&view.source_names(&event.item.cited));
            html.push_str(&format!("<p>{}</p>", view.labeled(&escape::html_string(view.words.get("ui.sources")), &sources)));
            let last = later.iter().map(|later| &later.date.value).max_by_key(|date| model.reached(date));
            (fields.summary.as_ref(), Vec::new(), &fields.topics[..], last)
        }
        _ => return None,
    };
    html.push_str(&more(site, owner, &writer));
    let latest = [Some(&known), model.changed(owner), last].into_iter().flatten().max_by_key(|date| model.reached(date))?;
    let published = view.moment(&known)?;
    Some(Entry {
        id: names::permanent(site, &[kind, name]),
        url: view.absolute(&model.record_address(owner)),
        title: view.record_title(owner),
        summary: view.plain_text(owner, summary),
        html: view.absolute(&html),
        updated: view.moment(latest).unwrap_or_else(|| published.clone()),
        published,
        authors: authors.into_iter().map(|by| Person::of(view, by)).collect(),
        topics: topics.iter().map(|topic| topic.value.clone()).collect(),
    })
}

/// What a record's text shows besides words: charts, maps, embeds, films, sounds and documents. Readers of feeds drop drawings,
/// frames and players, so each is a link to the one on the page, to the site that provides it, or to the file.
fn more(site: &RenderContext<'_>, owner: RecordIx, writer: &Writer<'_, '_>) -> String {
    let page = site.model.record_address(owner);
    let linked = site.model.linked(owner);
    let Some(body) = linked.body else { return String::new() };
    let block = |(index, block): (BlockIx, &Block)| match block {
        Block::Chart(chart) => Some((format!("{page}#{}", chart_anchor(index)), writer.plain(&chart.title))),
        Block::Map(map) => Some((format!("{page}#{}", map_anchor(index)), writer.plain(&map.title))),
        Block::Embed(embed) => Some((escape::html_string(&embed.url.0.value), writer.plain(&embed.title))),
        Block::Figure(figure) => {
            Some((site.view.film_address(&linked.destinations[figure.src.0])?, writer.plain(&figure.alt)))
        }
        _ => None,
    };
    let blocks = body.blocks.indices().zip(&body.blocks).filter_map(block);
    let films = site.view.films_in(linked, body.markdown(linked.pieces));
    let link = |(url, title): (String, String)| format!("<p><a href=\"{url}\">{}</a></p>", escape::html_string(&title));
    blocks.chain(films).map(link).collect()
}

fn change(site: &RenderContext<'_>, owner: RecordIx, index: usize) -> Option<Entry> {
    let (view, model) = (&site.view, site.model);
    let updates = &model.common(owner).updates;
    let update = &updates[index];
    let date = &update.date.value;
    let same_day = nth_of_its_date(updates, index, &model.zone);
    let [kind, name] = names::of_record(model, owner);
    let mut writer = Writer::fragment(view, model.linked(owner));
    let word = view.word("update", update.kind.word());
    let time = view.moment(date)?;
    Some(Entry {
        id: names::permanent(site, &["update", kind, name, &date.to_string(), &same_day.to_string()]),
        url: view.absolute(&model.record_address(owner)),
        title: view.words.fill("feed.change", &[("kind", &word), ("title", &view.record_title(owner))]),
        summary: writer.plain(&update.text),
        html: view.absolute(&format!("<p>{}</p>", writer.text(&update.text))),
        published: time.clone(),
        updated: time,
        authors: Vec::new(),
        topics: Vec::new(),
    })
}
