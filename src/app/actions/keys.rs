//! The keys of this device, of which at most one is open.

use std::rc::Rc;

use leptos::prelude::*;

use crate::app::actions::{App, Context};
use crate::app::host::{self, settings};
use crate::app::state::notice::{Notice, Received};
use crate::app::state::signals::SetIfChanged;
use crate::device::{OwnKeyError, key_file_name};
use crate::seal::SecretKey;
use crate::store::{KeyRecord, StoreError};

/// How often the idle time of the open key is checked, in milliseconds.
const LOOK: i32 = 10_000;

impl Context {
    /// Shows which key is open, and wipes it after a while without input.
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
        let kid = self.device.open_key_kid();
        self.state.open_key.set_if_changed(kid);
    }

    fn look_at_key_later(&'static self) {
        host::later(LOOK, move || {
            self.show_open_key();
            self.look_at_key_later();
        });
    }

    /// Wipes the open key.
    pub fn lock_key(&self) {
        self.device.lock_key();
        self.show_open_key();
    }

    /// Shows a notice if the key was not stored.
    pub(super) fn tell_if_not_kept(&self, is_kept: bool) {
        // With full storage the form can still be signed and sent.
        if !is_kept {
            self.tell(Notice::KeyNotKept);
        }
    }
}

/// Saves a locked key as a file.
pub fn save_backup(app: App, key: &KeyRecord) {
    let name = key_file_name("khoa", &key.unit, &key.check_code, ".jwe");
    if app.hand_over(&name, &key.locked) && !is_saved(&key.kid) {
        let before = settings::get(settings::KEYS_SAVED).unwrap_or_default();
        settings::set(settings::KEYS_SAVED, &format!("{before} {}", key.kid));
    }
}

fn is_saved(kid: &str) -> bool {
    let saved = settings::get(settings::KEYS_SAVED).unwrap_or_default();
    saved.split(' ').any(|own| own == kid)
}

/// Was a key never saved, neither as a file of its own nor with everything else?
pub fn lacks_backup(app: App, key: &KeyRecord) -> bool {
    app.state.backup.get() < Some(key.created) && !is_saved(&key.kid)
}

/// Makes a key and opens it.
pub async fn make(app: App, name: &str, passphrase: &str) -> Result<(), OwnKeyError> {
    let made = app.device.make_key(name, passphrase).await?;
    app.follow_open_key();
    app.tell_if_not_kept(made.is_kept);
    Ok(())
}

/// Opens a key if it is locked.
pub async fn open(
    app: App,
    record: &KeyRecord,
    passphrase: &str,
) -> Result<Rc<SecretKey>, OwnKeyError> {
    let key = app.device.open_key(record, passphrase).await?;
    app.follow_open_key();
    Ok(key)
}

/// Restores a key from a backup of this app or any JOSE tool.
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

/// Retires a key from signing, or reinstates it.
pub async fn retire(app: App, kid: &str, is_retired: bool) -> Result<(), StoreError> {
    app.device.retire_key(kid, is_retired).await?;
    app.show_open_key();
    Ok(())
}

/// Trusts a key of another whose code was compared.
pub async fn trust(app: App, kid: &str) -> Result<(), StoreError> {
    app.device.trust_key(kid).await?;
    forget_that_it_waits(app);
    Ok(())
}

/// Removes a key of another that was never trusted.
pub async fn drop_waiting(app: App, kid: &str) -> Result<(), StoreError> {
    app.device.drop_waiting_key(kid).await?;
    forget_that_it_waits(app);
    Ok(())
}

/// Hides the notice that a key came and is not trusted yet, once it is.
pub fn forget_that_it_waits(app: App) {
    let is_about_keys = app.state.notice.with_untracked(|notice| {
        let received = notice.as_deref().and_then(|notice| match notice {
            Notice::Received(received) => Some(received),
            _ => None,
        });
        matches!(received, Some(Received::Card(_) | Received::KnownCard(_) | Received::Trust(..)))
    });
    if is_about_keys {
        app.hush();
    }
}
