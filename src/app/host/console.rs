//! The browser's console.

use wasm_bindgen::JsValue;

/// Logs an error to the console, where the person can do nothing about it.
pub fn report(error: &JsValue) {
    web_sys::console::error_1(error);
}

/// Reports the error of a call that has no other result; `None` if there was nothing to call.
pub(super) fn attempted<T>(done: Option<Result<T, JsValue>>) {
    if let Some(Err(error)) = done {
        report(&error);
    }
}
