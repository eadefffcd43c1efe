//! Unicode by the browser.

use js_sys::JsString;

use crate::value::trim;

/// Text in Unicode NFC, trimmed (spec s. 1).
pub fn normal(text: &str) -> String {
    String::from(JsString::from(trim(text)).normalize("NFC"))
}

/// Text in lower case, for searching.
pub fn lower_case(text: &str) -> String {
    String::from(JsString::from(text).to_lower_case())
}
