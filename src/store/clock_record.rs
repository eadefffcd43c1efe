//! What was read off the clock of a device: `bontot.clock/1`.

use serde::{Deserialize, Serialize};

use crate::json::{FILE_LIMIT, Within};
use crate::value::{Date, Instant};

/// The least move that is told, in seconds: a day.
const MOVE: i64 = 24 * 60 * 60;

/// The largest count.
const MOST: i64 = 1 << 50;

/// What was read off the clock: when last, and how many days it has shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "format", rename = "bontot.clock/1", deny_unknown_fields)]
pub struct ClockRecord {
    /// The last reading.
    pub last: Instant,
    /// The day of the last reading, in local time.
    pub day: Date,
    /// How often a reading was of a later day than the one before. A clock that jumps ahead by years adds one.
    #[serde(with = "Within::<0, MOST>")]
    pub days: i64,
}

record!(ClockRecord, FILE_LIMIT);

/// A clock that moved by more than a day otherwise than by time passing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClockMove {
    /// Ahead, or the device slept that long.
    Ahead,
    /// Back.
    Back,
}

impl ClockRecord {
    /// The key of the record.
    pub const KEY: &'static str = "clock";

    /// The record after a reading, and whether the clock has gone back since the reading before.
    pub fn read(before: Option<ClockRecord>, now: Instant, today: Date) -> (ClockRecord, bool) {
        let Some(before) = before else {
            return (ClockRecord { last: now, day: today, days: 1 }, false);
        };
        let days = before.days + i64::from(today > before.day);
        let went_back = before.last.unix().saturating_sub(now.unix()) > MOVE;
        (ClockRecord { last: now, day: today, days: days.min(MOST) }, went_back)
    }
}

impl ClockMove {
    /// How the clock has moved, where it went on by `wall` seconds while `passed` milliseconds passed.
    pub fn of(wall: i64, passed: u64) -> Option<ClockMove> {
        let passed = i64::try_from(passed / 1000).unwrap_or(i64::MAX);
        let moved = wall.saturating_sub(passed);
        match moved {
            _ if moved > MOVE => Some(ClockMove::Ahead),
            _ if moved < -MOVE => Some(ClockMove::Back),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_later_day_counts_once_however_far_the_clock_jumps() {
        let at = |days: i64| Instant::from_unix(1_790_000_000 + days * MOVE);
        let mut record = None;
        let mut read = |days: i64| {
            let (own, went_back) = ClockRecord::read(record.take(), at(days), at(days).date());
            record = Some(own.clone());
            (own.days, went_back)
        };
        assert_eq!(read(0), (1, false));
        assert_eq!(read(0), (1, false));
        assert_eq!(read(1), (2, false));
        assert_eq!(read(4_000), (3, false));
        assert_eq!(read(2), (3, true));
        assert_eq!(read(1), (3, false)); // a day back is a traveller's
        let own = record.unwrap();
        assert_eq!(ClockRecord::from_text(&own.to_text()), Ok(own));
        assert_eq!(ClockMove::of(0, 0), None);
        assert_eq!(ClockMove::of(MOVE * 9, 1000 * 86_400 * 9), None);
        assert_eq!(ClockMove::of(MOVE + 1, 0), Some(ClockMove::Ahead));
        assert_eq!(ClockMove::of(-MOVE - 1, 0), Some(ClockMove::Back));
    }
}
