//! Forms that could not be saved yet, as storage is full; saving is retried.

use std::rc::Rc;

use crate::app::host::{self, spawn_local};
use leptos::prelude::*;

use crate::app::actions::Context;
use crate::app::actions::form::Form;
use crate::app::state::form::Access;
use crate::app::state::route::Route;
use crate::store::Draft;

impl Context {
    /// Opens a form that exceeds the storage.
    pub fn open_unsaved(&'static self, draft: Draft) {
        if let Ok(session) = self.device.open_draft(&draft) {
            let id = draft.form.id.clone();
            let open = self.open_draft(session, draft, Access::Writer);
            self.state.unsaved.borrow_mut().push(open.clone());
            Form::new(self, open).save_changes();
            host::go(&Route::form(&id));
        }
    }

    /// Removes a form from the unsaved forms once it is saved, and updates the list.
    pub fn came_to_disk(&'static self, form: &Form) {
        let open = form.open();
        let mut unsaved = self.state.unsaved.borrow_mut();
        let before = unsaved.len();
        unsaved.retain(|other| !Rc::ptr_eq(other, &open));
        if unsaved.len() < before && self.state.route.get_untracked() == Route::Home {
            spawn_local(self.read_rows());
        }
    }
}
