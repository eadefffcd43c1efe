//! Files that leave the page: handed to the browser, which keeps them where the person wants.

use crate::app::host::{self, spawn_local};
use crate::app::state::{Notice, Shared};
use crate::store::{Kind, Storage, StoreError};

impl Shared {
    /// Saves the data of a form that cannot be read to a file, as it is.
    pub fn save_raw(&'static self, key: String) {
        spawn_local(async move {
            match self.keeper().get(Kind::Drafts, &key).await {
                Ok(text) => {
                    self.save_file(
                        &["bontot_", &key, ".json"].concat(),
                        &text.unwrap_or_default(),
                    );
                }
                Err(error) => self.tell(Notice::Storage(error)),
            }
        });
    }

    /// Hands a file to the browser, and says so.
    pub fn save_file(&self, name: &str, text: &str) {
        self.tell(match host::download(name, text) {
            Ok(()) => Notice::Exported,
            Err(error) => {
                host::report(&error);
                Notice::Storage(StoreError::Failed("download".into()))
            }
        });
    }
}
