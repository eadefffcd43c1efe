//! Small settings of this browser, each of which may be lost without harm. Where the browser refuses
//! them, the page goes on as if none had been made.

use web_sys::Storage;

use crate::app::host;

/// The language of the page: `vi` or `en`.
pub const LANG: &str = "bon-tot/lang";
/// When the last backup was made, RFC 3339.
pub const BACKUP: &str = "bon-tot/backup";
/// How a printed form was last dressed, see [`Letter`](crate::app::actions::letter::Letter).
pub const LETTER: &str = "bon-tot/letter";
/// How many forms there were, so that a page whose forms are gone can tell.
pub const FORMS: &str = "bon-tot/forms";
/// Whether the browser was asked to keep the data for good.
pub const ASKED: &str = "bon-tot/asked";

fn storage() -> Option<Storage> {
    host::window()?.local_storage().ok().flatten()
}

/// A setting.
pub fn get(name: &str) -> Option<String> {
    storage()?.get_item(name).ok().flatten()
}

/// Makes a setting.
pub fn set(name: &str, value: &str) {
    // A setting that cannot be kept is asked for again next time; nothing else depends on it.
    if let Some(Err(error)) = storage().map(|storage| storage.set_item(name, value)) {
        host::report(&error);
    }
}
