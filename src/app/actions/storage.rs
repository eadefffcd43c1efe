//! How the browser keeps what is kept here: for good, or until it needs the room.

use crate::app::actions::App;
use crate::app::actions::chunks::Work;
use crate::app::host::{quota, settings};
use crate::app::state::signals::SetIfChanged;

/// Looks how the data is kept. Over plain HTTP there is no `navigator.storage`; `room` stays `None`.
pub async fn look(app: App) {
    if let Some(room) = quota::look().await {
        app.state.room.set_if_changed(Some(room));
    }
}

/// Asks the browser to keep the data for good, once: now there is a form that somebody works on.
pub fn ask(app: App) -> Work {
    Box::pin(async move {
        if settings::get(settings::ASKED).is_none() {
            settings::set(settings::ASKED, "1");
            quota::ask_to_persist().await;
        }
        look(app).await;
    })
}
