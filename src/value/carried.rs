//! What mail, word processors and keyboards do to a line of signs on its way.

use crate::value::shows_nothing;

/// The characters of a text in which only letters, digits and hyphens have a meaning, such as a check code or base64url,
/// as they were before they were carried: without white space and what shows nothing, every dash a hyphen, full-width
/// characters as ASCII. No sign becomes another one.
pub fn as_carried(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|c| !shows_nothing(*c)).map(|c| match c {
        '\u{ff01}'..='\u{ff5e}' => {
            // Full-width forms stand in the order of ASCII.
            char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c)
        }
        _ if is_dash(c) => '-',
        _ => c,
    })
}

/// Dashes (Unicode category Pd) and what looks like one.
fn is_dash(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{58a}' | '\u{5be}' | '\u{2010}'
            ..='\u{2015}'
                | '\u{2043}'
                | '\u{207b}'
                | '\u{208b}'
                | '\u{2212}'
                | '\u{2500}'
                | '\u{2501}'
                | '\u{2e3a}'
                | '\u{2e3b}'
                | '\u{301c}'
                | '\u{3030}'
                | '\u{fe31}'
                | '\u{fe32}'
                | '\u{fe58}'
                | '\u{fe63}'
    )
}

#[cfg(test)]
mod tests {
    use super::as_carried;

    #[test]
    fn signs_stay_and_what_carries_them_goes() {
        let carried = |text| as_carried(text).collect::<String>();
        assert_eq!(carried("\u{feff}ab\r\n C-d_Z\u{200b} 9"), "abC-d_Z9");
        assert_eq!(carried("ａＺ０－＿．"), "aZ0-_.");
        assert_eq!(carried("a‐b‑c–d—e−f"), "a-b-c-d-e-f");
        assert_eq!(carried("é+/="), "é+/=");
    }
}
