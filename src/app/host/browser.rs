//! The browser as the host of a device.

use crate::app::host;
use crate::device::{Host, NoEntropy};
use crate::seal::{Derivation, Kek};
use crate::value::{Date, Instant};

/// The browser that the page runs in.
pub struct Browser;

impl Host for Browser {
    fn now(&self) -> Instant {
        host::now()
    }

    fn today(&self) -> Date {
        host::today()
    }

    fn monotonic(&self) -> u64 {
        host::monotonic()
    }

    fn random(&self, bytes: &mut [u8]) -> Result<(), NoEntropy> {
        host::random(bytes).ok_or(NoEntropy)
    }

    fn normalize(&self, text: &str) -> String {
        host::normal(text)
    }

    fn lower_case(&self, text: &str) -> String {
        host::lower_case(text)
    }

    async fn derive(&self, derivation: &Derivation, passphrase: &str) -> Kek {
        host::derive(derivation, passphrase).await
    }
}
