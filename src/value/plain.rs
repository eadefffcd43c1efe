//! Untrusted texts, made safe to show.

use std::borrow::Cow;

/// The text with every invisible character escaped as `\u{…}`: characters that move the cursor,
/// colour a terminal, turn the reading direction or have no width. Two names that look the same are
/// then the same.
pub fn plain(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_unfit) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if is_unfit(c) {
            shown.extend(c.escape_unicode());
        } else {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
}

/// Controls (Unicode category Cc), bidirectional controls (UAX 9 s. 2), and format characters
/// without width.
fn is_unfit(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}'
                | '\u{61c}'
                | '\u{180e}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn a_name_cannot_command_a_screen_or_hide_what_it_is() {
        assert_eq!(plain("Chi bộ xóm Tân Sơn"), "Chi bộ xóm Tân Sơn");
        assert_eq!(plain("a\u{1b}[2Jb"), "a\\u{1b}[2Jb");
        assert_eq!(plain("a\nb\u{202e}c"), "a\\u{a}b\\u{202e}c");
        assert_eq!(plain("Tân\u{200b} Sơn\u{feff}"), "Tân\\u{200b} Sơn\\u{feff}");
        assert_eq!(plain("<b>&amp;</b>"), "<b>&amp;</b>");
    }
}
