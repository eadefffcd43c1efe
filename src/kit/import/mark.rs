//! Numbering as officers write it: `I.`, `1.`, `1.1`, `a)`, `-`; it says how deep a row stands.

use crate::value::{search_key, trim};

/// How deep rows stand; only the order counts.
pub(super) const PART: u16 = 0;
pub(super) const ROMAN: u16 = 10;
/// A heading without any numbering.
pub(super) const PLAIN_HEADING: u16 = 20;
const NUMBER: u16 = 30;
const LETTER: u16 = 60;
const DASH: u16 = 70;
/// A row without numbering that has points.
pub(super) const PLAIN: u16 = 80;
/// A row without numbering or points: words that belong to the row above.
pub(super) const WORDS: u16 = 90;

/// The numbering of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// How deep the row stands.
    pub depth: u16,
    /// As it is written, without what closes it.
    pub text: String,
}

/// The numbering that a whole cell is.
pub(super) fn of_cell(text: &str) -> Option<Mark> {
    let text = trim(text);
    if let Some(depth) = named(text) {
        return Some(Mark { depth, text: text.trim_end_matches(['.', ':']).to_owned() });
    }
    let own = text.trim_end_matches(['.', ')', ':', '/']).trim_end();
    depth(own).map(|depth| Mark { depth, text: own.to_owned() })
}

/// The numbering at the beginning of a text, and the rest of the text.
pub(super) fn before(text: &str) -> Option<(Mark, &str)> {
    let text = trim(text);
    if let Some(rest) = text.strip_prefix(['-', '+', '•', '*', '–']) {
        let rest = trim(rest);
        return (!rest.is_empty()).then(|| (Mark { depth: DASH, text: "-".to_owned() }, rest));
    }
    if let Some(at) = text.find([':', '.', '-', '–']) {
        let (head, rest) = text.split_at(at);
        if let Some(depth) = named(head) {
            let rest = trim(rest.trim_start_matches([':', '.', '-', '–']));
            let mark = Mark { depth, text: trim(head).to_owned() };
            return (!rest.is_empty()).then_some((mark, rest));
        }
    }
    let end = text.find(|c: char| c.is_whitespace() || matches!(c, ')' | '/'))?;
    let (head, rest) = text.split_at(end);
    let is_closed = rest.starts_with([')', '/']) || head.ends_with(['.', ':']);
    let own = head.trim_end_matches(['.', ':']);
    // A word is no numbering: "I" and "a" stand alone in sentences, and numbers begin them.
    let is_path = own.contains('.') && own.starts_with(|c: char| c.is_ascii_digit());
    if !is_closed && !is_path && !rest.trim_start().starts_with(['-', '–']) {
        return None;
    }
    let depth = depth(own)?;
    let rest = trim(rest.trim_start_matches([')', '/', '.', ' ', '-', '–']));
    (!rest.is_empty()).then(|| (Mark { depth, text: own.to_owned() }, rest))
}

/// `Phần I`, `Tiêu chí 1`, `Tiêu chuẩn 2`: words with a number.
fn named(text: &str) -> Option<u16> {
    let key = search_key(text);
    let key = key.trim_end_matches(['.', ':']);
    let of = |words: &[&str], depth: u16| {
        let rest = words.iter().find_map(|word| key.strip_prefix(word))?;
        let rest = rest.trim_start();
        let is_number = !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit());
        (is_number || is_roman(&rest.to_uppercase())).then_some(depth)
    };
    of(&["phan "], PART).or_else(|| of(&["tieu chi ", "tieu chuan ", "nhom ", "muc "], ROMAN))
}

fn depth(own: &str) -> Option<u16> {
    let is_digits = |part: &str| {
        !part.is_empty() && part.len() <= 3 && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    if is_roman(own) {
        return Some(ROMAN);
    }
    if own.split('.').all(is_digits) {
        let deep = own.split('.').count().min(9);
        return Some(NUMBER + u16::try_from(deep).unwrap_or(9));
    }
    let mut signs = own.chars();
    match (signs.next(), signs.next()) {
        (Some(sign), None) if "-+•*–".contains(sign) => Some(DASH),
        (Some(sign), None) if sign.is_uppercase() => Some(PART + 1),
        (Some(sign), None) if sign.is_alphabetic() => Some(LETTER),
        (Some(letter), Some(_))
            if letter.is_lowercase() && is_digits(own.get(1..).unwrap_or("")) =>
        {
            Some(LETTER + 1)
        }
        _ => None,
    }
}

/// Is it a Roman number as headings have it, up to XXXIX?
fn is_roman(text: &str) -> bool {
    let ones = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
    let rest = text.trim_start_matches('X');
    let tens = text.len() - rest.len();
    (1..=3).contains(&tens) && rest.is_empty() || tens <= 3 && ones.contains(&rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbering_is_read_from_its_own_cell() {
        let order = ["Phần I", "A", "I", "1", "1.1", "1.1.2.", "a)", "a1", "-"];
        let depths: Vec<_> = order.iter().map(|text| of_cell(text).unwrap().depth).collect();
        assert!(depths.is_sorted_by(|a, b| a < b), "{depths:?}");
        assert_eq!(of_cell("Tiêu chí 1:").unwrap().depth, ROMAN);
        for text in ["", "Tổng", "xây dựng", "1,5", "2024"] {
            assert_eq!(of_cell(text), None, "{text}");
        }
    }

    #[test]
    fn numbering_is_taken_off_a_text_and_words_stay() {
        for (text, mark, rest) in [
            ("I. Chính trị tốt", "I", "Chính trị tốt"),
            ("1.1 Nội dung", "1.1", "Nội dung"),
            ("2) Hai", "2", "Hai"),
            ("a) Có nghị quyết", "a", "Có nghị quyết"),
            ("- Có sổ", "-", "Có sổ"),
            ("III - Đoàn kết", "III", "Đoàn kết"),
            ("Tiêu chí 1: Chính trị", "Tiêu chí 1", "Chính trị"),
        ] {
            let (own, left) = before(text).unwrap();
            assert_eq!((own.text.as_str(), left), (mark, rest), "{text}");
        }
        for text in ["100 % đảng viên", "I am", "Tiêu chí chung", "3 đảng viên trở lên", "Chi bộ"]
        {
            assert_eq!(before(text), None, "{text}");
        }
    }
}
