//! The services of the host: clocks, random bytes, Unicode, slow derivations.

use crate::seal::{Derivation, Kek};
use crate::store::StoreError;
use crate::value::{Date, Instant};

/// The services of the host. The page implements it with the browser, tests with fixed values.
#[allow(async_fn_in_trait)] // one thread: no future of ours has to be `Send`
pub trait Host {
    /// The time by the wall clock.
    fn now(&self) -> Instant;
    /// The day in the local time zone.
    fn today(&self) -> Date;
    /// Milliseconds of a monotonic clock.
    fn monotonic(&self) -> u64;
    /// Fills `bytes` with cryptographically secure random bytes.
    ///
    /// # Errors
    /// There is no source of random bytes; `bytes` must not be used then.
    fn random(&self, bytes: &mut [u8]) -> Result<(), NoEntropy>;
    /// A text in Unicode NFC, trimmed (spec s. 1).
    fn normalize(&self, text: &str) -> String;
    /// A text in lower case, for sorting.
    fn lower_case(&self, text: &str) -> String;
    /// Whether programs of others can write to the storage, as every HTML file of a disk can to that of the portable page:
    /// trust that is kept there then counts only with a proof under an open key of this device.
    fn storage_is_shared(&self) -> bool {
        false
    }
    /// Derives the key of a lock from a passphrase.
    async fn derive(&self, derivation: &Derivation, passphrase: &str) -> Kek;
}

/// The state of the browser's storage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// Whether the browser promises not to evict the data.
    pub lasting: bool,
    /// Free space in bytes; `None` where the browser does not state it.
    pub left: Option<u64>,
}

/// The device has no source of random bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this device has no source of random bytes")]
pub struct NoEntropy;

impl From<NoEntropy> for StoreError {
    fn from(NoEntropy: NoEntropy) -> Self {
        StoreError::Failed("crypto".to_owned())
    }
}
