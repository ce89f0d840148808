//! Hashes anything that serializes, over exactly what a template would see of it.
#![expect(clippy::cast_lossless, reason = "one macro takes numbers of every width")]

use std::hash::{BuildHasher as _, Hasher as _};

use serde::ser::{self, Serialize};

/// Fixed seeds. Nothing hashed here comes from a stranger.
const HASHER: ahash::RandomState = ahash::RandomState::with_seeds(71, 5, 89, 31);

/// A 64-bit hash of a value. Compare it only with the hash of an earlier value of the same thing.
#[must_use]
pub fn fingerprint(value: &(impl Serialize + ?Sized)) -> u64 {
    let mut print = Print(HASHER.build_hasher());
    // Writing into a hash can't fail; a value that refuses to serialize gets its own kind of hash.
    if value.serialize(&mut print).is_err() {
        print.0.write_u8(255);
    }
    print.0.finish()
}

struct Print(ahash::AHasher);

/// The kind of value that follows, so that no two values of different shapes write the same bytes.
#[derive(Clone, Copy)]
enum Shape {
    None,
    Some,
    Unit,
    Bool,
    Number,
    Text,
    Bytes,
    List,
    Map,
    Variant,
    End,
}

impl Print {
    fn shape(&mut self, shape: Shape) {
        self.0.write_u8(shape as u8);
    }

    fn number(&mut self, number: u64) {
        self.shape(Shape::Number);
        self.0.write_u64(number);
    }

    fn bytes(&mut self, shape: Shape, bytes: &[u8]) {
        self.shape(shape);
        self.0.write_usize(bytes.len());
        self.0.write(bytes);
    }
}

/// The error of a value that refuses to be serialized.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Refused(String);

impl ser::Error for Refused {
    fn custom<T: std::fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

macro_rules! numbers {
    ($($name:ident: $Number:ty),*) => { $(
        fn $name(self, value: $Number) -> Result<(), Refused> {
            self.number(value as u64);
            Ok(())
        }
    )* };
}

impl ser::Serializer for &mut Print {
    type Ok = ();
    type Error = Refused;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Self;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Self;

    numbers! {
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64, serialize_char: char
    }

    fn serialize_bool(self, value: bool) -> Result<(), Refused> {
        self.shape(Shape::Bool);
        self.0.write_u8(value.into());
        Ok(())
    }

    fn serialize_f32(self, value: f32) -> Result<(), Refused> {
        self.serialize_f64(value.into())
    }

    fn serialize_f64(self, value: f64) -> Result<(), Refused> {
        self.number(value.to_bits());
        Ok(())
    }

    fn serialize_str(self, value: &str) -> Result<(), Refused> {
        self.bytes(Shape::Text, value.as_bytes());
        Ok(())
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<(), Refused> {
        self.bytes(Shape::Bytes, value);
        Ok(())
    }

    fn serialize_none(self) -> Result<(), Refused> {
        self.shape(Shape::None);
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Refused> {
        self.shape(Shape::Some);
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Refused> {
        self.shape(Shape::Unit);
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Refused> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, index: u32, _: &'static str) -> Result<(), Refused> {
        self.shape(Shape::Variant);
        self.number(index.into());
        Ok(())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), Refused> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        index: u32,
        _: &'static str,
        value: &T,
    ) -> Result<(), Refused> {
        self.shape(Shape::Variant);
        self.number(index.into());
        value.serialize(self)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self, Refused> {
        self.shape(Shape::List);
        Ok(self)
    }

    fn serialize_tuple(self, _: usize) -> Result<Self, Refused> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self, Refused> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_variant(self, _: &'static str, index: u32, _: &'static str, _: usize) -> Result<Self, Refused> {
        self.shape(Shape::Variant);
        self.number(index.into());
        self.serialize_seq(None)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self, Refused> {
        self.shape(Shape::Map);
        Ok(self)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, Refused> {
        self.serialize_map(None)
    }

    fn serialize_struct_variant(self, _: &'static str, index: u32, _: &'static str, _: usize) -> Result<Self, Refused> {
        self.shape(Shape::Variant);
        self.number(index.into());
        self.serialize_map(None)
    }
}

macro_rules! lists {
    ($($Trait:ident: $item:ident),*) => { $(
        impl ser::$Trait for &mut Print {
            type Ok = ();
            type Error = Refused;

            fn $item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
                value.serialize(&mut **self)
            }

            fn end(self) -> Result<(), Refused> {
                self.shape(Shape::End);
                Ok(())
            }
        }
    )* };
}

lists! {
    SerializeSeq: serialize_element, SerializeTuple: serialize_element,
    SerializeTupleStruct: serialize_field, SerializeTupleVariant: serialize_field
}

macro_rules! structs {
    ($($Trait:ident),*) => { $(
        impl ser::$Trait for &mut Print {
            type Ok = ();
            type Error = Refused;

            // A field's position identifies it; its name is the same in every value of its type.
            fn serialize_field<T: Serialize + ?Sized>(&mut self, _: &'static str, value: &T) -> Result<(), Refused> {
                value.serialize(&mut **self)
            }

            fn skip_field(&mut self, _: &'static str) -> Result<(), Refused> {
                self.shape(Shape::End);
                Ok(())
            }

            fn end(self) -> Result<(), Refused> {
                self.shape(Shape::End);
                Ok(())
            }
        }
    )* };
}

structs!(SerializeStruct, SerializeStructVariant);

impl ser::SerializeMap for &mut Print {
    type Ok = ();
    type Error = Refused;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Refused> {
        key.serialize(&mut **self)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        value.serialize(&mut **self)
    }

    fn end(self) -> Result<(), Refused> {
        self.shape(Shape::End);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_differ_anywhere_differ() {
        let all = [
            fingerprint(&(1, "a")),
            fingerprint(&(1, "b")),
            fingerprint(&("1", "a")),
            fingerprint(&["ab", ""]),
            fingerprint(&["a", "b"]),
            fingerprint(&["a"]),
            fingerprint(&[vec!["a"], vec![]]),
            fingerprint(&[vec![], vec!["a"]]),
            fingerprint(&None::<bool>),
            fingerprint(&Some(false)),
            fingerprint(&false),
        ];
        assert_eq!(std::collections::BTreeSet::from(all).len(), all.len());
        assert_eq!(fingerprint(&(1, "a")), fingerprint(&(1_u8, "a".to_owned())));
    }
}
