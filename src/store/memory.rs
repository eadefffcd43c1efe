//! Storage that lives as long as the page: for tests, and where the browser refuses to keep data.

use std::cell::RefCell;

use crate::store::{Kind, Storage, StoreError};

/// Storage in memory.
#[derive(Default)]
pub struct MemoryStorage {
    records: RefCell<Vec<(Kind, String, String)>>,
}

impl Storage for MemoryStorage {
    async fn list(&self, kind: Kind) -> Result<Vec<(String, String)>, StoreError> {
        let records = self.records.borrow();
        let own = records.iter().filter(|(k, ..)| *k == kind);
        Ok(own
            .map(|(_, key, text)| (key.clone(), text.clone()))
            .collect())
    }

    async fn keys(&self, kind: Kind) -> Result<Vec<String>, StoreError> {
        let records = self.records.borrow();
        let own = records.iter().filter(|(k, ..)| *k == kind);
        Ok(own.map(|(_, key, _)| key.clone()).collect())
    }

    async fn get(&self, kind: Kind, key: &str) -> Result<Option<String>, StoreError> {
        let records = self.records.borrow();
        let found = records.iter().find(|(k, own, _)| *k == kind && own == key);
        Ok(found.map(|(.., text)| text.clone()))
    }

    async fn put(&self, kind: Kind, key: &str, text: &str) -> Result<(), StoreError> {
        let mut records = self.records.borrow_mut();
        match records
            .iter_mut()
            .find(|(k, own, _)| *k == kind && own == key)
        {
            Some((.., kept)) => text.clone_into(kept),
            None => records.push((kind, key.to_owned(), text.to_owned())),
        }
        Ok(())
    }

    async fn remove(&self, kind: Kind, key: &str) -> Result<(), StoreError> {
        let mut records = self.records.borrow_mut();
        records.retain(|(k, own, _)| *k != kind || own != key);
        Ok(())
    }
}
