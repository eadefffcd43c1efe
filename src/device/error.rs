//! Errors of a device.

use crate::device::NoEntropy;
use crate::store::StoreError;

/// Why an operation of a device failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DeviceError {
    /// Records cannot be read or stored.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There is no source of random bytes.
    #[error("{}", NoEntropy)]
    NoEntropy,
    /// No pack with this id is known from which a form can be made.
    #[error("no form can be made of the pack {0} here")]
    NoPack(String),
}

impl From<NoEntropy> for DeviceError {
    fn from(NoEntropy: NoEntropy) -> Self {
        DeviceError::NoEntropy
    }
}
