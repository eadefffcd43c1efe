//! The canonical bytes of a value (RFC 8785), written while it is walked, without a tree in between: a
//! draft is written at every key.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::ops::Range;

use serde::ser::Serialize;

use super::order::sort;
use super::ser::WriteError;
use super::{Json, parse};

/// The canonical bytes of a value: no white space, member names in order of their UTF-16 code units,
/// shortest escapes.
///
/// No type of the formats refuses to be written; what the profile has no place for (floating point, a
/// map whose keys are no strings) is `null`, which no reader takes.
pub fn to_canonical<T: Serialize + ?Sized>(value: &T) -> String {
    let mut writer = Writer::default();
    match value.serialize(&mut writer) {
        Ok(()) => writer.out,
        Err(WriteError) => "null".to_owned(),
    }
}

/// The value as a tree, read from its canonical bytes: the code for both directions is there anyway.
pub fn to_json<T: Serialize + ?Sized>(value: &T) -> Json {
    parse(to_canonical(value).as_bytes(), usize::MAX).unwrap_or(Json::Null)
}

/// What was written so far.
#[derive(Default)]
pub(super) struct Writer {
    pub(super) out: String,
    /// Where the members of an object are put in order.
    sorted: String,
}

impl Writer {
    /// Writes a string.
    pub(super) fn text(&mut self, text: &str) {
        put_text(text, &mut self.out);
    }

    /// Begins an array; `end` ends it, and the object of a variant around it.
    pub(super) fn array(&mut self, end: &'static str) -> Array<'_> {
        self.out.push('[');
        Array { end, is_empty: true, writer: self }
    }

    /// Begins an object of about `length` members; `end` as in [`Writer::array`].
    pub(super) fn object(&mut self, length: usize, end: &'static str) -> Object<'_> {
        self.out.push('{');
        Object {
            end,
            start: self.out.len(),
            members: Vec::with_capacity(length),
            is_sorted: true,
            writer: self,
        }
    }

    /// Begins the only member of an object, which is named after a variant.
    pub(super) fn variant(&mut self, name: &str) -> &mut Self {
        self.out.push('{');
        self.text(name);
        self.out.push(':');
        self
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

/// The string that is written so; `None` where it is none.
fn name(written: &str) -> Option<String> {
    let inner = written.strip_prefix('"')?.strip_suffix('"')?;
    match inner.contains('\\') {
        true => parse(written.as_bytes(), usize::MAX).ok()?.as_text().map(str::to_owned),
        false => Some(inner.to_owned()),
    }
}

/// The order of member names (RFC 8785 s. 3.2.3). Of ASCII, which nearly all are, that of the bytes is the same.
fn compare(a: &str, b: &str) -> Ordering {
    if a.is_ascii() && b.is_ascii() {
        return a.cmp(b);
    }
    a.encode_utf16().cmp(b.encode_utf16())
}

/// An array that is being written.
pub(super) struct Array<'a> {
    writer: &'a mut Writer,
    end: &'static str,
    is_empty: bool,
}

impl Array<'_> {
    pub(super) fn push<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), WriteError> {
        if !std::mem::take(&mut self.is_empty) {
            self.writer.out.push(',');
        }
        value.serialize(&mut *self.writer)
    }

    pub(super) fn done(self) {
        self.writer.out.push_str(self.end);
    }
}

/// A member that was written: its name, and where its text stands, the comma behind it included.
struct Member {
    name: Cow<'static, str>,
    text: Range<usize>,
}

/// An object that is being written.
pub(super) struct Object<'a> {
    writer: &'a mut Writer,
    end: &'static str,
    /// Where the first member begins.
    start: usize,
    members: Vec<Member>,
    is_sorted: bool,
}

impl Object<'_> {
    /// Begins the next member.
    #[inline(never)]
    pub(super) fn begin(&mut self, name: &'static str) {
        let start = self.writer.out.len();
        self.writer.text(name);
        self.begun(start, name.into());
    }

    /// Begins the next member of a map.
    pub(super) fn begin_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), WriteError> {
        let start = self.writer.out.len();
        key.serialize(&mut *self.writer)?;
        let name = name(self.writer.out.get(start..).unwrap_or_default()).ok_or(WriteError)?;
        self.begun(start, name.into());
        Ok(())
    }

    /// Takes note of a member of which the name was written.
    #[inline(never)]
    fn begun(&mut self, start: usize, name: Cow<'static, str>) {
        self.writer.out.push(':');
        self.is_sorted &= self.members.last().is_none_or(|last| compare(&last.name, &name).is_lt());
        self.members.push(Member { name, text: start..start });
    }

    /// Writes the value of the member that was begun.
    pub(super) fn value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), WriteError> {
        value.serialize(&mut *self.writer)?;
        self.end();
        Ok(())
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

    #[inline(never)]
    pub(super) fn done(mut self) {
        if !self.is_sorted {
            self.sort();
        }
        let out = &mut self.writer.out;
        if !self.members.is_empty() {
            out.pop();
        }
        out.push_str(self.end);
    }
}
