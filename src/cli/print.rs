//! Results on standard output, messages on standard error.

use std::io::{self, ErrorKind, Write};

use crate::cli::CliError;
pub(super) use crate::value::plain;
use crate::value::{cut, is_unfit};

/// The most characters that are shown of a name.
const NAME_LIMIT: usize = 80;
/// The most characters that are shown of the name of a file with its folders.
const PATH_LIMIT: usize = 240;
/// The most characters that are said of a file.
const DETAIL_LIMIT: usize = 1000;

/// An untrusted name, safe to print and not longer than a line.
pub(super) fn short(name: &str) -> String {
    plain(&cut(name, NAME_LIMIT)).into_owned()
}

/// The name of a file, safe to print.
pub(super) fn path(name: &str) -> String {
    plain(&cut(name, PATH_LIMIT)).into_owned()
}

/// What is said of a file, safe to print and not as long as the file: it may repeat texts of it.
pub(super) fn told(text: &str) -> String {
    plain(&cut(text, DETAIL_LIMIT)).into_owned()
}

/// Prints a JSON text on a line. What could command a terminal or turn the reading direction stands escaped: it can only
/// be within strings.
pub(super) fn json(text: &str) -> Result<(), CliError> {
    line(&escaped(text))
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        if is_unfit(c) {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                safe.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            safe.push(c);
        }
    }
    safe
}

/// Prints a message on standard error.
pub(super) fn tell(message: &str) {
    // A failure of standard error cannot be reported anywhere.
    let _ = writeln!(io::stderr(), "{message}");
}

/// Prints a result and a newline.
pub(super) fn line(text: &str) -> Result<(), CliError> {
    bytes(format!("{text}\n").as_bytes())
}

/// Prints a result as it is.
pub(super) fn bytes(bytes: &[u8]) -> Result<(), CliError> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        // A reader such as `head` may close the pipe early.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        result => result.map_err(CliError::Output),
    }
}
