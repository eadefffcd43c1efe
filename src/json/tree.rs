//! A JSON tree from typed values.

use std::borrow::Cow;

use serde::ser::Serialize;

use super::Json;
use super::ser::{Array, Object, Out, Sink, WriteError};

/// The value as a tree, members in the order of its type.
///
/// No type of the formats refuses to be written; what the profile has no place for (floating point, a
/// map whose keys are no strings) is `null`, which no reader takes.
pub fn to_json<T: Serialize + ?Sized>(value: &T) -> Json {
    value.serialize(Out(Tree)).unwrap_or(Json::Null)
}

/// The name of a member of a map: only a string can be one.
pub(super) fn name<T: Serialize + ?Sized>(key: &T) -> Result<String, WriteError> {
    match key.serialize(Out(Tree))? {
        Json::Text(name) => Ok(name),
        _ => Err(WriteError),
    }
}

/// Makes a tree of one value.
struct Tree;

/// The elements of an array, or the members of an object, so far.
struct Branch<T> {
    variant: Option<&'static str>,
    parts: Vec<T>,
}

impl<T> Branch<T> {
    fn new(variant: Option<&'static str>, length: usize) -> Branch<T> {
        let parts = Vec::with_capacity(length);
        Branch { variant, parts }
    }

    fn json(self, whole: impl FnOnce(Vec<T>) -> Json) -> Json {
        let json = whole(self.parts);
        match self.variant {
            Some(name) => Json::from([(name, json)]),
            None => json,
        }
    }
}

impl Sink for Tree {
    type Written = Json;
    type Array = Branch<Json>;
    type Object = Branch<(String, Json)>;

    fn null(self) -> Json {
        Json::Null
    }

    fn flag(self, value: bool) -> Json {
        Json::Bool(value)
    }

    fn integer(self, value: i64) -> Json {
        Json::Int(value)
    }

    fn text(self, text: Cow<'_, str>) -> Json {
        Json::Text(text.into_owned())
    }

    fn array(self, variant: Option<&'static str>, length: usize) -> Self::Array {
        Branch::new(variant, length)
    }

    fn object(self, variant: Option<&'static str>, length: usize) -> Self::Object {
        Branch::new(variant, length)
    }
}

impl Array for Branch<Json> {
    type Written = Json;

    fn push<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), WriteError> {
        self.parts.push(value.serialize(Out(Tree))?);
        Ok(())
    }

    fn done(self) -> Json {
        self.json(Json::List)
    }
}

impl Object for Branch<(String, Json)> {
    type Written = Json;

    fn push<T: Serialize + ?Sized>(
        &mut self,
        name: Cow<'static, str>,
        value: &T,
    ) -> Result<(), WriteError> {
        let value = value.serialize(Out(Tree))?;
        self.parts.push((name.into_owned(), value));
        Ok(())
    }

    fn done(self) -> Json {
        self.json(Json::Object)
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
        assert_eq!(to_json(&[Some(2.5f32)]), Json::Null);
        assert_eq!(to_json(&BTreeMap::from([((), 1)])), Json::Null);
        assert_eq!(to_json(&u64::MAX), Json::Null);
    }
}
