//! How the program writes records for its authors.

use crate::{choice, record};

record! {
    /// How the program writes records.
    #[derive(Default)]
    pub struct DeskTable = "[desk]" {
        /// where `backgrounder new` puts a record; with others of its kind unless set
        "records" records: Option<RecordForm>;
    }
}

choice! {
    /// How records are stored.
    pub enum RecordForm {
        /// Each in its own file.
        Files = "files",
        /// In lists of them.
        Lists = "lists",
    }
}
