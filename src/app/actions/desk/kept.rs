//! A worker that keeps something while it is looked at.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::app::host::desk_worker::DeskWorker;

/// The worker, once it has what it is to keep.
#[derive(Default)]
pub(super) struct Kept {
    worker: RefCell<Option<Rc<DeskWorker>>>,
    turn: Cell<u32>,
}

impl Kept {
    /// Another one begins to take in what it is to keep; returns its turn.
    pub(super) fn begin(&self) -> u32 {
        self.turn.set(self.turn.get().wrapping_add(1));
        self.turn.get()
    }

    /// Is it still this turn?
    pub(super) fn is_at(&self, turn: u32) -> bool {
        self.turn.get() == turn
    }

    /// Keeps a worker.
    pub(super) fn keep(&self, worker: Rc<DeskWorker>) {
        self.worker.replace(Some(worker));
    }

    /// The worker.
    pub(super) fn worker(&self) -> Option<Rc<DeskWorker>> {
        self.worker.borrow().clone()
    }

    /// Ends the worker, and what it has begun.
    pub(super) fn end(&self) {
        self.begin();
        self.worker.take();
    }
}
