//! What stands within a JSON value, as `serde` walks through it: each error gets its step of the place.

use std::slice;

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor,
};

use super::{Expected, Fault, Json, ReadError};

/// How the serde name of a struct ends that passes over members that it does not know.
const AND_MORE: &str = " and more";

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

/// The fields of a struct that are still to be read, in the order of the type. Structs are read as if
/// they were sequences, in which an absent member is `None`: `serde` derives its default or an error for
/// it, and less code by far than for members in any order.
pub(super) struct Fields<'de> {
    members: &'de [(String, Json)],
    left: slice::Iter<'static, &'static str>,
    /// The name of the field that was read last.
    current: &'static str,
    /// Whether that one was absent.
    is_absent: bool,
}

impl<'de> Fields<'de> {
    /// The fields `names` of the struct `of`, which knows no other member.
    pub(super) fn new(
        json: &'de Json,
        of: &str,
        names: &'static [&'static str],
    ) -> Result<Self, ReadError> {
        let Json::Object(members) = json else {
            return Err(ReadError::expected(Expected::Object));
        };
        let is_known = |name: &str| names.contains(&name) || (is_document(of) && name == "format");
        match members.iter().find(|(name, _)| !is_known(name)) {
            Some((name, _)) if !of.ends_with(AND_MORE) => {
                Err(ReadError::here(Fault::UnknownMember).within(name))
            }
            _ => Ok(Fields {
                members,
                left: names.iter(),
                current: "",
                is_absent: false,
            }),
        }
    }

    fn advance(&mut self) -> Option<&'de Json> {
        self.current = self.left.next()?;
        let name = self.current;
        let member = self.members.iter().find(|(own, _)| own == name);
        self.is_absent = member.is_none();
        member.map(|(_, value)| value)
    }

    /// The error of the field that was read last, seen from the struct.
    #[cold]
    #[inline(never)]
    pub(super) fn place(self, error: ReadError) -> ReadError {
        match self.is_absent {
            true => ReadError::missing(self.current),
            false => error.within(self.current),
        }
    }
}

impl<'de> SeqAccess<'de> for Fields<'de> {
    type Error = ReadError;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, ReadError> {
        match self.advance() {
            Some(json) => seed.deserialize(json).map(Some),
            None => Ok(None),
        }
    }
}

/// Is a struct of this serde name a document?
pub(super) fn is_document(name: &str) -> bool {
    name.contains('/')
}

/// The members of a map that are still to be read.
pub(super) struct Members<'de> {
    left: slice::Iter<'de, (String, Json)>,
    /// The member whose name was read last.
    current: Option<&'de (String, Json)>,
}

impl<'de> Members<'de> {
    pub(super) fn new(members: &'de [(String, Json)]) -> Self {
        Members {
            left: members.iter(),
            current: None,
        }
    }

    fn advance(&mut self) -> Option<&'de str> {
        self.current = self.left.next();
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
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        self.held(|json| json.deserialize_struct("", names, visitor))
    }
}
