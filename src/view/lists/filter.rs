//! The filter of the site's timeline: what readers can choose, and what each event offers for it.
//!
//! Choices are numbered, and events name theirs by number: an id in every row would be most of the page.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Serialize;

use crate::base::escape;
use crate::config::TimelineStyle;
use crate::date::{Bounds, Date, Day};
use crate::model::read::RecordKind;
use crate::model::{EntityIx, EventIx, PageIx, address};
use crate::syntax::kinds::entity::EntityKind;
use crate::syntax::kinds::event::EventStatus;
use crate::view::View;
use crate::view::timeline::FacetsView;

/// The most choices of one group. Nobody reads a longer list of check boxes; the text filter finds the rest.
const IN_A_GROUP: usize = 60;

/// The forms that a plural may have in any language.
const PLURALS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// What readers can choose on the site's timeline. A script does the work, so templates hide it where none runs.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct FilterView {
    /// What the script says, as JSON by name; a message with a number has one text for each plural form.
    pub words: String,
    /// The script that holds the dates and choices of all events of a divided timeline; absent if its rows hold them.
    pub events_url: Option<String>,
    /// The script that holds their headlines, for the text filter.
    pub titles_url: Option<String>,
    /// Whether there are major events among others, so that a reader can ask for them.
    pub major: Option<ChoiceView>,
    /// The key: sections with their marks.
    pub sections: Option<ChoicesView>,
    /// Everything else: people and places by kind, topics, statuses.
    pub groups: Vec<ChoicesView>,
}

/// A group of choices, of which a reader may choose several.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct ChoicesView {
    /// What it is called in the page's address: `section`, `who`, `topic` or `status`.
    pub name: &'static str,
    /// Its heading.
    pub title: String,
    /// Its choices.
    pub choices: Vec<ChoiceView>,
}

/// A choice.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct ChoiceView {
    /// What it is called in the page's address: an id, a topic, a status.
    pub value: String,
    /// What it is called on the page.
    pub title_html: String,
    /// The section's mark, as a class name; empty for all others.
    pub mark: &'static str,
    /// How many events it has.
    pub count: usize,
    /// Its number, by which events name it.
    pub number: usize,
}

/// What a choice is about. Their order is that of the groups.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Key<'m> {
    Major,
    Section(PageIx),
    Entity(u8, EntityIx),
    Topic(&'m str),
    Status(u8),
}

/// The kinds of entities, in the order of their groups.
const KINDS: [EntityKind; 6] = [
    EntityKind::Person,
    EntityKind::Organization,
    EntityKind::Place,
    EntityKind::Facility,
    EntityKind::Case,
    EntityKind::Law,
];
/// The statuses, in the order of their choices.
const STATUSES: [EventStatus; 4] =
    [EventStatus::Confirmed, EventStatus::Reported, EventStatus::Disputed, EventStatus::Scheduled];

fn place_of<T: Copy + PartialEq>(list: &[T], wanted: T) -> u8 {
    list.iter().position(|one| *one == wanted).and_then(|at| u8::try_from(at).ok()).unwrap_or_default()
}

/// Which entities are choices, worked out when a card first asks.
#[derive(Debug, Default)]
pub struct Choosable(OnceLock<Vec<EntityIx>>);

impl Choosable {
    /// Of each kind, those with the most events, as in [`Choices`].
    fn of(view: &View<'_>) -> Vec<EntityIx> {
        let reader = view.reader;
        let mut all: Vec<_> = EntityIx::first(reader.count(RecordKind::Entity))
            .map(|at| (place_of(&KINDS, reader.entity_kind(at)), std::cmp::Reverse(reader.timeline(at.into()).len()), at))
            .filter(|(_, events, _)| events.0 > 0)
            .collect();
        all.sort_unstable();
        let kinds = all.chunk_by(|one, next| one.0 == next.0);
        let mut out: Vec<EntityIx> = kinds.flat_map(|kind| kind.iter().take(IN_A_GROUP).map(|(_, _, at)| *at)).collect();
        out.sort_unstable();
        out
    }
}

/// The choices of a timeline, and those of each of its events.
pub(super) struct Choices<'m> {
    /// In the order of their numbers, with how many events each has.
    all: Vec<(Key<'m>, usize)>,
    numbers: BTreeMap<Key<'m>, usize>,
}

