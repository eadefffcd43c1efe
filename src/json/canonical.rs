//! The canonical bytes of a value (RFC 8785), written while it is walked, without a tree in between: a
//! draft is written at every key.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::ops::Range;

use serde::ser::Serialize;

use super::order::sort;
use super::ser::{Array, Object, Out, Sink, WriteError};

/// The canonical bytes of a value: no white space, member names in order of their UTF-16 code units,
/// shortest escapes. What the profile has no place for makes it `null`, as in [`to_json`](super::to_json).
pub fn to_canonical<T: Serialize + ?Sized>(value: &T) -> String {
    let mut writer = Writer::default();
    match value.serialize(Out(&mut writer)) {
        Ok(()) => writer.out,
        Err(WriteError) => "null".to_owned(),
    }
}

#[derive(Default)]
struct Writer {
    out: String,
    /// Where the members of an object are put in order.
    sorted: String,
}

impl Writer {
    /// Begins an object of one member, which is a variant's.
    fn open_variant(&mut self, variant: &str) {
        self.out.push('{');
        put_text(variant, &mut self.out);
        self.out.push(':');
    }
}

impl<'a> Sink for &'a mut Writer {
    type Written = ();
    type Array = TextArray<'a>;
    type Object = TextObject<'a>;

    fn null(self) {
        self.out.push_str("null");
    }

    fn flag(self, value: bool) {
        self.out.push_str(if value { "true" } else { "false" });
    }

    fn integer(self, value: i64) {
        self.out.push_str(&value.to_string());
    }

    fn text(self, text: Cow<'_, str>) {
        put_text(&text, &mut self.out);
    }

    fn array(self, variant: Option<&'static str>, _: usize) -> TextArray<'a> {
        if let Some(variant) = variant {
            self.open_variant(variant);
        }
        self.out.push('[');
        TextArray { is_variant: variant.is_some(), is_empty: true, writer: self }
    }

    fn object(self, variant: Option<&'static str>, length: usize) -> TextObject<'a> {
        if let Some(variant) = variant {
            self.open_variant(variant);
        }
        self.out.push('{');
        TextObject {
            is_variant: variant.is_some(),
            start: self.out.len(),
            members: Vec::with_capacity(length),
            is_sorted: true,
            writer: self,
        }
    }
}

/// Escapes of RFC 8785 s. 3.2.2.2: the two-character ones, else `\u00xx`, and nothing but those. What
/// stands between two escapes is taken over in one piece.
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

/// The order of member names (RFC 8785 s. 3.2.3).
fn compare(a: &str, b: &str) -> Ordering {
    a.encode_utf16().cmp(b.encode_utf16())
}

/// An array that is being written, within an object where it is a variant's.
struct TextArray<'a> {
    writer: &'a mut Writer,
    is_variant: bool,
    is_empty: bool,
}

impl Array for TextArray<'_> {
    type Written = ();

    fn push<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), WriteError> {
        if !std::mem::take(&mut self.is_empty) {
            self.writer.out.push(',');
        }
        value.serialize(Out(&mut *self.writer))
    }

    fn done(self) {
        self.writer.out.push_str(if self.is_variant { "]}" } else { "]" });
    }
}

/// A member that was written: its name, and where its text stands, the comma behind it included.
struct Member {
    name: Cow<'static, str>,
    text: Range<usize>,
}

/// An object that is being written, within another where it is a variant's.
struct TextObject<'a> {
    writer: &'a mut Writer,
    is_variant: bool,
    /// Where the first member begins.
    start: usize,
    members: Vec<Member>,
    is_sorted: bool,
}

impl TextObject<'_> {
    /// Begins the next member.
    #[inline(never)]
    fn begin(&mut self, name: Cow<'static, str>) {
        let out = &mut self.writer.out;
        let start = out.len();
        put_text(&name, out);
        out.push(':');
        self.is_sorted &= self.members.last().is_none_or(|last| compare(&last.name, &name).is_lt());
        let text = start..start;
        self.members.push(Member { name, text });
    }

    /// Ends the member that was begun.
    #[inline(never)]
    fn end(&mut self) {
        self.writer.out.push(',');
        if let Some(member) = self.members.last_mut() {
            member.text.end = self.writer.out.len();
        }
    }

    /// Puts the members in order.
    fn sort(&mut self) {
        sort(&mut self.members, |a, b| compare(&a.name, &b.name));
        let Writer { out, sorted } = &mut *self.writer;
        sorted.clear();
        for member in &self.members {
            sorted.push_str(out.get(member.text.clone()).unwrap_or_default());
        }
        out.truncate(self.start);
        out.push_str(sorted);
    }
}

impl Object for TextObject<'_> {
    type Written = ();

    fn push<T: Serialize + ?Sized>(
        &mut self,
        name: Cow<'static, str>,
        value: &T,
    ) -> Result<(), WriteError> {
        self.begin(name);
        value.serialize(Out(&mut *self.writer))?;
        self.end();
        Ok(())
    }

    #[inline(never)]
    fn done(mut self) {
        if !self.is_sorted {
            self.sort();
        }
        let out = &mut self.writer.out;
        if !self.members.is_empty() {
            out.pop();
        }
        out.push_str(if self.is_variant { "}}" } else { "}" });
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Serialize;

    use super::super::{FILE_LIMIT, parse, to_json};
    use super::*;

    #[derive(Serialize)]
    #[serde(tag = "format", rename = "test.document/1")]
    struct Document {
        z: Option<i64>,
        #[serde(skip_serializing_if = "Option::is_none")]
        none: Option<i64>,
        parts: BTreeMap<String, Part>,
        a: (u8, char, ()),
        none_left: Empty,
    }

    #[derive(Serialize)]
    struct Empty {}

    #[derive(Serialize)]
    #[serde(rename_all = "snake_case")]
    enum Part {
        Empty,
        One(bool),
        Two(i8, i8),
        Named { text: &'static str, more: u64 },
    }

    #[test]
    fn every_kind_of_value_is_written_with_members_in_canonical_order() {
        let parts = [
            ("d", Part::Empty),
            ("c", Part::One(true)),
            ("b", Part::Two(1, -2)),
            ("a", Part::Named { text: "\u{1}", more: 7 }),
        ];
        let document = Document {
            z: None,
            none: None,
            parts: parts.map(|(name, part)| (name.to_owned(), part)).into(),
            a: (255, 'ộ', ()),
            none_left: Empty {},
        };
        let expected = concat!(
            r#"{"a":[255,"ộ",null],"format":"test.document/1","none_left":{},"parts":{"#,
            r#""a":{"named":{"more":7,"text":"\u0001"}},"b":{"two":[1,-2]},"c":{"one":true},"d":"empty"},"z":null}"#
        );
        assert_eq!(to_canonical(&document), expected);
        assert_eq!(to_canonical(&to_json(&document)), expected);
    }

    #[test]
    fn what_the_profile_has_no_place_for_is_null() {
        assert_eq!(to_canonical(&[Some(1.5)]), "null");
        assert_eq!(to_canonical(&BTreeMap::from([((), 1)])), "null");
        assert_eq!(to_canonical(&(1, u64::MAX)), "null");
    }

    fn check(text: &str, expected: &str) {
        assert_eq!(to_canonical(&parse(text.as_bytes(), FILE_LIMIT).unwrap()), expected);
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
