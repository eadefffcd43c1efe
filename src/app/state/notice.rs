//! Notices: something to tell, kept as data so that it speaks the language of the page.

use crate::app::actions::backup::Report;
use crate::app::actions::open_file::{Imported, Received, Refusal};
use crate::store::{Deleted, StoreError};

/// Something to tell.
#[derive(Debug)]
pub enum Notice {
    /// A form was deleted; it can be brought back.
    Deleted(Deleted),
    /// A backup was merged into what is here.
    Restored(Report),
    /// A file was opened.
    Imported(Imported),
    /// A file that is no form was taken in.
    Received(Received),
    /// A file was refused.
    Refused {
        /// Its name.
        file: String,
        /// Why.
        why: Refusal,
    },
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
