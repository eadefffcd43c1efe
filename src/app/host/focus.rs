//! Reading and moving the focus.

use super::{attempted, document, element, later};

/// The id of the focused element.
pub fn focused() -> String {
    let focused = document().and_then(|document| document.active_element());
    focused.map(|element| element.id()).unwrap_or_default()
}

/// Scrolls to an element and focuses it, after the page has rendered it.
pub fn focus_soon(id: &str) {
    let id = id.to_owned();
    later(0, move || {
        if let Some(element) = element(&id) {
            element.scroll_into_view();
            attempted(Some(element.focus()));
        }
    });
}
