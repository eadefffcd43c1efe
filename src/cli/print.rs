//! Words to a person and results to standard output.

use std::io::{self, ErrorKind, Write};

use crate::cli::CliError;
pub(super) use crate::value::plain;

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
        // A reader that has seen enough, such as `head`, is no error.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        result => result.map_err(CliError::Output),
    }
}
