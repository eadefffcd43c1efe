//! Opening chosen files: the device imports them; the page shows a notice and the place.

use std::rc::Rc;

use crate::app::host::{self, File};
use leptos::prelude::*;

use crate::app::actions::{App, lock};
use crate::app::state::notice::{Notice, Received};
use crate::app::state::route::{KEYS, Route};
use crate::device::Opened;
use crate::store::{BACKUP_LIMIT, Draft, StoreError};

/// The outcome of a file.
pub struct Taken {
    /// The notice to show; `None` for a locked key, which opens the page of keys.
    pub notice: Option<Rc<Notice>>,
    /// A locked key that needs its passphrase.
    locked_key: Option<String>,
    /// The address of the page to show.
    address: Option<String>,
}

impl Taken {
    fn told(notice: Notice) -> Taken {
        Taken { notice: Some(Rc::new(notice)), locked_key: None, address: None }
    }

    fn at(self, address: String) -> Taken {
        Taken { address: Some(address), ..self }
    }
}

/// Imports a chosen file.
pub async fn take_in_file(app: App, file: &File) -> Taken {
    match host::read_file(file, BACKUP_LIMIT).await {
        Ok(bytes) => take_in(app, &file.name(), &bytes).await,
        Err(error) => {
            host::report(&error);
            Taken::told(Notice::FileUnreadable(file.name()))
        }
    }
}

/// Imports the bytes of a named file.
pub async fn take_in(app: App, name: &str, bytes: &[u8]) -> Taken {
    let opened = match app.device.open_file(name, bytes).await {
        Ok(opened) => opened,
        Err(refused) => return Taken::told(Notice::Refused(refused)),
    };
    match opened {
        Opened::LockedKey(locked) => {
            Taken { notice: None, locked_key: Some(locked), address: Some(KEYS.to_owned()) }
        }
        Opened::Backup(report) => {
            app.read_rows().await;
            lock::say_stored(app, "");
            Taken::told(Notice::Restored(report))
        }
        Opened::KeyCard { unit, is_new } => {
            app.state.key_came.notify();
            let received = if is_new { Received::Card(unit) } else { Received::KnownCard(unit) };
            Taken::told(Notice::Received(received)).at(KEYS.to_owned())
        }
        Opened::TrustList { added } => {
            app.state.key_came.notify();
            Taken::told(Notice::Received(Received::Trust(added))).at(KEYS.to_owned())
        }
        Opened::Appraisal(id) => {
            lock::say_stored(app, id.as_str());
            Taken::told(Notice::Received(Received::Appraisal)).at(Route::form(&id))
        }
        Opened::Form { imported, draft, kept } => {
            let address = Route::form(&draft.form.id);
            if let Err(error) = kept
                && let Err(error) = keep_otherwise(app, *draft, error).await
            {
                return Taken::told(Notice::Storage(error));
            }
            Taken::told(Notice::Imported(imported)).at(address)
        }
    }
}

/// Handles a failed save: retries if storage is full, else keeps the form in memory.
async fn keep_otherwise(app: App, draft: Draft, error: StoreError) -> Result<(), StoreError> {
    if error == StoreError::QuotaExceeded {
        app.open_unsaved(draft);
        return Ok(());
    }
    app.fall_back(error);
    app.device.put_draft(&draft).await
}

/// Shows the outcome of a file and its page.
pub fn follow(app: App, taken: Taken) {
    if let Some(locked) = taken.locked_key {
        app.state.locked_key.replace(Some(locked));
        app.state.key_came.notify();
    }
    if let Some(address) = taken.address {
        host::go(&address);
    }
    if let Some(notice) = taken.notice {
        app.state.notice.set(Some(notice));
    }
}
