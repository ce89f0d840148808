//! Turns slides into events, and the title slide into their section.

use super::super::days;
use super::super::frames::Framed;
use super::super::{Entry, Reading, Wish, html, plain};
use crate::base::slug::is_id;
use crate::base::{Span, web_address};
use crate::date;
use crate::diagnostics::code;
use crate::edit::Value;
use crate::source::ContentKind;
use crate::source::kinds::ending;

/// A slide: its type, and its fields by their names in JSON.
pub(super) struct Slide {
    /// `title`, `era`, or empty.
    pub(super) kind: &'static str,
    pub(super) at: Span,
    pub(super) fields: Vec<(String, String, Span)>,
}

impl Slide {
    fn get(&self, name: &str) -> Option<(&str, Span)> {
        self.fields.iter().find(|(known, ..)| known == name).map(|(_, text, at)| (text.as_str(), *at))
    }

    fn says(&self, name: &str) -> &str {
        self.get(name).map_or("", |(text, _)| text)
    }
}

/// Reads all slides.
pub(super) fn all(slides: Vec<Slide>, out: &mut Reading) {
    let mut section: Option<String> = None;
    for slide in slides.iter().filter(|slide| slide.kind == "title") {
        match &section {
            None => section = title(slide, out),
            Some(_) => out.lost(slide.at, "a second title slide was left out", "add its text to the section by hand"),
        }
    }
    for slide in slides {
        match slide.kind {
            "title" => {}
            "era" => era(&slide, out),
            _ => event(&slide, section.as_deref(), out),
        }
    }
}

/// Turns the title slide into a section for the events, and returns its title.
fn title(slide: &Slide, out: &mut Reading) -> Option<String> {
    let mut reader = Texts { slide, out, kept: Vec::new() };
    let title = reader.line("text.headline");
    let mut body = reader.text("text.text");
    if let Some(media) = reader.media() {
        body = join(&body, &media);
    }
    reader.background();
    reader.unknown(&["start_date", "end_date", "display_date"]);
    let kept = reader.kept;
    if title.is_empty() {
        out.lost(slide.at, "a title slide without a headline was left out", "add a section with `backgrounder new section`");
        return None;
    }
    let mut entry = Entry::new(ContentKind::Page, Wish::Words(title.replace('\\', "")), slide.at);
    entry.text("title", &title);
    entry.text("desk-note", &kept.join("\n"));
    entry.body = body;
    out.entries.push(entry);
    Some(title)
}

fn era(slide: &Slide, out: &mut Reading) {
    let mut reader = Texts { slide, out, kept: Vec::new() };
    let date = reader.date().unwrap_or_default();
    let title = reader.line("text.headline");
    let what = format!("the era “{title}” ({date}) was left out: timelines have no eras here");
    out.lost(slide.at, what, "if readers need it, add an event with this date");
}

fn event(slide: &Slide, section: Option<&str>, out: &mut Reading) {
    let mut reader = Texts { slide, out, kept: Vec::new() };
    let date = reader.date();
    let mut title = reader.line("text.headline");
    let mut text = reader.text("text.text");
    if let Some(media) = reader.media() {
        text = join(&text, &media);
    }
    let caption = reader.line("media.caption");
    reader.background();
    reader.shown_date(date.as_deref());
    if slide.says("autolink") == "false" && text.contains("://") {
        reader.lose("autolink", "bare addresses are always links here");
    }
    reader.unknown(&[]);
    let kept = std::mem::take(&mut reader.kept);
    if title.is_empty() {
        let first = text.lines().next().unwrap_or_default();
        let first = if caption.is_empty() { first } else { &caption };
        // A title has no links.
        let first = first.trim_start_matches(['#', '>', '-', ' ']);
        let first = if first.contains("](") { "" } else { first };
        title = super::super::place::short(if first.is_empty() { date.as_deref().unwrap_or_default() } else { first });
        out.lost(slide.at, format!("this slide has no headline, so the event is called “{title}”"), "give it a better one");
    }
    let Some(date) = date else {
        if slide.get("start_date.year").is_none() {
            out.error(code::MISSING_FIELD, slide.at, "this slide has no year", "give it one, or make it the title slide");
        }
        return;
    };
    let unique = slide.says("unique_id");
    let name = match unique {
        "" => Wish::Words(title.replace('\\', "")),
        id if is_id(id) => Wish::Exact(id.to_owned()),
        id => Wish::Words(id.to_owned()),
    };
    let mut entry = Entry::new(ContentKind::Events, name, slide.at);
    entry.plain("date", &date);
    entry.text("title", &title);
    // Only a body can have lists and quotations.
    if is_block(&text) {
        entry.body = text;
    } else {
        entry.text("summary", &text);
    }
    let group = slide.says("group");
    if !group.is_empty() {
        entry.fields.push(("topics".to_owned(), Value::List(vec![Value::text(group)])));
    }
    if let Some(section) = section {
        entry.points.push(("sections", section.to_owned(), slide.at));
    }
    entry.text("desk-note", &kept.join("\n"));
    out.entries.push(entry);
}

