//! What stands within a JSON value, as `serde` walks through it: each error gets its step of the place.

use std::slice;

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor,
};

use super::{Expected, Json, ReadError};

/// The elements of an array that are still to be read.
pub(super) struct Elements<'de> {
    left: slice::Iter<'de, Json>,
    place: usize,
}

impl<'de> Elements<'de> {
    pub(super) fn new(values: &'de [Json]) -> Self {
        Elements {
            left: values.iter(),
            place: 0,
        }
    }
}

impl<'de> SeqAccess<'de> for Elements<'de> {
    type Error = ReadError;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, ReadError> {
        let Some(json) = self.left.next() else {
            return Ok(None);
        };
        let place = self.place;
        self.place += 1;
        match seed.deserialize(json) {
            Ok(value) => Ok(Some(value)),
            Err(error) => Err(error.within_element(place)),
        }
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.left.len())
    }
}

/// The members of an object that are still to be read.
pub(super) struct Members<'de> {
    left: slice::Iter<'de, (String, Json)>,
    /// The member whose name was read last.
    current: Option<&'de (String, Json)>,
    /// Whether the member `format` is passed over, since it has been checked.
    is_document: bool,
}

impl<'de> Members<'de> {
    pub(super) fn new(members: &'de [(String, Json)]) -> Self {
        Members {
            left: members.iter(),
            current: None,
            is_document: false,
        }
    }

    /// The members but `format`, which has been checked.
    pub(super) fn of_document(members: &'de [(String, Json)]) -> Self {
        Members {
            is_document: true,
            ..Members::new(members)
        }
    }

    fn advance(&mut self) -> Option<&'de str> {
        let skip = self.is_document;
        self.current = self.left.find(|(name, _)| !skip || name != "format");
        self.current.map(|(name, _)| name.as_str())
    }
}

impl<'de> MapAccess<'de> for Members<'de> {
    type Error = ReadError;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, ReadError> {
        let Some(name) = self.advance() else {
            return Ok(None);
        };
        match seed.deserialize(BorrowedStrDeserializer::<ReadError>::new(name)) {
            Ok(key) => Ok(Some(key)),
            Err(error) => Err(error.within(name)),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, ReadError> {
        // `serde` asks for a value only after its name.
        let (name, value) = self
            .current
            .map_or(("", &Json::Null), |(name, value)| (name.as_str(), value));
        seed.deserialize(value).map_err(|error| error.within(name))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.left.len())
    }
}

/// An enum: the name of a variant, and what it holds where it is the only member of an object.
pub(super) struct Variant<'de> {
    /// The serde name of the enum.
    pub(super) of: &'static str,
    pub(super) name: &'de str,
    pub(super) value: Option<&'de Json>,
}

impl<'de> Variant<'de> {
    /// Reads what the variant holds.
    fn held<T>(self, read: impl FnOnce(&'de Json) -> Result<T, ReadError>) -> Result<T, ReadError> {
        match self.value {
            Some(value) => read(value).map_err(|error| error.within(self.name)),
            None => Err(ReadError::expected(Expected::Object)),
        }
    }
}

impl<'de> EnumAccess<'de> for Variant<'de> {
    type Error = ReadError;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), ReadError> {
        let name = BorrowedStrDeserializer::<ReadError>::new(self.name);
        match seed.deserialize(name) {
            Ok(variant) => Ok((variant, self)),
            Err(error) => Err(match Expected::from_text(self.of) {
                Some(expected) => ReadError::expected(expected),
                None => error,
            }),
        }
    }
}

impl<'de> VariantAccess<'de> for Variant<'de> {
    type Error = ReadError;

    fn unit_variant(self) -> Result<(), ReadError> {
        match self.value {
            None => Ok(()),
            Some(_) => Err(ReadError::expected(Expected::Text)),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, ReadError> {
        self.held(|json| seed.deserialize(json))
    }

    fn tuple_variant<V: Visitor<'de>>(
        self,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        self.held(|json| json.deserialize_tuple(length, visitor))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        self.held(|json| json.deserialize_map(visitor))
    }
}
