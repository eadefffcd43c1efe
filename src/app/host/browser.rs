//! The browser as the host of a device.

use super::{derive, fill_random, is_file, lower_case, monotonic, normal, now, today};
use crate::device::{Host, NoEntropy};
use crate::seal::{Derivation, Kek};
use crate::value::{Date, Instant};

/// The browser that runs the page.
#[derive(Clone, Copy, Debug, Default)]
pub struct Browser;

impl Host for Browser {
    fn now(&self) -> Instant {
        now()
    }

    fn today(&self) -> Date {
        today()
    }

    fn monotonic(&self) -> u64 {
        monotonic()
    }

    fn random(&self, bytes: &mut [u8]) -> Result<(), NoEntropy> {
        if fill_random(bytes) { Ok(()) } else { Err(NoEntropy) }
    }

    fn normalize(&self, text: &str) -> String {
        normal(text)
    }

    fn lower_case(&self, text: &str) -> String {
        lower_case(text)
    }

    fn storage_is_shared(&self) -> bool {
        is_file()
    }

    async fn derive(&self, derivation: &Derivation, passphrase: &str) -> Kek {
        derive(derivation, passphrase).await
    }
}
