//! Small settings of this browser; losing one does no harm. If the browser refuses
//! them, the page works without them.

use web_sys::Storage;

use super::{attempted, window};

/// The language of the page: `vi` or `en`.
pub const LANG: &str = "bon-tot/lang";
/// When the last backup was made, RFC 3339.
pub const BACKUP: &str = "bon-tot/backup";
/// The thumbprints of keys that were saved as files, with spaces between them.
pub const KEYS_SAVED: &str = "bon-tot/keys-saved";
/// The last layout of a printed form: canonical JSON.
pub const LETTER: &str = "bon-tot/letter";
/// How many forms there were, to detect that the browser lost them.
pub const FORMS: &str = "bon-tot/forms";
/// Whether persistent storage was requested.
pub const ASKED: &str = "bon-tot/asked";

fn storage() -> Option<Storage> {
    window()?.local_storage().ok().flatten()
}

/// A setting.
pub fn get(name: &str) -> Option<String> {
    storage()?.get_item(name).ok().flatten()
}

/// Sets a setting.
pub fn set(name: &str, value: &str) {
    // If this fails, the setting is asked for again; nothing else depends on it.
    attempted(storage().map(|own| own.set_item(name, value)));
}
