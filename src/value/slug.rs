//! A file name from a Vietnamese name: ASCII, without marks.

/// Each ASCII letter and the Vietnamese letters that fold to it, small and capital. Tables for all of
/// Unicode would add to the download.
const FOLDS: [(char, &str); 7] = [
    ('a', "àáảãạăằắẳẵặâầấẩẫậÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬ"),
    ('d', "đĐ"),
    ('e', "èéẻẽẹêềếểễệÈÉẺẼẸÊỀẾỂỄỆ"),
    ('i', "ìíỉĩịÌÍỈĨỊ"),
    ('o', "òóỏõọôồốổỗộơờớởỡợÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢ"),
    ('u', "ùúủũụưừứửữựÙÚỦŨỤƯỪỨỬỮỰ"),
    ('y', "ỳýỷỹỵỲÝỶỸỴ"),
];

/// A lower-case ASCII slug of at most 48 characters: letters and digits in words joined by `-`;
/// `unit` where no character is left.
pub fn slug(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        // Combining marks (text that is not NFC) vanish instead of splitting a word.
        if ('\u{300}'..='\u{36f}').contains(&c) {
            continue;
        }
        let folded = FOLDS
            .iter()
            .find(|(_, marked)| marked.contains(c))
            .map_or(c.to_ascii_lowercase(), |(plain, _)| *plain);
        if folded.is_ascii_alphanumeric() {
            out.push(folded);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
        if out.len() == 48 {
            break;
        }
    }
    let out = out.trim_end_matches('-');
    if out.is_empty() { "unit".to_owned() } else { out.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn marks_are_dropped_and_words_joined() {
        assert_eq!(slug("Chi bộ xóm Tân Sơn"), "chi-bo-xom-tan-son");
        assert_eq!(slug("ĐẢNG UỶ xã  Keng Đu / 2"), "dang-uy-xa-keng-du-2");
        assert_eq!(slug("Chi bo\u{323}\u{302} x"), "chi-bo-x");
        assert_eq!(slug("中文"), "unit");
        assert!(slug(&"dài ".repeat(40)).len() <= 48);
    }
}
