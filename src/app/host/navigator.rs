//! The members of `navigator` that a browser may lack. Most are undefined over plain HTTP, while
//! `web_sys` assumes them.

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use web_sys::{Clipboard, MediaDevices, ServiceWorkerContainer, ShareData, StorageManager};

use super::locks::LockManager;
use super::window;

#[wasm_bindgen]
extern "C" {
    /// The navigator with optional members.
    #[wasm_bindgen(js_name = Navigator)]
    pub type PartialNavigator;

    #[wasm_bindgen(method, getter)]
    pub fn clipboard(this: &PartialNavigator) -> Option<Clipboard>;

    #[wasm_bindgen(method, getter, js_name = hardwareConcurrency)]
    pub fn cores(this: &PartialNavigator) -> Option<u32>;

    #[wasm_bindgen(method, getter)]
    pub fn locks(this: &PartialNavigator) -> Option<LockManager>;

    #[wasm_bindgen(method, getter, js_name = mediaDevices)]
    pub fn media_devices(this: &PartialNavigator) -> Option<MediaDevices>;

    #[wasm_bindgen(method, getter, js_name = serviceWorker)]
    pub fn service_worker(this: &PartialNavigator) -> Option<ServiceWorkerContainer>;

    #[wasm_bindgen(method, getter)]
    pub fn storage(this: &PartialNavigator) -> Option<StorageManager>;

    /// The method `share`, if present.
    #[wasm_bindgen(method, getter, js_name = share)]
    pub fn share_method(this: &PartialNavigator) -> Option<Function>;

    #[wasm_bindgen(method, catch)]
    pub fn share(this: &PartialNavigator, data: &ShareData) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch, js_name = canShare)]
    pub fn can_share(this: &PartialNavigator, data: &ShareData) -> Result<bool, JsValue>;
}

/// The navigator of the window.
pub fn navigator() -> Option<PartialNavigator> {
    Some(JsValue::from(window()?.navigator()).unchecked_into())
}
