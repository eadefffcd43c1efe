//! Extensions of Leptos signals.

use leptos::prelude::*;
use leptos::reactive::computed::ArcMemo;
use leptos::reactive::graph::{Subscriber, ToAnySubscriber};
use send_wrapper::SendWrapper;

/// A memo of a view: it unsubscribes from its signals when the view is disposed.
/// Leptos keeps the subscription of a memo that is gone until each signal next changes, which some never do.
pub fn memo<T>(run: impl Fn() -> T + 'static) -> ArcMemo<T>
where
    T: PartialEq + Send + Sync + 'static,
{
    let run = SendWrapper::new(run);
    let memo = ArcMemo::new(move |_| run());
    let own = memo.to_any_subscriber();
    on_cleanup(move || own.clear_sources(&own));
    memo
}

/// Sets a signal only if the value differs, to avoid needless redraws.
pub trait SetIfChanged<T> {
    /// Sets the value and notifies if it differs.
    fn set_if_changed(&self, value: T);
}

impl<T: PartialEq + 'static> SetIfChanged<T> for ArcRwSignal<T> {
    fn set_if_changed(&self, value: T) {
        self.maybe_update(|own| {
            let differs = *own != value;
            if differs {
                *own = value;
            }
            differs
        });
    }
}
