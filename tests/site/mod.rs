//! What the built site is and does.

mod addresses;
mod citations;
mod dates;
mod folder;
mod formats;
mod labels;
mod landmarks;
mod languages;
mod leak;
mod links;
mod lists;
mod same;
mod shown;
mod text;
mod theme;
mod timelines;
mod words;
