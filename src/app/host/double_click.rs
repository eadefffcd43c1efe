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
    control: Element,
    at: u64,
}

/// Stops, from now on, the second click of a double click where another control has come below the pointer.
pub fn stop_stray_clicks() {
    let document: Option<EventTarget> = document().map(Into::into);
    let before: RefCell<Option<Click>> = RefCell::default();
    let listen = move |event: &web_sys::Event| {
        let Some((control, is_second)) = control_of(event) else {
            return;
        };
        let now = monotonic();
        let last = before.replace(Some(Click { control: control.clone(), at: now }));
        let is_stray = last.is_some_and(|last| {
            last.control != control && is_second.unwrap_or(now.saturating_sub(last.at) < TAP)
        });
        if is_stray {
            event.prevent_default();
            event.stop_immediate_propagation();
        }
    };
    Listener::capturing(document, "click", listen).forget();
}

/// The control that a pointer clicked, and whether the browser says that it is the second click at this place;
/// `None` for a key, which clicks what is focused.
fn control_of(event: &web_sys::Event) -> Option<(Element, Option<bool>)> {
    let clicks = event.dyn_ref::<MouseEvent>()?.detail();
    if clicks == 0 {
        return None;
    }
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let control = target.closest(CONTROLS).ok().flatten()?;
    let is_finger = event.dyn_ref::<PointerEvent>().is_some_and(|it| it.pointer_type() == "touch");
    let is_second = match clicks {
        1 if is_finger => None,
        clicks => Some(clicks > 1),
    };
    Some((control, is_second))
}
