//! Results on standard output, messages on standard error.

use std::io::{self, ErrorKind, Write};

use crate::cli::CliError;
pub(super) use crate::value::plain;

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
