//! Storage of drafts and keys: the browser's, or memory if that fails.

use crate::store::{MemoryStorage, Storage, StoreError, Table, WebStorage, Write};

/// Storage of drafts and keys.
pub enum Keeper {
    /// IndexedDB.
    Web(WebStorage),
    /// Memory, until the page closes.
    Memory(MemoryStorage),
}

impl Storage for Keeper {
    async fn list(&self, table: Table) -> Result<Vec<(String, String)>, StoreError> {
        match self {
            Keeper::Web(storage) => storage.list(table).await,
            Keeper::Memory(storage) => storage.list(table).await,
        }
    }

    async fn keys(&self, table: Table) -> Result<Vec<String>, StoreError> {
        match self {
            Keeper::Web(storage) => storage.keys(table).await,
            Keeper::Memory(storage) => storage.keys(table).await,
        }
    }

    async fn get(&self, table: Table, key: &str) -> Result<Option<String>, StoreError> {
        match self {
            Keeper::Web(storage) => storage.get(table, key).await,
            Keeper::Memory(storage) => storage.get(table, key).await,
        }
    }

    async fn put(&self, table: Table, key: &str, text: &str) -> Result<(), StoreError> {
        match self {
            Keeper::Web(storage) => storage.put(table, key, text).await,
            Keeper::Memory(storage) => storage.put(table, key, text).await,
        }
    }

    async fn remove(&self, table: Table, key: &str) -> Result<(), StoreError> {
        match self {
            Keeper::Web(storage) => storage.remove(table, key).await,
            Keeper::Memory(storage) => storage.remove(table, key).await,
        }
    }

    async fn change<T>(
        &self,
        table: Table,
        key: &str,
        decide: impl FnOnce(Option<&str>) -> (Write, T),
    ) -> Result<T, StoreError> {
        match self {
            Keeper::Web(storage) => storage.change(table, key, decide).await,
            Keeper::Memory(storage) => storage.change(table, key, decide).await,
        }
    }

    async fn some(
        &self,
        table: Table,
        behind: Option<&str>,
        most: u32,
    ) -> Result<Vec<(String, String)>, StoreError> {
        match self {
            Keeper::Web(storage) => storage.some(table, behind, most).await,
            Keeper::Memory(storage) => storage.some(table, behind, most).await,
        }
    }

    async fn change_all(
        &self,
        at: &[(Table, String)],
        decide: impl FnMut(usize, Option<&str>) -> Write,
    ) -> Result<(), StoreError> {
        match self {
            Keeper::Web(storage) => storage.change_all(at, decide).await,
            Keeper::Memory(storage) => storage.change_all(at, decide).await,
        }
    }
}
