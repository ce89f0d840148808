//! Addresses of other sites: which ones a site publishes, and what their answers mean.
//!
//! [`addresses`] collects them from the model, somebody else asks, and [`judge`] makes findings of the [`Answers`]. Both are pure:
//! nothing here knows the network, or when it was asked.

mod answer;
mod collect;
mod judge;

pub use answer::{Answer, Answers, End, Reached, Verdict};
pub use collect::{Addresses, Usage, Written, addresses};
pub use judge::{Judged, Unchecked, judge};
