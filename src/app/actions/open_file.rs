//! Opening chosen files: the device reads them, and a person is asked about those that change more than a form; then
//! the page shows a notice and the place.

use std::rc::Rc;

use crate::app::host::{self, File};
use leptos::prelude::*;

use crate::app::actions::{App, ask, lock};
use crate::app::state::asking::Asking;
use crate::app::state::notice::{Notice, Received, TakenPack};
use crate::app::state::route::{KEYS, Route};
use crate::app::state::scan::ScanReport;
use crate::device::{Incoming, Opened};
use crate::pack::PackRef;
use crate::seal::Submission;
use crate::store::{BACKUP_LIMIT, Draft, StoreError};

/// The outcome of a file.
pub struct Taken {
    /// The notice to show; `None` for a locked key, which opens the page of keys.
    pub notice: Option<Rc<Notice>>,
    /// A locked key that needs its passphrase.
    locked_key: Option<String>,
    /// The address of the page to show.
    address: Option<String>,
    /// What to ask before anything changes.
    asking: Option<Rc<Asking>>,
}

impl Taken {
    fn told(notice: Notice) -> Taken {
        Taken { notice: Some(Rc::new(notice)), locked_key: None, address: None, asking: None }
    }

    /// The outcome without another page.
    pub fn in_place(self) -> Taken {
        Taken { address: None, ..self }
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

/// Reads the bytes of a named file, and imports those of a form or an appraisal.
async fn take_in(app: App, name: &str, bytes: &[u8]) -> Taken {
    let incoming = match app.device.read_file(name, bytes) {
        Ok(incoming) => incoming,
        Err(refused) => return Taken::told(Notice::Refused(refused)),
    };
    match &incoming {
        Incoming::Form(_) | Incoming::LockedKey(_) | Incoming::Appraisal(_) => {
            return apply(app, name, incoming).await;
        }
        Incoming::Backup(_) | Incoming::KeyCard(_) | Incoming::TrustList(_) | Incoming::Pack(_) => {
        }
    }
    ask_about(app, name, incoming).await
}

/// Asks whether what a file brings is taken in.
async fn ask_about(app: App, name: &str, incoming: Incoming) -> Taken {
    match app.device.announce(&incoming).await {
        Ok(announced) => {
            let (name, incoming) = (name.to_owned(), Some(incoming).into());
            let asking = Some(Rc::new(Asking { name, announced, incoming }));
            Taken { notice: None, locked_key: None, address: None, asking }
        }
        Err(error) => Taken::told(Notice::Storage(error)),
    }
}

/// Imports a file that was read from QR codes, which bring signed forms and packs only.
pub async fn take_in_paper(app: App, name: &str, bytes: &[u8]) -> Taken {
    match app.device.read_file(name, bytes) {
        Err(refused) => Taken::told(Notice::Refused(refused)),
        Ok(incoming @ Incoming::Pack(_)) => ask_about(app, name, incoming).await,
        Ok(incoming) if Submission::from_bytes(bytes).is_ok() => apply(app, name, incoming).await,
        Ok(_) => Taken::told(Notice::NotOnPaper),
    }
}

/// Does what a file that was read changes.
pub async fn apply(app: App, name: &str, incoming: Incoming) -> Taken {
    let opened = match app.device.apply(name, incoming).await {
        Ok(opened) => opened,
        Err(refused) => return Taken::told(Notice::Refused(refused)),
    };
    match opened {
        Opened::LockedKey(locked) => Taken {
            notice: None,
            locked_key: Some(locked),
            address: Some(KEYS.to_owned()),
            asking: None,
        },
        Opened::Backup(report) => {
            app.state.pack_came.notify();
            app.read_rows().await;
            lock::say_stored(app, "");
            Taken::told(Notice::Restored(report))
        }
        Opened::KeyCard { unit, is_new } => {
            app.state.key_came.notify();
            let received = if is_new { Received::Card(unit) } else { Received::KnownCard(unit) };
            Taken::told(Notice::Received(received)).at(KEYS.to_owned())
        }
        Opened::TrustList { added, revoked } => {
            app.state.key_came.notify();
            let received = Received::Trust(added, revoked);
            Taken::told(Notice::Received(received)).at(KEYS.to_owned())
        }
        Opened::Pack(reference) => {
            app.state.pack_came.notify();
            // Forms that waited for it open now, here and in other tabs.
            lock::say_stored(app, "");
            Taken::told(taken_pack(app, &reference)).at("#/".to_owned())
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

fn taken_pack(app: App, reference: &PackRef) -> Notice {
    let packs = app.device.packs();
    let title = packs.by_digest(&reference.digest).map(|pack| pack.title.clone());
    let is_offered = packs.packs().iter().any(|pack| pack.digest == reference.digest);
    let version = reference.version.clone();
    let title = title.unwrap_or_default();
    Notice::Received(Received::Pack(Box::new(TakenPack { title, version, is_offered })))
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
    if taken.notice.is_none() {
        // What was said of an earlier file is not of this one.
        app.hush();
    }
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
    if let Some(asking) = taken.asking {
        ask::ask(app, asking);
    }
}

/// The outcome of one of several files, for their list; asks where it has to be asked.
pub fn report(app: App, taken: Taken) -> ScanReport {
    match taken.asking {
        Some(asking) => {
            ask::ask(app, asking);
            ScanReport::Asked
        }
        None => ScanReport::Opened(taken.notice),
    }
}
