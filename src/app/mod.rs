//! The page: Leptos views over [`Session`](crate::session::Session), and the doors of the browser.
//!
//! Arrows inside: `pages` use `parts`, `words`, `state`; `parts` get what they need as arguments;
//! nothing here knows a rule.

pub mod actions;
pub mod host;
pub mod pages;
pub mod parts;
pub mod state;
pub mod text;
pub mod wording;

use leptos::prelude::*;

use crate::app::actions::chunks::{self, Chunk};
use crate::app::host::spawn_local;
use crate::app::state::{App, Shared};
use crate::value::Lang;

/// Starts the page.
pub fn start() {
    console_error_panic_hook::set_once();
    match Shared::open() {
        Ok(app) if app.lang.peek() == Lang::En => spawn_local(async move {
            // English comes with the rest; without it there is Vietnamese.
            chunks::load(app).await;
            if app.rest.peek() != Chunk::Ready {
                app.lang.set(Lang::Vi);
            }
            show(app);
        }),
        Ok(app) => show(app),
        // A built-in pack that cannot be read; a test proves that this does not happen.
        Err(error) => host::report(&error.to_string().into()),
    }
}

fn show(app: App) {
    mount_to_body(move || pages::frame(app));
    host::remove_boot_page();
    app.listen();
    chunks::when_loaded(app, move |deferred| (deferred.listen)(app));
    chunks::when_loaded(app, move |deferred| (deferred.keep_offline)(app));
}
