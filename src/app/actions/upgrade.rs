//! The packs that this page knows, and moving the open form to a newer version of its pack.

use std::rc::Rc;

use leptos::prelude::*;

use crate::app::actions::App;
use crate::app::actions::chunks::Work;
use crate::app::actions::form::Form;
use crate::app::host::{self, spawn_local};
use crate::app::state::form::Access;
use crate::app::state::notice::{Notice, Received};
use crate::json::to_json;
use crate::pack::Pack;
use crate::pack::catalog::Catalog;

impl Form {
    /// The version to which the form can be moved here; a reactive read.
    pub fn newer_version(&self) -> Option<Rc<Pack>> {
        let may_write = self.access.get() == Access::Writer && !self.is_received();
        self.app.state.pack_came.track();
        let packs = self.app.device.packs();
        let newer = self.look(|session| packs.newer(&session.form().pack).cloned());
        newer.filter(|_| may_write)
    }

    /// Moves the form, and tells so; one step to undo takes all of it back.
    pub fn move_to(&self, to: Rc<Pack>) {
        let form = self.clone();
        spawn_local(async move {
            if !form.record_now().await || form.access.get_untracked() != Access::Writer {
                return;
            }
            // By no element, so that no other change is of the same step.
            form.note_step(String::new(), host::now());
            let Ok(upgrade) = form.look(|session| session.upgrade(&to)) else {
                // It was moved meanwhile, by the second press of a double click.
                return;
            };
            let (session, aside) = upgrade.into_session();
            let mut set_aside = form.set_aside();
            set_aside.extend((!aside.is_empty()).then(|| to_json(&aside)));
            form.take_version(session, set_aside);
            form.go(form.section.get_untracked());
            form.app.tell(Notice::Received(Received::Moved(to.version.clone())));
        });
    }
}

/// Reads the built-in packs, and those that were taken on this device.
pub fn know_packs(app: App) -> Work {
    Box::pin(async move {
        match Catalog::built_in() {
            Ok(packs) => {
                if let Err(error) = app.device.know_packs(packs).await {
                    // The list of forms cannot be read either, and says so.
                    host::report(&error.to_string().into());
                }
            }
            // An unreadable built-in pack; a test rules this out.
            Err(error) => host::report(&error.to_string().into()),
        }
    })
}
