//! A JSON tree into text: canonical bytes (RFC 8785) and an indented form for people.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::{Json, to_canonical};

/// Canonical bytes by RFC 8785 (JCS): no white space, member names in order of their UTF-16 code
/// units, shortest escapes.
pub fn canonical(json: &Json) -> String {
    to_canonical(json)
}

/// Indented text with members in the order of the tree, for people to read; ends with a newline.
pub fn pretty(json: &Json) -> String {
    // Writing to a string fails only where a map key is no string, and ours all are.
    let mut text = serde_json::to_string_pretty(json).unwrap_or_else(|_| canonical(json));
    text.push('\n');
    text
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        match self {
            Json::Null => out.serialize_unit(),
            Json::Bool(value) => out.serialize_bool(*value),
            Json::Int(value) => out.serialize_i64(*value),
            Json::Text(text) => out.serialize_str(text),
            Json::List(values) => out.collect_seq(values),
            Json::Object(members) => {
                let mut map = out.serialize_map(Some(members.len()))?;
                for (name, value) in members {
                    map.serialize_entry(name, value)?;
                }
                map.end()
            }
        }
    }
}

impl<const COUNT: usize> From<[(&str, Json); COUNT]> for Json {
    fn from(members: [(&str, Json); COUNT]) -> Self {
        let members = members.map(|(name, value)| (name.to_owned(), value));
        Json::Object(members.into())
    }
}

impl From<&str> for Json {
    fn from(text: &str) -> Self {
        Json::Text(text.to_owned())
    }
}

impl From<String> for Json {
    fn from(text: String) -> Self {
        Json::Text(text)
    }
}

impl From<i64> for Json {
    fn from(value: i64) -> Self {
        Json::Int(value)
    }
}

impl From<bool> for Json {
    fn from(value: bool) -> Self {
        Json::Bool(value)
    }
}

impl From<Vec<Json>> for Json {
    fn from(values: Vec<Json>) -> Self {
        Json::List(values)
    }
}
