//! Reading a form from paper: what was read so far, as it is shown.

use std::rc::Rc;

use leptos::prelude::*;

use crate::app::state::notice::Notice;
use crate::share::{PaperError, PartialFile};

/// What became of a file or a picture, by its name.
#[derive(Clone)]
pub struct Line {
    /// The name.
    pub name: String,
    /// What became of it.
    pub told: ScanReport,
}

/// What became of a file or a picture.
#[derive(Clone)]
pub enum ScanReport {
    /// So many codes were read from it, and so many of them are parts of a form.
    Codes(usize, usize),
    /// Its codes were refused.
    Refused(PaperError),
    /// It is no picture, or one that could not be read.
    NoPicture,
    /// The part of the page that reads could not be loaded.
    NotLoaded,
    /// It was opened; this was told of it.
    Opened(Option<Rc<Notice>>),
}

/// What is being read, as it is shown.
#[derive(Clone, Default)]
pub struct Shown {
    /// The files that are not whole.
    pub partial_files: Vec<PartialFile>,
    /// What became of each file and picture so far.
    pub lines: Vec<Line>,
    /// Which of how many is being looked at.
    pub at_work: Option<(usize, usize)>,
}

/// What the camera does.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub enum Camera {
    /// It is off.
    #[default]
    Off,
    /// The person is asked, or it looks.
    On,
    /// The person or the browser has refused it.
    Refused,
    /// There is none, or this page may not use it.
    None,
}

/// What views watch of paper that is being read.
pub struct Scan {
    /// Whether there is any.
    pub is_open: ArcRwSignal<bool>,
    /// What was read so far.
    pub shown: ArcRwSignal<Shown>,
    /// What the camera does.
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
