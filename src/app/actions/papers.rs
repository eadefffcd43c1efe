//! What is held while paper is read; `scan` is the reading.

use std::rc::Rc;

use crate::app::host::camera::Camera;
use crate::app::host::worker::PaperWorker;

/// What is held while paper is read.
#[derive(Default)]
pub struct Papers {
    /// The worker that reads, once it is loaded.
    pub(super) worker: Option<Rc<PaperWorker>>,
    /// The parts that were read, for another worker if this one stops.
    pub(super) texts: Vec<String>,
    /// The camera, while it is on.
    pub(super) camera: Option<Camera>,
}
