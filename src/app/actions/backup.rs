//! Backups and deleted forms.

use leptos::prelude::*;

use crate::app::actions::chunks::Work;
use crate::app::actions::{App, clock, lock, storage};
use crate::app::host::settings;
use crate::app::state::notice::Notice;
use crate::app::state::signals::SetIfChanged;
use crate::store::Deleted;

/// Downloads a file with all forms and keys.
pub fn save_all(app: App) -> Work {
    Box::pin(async move {
        let (file, made) = match app.device.backup_file().await {
            Ok(made) => made,
            Err(error) => return app.tell(Notice::Storage(error)),
        };
        if app.hand_over(&file.name, &file.text) {
            app.state.backup.set(Some(made));
            settings::set(settings::BACKUP, &made.to_string());
        }
    })
}

/// Reads the list of deleted forms, drops expired ones, and reads which forms are returned.
pub fn read_deleted(app: App) -> Work {
    Box::pin(async move {
        clock::look(app).await;
        match app.device.deleted_forms().await {
            Ok(deleted) => app.state.deleted.set_if_changed(deleted),
            Err(error) => return app.tell(Notice::Storage(error)),
        }
        match app.device.returned_forms().await {
            Ok(returned) => app.state.returned.set_if_changed(returned),
            Err(error) => return app.tell(Notice::Storage(error)),
        }
        storage::look(app).await;
    })
}

/// Deletes a form; it can be restored for a while.
pub fn delete(app: App, key: String, title: String) -> Work {
    Box::pin(async move {
        match app.device.delete_form(&key, &title).await {
            Ok(Some(deleted)) => {
                app.tell(Notice::Deleted(deleted));
                lock::say_stored(app, &key);
            }
            Ok(None) => {}
            Err(error) => app.tell(Notice::Storage(error)),
        }
        app.read_rows().await;
    })
}

/// Restores a deleted form.
pub fn bring_back(app: App, deleted: Deleted) -> Work {
    Box::pin(async move {
        match app.device.bring_back(&deleted).await {
            Ok(key) => {
                app.state.notice.set(None);
                lock::say_stored(app, &key);
            }
            Err(error) => app.tell(Notice::from(error)),
        }
        app.read_rows().await;
    })
}
