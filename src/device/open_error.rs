//! Why a file is not opened.

use crate::device::{DeviceError, NoEntropy};
use crate::json::ReadError;
use crate::pack::lint::LintError;
use crate::store::StoreError;
use crate::value::shown;

/// A file that was not opened.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{file}: {why}")]
pub struct RefusedFile {
    /// Its name, as it is shown.
    pub file: String,
    /// Why.
    pub why: OpenError,
}

impl RefusedFile {
    /// A refusal of the file of this name, which is cut for showing.
    pub fn new(name: &str, why: OpenError) -> RefusedFile {
        RefusedFile { file: shown(name).into_owned(), why }
    }
}

/// Why a file was not opened.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum OpenError {
    /// Its format is unknown, or it is malformed.
    #[error(transparent)]
    Read(ReadError),
    /// A newer version of the app made it.
    #[error("a newer version of the app made this file")]
    Newer,
    /// The signature does not fit.
    #[error("the signature does not fit")]
    Signature,
    /// Its pack is not known; id and version.
    #[error("the pack {0} is not known here")]
    Pack(String),
    /// It is a pack with the id and the version of another one that is known; both.
    #[error("another pack is known as {0}")]
    Namesake(String),
    /// It is a pack with errors.
    #[error("the pack has {} errors", .0.len())]
    PackErrors(Vec<LintError>),
    /// Its outcome differs from the rules'; the item, or a JSON Pointer.
    #[error("the rules give another outcome than the file: {0}")]
    Outcome(String),
    /// It appraises a submission that is not on this device.
    #[error("no form here was signed as this file says")]
    NoSuchForm,
    /// It appraises an item that does not apply to the form.
    #[error("the form has no item {0}")]
    Item(String),
    /// Records cannot be read or stored.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There are no random bytes for a new id.
    #[error("{}", NoEntropy)]
    NoEntropy,
}

impl From<DeviceError> for OpenError {
    fn from(error: DeviceError) -> Self {
        match error {
            DeviceError::Store(error) => OpenError::Store(error),
            DeviceError::NoEntropy => OpenError::NoEntropy,
            DeviceError::NoPack(id) => OpenError::Pack(id),
        }
    }
}

impl From<NoEntropy> for OpenError {
    fn from(NoEntropy: NoEntropy) -> Self {
        OpenError::NoEntropy
    }
}
