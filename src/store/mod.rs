//! Storage of a device: the trait [`Storage`], its implementations, and the formats of the records.
//! `web` is the only file outside the page that uses the browser.

/// Reading and writing of a record of at most this many bytes.
macro_rules! record {
    ($record:ty, $limit:expr) => {
        impl $record {
            /// Reads a record.
            ///
            /// # Errors
            /// The first error in the text.
            pub fn from_text(text: &str) -> Result<Self, crate::json::ReadError> {
                crate::json::from_slice(text.as_bytes(), $limit)
            }

            /// The text of the record.
            pub fn to_text(&self) -> String {
                crate::json::to_canonical(self)
            }
        }
    };
}

mod appraised;
mod backup;
mod clock_record;
mod deleted;
mod draft;
mod history;
mod key_record;
mod kit_record;
mod lineage;
mod memory;
mod pack_record;
mod paper_settings;
mod proposed;
mod spread;
mod trust_record;
mod unit_settings;
#[cfg(feature = "app")]
mod web;

pub use appraised::AppraisalRecord;
pub use backup::{
    BACKUP_FORMAT, BACKUP_LIMIT, Backup, BackupKey, Merge, Record, StoredRecords, merge,
};
pub use clock_record::{ClockMove, ClockRecord};
pub use deleted::Deleted;
pub use draft::{DRAFT_FORMAT, DRAFT_LIMIT, Draft, DraftError, HandedIn};
pub use history::{APART, SavedState, states_of, surplus};
pub use key_record::KeyRecord;
pub use kit_record::KitRecord;
pub use lineage::{Lineage, Order, StateId};
pub use memory::MemoryStorage;
pub use pack_record::PackRecord;
pub use paper_settings::{PaperKind, PaperSettings};
pub use proposed::Proposed;
pub use spread::SpreadRecord;
pub use trust_record::{Deed, DeedAt, TrustRecord};
pub use unit_settings::{PaperDay, UnitBase, UnitSettings};
#[cfg(feature = "app")]
pub use web::WebStorage;

use crate::string_enum;

string_enum! {
    /// The tables of records; each has its own keys.
    pub enum Table {
        /// Forms being filled, by assessment id.
        Drafts = "drafts",
        /// Locked keys, by thumbprint.
        Keys = "keys",
        /// Deleted forms, by [`Deleted::record_key`].
        Deleted = "deleted",
        /// Earlier states of forms, by [`SavedState::key`].
        History = "history",
        /// Keys of others, by thumbprint.
        Trust = "trust",
        /// Appraisals, by [`AppraisalRecord::key`].
        Appraised = "appraised",
        /// What was read off the clock: one record, by [`ClockRecord::KEY`].
        Clock = "clock",
        /// What the desk received, by [`Received::key`](crate::desk::register::Received::key).
        Received = "received",
        /// The texts of what it received, by the same keys.
        Texts = "texts",
        /// Good practices that are to be spread, by
        /// [`GoodPractice::key`](crate::desk::register::GoodPractice::key).
        Spread = "spread",
        /// The list of the units that are to file, and what is set beside it and for papers.
        Units = "units",
        /// Appraisals that the desk received or signed, by [`KeptAppraisal::key`](crate::desk::register::KeptAppraisal::key).
        Answers = "answers",
        /// Appraisals that are being written, by the digests of their submissions.
        Opinions = "opinions",
        /// Files beside answers, in base 64, by what `device::attached` makes of their digests.
        Attached = "attached",
        /// Packs that are being written, by the ids of [`KitRecord`].
        Kit = "kit",
        /// Earlier states of them, by [`KitRecord::state_key`].
        KitStates = "kit_states",
        /// Criteria packs that a person took, by their digests.
        Packs = "packs",
    }
}

/// Why an operation of storage failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// There is no storage, or the browser refuses it.
    #[error("this device refuses to keep data")]
    Unavailable,
    /// The data was written by a newer version of the app.
    #[error("a newer version of the app wrote the data here")]
    NewerVersion,
    /// Trust is kept in this storage only under an open key, since others can write to it.
    #[error("open a key of this device first: others can write where trust is kept")]
    NoOpenKey,
    /// There is no room left.
    #[error("there is no room left on this device")]
    QuotaExceeded,
    /// Any other failure, with the name of the browser's exception.
    #[error("storage failed: {0}")]
    Failed(String),
}

/// What [`Storage::change`] does with a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Write {
    /// Leaves it as it is.
    Leave,
    /// Stores a text.
    Put(String),
    /// Removes it.
    Remove,
}

/// Stores texts by table and key. When a write returns, it is on disk.
#[allow(async_fn_in_trait)] // one thread: no future of ours has to be `Send`
pub trait Storage {
    /// Every record of a table, as key and text, in any order.
    async fn list(&self, table: Table) -> Result<Vec<(String, String)>, StoreError>;
    /// The keys of a table, in any order.
    async fn keys(&self, table: Table) -> Result<Vec<String>, StoreError>;
    /// The text under a key.
    async fn get(&self, table: Table, key: &str) -> Result<Option<String>, StoreError>;
    /// Stores a text under a key, replacing the text there.
    async fn put(&self, table: Table, key: &str, text: &str) -> Result<(), StoreError>;
    /// Removes the text under a key, if any.
    async fn remove(&self, table: Table, key: &str) -> Result<(), StoreError>;
    /// Reads the text under a key and writes what `decide` makes of it, in one transaction: nobody
    /// else, in this tab or another, writes in between. Returns what `decide` said besides.
    async fn change<T>(
        &self,
        table: Table,
        key: &str,
        decide: impl FnOnce(Option<&str>) -> (Write, T),
    ) -> Result<T, StoreError>;
    /// At most so many records of a table, as key and text, in the order of their keys: from the first on, or from behind a
    /// key.
    async fn some(
        &self,
        table: Table,
        behind: Option<&str>,
        most: u32,
    ) -> Result<Vec<(String, String)>, StoreError>;
    /// As [`Storage::change`], for several records: all are written or none. `decide` gets the place of a record in `at`.
    async fn change_all(
        &self,
        at: &[(Table, String)],
        decide: impl FnMut(usize, Option<&str>) -> Write,
    ) -> Result<(), StoreError>;
}
