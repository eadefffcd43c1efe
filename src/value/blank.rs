//! What counts as blank (spec s. 1): a text of nothing but characters that show nothing.

/// Ranges of Unicode's property Default_Ignorable_Code_Point (DerivedCoreProperties.txt, version 17).
const IGNORABLE: [(char, char); 17] = [
    ('\u{ad}', '\u{ad}'),
    ('\u{34f}', '\u{34f}'),
    ('\u{61c}', '\u{61c}'),
    ('\u{115f}', '\u{1160}'),
    ('\u{17b4}', '\u{17b5}'),
    ('\u{180b}', '\u{180f}'),
    ('\u{200b}', '\u{200f}'),
    ('\u{202a}', '\u{202e}'),
    ('\u{2060}', '\u{206f}'),
    ('\u{3164}', '\u{3164}'),
    ('\u{fe00}', '\u{fe0f}'),
    ('\u{feff}', '\u{feff}'),
    ('\u{ffa0}', '\u{ffa0}'),
    ('\u{fff0}', '\u{fff8}'),
    ('\u{1bca0}', '\u{1bca3}'),
    ('\u{1d173}', '\u{1d17a}'),
    ('\u{e0000}', '\u{e0fff}'),
];

/// Does a character show nothing: white space, a control, or one that Unicode says to ignore?
pub fn shows_nothing(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || IGNORABLE.iter().any(|(first, last)| (first..=last).contains(&&c))
}

/// Is a text blank, that is, empty or made only of characters that show nothing?
///
/// ```
/// use bon_tot::value::is_blank;
/// assert!(is_blank(" \u{200b}\u{feff}\n"));
/// assert!(!is_blank(" có "));
/// ```
pub fn is_blank(text: &str) -> bool {
    text.chars().all(shows_nothing)
}

/// The text without the characters at its ends that show nothing.
pub fn trim(text: &str) -> &str {
    text.trim_matches(shows_nothing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_shows_nothing_is_blank() {
        for blank in ["", " \t\r\n", "\u{200b}", "\u{ad}\u{a0}\u{3000}", "\u{0}\u{85}", "\u{e0100}"]
        {
            assert!(is_blank(blank), "{blank:?}");
            assert_eq!(trim(&format!("{blank}xóm{blank}")), "xóm");
        }
        for shown in [".", "0", "\u{200b}.", "ộ", "☺\u{fe0f}", "\u{300}"] {
            assert!(!is_blank(shown), "{shown:?}");
        }
        assert_eq!(trim("a\u{200b}b\u{200b}"), "a\u{200b}b");
    }
}
