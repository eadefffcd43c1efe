//! How far the open form is saved.

use std::cell::Cell;

use crate::store::StoreError;
use crate::value::Instant;

/// The save state of the last change.
#[derive(Clone, Debug, PartialEq)]
pub enum SaveState {
    /// Being written.
    Saving {
        /// The number of the change.
        revision: u32,
    },
    /// On disk.
    Saved {
        /// The number of the change.
        revision: u32,
        /// When; `None` if nothing was changed yet.
        at: Option<Instant>,
    },
    /// Writing failed.
    Failed {
        /// The number of the change.
        revision: u32,
        /// Why.
        error: StoreError,
    },
}

/// The progress of saving a form; see `actions::autosave`.
#[derive(Default)]
pub struct Writing {
    /// The number of the person's last change.
    pub revision: Cell<u32>,
    /// Counts all requests to save, including scroll positions.
    pub wanted: Cell<u32>,
    /// The last change that got a state id.
    pub numbered: Cell<u32>,
    /// Whether a save is running.
    pub is_writing: Cell<bool>,
}
