//! How the browser keeps the data: persistently, or until it needs the space.

use crate::app::actions::App;
use crate::app::actions::chunks::Work;
use crate::app::host::{quota, settings};
use crate::app::state::signals::SetIfChanged;

/// Reads how data is kept. Over plain HTTP there is no `navigator.storage`; `room` stays `None`.
pub async fn look(app: App) {
    if let Some(room) = quota::look().await {
        app.state.room.set_if_changed(Some(room));
    }
}

/// Asks the browser once for persistent storage: a form is now being edited.
pub fn ask(app: App) -> Work {
    Box::pin(async move {
        if settings::get(settings::ASKED).is_none() {
            settings::set(settings::ASKED, "1");
            quota::ask_to_persist().await;
        }
        look(app).await;
    })
}