impl<'m> Choices<'m> {
    /// The choices of all events of the site.
    pub(super) fn of(view: &View<'m>) -> Self {
        let mut counts: BTreeMap<Key<'m>, usize> = BTreeMap::new();
        let events = view.reader.count(RecordKind::Event);
        for at in EventIx::first(events) {
            keys(view, at).into_iter().for_each(|key| *counts.entry(key).or_default() += 1);
        }
        // A group with one choice that all events have would ask nothing.
        let is_told_apart = |key: &Key<'_>, n: usize| !matches!(key, Key::Major | Key::Status(_)) || n < events;
        let mut all: Vec<(Key<'m>, usize)> = counts.into_iter().filter(|(key, n)| is_told_apart(key, *n)).collect();
        all.sort_by_key(|(key, n)| {
            let by_count = matches!(key, Key::Entity(..) | Key::Topic(_)).then_some(std::cmp::Reverse(*n));
            (group(key), by_count, *key)
        });
        let mut run = (None, 0);
        all.retain(|(key, _)| {
            run = if run.0 == Some(group(key)) { (run.0, run.1 + 1) } else { (Some(group(key)), 1) };
            run.1 <= IN_A_GROUP
        });
        let numbers = all.iter().enumerate().map(|(number, (key, _))| (*key, number)).collect();
        Self { all, numbers }
    }

    /// An event's days and choices.
    pub(super) fn facets(&self, view: &View<'m>, at: EventIx) -> FacetsView {
        let mut numbers: Vec<usize> = keys(view, at).iter().filter_map(|key| self.numbers.get(key).copied()).collect();
        numbers.sort_unstable();
        let of = numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        FacetsView { days: days(view.reader.date(at), view), of }
    }

    fn group(
        &self,
        view: &View<'_>,
        name: &'static str,
        title: &str,
        is_in: impl Fn(&Key<'_>) -> bool,
    ) -> Option<ChoicesView> {
        let own = self.all.iter().enumerate().filter(|(_, (key, _))| is_in(key));
        let choices: Vec<ChoiceView> = own.map(|(number, (key, count))| choice(view, *key, *count, number)).collect();
        (!choices.is_empty()).then(|| ChoicesView { name, title: view.words.get(title).to_owned(), choices })
    }
}

/// Which group a choice is in.
fn group(key: &Key<'_>) -> (u8, u8) {
    match key {
        Key::Major => (0, 0),
        Key::Section(_) => (1, 0),
        Key::Entity(kind, _) => (2, *kind),
        Key::Topic(_) => (3, 0),
        Key::Status(_) => (4, 0),
    }
}

/// What an event can be found by, each once.
fn keys<'m>(view: &View<'m>, at: EventIx) -> Vec<Key<'m>> {
    let item = view.reader.item(at);
    let fields = &item.record.fields;
    let mut out: Vec<Key<'m>> = view.reader.sections_of(at).iter().map(|page| Key::Section(*page)).collect();
    let named = fields.entities.iter().map(|entity| entity.0).chain(fields.place.iter().map(|place| place.0));
    for entity in named.filter_map(|pointer| item.targets[pointer].entity()) {
        out.push(Key::Entity(place_of(&KINDS, view.reader.entity_kind(entity)), entity));
    }
    out.extend(fields.topics.iter().map(|topic| Key::Topic(&topic.value)));
    out.push(Key::Status(place_of(&STATUSES, fields.status)));
    if view.reader.is_major(at) {
        out.push(Key::Major);
    }
    out.sort_unstable();
    out.dedup();
    out
}

fn choice(view: &View<'_>, key: Key<'_>, count: usize, number: usize) -> ChoiceView {
    let (value, title_html, mark) = match key {
        Key::Major => ("1".to_owned(), escape::html_string(view.words.get("ui.only-major")), ""),
        Key::Section(at) => (view.reader.id(at).to_owned(), view.record_link(at.into()).title_html, view.section_mark(at)),
        Key::Entity(_, at) => (view.reader.id(at).to_owned(), view.record_link(at.into()).title_html, ""),
        Key::Topic(topic) => (topic.to_owned(), escape::html_string(topic), ""),
        Key::Status(at) => {
            let word = STATUSES.get(usize::from(at)).map_or("confirmed", |status| status.word());
            (word.to_owned(), escape::html_string(view.words.get(&format!("event-status.{word}"))), "")
        }
    };
    ChoiceView { value, title_html, mark, count, number }
}

/// The days that a date touches, for the script: `2025-04-04`, `2025-04-07/2025-04-11`, `2025-03-15/..`; several of a one-of
/// set, with blanks between them.
fn days(date: &Date, view: &View<'_>) -> String {
    let mut out = String::new();
    let end = |day: Day| if day == Day::MIN || day == Day::MAX { "..".to_owned() } else { day.to_string() };
    for Bounds { first, last } in date.spans(view.reader.zone()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&end(first));
        if last != first {
            out.push('/');
            out.push_str(&end(last));
        }
    }
    out
}

