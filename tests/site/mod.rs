//! What the built site is and does.

mod citations;
mod folder;
mod languages;
mod links;
mod lists;
mod same;
mod shown;
mod text;
mod theme;
mod timelines;
