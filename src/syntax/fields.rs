//! The two macros that define, in one place, what an author may write: [`record!`](crate::record) and
//! [`choice!`](crate::choice).
//!
//! The struct, its decoder, the suggestions for misspelled keys, the tables of the guide and the JSON Schema all come
//! from one of them, so none can know a field that another doesn't.

/// Defines a record's fields once: the struct, its decoder and its [`Field`] table.
///
/// A field is `"key" name: Type;`, with a default when it is absent, or `"key" name: Type, required;`. Its type says
/// what it takes, unless `as` is followed by other words. A text is one line, or has paragraphs if `=> paragraphs` says
/// so. `..rest: Type` includes the fields of another record in this one; the other one is defined with `in` instead of
/// `=`, and all its fields have defaults.
#[macro_export]
macro_rules! record {
    (
        $(#[doc = $doc:literal])+
        $(#[derive($($derive:ident),+)])?
        pub struct $Name:ident = $kind:literal {
            $( $(#[doc = $fdoc:literal])+ $key:literal $field:ident : $ty:ty $(as $takes:literal)? $(=> $lines:ident)? $(, $required:ident)? ; )*
            $( ..$common:ident : $Common:ty ; )?
        }
    ) => {
        $(#[doc = $doc])+
        #[derive(Debug $($(, $derive)+)?)]
        pub struct $Name {
            $( $(#[doc = $fdoc])+ pub $field: $ty, )*
            $( #[doc = "What every record may have."] pub $common: $Common, )?
        }

        impl $Name {
            /// The fields, for the guide and for suggestions.
            pub const FIELDS: &'static [$crate::syntax::Field] = &[
                $( $crate::record!(@field $key, $ty, [$($required)?] [$($takes)?] [$($lines)?] $($fdoc)+), )*
            ];
        }

        impl $crate::syntax::Decode for $Name {
            const SHAPE: &'static str = $kind;

            fn shape() -> $crate::syntax::Shape {
                $crate::syntax::Shape::Record($crate::syntax::RecordShape {
                    name: stringify!($Name),
                    kind: $kind,
                    doc: concat!($($doc),+),
                    fields: [Self::FIELDS $(, <$Common>::FIELDS)?].concat(),
                    is_open: false,
                })
            }

            fn decode(node: &$crate::syntax::node::Node, d: &mut $crate::syntax::Decoder) -> Option<Self> {
                let $crate::syntax::node::Kind::Map(entries) = &node.kind else {
                    d.wrong_type(node, concat!("the fields of ", $kind));
                    return None;
                };
                let outer = (d.field, d.lines);
                $( let mut $field: Option<$ty> = None; )*
                $( let mut $common = <$Common>::default(); )?
                let mut sound = true;
                for (at, (key, value)) in entries.iter().enumerate() {
                    match key.value.as_str() {
                        $( $key => {
                            d.field = $key;
                            d.lines = $crate::record!(@lines $($lines)?);
                            if !$crate::record!(@required $($required)?) && $crate::syntax::empty::says_nothing::<$ty>(value, d) {
                                continue;
                            }
                            $field = <$ty as $crate::syntax::Decode>::decode(value, d);
                            sound &= $field.is_some() || !$crate::record!(@required $($required)?);
                        } )*
                        _ => {
                            $( if $common.accept(key, value, d) { continue; } )?
                            d.unknown_field(at, entries, $kind, &[Self::FIELDS $(, <$Common>::FIELDS)?]);
                        }
                    }
                }
                (d.field, d.lines) = outer;
                $( $crate::record!(@check $field, $key, $ty, entries, node, d, sound, $kind, Self::FIELDS $(, $required)?); )*
                if !sound { return None; }
                Some(Self {
                    $( $field: $crate::record!(@take $field $(, $required)?), )*
                    $( $common, )?
                })
            }
        }
    };
    (
        $(#[doc = $doc:literal])+
        pub struct $Name:ident in $kind:literal {
            $( $(#[doc = $fdoc:literal])+ $key:literal $field:ident : $ty:ty $(as $takes:literal)? $(=> $lines:ident)? ; )*
        }
    ) => {
        $(#[doc = $doc])+
        #[derive(Debug, Default)]
        pub struct $Name {
            $( $(#[doc = $fdoc])+ pub $field: $ty, )*
        }

        impl $Name {
            /// The fields, for the guide and for suggestions.
            pub const FIELDS: &'static [$crate::syntax::Field] = &[
                $( $crate::record!(@field $key, $ty, [] [$($takes)?] [$($lines)?] $($fdoc)+), )*
            ];

            #[doc = concat!("Takes an entry if its key is one of the fields of ", $kind, ".")]
            pub fn accept(
                &mut self,
                key: &$crate::base::At<String>,
                value: &$crate::syntax::node::Node,
                d: &mut $crate::syntax::Decoder,
            ) -> bool {
                match key.value.as_str() {
                    $( $key => {
                        d.field = $key;
                        d.lines = $crate::record!(@lines $($lines)?);
                        if $crate::syntax::empty::says_nothing::<$ty>(value, d) {
                            return true;
                        }
                        self.$field = <$ty as $crate::syntax::Decode>::decode(value, d).unwrap_or_default();
                    } )*
                    _ => return false,
                }
                true
            }
        }
    };
    (@field $key:literal, $ty:ty, [$($required:ident)?] [$($takes:literal)?] [$($lines:ident)?] $($fdoc:literal)+) => {
        $crate::syntax::Field {
            key: $key,
            takes: $crate::record!(@takes $ty $(, $takes)?),
            shape: $crate::record!(@shape $ty $(, $required)?),
            required: $crate::record!(@required $($required)?),
            default: $crate::record!(@default $ty $(, $required)?),
            lines: $crate::record!(@lines $($lines)?),
            doc: concat!($($fdoc),+),
        }
    };
    (@shape $ty:ty) => { $crate::syntax::empty::optional::<$ty> };
    (@shape $ty:ty, required) => { <$ty as $crate::syntax::Decode>::shape };
    (@takes $ty:ty) => { <$ty as $crate::syntax::Decode>::SHAPE };
    (@takes $ty:ty, $takes:literal) => { $takes };
    (@default $ty:ty) => { <$ty as $crate::syntax::Decode>::DEFAULT };
    (@default $ty:ty, required) => { None };
    (@lines) => { $crate::syntax::Lines::One };
    (@lines paragraphs) => { $crate::syntax::Lines::Paragraphs };
    (@required) => { false };
    (@required required) => { true };
    (@check $field:ident, $key:literal, $ty:ty, $entries:ident, $node:ident, $d:ident, $sound:ident, $kind:literal, $fields:expr) => {};
    (@check $field:ident, $key:literal, $ty:ty, $entries:ident, $node:ident, $d:ident, $sound:ident, $kind:literal, $fields:expr, required) => {
        if $field.is_none() && !$entries.iter().any(|(key, _)| key.value == $key) {
            if let Some(stated) = $fields.iter().find(|field| field.key == $key) {
                $d.missing_field($node, $kind, stated);
            }
            $sound = false;
        }
    };
    (@take $field:ident) => { $field.unwrap_or_default() };
    (@take $field:ident, required) => { $field? };
}

/// States a choice among words once. A word `beside` them is one that stands in the same place and is taken elsewhere; messages
/// name it as well.
#[macro_export]
macro_rules! choice {
    (
        $(#[doc = $doc:literal])+
        $(#[derive($($derive:ident),+)])?
        pub enum $Name:ident $(beside $other:literal)? { $( $(#[doc = $vdoc:literal])+ $(#[$default:ident])? $Variant:ident = $word:literal, )+ }
    ) => {
        $(#[doc = $doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash $($(, $derive)+)?)]
        pub enum $Name { $( $(#[doc = $vdoc])+ $(#[$default])? $Variant, )+ }

        impl $Name {
            /// Every choice, in the order of the format.
            pub const ALL: &'static [Self] = &[$(Self::$Variant),+];

            /// The word that an author types.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $( Self::$Variant => $word, )+ }
            }
        }

        impl $crate::syntax::Decode for $Name {
            const SHAPE: &'static str = $crate::choice!(@join $($word),+);
            const DEFAULT: Option<&'static str> = $crate::choice!(@default $([$($default)? $word])+);

            fn shape() -> $crate::syntax::Shape {
                $crate::syntax::Shape::Choice(&[$($word),+])
            }

            fn decode(node: &$crate::syntax::node::Node, d: &mut $crate::syntax::Decoder) -> Option<Self> {
                let written = d.scalar(node, Self::SHAPE)?;
                match written {
                    $( $word => Some(Self::$Variant), )+
                    _ => {
                        let field = d.field;
                        let message = format!("`{written}` is not a `{field}`");
                        let finding = d.error($crate::diagnostics::code::BAD_VALUE, node.range, message);
                        match $crate::base::similar::nearest(written, [$($word,)+ $($other)?]) {
                            Some(near) => finding.did_you_mean(near),
                            None => {
                                finding.help =
                                    Some(concat!("write one of: ", $crate::choice!(@join $($word),+ $(, $other)?)).to_owned());
                            }
                        }
                        None
                    }
                }
            }
        }
    };
    (@default) => { None };
    (@default [default $word:literal] $($rest:tt)*) => { Some($word) };
    (@default [$word:literal] $($rest:tt)*) => { $crate::choice!(@default $($rest)*) };
    (@join $first:literal $(, $rest:literal)*) => { concat!($first $(, " | ", $rest)*) };
}
