//! The list of forms on the first page.

use std::rc::Rc;

use leptos::prelude::*;

use crate::app::actions::{Context, chunks};
use crate::app::host::settings;
use crate::app::state::notice::Notice;
use crate::app::state::rows::Rows;
use crate::store::{Kind, Storage};

impl Context {
    /// Reads the list of forms.
    pub async fn read_rows(&'static self) {
        let records = match self.keeper().list(Kind::Drafts).await {
            Ok(records) => {
                self.count(records.len());
                records
            }
            Err(error) => {
                self.fall_back(error);
                Vec::new()
            }
        };
        let mut rows = Rows::of(&records, &self.packs());
        if rows.lack_packs() && !self.is_whole() {
            chunks::load(self).await;
            rows = Rows::of(&records, &self.packs());
        }
        self.state.rows.set(Rc::new(rows));
        chunks::when_loaded(self, move |deferred| (deferred.read_deleted)(self));
    }

    /// Tells it where the browser has lost what was here: nobody has deleted it on this page.
    fn count(&self, forms: usize) {
        let before = settings::get(settings::FORMS).unwrap_or_default();
        let now = forms.to_string();
        if before == now {
            return;
        }
        let is_first = matches!(*self.state.rows.get_untracked(), Rows::Loading);
        if forms == 0 && !before.is_empty() && is_first {
            self.missed.set(true);
            self.tell(Notice::Emptied(before));
        } else if self.state.storage_warning.get_untracked().is_none() {
            settings::set(settings::FORMS, &now);
        }
    }
}
