//! Unicode by the browser, and texts in its fields.

use js_sys::{JsString, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::Event;

use super::attempted;
use crate::value::trim;

/// Text in Unicode NFC, trimmed (spec s. 1).
pub fn normal(text: &str) -> String {
    String::from(JsString::from(trim(text)).normalize("NFC"))
}

/// Text in lower case, for searching.
pub fn lower_case(text: &str) -> String {
    String::from(JsString::from(text).to_lower_case())
}

/// The member of an object.
fn member(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}

/// The length of the text in a member, in UTF-16 code units.
fn length(of: &JsValue, name: &str) -> usize {
    let text = member(of, name).dyn_into::<JsString>();
    text.map_or(0, |text| text.length() as usize)
}

/// Would what a `beforeinput` event puts into its field make the text longer than this, in UTF-16 code units?
pub fn overflows(event: &Event, limit: usize) -> bool {
    let Some(field) = event.target().map(JsValue::from) else { return false };
    let at = |name| member(&field, name).as_f64().unwrap_or_default();
    let replaced = (at("selectionEnd") - at("selectionStart")).max(0.0) as usize;
    let added = length(event, "data");
    added > 0 && length(&field, "value").saturating_sub(replaced) + added > limit
}

/// Puts a text back into the field of an event, with the caret where it was.
pub fn put_back(event: &Event, text: &str) {
    let Some(field) = event.target().map(JsValue::from) else { return };
    let text = JsString::from(text);
    let after = member(&field, "selectionEnd").as_f64().unwrap_or_default();
    let caret = after - length(&field, "value") as f64 + f64::from(text.length());
    for (name, value) in [("value", text.into()), ("selectionEnd", JsValue::from_f64(caret))] {
        attempted(Some(Reflect::set(&field, &JsValue::from_str(name), &value)));
    }
}
