//! Typed values from a JSON tree: the `serde` side of reading, each error with its place.

use serde::de::{self, DeserializeOwned, Deserializer, Visitor};
use serde::forward_to_deserialize_any;

use super::access::{Elements, Fields, Found, Members, Variant, no_variant, product};
use super::{Expected, Fault, INTEGER_MAX, Json, ReadError, parse};

/// Reads a value from a tree. A struct whose serde name has a slash, such as
/// `#[serde(tag = "format", rename = "bontot.key/1")]`, is a document: its member `format` must be
/// that name, which is checked before all other members, since a later version may know those. An enum
/// whose serde name is what an [`Expected`] says is that, where it is none of its variants.
///
/// A struct takes no member that it does not know, unless its serde name ends in ` and more`. A field whose
/// member may be absent has a `default`, an `Option` as well.
///
/// # Errors
/// The first fault that is found, with its place.
pub fn from_json<T: DeserializeOwned>(json: &Json) -> Result<T, ReadError> {
    T::deserialize(json).map_err(|error| match is_of_another_product(json, &error) {
        true => ReadError::here(Fault::OtherProduct),
        false => error,
    })
}

/// Was a document asked for, and is this one of another product?
#[cold]
fn is_of_another_product(json: &Json, error: &ReadError) -> bool {
    let format = json.get("format").and_then(Json::as_text);
    error.pointer == "/format"
        && match &error.fault {
            Fault::Missing => true,
            Fault::OtherFormat { wanted, .. } => format.map(product) != Some(product(wanted)),
            _ => false,
        }
}

/// Reads a value from JSON text of at most `limit` bytes.
///
/// # Errors
/// What [`parse`] or [`from_json`] say.
pub fn from_slice<T: DeserializeOwned>(bytes: &[u8], limit: usize) -> Result<T, ReadError> {
    from_json(&parse(bytes, limit)?)
}

/// What stands here is not what `visitor` expects: the kind that it names, else `usual`.
#[cold]
#[inline(never)]
fn mismatch(visitor: &dyn de::Expected, usual: Expected) -> ReadError {
    ReadError::expected(Expected::from_text(&visitor.to_string()).unwrap_or(usual))
}

/// Reads an integer of a Rust type with this range.
fn integer<'de, V: Visitor<'de>>(
    json: &'de Json,
    (min, max): (i64, i64),
    visitor: V,
) -> Result<V::Value, ReadError> {
    match json {
        Json::Int(value) if (min..=max).contains(value) => visitor.visit_i64(*value),
        _ => Err(mismatch(&visitor, Expected::Integer { min, max })),
    }
}

macro_rules! integers {
    ($($method:ident $min:expr, $max:expr;)+) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
            integer(self, ($min, $max), visitor)
        })+
    };
}

impl<'de> Deserializer<'de> for &'de Json {
    type Error = ReadError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match self {
            Json::Null => visitor.visit_unit(),
            Json::Bool(value) => visitor.visit_bool(*value),
            Json::Int(value) => visitor.visit_i64(*value),
            Json::Text(text) => visitor.visit_borrowed_str(text),
            Json::List(values) => visitor.visit_seq(Elements::new(values)),
            Json::Object(members) => visitor.visit_map(Members::new(members)),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match self {
            Json::Bool(value) => visitor.visit_bool(*value),
            _ => Err(mismatch(&visitor, Expected::Bool)),
        }
    }

    integers! {
        deserialize_i8 i8::MIN.into(), i8::MAX.into();
        deserialize_i16 i16::MIN.into(), i16::MAX.into();
        deserialize_i32 i32::MIN.into(), i32::MAX.into();
        deserialize_i64 -INTEGER_MAX, INTEGER_MAX;
        deserialize_u8 0, u8::MAX.into();
        deserialize_u16 0, u16::MAX.into();
        deserialize_u32 0, u32::MAX.into();
        deserialize_u64 0, INTEGER_MAX;
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match self {
            Json::Text(text) => visitor.visit_borrowed_str(text),
            _ => Err(mismatch(&visitor, Expected::Text)),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match self {
            Json::Null => visitor.visit_none(),
            json => visitor.visit_some(json),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match self {
            Json::List(values) => visitor.visit_seq(Elements::new(values)),
            _ => Err(mismatch(&visitor, Expected::List)),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        match self {
            // A visitor of a tuple looks at no element behind its last.
            Json::List(values) if values.len() != length => {
                Err(ReadError::expected(Expected::Length { min: length, max: length }))
            }
            json => json.deserialize_seq(visitor),
        }
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        self.deserialize_tuple(length, visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match self {
            Json::Object(members) => visitor.visit_map(Members::new(members)),
            _ => Err(mismatch(&visitor, Expected::Object)),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        let mut fields = Fields::new(self, name, names)?;
        match visitor.visit_seq(&mut fields) {
            Ok(value) => fields.end().map(|()| value),
            Err(error) => Err(fields.place(error)),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        of: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        match Variant::of(self, of, variants)? {
            Found::Variant(variant) => visitor.visit_enum(variant),
            // An enum may have a variant that is written as a bare number.
            Found::Number(value) => match visitor.visit_i64::<ReadError>(value) {
                Err(error) if error.is_described() => Err(no_variant(of, variants)),
                read => read,
            },
        }
    }

    forward_to_deserialize_any! {
        i128 u128 f32 f64 char bytes byte_buf unit unit_struct identifier ignored_any
    }
}
