//! The page of the desk as far as the deferred chunk has it: its view is in a chunk of its own.

use std::sync::OnceLock;

use leptos::prelude::*;

use crate::app::actions::{App, chunks};
use crate::app::host;
use crate::app::parts::{El, button, html};
use crate::app::state::Chunk;
use crate::app::text::Text;
use crate::value::Lang;

/// The page of the desk.
pub type DeskView = fn(App, &'static Text, Lang) -> Vec<El>;

static DESK: OnceLock<DeskView> = OnceLock::new();

/// The page of the desk, once it is loaded.
pub fn get() -> Option<DeskView> {
    DESK.get().copied()
}

/// Sets the page of the desk.
#[cfg(feature = "split")]
pub fn set(view: DeskView) {
    DESK.get_or_init(|| view);
}

/// The page of the desk, or what is shown while it is loaded.
pub fn page(app: App, t: &'static Text, lang: Lang) -> Vec<El> {
    let chunk = app.state.desk_chunk.get();
    if let Some(view) = get().filter(|_| chunk == Chunk::Ready) {
        return untrack(|| view(app, t, lang));
    }
    if chunk == Chunk::Loading {
        return vec![html::p().attr("role", "status").text(t.rest_loading)];
    }
    if host::is_file() {
        return vec![html::p().text(t.later().desk_elsewhere)];
    }
    let again = move || chunks::when_loaded(app, move |deferred| (deferred.load_desk)(app));
    vec![
        html::p().attr("role", "alert").text(t.rest_failed),
        html::p().class("row").child(button(t.rest_again, again)),
    ]
}
