//! Things of the browser that only what loads later uses, called by their names: a binding for each would be paid by every
//! first visit.

use js_sys::{Array, Function, Promise, Reflect, global};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// A property; `undefined` where there is none.
pub fn get(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

/// A property that is a number.
pub fn number(of: &JsValue, name: &str) -> f64 {
    get(of, name).as_f64().unwrap_or(0.0)
}

/// Sets a property.
pub fn set(of: &JsValue, name: &str, value: &JsValue) {
    if let Err(error) = Reflect::set(of, &name.into(), value) {
        super::report(&error);
    }
}

/// Calls a method.
///
/// # Errors
/// There is none, or what it threw.
pub fn call(of: &JsValue, name: &str, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
    let method: Function = get(of, name).dyn_into()?;
    let all = Array::new();
    for argument in arguments {
        all.push(argument);
    }
    method.apply(of, &all)
}

/// Calls a method that promises something, and waits for it.
///
/// # Errors
/// There is none, what it threw, or why the promise was broken.
pub async fn wait(of: &JsValue, name: &str, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
    let promise = call(of, name, arguments)?;
    JsFuture::from(Promise::resolve(&promise)).await
}

/// What stands under a name for the whole page.
pub fn of_page(name: &str) -> JsValue {
    get(&global(), name)
}