fn join(text: &str, more: &str) -> String {
    match (text.is_empty(), more.is_empty()) {
        (true, _) => more.to_owned(),
        (_, true) => text.to_owned(),
        _ => format!("{text}\n\n{more}"),
    }
}

/// Whether a text has blocks other than paragraphs.
fn is_block(text: &str) -> bool {
    let is_mark = |line: &str| {
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        line.starts_with(['#', '>', '|'])
            || line.starts_with("- ")
            || line.starts_with("```")
            || line == "* * *"
            || digits > 0 && line[digits..].starts_with(". ")
    };
    text.lines().map(str::trim_start).any(is_mark)
}

/// The parts of a time of day.
const CLOCK: [&str; 4] = ["hour", "minute", "second", "time"];

/// Reads the texts of a slide.
struct Texts<'s, 'o> {
    slide: &'s Slide,
    out: &'o mut Reading,
    /// Whatever has no field, kept for editors.
    kept: Vec<String>,
}

impl Texts<'_, '_> {
    /// Reports a field that was left out, and keeps it for editors.
    fn lose(&mut self, name: &str, why: &str) {
        let Some((text, at)) = self.slide.get(name) else { return };
        let what = format!("`{name}` was left out: {why}");
        self.kept.push(format!("{name}: {}", plain::one_line(text)));
        self.out.lost(at, what, "it is kept in `desk-note`");
    }

    /// A text with several paragraphs.
    fn text(&mut self, name: &str) -> String {
        let Some((text, at)) = self.slide.get(name) else { return String::new() };
        let out = &mut *self.out;
        html::markdown(text, &mut |what| {
            out.lost(at, format!("`{name}`: {what}"), "check that the text still says what it should");
        })
    }

    /// A text on one line.
    fn line(&mut self, name: &str) -> String {
        plain::one_line(&self.text(name).replace("\\\n", " "))
    }

    /// The date or range.
    fn date(&mut self) -> Option<String> {
        let start = self.day("start_date")?;
        let end = if self.slide.get("end_date.year").is_some() { self.day("end_date")? } else { start.clone() };
        if start == end {
            return Some(start);
        }
        let days = [&start, &end].map(|day| day.split('T').next().unwrap_or(day).to_owned());
        if days[0].len() < start.len() || days[1].len() < end.len() {
            for (which, part) in ["start_date", "end_date"].into_iter().flat_map(|which| CLOCK.map(|part| (which, part))) {
                self.lose(&format!("{which}.{part}"), "a range of days has no times of day");
            }
        }
        let whole = days.join("/");
        match date::parse(&whole) {
            Ok(_) => Some(whole),
            Err(error) => {
                let at = self.slide.get("end_date.year").map_or(self.slide.at, |(_, at)| at);
                let help = error.help.unwrap_or_else(|| "the end must come after the start".to_owned());
                self.out.error(code::BAD_DATE, at, format!("`{whole}` is not a date: {}", error.message), help);
                None
            }
        }
    }

    fn day(&mut self, which: &str) -> Option<String> {
        let part = |name: &str| self.slide.get(&format!("{which}.{name}"));
        let (year, at) = part("year")?;
        let number = |name: &str| part(name).and_then(|(text, _)| text.trim().parse::<u8>().ok());
        let digits = year.trim().trim_start_matches('-').replace([',', ' '], "");
        let sign = if year.trim().starts_with('-') { "-" } else { "" };
        let mut day = match digits.len() {
            ..=4 => format!("{sign}{digits:0>4}"),
            _ => format!("Y{sign}{digits}"),
        };
        for name in ["month", "day"] {
            match (number(name), part(name)) {
                (Some(number), _) => day.push_str(&format!("-{number:02}")),
                (None, Some((text, at))) => {
                    let help = "write it as a number; the date is kept without it";
                    self.out.lost(at, format!("`{which}.{name}` is not a number: {text}"), help);
                    break;
                }
                (None, None) => break,
            }
        }
        if let Err(error) = date::parse(&day) {
            let help = error.help.unwrap_or_else(|| "write the year in digits".to_owned());
            self.out.error(code::BAD_DATE, at, format!("`{day}` is not a date: {}", error.message), help);
            return None;
        }
        Some(self.timed(which, day))
    }

