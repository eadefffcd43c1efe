//! The part of the program that loads when the form already stands: reviewing, sealing, opening
//! files. `scripts/split.mjs` says what is in it; a call into it before it has come would stop the
//! page, so whatever leads there waits here.

use std::pin::Pin;

use wasm_bindgen_futures::{JsFuture, spawn_local};

use crate::app::browser;
use crate::app::state::{App, Notice};

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
    if loaded && let Err(error) = app.learn_packs() {
        // A built-in pack that cannot be read; a test proves that this does not happen.
        browser::report(&error.to_string().into());
    }
    app.rest
        .set(if loaded { Rest::Ready } else { Rest::Failed });
}

/// Work that only the rest of the program can do. It is reached through a pointer, so that no
/// compiler folds it into what waits for it.
pub type Work = Pin<Box<dyn Future<Output = ()>>>;

/// Begins work as soon as the rest of the program is here; tells it where that cannot be loaded.
pub fn then(app: App, work: impl FnOnce() -> Work + 'static) {
    begin(app, Box::new(work));
}

fn begin(app: App, work: Box<dyn FnOnce() -> Work>) {
    spawn_local(async move {
        if app.rest.peek() != Rest::Ready {
            load(app).await;
        }
        if app.rest.peek() == Rest::Ready {
            work().await;
        } else {
            app.tell(Notice::RestFailed);
        }
    });
}
