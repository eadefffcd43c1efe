//! What updates itself: functions that are called again, and the texts that they give.

use std::borrow::Cow;

use leptos::prelude::{Owner, on_cleanup};
use leptos::reactive::graph::{Observer, Subscriber};
use send_wrapper::SendWrapper;

/// A text that may be fixed.
pub(super) type Told = Cow<'static, str>;

/// A function that is called again, on the only thread.
pub(super) type Live<T> = SendWrapper<Box<dyn Fn() -> T>>;

/// Unsubscribes the running effect from its signals when it is disposed, which is when its parent reruns or is disposed.
/// Leptos keeps stale subscriptions until each signal next changes, which some never do.
pub(super) fn unsubscribe_with_parent() {
    let parent = Owner::current().and_then(|own| own.parent());
    if let (Some(own), Some(parent)) = (Observer::get(), parent) {
        parent.with(|| on_cleanup(move || own.clear_sources(&own)));
    }
}
