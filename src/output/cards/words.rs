//! What each card says.

use crate::config::Direction;
use crate::date::{Date, Day, show_years};
use crate::model::dated::latest;
use crate::model::{EventIx, Model, RecordIx};
use crate::output::RenderContext;
use crate::syntax::kinds::event::EventStatus;
use crate::theme::color::Color;

/// A card's words, as plain text.
pub struct Card {
    /// Above the title: what this is, and when.
    pub kicker: String,
    /// The title.
    pub title: String,
    /// What replaces a title that no font can draw.
    pub instead: String,
    /// Below it, in a sentence; may be empty.
    pub lead: String,
    /// At the foot: what the site is called, and who publishes it.
    pub publisher: String,
    /// At the other end of the foot; may be empty.
    pub date: String,
    /// Whether it runs from right to left.
    pub right_to_left: bool,
    /// Its mark on the timeline.
    pub mark: Mark,
    /// Its colors.
    pub colors: Colors,
}

/// A mark on the timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// A filled circle.
    Full,
    /// A ring: something minor, or uncertain.
    Ring,
    /// A stretch of the line: something that lasts, such as a section or a life.
    Span,
}

/// Colors, as `#rrggbb`.
#[derive(Clone, Debug)]
pub struct Colors {
    /// The background.
    pub paper: String,
    /// The title.
    pub ink: String,
    /// The lead and the foot.
    pub soft: String,
    /// The timeline.
    pub line: String,
    /// The mark and the kicker.
    pub accent: String,
}

/// The colors of a site's cards: its theme's colors for light paper.
pub fn colors(site: &RenderContext<'_>) -> Colors {
    const INK: Color = Color([0x1c, 0x1a, 0x17]);
    let own = |color: &str| color.to_owned();
    let parsed = |text: &str| Color::parse(text).map(|color| color.to_string());
    let paper = site.assets.paper.as_ref().and_then(|[light, _]| Color::parse(light));
    // A theme with dark paper has other ink colors too, which cards don't know about.
    let paper = paper.filter(|paper| paper.contrast(INK) > 10.0);
    let accent = site.config.theme.accent.as_ref().and_then(|accent| parsed(&accent.value));
    Colors {
        paper: paper.map_or_else(|| own("#fcfaf5"), |paper| paper.to_string()),
        ink: INK.to_string(),
        soft: own("#59544b"),
        line: own("#8d8677"),
        accent: accent.unwrap_or_else(|| own("#a3271b")),
    }
}

/// The card of a record, or the one for the whole site.
pub fn card(site: &RenderContext<'_>, owner: Option<RecordIx>) -> Card {
    let (view, config) = (&site.view, site.config);
    let language = config.first();
    let publisher = config.publisher.name.as_ref().map(|name| &name.value).filter(|name| **name != language.title);
    let as_of = config.as_of.as_ref().map(|day| dated(site, "ui.as-of", &Date::from(day.value))).unwrap_or_default();
    let foot = |title: &str| match publisher {
        Some(name) => format!("{title} · {name}"),
        None => title.to_owned(),
    };
    let site_card = Card {
        kicker: publisher.cloned().unwrap_or_else(|| view.words.get("card.background").to_owned()),
        title: language.title.clone(),
        instead: language.title.clone(),
        lead: language.description.clone(),
        publisher: String::new(),
        date: as_of,
        right_to_left: language.direction == Direction::Rtl,
        mark: Mark::Span,
        colors: colors(site),
    };
    let Some(owner) = owner else { return site_card };
    let (kicker, lead, date, mark) = of_record(site, owner);
    Card { kicker, title: view.record_title(owner), lead, publisher: foot(&language.title), date, mark, ..site_card }
}

/// The kicker, lead, date and mark of a record.
fn of_record(site: &RenderContext<'_>, owner: RecordIx) -> (String, String, String, Mark) {
    let (view, model) = (&site.view, site.model);
    let kind = view.record_kind(owner);
    match owner {
        RecordIx::Page(at) => {
            let page = &model[at];
            let front = &page.item.record.fields.front;
            let date = model.changed(owner).map(|date| dated(site, "ui.updated", date)).unwrap_or_default();
            let kicker = page.part.clone().unwrap_or_else(|| view.words.get("card.background").to_owned());
            (kicker, view.plain_text(owner, front.summary.as_ref()), date, Mark::Span)
        }
        RecordIx::Event(at) => {
            let event = &model[at];
            let status = event.item.record.fields.status;
            let sure = status == EventStatus::Confirmed && event.is_major();
            let doubt =
                if status == EventStatus::Confirmed { String::new() } else { view.word("event-status", status.word()) };
            (view.date_text(event.date()).text, String::new(), doubt, if sure { Mark::Full } else { Mark::Ring })
        }
        RecordIx::Entity(at) => {
            let entity = &model[at];
            let lead = view.plain_text(owner, entity.item.record.fields.description.as_ref());
            (kind, lead, years(site, model, &entity.timeline), Mark::Span)
        }
        RecordIx::Claim(at) => {
            let status = view.word("claim-status", model[at].status.word());
            let fields = &model[at].item.record.fields;
            let last = latest(&fields.history, &model.zone);
            let last = last.map(|step| dated(site, "ui.as-of", &step.date.value)).unwrap_or_default();
            (view.labeled(&kind, &status), String::new(), last, Mark::Ring)
        }
        RecordIx::Term(_) | RecordIx::Source(_) | RecordIx::Author(_) => (kind, String::new(), String::new(), Mark::Ring),
    }
}

fn dated(site: &RenderContext<'_>, word: &str, date: &Date) -> String {
    format!("{} {}", site.view.words.get(word), site.view.date_text(date).text)
}

/// The years of a timeline: “2019–2025”.
fn years(site: &RenderContext<'_>, model: &Model, events: &[EventIx]) -> String {
    let bounds = |at: &EventIx| model[*at].date().bounds();
    let first = events.iter().map(|at| bounds(at).first).filter(|day| *day > Day::MIN).min();
    let last = events.iter().map(|at| model[*at].date().last_stated_day()).filter(|day| *day < Day::MAX).max();
    let years = first.zip(last).map(|(first, last)| show_years(first.year(), last.year(), site.view.words));
    years.unwrap_or_default()
}
