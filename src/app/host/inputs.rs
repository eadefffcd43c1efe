//! Inputs of the page, and the browser's calendar.

use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement, HtmlTextAreaElement};

use super::{attempted, element};

fn input(id: &str) -> Option<HtmlInputElement> {
    element(id)?.dyn_into().ok()
}

/// Puts a text into an input.
pub fn set_input(id: &str, text: &str) {
    if let Some(input) = input(id) {
        input.set_value(text);
    }
}

/// Puts a text into a field as if a person had typed it.
pub fn type_text(id: &str, text: &str) {
    let Some(area) = element(id).and_then(|own| own.dyn_into::<HtmlTextAreaElement>().ok()) else {
        return;
    };
    area.set_value(text);
    if let Ok(event) = Event::new("input") {
        attempted(Some(area.dispatch_event(&event)));
    }
}

/// Opens the calendar of an input of type `date`. Older browsers open it on a click.
pub fn open_calendar(id: &str) {
    if let Some(input) = input(id)
        && input.show_picker().is_err()
    {
        attempted(Some(input.focus()));
        input.click();
    }
}
