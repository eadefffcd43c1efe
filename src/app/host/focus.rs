//! The focus: where it is, and moving it.

use super::{document, element, later, report};

/// The id of the element that has the focus.
pub fn focused() -> String {
    let focused = document().and_then(|document| document.active_element());
    focused.map(|element| element.id()).unwrap_or_default()
}

/// Brings an element into view and gives it the focus, after the page has drawn it.
pub fn focus_soon(id: &str) {
    let id = id.to_owned();
    later(0, move || {
        if let Some(element) = element(&id) {
            element.scroll_into_view();
            if let Err(error) = element.focus() {
                report(&error);
            }
        }
    });
}
