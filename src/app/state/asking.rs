//! A file that was read and waits for a person's word.

use std::cell::RefCell;

use crate::device::{Announced, Incoming};

/// A file that would change what is here.
pub struct Asking {
    /// Its name.
    pub name: String,
    /// What it would change.
    pub announced: Announced,
    /// Its content; `None` once it is answered.
    pub incoming: RefCell<Option<Incoming>>,
}
