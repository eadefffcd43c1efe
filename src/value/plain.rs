//! Untrusted texts, made safe to show; and texts as they enter.

use std::borrow::Cow;

/// The text with every invisible character escaped as `\u{…}`: characters that move the cursor,
/// colour a terminal, turn the reading direction or have no width. Two names that look the same are
/// then the same.
pub fn plain(text: &str) -> Cow<'_, str> {
    escaped(text, is_unfit)
}

/// A text of several lines with what could mislead its reader escaped as `\u{…}`: controls that are no white space, and
/// those that turn the reading direction.
///
/// ```
/// use bon_tot::value::plain_lines;
/// assert_eq!(plain_lines("một\nhai\u{202e}"), "một\nhai\\u{202e}");
/// ```
pub fn plain_lines(text: &str) -> Cow<'_, str> {
    escaped(text, |c| is_bidi(c) || (c.is_control() && !c.is_whitespace()))
}

fn escaped(text: &str, is_unfit: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.chars().any(&is_unfit) {
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

/// A text as it enters a form: NUL, which many programs take for the end of a text, is replaced. (The browser hands
/// over texts in UTF-8, with lone surrogates replaced in the same way.)
pub fn entered(text: String) -> String {
    if text.contains('\0') { text.replace('\0', "\u{fffd}") } else { text }
}

/// A name as it enters: as [`entered`], in one line, and without what has no place in a shown name.
///
/// ```
/// use bon_tot::value::entered_name;
/// assert_eq!(entered_name("Chi bộ\u{200b} xóm\tA\u{202e}".to_owned()), "Chi bộ xóm A");
/// ```
pub fn entered_name(name: String) -> String {
    if !name.contains(is_unfit) {
        return name;
    }
    let name = entered(name);
    let one_line = name.chars().map(|c| if matches!(c, '\t' | '\n' | '\r') { ' ' } else { c });
    one_line.filter(|c| !is_unfit(*c)).collect()
}

/// Bidirectional controls (UAX 9 s. 2).
fn is_bidi(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The beginning of a text of at most `most` characters, with `…` where more follows: what a row, a message or a notice
/// shows of a text that can be as long as a file.
pub fn cut(text: &str, most: usize) -> Cow<'_, str> {
    match text.char_indices().nth(most) {
        None => Cow::Borrowed(text),
        Some((end, _)) => {
            let last = text[..end].char_indices().next_back().map_or(0, |(at, _)| at);
            Cow::Owned(format!("{}…", &text[..last]))
        }
    }
}

/// Most characters of a name or a detail of a file in a sentence of the page.
const SHOWN: usize = 120;

/// A name or a detail from a file as a sentence of the page shows it: plain, and no longer than a sentence bears.
pub fn shown(text: &str) -> Cow<'_, str> {
    match cut(text, SHOWN) {
        Cow::Borrowed(text) => plain(text),
        Cow::Owned(text) => Cow::Owned(plain(&text).into_owned()),
    }
}

/// Has a character no place in a shown name? Controls (Unicode category Cc), bidirectional controls (UAX 9 s. 2), and format characters
/// without width.
pub fn is_unfit(c: char) -> bool {
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
    use super::*;

    #[test]
    fn a_long_text_is_cut_between_characters() {
        assert_eq!(cut("xóm", 3), "xóm");
        assert_eq!(cut("xóm 1", 3), "xó…");
        assert_eq!(cut("", 0), "");
        assert_eq!(cut("a", 0), "…");
        assert_eq!(cut(&"ộ".repeat(1 << 20), 10).chars().count(), 10);
    }

    #[test]
    fn a_name_of_ten_thousand_signs_does_not_fill_a_screen() {
        assert_eq!(shown("Chi bộ xóm Tân Sơn"), "Chi bộ xóm Tân Sơn");
        assert_eq!(shown(&"ộ".repeat(120)), "ộ".repeat(120));
        assert_eq!(shown(&"ộ".repeat(10_000)), format!("{}…", "ộ".repeat(119)));
        assert_eq!(shown("a\u{202e}b"), "a\\u{202e}b");
    }

    #[test]
    fn a_name_cannot_command_a_screen_or_hide_what_it_is() {
        assert_eq!(plain("Chi bộ xóm Tân Sơn"), "Chi bộ xóm Tân Sơn");
        assert_eq!(plain("a\u{1b}[2Jb"), "a\\u{1b}[2Jb");
        assert_eq!(plain("a\nb\u{202e}c"), "a\\u{a}b\\u{202e}c");
        assert_eq!(plain("Tân\u{200b} Sơn\u{feff}"), "Tân\\u{200b} Sơn\\u{feff}");
        assert_eq!(plain("<b>&amp;</b>"), "<b>&amp;</b>");
    }

    #[test]
    fn what_enters_can_be_shown() {
        assert_eq!(entered("a\0b\u{202e}".to_owned()), "a\u{fffd}b\u{202e}");
        assert_eq!(entered_name("Chi\0 \u{202e}bộ\u{200f}".to_owned()), "Chi\u{fffd} bộ");
        assert_eq!(plain_lines("a\r\n\tb\u{1b}\u{2067}"), "a\r\n\tb\\u{1b}\\u{2067}");
    }
}
