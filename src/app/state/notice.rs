//! Notices, kept as data so that they follow the language of the page.

use crate::app::state::undo::Way;
use crate::device::{DeviceError, Imported, NoEntropy, RefusedFile, RestoreReport};
use crate::session::Section;
use crate::store::{ClockMove, Deleted, StoreError};
use crate::value::{Id, Label, Version};

/// A notice.
#[derive(Debug)]
pub enum Notice {
    /// A form was deleted; it can be restored.
    Deleted(Deleted),
    /// A backup was merged into storage.
    Restored(RestoreReport),
    /// A form was opened from a file.
    Imported(Imported),
    /// Something else was imported, or a trial ended.
    Received(Received),
    /// A file was refused.
    Refused(RefusedFile),
    /// The codes on paper hold another file than a signed form.
    NotOnPaper,
    /// The browser cannot read the file of this name.
    FileUnreadable(String),
    /// A file was downloaded.
    Exported,
    /// An earlier state was restored.
    Returned,
    /// A step was undone or done again, in this section and at this item.
    Stepped(Way, Section, Option<Id>),
    /// The keys of a form.
    Keys,
    /// A storage operation failed.
    Storage(StoreError),
    /// All forms are gone; holds their former number.
    Emptied(String),
    /// The form was signed with a key that was not stored.
    KeyNotKept,
    /// Another tab took, replaced or deleted the form before all changes were saved; they were saved as a
    /// new form.
    KeptCopy,
    /// The clock of the device moved by more than a day.
    ClockMoved(ClockMove),
    /// The deferred chunk could not be loaded.
    ChunkFailed,
}

/// An import that is no form, or the end of a trial.
#[derive(Clone, Debug, PartialEq)]
pub enum Received {
    /// A key card; its unit.
    Card(String),
    /// The card of a known key.
    KnownCard(String),
    /// A trust list: the numbers of new keys, and of those that it revoked.
    Trust(usize, usize),
    /// A criteria pack.
    Pack(Box<TakenPack>),
    /// An appraisal of a form.
    Appraisal,
    /// A trial was applied to its form.
    Tried,
    /// A trial was left and is kept.
    TrialLeft,
    /// A form from a link was left and is kept.
    LinkLeft,
    /// A form from a link was saved.
    LinkKept,
    /// A form was begun from the last one.
    Begun,
    /// The open form was moved to this version of its pack.
    Moved(Version),
}

/// A criteria pack that was taken.
#[derive(Clone, Debug, PartialEq)]
pub struct TakenPack {
    /// Its name.
    pub title: Label,
    /// Its version.
    pub version: Version,
    /// Are new forms made by it?
    pub is_offered: bool,
}

impl Notice {
    /// Does it go by itself after a while? Not where something failed, or is to be done.
    pub fn is_passing(&self) -> bool {
        match self {
            Notice::Exported | Notice::Returned | Notice::Stepped(..) => true,
            Notice::Received(received) => {
                !matches!(received, Received::Trust(_, 1..) | Received::Moved(_))
            }
            _ => false,
        }
    }
}

impl From<NoEntropy> for Notice {
    fn from(NoEntropy: NoEntropy) -> Notice {
        Notice::Storage(NoEntropy.into())
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
