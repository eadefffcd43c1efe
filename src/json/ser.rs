//! A JSON tree from typed values: the `serde` side of writing.

use std::fmt;

use serde::ser::{
    Error, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant,
    SerializeTuple, SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

use super::Json;

/// The value as a tree, members in the order of its type.
///
/// No type of the formats refuses to be written; what the profile has no place for (floating point, a
/// map whose keys are no strings) is `null`, which no reader takes.
pub fn to_json<T: Serialize + ?Sized>(value: &T) -> Json {
    value.serialize(Tree).unwrap_or(Json::Null)
}

/// A value that the profile has no place for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct WriteError;

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON of the formats has no place for this value")
    }
}

impl std::error::Error for WriteError {}

impl Error for WriteError {
    fn custom<T: fmt::Display>(_: T) -> Self {
        WriteError
    }
}

/// The name of a member of a map: only a string can be one.
pub(super) fn name<T: Serialize + ?Sized>(key: &T) -> Result<String, WriteError> {
    match key.serialize(Tree)? {
        Json::Text(name) => Ok(name),
        _ => Err(WriteError),
    }
}

/// Writes one value.
struct Tree;

/// An array that is being written, within an object where it is a variant's.
struct List {
    variant: Option<&'static str>,
    values: Vec<Json>,
}

impl List {
    fn new(variant: Option<&'static str>, length: usize) -> List {
        let values = Vec::with_capacity(length);
        List { variant, values }
    }

    fn push<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), WriteError> {
        self.values.push(value.serialize(Tree)?);
        Ok(())
    }

    fn done(self) -> Json {
        within(self.variant, Json::List(self.values))
    }
}

/// An object that is being written, within another where it is a variant's.
struct Object {
    variant: Option<&'static str>,
    members: Vec<(String, Json)>,
    name: String,
}

impl Object {
    fn new(variant: Option<&'static str>, length: usize) -> Object {
        Object {
            variant,
            members: Vec::with_capacity(length),
            name: String::new(),
        }
    }

    fn push<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), WriteError> {
        let value = value.serialize(Tree)?;
        self.members.push((name.to_owned(), value));
        Ok(())
    }

    fn done(self) -> Json {
        within(self.variant, Json::Object(self.members))
    }
}

fn within(variant: Option<&'static str>, json: Json) -> Json {
    match variant {
        Some(name) => Json::Object(vec![(name.to_owned(), json)]),
        None => json,
    }
}

macro_rules! integers {
    ($($method:ident $type:ty;)+) => {
        $(fn $method(self, value: $type) -> Result<Json, WriteError> {
            i64::try_from(value).map(Json::Int).map_err(|_| WriteError)
        })+
    };
}

impl Serializer for Tree {
    type Ok = Json;
    type Error = WriteError;
    type SerializeSeq = List;
    type SerializeTuple = List;
    type SerializeTupleStruct = List;
    type SerializeTupleVariant = List;
    type SerializeMap = Object;
    type SerializeStruct = Object;
    type SerializeStructVariant = Object;

    fn serialize_bool(self, value: bool) -> Result<Json, WriteError> {
        Ok(Json::Bool(value))
    }

    integers! {
        serialize_i8 i8;
        serialize_i16 i16;
        serialize_i32 i32;
        serialize_i64 i64;
        serialize_u8 u8;
        serialize_u16 u16;
        serialize_u32 u32;
        serialize_u64 u64;
    }

    fn serialize_f32(self, _: f32) -> Result<Json, WriteError> {
        Err(WriteError)
    }

    fn serialize_f64(self, _: f64) -> Result<Json, WriteError> {
        Err(WriteError)
    }

    fn serialize_char(self, value: char) -> Result<Json, WriteError> {
        Ok(Json::Text(value.into()))
    }

    fn serialize_str(self, value: &str) -> Result<Json, WriteError> {
        Ok(Json::Text(value.to_owned()))
    }

