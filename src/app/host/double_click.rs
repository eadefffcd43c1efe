//! Double clicks: the second one never lands on what the first one put in its place.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, EventTarget, MouseEvent, PointerEvent};

use super::events::Listener;
use super::{document, monotonic};

/// What a click is for; clicks on what stands within it are clicks on it.
const CONTROLS: &str = "a, button, input, label, select, summary, textarea";
/// The second tap of a finger follows within this time, in milliseconds, and at most so far away on the screen, in CSS
/// pixels. Not every browser counts taps.
const TIME: u64 = 500;
const WAY: u32 = 24;

/// A press of the mouse or of a finger.
struct Press {
    target: Element,
    place: (i32, i32),
    at: u64,
}

/// Stops, from now on, the second click of a double click where another control has come below the pointer. That is known
/// when it is pressed, so that no other click waits for the question.
pub fn stop_stray_clicks() {
    let document: Option<EventTarget> = document().map(Into::into);
    let root = document.clone();
    let before: RefCell<Option<Press>> = RefCell::default();
    let stopping: RefCell<Option<Listener>> = RefCell::default();
    // A pointer says what it is before its press.
    let is_finger = Rc::new(Cell::new(false));
    let noted = is_finger.clone();
    let note = move |event: &Event| {
        let pointer = event.dyn_ref::<PointerEvent>();
        noted.set(pointer.is_some_and(|pointer| pointer.pointer_type() == "touch"));
    };
    Listener::capturing(document.clone(), "pointerdown", note).forget();
    let listen = move |event: &Event| {
        let press = press(event);
        let last = before.replace(press);
        let is_stray = match (&last, &*before.borrow()) {
            (Some(last), Some(own)) => {
                (is_counted(event) || is_finger.get() && is_near(last, own)) && is_other(last, own)
            }
            _ => false,
        };
        stopping.replace(is_stray.then(|| Listener::capturing(root.clone(), "click", stop)));
    };
    Listener::capturing(document, "mousedown", listen).forget();
}

/// Stops the click of a pointer; a key clicks what is focused.
fn stop(event: &Event) {
    if event.dyn_ref::<MouseEvent>().is_some_and(|event| event.detail() > 0) {
        event.prevent_default();
        event.stop_immediate_propagation();
    }
}

fn press(event: &Event) -> Option<Press> {
    let mouse = event.dyn_ref::<MouseEvent>()?;
    let target = event.target()?.dyn_into::<Element>().ok()?;
    Some(Press { target, place: (mouse.client_x(), mouse.client_y()), at: monotonic() })
}

/// Does the browser say that it is the second press at this place?
fn is_counted(event: &Event) -> bool {
    event.dyn_ref::<MouseEvent>().is_some_and(|event| event.detail() > 1)
}

/// Do time and place say so?
fn is_near(last: &Press, own: &Press) -> bool {
    let is_near = |before: i32, now: i32| before.abs_diff(now) <= WAY;
    let is_here = is_near(last.place.0, own.place.0) && is_near(last.place.1, own.place.1);
    is_here && own.at.saturating_sub(last.at) < TIME
}

/// Does a press meet another control than the last one? What that one met may have gone from the page, with its control.
fn is_other(last: &Press, own: &Press) -> bool {
    let control = |press: &Press| press.target.closest(CONTROLS).ok().flatten();
    let (before, now) = (control(last), control(own));
    now.is_some() && now != before && (before.is_some() || !last.target.is_connected())
}
