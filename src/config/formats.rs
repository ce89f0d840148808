//! The tables of `book.toml` for everything besides pages: feeds, sitemaps, data, cards.

use crate::base::At;
use crate::{choice, record};

record! {
    /// Feeds. There are none without `base-url`, because a feed needs full addresses.
    #[derive(Default)]
    pub struct FeedsTable = "[output.feeds]" {
        /// whether there are feeds; on unless set
        "enable" enable: Option<bool>;
        /// how many entries a feed holds; 50 unless set
        "entries" entries: Option<At<i32>>;
        /// whether each section has its own feeds
        "sections" sections: bool;
        /// whether each entity has its own feeds
        "entities" entities: bool;
        /// what makes entry ids unique to this site; never change it; the title unless set
        "id" id: Option<At<String>>;
    }
}

record! {
    /// Sitemaps. There are none without `base-url`.
    #[derive(Default)]
    pub struct SitemapTable = "[output.sitemap]" {
        /// whether there is a sitemap; on unless set
        "enable" enable: Option<bool>;
        /// whether to list sections published in the last two days for news search
        "news" news: bool;
    }
}

record! {
    /// What others build on.
    #[derive(Default)]
    pub struct DataTable = "[output.data]" {
        /// whether there are `data/site.json`, `data/events.csv` and calendars; on unless set
        "enable" enable: Option<bool>;
        /// whether `data/site.json` includes the full text of sections; on unless set
        "texts" texts: Option<bool>;
        /// whether sections and entities have their own calendars; on unless set
        "calendars" calendars: Option<bool>;
        /// whether `data/events.csv` has a `'` before cells that a spreadsheet would compute; on unless set
        "csv-escape-formulas" csv_escape_formulas: Option<bool>;
        /// whether `data/events.csv` begins with a byte-order mark, which tells Excel that it is UTF-8
        "csv-byte-order-mark" csv_byte_order_mark: bool;
    }
}

record! {
    /// The pictures that links to the site are shown with. There are none without `base-url`.
    #[derive(Default)]
    pub struct CardsTable = "[output.cards]" {
        /// whether there are cards; on unless set
        "enable" enable: Option<bool>;
        /// which pages have their own cards: `sections`, `events`, `entities`, `claims`; all unless set
        "kinds" kinds: Option<Vec<CardKind>>;
        /// more fonts, as paths from the root, for scripts that the built-in ones lack
        "fonts" fonts: Vec<At<String>>;
    }
}

choice! {
    /// A kind of page that may have its own card.
    pub enum CardKind {
        /// Sections.
        Sections = "sections",
        /// Events.
        Events = "events",
        /// Entities.
        Entities = "entities",
        /// Claims.
        Claims = "claims",
    }
}

record! {
    /// A `_headers` file, for hosts that read one.
    #[derive(Default)]
    pub struct HeadersTable = "[output.headers]" {
        /// whether it is written
        "enable" enable: bool;
    }
}
