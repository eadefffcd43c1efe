//! Names in the order of a Vietnamese list, and as people search for them.

use crate::value::name_key;

/// The letters in their order; a letter of a foreign name stands where its alphabet has it.
const ALPHABET: &str = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz";
/// The tones as [`name_key`] puts them at the end of a word, in the order of dictionaries.
const TONES: [char; 5] = ['\u{300}', '\u{309}', '\u{303}', '\u{301}', '\u{323}'];
/// Letters with the plain ones that people type for them.
const PLAIN: [(char, char); 7] =
    [('ă', 'a'), ('â', 'a'), ('đ', 'd'), ('ê', 'e'), ('ô', 'o'), ('ơ', 'o'), ('ư', 'u')];

/// A text that stands among others, byte by byte, as the name does in a Vietnamese list: by letters, then by tones;
/// numbers by their value.
///
/// ```
/// use bon_tot::value::order_key;
/// let mut names = ["Xóm 10", "Ánh", "Đồng", "Dũng", "Xóm 2", "An", "Ân"];
/// names.sort_by_key(|name| order_key(name));
/// assert_eq!(names, ["An", "Ánh", "Ân", "Dũng", "Đồng", "Xóm 2", "Xóm 10"]);
/// ```
pub fn order_key(name: &str) -> String {
    let whole = name_key(name);
    let mut key = String::with_capacity(whole.len() * 2);
    let mut tones = String::new();
    let mut digits = String::new();
    for c in whole.chars() {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        push_number(&mut key, &mut digits);
        if let Some(tone) = TONES.iter().position(|own| *own == c) {
            tones.push_str(&tone.to_string());
        } else if let Some(place) = ALPHABET.chars().position(|own| own == c) {
            key.push(letter(place));
        } else {
            if c == ' ' {
                tones.push('/');
            }
            key.push(if c == ' ' { ' ' } else { c });
        }
    }
    push_number(&mut key, &mut digits);
    format!("{key}\u{1}{tones}")
}

/// The sign of the letter at a place: behind spaces and digits, before any other letter.
fn letter(place: usize) -> char {
    u8::try_from(place).map_or('~', |place| char::from(b'A' + place))
}

/// A number, so that a longer one stands behind a shorter one.
fn push_number(key: &mut String, digits: &mut String) {
    let own = digits.trim_start_matches('0');
    if !digits.is_empty() {
        let length = u8::try_from(own.len().min(9)).unwrap_or(9);
        key.push(char::from(b'0' + length));
        key.push_str(own);
        digits.clear();
    }
}

/// A name as people search for it: small letters, without marks and tones.
///
/// ```
/// use bon_tot::value::search_key;
/// assert_eq!(search_key("Đảng uỷ xã HOÀ BÌNH"), "dang uy xa hoa binh");
/// ```
pub fn search_key(name: &str) -> String {
    let plain = |c: char| PLAIN.iter().find(|(marked, _)| *marked == c).map_or(c, |(_, own)| *own);
    name_key(name).chars().filter(|c| !TONES.contains(c)).map(plain).collect()
}