    /// A day with its time of day.
    fn timed(&mut self, which: &str, day: String) -> String {
        let part = |name: &str| self.slide.get(&format!("{which}.{name}"));
        let mut clock = String::new();
        if let Some((hour, _)) = part("hour") {
            let two = |name: &str| part(name).map_or("00", |(text, _)| text);
            clock = format!("T{hour:0>2}:{:0>2}:{:0>2}", two("minute"), two("second"));
        } else if let Some((time, _)) = part("time") {
            clock = days::time(time).unwrap_or_default();
        }
        let names = CLOCK.map(|name| format!("{which}.{name}"));
        let whole = format!("{day}{clock}");
        let is_sound = !clock.is_empty() && day.len() == 10 && date::parse(&whole).is_ok();
        if !is_sound {
            for name in &names {
                self.lose(name, "a time of day needs a full date and a time between 0:00 and 23:59");
            }
        }
        self.lose(&format!("{which}.millisecond"), "times have no milliseconds here");
        self.lose(&format!("{which}.format"), "the site's settings decide how dates look");
        self.lose(&format!("{which}.display_date"), "the site writes dates its own way");
        if is_sound { whole } else { day }
    }

    /// The displayed date: left out, unless it says the same.
    fn shown_date(&mut self, date: Option<&str>) {
        let Some((text, _)) = self.slide.get("display_date") else { return };
        let meant = match date::parse(text) {
            Ok(_) => Some(text.to_owned()),
            Err(error) => error.instead,
        };
        if meant.is_none() || meant.as_deref() != date {
            self.lose("display_date", "the site writes dates its own way");
        }
    }

    /// The media of a slide: a quotation, something to show in a frame, a page to link to, or a picture on another site.
    fn media(&mut self) -> Option<String> {
        let (url, at) = self.slide.get("media.url")?;
        let caption = self.line("media.caption");
        let credit = self.line("media.credit");
        let is_address = web_address::link(url).is_ok() && !url.contains(char::is_whitespace);
        if url.contains('<') || !is_address {
            self.lose("media.thumbnail", "events have no thumbnails");
            let text = self.text("media.url");
            let words = [text, caption, credit].into_iter().filter(|text| !text.is_empty());
            return Some(words.collect::<Vec<_>>().join("\n\n")).filter(|text| !text.is_empty());
        }
        let path = url.split(['?', '#']).next().unwrap_or_default();
        let is_picture =
            ["jpg", "jpeg", "png", "gif", "webp", "svg", "avif", "tif", "tiff"].contains(&ending(path).as_str());
        self.kept_media(is_picture);
        if is_picture {
            self.kept.push(format!("media.url: {url}"));
            let help = "download it to content/media/ if you have the right to use it, and add `media: {src: media/…, alt: …}`; \
                        its address is in `desk-note`";
            self.out.lost(at, "this picture is on another site, and pages load nothing from other sites", help);
            return None;
        }
        let words: Vec<String> = [caption, credit].into_iter().filter(|text| !text.is_empty()).collect();
        // Links can't be nested, and a title has none.
        let label = words.iter().find(|text| !text.contains("](")).cloned();
        let rest = words.into_iter().filter(|text| Some(text) != label.as_ref());
        if let Some(framed) = Framed::at(url) {
            let rest: Vec<String> = rest.collect();
            let title = label.unwrap_or_else(|| self.line("text.headline"));
            return Some(join(&framed.block(&title), &rest.join(" · ")));
        }
        let host = url.split_once("://").map_or(url, |(_, rest)| rest).split('/').next().unwrap_or(url);
        let target = if url.contains(['(', ')']) { format!("<{url}>") } else { url.to_owned() };
        let link = format!("[{}]({target})", label.as_deref().unwrap_or(host));
        let words: Vec<String> = std::iter::once(link).chain(rest).collect();
        self.out.lost(
            at,
            format!("what is on {host} can't be shown here, so the event links to it"),
            "if you trust the site, replace the link by an `embed` block with `frame: true`",
        );
        Some(words.join(" · "))
    }

    /// The caption and credit of a picture or video.
    fn kept_media(&mut self, is_picture: bool) {
        if is_picture {
            for name in ["media.caption", "media.credit", "media.alt"] {
                self.lose(name, "it belongs to a picture that was left out");
            }
        } else {
            self.lose("media.alt", "it belongs to media that isn't embedded");
        }
        self.lose("media.thumbnail", "events have no thumbnails");
        for name in ["media.title", "media.link", "media.link_target"] {
            self.lose(name, "it belongs to media that isn't embedded");
        }
    }

    fn background(&mut self) {
        for name in ["background.url", "background.color", "background.alt", "background.opacity"] {
            self.lose(name, "events have no backgrounds");
        }
    }

    /// Reports fields that `TimelineJS` doesn't have, and fields that this slide doesn't use.
    fn unknown(&mut self, unused: &[&str]) {
        let known = [
            "text",
            "media",
            "background",
            "group",
            "display_date",
            "unique_id",
            "autolink",
            "type",
            "start_date",
            "end_date",
        ];
        let of = |name: &str| name.split('.').next().unwrap_or_default().to_owned();
        let lost =
            self.slide.fields.iter().filter(|(name, ..)| !known.contains(&&*of(name)) || unused.contains(&&*of(name)));
        let names: Vec<String> = lost.map(|(name, ..)| name.clone()).collect();
        for name in names {
            self.lose(&name, "no field is like it");
        }
    }
}
