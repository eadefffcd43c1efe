//! Keeps the open form on disk: each change is written at once, and shown as saved only when the write is complete. A
//! write that fails is shown and tried again.

use crate::app::host::{self, spawn_local};
use leptos::prelude::*;

use crate::app::actions::chunks;
use crate::app::actions::form::Form;
use crate::app::host::channel::TabMessage;
use crate::app::state::form::{Access, SaveState};
use crate::app::state::notice::Notice;
use crate::app::state::signals::SetIfChanged;
use crate::device::{NoEntropy, Saved};
use crate::store::{Draft, Lineage, StoreError};

impl Form {
    /// Saves a change.
    pub fn save_changes(&self) {
        if self.note_unsaved() {
            self.save.notify();
            self.save_place();
        }
    }

    /// Notes that a change is to be saved, if it is. Nobody is notified.
    pub(super) fn note_unsaved(&self) -> bool {
        let is_kept = self.access.get_untracked() != Access::Trial;
        if is_kept {
            let revision = self.writing.revision.get() + 1;
            self.writing.revision.set(revision);
            *self.save.write_untracked() = SaveState::Saving { revision };
        }
        is_kept
    }

    /// Saves the draft without a status: only the section or scroll changed.
    pub fn save_place(&self) {
        if self.access.get_untracked() == Access::Trial {
            return;
        }
        self.writing.wanted.set(self.writing.wanted.get() + 1);
        if !self.writing.is_writing.replace(true) {
            let form = self.clone();
            spawn_local(async move {
                // Write after the page has drawn the change.
                host::pause(0).await;
                write(form).await;
            });
        }
    }

    /// Waits until all is saved; `false` if saving fails.
    pub async fn settle(&self) -> bool {
        loop {
            match self.save.get_untracked() {
                SaveState::Saved { .. } => return true,
                SaveState::Saving { .. } => host::pause(10).await,
                SaveState::Failed { .. } => return false,
            }
        }
    }

    /// Writes unsaved changes at once, as the page may close. The browser keeps the order of writes, so
    /// no earlier write can overtake this one.
    pub fn hurry(&self) {
        if !self.writing.is_writing.get() || self.access.get_untracked() == Access::Reader {
            return;
        }
        let (form, id, state) = (self.clone(), self.id(), self.next_state());
        spawn_local(async move {
            if form.app.device.save(&form.writer, &id, state).await.is_err() {
                // The running `write` fails the same way, shows the error and retries.
                host::report(&"write".into());
            }
        });
    }

    /// The form as it is now, as text and with its lineage. A change makes it a state with an id of its own.
    fn next_state(&self) -> (Lineage, String) {
        self.number_state();
        (self.writer.lineage(), self.snapshot())
    }

    fn number_state(&self) {
        let revision = self.writing.revision.get();
        if self.writing.numbered.replace(revision) != revision {
            self.note_lineage(self.app.device.next_state(&self.writer));
        }
    }

    /// The form as it is now, as a form of its own.
    ///
    /// # Errors
    /// There are no random bytes for its id.
    pub(super) fn parted(&self) -> Result<Draft, NoEntropy> {
        self.number_state();
        self.app.device.part(self.copy(self.id()))
    }

    /// Its changes are on disk, here or in another form.
    pub(super) fn note_saved(&self) {
        let revision = self.writing.revision.get();
        self.save.set_if_changed(SaveState::Saved { revision, at: None });
    }

    /// Another tab has written or deleted the form: follows it, and keeps what is not saved here as a form
    /// of its own.
    async fn step_aside(&self) {
        let app = self.app;
        if self.is_saved() {
            if self.is_shown() {
                app.read_again(self).await;
            }
            return;
        }
        self.access.set_if_changed(Access::Reader);
        let copy = match self.parted() {
            Ok(copy) => copy,
            Err(error) => {
                let error = StoreError::from(error);
                let revision = self.writing.revision.get();
                self.save.set_if_changed(SaveState::Failed { revision, error: error.clone() });
                return app.tell(Notice::Storage(error));
            }
        };
        // Where there is no room, it stays open under its new id until there is.
        app.keep_parted(copy, self.is_shown()).await;
        self.note_saved();
    }
}

async fn write(form: Form) {
    let id = form.id();
    let mut pause = 500;
    loop {
        // Another tab has the lock: do not overwrite its changes.
        if form.access.get_untracked() == Access::Reader {
            return form.writing.is_writing.set(false);
        }
        let (wanted, revision) = (form.writing.wanted.get(), form.writing.revision.get());
        let state = form.next_state();
        match form.app.device.save(&form.writer, &id, state).await {
            Ok(Saved::Done) if form.writing.wanted.get() == wanted => {
                form.writing.is_writing.set(false);
                form.as_it_stands(); // cached for the next change
                form.app.came_to_disk(&form);
                form.app.tabs.say(TabMessage::Saved, id.as_str());
                let at = (revision > 0).then(host::now);
                form.save.set_if_changed(SaveState::Saved { revision, at });
                if form.app.device.clock_move().is_some() {
                    let app = form.app;
                    chunks::when_loaded(app, move |deferred| (deferred.look_at_clock)(app));
                }
                return;
            }
            // Changed meanwhile.
            Ok(Saved::Done) => {}
            Ok(Saved::Overtaken) => {
                form.writing.is_writing.set(false);
                return form.step_aside().await;
            }
            Err(error) => {
                form.save.set_if_changed(SaveState::Failed { revision, error });
                host::pause(pause).await;
                pause = (pause * 2).min(4_000);
            }
        }
    }
}
