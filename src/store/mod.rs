//! Drafts and keys on this device: a trait, its memory twin, and the formats of what is kept.
//! `web` is the only file outside the page that knows a browser.

mod appraised;
mod backup;
mod deleted;
mod draft;
mod history;
mod key_record;
mod memory;
mod trust_record;
#[cfg(feature = "app")]
mod web;

pub use appraised::AppraisalRecord;
pub use backup::{
    BACKUP_FORMAT, BACKUP_LIMIT, Backup, BackupKey, Merge, Record, StoredRecords, merge,
};
pub use deleted::Deleted;
pub use draft::{DRAFT_FORMAT, DRAFT_LIMIT, Draft, DraftError};
pub use history::{APART, SavedState, states_of, surplus};
pub use key_record::KeyRecord;
pub use memory::MemoryStorage;
pub use trust_record::{Deed, DeedAt, TrustRecord};
#[cfg(feature = "app")]
pub use web::WebStorage;

use std::fmt;

use crate::string_enum;

string_enum! {
    /// The tables of records; each has its own keys.
    pub enum Table {
        /// Forms being filled, by assessment id.
        Drafts = "drafts",
        /// Locked keys, by thumbprint.
        Keys = "keys",
        /// Deleted forms, for a while.
        Deleted = "deleted",
        /// Earlier states of forms, by [`SavedState::key`].
        History = "history",
        /// Keys of others, by thumbprint.
        Trust = "trust",
        /// What superiors said of forms, by [`AppraisalRecord::key`].
        Appraised = "appraised",
    }
}

/// Why storage did not do what it was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// There is none, or the browser refuses it.
    Unavailable,
    /// The data was written by a newer version of the app.
    NewerVersion,
    /// There is no room left.
    QuotaExceeded,
    /// It failed, and this is the name that the browser gave.
    Failed(String),
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StoreError::Unavailable => f.write_str("there is no storage"),
            StoreError::NewerVersion => f.write_str("a newer version wrote the data"),
            StoreError::QuotaExceeded => f.write_str("there is no room left"),
            StoreError::Failed(name) => write!(f, "storage failed: {name}"),
        }
    }
}

impl std::error::Error for StoreError {}

/// Keeps texts by table and key. A write that returns is on disk.
#[allow(async_fn_in_trait)] // one thread: no future of ours has to be `Send`
pub trait Storage {
    /// Every record of a table, as key and text, in any order.
    async fn list(&self, table: Table) -> Result<Vec<(String, String)>, StoreError>;
    /// The keys of a table, in any order.
    async fn keys(&self, table: Table) -> Result<Vec<String>, StoreError>;
    /// The text under a key.
    async fn get(&self, table: Table, key: &str) -> Result<Option<String>, StoreError>;
    /// Keeps a text under a key, in place of what was there.
    async fn put(&self, table: Table, key: &str, text: &str) -> Result<(), StoreError>;
    /// Removes what is under a key.
    async fn remove(&self, table: Table, key: &str) -> Result<(), StoreError>;
}
