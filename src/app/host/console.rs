//! The browser's console.

use wasm_bindgen::JsValue;

/// Writes what went wrong to the browser's console, for what no person can act on.
pub fn report(error: &JsValue) {
    web_sys::console::error_1(error);
}
