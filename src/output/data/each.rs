//! Lists of records that are too long to be built at once.

use std::borrow::Cow;

use rayon::prelude::*;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::ser::SerializeSeq as _;
use serde::{Serialize, Serializer};

/// Records that are made while they are written, on all cores and a few at a time: all of them at once would be a large
/// share of a build's memory.
pub struct Each<'m, T> {
    /// Which records, as indices into the model.
    pub of: Vec<u32>,
    /// What makes a record.
    pub make: Box<dyn Fn(u32) -> T + Send + Sync + 'm>,
}

impl<'m, T> Each<'m, T> {
    /// The first `count` records of a kind.
    pub fn first(count: usize, make: impl Fn(u32) -> T + Send + Sync + 'm) -> Self {
        Self { of: (0..count as u32).collect(), make: Box::new(make) }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.of.is_empty()
    }
}

/// How many are made before they are written.
const AT_ONCE: usize = 512;

impl<T: Serialize + Send> Serialize for Each<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.of.len()))?;
        for some in self.of.chunks(AT_ONCE) {
            let made: Vec<T> = some.par_iter().map(|at| (self.make)(*at)).collect();
            made.iter().try_for_each(|one| list.serialize_element(one))?;
        }
        list.end()
    }
}

impl<T: JsonSchema> JsonSchema for Each<'_, T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        Vec::<T>::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Vec::<T>::json_schema(generator)
    }
}
