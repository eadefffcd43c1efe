//! Timers and pauses.

use std::future::poll_fn;
use std::mem;
use std::task::Poll;

use gloo_timers::callback::Timeout;
use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
pub use wasm_bindgen_futures::spawn_local;
use web_sys::Window;

use super::{attempted, window};

/// Calls `run` after `millis` milliseconds.
pub fn later(millis: i32, run: impl FnOnce() + 'static) {
    set(millis, Box::new(run));
}

#[inline(never)]
fn set(millis: i32, run: Box<dyn FnOnce()>) {
    // `Timeout::forget` would keep the closure for ever; this one is freed by its call.
    let run = Closure::once_into_js(run);
    let set = |window: Window| {
        let run = run.unchecked_ref();
        window.set_timeout_with_callback_and_timeout_and_arguments_0(run, millis)
    };
    attempted(window().map(set));
}

/// A pending call; dropping it cancels the call.
#[must_use = "what is to run does not if this is dropped"]
pub struct Timer(#[expect(dead_code)] Timeout); // held for its `Drop`

/// Calls `run` after `millis` milliseconds, unless the handle is dropped.
pub fn timer(millis: u32, run: impl FnOnce() + 'static) -> Timer {
    Timer(Timeout::new(millis, run))
}

/// Lets the tasks that are due run first.
pub async fn yield_now() {
    let mut has_waited = false;
    poll_fn(|context| {
        if mem::replace(&mut has_waited, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

/// Waits for `millis` milliseconds.
pub async fn pause(millis: i32) {
    let done = Promise::new(&mut |resolve: Function, _: Function| {
        later(millis, move || drop(resolve.call0(&JsValue::UNDEFINED)));
    });
    attempted(Some(JsFuture::from(done).await));
}
