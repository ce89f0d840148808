//! What the built site is and does.

mod addresses;
mod authors;
mod bylines;
mod citations;
mod dates;
mod direction;
mod folder;
mod formats;
mod labels;
mod landmarks;
mod languages;
mod leak;
mod links;
mod lists;
mod locales;
mod record_files;
mod same;
mod scripts;
mod search;
mod shown;
mod sorting;
mod standing;
mod text;
mod theme;
mod timelines;
mod words;
