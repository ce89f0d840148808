//! How the program writes records for its authors.

use crate::{choice, record};

record! {
    /// How the program writes records.
    #[derive(Default)]
    pub struct DeskTable = "[desk]" {
        /// where `backgrounder new` puts a record; where others of its kind stand unless set
        "records" records: Option<RecordForm>;
    }
}

choice! {
    /// Where records stand.
    pub enum RecordForm {
        /// Each in a file of its own.
        Files = "files",
        /// In lists of them.
        Lists = "lists",
    }
}
