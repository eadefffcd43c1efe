//! Whether the browser keeps the data for good, and how much room is left (the Storage Standard,
//! <https://storage.spec.whatwg.org/>).

use js_sys::{Function, Promise, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::app::actions::App;
use crate::app::actions::chunks::Work;
use crate::app::host;
use crate::app::host::settings;

/// What the browser says of its storage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// Whether it promises not to clear the data by itself.
    pub lasting: bool,
    /// How much can still be kept, in bytes; `None` where it does not say.
    pub left: Option<u64>,
}

/// Calls a method of `navigator.storage`, and waits for what it gives.
async fn call(name: &str) -> Option<JsValue> {
    let navigator: JsValue = host::window()?.navigator().into();
    let storage = Reflect::get(&navigator, &"storage".into()).ok()?;
    let method = Reflect::get(&storage, &name.into()).ok()?;
    let promise = method.dyn_into::<Function>().ok()?.call0(&storage).ok()?;
    JsFuture::from(Promise::resolve(&promise)).await.ok()
}

async fn left() -> Option<u64> {
    let estimate = call("estimate").await?;
    let number = |name: &str| Reflect::get(&estimate, &name.into()).ok()?.as_f64();
    // Both are whole numbers of bytes, far below 2^53.
    Some((number("quota")? - number("usage")?).max(0.0) as u64)
}

/// Looks how the data is kept. A page that came by plain http is told nothing, and tells nothing.
pub async fn look(app: App) {
    if let Some(lasting) = call("persisted").await {
        let lasting = lasting == JsValue::TRUE;
        let left = left().await;
        app.state.room.set(Some(Room { lasting, left }));
    }
}

/// Asks the browser to keep the data for good, once: now there is a form that somebody works on.
/// Some browsers pass the question on to the person.
pub fn ask(app: App) -> Work {
    Box::pin(async move {
        if settings::get(settings::ASKED).is_none() {
            settings::set(settings::ASKED, "1");
            call("persist").await;
        }
        look(app).await;
    })
}
