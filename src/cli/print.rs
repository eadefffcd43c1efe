//! Words to a person and results to standard output.

use std::borrow::Cow;
use std::io::{self, ErrorKind, Write};

use crate::cli::CliError;

/// Says something to a person, on standard error.
pub(super) fn tell(message: &str) {
    // Where standard error itself is gone, nobody is left to be told.
    let _ = writeln!(io::stderr(), "{message}");
}

/// Prints a result and a newline.
///
/// # Errors
/// Standard output takes no more, other than that its reader has seen enough.
pub(super) fn line(text: &str) -> Result<(), CliError> {
    bytes(format!("{text}\n").as_bytes())
}

/// Prints a result as it is.
///
/// # Errors
/// As [`line`].
pub(super) fn bytes(bytes: &[u8]) -> Result<(), CliError> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        // A reader that has seen enough, such as `head`, is no fault.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        result => result.map_err(CliError::Output),
    }
}

/// A text that came from elsewhere, fit for a terminal: what could move the cursor, colour the
/// screen or turn the reading direction is shown as its code.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    let is_unfit = |c: char| {
        c.is_control()
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if !text.chars().any(is_unfit) {
        return Cow::Borrowed(text);
    }
    let shown = |c: char| {
        if is_unfit(c) {
            c.escape_unicode().to_string()
        } else {
            c.to_string()
        }
    };
    Cow::Owned(text.chars().map(shown).collect())
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn a_name_cannot_command_the_terminal() {
        assert_eq!(plain("Chi bộ xóm Tân Sơn"), "Chi bộ xóm Tân Sơn");
        assert_eq!(plain("a\u{1b}[2Jb"), "a\\u{1b}[2Jb");
        assert_eq!(plain("a\nb\u{202e}c"), "a\\u{a}b\\u{202e}c");
    }
}
