//! Double clicks: the second one never lands on what the first one put in its place.

use std::cell::RefCell;

use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget, MouseEvent, PointerEvent};

use super::events::Listener;
use super::{document, monotonic};

/// What a click is for; clicks on what stands within it are clicks on it.
const CONTROLS: &str = "a, button, input, label, select, summary, textarea";
/// The second tap of a finger follows within this time, in milliseconds. Not every browser counts taps.
const TAP: u64 = 500;

/// Where the last click went, and when.
struct Click {
    target: Element,
    at: u64,
}

/// Stops, from now on, the second click of a double click where another control has come below the pointer.
pub fn stop_stray_clicks() {
    let document: Option<EventTarget> = document().map(Into::into);
    let before: RefCell<Option<Click>> = RefCell::default();
    let listen = move |event: &web_sys::Event| {
        // Every click waits for this, so that a second one alone is looked at closely. A key clicks what is focused, and
        // says that there was no click of a pointer.
        let clicks = event.unchecked_ref::<MouseEvent>().detail();
        let Some(target) = event.target().filter(|_| clicks > 0) else { return };
        let click = Click { target: target.unchecked_into(), at: monotonic() };
        let mut before = before.borrow_mut();
        let is_stray = before.as_ref().is_some_and(|last| {
            is_second(event, clicks, click.at.saturating_sub(last.at)) && is_other(last, &click)
        });
        *before = Some(click);
        if is_stray {
            event.prevent_default();
            event.stop_immediate_propagation();
        }
    };
    Listener::capturing(document, "click", listen).forget();
}

/// Is it the second click at this place? Of a finger the time tells that. `since`: milliseconds since the last click.
fn is_second(event: &web_sys::Event, clicks: i32, since: u64) -> bool {
    let is_finger =
        || event.dyn_ref::<PointerEvent>().is_some_and(|it| it.pointer_type() == "touch");
    clicks > 1 || since < TAP && is_finger()
}

/// Does a click meet another control than the last one? What that one met may have gone from the page, with its control.
fn is_other(last: &Click, click: &Click) -> bool {
    let control = |target: &Element| target.closest(CONTROLS).ok().flatten();
    let (before, now) = (control(&last.target), control(&click.target));
    now.is_some() && now != before && (before.is_some() || !last.target.is_connected())
}
