//! Keeps the open form on disk: each change is written at once, and shown as saved only when the
//! write is complete. A write that fails is shown and tried again.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::browser;
use crate::app::form_state::Core;
use crate::app::state::App;
use crate::store::{Kind, Storage, StoreError};
use crate::value::Instant;

/// What has become of the last change.
#[derive(Clone, Debug, PartialEq)]
pub enum SaveState {
    /// It is being written.
    Saving {
        /// The number of the change.
        revision: u64,
    },
    /// It is on disk.
    Saved {
        /// The number of the change.
        revision: u64,
        /// When; `None` where nothing was changed yet.
        at: Option<Instant>,
    },
    /// It could not be written.
    Failed {
        /// The number of the change.
        revision: u64,
        /// Why.
        error: StoreError,
    },
}

/// Writes the open form.
pub struct Autosave {
    app: App,
    core: Rc<Core>,
    save: RwSignal<SaveState>,
    /// The number of the last change that a person made.
    revision: Cell<u64>,
    /// Counts everything that is to be written, places scrolled to included.
    wanted: Cell<u64>,
    /// Whether a writer is at work.
    writing: Cell<bool>,
}

impl Autosave {
    /// A writer for a form that has just been opened.
    pub fn new(app: App, core: Rc<Core>, save: RwSignal<SaveState>) -> Autosave {
        Autosave {
            app,
            core,
            save,
            revision: Cell::new(0),
            wanted: Cell::new(0),
            writing: Cell::new(false),
        }
    }

    /// Has a change written.
    pub fn change(self: &Rc<Self>) {
        self.revision.set(self.revision.get() + 1);
        self.save.set(SaveState::Saving {
            revision: self.revision.get(),
        });
        self.quietly();
    }

    /// Has the draft written, without a word of it: only where the person is has changed.
    pub fn quietly(self: &Rc<Self>) {
        self.wanted.set(self.wanted.get() + 1);
        if !self.writing.replace(true) {
            let writer = self.clone();
            // After the page has drawn the change: the answer comes first.
            browser::later(0, move || spawn_local(writer.write()));
        }
    }

    async fn write(self: Rc<Self>) {
        let mut pause = 500;
        loop {
            let (wanted, revision) = (self.wanted.get(), self.revision.get());
            let text = self.core.snapshot();
            let id = self.core.session.borrow().form().id.clone();
            match self
                .app
                .keeper()
                .put(Kind::Drafts, id.as_str(), &text)
                .await
            {
                Ok(()) if self.wanted.get() == wanted => {
                    self.writing.set(false);
                    let at = (revision > 0).then(browser::now);
                    self.save.set(SaveState::Saved { revision, at });
                    return;
                }
                // More has come meanwhile.
                Ok(()) => {}
                Err(error) => {
                    self.save.set(SaveState::Failed { revision, error });
                    browser::pause(pause).await;
                    pause = (pause * 2).min(8_000);
                }
            }
        }
    }
}
