//! Types that are strings in JSON: enums of some fixed words, and values with a notation of their own.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, Unexpected, VariantAccess, Visitor,
};

use super::Expected;

/// Declares an enum whose values are strings: `ALL`, `as_str`, `from_word`, reading, writing and, for
/// the tool, the schema.
#[macro_export]
#[doc(hidden)]
macro_rules! string_enum {
    ($(#[$meta:meta])* $vis:vis enum $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[derive(serde::Serialize)]
        #[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
        $vis enum $name { $($(#[$doc])* #[serde(rename = $word)] $variant,)+ }

        #[allow(dead_code)] // not every enum is listed, or read from a word
        impl $name {
            /// Every value, in order.
            pub const ALL: &'static [$name] = &[$($name::$variant,)+];
            /// The words of all values, in order.
            pub const WORDS: &'static [&'static str] = &[$($word,)+];

            /// The word of the value in JSON, in the page and on the command line.
            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => $word,)+ }
            }

            /// The value of a word.
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some($name::$variant),)+ _ => None }
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
                Ok(Self::ALL[$crate::json::word(source, Self::WORDS)?])
            }
        }

        impl From<$name> for $crate::json::Json {
            fn from(value: $name) -> Self { value.as_str().into() }
        }
    };
}

/// Gives a type with `Display` the traits of a string in JSON: what is `expected` where `read` (from
/// `&str` to an option) refuses, and the JSON Schema for the tool.
#[macro_export]
#[doc(hidden)]
macro_rules! string_type {
    ($name:ident, $expected:expr, $read:expr, $schema:tt) => {
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
                $crate::json::string(source, $expected, $read)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
                out.collect_str(self)
            }
        }

        #[cfg(feature = "cli")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn inline_schema() -> bool {
                true
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!($schema)
            }
        }
    };
}

/// Reads one of some words, as an enum would that derives it, and with one visitor for all of them: its
/// place among them.
///
/// # Errors
/// None of the words.
pub fn word<'de, D: Deserializer<'de>>(
    source: D,
    words: &'static [&'static str],
) -> Result<usize, D::Error> {
    source.deserialize_enum("", words, Word(words))
}

#[derive(Clone, Copy)]
struct Word(&'static [&'static str]);

impl<'de> Visitor<'de> for Word {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&Expected::OneOf(self.0), f)
    }

    fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<usize, A::Error> {
        let (place, variant) = access.variant_seed(self)?;
        variant.unit_variant()?;
        Ok(place)
    }

    /// Messages between programs of one build (postcard) have the place itself; no JSON text has.
    fn visit_u32<E: Error>(self, place: u32) -> Result<usize, E> {
        let place = usize::try_from(place).ok().filter(|place| *place < self.0.len());
        place.ok_or_else(|| E::invalid_value(Unexpected::Other("a place"), &self))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<usize, E> {
        let place = self.0.iter().position(|word| *word == text);
        place.ok_or_else(|| E::unknown_variant(text, self.0))
    }
}

impl<'de> DeserializeSeed<'de> for Word {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<usize, D::Error> {
        source.deserialize_str(self)
    }
}

/// Reads a string by `read`; anything else, and what it refuses, is not what is `expected`.
///
/// # Errors
/// No string, or one that is refused.
pub fn string<'de, D: Deserializer<'de>, T>(
    source: D,
    expected: Expected,
    read: impl Fn(&str) -> Option<T>,
) -> Result<T, D::Error> {
    source.deserialize_str(StringOf { expected, read, of: PhantomData })
}

struct StringOf<T, F> {
    expected: Expected,
    read: F,
    of: PhantomData<fn() -> T>,
}

impl<T, F: Fn(&str) -> Option<T>> Visitor<'_> for StringOf<T, F> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.expected, f)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        (self.read)(text).ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self.expected))
    }
}
