//! The resources of a scan; `scan` has the actions.

use std::rc::Rc;

use crate::app::host::camera::Camera;
use crate::app::host::worker::PaperWorker;

/// The resources of a scan.
#[derive(Default)]
pub struct Papers {
    /// The worker, once it is loaded.
    pub(super) worker: Option<Rc<PaperWorker>>,
    /// The parts read so far, for a new worker if this one stops.
    pub(super) texts: Vec<String>,
    /// The camera, while it is on.
    pub(super) camera: Option<Camera>,
}