    fn collect_str<T: fmt::Display + ?Sized>(self, value: &T) -> Result<Json, WriteError> {
        Ok(Json::Text(value.to_string()))
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<Json, WriteError> {
        Err(WriteError)
    }

    fn serialize_none(self) -> Result<Json, WriteError> {
        Ok(Json::Null)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Json, WriteError> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Json, WriteError> {
        Ok(Json::Null)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Json, WriteError> {
        Ok(Json::Null)
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<Json, WriteError> {
        Ok(variant.into())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<Json, WriteError> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Json, WriteError> {
        Ok(within(Some(variant), value.serialize(self)?))
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<List, WriteError> {
        Ok(List::new(None, length.unwrap_or(0)))
    }

    fn serialize_tuple(self, length: usize) -> Result<List, WriteError> {
        Ok(List::new(None, length))
    }

    fn serialize_tuple_struct(self, _: &'static str, length: usize) -> Result<List, WriteError> {
        Ok(List::new(None, length))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<List, WriteError> {
        Ok(List::new(Some(variant), length))
    }

    fn serialize_map(self, length: Option<usize>) -> Result<Object, WriteError> {
        Ok(Object::new(None, length.unwrap_or(0)))
    }

    fn serialize_struct(self, _: &'static str, length: usize) -> Result<Object, WriteError> {
        Ok(Object::new(None, length))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<Object, WriteError> {
        Ok(Object::new(Some(variant), length))
    }
}

macro_rules! lists {
    ($($role:ident $method:ident;)+) => {
        $(impl $role for List {
            type Ok = Json;
            type Error = WriteError;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), WriteError> {
                self.push(value)
            }

            fn end(self) -> Result<Json, WriteError> {
                Ok(self.done())
            }
        })+
    };
}

lists! {
    SerializeSeq serialize_element;
    SerializeTuple serialize_element;
    SerializeTupleStruct serialize_field;
    SerializeTupleVariant serialize_field;
}

macro_rules! objects {
    ($($role:ident;)+) => {
        $(impl $role for Object {
            type Ok = Json;
            type Error = WriteError;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                name: &'static str,
                value: &T,
            ) -> Result<(), WriteError> {
                self.push(name, value)
            }

            fn end(self) -> Result<Json, WriteError> {
                Ok(self.done())
            }
        })+
    };
}

objects! {
    SerializeStruct;
    SerializeStructVariant;
}

impl SerializeMap for Object {
    type Ok = Json;
    type Error = WriteError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), WriteError> {
        self.name = name(key)?;
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), WriteError> {
        let name = std::mem::take(&mut self.name);
        self.push(&name, value)
    }

    fn end(self) -> Result<Json, WriteError> {
        Ok(self.done())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Serialize;

    use super::*;

    #[derive(Serialize)]
    #[serde(tag = "format", rename = "test.document/1")]
    struct Document {
        z: Option<i64>,
        #[serde(skip_serializing_if = "Option::is_none")]
        none: Option<i64>,
        parts: BTreeMap<String, Part>,
        a: (u8, char, ()),
    }

    #[derive(Serialize)]
    #[serde(rename_all = "snake_case")]
    enum Part {
        Empty,
        One(bool),
        Two(i8, i8),
        Named { text: &'static str },
    }

    #[test]
    fn every_kind_of_value_is_written_in_the_order_of_its_type() {
        let parts = [
            ("d", Part::Empty),
            ("c", Part::One(true)),
            ("b", Part::Two(1, -2)),
            ("a", Part::Named { text: "\u{1}" }),
        ];
        let document = Document {
            z: None,
            none: None,
            parts: parts.map(|(name, part)| (name.to_owned(), part)).into(),
            a: (255, 'ộ', ()),
        };
        let json = to_json(&document);
        let Json::Object(members) = &json else {
            unreachable!("a struct is an object");
        };
        let names: Vec<_> = members.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["format", "z", "parts", "a"]);
        assert_eq!(to_json(&json), json);
    }

    #[test]
    fn what_the_profile_has_no_place_for_is_null() {
        assert_eq!(to_json(&1.5), Json::Null);
        assert_eq!(to_json(&[Some(f32::NAN)]), Json::Null);
        assert_eq!(to_json(&BTreeMap::from([((), 1)])), Json::Null);
        assert_eq!(to_json(&u64::MAX), Json::Null);
    }
}
