//! Small settings of this browser, each of which may be lost without harm. Where the browser refuses
//! them, the page goes on as if none had been made.

use gloo_storage::{LocalStorage, Storage as _};

use super::{report, window};

/// The language of the page: `vi` or `en`.
pub const LANG: &str = "bon-tot/lang";
/// When the last backup was made, RFC 3339.
pub const BACKUP: &str = "bon-tot/backup";
/// How a printed form was last dressed: canonical JSON.
pub const LETTER: &str = "bon-tot/letter";
/// How many forms there were, so that a page whose forms are gone can tell.
pub const FORMS: &str = "bon-tot/forms";
/// Whether the browser was asked to keep the data for good.
pub const ASKED: &str = "bon-tot/asked";

/// Does the browser lend storage? Asked first each time: [`LocalStorage`] panics where it is refused.
fn storage() -> Option<web_sys::Storage> {
    window()?.local_storage().ok().flatten()
}

/// A setting.
pub fn get(name: &str) -> Option<String> {
    let storage = storage()?;
    // Settings of earlier versions are bare texts; none of them reads as a JSON string.
    let kept = LocalStorage::get(name).ok();
    kept.or_else(|| storage.get_item(name).ok().flatten())
}

/// Makes a setting.
pub fn set(name: &str, value: &str) {
    if storage().is_some()
        && let Err(error) = LocalStorage::set(name, value)
    {
        // A setting that cannot be kept is asked for again next time; nothing else depends on it.
        report(&error.to_string().into());
    }
}
