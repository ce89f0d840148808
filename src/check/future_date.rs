//! See [`FutureDate`].

use super::rule::{Report, Rule, Scope, day_in_words, rule};
use super::{CheckContext, LocalContext};
use crate::base::{At, Origin};
use crate::config;
use crate::date::{Date, Day};
use crate::diagnostics::{Diagnostic, code};
use crate::model::RecordIx;
use crate::syntax::kinds::blocks::Block;
use crate::syntax::kinds::common::{Assertion, Common, Update};
use crate::syntax::kinds::entity::RoleEnd;
use crate::syntax::kinds::event::Event;
use crate::syntax::kinds::page::Page;

rule! {
    /// Something is dated as said or done on a day in the future.
    ///
    /// Nothing was said, decided, published or corrected tomorrow: such a date has a typo in its year or month. It would
    /// appear at the top of lists as the newest, change a claim's status too soon, and mislead search engines and feed
    /// readers.
    ///
    /// What was said or done is compared with the site's as-of date: `later`, `known-from`, `accounts`, `asserted-by` and
    /// `disputed-by`, `history`, `status`, the `from` and `to` of roles, a source's `date`, a quotation's `on`. What the
    /// site itself did is compared with the day of the build: `published`, `updated`, `updates`, `as-of`, the day that an
    /// address was read and the day of an archived copy. In a draft, those may be in the future; under an embargo, they may
    /// go up to the day on which it ends. A date that may already have come, such as the current month, is not in the
    /// future. The `as-of` of a page or a `known` block can't be later than the site's either: a part can't know more than
    /// the whole.
    ///
    /// Correct the date. Something announced for a future day is an event with `status: scheduled`; an office that is still
    /// held gets `to: ..`.
    ///
    /// ```yaml
    /// updates:
    ///   - {date: 2052-04-14, kind: correction, text: An earlier version gave the wrong court.}     # 2025 is meant
    /// ```
    FutureDate: FUTURE_DATE, Error, Scope::Local(check)
}

/// The dates of one record.
struct Look<'a> {
    site: &'a LocalContext<'a>,
    origin: Origin,
    /// The last day on which the site may have done something about the record; `None` for a draft, which isn't published
    /// yet.
    acts_until: Option<Day>,
    report: &'a mut Report,
}

impl Look<'_> {
    /// Checks something that was said or done.
    fn said(&mut self, field: &str, date: Option<&At<Date>>) {
        let today = *self.site.reader.today();
        let Some(date) = date.filter(|date| self.begins(date) > today) else { return };
        let day = day_in_words(self.site.config, today, self.site.config.as_of.is_some());
        let help = match (field, &self.site.config.as_of) {
            ("to", _) => "correct the date, or write `to: ..` if the office is still held",
            (_, Some(_)) => "correct the date, or set `as-of` in book.toml to a later day",
            (_, None) => "correct the date; if it is only announced, make it an event with `status: scheduled`",
        };
        let message = format!("`{field}` is after {day}");
        self.report.add(self.origin.span(date.range), message).help = Some(help.to_owned());
    }

    /// Checks something that the site itself did.
    fn act(&mut self, field: &str, date: Option<&At<Date>>) {
        let Some(until) = self.acts_until else { return };
        let Some(date) = date.filter(|date| self.begins(date) > until) else { return };
        let message = if until > self.site.reader.clock_day() {
            format!("`{field}` is after {until}, the day the embargo ends")
        } else {
            format!("`{field}` is after {}", day_in_words(self.site.config, until, false))
        };
        self.report.add(self.origin.span(date.range), message).help = Some("correct the date".to_owned());
    }

    /// Checks the as-of date of a part of the site. It can't be in the future, nor later than that of the whole site, which
    /// knows nothing later.
    fn knows(&mut self, date: Option<&At<Date>>) {
        let (Some(date), Some(as_of)) = (date, &self.site.config.as_of) else {
            return self.act("as-of", date);
        };
        let (begins, today) = (self.begins(date), self.site.reader.clock_day());
        // Drafts and embargoed pages may be ahead of the rest.
        if begins > today || begins <= as_of.value || self.acts_until != Some(today) {
            return self.act("as-of", Some(date));
        }
        let message = format!("`as-of` is after {}", day_in_words(self.site.config, as_of.value, true));
        self.report.add(self.origin.span(date.range), message).help =
            Some("correct the date, or set `as-of` in book.toml to this day".to_owned());
    }

    fn begins(&self, date: &At<Date>) -> Day {
        date.value.days(self.site.reader.zone()).first
    }

    fn assertions(&mut self, field: &str, all: &[Assertion]) {
        all.iter().for_each(|one| self.said(field, one.date.as_ref()));
    }

    fn blocks<'b>(&mut self, blocks: impl Iterator<Item = &'b Block>) {
        for block in blocks {
            match block {
                Block::Known(known) => self.knows(known.as_of.as_ref()),
                Block::Quote(quote) => self.said("on", quote.on.as_ref()),
                Block::Chart(chart) => self.knows(chart.as_of.as_ref()),
                Block::Map(map) => self.knows(map.as_of.as_ref()),
                Block::Timeline(_) | Block::Claim(_) | Block::Figure(_) | Block::Gallery(_) | Block::Embed(_) => {}
            }
        }
    }

    fn updates(&mut self, updates: &[Update]) {
        updates.iter().for_each(|update| self.act("updates", Some(&update.date)));
    }
}

