//! The list of the units that are to file with the desk of this device, and what is set beside it.

use crate::device::{Device, Host};
use crate::store::{Storage, StoreError, Table, UnitSettings, Write};

/// The keys of the two records.
const LIST: &str = "list";
const SETTINGS: &str = "settings";

impl<S: Storage, H: Host> Device<S, H> {
    /// The list, as its text.
    ///
    /// # Errors
    /// Storage cannot be read.
    pub async fn unit_list(&self) -> Result<Option<String>, StoreError> {
        self.storage().get(Table::Units, LIST).await
    }

    /// Keeps another list, or none; gives the one that was kept, so that it can be brought back.
    ///
    /// # Errors
    /// The list that was kept is still there.
    pub async fn keep_unit_list(&self, list: Option<String>) -> Result<Option<String>, StoreError> {
        let write = list.map_or(Write::Remove, Write::Put);
        let keep = |before: Option<&str>| (write, before.map(str::to_owned));
        self.storage().change(Table::Units, LIST, keep).await
    }

    /// What is set beside it; what nobody set, or what cannot be read, is as usual.
    ///
    /// # Errors
    /// Storage cannot be read.
    pub async fn unit_settings(&self) -> Result<UnitSettings, StoreError> {
        let text = self.storage().get(Table::Units, SETTINGS).await?;
        let read = text.and_then(|text| UnitSettings::from_text(&text).ok());
        Ok(read.unwrap_or_default())
    }

    /// Keeps what is set beside it.
    ///
    /// # Errors
    /// What was kept is still there.
    pub async fn keep_unit_settings(&self, settings: &UnitSettings) -> Result<(), StoreError> {
        self.storage().put(Table::Units, SETTINGS, &settings.to_text()).await
    }
}
