//! Citations: the numbers of sources on a page, and news citations as a newcomer would expect them.

pub mod news;
pub mod numbered;
