//! Events of the window and the document that concern the whole page.

use js_sys::Reflect;
use wasm_bindgen::prelude::*;
use web_sys::{Event, EventTarget, KeyboardEvent};

use super::{document, report, window};

/// Adds a listener that stays as long as the page lives.
fn add(target: Option<EventTarget>, event: &str, listener: &JsValue) {
    let added = target
        .map(|target| target.add_event_listener_with_callback(event, listener.unchecked_ref()));
    if let Some(Err(error)) = added {
        report(&error);
    }
}

/// Calls `listen` on each event of this name at the window or the document.
pub fn on(event: &str, at_document: bool, listen: impl FnMut() + 'static) {
    let target = if at_document {
        document().map(Into::into)
    } else {
        window().map(Into::into)
    };
    let listener = Closure::<dyn FnMut()>::new(listen).into_js_value();
    add(target, event, &listener);
}

/// Calls `listen` on Ctrl+Z with `false`, and on Ctrl+Y or Ctrl+Shift+Z with `true`. In a field for
/// text the keys are the browser's own.
pub fn on_undo_keys(listen: impl Fn(bool) + 'static) {
    let pressed = Closure::<dyn FnMut(KeyboardEvent)>::new(move |event: KeyboardEvent| {
        let again = match event.key().as_str() {
            "z" => false,
            "y" | "Z" => true,
            _ => return,
        };
        if (event.ctrl_key() || event.meta_key()) && !event.alt_key() && !is_writing() {
            event.prevent_default();
            listen(again);
        }
    });
    add(
        document().map(Into::into),
        "keydown",
        &pressed.into_js_value(),
    );
}

/// Is the focus in a field for text?
fn is_writing() -> bool {
    let focused = document().and_then(|document| document.active_element());
    focused.is_some_and(|element| match element.tag_name().as_str() {
        "TEXTAREA" => true,
        "INPUT" => {
            let kind = element.get_attribute("type").unwrap_or_default();
            kind != "radio" && kind != "checkbox"
        }
        _ => false,
    })
}

/// Has the browser ask before the page is left where `asks` says so.
pub fn on_leaving(asks: impl Fn() -> bool + 'static) {
    let leaving = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
        if asks() {
            event.prevent_default();
            // What browsers looked at before they looked at the former.
            if let Err(error) = Reflect::set(&event, &"returnValue".into(), &true.into()) {
                report(&error);
            }
        }
    });
    add(
        window().map(Into::into),
        "beforeunload",
        &leaving.into_js_value(),
    );
}
