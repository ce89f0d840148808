//! The kinds of records that a site has, one file each, and the parts that they share.

pub mod blocks;
pub mod claim;
pub mod common;
pub mod entity;
pub mod event;
pub mod page;
pub mod source;
pub mod term;
