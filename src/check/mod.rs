//! What is wrong with a site beyond errors in single files and pointers.
//!
//! 1. [`run`] runs every rule of [`RULES`], in parallel. Rules read the model and never change it.
//! 2. [`apply_settings()`] applies the site's severities and waivers to the findings of all stages.
//!
//! A rule is one file, one line in [`RULES`], and a doc comment that is its documentation. Some findings come from an
//! earlier or later stage ([`Scope::Parse`], [`Scope::Resolve`], [`Scope::Pages`], [`Scope::Published`], [`Scope::External`]).
//! Their rules have a file here anyway, so that there is one list of what can be set, waived and explained. [`external`] knows
//! which addresses of other sites to ask, and what the answers mean.
//!
//! Knows nothing of HTML, the disk, or the time of day: rules compare with [`Model::today`].

mod accused_person;
mod ambiguous_name;
mod backing;
mod bad_captions;
mod bad_character;
mod bad_chart;
mod bad_date;
mod bad_embed;
mod bad_map;
mod bad_media;
mod bare_allegation;
mod broken_link;
mod comment_shown;
mod conflicting_dates;
mod cut_text;
mod date_contradiction;
mod dead_link;
mod doubled_word;
mod duplicate_id;
pub mod external;
mod future_date;
mod future_event;
mod length;
mod linking;
mod local;
mod long_headline;
mod long_summary;
mod lost_url;
mod lowercase_name;
mod merge_marker;
mod missing_alt;
mod missing_credit;
mod moved_link;
mod no_archive;
mod no_captions;
mod order_violated;
mod orphan;
mod past_scheduled;
mod people;
mod placeholder;
mod points_at_hidden;
mod possible_duplicate;
mod quotations;
mod quote_mismatch;
mod quoted;
mod reading;
mod redirect_loop;
mod relative_time;
mod renumbered_list;
mod role_anachronism;
mod rule;
mod said_twice;
mod same_name;
mod silent_change;
mod single_source;
mod source_before_event;
mod stale;
mod status_twice;
mod stray_markup;
mod table_cells;
mod told;
mod uncited_quote;
mod unclosed_fence;
mod unframed_embed;
mod unintroduced_entity;
mod unknown_field;
mod unknown_id;
mod unread_file;
mod unsourced_claim;
mod unsourced_event;
mod untranslated;
mod waivers;
mod weak_sources;
mod weekday_mismatch;
mod written_date;

use rayon::prelude::*;

use crate::config::Config;
use crate::diagnostics::{self, Code, Diagnostic};
use crate::media::Media;
use crate::model::Model;
use crate::source::SourceTree;

pub use local::{CleanRecords, LocalContext, Unseen};
pub use lost_url::lost_urls;
pub use rule::{Report, Rule, Scope};
pub use silent_change::{Wording, silent_changes, wordings};
pub use waivers::apply_settings;

/// Every rule, in the order of the guide.
pub const RULES: &[&dyn Rule] = &[
    &unknown_id::UnknownId,
    &duplicate_id::DuplicateId,
    &broken_link::BrokenLink,
    &unknown_field::UnknownField,
    &bad_date::BadDate,
    &bad_chart::BadChart,
    &bad_map::BadMap,
    &bad_media::BadMedia,
    &bad_captions::BadCaptions,
    &no_captions::NoCaptions,
    &bad_embed::BadEmbed,
    &unframed_embed::UnframedEmbed,
    &missing_alt::MissingAlt,
    &missing_credit::MissingCredit,
    &unsourced_event::UnsourcedEvent,
    &unsourced_claim::UnsourcedClaim,
    &single_source::SingleSource,
    &weak_sources::WeakSources,
    &accused_person::AccusedPerson,
    &status_twice::StatusTwice,
    &order_violated::OrderViolated,
    &conflicting_dates::ConflictingDates,
    &future_event::FutureEvent,
    &past_scheduled::PastScheduled,
    &source_before_event::SourceBeforeEvent,
    &future_date::FutureDate,
    &stale::Stale,
    &points_at_hidden::PointsAtHidden,
    &placeholder::Placeholder,
    &relative_time::RelativeTime,
    &weekday_mismatch::WeekdayMismatch,
    &uncited_quote::UncitedQuote,
    &quote_mismatch::QuoteMismatch,
    &bare_allegation::BareAllegation,
    &date_contradiction::DateContradiction,
    &role_anachronism::RoleAnachronism,
    &unintroduced_entity::UnintroducedEntity,
    &said_twice::SaidTwice,
    &doubled_word::DoubledWord,
    &comment_shown::CommentShown,
    &ambiguous_name::AmbiguousName,
    &lowercase_name::LowercaseName,
    &same_name::SameName,
    &possible_duplicate::PossibleDuplicate,
    &long_headline::LongHeadline,
    &long_summary::LongSummary,
    &orphan::Orphan,
    &no_archive::NoArchive,
    &bad_character::BadCharacter,
    &merge_marker::MergeMarker,
    &cut_text::CutText,
    &unclosed_fence::UnclosedFence,
    &renumbered_list::RenumberedList,
    &table_cells::TableCells,
    &stray_markup::StrayMarkup,
    &unread_file::UnreadFile,
    &redirect_loop::RedirectLoop,
    &lost_url::LostUrl,
    &dead_link::DeadLink,
    &moved_link::MovedLink,
    &silent_change::SilentChange,
    &untranslated::Untranslated,
];

/// What rules can see.
#[derive(Clone, Copy)]
pub struct CheckContext<'a> {
    /// Every record, with pointers in both directions.
    pub model: &'a Model,
    /// The site's settings.
    pub config: &'a Config,
    /// The content files, whose paths waivers may name.
    pub tree: &'a SourceTree,
    /// The pictures and other files that records use.
    pub media: &'a Media,
}

/// The rule that reports `code`; `None` if no rule does, as for errors that make a file unreadable.
#[must_use]
pub fn rule(code: Code) -> Option<&'static dyn Rule> {
    RULES.iter().copied().find(|rule| rule.code() == code)
}

/// The findings of all rules of this stage, sorted by location, each with its default severity.
#[must_use]
pub fn run(site: &CheckContext<'_>) -> Vec<Diagnostic> {
    run_knowing(site, &CleanRecords::default()).0
}

/// [`run`], but local rules skip the records that are `known` to be clean. Also returns which ones are clean now.
#[must_use]
pub fn run_knowing(site: &CheckContext<'_>, known: &CleanRecords) -> (Vec<Diagnostic>, CleanRecords) {
    let global = |rule: &&dyn Rule| {
        let mut report = Report::new(*rule);
        match rule.scope() {
            Scope::Parse | Scope::Resolve | Scope::Pages | Scope::Published | Scope::External => {}
            Scope::Local(_) | Scope::Names(_) => {}
            Scope::Global(check) => check(site, &mut report),
            Scope::Alike(check) => check(site, &Unseen::of(rule.code(), site.model, known), &mut report),
        }
        report.found
    };
    let everywhere = || RULES.par_iter().flat_map_iter(global).collect::<Vec<_>>();
    let ((mut found, mut clean), mut more) = rayon::join(|| local::run(site, known), everywhere);
    let is_quiet =
        |rule: &&&dyn Rule| matches!(rule.scope(), Scope::Alike(_)) && more.iter().all(|found| found.code != rule.code());
    clean.quiet = RULES.iter().filter(is_quiet).map(|rule| rule.code()).collect();
    found.append(&mut more);
    found.extend(future_date::of_settings(site));
    found.extend(stale::of_settings(site));
    diagnostics::sort(&mut found);
    (found, clean)
}
