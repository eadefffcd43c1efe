//! Readings of the clock, so that nothing is deleted and nobody misled by one that jumped.

use std::cell::Cell;

use crate::device::{Device, Host};
use crate::store::{ClockMove, ClockRecord, Storage, StoreError, Table, Write};
use crate::value::Instant;

/// The last reading in this visit, by the wall clock and by the monotonic one in milliseconds.
#[derive(Default)]
pub(super) struct Readings {
    last: Cell<Option<(Instant, u64)>>,
}

impl<S: Storage, H: Host> Device<S, H> {
    /// Reads the clock and keeps the reading; returns how it moved by more than a day since the reading
    /// before, otherwise than by time passing. Each move is returned once.
    ///
    /// # Errors
    /// The reading cannot be kept.
    pub async fn read_clock(&self) -> Result<Option<ClockMove>, StoreError> {
        let (now, today, ticks) = (self.host.now(), self.host.today(), self.host.monotonic());
        let in_visit = self.clock_move();
        self.readings.last.set(Some((now, ticks)));
        let keep = |kept: Option<&str>| {
            let before = kept.and_then(|text| ClockRecord::from_text(text).ok());
            // A record of a later version stays.
            if kept.is_some() && before.is_none() {
                return (Write::Leave, false);
            }
            let (record, went_back) = ClockRecord::read(before, now, today);
            (Write::Put(record.to_text()), went_back)
        };
        let storage = self.storage();
        let went_back = storage.change(Table::Clock, ClockRecord::KEY, keep).await?;
        Ok(if went_back { Some(ClockMove::Back) } else { in_visit })
    }

    /// How the clock has moved by more than a day in this visit since its last reading. Nothing is read from
    /// storage or kept, so this costs little.
    pub fn clock_move(&self) -> Option<ClockMove> {
        let (wall, before) = self.readings.last.get()?;
        let passed = self.host.monotonic().saturating_sub(before);
        ClockMove::of(self.host.now().unix().saturating_sub(wall.unix()), passed)
    }

    /// How many days the clock has shown when the page was opened.
    pub(super) async fn days_seen(&self) -> Result<i64, StoreError> {
        let text = self.storage().get(Table::Clock, ClockRecord::KEY).await?;
        let record = text.and_then(|text| ClockRecord::from_text(&text).ok());
        Ok(record.map_or(0, |record| record.days))
    }
}
