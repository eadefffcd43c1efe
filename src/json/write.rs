//! A JSON tree into text: canonical bytes (RFC 8785) and an indented form for people.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::Json;

/// A type that can be written as a JSON value of its format.
pub trait Write {
    /// The value as a JSON tree.
    fn write(&self) -> Json;
}

impl<T: Serialize> Write for T {
    fn write(&self) -> Json {
        super::to_json(self)
    }
}

/// Canonical bytes by RFC 8785 (JCS): no white space, member names in order of their UTF-16 code
/// units, shortest escapes.
pub fn canonical(json: &Json) -> String {
    let mut out = String::new();
    put(json, &mut out);
    out
}

fn put(json: &Json, out: &mut String) {
    match json {
        Json::Null => out.push_str("null"),
        Json::Bool(true) => out.push_str("true"),
        Json::Bool(false) => out.push_str("false"),
        Json::Int(value) => out.push_str(&value.to_string()),
        Json::Text(text) => put_text(text, out),
        Json::List(values) => {
            out.push('[');
            for (place, value) in values.iter().enumerate() {
                if place > 0 {
                    out.push(',');
                }
                put(value, out);
            }
            out.push(']');
        }
        Json::Object(members) => {
            let mut sorted: Vec<_> = members.iter().collect();
            sorted.sort_unstable_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
            out.push('{');
            for (place, (name, value)) in sorted.into_iter().enumerate() {
                if place > 0 {
                    out.push(',');
                }
                put_text(name, out);
                out.push(':');
                put(value, out);
            }
            out.push('}');
        }
    }
}

/// Escapes of RFC 8785 s. 3.2.2.2: the two-character ones, else `\u00xx`, and nothing but those. What
/// stands between two escapes is taken over in one piece: a draft is written at every key.
fn put_text(text: &str, out: &mut String) {
    out.push('"');
    let mut begin = 0;
    for (place, byte) in text.bytes().enumerate() {
        if byte >= b' ' && byte != b'"' && byte != b'\\' {
            continue;
        }
        out.push_str(text.get(begin..place).unwrap_or_default());
        begin = place + 1;
        match byte {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            8 => out.push_str("\\b"),
            b'\t' => out.push_str("\\t"),
            b'\n' => out.push_str("\\n"),
            12 => out.push_str("\\f"),
            b'\r' => out.push_str("\\r"),
            other => {
                const HEX: &[u8; 16] = b"0123456789abcdef";
                out.push_str("\\u00");
                out.push(HEX[usize::from(other >> 4)] as char);
                out.push(HEX[usize::from(other & 15)] as char);
            }
        }
    }
    out.push_str(text.get(begin..).unwrap_or_default());
    out.push('"');
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

/// Builds an object member by member.
#[derive(Clone, Default)]
pub struct Builder(Vec<(String, Json)>);

impl Builder {
    /// An object without members.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a member.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Json>) -> Self {
        self.0.push((name.to_owned(), value.into()));
        self
    }

    /// Adds a member where there is a value.
    #[must_use]
    pub fn with_some(self, name: &str, value: Option<impl Into<Json>>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// The object.
    pub fn done(self) -> Json {
        Json::Object(self.0)
    }
}

impl From<Builder> for Json {
    fn from(builder: Builder) -> Self {
        builder.done()
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

impl From<&String> for Json {
    fn from(text: &String) -> Self {
        Json::Text(text.clone())
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

impl<T: Into<Json>> From<Option<T>> for Json {
    fn from(value: Option<T>) -> Self {
        value.map_or(Json::Null, Into::into)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{FILE_LIMIT, parse};
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(
            canonical(&parse(text.as_bytes(), FILE_LIMIT).unwrap()),
            expected
        );
    }

    #[test]
    fn members_are_sorted_by_utf16_code_units_as_in_rfc_8785_section_3_2_3() {
        check(
            r#"{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One","\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}"#,
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u{80}\":\"Control\",\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\",\"😀\":\"Emoji: Grinning Face\",\"\u{fb33}\":\"Hebrew Letter Dalet With Dagesh\"}",
        );
    }

    #[test]
    fn strings_are_escaped_as_in_rfc_8785_section_3_2_2() {
        check(
            r#"["\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/", null, true, false]"#,
            "[\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\",null,true,false]",
        );
    }
}
