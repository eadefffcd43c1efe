//! Storage that lives as long as the page: for tests, and where the browser refuses to keep data.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::store::{Kind, Storage, StoreError};

/// Storage in memory.
#[derive(Default)]
pub struct MemoryStorage {
    records: RefCell<BTreeMap<(Kind, String), String>>,
}

impl Storage for MemoryStorage {
    async fn list(&self, kind: Kind) -> Result<Vec<(String, String)>, StoreError> {
        let records = self.records.borrow();
        let own = records.iter().filter(|((k, _), _)| *k == kind);
        Ok(own
            .map(|((_, key), text)| (key.clone(), text.clone()))
            .collect())
    }

    async fn get(&self, kind: Kind, key: &str) -> Result<Option<String>, StoreError> {
        Ok(self.records.borrow().get(&(kind, key.to_owned())).cloned())
    }

    async fn put(&self, kind: Kind, key: &str, text: &str) -> Result<(), StoreError> {
        self.records
            .borrow_mut()
            .insert((kind, key.to_owned()), text.to_owned());
        Ok(())
    }

    async fn remove(&self, kind: Kind, key: &str) -> Result<(), StoreError> {
        self.records.borrow_mut().remove(&(kind, key.to_owned()));
        Ok(())
    }
}
