//! Diagnostics in the forms in which they leave the program.

pub mod human;
