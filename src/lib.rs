//! Backgrounder turns Markdown sections and YAML records into a themed, cross-linked site for a news explainer, where every
//! fact is written once, has an id, and every pointer to it is checked.
//!
//! Data runs one way. Every stage is a plain function from finished values to a finished value and a list of diagnostics:
//!
//! ```text
//! files ──read──▶ SourceTree ──parse──▶ Parsed ──resolve──▶ Model ──check──▶ diagnostics
//!                  (per file)          (per file)             │
//!                                                             └─plan──▶ Output: path → recipe ──write──▶ site/
//! ```
//!
//! The rooms, each of which knows only those to its left:
//! [`base`] · [`diagnostics`], [`language`] · [`source`] · [`date`], [`syntax`], [`config`] · [`edit`], [`chart`], [`map`],
//! [`embed`] · [`model`] · [`check`], [`view`], [`theme`], [`linkcheck`] · [`output`] · [`build`] · [`desk`] · [`serve`] ·
//! [`lsp`] · [`cli`].
//!
//! Begin with [`build::pipeline`], which reads as the picture above; `docs/ARCHITECTURE.md` says the rest.

pub mod base;
pub mod build;
pub mod chart;
pub mod check;
pub mod cli;
pub mod config;
pub mod date;
pub mod desk;
pub mod diagnostics;
pub mod edit;
pub mod embed;
pub mod language;
pub mod linkcheck;
pub mod lsp;
pub mod map;
pub mod media;
pub mod model;
pub mod output;
pub mod serve;
pub mod source;
pub mod syntax;
pub mod theme;
pub mod view;

#[cfg(test)]
#[path = "../tests/trials.rs"]
mod trials;
