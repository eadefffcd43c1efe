//! What is filled in on the papers of the desk.

use crate::device::{Device, Host};
use crate::store::{PaperSettings, Storage, StoreError, Table};

/// The key of the record.
const PAPERS: &str = "papers";

impl<S: Storage, H: Host> Device<S, H> {
    /// What a person filled in; `None` where nobody did, or where it cannot be read.
    ///
    /// # Errors
    /// Storage cannot be read.
    pub async fn paper_settings(&self) -> Result<Option<PaperSettings>, StoreError> {
        let text = self.storage().get(Table::Units, PAPERS).await?;
        Ok(text.and_then(|text| PaperSettings::from_text(&text).ok()))
    }

    /// Keeps what a person filled in.
    ///
    /// # Errors
    /// What was kept is still there.
    pub async fn keep_paper_settings(&self, settings: &PaperSettings) -> Result<(), StoreError> {
        self.storage().put(Table::Units, PAPERS, &settings.to_text()).await
    }
}
