//! Files that leave the page: handed to the browser, which keeps them where the person wants.

use crate::app::host::spawn_local;

use crate::app::actions::Context;
use crate::app::host;
use crate::app::state::notice::Notice;
use crate::store::StoreError;

impl Context {
    /// Saves the data of a form that cannot be read to a file, as it is.
    pub fn save_raw(&'static self, key: String) {
        spawn_local(async move {
            match self.device.raw_draft(&key).await {
                Ok(file) => self.save_file(&file.name, &file.text),
                Err(error) => self.tell(Notice::Storage(error)),
            }
        });
    }

    /// Hands a file to the browser, and tells what came of it.
    pub fn save_file(&self, name: &str, text: &str) {
        self.hand_over(name, text);
    }

    /// The same; says whether the browser took the file.
    pub(super) fn hand_over(&self, name: &str, text: &str) -> bool {
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
