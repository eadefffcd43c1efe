//! The keys of this device, of which at most one is open.

use std::rc::Rc;

use crate::app::actions::{App, Context};
use crate::app::host;
use crate::app::state::notice::Notice;
use crate::app::state::signals::SetIfChanged;
use crate::device::OwnKeyError;
use crate::seal::SecretKey;
use crate::store::{KeyRecord, StoreError};

/// How often it is looked whether the open key has been idle for too long, in milliseconds.
const LOOK: i32 = 10_000;

impl Context {
    /// Shows which key is open, and wipes it once nobody has done anything for a while.
    pub(super) fn follow_open_key(&'static self) {
        self.show_open_key();
        if !self.follows_key.replace(true) {
            for event in ["pointerdown", "keydown"] {
                host::on(event, true, move || self.device.touch_key()).forget();
            }
            self.look_at_key_later();
        }
    }

    fn show_open_key(&self) {
        let code = self.device.open_key_code();
        self.state.open_key.set_if_changed(code);
    }

    fn look_at_key_later(&'static self) {
        host::later(LOOK, move || {
            self.show_open_key();
            self.look_at_key_later();
        });
    }

    /// Wipes the key that is open.
    pub fn lock_key(&self) {
        self.device.lock_key();
        self.show_open_key();
    }

    /// Says that a key is used which could not be kept.
    pub(super) fn tell_if_not_kept(&self, is_kept: bool) {
        // Where the device is full the form must still get to the superior.
        if !is_kept {
            self.tell(Notice::KeyNotKept);
        }
    }
}

/// Makes a key, which is then open.
///
/// # Errors
/// Why not.
pub async fn make(app: App, name: &str, passphrase: &str) -> Result<(), OwnKeyError> {
    let made = app.device.make_key(name, passphrase).await?;
    app.follow_open_key();
    app.tell_if_not_kept(made.is_kept);
    Ok(())
}

/// Opens a key, unless it is open.
///
/// # Errors
/// Why not.
pub async fn open(
    app: App,
    record: &KeyRecord,
    passphrase: &str,
) -> Result<Rc<SecretKey>, OwnKeyError> {
    let key = app.device.open_key(record, passphrase).await?;
    app.follow_open_key();
    Ok(key)
}

/// Takes in a backup of a key, made here or by any JOSE tool, under our own lock.
///
/// # Errors
/// Why not.
pub async fn restore(
    app: App,
    text: &str,
    name: &str,
    passphrase: &str,
) -> Result<(), OwnKeyError> {
    app.device.restore_key(text, name, passphrase).await?;
    app.follow_open_key();
    Ok(())
}

/// Offers a key for signing no longer, or again.
///
/// # Errors
/// It cannot be kept.
pub async fn retire(app: App, kid: &str, is_retired: bool) -> Result<(), StoreError> {
    app.device.retire_key(kid, is_retired).await?;
    app.show_open_key();
    Ok(())
}
