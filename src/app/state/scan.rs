//! Scanning the codes of a file from paper or another screen: the results so far, as shown.

use std::rc::Rc;

use leptos::prelude::*;

use crate::app::state::notice::Notice;
use crate::share::{PaperError, PartialFile};

/// The outcome of a named file or picture.
#[derive(Clone)]
pub struct Line {
    /// The name.
    pub name: String,
    /// The outcome.
    pub told: ScanReport,
}

/// The outcome of a file or picture.
#[derive(Clone)]
pub enum ScanReport {
    /// The number of codes read, and how many of them are parts of a file of ours.
    Codes(usize, usize),
    /// Its codes were refused.
    Refused(PaperError),
    /// Not a picture, or an unreadable one.
    NoPicture,
    /// The worker could not be loaded.
    NotLoaded,
    /// It is asked about before it is taken in.
    Asked,
    /// It was opened, with this notice.
    Opened(Option<Rc<Notice>>),
}

/// The scan results, as shown.
#[derive(Clone, Default)]
pub struct Shown {
    /// The incomplete files.
    pub partial_files: Vec<PartialFile>,
    /// The outcome of each file and picture so far.
    pub lines: Vec<Line>,
    /// The number of the current file; total.
    pub at_work: Option<(usize, usize)>,
}

/// The camera state.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub enum Camera {
    /// Off.
    #[default]
    Off,
    /// Asking permission, or running.
    On,
    /// The person or the browser refused it.
    Refused,
    /// No camera, or this page may not use it.
    None,
}

/// The state of the scan of paper.
pub struct Scan {
    /// Whether it is open.
    pub is_open: ArcRwSignal<bool>,
    /// Results so far.
    pub shown: ArcRwSignal<Shown>,
    /// The camera state.
    pub camera: ArcRwSignal<Camera>,
}

impl Default for Scan {
    /// No scan is running.
    fn default() -> Scan {
        Scan {
            is_open: ArcRwSignal::new(false),
            shown: ArcRwSignal::new(Shown::default()),
            camera: ArcRwSignal::new(Camera::Off),
        }
    }
}
