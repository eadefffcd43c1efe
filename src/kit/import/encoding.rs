//! Vietnamese in encodings of before Unicode, known by the words that every table of criteria has.

use serde::{Deserialize, Serialize};

/// An encoding that is known by its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Encoding {
    /// TCVN 5712:1993 (ABC), the fonts `.VnTime`.
    Tcvn3,
    /// VNI, the fonts `VNI-Times`.
    Vni,
    /// Windows-1258.
    Windows1258,
    /// UTF-16 without a mark of its order.
    Utf16,
}

impl Encoding {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Tcvn3 => "TCVN3 (ABC, fonts .VnTime)",
            Encoding::Vni => "VNI (fonts VNI-Times)",
            Encoding::Windows1258 => "Windows-1258",
            Encoding::Utf16 => "UTF-16 without a byte order mark",
        }
    }
}

/// Parts of *Nội dung*, *Tiêu chí*, *Điểm*, *điểm*, *tối đa*, *Ghi chú*, *Minh chứng*, *Tổng cộng*, *Chi bộ*, *đảng viên*
/// and *nghị quyết*, one sign for each byte.
const WORDS: [(Encoding, &[&str]); 3] = [
    (
        Encoding::Tcvn3,
        &[
            "N\u{e9}i",
            "Ti\u{aa}u",
            "\u{a7}i\u{d3}m",
            "\u{ae}i\u{d3}m",
            "t\u{e8}i \u{ae}a",
            "Tæng",
            "b\u{e9}",
            "\u{ae}¶ng",
            "ngh\u{de}",
            "chøng",
        ],
    ),
    (
        Encoding::Vni,
        &[
            "No\u{e4}i",
            "NO\u{c4}I",
            "Tie\u{e2}u",
            "TIE\u{c2}U",
            "\u{d1}ie\u{e5}m",
            "\u{f1}ie\u{e5}m",
            "to\u{e1}i \u{f1}a",
            "To\u{e5}ng",
            "bo\u{e4}",
            "\u{f1}a\u{fb}ng",
            "nghò",
            "chö\u{f9}ng",
        ],
    ),
    (
        Encoding::Windows1258,
        &[
            "N\u{f4}\u{f2}i",
            "\u{d0}i\u{ea}\u{d2}m",
            "\u{f0}i\u{ea}\u{d2}m",
            "t\u{f4}\u{ec}i",
            "T\u{f4}\u{d2}ng",
            "b\u{f4}\u{f2}",
            "\u{f0}a\u{d2}ng",
            "nghi\u{f2}",
            "ch\u{fd}\u{ec}ng",
        ],
    ),
];

/// The encoding of bytes that are no UTF-8, where it is known.
pub fn of_bytes(bytes: &[u8]) -> Option<Encoding> {
    let zeros = bytes.iter().filter(|byte| **byte == 0).count();
    if zeros * 4 > bytes.len() {
        return Some(Encoding::Utf16);
    }
    let text: String = bytes.iter().map(|byte| char::from(*byte)).collect();
    of_text(&text)
}

/// The old encoding in which a text was written whose bytes became signs, as in workbooks with old fonts.
pub fn of_text(text: &str) -> Option<Encoding> {
    // A Vietnamese text has letters that no old encoding gives.
    let is_vietnamese =
        |c: char| matches!(c, '\u{1ea0}'..='\u{1ef9}' | 'ư' | 'ơ' | 'ă' | 'đ' | 'Đ');
    if text.is_ascii() || text.contains(is_vietnamese) {
        return None;
    }
    let found = WORDS.map(|(encoding, words)| {
        (words.iter().filter(|word| text.contains(**word)).count(), encoding)
    });
    let best = found.into_iter().max_by_key(|(count, _)| *count)?;
    (best.0 > 0).then_some(best.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_encodings_are_known_by_their_words() {
        for (text, encoding) in [
            ("Néi dung;§iÓm tèi ®a", Some(Encoding::Tcvn3)),
            ("Tiªu chÝ", Some(Encoding::Tcvn3)),
            ("Noäi dung;Ñieåm toái ña", Some(Encoding::Vni)),
            ("Nội dung;Điểm tối đa", None),
            ("Résumé; Übung", None),
        ] {
            assert_eq!(of_text(text), encoding, "{text}");
        }
        let windows = b"STT;N\xf4\xf2i dung;\xd0i\xea\xd2m t\xf4\xeci \xf0a";
        assert_eq!(of_bytes(windows), Some(Encoding::Windows1258));
        let wide: Vec<u8> = "STT;Nội".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(of_bytes(&wide), Some(Encoding::Utf16));
        assert_eq!(of_bytes(&[0xff, 0xd8, 0xff]), None);
    }
}
