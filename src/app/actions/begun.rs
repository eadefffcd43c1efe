//! Forms that are not begun from nothing: from the unit's last one, and made-up ones to look at.

use leptos::prelude::*;

use crate::app::actions::App;
use crate::app::actions::chunks::Work;
use crate::app::state::Slot;
use crate::app::state::form::Access;
use crate::app::state::notice::{Notice, Received};
use crate::app::state::route::Route;
use crate::device::FoundDraft;
use crate::store::Draft;
use crate::value::AssessmentId;

/// Begins the form after a stored one and opens it.
pub fn begin_next(app: App, key: String) -> Work {
    Box::pin(async move {
        if app.is_again("new form") || app.makes_form.replace(true) {
            return;
        }
        match next(app, &key).await {
            Ok(Some(draft)) => {
                app.keep_and_open(draft).await;
                app.tell(Notice::Received(Received::Begun));
            }
            // Deleted meanwhile, by another tab: the list says so.
            Ok(None) => app.read_rows().await,
            Err(notice) => app.tell(notice),
        }
        app.makes_form.set(false);
    })
}

async fn next(app: App, key: &str) -> Result<Option<Draft>, Notice> {
    let Some(id) = AssessmentId::new(key) else {
        return Ok(None);
    };
    match app.device.read_draft(&id).await.map_err(Notice::Storage)? {
        FoundDraft::Draft(last) => Ok(Some(app.device.new_form_from(&last.form)?)),
        FoundDraft::Nothing | FoundDraft::Unreadable(_) => Ok(None),
    }
}

/// Opens the made-up form of a pack. Nothing is stored.
pub fn open_example(app: App, pack: String) -> Work {
    Box::pin(async move {
        let example = app.device.example(&pack);
        // The route may have changed meanwhile.
        if app.state.route.get_untracked() != Route::Example(pack) {
            return;
        }
        app.state.slot.set(match example {
            Ok(Some(own)) => Slot::Open(app.open_draft(own.session, own.draft, Access::Trial)),
            Ok(None) => Slot::Gone,
            Err(error) => return app.tell(Notice::from(error)),
        });
    })
}
