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
        Elements { left: values.iter(), place: 0 }
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
        seed.deserialize(json).map(Some).map_err(|error| error.within_element(place))
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
    names: &'static [&'static str],
    is_document: bool,
    /// Whether members that the struct does not know are passed over.
    passes_over: bool,
    /// How many members were found that the struct knows.
    found: usize,
    left: slice::Iter<'static, &'static str>,
    /// The name of the field that was read last.
    current: &'static str,
}

impl<'de> Fields<'de> {
    /// The fields `names` of the struct `of`, which knows no other member.
    pub(super) fn new(
        json: &'de Json,
        of: &'static str,
        names: &'static [&'static str],
    ) -> Result<Self, ReadError> {
        let Json::Object(members) = json else {
            return Err(ReadError::expected(Expected::Object));
        };
        let is_document = of.contains('/');
        if is_document {
            check_format(json.get("format"), of)?;
        }
        Ok(Fields {
            members,
            names,
            is_document,
            passes_over: of.ends_with(AND_MORE),
            found: usize::from(is_document),
            left: names.iter(),
            current: "",
        })
    }

    fn advance(&mut self) -> Option<&'de Json> {
        self.current = self.left.next()?;
        let (_, value) = self.members.get(self.current_place()?)?;
        self.found += 1;
        Some(value)
    }

    /// Where the first member stands that the struct does not know. It is looked for only where not all were found: each
    /// name with each would take longer than all other reading.
    fn unknown(&self) -> Option<usize> {
        if self.passes_over || self.found == self.members.len() {
            return None;
        }
        let is_known =
            |name: &str| self.names.contains(&name) || (self.is_document && name == "format");
        self.members.iter().position(|(name, _)| !is_known(name))
    }

    fn current_place(&self) -> Option<usize> {
        let is_current = |(name, _): &(String, Json)| name == self.current;
        self.members.iter().position(is_current)
    }

    /// What is wrong with a struct of which each field was read.
    #[inline(never)]
    pub(super) fn end(self) -> Result<(), ReadError> {
        let Some((name, _)) = self.unknown().and_then(|place| self.members.get(place)) else {
            return Ok(());
        };
        Err(ReadError::here(Fault::UnknownMember).within(name))
    }

    /// The error of the field that was read last, seen from the struct; a member that it does not know
    /// comes first where it stands before.
    #[cold]
    #[inline(never)]
    pub(super) fn place(self, error: ReadError) -> ReadError {
        let (name, place) = (self.current, self.current_place());
        let is_before = |unknown: usize| place.is_none_or(|place| unknown < place);
        if self.unknown().is_some_and(is_before)
            && let Err(unknown) = self.end()
        {
            return unknown;
        }
        match place {
            Some(_) => error.within(name),
            None => ReadError::missing(name),
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

/// Is the member `format` the one that is asked for?
fn check_format(format: Option<&Json>, wanted: &'static str) -> Result<(), ReadError> {
    let fault = match format.map(Json::as_text) {
        None => return Err(ReadError::missing("format")),
        Some(Some(found)) if found == wanted => return Ok(()),
        Some(Some(found)) if is_newer(found, wanted) => {
            Fault::NewerFormat { found: found.into(), wanted }
        }
        Some(found) => Fault::OtherFormat { found: found.unwrap_or_default().into(), wanted },
    };
    Err(ReadError::here(fault).within("format"))
}

/// What stands before the first point of a format: the product that it belongs to.
pub(super) fn product(format: &str) -> &str {
    format.split_once('.').map_or(format, |(product, _)| product)
}

/// Is it any format of the same product, in a later version than the wanted one?
fn is_newer(found: &str, wanted: &str) -> bool {
    let version = |format: &str| -> Option<u32> {
        let (_, version) = format.rsplit_once('/')?;
        let is_number = version.len() <= 9 && version.bytes().all(|b| b.is_ascii_digit());
        version.parse().ok().filter(|_| is_number)
    };
    // A name that is longer than any of ours is not repeated.
    found.len() <= 64 && product(found) == product(wanted) && version(found) > version(wanted)
}

/// The members of a map that are still to be read.
pub(super) struct Members<'de> {
    left: slice::Iter<'de, (String, Json)>,
    /// The member whose name was read last.
    current: Option<&'de (String, Json)>,
}

impl<'de> Members<'de> {
    pub(super) fn new(members: &'de [(String, Json)]) -> Self {
        Members { left: members.iter(), current: None }
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
        let key = seed.deserialize(BorrowedStrDeserializer::<ReadError>::new(name));
        key.map(Some).map_err(|error| error.within(name))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, ReadError> {
        // `serde` asks for a value only after its name.
        let (name, value) =
            self.current.map_or(("", &Json::Null), |(name, value)| (name.as_str(), value));
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

/// What stands where an enum is expected.
pub(super) enum Found<'de> {
    Variant(Variant<'de>),
    Number(i64),
}

/// What stands here is no variant of an enum.
#[cold]
#[inline(never)]
pub(super) fn no_variant(of: &str, variants: &'static [&'static str]) -> ReadError {
    ReadError::expected(Expected::from_text(of).unwrap_or(Expected::OneOf(variants)))
}

impl<'de> Variant<'de> {
    /// The variant that stands here.
    #[inline(never)]
    pub(super) fn of(
        json: &'de Json,
        of: &'static str,
        variants: &'static [&'static str],
    ) -> Result<Found<'de>, ReadError> {
        let (name, value) = match json {
            Json::Text(name) => (name, None),
            Json::Object(members) if members.len() == 1 => (&members[0].0, Some(&members[0].1)),
            Json::Int(value) => return Ok(Found::Number(*value)),
            _ => return Err(no_variant(of, variants)),
        };
        Ok(Found::Variant(Variant { of, name, value }))
    }

    /// What the variant holds.
    fn held(&self) -> Result<&'de Json, ReadError> {
        self.value.ok_or_else(|| ReadError::expected(Expected::Object))
    }

    /// The error of what the variant holds, seen from the enum.
    #[cold]
    fn place(self, error: ReadError) -> ReadError {
        error.within(self.name)
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
        let json = self.held()?;
        seed.deserialize(json).map_err(|error| self.place(error))
    }

    fn tuple_variant<V: Visitor<'de>>(
        self,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        let json = self.held()?;
        json.deserialize_tuple(length, visitor).map_err(|error| self.place(error))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        let json = self.held()?;
        json.deserialize_struct("", names, visitor).map_err(|error| self.place(error))
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use crate::json::{from_json, parse};

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Two {
        #[serde(rename = "a")]
        _a: i64,
        #[serde(rename = "b", default)]
        _b: Option<i64>,
    }

    #[test]
    fn an_unknown_member_is_found_wherever_it_stands() {
        for (text, place) in [
            (r#"{"b":2,"a":1}"#, None),
            (r#"{"a":1}"#, None),
            (r#"{"a":1,"z":2}"#, Some("/z")),
            (r#"{"a":1,"z":2,"b":3}"#, Some("/z")),
            (r#"{"z":2,"a":"x"}"#, Some("/z")),
            (r#"{"a":"x","z":2}"#, Some("/a")),
            (r#"{"z":2}"#, Some("/z")),
            (r#"{"b":2}"#, Some("/a")),
        ] {
            let json = parse(text.as_bytes(), 100).unwrap();
            let error = from_json::<Two>(&json).err().map(|error| error.pointer.to_string());
            assert_eq!(error.as_deref(), place, "{text}");
        }
    }
}