fn check(site: &LocalContext<'_>, owner: RecordIx, report: &mut Report) {
    let common = site.reader.common(owner);
    let acts_until = acts_until(site, common);
    let origin = site.reader.origin(owner);
    let mut look = Look { site, origin, acts_until, report };
    look.updates(&common.updates);
    look.blocks(site.reader.linked(owner).blocks());
    match owner {
        RecordIx::Page(at) => {
            page(&mut look, &site.reader.item(at).record.fields);
            for (_, variant) in site.reader.variants(at) {
                let mut look =
                    Look { site, origin: variant.record.origin, acts_until: look.acts_until, report: &mut *look.report };
                look.updates(&variant.record.fields.front.common.updates);
                look.blocks(variant.record.blocks());
                page(&mut look, &variant.record.fields);
            }
        }
        RecordIx::Event(at) => event(&mut look, &site.reader.item(at).record.fields),
        RecordIx::Claim(at) => {
            let fields = &site.reader.item(at).record.fields;
            look.assertions("asserted-by", &fields.asserted_by);
            look.assertions("disputed-by", &fields.disputed_by);
            fields.history.iter().for_each(|step| look.said("history", Some(&step.date)));
        }
        RecordIx::Entity(at) => {
            let fields = &site.reader.item(at).record.fields;
            for role in &fields.roles {
                look.said("from", role.from.as_ref());
                if let Some(RoleEnd::At(date)) = &role.to {
                    look.said("to", Some(date));
                }
            }
            fields.status.iter().for_each(|step| look.said("status", Some(&step.date)));
        }
        RecordIx::Source(at) => {
            let fields = &site.reader.item(at).record.fields;
            look.said("date", fields.date.as_ref());
            look.act("url.date", fields.url.as_ref().and_then(|url| url.date.as_ref()));
            look.act("archived", fields.archived.as_ref());
        }
        RecordIx::Term(_) | RecordIx::Author(_) => {}
    }
}

fn page(look: &mut Look<'_>, page: &Page) {
    look.act("published", page.front.published.as_ref());
    look.act("updated", page.front.updated.as_ref());
    look.knows(page.front.as_of.as_ref());
}

fn event(look: &mut Look<'_>, event: &Event) {
    look.act("published", event.published.as_ref());
    look.said("known-from", event.known_from.as_ref());
    look.assertions("accounts", &event.accounts);
    event.later.iter().for_each(|later| look.said("later", Some(&later.date)));
}

/// The last day on which the site may have done something about a record: today, or the day on which an embargo ends.
fn acts_until(site: &LocalContext<'_>, common: &Common) -> Option<Day> {
    let embargo = common.embargo.end().map(|end| Day::of_time(end, site.reader.zone()));
    (!common.draft.0).then(|| embargo.map_or(site.reader.clock_day(), |day| day.max(site.reader.clock_day())))
}

/// The same check for the settings: whether the site's as-of date is in the future.
///
/// This is a separate function because the rule itself looks at records only.
pub(super) fn of_settings(site: &CheckContext<'_>) -> Option<Diagnostic> {
    let (at, today) = (site.config.as_of.as_ref()?, site.model.clock_day);
    let message = format!("`as-of` is after {}", day_in_words(site.config, today, false));
    let finding = Diagnostic::error(code::FUTURE_DATE, config::book_span(at.range), message).help("correct the date");
    (at.value > today).then_some(Diagnostic { severity: FutureDate.default_severity(), ..finding })
}
