//! Names of units, compared as people read them.

use crate::value::shows_nothing;

/// The vowels of Vietnamese, each without a tone and with its five tones in the order of [`TONES`].
const VOWELS: [&str; 12] = [
    "aàáảãạ",
    "ăằắẳẵặ",
    "âầấẩẫậ",
    "eèéẻẽẹ",
    "êềếểễệ",
    "iìíỉĩị",
    "oòóỏõọ",
    "ôồốổỗộ",
    "ơờớởỡợ",
    "uùúủũụ",
    "ưừứửữự",
    "yỳýỷỹỵ",
];
/// The tones as combining marks.
const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{309}', '\u{303}', '\u{323}'];
/// Vowels that are written as a letter and a combining mark where a text is not composed.
const MARKED: [(char, char, char); 6] = [
    ('a', '\u{306}', 'ă'),
    ('a', '\u{302}', 'â'),
    ('e', '\u{302}', 'ê'),
    ('o', '\u{302}', 'ô'),
    ('o', '\u{31b}', 'ơ'),
    ('u', '\u{31b}', 'ư'),
];

/// What two names have in common that people read as the same: in small letters, composed or not, each tone at the end
/// of its word, so that `hoà` is `hòa` and `uỷ` is `ủy`; one space between words, and nothing that does not show.
///
/// Letters that no Vietnamese name has are compared as they stand.
///
/// ```
/// use bon_tot::value::name_key;
/// assert_eq!(name_key("Đảng  uỷ xã HOÀ BÌNH "), name_key("đảng ủy xã Hòa Bình"));
/// assert_ne!(name_key("Chi bộ xóm Mạ"), name_key("Chi bộ xóm Mã"));
/// ```
pub fn name_key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    let mut tones = String::new();
    for c in name.chars().map(small).filter(|c| c.is_whitespace() || !shows_nothing(*c)) {
        if TONES.contains(&c) {
            tones.push(c);
        } else if let Some((vowel, tone)) = parts(c) {
            key.push(vowel);
            tones.extend(tone);
        } else if let Some(marked) = marked(&key, c) {
            key.pop();
            key.push(marked);
        } else {
            if !c.is_alphanumeric() {
                key.push_str(&tones);
                tones.clear();
            }
            if !c.is_whitespace() {
                key.push(c);
            } else if !key.is_empty() && !key.ends_with(' ') {
                key.push(' ');
            }
        }
    }
    key.truncate(key.trim_end().len());
    key.push_str(&tones);
    key
}

/// Do people read two names as the same?
pub fn same_name(a: &str, b: &str) -> bool {
    a == b || name_key(a) == name_key(b)
}

/// The small letter of a capital that Vietnamese names have.
fn small(c: char) -> char {
    let distance = match c {
        'A'..='Z' | 'À'..='Ö' | 'Ø'..='Þ' => 32,
        'Ă' | 'Đ' | 'Ĩ' | 'Ũ' | 'Ơ' | 'Ư' => 1,
        // Capitals and small letters take turns here.
        'Ạ'..='Ỹ' if u32::from(c) % 2 == 0 => 1,
        _ => 0,
    };
    char::from_u32(u32::from(c) + distance).unwrap_or(c)
}

/// A vowel without its tone, and the tone.
fn parts(c: char) -> Option<(char, Option<char>)> {
    let row = VOWELS.iter().find(|row| row.contains(c))?;
    let place = row.chars().position(|own| own == c)?;
    let tone = place.checked_sub(1).and_then(|tone| TONES.get(tone)).copied();
    Some((row.chars().next()?, tone))
}

/// The letter that the last one becomes by a combining mark.
fn marked(key: &str, mark: char) -> Option<char> {
    let last = key.chars().next_back()?;
    let found = MARKED.iter().find(|(letter, own, _)| *letter == last && *own == mark);
    found.map(|(_, _, marked)| *marked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_read_these_as_the_same() {
        for (a, b) in [
            ("Chi bộ xóm Tân Sơn", "CHI BỘ XÓM TÂN SƠN"),
            ("Đảng uỷ", "đảng ủy"),
            ("Thuỷ Hoà", "Thủy Hòa"),
            ("Quỳ", "Qùy"),
            (" Chi  bộ\u{a0}A\u{200b} ", "Chi bộ A"),
            ("Chi bo\u{323}\u{302}", "Chi bộ"),
            ("Chi bo\u{302}\u{323}", "Chi bộ"),
            ("Chi b\u{f4}\u{323}", "Chi bộ"),
            ("Chi b\u{1ecd}\u{302}", "Chi bộ"),
            ("So\u{31b}n Lu\u{31b}\u{300}a\u{306}", "Sơn Lừă"),
        ] {
            assert!(same_name(a, b), "{a} {b}: {} {}", name_key(a), name_key(b));
        }
    }

    #[test]
    fn every_capital_of_vietnamese_has_its_small_letter() {
        for c in VOWELS.concat().chars().chain("đbcdghklmnpqrstvxfjwz".chars()) {
            let capital: String = c.to_uppercase().collect();
            assert_eq!(capital.chars().map(small).collect::<String>(), c.to_string());
            assert_eq!(small(c), c);
        }
    }

    #[test]
    fn people_read_these_as_different() {
        for (a, b) in [
            ("Chi bộ xóm A", "Chi bộ xóm B"),
            ("Ma", "Mà"),
            ("Mả", "Mã"),
            ("Tân Sơn", "Tan Son"),
            ("Dung", "Đung"),
            ("Bắc", "Bấc"),
            ("xóm 1", "xóm 11"),
            ("Hà Nôi", "Ha Nồi"),
            ("", "a"),
        ] {
            assert!(!same_name(a, b), "{a} {b}: {}", name_key(a));
        }
    }
}
