//! Keeps the open form on disk: each change is written at once, and shown as saved only when the write is complete. A
//! write that fails is shown and tried again.

use crate::app::host::{self, spawn_local};
use leptos::prelude::*;

use crate::app::actions::form::Form;
use crate::app::host::channel::TabMessage;
use crate::app::state::form::{Access, SaveState};
use crate::app::state::signals::SetIfChanged;

impl Form {
    /// Saves a change.
    pub fn save_changes(&self) {
        if self.access.get_untracked() == Access::Trial {
            return;
        }
        let revision = self.writing.revision.get() + 1;
        self.writing.revision.set(revision);
        self.save.set_if_changed(SaveState::Saving { revision });
        self.save_place();
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
        let (app, id, text) = (self.app, self.id(), self.snapshot());
        spawn_local(async move {
            if app.device.put_draft_text(&id, &text).await.is_err() {
                // The running `write` fails the same way, shows the error and retries.
                host::report(&"write".into());
            }
        });
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
        let text = form.snapshot();
        match form.app.device.put_draft_text(&id, &text).await {
            Ok(()) if form.writing.wanted.get() == wanted => {
                form.writing.is_writing.set(false);
                form.as_it_stands(); // cached for the next change
                form.app.came_to_disk(&form);
                form.app.tabs.say(TabMessage::Saved, id.as_str());
                let at = (revision > 0).then(host::now);
                return form.save.set_if_changed(SaveState::Saved { revision, at });
            }
            // Changed meanwhile.
            Ok(()) => {}
            Err(error) => {
                form.save.set_if_changed(SaveState::Failed { revision, error });
                host::pause(pause).await;
                pause = (pause * 2).min(4_000);
            }
        }
    }
}
