//! Small settings of this browser, each of which may be lost without harm. Where the browser refuses
//! them, the page goes on as if none had been made.

use web_sys::Storage;

use super::{report, window};
use crate::json::{FILE_LIMIT, Json, parse, to_canonical};

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

fn storage() -> Option<Storage> {
    window()?.local_storage().ok().flatten()
}

/// A setting.
pub fn get(name: &str) -> Option<String> {
    let kept = storage()?.get_item(name).ok().flatten()?;
    // Settings of earlier versions are bare texts; none of them reads as a JSON string.
    match parse(kept.as_bytes(), FILE_LIMIT) {
        Ok(Json::Text(value)) => Some(value),
        _ => Some(kept),
    }
}

/// Makes a setting.
pub fn set(name: &str, value: &str) {
    // A setting that cannot be kept is asked for again next time; nothing else depends on it.
    if let Some(Err(error)) = storage().map(|own| own.set_item(name, &to_canonical(value))) {
        report(&error);
    }
}
