//! Forms for which there is no room yet, and what would be gone with the page.

use crate::app::host::{self, spawn_local};
use crate::app::state::form::{Access, Form, OpenForm};
use crate::app::state::route::Route;
use crate::app::state::rows::Rows;
use crate::app::state::{Shared, Slot};
use crate::store::Draft;

impl Shared {
    /// Opens a form for which there is no room: it is tried again and again, and told until then.
    pub fn open_unsaved(&'static self, draft: Draft) {
        if let Ok(session) = draft.open(self.packs()) {
            let id = draft.form.id.clone();
            let form = OpenForm::open(self, session, draft, Access::Writer);
            self.unsaved.borrow_mut().push(form);
            form.save_again();
            host::go(&Route::form(&id));
        }
    }

    /// Where a form was left before it could be saved, it is on disk now, and the list tells it.
    pub fn came_to_disk(&'static self, form: Form) {
        let mut unsaved = self.unsaved.borrow_mut();
        let before = unsaved.len();
        unsaved.retain(|other| !std::ptr::eq(*other, form));
        if unsaved.len() < before && self.route.peek() == Route::Home {
            spawn_local(self.read_rows());
        }
    }

    /// Is there anything that would be gone with the page?
    pub fn would_lose(&self) -> bool {
        let in_memory = self.storage_warning.peek().is_some();
        match self.slot.peek() {
            Slot::Open(form) if in_memory || form.has_failed() => true,
            _ if in_memory => matches!(&*self.rows.peek(), Rows::Ready(rows) if !rows.is_empty()),
            _ => self.unsaved.borrow().iter().any(|form| form.has_failed()),
        }
    }
}
