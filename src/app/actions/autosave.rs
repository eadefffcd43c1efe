//! Keeps the open form on disk: each change is written at once, and shown as saved only when the
//! write is complete. A write that fails is shown and tried again.

use std::cell::Cell;
use std::rc::Rc;

use crate::app::host::channel::TabMessage;
use crate::app::host::{self, spawn_local};
use crate::app::state::form::{Access, Form};
use crate::store::{Kind, Storage, StoreError};
use crate::value::Instant;

/// What has become of the last change.
#[derive(Clone, Debug, PartialEq)]
pub enum SaveState {
    /// It is being written.
    Saving {
        /// The number of the change.
        revision: u32,
    },
    /// It is on disk.
    Saved {
        /// The number of the change.
        revision: u32,
        /// When; `None` where nothing was changed yet.
        at: Option<Instant>,
    },
    /// It could not be written.
    Failed {
        /// The number of the change.
        revision: u32,
        /// Why.
        error: StoreError,
    },
}

/// Writes the open form.
#[derive(Default)]
pub struct Autosave {
    /// The number of the last change that a person made.
    revision: Cell<u32>,
    /// Counts everything that is to be written, places scrolled to included.
    wanted: Cell<u32>,
    /// Whether a writer is at work.
    writing: Cell<bool>,
}

impl Autosave {
    /// Has a change written.
    pub fn change(self: &Rc<Self>, form: Form) {
        if form.access.peek() == Access::Trial {
            return;
        }
        self.revision.set(self.revision.get() + 1);
        form.save.set(SaveState::Saving {
            revision: self.revision.get(),
        });
        self.quietly(form);
    }

    /// Has the draft written, without a word of it: only where the person is has changed.
    pub fn quietly(self: &Rc<Self>, form: Form) {
        if form.access.peek() == Access::Trial {
            return;
        }
        self.wanted.set(self.wanted.get() + 1);
        if !self.writing.replace(true) {
            let writer = self.clone();
            // After the page has drawn the change: the answer comes first.
            host::later(0, move || spawn_local(writer.write(form)));
        }
    }

    /// The page may go away: what is not on disk yet is handed over at once. The browser keeps the
    /// order of writes, so that none that has begun can come after this one.
    pub fn hurry(self: &Rc<Self>, form: Form) {
        if !self.writing.get() || form.access.peek() == Access::Reader {
            return;
        }
        let (id, text) = (form.id(), form.snapshot());
        spawn_local(async move {
            let kept = form.app.keeper();
            if kept.put(Kind::Drafts, id.as_str(), &text).await.is_err() {
                // The writer that is at work has the same trouble, tells the person, and tries again.
                host::report(&"write".into());
            }
        });
    }

    async fn write(self: Rc<Self>, form: Form) {
        let id = form.look(|session| session.form().id.as_str().to_owned());
        let mut pause = 500;
        loop {
            // Another tab has taken the turn: what it writes now must stay.
            if form.access.peek() == Access::Reader {
                return self.writing.set(false);
            }
            let (wanted, revision) = (self.wanted.get(), self.revision.get());
            let text = form.snapshot();
            match form.app.keeper().put(Kind::Drafts, &id, &text).await {
                Ok(()) if self.wanted.get() == wanted => {
                    self.writing.set(false);
                    form.app.came_to_disk(form);
                    form.app.tabs.say(TabMessage::Saved, &id);
                    let at = (revision > 0).then(host::now);
                    return form.save.set(SaveState::Saved { revision, at });
                }
                // More has come meanwhile.
                Ok(()) => {}
                Err(error) => {
                    form.save.set(SaveState::Failed { revision, error });
                    host::pause(pause).await;
                    pause = (pause * 2).min(4_000);
                }
            }
        }
    }
}