impl<'m> View<'m> {
    /// Whether the site's timeline has a filter.
    #[must_use]
    pub fn has_filter(&self) -> bool {
        self.config.theme.timeline != TimelineStyle::Static
    }

    /// The site's timeline with an entity's events alone; `None` if readers can't choose it there.
    #[must_use]
    pub fn filtered_by(&self, entity: EntityIx) -> Option<String> {
        let choosable = self.prepared.on_demand.choosable.0.get_or_init(|| Choosable::of(self));
        let can_choose = self.has_filter() && choosable.binary_search(&entity).is_ok();
        can_choose.then(|| format!("{}?who={}", address::folder("timeline"), self.reader.id(entity)))
    }

    /// Whether that filter has each section as a choice.
    #[must_use]
    pub fn can_filter_sections(&self) -> bool {
        self.has_filter() && self.reader.sections() <= IN_A_GROUP
    }

    /// The filter of the site's timeline.
    pub(super) fn filter(&self, choices: &Choices<'m>, is_divided: bool) -> FilterView {
        let mut groups: Vec<ChoicesView> = Vec::new();
        for kind in KINDS {
            let own = place_of(&KINDS, kind);
            let title = format!("kinds.{}", kind.word());
            groups.extend(choices.group(self, "who", &title, |key| matches!(key, Key::Entity(kind, _) if *kind == own)));
        }
        groups.extend(choices.group(self, "topic", "ui.topics", |key| matches!(key, Key::Topic(_))));
        groups.extend(choices.group(self, "status", "ui.status", |key| matches!(key, Key::Status(_))));
        let file = |path: &str| is_divided.then(|| address::file(path));
        FilterView {
            words: self.filter_words(),
            events_url: file(EVENTS),
            titles_url: file(TITLES),
            major: choices
                .group(self, "major", "ui.only-major", |key| *key == Key::Major)
                .and_then(|group| group.choices.into_iter().next()),
            sections: choices.group(self, "section", "ui.sections", |key| matches!(key, Key::Section(_))),
            groups,
        }
    }

    /// What the script says, as JSON.
    fn filter_words(&self) -> String {
        let mut words = serde_json::Map::new();
        for (name, key) in [("events", "count.events"), ("shown", "timeline.shown"), ("show", "timeline.show")] {
            let forms = PLURALS.iter().filter_map(|form| {
                let text = self.words.find(&format!("{key}.{form}"))?;
                Some(((*form).to_owned(), text.into()))
            });
            words.insert(name.to_owned(), serde_json::Value::Object(forms.collect()));
        }
        for (name, key) in [
            ("none", "timeline.none"),
            ("from", "timeline.from"),
            ("to", "timeline.to"),
            ("month", "date.month-year"),
            ("day", "date.day"),
            ("digits", "date.day-digits"),
            ("date", "date.day-number"),
            ("ce", "date.ce"),
            ("bce", "date.bce"),
            ("group", "number.group"),
            ("least", "number.least-grouped-digits"),
        ] {
            words.insert(name.to_owned(), self.words.get(key).into());
        }
        let months = (1..=12).map(|month| self.words.get(&format!("date.month.{month:02}")).to_owned());
        words.insert("months".to_owned(), months.collect::<Vec<_>>().into());
        serde_json::Value::Object(words).to_string()
    }

    /// The script with the days and choices of all events of a divided timeline, period by period.
    #[must_use]
    pub fn timeline_events(&self) -> String {
        let choices = Choices::of(self);
        let rows = EventIx::first(self.reader.count(RecordKind::Event)).map(|at| {
            let facets = choices.facets(self, at);
            serde_json::json!([facets.days, self.event_mark(at), facets.of])
        });
        let data = serde_json::json!({
            "periods": self.reader.periods().iter().map(|period| period.events.len()).collect::<Vec<_>>(),
            "events": rows.collect::<Vec<_>>(),
        });
        format!("self.backgrounderEvents = {data};\n")
    }

    /// The script with the headlines of all events, for the text filter.
    #[must_use]
    pub fn timeline_titles(&self) -> String {
        let titles = EventIx::first(self.reader.count(RecordKind::Event)).map(|at| self.record_title(at.into()));
        format!("self.backgrounderTitles = {};\n", serde_json::Value::from(titles.collect::<Vec<_>>()))
    }
}

/// Where the script with all events is.
pub const EVENTS: &str = "timeline/events.js";
/// Where the script with their headlines is.
pub const TITLES: &str = "timeline/titles.js";
