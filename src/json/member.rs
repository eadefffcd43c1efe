//! How members of an object are read where their Rust type alone does not say it.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, Unexpected, Visitor};
use serde::ser::{Serialize, Serializer};

use super::{Expected, INTEGER_MAX, Json};

/// An integer in a range, both ends included: `#[serde(with = "Within::<0, 100>")]` at an `i64`.
pub struct Within<const MIN: i64, const MAX: i64>;

/// Any integer of the profile.
pub type Whole = Within<{ -INTEGER_MAX }, INTEGER_MAX>;

impl<const MIN: i64, const MAX: i64> Within<MIN, MAX> {
    /// Reads the integer.
    ///
    /// # Errors
    /// No integer, or outside the range.
    pub fn deserialize<'de, D: Deserializer<'de>>(source: D) -> Result<i64, D::Error> {
        integer(source, MIN, MAX)
    }

    /// Writes the integer.
    ///
    /// # Errors
    /// What `out` says.
    pub fn serialize<S: Serializer>(value: &i64, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_i64(*value)
    }
}

/// An integer in a range, or `null`: `#[serde(default, with = "OrNull::<0, 100>")]` at an
/// `Option<i64>`.
pub struct OrNull<const MIN: i64, const MAX: i64>;

impl<const MIN: i64, const MAX: i64> OrNull<MIN, MAX> {
    /// Reads the integer.
    ///
    /// # Errors
    /// Neither an integer nor `null`, or outside the range.
    pub fn deserialize<'de, D: Deserializer<'de>>(source: D) -> Result<Option<i64>, D::Error> {
        let read = Option::<InRange<MIN, MAX>>::deserialize(source)?;
        Ok(read.map(|InRange(value)| value))
    }

    /// Writes the integer.
    ///
    /// # Errors
    /// What `out` says.
    pub fn serialize<S: Serializer>(value: &Option<i64>, out: S) -> Result<S::Ok, S::Error> {
        value.serialize(out)
    }
}

struct InRange<const MIN: i64, const MAX: i64>(i64);

impl<'de, const MIN: i64, const MAX: i64> Deserialize<'de> for InRange<MIN, MAX> {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        integer(source, MIN, MAX).map(InRange)
    }
}

/// Reads an integer in a range, both ends included.
fn integer<'de, D: Deserializer<'de>>(source: D, min: i64, max: i64) -> Result<i64, D::Error> {
    source.deserialize_i64(Range { min, max })
}

struct Range {
    min: i64,
    max: i64,
}

impl Visitor<'_> for Range {
    type Value = i64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (min, max) = (self.min, self.max);
        fmt::Display::fmt(&Expected::Integer { min, max }, f)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<i64, E> {
        if (self.min..=self.max).contains(&value) {
            Ok(value)
        } else {
            Err(E::invalid_value(Unexpected::Signed(value), &self))
        }
    }
}

/// Reads a member that may be absent but not `null`: at an `Option<T>`
/// `#[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]`.
///
/// # Errors
/// What `T` says.
pub fn present<'de, D, T>(source: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    T::deserialize(source).map(Some)
}

/// Reads any object, as it stands.
///
/// # Errors
/// Not an object.
pub fn object<'de, D: Deserializer<'de>>(source: D) -> Result<Json, D::Error> {
    match Json::deserialize(source)? {
        object @ Json::Object(_) => Ok(object),
        _ => Err(D::Error::invalid_type(Unexpected::Other("another value"), &Expected::Object)),
    }
}

/// Reads a value; `null` is the same as an absent member.
///
/// # Errors
/// What `T` says.
pub fn null_as_default<'de, D, T>(source: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Ok(Option::deserialize(source)?.unwrap_or_default())
}

/// Is this the value that a reader puts where the member is absent? For `skip_serializing_if`.
pub fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

#[cfg(feature = "cli")]
mod schema {
    use std::borrow::Cow;

    use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

    use super::{OrNull, Within};

    impl<const MIN: i64, const MAX: i64> JsonSchema for Within<MIN, MAX> {
        fn schema_name() -> Cow<'static, str> {
            format!("integer_{MIN}_{MAX}").into()
        }

        fn inline_schema() -> bool {
            true
        }

        fn json_schema(_: &mut SchemaGenerator) -> Schema {
            json_schema!({ "type": "integer", "minimum": MIN, "maximum": MAX })
        }
    }

    impl<const MIN: i64, const MAX: i64> JsonSchema for OrNull<MIN, MAX> {
        fn schema_name() -> Cow<'static, str> {
            format!("integer_{MIN}_{MAX}_or_null").into()
        }

        fn inline_schema() -> bool {
            true
        }

        fn json_schema(_: &mut SchemaGenerator) -> Schema {
            json_schema!({ "type": ["integer", "null"], "minimum": MIN, "maximum": MAX })
        }
    }

    /// The schema of a member that is always there and may be `null`.
    pub struct Nullable<T>(std::marker::PhantomData<T>);

    impl<T: JsonSchema> JsonSchema for Nullable<T> {
        fn schema_name() -> Cow<'static, str> {
            format!("{}_or_null", T::schema_name()).into()
        }

        fn inline_schema() -> bool {
            true
        }

        fn json_schema(generator: &mut SchemaGenerator) -> Schema {
            json_schema!({ "anyOf": [generator.subschema_for::<T>(), { "type": "null" }] })
        }
    }

    /// The schema of a document: its title, the name of the format, is also what `format` must be.
    pub fn document(schema: &mut Schema) {
        let Some(title) = schema.get("title").cloned() else {
            return;
        };
        let format = serde_json::json!({ "description": "The format.", "const": title });
        let mut properties = serde_json::Map::from_iter([("format".to_owned(), format)]);
        if let Some(serde_json::Value::Object(own)) = schema.remove("properties") {
            properties.extend(own);
        }
        schema.insert("properties".to_owned(), properties.into());
        let mut required = vec![serde_json::Value::from("format")];
        if let Some(serde_json::Value::Array(own)) = schema.remove("required") {
            required.extend(own);
        }
        schema.insert("required".to_owned(), required.into());
    }
}

#[cfg(feature = "cli")]
pub use schema::{Nullable, document};
