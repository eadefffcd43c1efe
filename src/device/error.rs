//! Errors of a device.

use std::fmt;

use crate::device::NoEntropy;
use crate::store::StoreError;

/// Why an operation of a device failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeviceError {
    /// Records cannot be read or stored.
    Store(StoreError),
    /// There is no source of random bytes.
    NoEntropy,
    /// No pack with this id is known from which a form can be made.
    NoPack(String),
}

impl From<StoreError> for DeviceError {
    fn from(error: StoreError) -> Self {
        DeviceError::Store(error)
    }
}

impl From<NoEntropy> for DeviceError {
    fn from(NoEntropy: NoEntropy) -> Self {
        DeviceError::NoEntropy
    }
}

impl fmt::Display for DeviceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DeviceError::Store(error) => write_store_error(error, f),
            DeviceError::NoEntropy => NoEntropy.fmt(f),
            DeviceError::NoPack(id) => write!(f, "no form can be made of the pack {id} here"),
        }
    }
}

impl std::error::Error for DeviceError {}

/// Writes why storage failed, for a person.
pub(super) fn write_store_error(error: &StoreError, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match error {
        StoreError::Unavailable => f.write_str("this device refuses to keep data"),
        StoreError::NewerVersion => f.write_str("a newer version of the app wrote the data here"),
        StoreError::QuotaExceeded => f.write_str("there is no room left on this device"),
        StoreError::Failed(name) => write!(f, "storage failed: {name}"),
    }
}
