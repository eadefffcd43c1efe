//! Reading and moving the focus.

use std::cell::RefCell;

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, EventTarget, FocusOptions};

use super::events::Listener;
use super::{attempted, document, element, later};

thread_local! {
    /// The id of the focused element, noted as it changes: asking the browser would delay each answer.
    static FOCUSED: RefCell<String> = RefCell::default();
}

/// Notes which element has the focus, from now on.
pub fn follow_focus() {
    let document: Option<EventTarget> = document().map(Into::into);
    let came = |event: &Event| {
        let element = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        FOCUSED.set(element.map(|element| element.id()).unwrap_or_default());
    };
    Listener::at(document.as_ref(), "focusin", came).forget();
    Listener::at(document.as_ref(), "focusout", |_| drop(FOCUSED.take())).forget();
}

/// The id of the focused element.
pub fn focused() -> String {
    FOCUSED.with_borrow(String::clone)
}

/// Scrolls to an element, or to the whole item or field that it is in, and focuses it, after the page has rendered it.
pub fn focus_soon(id: &str) {
    let id = id.to_owned();
    later(0, move || {
        if let Some(element) = element(&id) {
            let around = |place| element.closest(place).ok().flatten();
            match around(".item").or_else(|| around(".field")) {
                Some(whole) => whole.scroll_into_view(),
                None => element.scroll_into_view(),
            }
            attempted(Some(element.focus()));
        }
    });
}

/// Focuses an element where it stands, after the page has rendered it.
pub fn focus_quietly(id: &str) {
    let id = id.to_owned();
    later(0, move || {
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        attempted(element(&id).map(|element| element.focus_with_options(&options)));
    });
}
