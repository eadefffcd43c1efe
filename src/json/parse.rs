//! JSON text into a tree: `serde_json` for the grammar, the limits of spec s. 1 on the way.

use std::cell::RefCell;
use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use super::{Fault, Foreign, INTEGER_MAX, Json, ReadError, in_order};

/// Largest pack, in bytes.
pub const PACK_LIMIT: usize = 1 << 20;
/// Largest file of any other kind, in bytes.
pub const FILE_LIMIT: usize = 2 << 20;
/// Deepest nesting of values.
const DEPTH_LIMIT: usize = 32;

/// Reads a JSON text of at most `limit` bytes.
///
/// # Errors
/// The first fault of the text against the profile, with its place.
pub fn parse(bytes: &[u8], limit: usize) -> Result<Json, ReadError> {
    if let Some(kind) = Foreign::of(bytes) {
        return Err(ReadError::here(Fault::Foreign(kind)));
    }
    if bytes.len() > limit {
        return Err(ReadError::here(Fault::TooLarge { limit }));
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|_| ReadError::here(Fault::NotUtf8))?;
    let fault = RefCell::new(None);
    let mut source = serde_json::Deserializer::from_str(text);
    let seed = Seed { depth: 0, path: None, fault: &fault };
    seed.deserialize(&mut source).and_then(|json| source.end().map(|()| json)).map_err(|error| {
        fault.into_inner().unwrap_or_else(|| {
            let (line, column) = (error.line(), error.column());
            ReadError::here(match error.is_eof() {
                true => Fault::CutShort { line, column },
                false => Fault::Syntax { line, column },
            })
        })
    })
}

/// The way from the root to the value being read, innermost step first.
struct Path<'a> {
    outer: Option<&'a Path<'a>>,
    step: Step<'a>,
}

/// A step into an object or an array.
#[derive(Clone, Copy)]
enum Step<'a> {
    Member(&'a str),
    Element(usize),
}

/// Reads one value; a fault of the profile is put into `fault`, since `serde_json` errors are text.
struct Seed<'a> {
    depth: usize,
    path: Option<&'a Path<'a>>,
    fault: &'a RefCell<Option<ReadError>>,
}

impl Seed<'_> {
    fn refuse<E: serde::de::Error>(&self, fault: Fault) -> E {
        let mut error = ReadError::here(fault);
        let mut path = self.path;
        while let Some(place) = path {
            error = match place.step {
                Step::Member(name) => error.within(name),
                Step::Element(index) => error.within_element(index),
            };
            path = place.outer;
        }
        *self.fault.borrow_mut() = Some(error);
        E::custom("refused")
    }

    fn inner<'b>(&'b self, path: &'b Path<'b>) -> Seed<'b> {
        Seed { depth: self.depth + 1, path: Some(path), fault: self.fault }
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Json;

    fn deserialize<D: serde::Deserializer<'de>>(self, source: D) -> Result<Json, D::Error> {
        source.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E: serde::de::Error>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Bool(value))
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Json, E> {
        if (-INTEGER_MAX..=INTEGER_MAX).contains(&value) {
            Ok(Json::Int(value))
        } else {
            Err(self.refuse(Fault::NotAnInteger))
        }
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Json, E> {
        match i64::try_from(value) {
            Ok(value) => self.visit_i64(value),
            Err(_) => Err(self.refuse(Fault::NotAnInteger)),
        }
    }

    fn visit_f64<E: serde::de::Error>(self, _: f64) -> Result<Json, E> {
        Err(self.refuse(Fault::NotAnInteger))
    }

    fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<Json, E> {
        Ok(Json::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut source: A) -> Result<Json, A::Error> {
        if self.depth >= DEPTH_LIMIT {
            return Err(self.refuse(Fault::TooDeep { limit: DEPTH_LIMIT }));
        }
        let mut values = Vec::new();
        loop {
            let path = Path { outer: self.path, step: Step::Element(values.len()) };
            match source.next_element_seed(self.inner(&path))? {
                Some(value) => values.push(value),
                None => return Ok(Json::List(values)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut source: A) -> Result<Json, A::Error> {
        if self.depth >= DEPTH_LIMIT {
            return Err(self.refuse(Fault::TooDeep { limit: DEPTH_LIMIT }));
        }
        let mut members = Vec::new();
        let read = self.read_members(&mut source, &mut members);
        // A name that stands twice comes before all that is wrong behind it.
        let Some(name) = first_twice(&members) else {
            return read.map(|()| Json::Object(members));
        };
        let path = Path { outer: self.path, step: Step::Member(name) };
        Err(self.inner(&path).refuse(Fault::DuplicateMember))
    }
}

impl Seed<'_> {
    /// Reads members up to the end of the object, or to an error, where the last one has no value.
    fn read_members<'de, A: MapAccess<'de>>(
        &self,
        source: &mut A,
        members: &mut Vec<(String, Json)>,
    ) -> Result<(), A::Error> {
        while let Some(name) = source.next_key::<String>()? {
            let path = Path { outer: self.path, step: Step::Member(&name) };
            let value = source.next_value_seed(self.inner(&path));
            let (value, read) = match value {
                Ok(value) => (value, Ok(())),
                Err(error) => (Json::Null, Err(error)),
            };
            members.push((name, value));
            read?;
        }
        Ok(())
    }
}

/// The first name that stood before. Objects of the formats are small, packs' and forms' largest have some
/// hundred members; a hostile one has up to 2 MiB of names, so the look-up must not be quadratic.
fn first_twice(members: &[(String, Json)]) -> Option<&str> {
    // As in canonical bytes, but for the order of rare characters.
    if members.is_sorted_by(|(a, _), (b, _)| a < b) {
        return None;
    }
    let name = |place: usize| members[place].0.as_str();
    let order = in_order(members.len(), |a, b| name(a).cmp(name(b)));
    let pairs = order.windows(2).filter(|pair| name(pair[0]) == name(pair[1]));
    pairs.map(|pair| pair[1]).min().map(name)
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        // As text is read; what a typed value holds was within the limits when its text was read.
        Seed { depth: 0, path: None, fault: &RefCell::default() }.deserialize(source)
    }
}
