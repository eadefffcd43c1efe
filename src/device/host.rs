//! What a device lends to the code that runs on it: clocks, random bytes, Unicode, slow derivations.

use std::fmt;

use crate::seal::{Derivation, Kek};
use crate::value::{Date, Instant};

/// What a device lends. The page implements it with the browser, tests with values that they set.
#[allow(async_fn_in_trait)] // one thread: no future of ours has to be `Send`
pub trait Host {
    /// The time now, by the clock that people read.
    fn now(&self) -> Instant;
    /// The day now, on the calendar of this place.
    fn today(&self) -> Date;
    /// Milliseconds of a clock that never goes back, whatever people do to the other one.
    fn monotonic(&self) -> u64;
    /// Fills `bytes` with random ones that are fit for keys.
    ///
    /// # Errors
    /// There is no source of random bytes; what stands in `bytes` then must not be used.
    fn random(&self, bytes: &mut [u8]) -> Result<(), NoEntropy>;
    /// A text in Unicode NFC, trimmed (spec s. 1).
    fn normalize(&self, text: &str) -> String;
    /// A text in lower case, for sorting.
    fn lower_case(&self, text: &str) -> String;
    /// Derives the key of a lock from a passphrase.
    async fn derive(&self, derivation: &Derivation, passphrase: &str) -> Kek;
}

/// What the browser says of its storage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// Whether it promises not to clear the data by itself.
    pub lasting: bool,
    /// How much can still be kept, in bytes; `None` where it does not say.
    pub left: Option<u64>,
}

/// The device has no source of random bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoEntropy;

impl fmt::Display for NoEntropy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this device has no source of random bytes")
    }
}

impl std::error::Error for NoEntropy {}
