//! The pages that are loaded when they are asked for, as far as the deferred chunk has them: each has a chunk of its own.

use std::sync::OnceLock;

use leptos::prelude::*;

use crate::app::actions::{App, chunks};
use crate::app::host;
use crate::app::parts::{El, button, html};
use crate::app::state::{Asked, Chunk};
use crate::app::text::Text;
use crate::value::Lang;

/// A page that was asked for.
pub type AskedView = fn(App, &'static Text, Lang) -> Vec<El>;

static DESK: OnceLock<AskedView> = OnceLock::new();
static KIT: OnceLock<AskedView> = OnceLock::new();

fn slot(asked: Asked) -> &'static OnceLock<AskedView> {
    match asked {
        Asked::Desk => &DESK,
        Asked::Kit => &KIT,
    }
}

/// Is the page loaded?
pub fn is_here(asked: Asked) -> bool {
    slot(asked).get().is_some()
}

/// Sets a page.
#[cfg(feature = "split")]
pub fn set(asked: Asked, view: AskedView) {
    slot(asked).get_or_init(|| view);
}

/// The page, or what is shown while it is loaded.
pub fn page(app: App, t: &'static Text, lang: Lang, asked: Asked) -> Vec<El> {
    let chunk = app.state.asked(asked).get();
    if let Some(view) = slot(asked).get().filter(|_| chunk == Chunk::Ready) {
        return untrack(|| view(app, t, lang));
    }
    if chunk == Chunk::Loading {
        return vec![html::p().attr("role", "status").text(t.rest_loading)];
    }
    if host::is_file() {
        let words = match asked {
            Asked::Desk => t.later().desk_elsewhere,
            Asked::Kit => t.later().kit_elsewhere,
        };
        return vec![html::p().text(words)];
    }
    let again = move || chunks::when_loaded(app, move |deferred| (deferred.load_asked)(app, asked));
    vec![
        html::p().attr("role", "alert").text(t.rest_failed),
        html::p().class("row").child(button(t.rest_again, again)),
    ]
}
