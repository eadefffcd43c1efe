//! Events of window and document. Dropping the handle removes a listener.

use gloo_events::{EventListener, EventListenerOptions, EventListenerPhase};
use wasm_bindgen::prelude::*;
pub use web_sys::Event;
use web_sys::{BeforeUnloadEvent, EventTarget, KeyboardEvent};

use super::{document, window};

/// A listener; dropping it removes it.
#[must_use = "the listener is removed when this is dropped; `forget` keeps it as long as the page lives"]
pub struct Listener(Option<EventListener>);

impl Listener {
    /// Listens at a target; without a target it never fires.
    pub(super) fn at(
        target: Option<&EventTarget>,
        event: &'static str,
        listen: impl FnMut(&Event) + 'static,
    ) -> Listener {
        Listener(target.map(|target| EventListener::new(target, event, listen)))
    }

    /// Like `at`, for events whose default may be prevented.
    pub(super) fn preventing(
        target: Option<EventTarget>,
        event: &'static str,
        listen: impl FnMut(&Event) + 'static,
    ) -> Listener {
        let options = EventListenerOptions::enable_prevent_default();
        let listen = |target| EventListener::new_with_options(target, event, options, listen);
        Listener(target.as_ref().map(listen))
    }

    /// Like `preventing`, before any listener within the target is called.
    pub(super) fn capturing(
        target: Option<EventTarget>,
        event: &'static str,
        listen: impl FnMut(&Event) + 'static,
    ) -> Listener {
        let options = EventListenerOptions { phase: EventListenerPhase::Capture, passive: false };
        let listen = |target| EventListener::new_with_options(target, event, options, listen);
        Listener(target.as_ref().map(listen))
    }

    /// Keeps the listener as long as the page lives.
    pub fn forget(self) {
        if let Some(listener) = self.0 {
            listener.forget();
        }
    }
}

/// Calls `listen` on each such event at the window or the document.
pub fn on(event: &'static str, at_document: bool, mut listen: impl FnMut() + 'static) -> Listener {
    let target: Option<EventTarget> =
        if at_document { document().map(Into::into) } else { window().map(Into::into) };
    Listener::at(target.as_ref(), event, move |_| listen())
}

/// Calls `listen` on Ctrl+Z with `false`, and on Ctrl+Y or Ctrl+Shift+Z with `true`. In a field for
/// text the browser handles them.
pub fn on_undo_keys(listen: impl Fn(bool) + 'static) -> Listener {
    Listener::preventing(document().map(Into::into), "keydown", move |event| {
        // Every key waits for this. What fills in forms sends events without keys, in which all of this is undefined.
        let keys: &KeyboardEvent = event.unchecked_ref();
        if !(keys.ctrl_key() || keys.meta_key()) || keys.alt_key() {
            return;
        }
        let again = match event.dyn_ref::<KeyboardEvent>().map(KeyboardEvent::key).as_deref() {
            Some("z") => false,
            Some("y" | "Z") => true,
            _ => return,
        };
        if !is_writing() {
            event.prevent_default();
            listen(again);
        }
    })
}

/// Is a text field focused?
pub(super) fn is_writing() -> bool {
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

/// Makes the browser confirm leaving the page if `asks` is true.
pub fn on_leaving(asks: impl Fn() -> bool + 'static) -> Listener {
    Listener::preventing(window().map(Into::into), "beforeunload", move |event| {
        if asks() {
            event.prevent_default();
            // For older browsers, which want a non-empty text instead.
            if let Some(event) = event.dyn_ref::<BeforeUnloadEvent>() {
                event.set_return_value("true");
            }
        }
    })
}
