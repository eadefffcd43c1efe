//! The browser's console.

use wasm_bindgen::JsValue;

/// Logs an error to the console, where the person can do nothing about it.
pub fn report(error: &JsValue) {
    web_sys::console::error_1(error);
}
