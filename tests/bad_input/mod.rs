//! Authors' mistakes, and what the program says: exit code, rule, file, line and column of each.

mod fields;
mod files;
mod names;
mod settings;
mod texts;
mod yaml;

use crate::support::Site;

const ALL: &str = "content/events/all.yaml";

/// A site with these events and the source `ap`.
#[track_caller]
fn events(text: &str) -> Site {
    Site::new().sourced().file(ALL, text)
}

/// A site with one section, whose body begins on line 4.
#[track_caller]
fn body(text: &str) -> Site {
    Site::new().sourced().section("alliance", text)
}
