//! The part of the program that loads when the form already stands: reviewing, sealing, opening
//! files. `scripts/split.mjs` says what is in it; a call into it before it has come would stop the
//! page, so whatever leads there waits here.

use wasm_bindgen_futures::JsFuture;

use crate::app::browser;
use crate::app::state::App;

/// What has become of the rest of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    /// It is being loaded.
    Loading,
    /// It is here.
    Ready,
    /// It could not be loaded; it can be tried again.
    Failed,
}

/// Has the rest of the program loaded, and says so when it is here.
pub async fn load(app: App) {
    app.rest.set(Rest::Loading);
    let loaded = match browser::load_rest() {
        // The page was built in one piece.
        None => true,
        Some(promise) => JsFuture::from(promise).await.is_ok(),
    };
    app.rest
        .set(if loaded { Rest::Ready } else { Rest::Failed });
}
