//! The document: language, title, elements, scroll position, visibility.

use wasm_bindgen::prelude::*;
use web_sys::{Document, Event, HtmlElement};

use super::{attempted, later, window};

pub(super) fn document() -> Option<Document> {
    window()?.document()
}

/// The URL of a file that the build names so in the document; of a worker's script also the single-file page, at start.
pub(super) fn named(name: &str) -> Option<String> {
    let named = document()?.query_selector(&format!("meta[name={name}]"));
    named.ok()??.get_attribute("content")
}

/// Is the page visible?
pub fn is_visible() -> bool {
    document().is_some_and(|document| !document.hidden())
}

/// The element with this id.
pub fn element(id: &str) -> Option<HtmlElement> {
    document()?.get_element_by_id(id)?.dyn_into().ok()
}

/// Sets language and title of the document.
pub fn set_document(lang: &str, title: &str) {
    let Some(document) = document() else { return };
    document.set_title(title);
    attempted(document.document_element().map(|root| root.set_attribute("lang", lang)));
}

/// Removes the static page shown while loading.
pub fn remove_boot_page() {
    if let Some(boot) = element("boot") {
        boot.remove();
    }
}

/// The scroll position, in CSS pixels.
pub fn scroll() -> i64 {
    let y = window().and_then(|w| w.scroll_y().ok()).unwrap_or(0.0);
    y.clamp(0.0, f64::from(i32::MAX)) as i64
}

/// Scrolls the page after rendering.
pub fn scroll_soon(y: i64) {
    later(0, move || {
        if let Some(window) = window() {
            window.scroll_to_with_x_and_y(0.0, y as f64);
        }
    });
}

/// How far the element of an event is scrolled, in CSS pixels.
pub fn scrolled(event: &Event) -> usize {
    let element = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
    element.map_or(0, |element| usize::try_from(element.scroll_top()).unwrap_or(0))
}

/// The height of the element with this id, in CSS pixels.
pub fn height_of(id: &str) -> usize {
    element(id).map_or(0, |element| usize::try_from(element.offset_height()).unwrap_or(0))
}
