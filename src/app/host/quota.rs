//! Whether storage is persistent, and how much space is left (the Storage Standard,
//! <https://storage.spec.whatwg.org/>). Over plain HTTP there is no `navigator.storage`.

use crate::device::Room;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{StorageEstimate, StorageManager};

use super::navigator::navigator;

fn manager() -> Option<StorageManager> {
    navigator()?.storage()
}

async fn left(manager: &StorageManager) -> Option<u64> {
    let estimate = JsFuture::from(manager.estimate().ok()?).await.ok()?;
    let estimate: StorageEstimate = estimate.unchecked_into();
    // Both are whole numbers of bytes, far below 2^53.
    Some((estimate.get_quota()? - estimate.get_usage()?).max(0.0) as u64)
}

/// How data is kept; `None` if the browser does not say.
pub async fn look() -> Option<Room> {
    let manager = manager()?;
    let lasting = JsFuture::from(manager.persisted().ok()?).await.ok()?;
    Some(Room { lasting: lasting == JsValue::TRUE, left: left(&manager).await })
}

/// Asks the browser for persistent storage. Some browsers ask the person.
pub async fn ask_to_persist() {
    if let Some(Ok(asked)) = manager().map(|manager| manager.persist()) {
        // A refusal is no error; [`look`] reads the result.
        drop(JsFuture::from(asked).await);
    }
}
