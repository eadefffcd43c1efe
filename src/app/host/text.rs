//! Unicode by the browser.

use js_sys::JsString;

/// Text in Unicode NFC, trimmed (spec s. 1).
pub fn normal(text: &str) -> String {
    String::from(JsString::from(text.trim()).normalize("NFC"))
}

/// Text in lower case, for searching.
pub fn lower_case(text: &str) -> String {
    String::from(JsString::from(text).to_lower_case())
}
