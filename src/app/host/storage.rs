//! Where drafts and keys are kept: the browser's storage, or memory where it refuses.

use crate::store::{Kind, MemoryStorage, Storage, StoreError, WebStorage};

/// A place for drafts and keys.
pub enum Keeper {
    /// IndexedDB.
    Web(WebStorage),
    /// Memory, until the page closes.
    Memory(MemoryStorage),
}

impl Storage for Keeper {
    async fn list(&self, kind: Kind) -> Result<Vec<(String, String)>, StoreError> {
        match self {
            Keeper::Web(storage) => storage.list(kind).await,
            Keeper::Memory(storage) => storage.list(kind).await,
        }
    }

    async fn keys(&self, kind: Kind) -> Result<Vec<String>, StoreError> {
        match self {
            Keeper::Web(storage) => storage.keys(kind).await,
            Keeper::Memory(storage) => storage.keys(kind).await,
        }
    }

    async fn get(&self, kind: Kind, key: &str) -> Result<Option<String>, StoreError> {
        match self {
            Keeper::Web(storage) => storage.get(kind, key).await,
            Keeper::Memory(storage) => storage.get(kind, key).await,
        }
    }

    async fn put(&self, kind: Kind, key: &str, text: &str) -> Result<(), StoreError> {
        match self {
            Keeper::Web(storage) => storage.put(kind, key, text).await,
            Keeper::Memory(storage) => storage.put(kind, key, text).await,
        }
    }

    async fn remove(&self, kind: Kind, key: &str) -> Result<(), StoreError> {
        match self {
            Keeper::Web(storage) => storage.remove(kind, key).await,
            Keeper::Memory(storage) => storage.remove(kind, key).await,
        }
    }
}
