//! The codes of all findings, in one place so that none is used twice.

use std::fmt;

/// A stable, kebab-case name for one kind of problem, used in settings and waivers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code(pub &'static str);

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $text:literal;)*) => {
        $($(#[doc = $doc])+ pub const $name: Code = Code($text);)*
        /// Every code, with its meaning.
        pub const ALL: &[(Code, &str)] = &[$(($name, concat!($($doc),+))),*];
    };
}

codes! {
    /// A file that is not UTF-8.
    INVALID_UTF8 = "invalid-utf8";
    /// A file that can't be read, or is larger than 4 GiB.
    UNREADABLE = "unreadable";
    /// YAML or TOML that does not parse.
    INVALID_SYNTAX = "invalid-syntax";
    /// A value of the wrong type.
    WRONG_TYPE = "wrong-type";
    /// A required field that is missing.
    MISSING_FIELD = "missing-field";
    /// A value that its field does not accept.
    BAD_VALUE = "bad-value";
    /// Markdown that would not mean what its author intended.
    BAD_MARKDOWN = "bad-markdown";
    /// An id or address that the site itself uses, or that a file system can't store.
    RESERVED_ID = "reserved-id";
    /// A link whose scheme is not allowed.
    BAD_ADDRESS = "bad-address";
    /// A chart that can't be drawn from its figures.
    BAD_CHART = "bad-chart";
    /// A map that can't be drawn.
    BAD_MAP = "bad-map";
    /// An embed whose address shows nothing on a page.
    BAD_EMBED = "bad-embed";
    /// An embed that is only a link, although its address was made for a frame.
    UNFRAMED_EMBED = "unframed-embed";
    /// A path or link that leaves the site's folder.
    OUTSIDE_SITE = "outside-site";
    /// A template that does not parse, or that failed on a page.
    TEMPLATE = "template";
    /// A key that the file format does not have.
    UNKNOWN_FIELD = "unknown-field";
    /// An id that does not exist.
    UNKNOWN_ID = "unknown-id";
    /// Two things with the same id, slug or address.
    DUPLICATE_ID = "duplicate-id";
    /// A picture or other file that can't be published.
    BAD_MEDIA = "bad-media";
    /// Captions of a film that browsers can't read.
    BAD_CAPTIONS = "bad-captions";
    /// A film without captions.
    NO_CAPTIONS = "no-captions";
    /// A picture without alternative text.
    MISSING_ALT = "missing-alt";
    /// A picture or film without a credit or a license.
    MISSING_CREDIT = "missing-credit";
    /// A broken link, anchor, picture or footnote.
    BROKEN_LINK = "broken-link";
    /// A date that is not in EDTF, or is impossible.
    BAD_DATE = "bad-date";
    /// An event without a source.
    UNSOURCED_EVENT = "unsourced-event";
    /// A claim without a source, or without anyone who makes it.
    UNSOURCED_CLAIM = "unsourced-claim";
    /// An event or a claim that rests on a single publisher.
    SINGLE_SOURCE = "single-source";
    /// An event or a claim that rests only on posts, unnamed people or opinion.
    WEAK_SOURCES = "weak-sources";
    /// Somebody accused without a sourced status.
    ACCUSED_PERSON = "accused-person";
    /// A claim with both a status and a history.
    STATUS_TWICE = "status-twice";
    /// An order of events that their dates contradict.
    ORDER_VIOLATED = "order-violated";
    /// Two statuses with the same date, or a consequence dated before its cause.
    CONFLICTING_DATES = "conflicting-dates";
    /// A status that was last confirmed too long ago.
    STALE = "stale";
    /// An event later than the site's as-of date.
    FUTURE_EVENT = "future-event";
    /// A scheduled event whose date has passed.
    PAST_SCHEDULED = "past-scheduled";
    /// An event whose sources were all published before it.
    SOURCE_BEFORE_EVENT = "source-before-event";
    /// Something said or done on a day in the future.
    FUTURE_DATE = "future-date";
    /// Something public that points at something hidden.
    POINTS_AT_HIDDEN = "points-at-hidden";
    /// Placeholder text.
    PLACEHOLDER = "placeholder";
    /// A word such as “yesterday”, which is true only on the day it is written.
    RELATIVE_TIME = "relative-time";
    /// A day of the week that does not match the date next to it.
    WEEKDAY_MISMATCH = "weekday-mismatch";
    /// A quotation without a source.
    UNCITED_QUOTE = "uncited-quote";
    /// A quotation that differs from what its source keeps.
    QUOTE_MISMATCH = "quote-mismatch";
    /// A contested claim that is stated as a fact.
    BARE_ALLEGATION = "bare-allegation";
    /// A date in a sentence that the event it links doesn't have.
    DATE_CONTRADICTION = "date-contradiction";
    /// A role that a person did not hold at the time of an event.
    ROLE_ANACHRONISM = "role-anachronism";
    /// A person who is named without saying who that is.
    UNINTRODUCED_ENTITY = "unintroduced-entity";
    /// The same item twice in a list.
    SAID_TWICE = "said-twice";
    /// A word twice in a row.
    DOUBLED_WORD = "doubled-word";
    /// Two events with one date and nearly one title.
    POSSIBLE_DUPLICATE = "possible-duplicate";
    /// A title that is cut off where it is shared.
    LONG_HEADLINE = "long-headline";
    /// A page's summary that is cut off where it is shared.
    LONG_SUMMARY = "long-summary";
    /// A record that nothing leads to.
    ORPHAN = "orphan";
    /// A cited web page without an archived copy.
    NO_ARCHIVE = "no-archive";
    /// Two entities with the same name that readers can't tell apart.
    SAME_NAME = "same-name";
    /// A comment in a syntax that this format does not have, so that readers see it.
    COMMENT_SHOWN = "comment-shown";
    /// A byline that may mean several people, or an author whom there is not.
    AMBIGUOUS_NAME = "ambiguous-name";
    /// A lowercase word that is nearly an entity's id, or one of its names.
    LOWERCASE_NAME = "lowercase-name";
    /// A published address that no longer exists.
    LOST_URL = "lost-url";
    /// An address of another site that leads nowhere.
    DEAD_LINK = "dead-link";
    /// An address of another site that leads to a new one.
    MOVED_LINK = "moved-link";
    /// A section whose words changed and whose date didn't.
    SILENT_CHANGE = "silent-change";
    /// A file in the content folder that nothing reads.
    UNREAD_FILE = "unread-file";
    /// An old address that redirects to itself, in a circle, or nowhere.
    REDIRECT_LOOP = "redirect-loop";
    /// A character that is not allowed on a web page.
    BAD_CHARACTER = "bad-character";
    /// An unresolved git merge conflict.
    MERGE_MARKER = "merge-marker";
    /// A text that YAML cuts off at ` #`.
    CUT_TEXT = "cut-text";
    /// A fenced code block that is never closed.
    UNCLOSED_FENCE = "unclosed-fence";
    /// A numbered list that readers would see with other numbers.
    RENUMBERED_LIST = "renumbered-list";
    /// A table row with more or fewer cells than the header.
    TABLE_CELLS = "table-cells";
    /// Markup that has no effect, so that readers see it as text.
    STRAY_MARKUP = "stray-markup";
    /// A language that the program has no words in.
    UNTRANSLATED = "untranslated";
    /// A file, or a whole site, that is too large for its host.
    TOO_LARGE = "too-large";
    /// Something in an imported file that has no place in this format, or that was guessed.
    NOT_IMPORTED = "not-imported";
    /// A waiver that has expired, or that no longer applies to anything.
    WAIVER = "waiver";
}

#[cfg(test)]
mod tests {
    use super::ALL;
    use std::collections::BTreeSet;

    #[test]
    fn no_code_stands_for_two_things() {
        let names: BTreeSet<_> = ALL.iter().map(|(code, _)| code).collect();
        assert_eq!(names.len(), ALL.len());
    }
}
