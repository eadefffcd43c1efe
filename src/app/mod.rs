//! The page: Leptos views over [`Session`](crate::session::Session), and the doors of the browser.
//!
//! Arrows inside: `pages` use `parts`, `words`, `state`; `parts` get what they need as arguments;
//! nothing here knows a rule.

pub mod appraising;
pub mod autosave;
pub mod backup;
pub mod browser;
pub mod checking;
pub mod element;
pub mod form_state;
pub mod history;
pub mod import;
pub mod keeper;
pub mod keyring;
pub mod keys;
pub mod letter;
pub mod offline;
pub mod packs;
pub mod pages;
pub mod papers;
pub mod parts;
pub mod periods;
pub mod rest;
pub mod room;
pub mod route;
pub mod rows;
pub mod saving;
pub mod sealing;
pub mod settings;
pub mod state;
pub mod tabs;
pub mod text;
pub mod trusting;
pub mod trying;
pub mod turn;
pub mod undo;
pub mod unsaved;
pub mod watched;
pub mod words;

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::app::rest::Rest;
use crate::app::state::{App, Shared};
use crate::value::Lang;

/// Starts the page.
pub fn start() {
    console_error_panic_hook::set_once();
    match Shared::open() {
        Ok(app) if app.lang.peek() == Lang::En => spawn_local(async move {
            // English comes with the rest; without it there is Vietnamese.
            rest::load(app).await;
            if app.rest.peek() != Rest::Ready {
                app.lang.set(Lang::Vi);
            }
            show(app);
        }),
        Ok(app) => show(app),
        // A built-in pack that cannot be read; a test proves that this does not happen.
        Err(error) => browser::report(&error.to_string().into()),
    }
}

fn show(app: App) {
    mount_to_body(move || pages::frame(app));
    browser::remove_boot_page();
    app.listen();
    rest::then(app, move |doors| (doors.listen)(app));
    rest::then(app, move |doors| (doors.keep_offline)(app));
}
