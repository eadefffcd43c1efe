//! Notices: something to tell, kept as data so that it speaks the language of the page.

use crate::device::{DeviceError, Imported, NoEntropy, RefusedFile, RestoreReport};
use crate::store::{Deleted, StoreError};

/// Something to tell.
#[derive(Debug)]
pub enum Notice {
    /// A form was deleted; it can be brought back.
    Deleted(Deleted),
    /// A backup was merged into what is here.
    Restored(RestoreReport),
    /// A form was opened from a file.
    Imported(Imported),
    /// Something else was taken in, or a trial ended.
    Received(Received),
    /// A file was refused.
    Refused(RefusedFile),
    /// The browser cannot read the file of this name.
    FileUnreadable(String),
    /// A file was handed to the browser.
    Exported,
    /// The form is again as it was earlier.
    Returned,
    /// Storage did not do what it was asked.
    Storage(StoreError),
    /// There were forms here, this many, and there are none now.
    Emptied(String),
    /// The form was signed with a key for which there is no room.
    KeyNotKept,
    /// Another tab took the form before everything here was saved; it was kept as a form of its own.
    KeptCopy,
    /// The chunk that this needs could not be loaded.
    ChunkFailed,
}

/// What was taken in that is no form; and what became of a trial.
#[derive(Clone, Debug, PartialEq)]
pub enum Received {
    /// The card of a key; whose.
    Card(String),
    /// The card of a key that is here.
    KnownCard(String),
    /// A trust list, of which so many keys are new.
    Trust(usize),
    /// What a superior said of a form.
    Appraisal,
    /// What was tried is in the form now.
    Tried,
    /// A trial of a form was left, and waits.
    TrialLeft,
    /// A form that came by a link was left, and waits.
    LinkLeft,
    /// A form that came by a link was kept.
    LinkKept,
}

impl From<NoEntropy> for Notice {
    fn from(NoEntropy: NoEntropy) -> Notice {
        Notice::Storage(StoreError::Failed("crypto".into()))
    }
}

impl From<DeviceError> for Notice {
    fn from(error: DeviceError) -> Notice {
        match error {
            DeviceError::Store(error) => Notice::Storage(error),
            DeviceError::NoEntropy => Notice::from(NoEntropy),
            DeviceError::NoPack(id) => Notice::Storage(StoreError::Failed(id)),
        }
    }
}
