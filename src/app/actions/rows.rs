//! The list of forms on the first page.

use std::rc::Rc;

use leptos::prelude::*;

use crate::app::actions::{Context, chunks};
use crate::app::host::settings;
use crate::app::state::notice::Notice;
use crate::device::Row;

impl Context {
    /// Reads the list of forms.
    pub async fn read_rows(&'static self) {
        let mut rows = match self.device.rows().await {
            Ok(rows) => {
                self.count(rows.len());
                rows
            }
            Err(error) => {
                self.fall_back(error);
                Vec::new()
            }
        };
        if rows.iter().any(Row::lacks_pack) && !self.is_whole() {
            chunks::load(self).await;
            // If this read fails, keep the first; the next read shows the error.
            rows = self.device.rows().await.unwrap_or(rows);
        }
        self.state.rows.set(Some(Rc::new(rows)));
        chunks::when_loaded(self, move |deferred| (deferred.read_deleted)(self));
    }

    /// Shows a notice if the browser has lost all forms without a deletion here.
    fn count(&self, forms: usize) {
        let before = settings::get(settings::FORMS).unwrap_or_default();
        let now = forms.to_string();
        if before == now {
            return;
        }
        let is_first = self.state.rows.get_untracked().is_none();
        if forms == 0 && !before.is_empty() && is_first {
            self.missed.set(true);
            self.tell(Notice::Emptied(before));
        } else if self.state.storage_warning.get_untracked().is_none() {
            settings::set(settings::FORMS, &now);
        }
    }
}
