//! Keeps the open pack on disk: each change is written at once, and shown as saved only when the write is complete.

use std::rc::Rc;

use crate::app::actions::kit::Kit;
use crate::app::host::channel::TabMessage;
use crate::app::host::{self, spawn_local};
use crate::app::state::form::{Access, SaveState};
use crate::app::state::kit::OpenKit;
use crate::app::state::route::KIT;
use crate::app::state::signals::SetIfChanged;
use crate::device::KitSaved;
use crate::store::KitRecord;
use leptos::prelude::*;

/// How far apart earlier states are kept, in milliseconds.
const APART: u64 = 5 * 60 * 1000;

/// More items than this are not written at each letter.
const MANY: usize = 150;

/// For how long changes of so many items are gathered, in milliseconds.
const GATHERED: i32 = 300;

impl Kit {
    /// Saves a change.
    pub(super) fn save(self: &Rc<Self>, open: &Rc<OpenKit>) {
        let revision = open.revision.get() + 1;
        open.revision.set(revision);
        open.save.set_if_changed(SaveState::Saving { revision });
        if !open.is_writing.replace(true) {
            let (kit, open) = (self.clone(), open.clone());
            spawn_local(async move {
                // Writing a large pack takes longer than a frame: it waits for the letters that come at once.
                host::pause(if is_large(&open) { GATHERED } else { 0 }).await;
                kit.write(&open).await;
            });
        }
    }

    /// Keeps the pack as it is on disk among its earlier states.
    pub async fn keep_state(&self, open: &OpenKit) {
        let record = open.record(Clone::clone);
        if let Err(error) = self.app.device.keep_kit_state(&record).await {
            self.fail(error);
        }
        open.kept.set(Some(host::monotonic()));
    }

    async fn write(&self, open: &Rc<OpenKit>) {
        let mut wait = 500;
        while open.access.get_untracked() == Access::Writer {
            let revision = open.revision.get();
            // The state before the first change after a while.
            let is_due =
                open.kept.get().is_none_or(|kept| host::monotonic().saturating_sub(kept) > APART);
            if is_due && open.record(|own| own.revision) > 0 {
                self.keep_state(open).await;
            }
            let pack = open.look(|document| document.json().clone());
            let record = open.record(|own| KitRecord {
                pack,
                clauses: own.clauses.clone(),
                revision: own.revision + 1,
                updated: host::now(),
                id: own.id.clone(),
                ..*own
            });
            // Copying so much and making its text are tasks of their own.
            if is_large(open) {
                host::pause(0).await;
            }
            match self.app.device.save_kit(&record).await {
                Ok(saved) => {
                    if let KitSaved::Apart(own) = saved {
                        // Another tab wrote it: what was written here goes on as a pack of its own.
                        open.is_writing.set(false);
                        self.state.parted.set(true);
                        return host::go(&format!("{KIT}/{}", own.as_str()));
                    }
                    open.change_record(|own| {
                        // What was written beside the pack meanwhile stays.
                        let clauses = std::mem::take(&mut own.clauses);
                        *own = KitRecord { clauses, ..record };
                    });
                    if open.revision.get() == revision {
                        open.is_writing.set(false);
                        self.app.tabs.say(TabMessage::Saved, open.id().as_str());
                        let at = Some(host::now());
                        return open.save.set_if_changed(SaveState::Saved { revision, at });
                    }
                }
                Err(error) => {
                    open.save.set_if_changed(SaveState::Failed { revision, error });
                    host::pause(wait).await;
                    wait = (wait * 2).min(30_000);
                }
            }
        }
        open.is_writing.set(false);
    }
}

fn is_large(open: &OpenKit) -> bool {
    open.look(|document| document.list("/items").len() > MANY)
}
