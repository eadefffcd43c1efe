//! The `serde` side of writing: what a value is made of goes into a [`Sink`], which makes a tree or text of it.

use std::borrow::Cow;
use std::fmt;

use serde::ser::{
    Error, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant,
    SerializeTuple, SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

/// A value that the profile has no place for: floating point, a map whose keys are no strings.
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

/// Takes one value. An array or an object of a `variant` is the only member of an object of that name.
pub(super) trait Sink: Sized {
    /// What came of the value.
    type Written;
    type Array: Array<Written = Self::Written>;
    type Object: Object<Written = Self::Written>;

    fn null(self) -> Self::Written;
    fn flag(self, value: bool) -> Self::Written;
    fn integer(self, value: i64) -> Self::Written;
    fn text(self, text: Cow<'_, str>) -> Self::Written;
    fn array(self, variant: Option<&'static str>, length: usize) -> Self::Array;
    fn object(self, variant: Option<&'static str>, length: usize) -> Self::Object;
}

/// Takes the elements of an array.
pub(super) trait Array {
    type Written;

    fn push<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), WriteError>;
    fn done(self) -> Self::Written;
}

/// Takes the members of an object.
pub(super) trait Object {
    type Written;

    fn push<T: Serialize + ?Sized>(
        &mut self,
        name: Cow<'static, str>,
        value: &T,
    ) -> Result<(), WriteError>;
    fn done(self) -> Self::Written;
}

/// Writes one value into a sink.
pub(super) struct Out<S>(pub(super) S);

/// Writes the elements of an array.
pub(super) struct Elements<A>(A);

/// Writes the members of an object.
pub(super) struct Members<O> {
    object: O,
    /// The name of the next member of a map.
    name: String,
}

impl<S: Sink> Out<S> {
    fn array(self, variant: Option<&'static str>, length: usize) -> Elements<S::Array> {
        Elements(self.0.array(variant, length))
    }

    fn object(self, variant: Option<&'static str>, length: usize) -> Members<S::Object> {
        Members { object: self.0.object(variant, length), name: String::new() }
    }
}

macro_rules! integers {
    ($($method:ident $type:ty;)+) => {
        $(fn $method(self, value: $type) -> Result<S::Written, WriteError> {
            i64::try_from(value).map(|value| self.0.integer(value)).map_err(|_| WriteError)
        })+
    };
}

impl<S: Sink> Serializer for Out<S> {
    type Ok = S::Written;
    type Error = WriteError;
    type SerializeSeq = Elements<S::Array>;
    type SerializeTuple = Elements<S::Array>;
    type SerializeTupleStruct = Elements<S::Array>;
    type SerializeTupleVariant = Elements<S::Array>;
    type SerializeMap = Members<S::Object>;
    type SerializeStruct = Members<S::Object>;
    type SerializeStructVariant = Members<S::Object>;

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

    fn serialize_bool(self, value: bool) -> Result<S::Written, WriteError> {
        Ok(self.0.flag(value))
    }

    fn serialize_f32(self, _: f32) -> Result<S::Written, WriteError> {
        Err(WriteError)
    }

    fn serialize_f64(self, _: f64) -> Result<S::Written, WriteError> {
        Err(WriteError)
    }

    fn serialize_char(self, value: char) -> Result<S::Written, WriteError> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<S::Written, WriteError> {
        Ok(self.0.text(value.into()))
    }

    fn collect_str<T: fmt::Display + ?Sized>(self, value: &T) -> Result<S::Written, WriteError> {
        Ok(self.0.text(value.to_string().into()))
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<S::Written, WriteError> {
        Err(WriteError)
    }

    fn serialize_none(self) -> Result<S::Written, WriteError> {
        Ok(self.0.null())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<S::Written, WriteError> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<S::Written, WriteError> {
        Ok(self.0.null())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<S::Written, WriteError> {
        Ok(self.0.null())
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<S::Written, WriteError> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<S::Written, WriteError> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<S::Written, WriteError> {
        let mut object = self.0.object(None, 1);
        object.push(variant.into(), value)?;
        Ok(object.done())
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<Elements<S::Array>, WriteError> {
        Ok(self.array(None, length.unwrap_or(0)))
    }

    fn serialize_tuple(self, length: usize) -> Result<Elements<S::Array>, WriteError> {
        Ok(self.array(None, length))
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        length: usize,
    ) -> Result<Elements<S::Array>, WriteError> {
        Ok(self.array(None, length))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<Elements<S::Array>, WriteError> {
        Ok(self.array(Some(variant), length))
    }

    fn serialize_map(self, length: Option<usize>) -> Result<Members<S::Object>, WriteError> {
        Ok(self.object(None, length.unwrap_or(0)))
    }

    fn serialize_struct(
        self,
        _: &'static str,
        length: usize,
    ) -> Result<Members<S::Object>, WriteError> {
        Ok(self.object(None, length))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<Members<S::Object>, WriteError> {
        Ok(self.object(Some(variant), length))
    }
}

macro_rules! elements {
    ($($role:ident $method:ident;)+) => {
        $(impl<A: Array> $role for Elements<A> {
            type Ok = A::Written;
            type Error = WriteError;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), WriteError> {
                self.0.push(value)
            }

            fn end(self) -> Result<A::Written, WriteError> {
                Ok(self.0.done())
            }
        })+
    };
}

elements! {
    SerializeSeq serialize_element;
    SerializeTuple serialize_element;
    SerializeTupleStruct serialize_field;
    SerializeTupleVariant serialize_field;
}

macro_rules! members {
    ($($role:ident;)+) => {
        $(impl<O: Object> $role for Members<O> {
            type Ok = O::Written;
            type Error = WriteError;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                name: &'static str,
                value: &T,
            ) -> Result<(), WriteError> {
                self.object.push(name.into(), value)
            }

            fn end(self) -> Result<O::Written, WriteError> {
                Ok(self.object.done())
            }
        })+
    };
}

members! {
    SerializeStruct;
    SerializeStructVariant;
}

impl<O: Object> SerializeMap for Members<O> {
    type Ok = O::Written;
    type Error = WriteError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), WriteError> {
        self.name = super::tree::name(key)?;
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), WriteError> {
        let name = std::mem::take(&mut self.name);
        self.object.push(name.into(), value)
    }

    fn end(self) -> Result<O::Written, WriteError> {
        Ok(self.object.done())
    }
}
