//! The good practices of received forms that are marked to be spread.

use std::collections::BTreeMap;

use crate::device::{Device, Host};
use crate::store::{SpreadRecord, Storage, StoreError, Table};

/// How many texts of files are read at once: they can be long.
const AT_ONCE: u32 = 20;

impl<S: Storage, H: Host> Device<S, H> {
    /// What is marked, by the keys of the practices. A mark that cannot be read is one without a remark.
    ///
    /// # Errors
    /// Storage cannot be read.
    pub async fn spread_marks(&self) -> Result<BTreeMap<String, SpreadRecord>, StoreError> {
        let records = self.storage().list(Table::Spread).await?.into_iter();
        let read = |text: String| SpreadRecord::from_text(&text).unwrap_or_default();
        Ok(records.map(|(key, text)| (key, read(text))).collect())
    }

    /// Marks a practice, or takes its mark away.
    ///
    /// # Errors
    /// It stays as it was.
    pub async fn mark_spread(
        &self,
        key: &str,
        mark: Option<&SpreadRecord>,
    ) -> Result<(), StoreError> {
        match mark {
            Some(mark) => self.storage().put(Table::Spread, key, &mark.to_text()).await,
            None => self.storage().remove(Table::Spread, key).await,
        }
    }

    /// Some texts of received files with their keys, in the order of these, from the first on or from behind a key; none
    /// where there are no more.
    ///
    /// # Errors
    /// Storage cannot be read.
    pub async fn received_texts_behind(
        &self,
        behind: Option<&str>,
    ) -> Result<Vec<(String, String)>, StoreError> {
        self.storage().some(Table::Texts, behind, AT_ONCE).await
    }
}
