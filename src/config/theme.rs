//! `[output.html.theme]`: how the built-in theme looks and what it does.

use crate::base::At;
use crate::{choice, record};

record! {
    /// How the built-in theme looks on this site.
    #[derive(Default, Clone)]
    pub struct ThemeTable = "[output.html.theme]" {
        /// the color of links and buttons on a light background, such as `#a3271b`
        "accent" accent: Option<At<String>>;
        /// the same on a dark background; made from `accent` unless set
        "accent-dark" accent_dark: Option<At<String>>;
        /// fonts of text and headlines, as in CSS: `Georgia, serif`
        "font-text" font_text: Option<At<String>>;
        /// fonts of labels, dates and notes
        "font-label" font_label: Option<At<String>>;
        /// a picture next to the site's title, as a path in `static/`
        "logo" logo: Option<At<String>>;
        /// whether readers can filter the site's timeline, for which its page loads a script
        "timeline" timeline: TimelineStyle;
        /// whether links to records and citations open cards; on unless set
        "record-cards" record_cards: Option<bool>;
        /// whether a page tells a returning reader what has changed, from a note in the reader's own browser; on unless set
        "memory" memory: Option<bool>;
    }
}

choice! {
    /// What readers can do with the site's timeline.
    #[derive(Default)]
    pub enum TimelineStyle {
        /// Filter it, and move through it.
        #[default]
        Interactive = "interactive",
        /// Read it: its page has no filter.
        Static = "static",
    }
}
