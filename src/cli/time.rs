//! The system clock, and the civil day of this machine.

use std::time::{SystemTime, UNIX_EPOCH};

use chrono::{Datelike, Local};

use crate::cli::CliError;
use crate::value::{Date, Instant};

/// The time now, in whole seconds.
pub(super) fn now() -> Result<Instant, CliError> {
    let since =
        SystemTime::now().duration_since(UNIX_EPOCH).map_err(|_| CliError::ClockBefore1970)?;
    let seconds = i64::try_from(since.as_secs()).unwrap_or(i64::MAX);
    Ok(Instant::from_unix(seconds))
}

/// The day now where this machine stands; not that of UTC, which in Vietnam is yesterday until seven in the morning.
pub(super) fn today() -> Result<Date, CliError> {
    let day = Local::now().date_naive();
    let year = u16::try_from(day.year()).ok();
    let (month, day) = (u8::try_from(day.month()).ok(), u8::try_from(day.day()).ok());
    let date =
        year.zip(month).zip(day).and_then(|((year, month), day)| Date::new(year, month, day));
    date.ok_or(CliError::ClockOutOfRange)
}
