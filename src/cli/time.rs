//! The system clock.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::cli::CliError;
use crate::value::Instant;

/// The time now, in whole seconds.
pub(super) fn now() -> Result<Instant, CliError> {
    let since =
        SystemTime::now().duration_since(UNIX_EPOCH).map_err(|_| CliError::ClockBefore1970)?;
    let seconds = i64::try_from(since.as_secs()).unwrap_or(i64::MAX);
    Ok(Instant::from_unix(seconds))
}
