//! The codes of everything that can be said, in one place so that none is used for two things.

use std::fmt;

/// A stable, kebab-case name for one kind of problem; settings and waivers name it.
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
        /// Every code there is, with its meaning.
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
    /// A value of another shape than its field has.
    WRONG_TYPE = "wrong-type";
    /// A field that must be there and isn't.
    MISSING_FIELD = "missing-field";
    /// A value that its field can't take.
    BAD_VALUE = "bad-value";
    /// Markdown that would not mean what its author meant.
    BAD_MARKDOWN = "bad-markdown";
    /// An id or address that the site needs for itself, or that a system can't write.
    RESERVED_ID = "reserved-id";
    /// A link of a scheme that no page may carry.
    BAD_ADDRESS = "bad-address";
    /// A path or link that leaves the site's folder.
    OUTSIDE_SITE = "outside-site";
    /// A template that does not parse, or failed on a page.
    TEMPLATE = "template";
    /// A key that the format does not have.
    UNKNOWN_FIELD = "unknown-field";
    /// An id that does not exist.
    UNKNOWN_ID = "unknown-id";
    /// Two things with one id, slug or address.
    DUPLICATE_ID = "duplicate-id";
    /// A link, anchor, picture or footnote that leads nowhere.
    BROKEN_LINK = "broken-link";
    /// Not a date in EDTF, or an impossible one.
    BAD_DATE = "bad-date";
    /// An event with no source.
    UNSOURCED_EVENT = "unsourced-event";
    /// A claim with no source, or with nobody who makes it.
    UNSOURCED_CLAIM = "unsourced-claim";
    /// A claim with both a status and a history.
    STATUS_TWICE = "status-twice";
    /// An order of events that the dates contradict.
    ORDER_VIOLATED = "order-violated";
    /// Two statuses of one date, or a sequel before its event.
    CONFLICTING_DATES = "conflicting-dates";
    /// Something that is true as of a day too long ago.
    STALE = "stale";
    /// An event after the day that the site is true as of.
    FUTURE_EVENT = "future-event";
    /// Something said or done on a day that has not come.
    FUTURE_DATE = "future-date";
    /// Something public that points at something hidden.
    POINTS_AT_HIDDEN = "points-at-hidden";
    /// Text that was left for later.
    PLACEHOLDER = "placeholder";
    /// A word such as “yesterday”, which is true only when it is written.
    RELATIVE_TIME = "relative-time";
    /// A day of the week beside a date that had another.
    WEEKDAY_MISMATCH = "weekday-mismatch";
    /// Two items of a list that say the same.
    SAID_TWICE = "said-twice";
    /// Two people or things of one name that nothing tells apart.
    SAME_NAME = "same-name";
    /// A comment in marks that this format does not have.
    COMMENT_SHOWN = "comment-shown";
    /// A comma in a byline that may part two people, or the names of one.
    AMBIGUOUS_NAME = "ambiguous-name";
    /// An address that was published, and is gone.
    LOST_URL = "lost-url";
    /// A file below the content folder that nothing reads.
    UNREAD_FILE = "unread-file";
    /// An old address that leads to itself, in a circle, or nowhere.
    REDIRECT_LOOP = "redirect-loop";
    /// A character that no page can hold.
    BAD_CHARACTER = "bad-character";
    /// What git leaves in a file where it could not merge two versions.
    MERGE_MARKER = "merge-marker";
    /// A text that YAML cuts off at a ` #`.
    CUT_TEXT = "cut-text";
    /// Fenced code that is never closed.
    UNCLOSED_FENCE = "unclosed-fence";
    /// Numbers of a list that readers would see as others.
    RENUMBERED_LIST = "renumbered-list";
    /// A row of a table with more or fewer cells than its head.
    TABLE_CELLS = "table-cells";
    /// Marks that were meant to do something, and are printed.
    STRAY_MARKUP = "stray-markup";
    /// A file, or a whole site, that is too large for where it is published.
    TOO_LARGE = "too-large";
    /// A waiver that has expired, or lets nothing pass.
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
