//! How much text a form takes (spec s. 1: a file has at most 2 MiB).

use crate::form::{Assessment, FieldValue};
use crate::json::FILE_LIMIT;

/// The limit of each text, in UTF-16 code units, by which browsers count.
pub const TEXT_LIMIT: usize = 20_000;

/// The limit of all texts of a form together, in bytes of JSON (see [`json_size`]): half of a file.
///
/// The other half is for what is no text: ids, numbers, verdicts, the outcome and eight signatures, which a pack of
/// 1 MiB cannot make as long. So the signed file stays below its limit. A draft has a form, and in a string the file
/// signed from it, where each quotation mark and backslash is escaped once more: at most 2 + 2 · 2 MiB, which is the
/// limit of a draft.
pub const FORM_TEXT_LIMIT: usize = FILE_LIMIT / 2;

/// The size of a text in canonical JSON, in bytes, without its quotation marks (RFC 8785, 3.2.2.2).
pub fn json_size(text: &str) -> usize {
    let size = |byte| match byte {
        b'"' | b'\\' | 8 | 9 | 10 | 12 | 13 => 2,
        0..0x20 => 6,
        _ => 1,
    };
    text.bytes().map(size).sum()
}

impl Assessment {
    /// How many bytes of text the form still takes.
    pub fn text_room(&self) -> usize {
        let size = self.texts().map(json_size).sum();
        FORM_TEXT_LIMIT.saturating_sub(size)
    }

    /// Every text that a person typed.
    fn texts(&self) -> impl Iterator<Item = &str> {
        let (unit, remarks) = (&self.unit, &self.remarks);
        let own = [
            &unit.name,
            &unit.code,
            &unit.parent,
            &unit.superior,
            &remarks.strengths,
            &remarks.limits,
            &remarks.causes,
            &remarks.remedies,
            &self.locality,
        ];
        let answers = self.items.values().flat_map(|answer| {
            let texts = answer.fields.values().filter_map(|value| match value {
                FieldValue::Text(text) => Some(text),
                FieldValue::Int(_) => None,
            });
            let files = answer.attachments.iter().flat_map(|own| [&own.name, &own.media_type]);
            texts.chain([&answer.reason, &answer.evidence]).chain(files)
        });
        let notes = self.gates.values().map(|gate| &gate.note);
        let practices = self.practices.iter().flat_map(|one| [&one.title, &one.text]);
        let all = own.into_iter().chain(answers).chain(notes).chain(practices);
        all.map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::to_canonical;

    #[test]
    fn the_size_of_a_text_is_that_of_its_json() {
        for text in ["", "Chi bộ", "\"\\/\n\t\r\u{8}\u{c}", "\0\u{1f}\u{7f}\u{85}", "☺\u{1f600}"]
        {
            assert_eq!(json_size(text), to_canonical(&text.to_owned()).len() - 2, "{text:?}");
        }
    }
}
