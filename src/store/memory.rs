//! Storage in memory: for tests, and where the browser refuses to store data.

use std::cell::RefCell;

use crate::store::{Storage, StoreError, Table, Write};

/// Storage in memory.
#[derive(Default)]
pub struct MemoryStorage {
    records: RefCell<Vec<(Table, String, String)>>,
}

impl Storage for MemoryStorage {
    async fn list(&self, table: Table) -> Result<Vec<(String, String)>, StoreError> {
        let records = self.records.borrow();
        let own = records.iter().filter(|(t, ..)| *t == table);
        Ok(own.map(|(_, key, text)| (key.clone(), text.clone())).collect())
    }

    async fn keys(&self, table: Table) -> Result<Vec<String>, StoreError> {
        let records = self.records.borrow();
        let own = records.iter().filter(|(t, ..)| *t == table);
        Ok(own.map(|(_, key, _)| key.clone()).collect())
    }

    async fn get(&self, table: Table, key: &str) -> Result<Option<String>, StoreError> {
        let records = self.records.borrow();
        let found = records.iter().find(|(t, own, _)| *t == table && own == key);
        Ok(found.map(|(.., text)| text.clone()))
    }

    async fn put(&self, table: Table, key: &str, text: &str) -> Result<(), StoreError> {
        let mut records = self.records.borrow_mut();
        match records.iter_mut().find(|(t, own, _)| *t == table && own == key) {
            Some((.., kept)) => text.clone_into(kept),
            None => records.push((table, key.to_owned(), text.to_owned())),
        }
        Ok(())
    }

    async fn remove(&self, table: Table, key: &str) -> Result<(), StoreError> {
        let mut records = self.records.borrow_mut();
        records.retain(|(t, own, _)| *t != table || own != key);
        Ok(())
    }

    async fn change<T>(
        &self,
        table: Table,
        key: &str,
        decide: impl FnOnce(Option<&str>) -> (Write, T),
    ) -> Result<T, StoreError> {
        let mut records = self.records.borrow_mut();
        let at = records.iter().position(|(t, own, _)| *t == table && own == key);
        let now = at.and_then(|at| records.get(at)).map(|(.., text)| text.as_str());
        let (write, said) = decide(now);
        match (write, at) {
            (Write::Put(text), Some(at)) => {
                if let Some((.., kept)) = records.get_mut(at) {
                    *kept = text;
                }
            }
            (Write::Put(text), None) => records.push((table, key.to_owned(), text)),
            (Write::Remove, Some(at)) => drop(records.remove(at)),
            (Write::Remove, None) | (Write::Leave, _) => {}
        }
        Ok(said)
    }

    async fn some(
        &self,
        table: Table,
        behind: Option<&str>,
        most: u32,
    ) -> Result<Vec<(String, String)>, StoreError> {
        let mut all = self.list(table).await?;
        // IndexedDB compares the code units of UTF-16.
        all.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
        let from = behind.map_or(0, |behind| {
            all.partition_point(|(key, _)| key.encode_utf16().le(behind.encode_utf16()))
        });
        Ok(all.into_iter().skip(from).take(most as usize).collect())
    }

    async fn change_all(
        &self,
        at: &[(Table, String)],
        mut decide: impl FnMut(usize, Option<&str>) -> Write,
    ) -> Result<(), StoreError> {
        for (place, (table, key)) in at.iter().enumerate() {
            self.change(*table, key, |now| (decide(place, now), ())).await?;
        }
        Ok(())
    }
}
