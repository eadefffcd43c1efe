//! A table that is to become criteria: the file, what a person says of it, and what would come of it.

use std::rc::Rc;

use leptos::prelude::*;

use crate::kit::import::{Choice, FileError, Seen};

/// A table that is looked at.
pub struct Importing {
    /// What is shown of it.
    pub stage: ArcRwSignal<Stage>,
    /// What a person says of it.
    pub choice: ArcRwSignal<Option<Choice>>,
    /// Whether it is being looked at again.
    pub is_busy: ArcRwSignal<bool>,
    /// The name of the file.
    pub file: ArcRwSignal<String>,
    /// The digest of the pack whose levels and types it takes; empty for one of each.
    pub units: ArcRwSignal<String>,
}

impl Default for Importing {
    fn default() -> Self {
        Importing {
            stage: ArcRwSignal::new(Stage::Nothing),
            choice: ArcRwSignal::new(None),
            is_busy: ArcRwSignal::new(false),
            file: ArcRwSignal::new(String::new()),
            units: ArcRwSignal::new(String::new()),
        }
    }
}

/// How far a table is read.
#[derive(Clone, Debug)]
pub enum Stage {
    /// There is none.
    Nothing,
    /// The worker is being loaded, or reads it.
    Reading,
    /// The worker was not loaded, or stopped.
    NoWorker,
    /// It is no table.
    Refused(FileError),
    /// It was read.
    Seen(Rc<Seen>),
}
