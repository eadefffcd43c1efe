//! Files that the page downloads.

use crate::app::actions::Context;
use crate::app::host::{self, spawn_local};
use crate::app::state::notice::Notice;
use crate::store::StoreError;

impl Context {
    /// Downloads the raw data of an unreadable form.
    pub fn save_raw(&'static self, key: String) {
        spawn_local(async move {
            match self.device.raw_draft(&key).await {
                Ok(file) => self.save_file(&file.name, &file.text),
                Err(error) => self.tell(Notice::Storage(error)),
            }
        });
    }

    /// Downloads a file and shows a notice of the result.
    pub fn save_file(&self, name: &str, text: &str) {
        self.hand_over(name, text);
    }

    /// Like `save_file`; returns whether it succeeded.
    pub(super) fn hand_over(&self, name: &str, text: &str) -> bool {
        if self.is_again(name) {
            return true;
        }
        let saved = host::download(name, text);
        self.tell(match &saved {
            Ok(()) => Notice::Exported,
            Err(error) => {
                host::report(error);
                Notice::Storage(StoreError::Failed("download".into()))
            }
        });
        saved.is_ok()
    }
}
