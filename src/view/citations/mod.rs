//! Citations: the numbers that sources have on a page, and citations of news as a stranger would write them.

pub mod news;
pub mod numbered;
