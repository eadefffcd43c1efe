//! What files are received by: packs, trusted keys, the day.

use std::path::PathBuf;

use crate::cli::{CliError, packs, time, trust};
use crate::desk::{Reception, TrustList};
use crate::pack::Pack;
use crate::pack::catalog::Catalog;
use crate::value::{Date, Instant};

/// What every thread receives by. A catalog belongs to one thread, so each makes its own.
pub(super) struct Known {
    /// The packs that were given.
    given: Vec<Pack>,
    /// The keys of all lists.
    pub(super) trust: TrustList,
    /// The day of receiving.
    pub(super) day: Date,
}

impl Known {
    /// Reads packs and trust lists; without a day it is today.
    pub(super) fn read(
        packs: &[PathBuf],
        lists: &[PathBuf],
        day: Option<Date>,
    ) -> Result<Known, CliError> {
        let mut trust = TrustList::default();
        for list in lists {
            trust.merge(&trust::read(list)?);
        }
        let day = day.map_or_else(time::today, Ok)?;
        Ok(Known { given: packs::given(packs)?, trust, day })
    }

    /// The built-in packs and those that were given.
    pub(super) fn catalog(&self) -> Result<Catalog, CliError> {
        let mut catalog = packs::built_in()?;
        for pack in &self.given {
            catalog.add(pack.clone());
        }
        Ok(catalog)
    }

    /// What a thread receives by. The end of the day stands for the time, so that the same files give the same rows at
    /// any hour.
    pub(super) fn reception<'a>(&'a self, packs: &'a Catalog) -> Reception<'a> {
        Reception { packs, trust: &self.trust, now: Some(Instant::end_of(self.day)) }
    }
}
